"""Link: the lane's side of the wire to the store. Selling never waits for it.

Going out: the outbox's rows, oldest first (`flight`), and the lane's state, retained. Coming in: the store's own
acks, which alone clear the outbox, the price book's head, and answers. On every connection the lane asks four
things: what the store has of it (`resume`, so that no sequence number is used twice), what it lacks in between (`gaps`:
it is sent once more), the staff, and the price book if another one is in force. The store counts as reachable while it
answers, not while a broker does: a question or a row that stays without an answer says that it is away.

The link is turned by the loop; the transport (`mqtt`) has its own thread and only puts Arrived, Connected and
Disconnected into the inbox.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import msgspec
import structlog

from kiosk.app.announce import Announcer, open_basket
from kiosk.app.books import Books, Misfit
from kiosk.app.commands import came, ordered
from kiosk.app.far_pictures import FarPictures
from kiosk.app.flight import Flight
from kiosk.app.questions import Priced, Questions
from kiosk.app.reading import Read, Reader
from kiosk.app.renewing import NoRenewing, Renewing
from kiosk.app.update_order import Order
from kiosk.app.updates_port import NoUpdates, Updating
from kiosk.app.whispers import Whispers
from kiosk.checkout import events as e
from kiosk.checkout.effects import AskStore, TellResult
from kiosk.checkout.events import CommandCame
from kiosk.checkout.lane import Lane
from kiosk.checkout.questions import ItemAnswer
from kiosk.checkout.state import State
from kiosk.storage.journal import Acked, Refused
from kiosk.storage.outbox import OutboxRow
from kiosk.storage.price_book import StaffMember
from kiosk.values.moment import Moment, rfc3339
from kiosk.wire.asking import (
    CertificateAnswer,
    CertificateAsk,
    GapsAnswer,
    GapsAsk,
    Lookup,
    PictureAsk,
    PriceBookPart,
    ResumeAnswer,
    ResumeAsk,
    StaffAnswer,
    StaffAsk,
    UpdateAsk,
    question,
)
from kiosk.wire.codec import encode
from kiosk.wire.configuring import ChangeAnswer, ConfigAnswer, LogAnswer
from kiosk.wire.messages import Ack, Answer, Ask, Command, PriceBookHead, Result
from kiosk.wire.outgoing import till_message
from kiosk.wire.topics import What, price_book_topic, till_topic

ASK_AGAIN_MS = 10_000
MOST_ANEW = 64


class Errand(Protocol):
    """Something that asks the store by itself, and nobody waits for the answer but it."""

    def ask(self, now: Moment) -> Lookup | None:
        """What to ask now, once; None: nothing. Called while there is a connection."""
        ...

    def heard(self, asked: Lookup, answer: Any) -> None:
        """What the store answers; also to what others have asked. None: it had nothing to say."""
        ...

    def lost(self) -> None:
        """The connection is gone: what was asked will not be answered."""
        ...


class Arrived(msgspec.Struct, frozen=True):
    """A message of the broker."""

    topic: str
    payload: bytes
    retained: bool = False
    """The broker's copy of what was said before we came, not a sign that its sender is there."""


class Connected(msgspec.Struct, frozen=True):
    """The broker has accepted us and our subscriptions."""


class Disconnected(msgspec.Struct, frozen=True):
    """The broker is away."""

    why: str


class Anew(msgspec.Struct, frozen=True):
    """The store lacks these: to be written into the outbox once more."""

    rows: tuple[OutboxRow, ...]


