"""Orders to suppliers: nothing is bought twice, what comes is taken once, what does not come is given up."""

import re
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PdfReader
from selling import BREAD, NOW, ROWS, WATER
from sqlalchemy.engine import Engine

from store import purchase_orders, reorder, smtp, stock
from store.config import Config, SmtpTable, StoreTable
from store.postman import Postman
from store.price_book import PriceBook, UnknownProduct
from store.purchase_files import order_csv, order_mail
from store.purchase_order import BadOrder, Line, Order, given_up, received, sent
from store.purchase_orders import NoSuchOrder, Supplier
from store.reorder import Rule
from store.stock_slips import SlipLine

CONFIG = Config(
    store=StoreTable(id="s001", name="Corner shop", currency="SEK"),
    smtp=SmtpTable("smtp://127.0.0.1:1", "shop@example.com"),
)
DAY_MS = 86_400_000


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    rules = [
        Rule(BREAD.code, minimum_count=10, fill_to_count=30, pack_count=8, supplier="Bakery", supplier_code="B-1"),
        Rule("4011", minimum_g=5000, fill_to_g=20_000, pack_g=10_000, supplier="Fruit"),
    ]
    reorder.set_rules(engine, rules, now_utc_ms=NOW)
    return engine


def order(books: Engine, *lines: Line, to: str = "Bakery") -> Order:
    return purchase_orders.make(books, to, lines or (Line(BREAD.code, count=24),), now_utc_ms=NOW, staff="u1")


def send(books: Engine, number: int, *, mail: bool = False) -> Order:
    return purchase_orders.send(books, number, now_utc_ms=NOW, staff="u1", mail=mail)


def come(books: Engine, number: int, *lines: SlipLine, note: str = "", later_ms: int = 1) -> Order:
    at = NOW + later_ms
    return purchase_orders.receive(books, number, lines, now_utc_ms=at, place="back", note=note, staff="u2")


def test_what_is_proposed_becomes_an_order_and_is_not_proposed_again(books: Engine) -> None:
    (made,) = reorder.order_proposed(books, "Bakery", now_utc_ms=NOW, staff="u1")
    assert (made.number, made.state, made.made_by) == (1, "draft", "u1")
    assert [(line.gtin, line.name, line.supplier_code, line.count) for line in made.lines] == [
        (BREAD.code, "Rye bread", "B-1", 32)
    ]
    assert reorder.proposals(books, "Bakery") == [] == reorder.order_proposed(books, "Bakery", now_utc_ms=NOW)
    assert [one.gtin for one in reorder.proposals(books)] == ["4011"], "what others sell is not on its way"


def test_what_is_on_its_way_is_counted_as_far_as_it_goes(books: Engine) -> None:
    order(books, Line(BREAD.code, count=5))
    (short,) = reorder.proposals(books, "Bakery")
    assert (short.available_count, short.on_order_count, short.buy_count) == (0, 5, 32)
    order(books, Line(BREAD.code, count=5))
    assert reorder.proposals(books, "Bakery") == []


def test_a_dropped_draft_is_on_its_way_no_more(books: Engine) -> None:
    made = order(books)
    assert reorder.proposals(books, "Bakery") == []
    purchase_orders.drop(books, made.number, now_utc_ms=NOW)
    assert len(reorder.proposals(books, "Bakery")) == 1
    with pytest.raises(BadOrder, match="order 1 is dropped; it cannot be sent"):
        send(books, made.number)


def test_it_comes_in_parts_and_is_closed_by_the_last(books: Engine) -> None:
    made = order(books, Line(BREAD.code, count=24), Line("4011", weight_g=20_000))
    with pytest.raises(BadOrder, match="draft; it cannot be received"):
        come(books, made.number, SlipLine(BREAD.code, 1))
    send(books, made.number)
    first = come(books, made.number, SlipLine(BREAD.code, 10, batch="L1"), SlipLine(BREAD.code, 6, batch="L2"))
    assert first.state == "sent" and first.lines[0].open == (8, 0) and first.lines[1].open == (0, 20_000)
    assert stock.by_place(books, BREAD.code) == {"back": (16, 0)}
    last = come(books, made.number, SlipLine(BREAD.code, 8), SlipLine("4011", weight_g=20_500), note="DN-7", later_ms=2)
    assert (last.state, last.ended_by) == ("closed", "u2")
    assert last.lines[1].too_much == (0, 500), "more than was ordered came, and is said"
    assert purchase_orders.find(books, made.number) == last
    kept = {moved.cause for moved in stock.movements(books, kind="delivery", limit=10)}
    assert kept == {came.slip for came in last.deliveries}, "each movement leads back to its order"
    assert stock.one(books, "4011").weight_g == 20_500


