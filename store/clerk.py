"""Clerk: opens the tills' post in the order of arrival, and what waits to be booked together.

The broker's thread only puts messages into the in-tray; the clerk alone writes them into the books and hands the
answers back to the link. So an acknowledgement is said after the commit, never before. One commit is for all that has
come by then: a quiet shop is answered at once, a full tray with one sync for a hundred sales. The tray is bounded: what
does not fit is not acknowledged and comes again. Trouble that may pass (a full disk, a database that is away) is logged
and the till repeats itself.
"""

import queue
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from kiosk.values.moment import rfc3339
from kiosk.wire.asking import StaffAsk, question
from kiosk.wire.codec import BadMessage, decode, encode, envelope
from kiosk.wire.messages import Ack, Answer, Ask, Command, Health, LaneState, OpenBasket, PriceBookHead, Result
from kiosk.wire.outgoing import store_source
from kiosk.wire.topics import Address, price_book_topic, till_topic
from store import commands, lane_bank, lane_config
from store.answering import answer
from store.aside import Letter
from store.config import Config
from store.duties import Duty, Failed
from store.ingest import Taken, take_all
from store.lanes import Lanes
from store.price_book import PriceBook
from store.quarantine import booked_since
from store.users import digest, everybody

TRAY_SIZE = 16_000
"""Messages: all that 200 lanes may have in flight, 64 each."""
TRAY_BYTES = 128 << 20
BATCH = 100
"""So many messages are booked in one transaction at most: more saves nothing, and the last waits for the first."""
_BATCH_BYTES = 2 << 20
_BOOKED = ("sale", "stock", "event")
_LOOK_EVERY_MS = 1_000
_DAY_MS = 24 * 60 * 60 * 1_000


class Publisher(Protocol):
    """The way out."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Say it, once, as soon as the broker is there."""
        ...


class _Look:
    """Not a message: look whether there is something to publish."""


class _Stop:
    """Not a message: go home when everything before is done."""