class Transport(Protocol):
    """Carries bytes to the broker. Never blocks; drops silently while there is no connection."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """QoS 1."""
        ...

    def call(self) -> None:
        """Try the line now, if there is none."""
        ...


class Link:
    """One lane's link."""

    def __init__(
        self,
        lane: Lane,
        transport: Transport,
        books: Books,
        announcer: Announcer,
        pending: Callable[[int], Iterable[OutboxRow]],
        whispers: Whispers | None = None,
        priced: Priced = lambda *_: ItemAnswer(),
        staff: Callable[[], Iterable[StaffMember]] = tuple,
        pictures: FarPictures | None = None,
        anew: Callable[[Sequence[int], int], tuple[OutboxRow, ...]] = lambda *_: (),
        renewing: Renewing | NoRenewing | None = None,
        errands: Sequence[Errand] = (),
        updates: Updating | None = None,
    ) -> None:
        """`pending` reads the oldest rows of the outbox; `priced` makes an item of a row that the store tells;

        `staff` are those whom the lane knows; `anew` makes rows of sealed sales that the store lacks.
        """
        self._anew = anew
        self._lane, self._transport, self._books, self._announcer = lane, transport, books, announcer
        self._pending, self._staff, self._reader = pending, staff, Reader(books.aside)
        self._pictures, self._renewing = pictures or FarPictures(), renewing or NoRenewing()
        self._errands = tuple(errands)
        self._updates = updates or NoUpdates()
        self._flight = Flight()
        self._landed: set[str] = set()
        self._backlog = True
        self._connected, self._up = False, True
        self._asked: dict[str, Lookup] = {}
        self._questions = Questions(whispers or Whispers(), priced)
        self._asks = self._sequence = 0
        self._ask_again_ms: int | None = None
        self._announced: dict[str, bytes] = {}
        self._log = structlog.get_logger("link")

    # --- coming in ----------------------------------------------------------------------------------------------------

    def heard(self, message: Any, now: Moment) -> list[Any]:
        """What a message of the transport means: events for the loop, work for the writer."""
        match message:
            case Connected():
                return self._connect(now)
            case Disconnected(why):
                self._log.info("link.away", why=why)
                self._connected = False
                self._asked.clear()
                self._books.forget()
                self._pictures.lost()
                for errand in self._errands:
                    errand.lost()
                self._updates.lost()
                return [*self._questions.lost(), *self._set_up(False)]
            case Misfit():
                self._ask_for(self._books.misfit(message), now)
                return []
            case Read():
                return self._received(message, now)
            case _:
                read = self._reader.take(message.topic, message.payload, message.retained)
                if read is None:  # it is being read, however long a slow disk keeps it waiting
                    self._ask_again_ms = now.tick_ms + ASK_AGAIN_MS
                return self._received(read, now) if read is not None else []

    def _connect(self, now: Moment) -> list[Any]:
        """What was asked since the last Disconnected stays asked: a retained head may come before Connected does."""
        self._connected, self._announced = True, {}
        self._announcer.again()
        self._flight.again()
        for lookup in (ResumeAsk(), GapsAsk(), StaffAsk()):
            self._ask(lookup, now)
        return []

    def _received(self, arrived: Read, now: Moment) -> list[Any]:
        data = arrived.data
        if arrived.topic != self._topic_of(data):
            self._log.warning("link.wrong_topic", topic=arrived.topic, data=type(data).__name__)
            return []
        match data:
            case Ack():
                return self._acknowledged(data)
            case PriceBookHead():
                if not arrived.retained:
                    self._flight.again()  # a store says it when it begins
                self._ask_for(self._books.announced(data), now)
                return []
            case Answer():
                return [*self._set_up(True), *self._answered(data, arrived, now)]
            case Command():
                return self._commanded(data, now)
            case _:
                return []

    def _topic_of(self, data: Any) -> str:
        """The one topic on which the store says this to this lane: a broker lets nobody else speak there."""
        match data:
            case PriceBookHead():
                return price_book_topic(self._lane.store)
            case Ack():
                return self._topic("ack")
            case Answer():
                return self._topic("answer")
            case _:
                return self._topic("command")

    def _commanded(self, command: Command, now: Moment) -> list[Any]:
        """An event, or a refusal of what cannot be read. An update is nobody's visit, and none."""
        if command.kind == "update":
            order = ordered(command, self._staff, now.utc_ms)
            if why := self._updates.order(order) if isinstance(order, Order) else order:
                self.tell(TellResult(command.id, why), now)
            return []
        event = came(command, self._staff)
        if isinstance(event, CommandCame):
            return [event]
        self.tell(TellResult(command.id, event), now)
        return []

    def _acknowledged(self, ack: Ack) -> list[Any]:
        work: list[Any] = [Acked(ack.ids)] if ack.ids else []
        work += [Refused(refusal.id, refusal.reason) for refusal in ack.refused]
        for id_ in (*ack.ids, *(refusal.id for refusal in ack.refused)):
            self._flight.land(id_)
            self._landed.add(id_)
        return [*work, *self._set_up(True)]

    def _answered(self, answer: Answer, read: Read, now: Moment) -> list[Any]:
        told = self._questions.heard(answer, now)
        if told is not None:
            return list(told)
        lookup = self._asked.pop(answer.id, StaffAsk() if answer.kind == "staff" else None)
        if lookup is None:
            return []
        found = read.answer_to(lookup)
        if isinstance(lookup, PictureAsk):
            self._ask_for(self._pictures.heard(found, now.tick_ms), now)
            return []
        if isinstance(lookup, UpdateAsk):
            self._updates.part(found, now)
            return []
        if isinstance(lookup, CertificateAsk):
            self._renewing.heard(found)
        for errand in self._errands:
            errand.heard(lookup, found)
        match found:
            case ResumeAnswer():
                # Only if it is news: this fact is never pruned from the journal, and lines flap.
                return [e.SequenceSeen(sequence=found.sequence)] if found.sequence >= self._sequence else []
            case GapsAnswer():
                rows = self._anew(found.sequences[:MOST_ANEW], now.utc_ms) if found.sequences else ()
                return [Anew(rows)] if rows else []
            case StaffAnswer():
                self._books.staff(found)
            case PriceBookPart():
                self._ask_for(self._books.part(found, answer.data), now)
            case CertificateAnswer() | ConfigAnswer() | ChangeAnswer() | LogAnswer():
                pass  # heard already
            case _:
                self._log.warning("link.no_answer", kind=answer.kind, problem=answer.error)
        return []

    def _ask_for(self, lookup: Lookup | None, now: Moment) -> None:
        if lookup is not None:
            self._ask(lookup, now)

    def _ask(self, lookup: Lookup, now: Moment) -> None:
        self._asks += 1
        id_ = f"{self._lane.till}-{now.utc_ms}-{self._asks}"
        self._asked[id_] = lookup
        self._ask_again_ms = now.tick_ms + ASK_AGAIN_MS
        self._send("ask", question(id_, lookup), id_, now)

    def _set_up(self, up: bool) -> list[Any]:
        if up == self._up:
            return []
        self._up = up
        return [e.LinkChanged(up=up)]

    # --- going out ----------------------------------------------------------------------------------------------------

    def offer(self, rows: Iterable[OutboxRow]) -> None:
        """Rows that are on disk now. They fly at once if nothing older waits on the ground."""
        for row in rows:
            if self._backlog or not self._flight.room:
                self._backlog = True
                return
            self._flight.add(row)

    def ask(self, effect: AskStore, now: Moment) -> list[e.Event]:
        """The checkout's question: on its way, or unanswered at once while there is no connection."""
        return self._questions.ask(effect, self._send_ask if self._connected else None, now)

    def tell(self, effect: TellResult, now: Moment) -> None:
        """What became of a command. If it is lost the store repeats the command, and hears the same again."""
        result = Result(id=effect.id, done=not effect.why, why=effect.why)
        self._send("result", result, f"{self._lane.store}/{self._lane.till}/result/{effect.id}", now)

    def call(self) -> None:
        """Somebody does not want to wait for the store to be tried again."""
        self._transport.call()

    def show(self, state: State, now: Moment) -> None:
        """The open basket, once: whoever asked looks at it now."""
        self._send("basket", open_basket(state), f"{self._lane.store}/{self._lane.till}/basket/{now.utc_ms}", now)

    def _send_ask(self, ask: Ask, now: Moment) -> None:
        self._send("ask", ask, ask.id, now)

    def turn(self, state: State, now: Moment) -> list[Any]:
        """Send what is due; events for the loop."""
        self._sequence = state.in_earnest.sequence
        if not self._connected:
            return []
        self._refill()
        for row in self._flight.due(now.tick_ms):
            self._transport.publish(self._topic(row.kind), row.body.encode())
        news = self._set_up(False) if self._flight.unheard else []
        for word, message in self._announcer.announcements(state, now):
            self._announce(word, message, now)
        self._ask_for(self._pictures.ask(now.tick_ms), now)
        for errand in (self._renewing, *self._errands):
            self._ask_for(errand.ask(now), now)
        self._ask_for(self._updates.ask(state, now), now)
        for told in self._updates.told():
            self.tell(told, now)
        return [*news, *self._books.signed_out(state), *self._unanswered(now)]

    def _refill(self) -> None:
        """From the disk, past what is in the air and what has landed but is not deleted there yet."""
        if not self._backlog:
            self._landed.clear()
        if not self._backlog or not self._flight.room:
            return
        rows = list(self._pending(2 * self._flight.room + len(self._flight) + len(self._landed)))
        self._landed &= {row.id for row in rows}
        waiting = [row for row in rows if row.id not in self._flight and row.id not in self._landed]
        for row in waiting[: self._flight.room]:
            self._flight.add(row)
        self._backlog = len(waiting) > 0 and waiting[-1].id not in self._flight

    def _unanswered(self, now: Moment) -> list[Any]:
        if not self._asked or self._ask_again_ms is None or now.tick_ms < self._ask_again_ms:
            return []
        waiting, self._asked = list(self._asked.values()), {}
        for lookup in waiting:
            self._ask(lookup, now)
        return self._set_up(False)

    def _announce(self, what: What, data: Any, now: Moment) -> None:
        body = msgspec.json.encode(data)
        if self._announced.get(what) != body:
            self._announced[what] = body
            self._send(what, data, f"{self._lane.store}/{self._lane.till}/{what}/{now.utc_ms}", now, retain=True)

    def _send(self, what: What, data: Any, id_: str, now: Moment, *, retain: bool = False) -> None:
        lane = self._lane
        message = till_message(data, store=lane.store, till=lane.till, id=id_, at=rfc3339(now.utc_ms))
        self._transport.publish(self._topic(what), encode(message), retain=retain)

    def _topic(self, what: What) -> str:
        return till_topic(self._lane.store, self._lane.till, what)

    def deadline_ms(self) -> int | None:
        """When something is to be sent again."""
        if not self._connected:
            return None
        asks = self._ask_again_ms if self._asked else None
        dues = (self._flight.deadline_ms(), asks, self._announcer.deadline_ms(), self._pictures.deadline_ms())
        return min((due for due in dues if due is not None), default=None)