def test_a_delivery_note_is_taken_once(books: Engine) -> None:
    made = send(books, order(books).number)
    come(books, made.number, SlipLine(BREAD.code, 8), note="DN-1")
    with pytest.raises(BadOrder, match="delivery note DN-1 of order 1 is in stock already"):
        come(books, made.number, SlipLine(BREAD.code, 8), note="DN-1")
    assert stock.one(books, BREAD.code).count == 8
    assert purchase_orders.find(books, made.number).lines[0].received_count == 8


def test_what_nobody_ordered_is_in_stock_and_on_the_order(books: Engine) -> None:
    made = send(books, order(books).number)
    after = come(books, made.number, SlipLine(WATER.code, 6))
    assert [(line.name, line.count, line.too_much) for line in after.lines] == [
        ("Rye bread", 24, (0, 0)),
        ("Water", 0, (6, 0)),
    ]
    assert stock.one(books, WATER.code).count == 6 and "Water" not in order_csv(after)


def test_the_rest_is_given_up_and_proposed_again(books: Engine) -> None:
    made = send(books, order(books, Line(BREAD.code, count=32), Line(WATER.code, count=24)).number)
    come(books, made.number, SlipLine(BREAD.code, 4))
    part = purchase_orders.give_up(books, made.number, [BREAD.code], now_utc_ms=NOW)
    assert part.state == "sent" and part.lines[0].open == (0, 0) and part.lines[1].open == (24, 0)
    assert [one.buy_count for one in reorder.proposals(books, "Bakery")] == [32]
    with pytest.raises(BadOrder, match="4011 is not on order 1"):
        purchase_orders.give_up(books, made.number, ["4011"], now_utc_ms=NOW)
    assert purchase_orders.give_up(books, made.number, now_utc_ms=NOW, staff="u3").state == "closed"


def test_a_draft_is_changed_and_prices_are_remembered(books: Engine) -> None:
    made = order(books, Line(BREAD.code, count=24, price_minor=1250))
    assert made.total_minor == 30_000
    lines = [Line(BREAD.code, count=16, price_minor=1300), Line("4011", weight_g=1500, price_minor=999)]
    changed = purchase_orders.amend(books, made.number, lines, expected="2025-12-01", note="ring first")
    assert changed.total_minor == 16 * 1300 + 1499, "1.5 kg at 9.99 is 14.985, rounded up"
    assert purchase_orders.find(books, made.number) == changed and changed.expected == "2025-12-01"
    assert changed.is_late("2025-12-02") is False, "nobody has it yet"
    assert send(books, made.number).is_late("2025-12-02") and not changed.is_late("2025-12-01")
    assert order(books).lines[0].price_minor == 1300
    assert order(books, to="Another").lines[0].price_minor is None


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        ([], "", "nothing on the order"),
        ([Line(BREAD.code)], "", "more than nothing"),
        ([Line(BREAD.code, count=1), Line(BREAD.code, count=2)], "", "twice"),
        ([Line(BREAD.code, count=1, price_minor=-1)], "", "a price"),
        ([Line(BREAD.code, count=1)], "20251201", "is no day"),
        ([Line(BREAD.code, count=1)], "2025-02-30", "is no day"),
        ([Line(str(10_000 + n), count=1) for n in range(1001)], "", "at most 1000"),
    ],
)
def test_what_cannot_be_ordered_is_refused(books: Engine, lines: list[Line], expected: str, why: str) -> None:
    with pytest.raises(BadOrder, match=why):
        purchase_orders.make(books, "Bakery", lines, now_utc_ms=NOW, expected=expected)
    assert purchase_orders.orders(books, limit=1) == []


def test_orders_need_a_supplier_and_known_goods(books: Engine) -> None:
    with pytest.raises(BadOrder, match="has a supplier"):
        order(books, to=" ")
    with pytest.raises(UnknownProduct):
        order(books, Line("12345670", count=1))
    with pytest.raises(NoSuchOrder, match="no purchase order 9"):
        purchase_orders.find(books, 9)


def test_orders_are_listed_by_what_is_still_to_come(books: Engine) -> None:
    first, second = order(books), order(books, to="Fruit")
    send(books, first.number)
    come(books, first.number, SlipLine(BREAD.code, 24))
    assert [one.number for one in purchase_orders.orders(books, limit=9)] == [2, 1]
    assert [one.number for one in purchase_orders.orders(books, limit=9, state="open")] == [second.number]
    assert [one.number for one in purchase_orders.orders(books, limit=1, offset=1)] == [1]
    assert [one.number for one in purchase_orders.orders(books, limit=9, supplier_name="Fruit")] == [2]


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 6), st.integers(1, 50)), max_size=12),
)
def test_nothing_is_open_below_zero_and_all_that_came_is_counted(
    ordered: list[tuple[int, int]], came: list[tuple[int, int]]
) -> None:
    lines = tuple(Line(str(1000 + n), count=count) for n, (count, _) in enumerate(ordered))
    now = sent(Order(1, "x", "draft", lines=lines), 1, "u1")
    taken = 0
    for product, count in came:
        if now.state != "sent":
            break
        now, taken = received(now, {str(1000 + product): (count, 0)}, {}, 2, "u1"), taken + count
    assert sum(line.received_count for line in now.lines) == taken
    for line in now.lines:
        assert line.open[0] >= 0 and line.received_count + line.open[0] == max(line.count, line.received_count)
    if now.state == "sent":
        assert any(any(line.open) for line in now.lines)
        assert given_up(now, (), 3, "u1").state == "closed"


