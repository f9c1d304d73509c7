"""A lane's link and books on a real price book, and a store that answers it: both turned by hand."""

from collections.abc import Callable
from typing import Any

from kiosk.app.announce import Announcer
from kiosk.app.background import Immediately, Job
from kiosk.app.books import Books
from kiosk.app.far_pictures import FarPictures
from kiosk.app.inbox import Inbox
from kiosk.app.link import Arrived, Connected, Link
from kiosk.checkout import events as e
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank
from kiosk.storage.outbox import OutboxRow
from kiosk.storage.price_book import PriceBook
from kiosk.values.moment import Moment
from kiosk.wire import asking
from kiosk.wire.codec import decode, encode
from kiosk.wire.messages import Ack, Answer, Ask, PriceBookHead, Refusal
from kiosk.wire.outgoing import till_message
from kiosk.wire.price_csv import PriceRow, book_digest
from kiosk.wire.topics import price_book_topic, till_topic

LANE = Lane(store="s001", till="k01")
PART = 2


def shelf(price_minor: int, count: int = 5) -> tuple[PriceRow, ...]:
    return tuple(PriceRow(plu=f"400{n}", name="Fruit", price_minor=price_minor, tax_bp=600) for n in range(count))


class Store:
    """Answers a till's questions as the store does, when the test lets it; keeps what else was sent."""

    def __init__(self) -> None:
        self.version, self.rows, self.sequence = "1", shelf(100), 0
        self.lacks: tuple[int, ...] = ()
        self.asks: list[Ask] = []
        self.sent: list[str] = []
        self.deltas: dict[str, tuple[PriceRow, ...]] = {}

    def call(self) -> None:
        """Always there."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        message = decode(payload)
        if isinstance(message.data, Ask):
            self.asks.append(message.data)
        elif not retain:
            self.sent.append(message.id)

    def sells(self, version: str, rows: tuple[PriceRow, ...]) -> None:
        self.version, self.rows = version, rows

    @property
    def head(self) -> PriceBookHead:
        return PriceBookHead(version=self.version, items=len(self.rows), digest=book_digest(self.rows))

    def answer(self, ask: Ask) -> Answer:
        lookup = asking.asked(ask)
        match lookup:
            case asking.ResumeAsk():
                return asking.answer(ask, asking.ResumeAnswer(sequence=self.sequence, hash=""))
            case asking.GapsAsk():
                return asking.answer(ask, asking.GapsAnswer(sequences=self.lacks))
            case asking.StaffAsk():
                return asking.answer(ask, asking.StaffAnswer(staff=()))
        offset = lookup.offset if lookup.version == self.version else 0
        rows = self.deltas.get(lookup.since, self.rows)
        part = asking.PriceBookPart(
            version=self.version,
            kind="delta" if lookup.since in self.deltas else "full",
            offset=offset,
            total=len(rows),
            rows=rows[offset : offset + PART],
            items=self.head.items,
            digest=self.head.digest,
        )
        return asking.answer(ask, part)


def _sealed(numbers: Any, now_utc_ms: int) -> tuple[OutboxRow, ...]:
    return tuple(OutboxRow(f"sale {n}", "sale", "{}", now_utc_ms) for n in numbers if n <= 5)


class Till:
    """The lane's side: link and books on a real price book, turned by hand."""

    def __init__(
        self,
        store: Store,
        prices: PriceBook,
        outbox: Callable[[int], list[OutboxRow]] = lambda limit: [],
        background: Callable[[Job], None] | None = None,
    ) -> None:
        self.store, self.prices, self.tick_ms = store, prices, 1_000
        self.inbox, self.pictures = Inbox(), FarPictures()
        books = Books(lambda: prices, background or Immediately(self.inbox), prices.head())
        announcer = Announcer(lambda: 1_000, lambda: 0)
        self.link = Link(LANE, store, books, announcer, outbox, pictures=self.pictures, anew=_sealed)
        self.heard: list[Any] = []

    def now(self) -> Moment:
        return Moment(1_764_000_000_000 + self.tick_ms, self.tick_ms, "2026-11-24")

    def turn(self, *messages: Any) -> None:
        for message in messages:
            self.hear(message)
        self.heard += self.link.turn(blank(LANE), self.now())
        for message in self.inbox.take():
            self.hear(message)

    def hear(self, message: Any) -> None:
        """As the loop does: events are kept, the rest means something to the link."""
        if isinstance(message, e.Event):
            self.heard.append(message)
            return
        for meant in self.link.heard(message, self.now()):
            self.heard.append(meant)

    def connect(self) -> None:
        self.turn(Connected(), self.head())

    def head(self, *, retained: bool = True) -> Arrived:
        message = till_message(self.store.head, store="s001", till="k01", id="head", at="2026-11-24T00:00:00Z")
        return Arrived(price_book_topic("s001"), encode(message), retained)

    def answered(self, *asks: Ask) -> None:
        for ask in asks:
            answer = till_message(self.store.answer(ask), store="s001", till="k01", id=ask.id, at="")
            self.turn(Arrived(till_topic("s001", "k01", "answer"), encode(answer)))

    def acked(self, *ids: str, refused: tuple[str, ...] = ()) -> None:
        ack = Ack(ids=ids, refused=tuple(Refusal(id=id_, reason="odd") for id_ in refused))
        message = till_message(ack, store="s001", till="k01", id="ack", at="2026-11-24T00:00:00Z")
        self.turn(Arrived(till_topic("s001", "k01", "ack"), encode(message)))

    def all_answered(self) -> None:
        for _ in range(50):
            asks, self.store.asks = self.store.asks, []
            self.answered(*asks)
            if not asks:
                return
        raise AssertionError("the till never stops asking")

    @property
    def price(self) -> int:
        row = self.prices.by_plu("4001")
        return row.price_minor if row is not None else 0

    def links(self) -> list[bool]:
        return [event.up for event in self.heard if isinstance(event, e.LinkChanged)]