class Clerk(Duty):
    """Works through the in-tray in a thread of its own, or by hand (`turn`) in tests."""

    def __init__(
        self,
        config: Config,
        engine: Engine,
        lanes: Lanes,
        now_utc_ms: Callable[[], int],
        failed: Failed,
        *,
        leads: bool = True,
    ) -> None:
        """`failed` is told of a bug, after which nothing more is done. `leads`: does also what is done once in a shop:
        tells the tills of new prices and of what somebody wants of them."""
        super().__init__("clerk", self._open_the_post, failed)
        self.every_s = _LOOK_EVERY_MS // 1_000
        self._leads = leads
        self._config, self._engine, self._lanes, self._now = config, engine, lanes, now_utc_ms
        self._book = PriceBook(engine)
        self._tray: queue.Queue[Letter | _Look | _Stop] = queue.Queue(TRAY_SIZE)
        self._put_bytes = self._opened_bytes = 0
        """Two sums, for each is written by one thread only."""
        self._next: Letter | _Look | _Stop | None = None
        """Taken out of the tray already: what came behind the last batch and is no part of it."""
        self._published: PriceBookHead | None = None
        self._looked_utc_ms = now_utc_ms()
        self._said = 0
        self._told = 0
        """The last try in the quarantine whose till was told."""
        self._sent: dict[str, int] = {}
        """When each waiting command was sent last."""
        self._staff: dict[str, str] = {}
        """The list of staff, by its digest, that each connected till was told."""
        self._log = structlog.get_logger("clerk")
        self.link: Publisher | None = None
        self.beat: Callable[[], None] = lambda: None
        """Called at every turn: the sign of life for a watchdog."""
        self.counts: Counter[tuple[str, str]] = Counter()
        """(last word of the topic, outcome) of all messages so far."""

    # --- from other threads -------------------------------------------------------------------------------------------

    def put(self, address: Address, payload: bytes) -> None:
        """A message has come."""
        try:
            if self._put_bytes - self._opened_bytes > TRAY_BYTES:
                raise queue.Full
            self._tray.put_nowait(Letter(address, payload))
            self._put_bytes += len(payload)
        except queue.Full:
            self.counts[address.what, "dropped"] += 1

    def look(self, *, anew: bool = False) -> None:
        """Something may have to be published; `anew`: the broker may have forgotten what was."""
        if anew:
            self._published = None
        if not self._tray.full():
            self._tray.put(_Look())

    @property
    def waiting(self) -> int:
        """Messages in the tray."""
        return self._tray.qsize() + (self._next is not None)

    def tell_to_stop(self) -> None:
        """It finishes what is in the tray, then ends."""
        self._tray.put(_Stop())

    # --- the clerk's own thread ---------------------------------------------------------------------------------------

    def _open_the_post(self) -> None:
        while self.turn(self.every_s):
            self.beat()

    def turn(self, wait_s: int = 0) -> bool:
        """What waits to be booked, or one other message, or a look at the price book when there is nothing within
        `wait_s`. False: it was the last.

        In a busy shop there is always a message, and a shell that changed a price has only this look to be seen by.
        """
        thing = self._take_out(wait_s)
        if isinstance(thing, _Stop):
            return False
        try:
            if isinstance(thing, Letter) and thing.address.what in _BOOKED:
                self._into_the_books(self._with_what_waits(thing))
            elif isinstance(thing, Letter):
                self._open(thing.address, thing.payload)
            late = not 0 <= self._now() - self._looked_utc_ms < _LOOK_EVERY_MS
            if self._leads and (late or not isinstance(thing, Letter)):
                self._publish_head()
                self._send_commands()
                self._tell_of_late_bookings()
                self._tell_of_staff()
            self.turned_utc_ms = self._now()
        except OperationalError as error:
            self._log.error("books.unreachable", why=str(error.orig), repeats="the till will")
        return True

    def _take_out(self, wait_s: int = 0) -> Letter | _Look | _Stop:
        thing, self._next = self._next, None
        if thing is not None:
            return thing
        try:
            thing = self._tray.get(block=wait_s > 0, timeout=wait_s or None)
        except queue.Empty:
            return _Look()
        if isinstance(thing, Letter):
            self._opened_bytes += len(thing.payload)
        return thing

    def _with_what_waits(self, first: Letter) -> list[Letter]:
        """The first and what came right behind it to be booked; whatever else comes next keeps its place."""
        letters, size = [first], len(first.payload)
        while len(letters) < BATCH and size < _BATCH_BYTES and self._tray.qsize():
            thing = self._take_out()
            if not isinstance(thing, Letter) or thing.address.what not in _BOOKED:
                self._next = thing
                break
            letters.append(thing)
            size += len(thing.payload)
        return letters

    def _into_the_books(self, letters: Sequence[Letter]) -> None:
        """Into the books, and then one acknowledgement for each till."""
        tills: dict[str, list[Taken]] = {}
        for letter, taken in zip(letters, take_all(self._engine, letters, self._now()), strict=True):
            till, what = letter.address.till, letter.address.what
            self.counts[what, taken.outcome] += 1
            if taken.reason:
                log = self._log.error if what == "sale" else self._log.warning
                log("message.refused", till=till, what=what, why=taken.reason)
            if taken.ack is not None:
                tills.setdefault(till, []).append(taken)
        for till, said in tills.items():
            self._say(till, "ack", _together(said))

    def _open(self, address: Address, payload: bytes) -> None:
        try:
            self._hear(address, decode(payload).data)
            self.counts[address.what, "new"] += 1
        except BadMessage as bad:
            self.counts[address.what, "refused"] += 1
            self._log.warning("message.unreadable", till=address.till, what=address.what, why=bad.why)

    def _hear(self, address: Address, data: object) -> None:
        match address.what, data:
            case "ask", Ask():
                told = answer(self._engine, self._config, address.till, data, self._now(), self._book)
                self._say(address.till, "answer", told)
            case ("state", LaneState() as said) | ("health", Health() as said) | ("basket", OpenBasket() as said):
                if said.till != address.till:
                    raise BadMessage(f"{said.till} speaks on the topic of {address.till}")
                self._lanes.hear(address.till, said, self._now())
            case "result", Result():
                commands.ended(self._engine, address.till, data, self._now())
                self._log.info("command.result", till=address.till, id=data.id, done=data.done, why=data.why)
            case _:
                raise BadMessage(f"{type(data).__name__} on the topic {address.what}")

    def _say(self, till: str, what: str, data: Ack | Answer | Command) -> None:
        assert what in ("ack", "answer", "command")
        self._said += 1
        store, at = self._config.store.id, self._now()
        message = envelope(data, id=f"{store}/{what}/{at}-{self._said}", source=store_source(store), time=rfc3339(at))
        if self.link is not None:
            self.link.publish(till_topic(store, till, what), encode(message))  # type: ignore[arg-type]  # see above

    def _send_commands(self) -> None:
        """What lanes have not answered: at once, and again every few seconds."""
        now = self._now()
        waiting = commands.waiting(self._engine, now)
        lane_config.look(self._engine, now)
        lane_bank.look(self._engine, now)
        self._sent = {one.id: self._sent[one.id] for one in waiting if one.id in self._sent}
        for one in waiting:
            if now - self._sent.get(one.id, 0) >= commands.AGAIN_MS:
                self._sent[one.id] = now
                self._say(one.till, "command", commands.message(one))

    def _tell_of_late_bookings(self) -> None:
        """What was refused once and is booked now: its till may forget it. Of the last day, after a start."""
        for n, till, id_ in booked_since(self._engine, self._told, self._now() - _DAY_MS):
            self._told = n
            self._say(till, "ack", Ack(ids=(id_,)))

    def _tell_of_staff(self) -> None:
        """Tills ask for it whenever they connect; those that are connected are told, whoever changed it: somebody who
        was taken off the staff shall not come in at a till an hour later. As an answer that nobody asked for, which a
        till of the version before leaves aside.
        """
        now, online = digest(everybody(self._engine)), [lane.till for lane in self._lanes.all() if lane.online]
        told, self._staff = self._staff, dict.fromkeys(online, now)
        ask = question(f"staff-{now[:16]}", StaffAsk())
        for till in online:
            if told.get(till) != now:
                self._say(till, "answer", answer(self._engine, self._config, till, ask, self._now(), self._book))

    def _publish_head(self) -> None:
        """Tell all tills of a version that they have not been told of, whoever made it: a page, a till, a shell."""
        self._looked_utc_ms = self._now()
        head = self._book.head()
        if head is None or head == self._published or self.link is None:
            return
        store = self._config.store.id
        message = envelope(
            head, id=f"{store}/pricebook/{head.version}", source=store_source(store), time=rfc3339(self._now())
        )
        self.link.publish(price_book_topic(store), encode(message), retain=True)
        self._published = head


def _together(taken: Sequence[Taken]) -> Ack:
    """One acknowledgement that says of each what its own would; a repetition says it once."""
    acks = [one.ack for one in taken if one.ack is not None]
    ids = dict.fromkeys(id_ for ack in acks for id_ in ack.ids)
    refused = dict.fromkeys(refusal for ack in acks for refusal in ack.refused)
    return Ack(ids=tuple(ids), refused=tuple(refused))
