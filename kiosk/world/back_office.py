"""Back office: the real store at the other end of a world's wire, its books in memory.

What a till sends goes through the store's own clerk into its own tables, so what the simulator compares at the end
are the books that a shop would read. Only the broker is missing.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from functools import cache
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from msgspec.structs import replace
from sqlalchemy.engine import Engine

from kiosk.checkout.proving_lots import Proof
from kiosk.checkout.questions import CouponAsk, GiftCardAsk, SaleAsk, SignUpAsk, Wanted
from kiosk.checkout.sale import Sale
from kiosk.checkout.succession import Succession
from kiosk.wire.messages import OpenBasket, PriceBookHead
from kiosk.wire.offers_csv import OfferRow, read_offers
from kiosk.wire.price_csv import PriceRow, read_csv
from kiosk.wire.topics import parse_topic, price_book_topic
from kiosk.world.shops import demo_rows
from store import audit_proof, baskets, commands, coupons, joining, ledger, members, returns, stock, vouchers
from store.clerk import Clerk
from store.config import Config, SmtpTable, StoreTable
from store.database import engine_at, open_books, with_our_transactions, writing
from store.flags import Flag
from store.lanes import Lanes
from store.ledger import Entry
from store.losses import listed, take_over
from store.member_file import file_of
from store.postman import Postman
from store.price_book import PriceBook
from store.schema import aside, lane_event, member, staff
from store.vouchers import Asker
from store.weights import learn_weights

Message = tuple[str, bytes]
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Nobody attacks this shop: a slow hash would only slow the world down."""
STAFF = (("u1", "Anna", "supervisor", "2468"), ("u2", "Bo", "cashier", "1357"), ("u3", "Eva", "manager", "8642"))
"""Id, name, role and PIN of the people who work here; their badges say `staff-` and the id."""
_EVERYTHING = 1_000_000


_FIRST = engine_at("sqlite://")
_COMPILED: dict[Any, Any] = {}


def _in_memory() -> Engine:
    """An empty database of its own. All share what SQLAlchemy has compiled: a shop of a few seconds need not think of
    its SQL anew."""
    engine = Engine(_FIRST.pool.recreate(), _FIRST.dialect, _FIRST.url)
    return with_our_transactions(engine).execution_options(compiled_cache=_COMPILED)


@cache
def _opening_day(now_utc_ms: int) -> bytes:
    """What SQLite holds of a store that opens now with the demo catalogue as version 1 of its price book."""
    engine = open_books("sqlite://")
    PriceBook(engine).replace(demo_rows(), now_utc_ms, "opening day")
    with writing(engine) as connection:
        connection.execute(sa.insert(staff), list(_staff_rows()))
    with engine.connect() as connection:
        return _sqlite(connection).serialize()