# --- to the supplier --------------------------------------------------------------------------------------------------


class Office:
    """A postman whose mail server says what it is told to."""

    def __init__(self, engine: Engine) -> None:
        self.now, self.mails, self.answer = NOW, list[tuple[str, EmailMessage]](), None
        self.postman = Postman(CONFIG, engine, lambda: self.now, self._deliver)

    def _deliver(self, message: EmailMessage, recipient: str) -> None:
        self.mails.append((recipient, message))
        if self.answer is not None:
            raise self.answer


def test_it_goes_to_the_supplier_by_mail_once_with_paper_and_table(books: Engine) -> None:
    office = Office(books)
    made = order(books, Line(BREAD.code, count=24, price_minor=1250))
    with pytest.raises(BadOrder, match="no e-mail address is known of Bakery"):
        send(books, made.number, mail=True)
    purchase_orders.keep_supplier(books, Supplier("Bakery", "orders@bakery.example", "C-77", 2))
    assert send(books, made.number, mail=True).mail == "waiting"
    assert office.postman.turn() and not office.postman.turn()
    ((to, mail),) = office.mails
    assert to == "orders@bakery.example" and "Purchase order 1" in str(mail["Subject"])
    text = mail.get_body()
    assert text is not None and re.search(r"24 of Rye bread \(B-1\)", text.get_content())
    paper, table = mail.iter_attachments()
    shown = PdfReader(BytesIO(paper.get_payload(decode=True))).pages[0].extract_text()
    for said in ("Purchase order 1", "Corner shop", "C-77", "B-1", "Rye bread", "24", "12.50", "300.00"):
        assert said in shown
    assert f"1,{BREAD.code},B-1,Rye bread,24,0,1250," in table.get_payload(decode=True).decode()
    assert purchase_orders.find(books, 1).mail == "sent"


def test_a_mail_server_that_is_away_is_tried_again_with_the_same_mail(books: Engine) -> None:
    office = Office(books)
    purchase_orders.keep_supplier(books, Supplier("Bakery", "orders@bakery.example"))
    made = send(books, order(books).number, mail=True)
    office.answer = smtp.NotNow("450 busy")
    assert office.postman.turn() and not office.postman.turn(), "not at once again"
    assert purchase_orders.find(books, made.number).mail_why == "450 busy"
    office.now += DAY_MS
    office.answer = None
    assert office.postman.turn()
    assert office.mails[0][1].as_bytes() == office.mails[1][1].as_bytes()
    assert purchase_orders.find(books, made.number).mail == "sent"


def test_a_refused_mail_is_said_on_the_order(books: Engine) -> None:
    office = Office(books)
    purchase_orders.keep_supplier(books, Supplier("Bakery", "orders@bakery.example"))
    made = send(books, order(books).number, mail=True)
    office.answer = smtp.Refused("550 to the recipient")
    assert office.postman.turn()
    office.now += DAY_MS
    assert not office.postman.turn()
    found = purchase_orders.find(books, made.number)
    assert (found.mail, found.mail_why, found.state) == ("given_up", "550 to the recipient", "sent")


def test_a_note_cannot_add_a_header(books: Engine) -> None:
    made = replace(order(books), note="x\r\nBcc: a@b.example", mail_to="orders@bakery.example")
    config = replace(CONFIG, store=replace(CONFIG.store, name="Shop\r\nBcc: evil@example.com"))
    mail = order_mail(made, Supplier("Bakery"), config, "2025-11-24")
    assert mail["Bcc"] is None and "\n" not in str(mail["Subject"])


@pytest.mark.parametrize(
    ("changes", "why"), [({"name": " "}, "has a name"), ({"email": "nobody"}, "e-mail"), ({"lead_days": 400}, "days")]
)
def test_a_supplier_that_cannot_be_kept_is_refused(books: Engine, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(BadOrder, match=why):
        purchase_orders.keep_supplier(books, Supplier(**{"name": "Bakery", **changes}))
    purchase_orders.keep_supplier(books, Supplier("Spring", "a@spring.example"))
    assert [one.name for one in purchase_orders.suppliers(books)] == ["Bakery", "Fruit", "Spring"]