def _sqlite(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


class BackOffice:
    """A StoreEnd: clerk, ledger, stock, price book and staff of one store."""

    def __init__(self, store: str, now_utc_ms: Callable[[], int]) -> None:
        """Opens with the demo catalogue as version 1 of its price book."""
        self._now = now_utc_ms
        self._engine = _in_memory()
        with self._engine.connect() as connection:
            _sqlite(connection).deserialize(_opening_day(now_utc_ms()))
        self.prices = PriceBook(self._engine)
        self._config = Config(StoreTable(store), smtp=SmtpTable("smtp://mail.example", "kvitto@example.com"))
        self._lanes = Lanes()
        self._clerk = Clerk(self._config, self._engine, self._lanes, now_utc_ms, _raise)
        self._clerk.link = self
        self._postman = Postman(self._config, self._engine, now_utc_ms, self._mail)
        self._mails: dict[str, str] = {}
        self.worth: dict[str, int] = {}
        """What paper that pays was made out to, here or by a machine that talks to nobody; minor units by number."""
        self._head_topic = price_book_topic(store)
        self._said: list[Message] = []
        self._for_others: dict[str, list[Message]] = {}
        self._machines = 1
        self._retained: dict[str, bytes] = {}
        self._look()

    # --- the wire -----------------------------------------------------------------------------------------------------

    def hear(self, topic: str, payload: bytes) -> list[Message]:
        """A till's message; what the clerk answers."""
        address = parse_topic(topic)
        assert address is not None, f"nobody listens to {topic}"
        self._clerk.put(address, payload)
        self._clerk.turn()
        return [*self._for_others.pop(address.till, ()), *self._take(address.till)]

    def retained(self) -> list[Message]:
        """The head of the price book."""
        return list(self._retained.items())

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """From the clerk."""
        if retain:
            self._retained[topic] = payload
        self._said.append((topic, payload))

    def _look(self, till: str = "") -> list[Message]:
        self._clerk.turn()
        return self._take(till)

    def _take(self, till: str) -> list[Message]:
        """What is for this lane or for all. What is for another waits until it speaks: each hears its own topics."""
        said, self._said = self._said, []
        mine = []
        for topic, payload in said:
            address = parse_topic(topic)
            if address is None or address.till == till:
                mine.append((topic, payload))
            else:
                self._for_others.setdefault(address.till, []).append((topic, payload))
        return mine

    # --- machines that are replaced ---

    def replace_machine(self, till: str, retained: Iterable[Message]) -> Succession:
        """Adopt another machine as this till; what its adoption writes. `retained`: the lane's last word of itself."""
        for topic, payload in retained:
            self.hear(topic, payload)
        key = f"{self._machines:064x}"
        self._machines += 1
        with writing(self._engine) as connection:
            return take_over(connection, till, key, "u3", self._now(), self._lanes.find(till))

    def losses(self) -> list[str]:
        """What may be lost, in the store's words; the oldest first."""
        return [one.detail for one in listed(self._engine)]

    # --- the mail server ----------------------------------------------------------------------------------------------

    def _mail(self, message: EmailMessage, recipient: str) -> None:
        text = message.get_body(("plain",))
        self._mails[recipient] = text.get_content() if isinstance(text, EmailMessage) else ""

    def mails(self) -> dict[str, str]:
        """What has been sent by now, by address: the last receipt that went there, as text."""
        while self._postman.turn():
            pass
        return self._mails

    # --- people -------------------------------------------------------------------------------------------------------

    def change_price(self, code: str, price_minor: int) -> list[Message]:
        """Somebody changes a price on the console; what the tills are told. UnknownProduct."""
        self.prices.change_price(code, price_minor, self._now(), "from the console")
        return self._look()

    def import_rows(self, rows: tuple[PriceRow, ...], *, keep_others: bool = False) -> list[Message]:
        """Somebody imports a catalogue; what the tills are told."""
        self.prices.replace(rows, self._now(), "an import", keep_others=keep_others)
        return self._look()

    def list_row(self, cells: dict[str, str]) -> list[Message]:
        """Somebody adds a product, as a row of the price book's file; what the tills are told."""
        return self.import_rows(read_csv("\n".join((",".join(cells), ",".join(cells.values())))), keep_others=True)

    def order(self, till: str, kind: str, staff: str, data: dict[str, Any]) -> list[Message]:
        """Somebody at the console wants something of a lane; what it is told now."""
        commands.order(self._engine, till, kind, staff, data, self._now())
        return self._look(till)

    def last_order(self, till: str) -> commands.Ordered:
        """The newest one, with what became of it."""
        return commands.latest(self._engine, till, 1)[0]

    def basket(self, till: str) -> OpenBasket | None:
        """What the console was shown last of this till's basket."""
        return self._lanes.basket(till)

    def learn_weights(self) -> list[Message]:
        """Somebody takes what the bagging scales have seen into the price book; what the tills are told."""
        learn_weights(self._engine, self.prices, self._now())
        return self._look()

    def put_offer(self, cells: dict[str, str]) -> list[Message]:
        """Somebody imports the offers with this one among them, as a row of their file; what the tills are told."""
        own = {column: cell for column, cell in cells.items() if column != "excludes"}
        text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (own.keys(), own.values()))
        (fresh,) = read_offers(text, self.prices.rows())
        others = [offer for offer in self.prices.offers() if offer.offer != fresh.offer]
        excludes = tuple(cells.get("excludes", "").split())
        assert set(excludes) <= {offer.offer for offer in others}, "it excludes offers that are there"
        return self._put_offers((*others, replace(fresh, excludes=excludes)))

    def end_offer(self, name: str) -> list[Message]:
        """Somebody imports the offers without this one."""
        return self._put_offers(offer for offer in self.prices.offers() if offer.offer != name)

    def _put_offers(self, offers: Iterable[OfferRow]) -> list[Message]:
        self.prices.replace(self.prices.rows(), self._now(), "an import of offers", offers=offers)
        return self._look()

    def head(self) -> PriceBookHead:
        """The price book in use."""
        head = self.prices.head()
        assert head is not None, "the store opened with a price book"
        return head

    def issue(self, number: str, kind: vouchers.Kind, amount_minor: int, currency: str, offer: str = "") -> None:
        """Somebody sells a gift card at the desk, or prints a voucher."""
        one = vouchers.Voucher(number, kind, currency, amount_minor, offer, issued_utc_ms=self._now())
        if kind in vouchers.BEARER:
            self.worth[number] = amount_minor
        with writing(self._engine) as connection:
            vouchers.issue(connection, one)

    def take_coupon(self, till: str, code: str, offer: str) -> str:
        """Another lane asks for a coupon; what it hears."""
        asker = Asker(till, f"{till}-{code}", self._now())
        return coupons.coupon(self._engine, asker, CouponAsk(code=code, offer=offer)).state

    def take_back(self, till: str, find: str, line: int, count: int, again: int = 0) -> str:
        """Another lane asks to take goods back; what it hears: `ok`, `gone`, ..."""
        asker = Asker(till, f"{till}-{find}-{line}-{again}", self._now())
        take = (Wanted(line, count),)
        return returns.look_up(self._engine, asker, SaleAsk(find=find, take=take)).state

    def balance(self, number: str, currency: str) -> int:
        """What can still be spent of a gift card, a voucher or a slip."""
        asker = Asker("desk", "", self._now())
        return vouchers.gift_card(self._engine, asker, GiftCardAsk(number=number, currency=currency)).balance_minor

    def left(self) -> dict[str, int]:
        """What is neither spent nor held of all paper that the books know, by number."""
        with self._engine.connect() as connection:
            found = (vouchers.find(connection, number) for number in self.worth)
            return {o.number: vouchers.free_minor(connection, o, self._now()) for o in found if o is not None}

    def baskets(self) -> int:
        """How many suspended baskets are here that nobody has taken."""
        return len(baskets.listed(self._engine, Asker("", "", self._now())).baskets)

    def uses(self, code: str) -> int:
        """How often sales have used a coupon."""
        with self._engine.connect() as connection:
            one = vouchers.find(connection, code)
            return vouchers.spent_minor(connection, one) if one is not None else 0

    def block(self, number: str) -> None:
        """Somebody has lost it."""
        with writing(self._engine) as connection:
            vouchers.block(connection, number)

    def enrol(self, id_: str, key: str, **about: Any) -> None:
        """Somebody becomes a member at the desk, with a card or a number."""
        with writing(self._engine) as connection:
            members.enrol(connection, members.Member(id_, consented_utc_ms=self._now(), **about), key)

    def points(self, id_: str) -> int:
        """What this member has collected."""
        with self._engine.connect() as connection:
            return members.points(connection, id_)

    def sign_up(self, till: str, contact: str) -> str:
        """Another lane makes a member; what it hears."""
        ask = SignUpAsk(contact=contact, text="1", language="en")
        return joining.sign_up(self._engine, self._config, Asker(till, f"{till}-{contact}", self._now()), ask).state

    def members(self) -> list[str]:
        """Their ids."""
        with self._engine.connect() as connection:
            return list(connection.scalars(sa.select(member.c.id)))

    def member_file(self, key: str) -> dict[str, Any]:
        """All that is kept of one."""
        return file_of(self._engine, key)

    # --- the books ----------------------------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """Every sale and void in the books, oldest first."""
        keys = sorted(summary.key for summary in ledger.latest(self._engine, limit=_EVERYTHING))
        found = (ledger.find(self._engine, key) for key in keys)
        return [entry for entry in found if entry is not None]

    def sales(self) -> list[Sale]:
        """The same without what was written beside them."""
        return [entry.sale for entry in self.entries()]

    def flags(self) -> list[tuple[str, Flag]]:
        """Everything odd that was found, with the sale's key."""
        return [(entry.sale.key, flag) for entry in self.entries() for flag in entry.flags]

    def refusals(self) -> list[str]:
        """What was kept aside, and why."""
        with self._engine.connect() as connection:
            return [f"{id_}: {reason}" for id_, reason in connection.execute(sa.select(aside.c.id, aside.c.reason))]

    def reports(self, kind: str) -> list[dict[str, Any]]:
        """The data of everything of this kind that lanes have reported, oldest first."""
        rows = sa.select(lane_event.c.body).where(lane_event.c.kind == kind).order_by(lane_event.c.n)
        with self._engine.connect() as connection:
            return [json.loads(body)["data"] for body in connection.scalars(rows)]

    def proofs(self, till: str) -> list[Proof]:
        """Whether this till's lots were its secret's, as the store proves it."""
        return [proof for by, proof in audit_proof.proofs(self._engine) if by == till]

    def on_hand(self) -> dict[str, int]:
        """Pieces by code, of everything that ever moved (the shelves are counted from zero on)."""
        moved = {one.gtin for one in stock.movements(self._engine, limit=_EVERYTHING)}
        return {code: level.count for code, level in stock.levels(self._engine, sorted(moved)).items()}

    def close(self) -> None:
        """The books are in memory and gone."""
        self._engine.dispose()


@cache
def _staff_rows() -> tuple[dict[str, str], ...]:
    return tuple(
        {"id": id_, "name": name, "role": role, "pin_hash": _QUICK.hash(pin), "badge": f"staff-{id_}"}
        for id_, name, role, pin in STAFF
    )


def _raise(bug: BaseException) -> None:
    raise bug
