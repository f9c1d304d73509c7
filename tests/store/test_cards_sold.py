"""A gift card that a lane sells: its money is on it with the sealed sale, once, and never without one."""

import threading

import pytest
import sqlalchemy as sa
from closing import DAY, Lane
from msgspec.structs import replace
from selling import BREAD, NOW, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import GiftCardAnswer, GiftCardAsk, SaleAsk
from kiosk.checkout.sale import CardLoad, Sale, seal
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store import loading, returns, voucher_book, vouchers
from store.closing_days import view
from store.config import Config, StoreTable
from store.database import writing
from store.ingest import take
from store.schema import sale_flag
from store.vouchers import Asker, Voucher

NUMBER, MINE = "KG-1", "k01-000001-q1"
CONFIG = Config(store=StoreTable(id="s001"))


@pytest.fixture(autouse=True)
def blank(engine: Engine) -> None:
    with writing(engine) as connection:
        vouchers.issue(connection, Voucher(NUMBER, "gift_card", "SEK", 0, issued_utc_ms=NOW))


@pytest.fixture
def lane(engine: Engine) -> Lane:
    return Lane(engine)


def ask(engine: Engine, minor: int = 50_000, id_: str = MINE, number: str = NUMBER) -> GiftCardAnswer:
    question = GiftCardAsk(number=number, currency="SEK", load_minor=minor)
    return loading.gift_card(engine, Asker(id_[:3], id_, NOW), question)


def sold(lane: Lane, id_: str = MINE, minor: int = 50_000) -> Sale:
    """A bread, and so much on the card that the question was about."""
    drafted = lane.sell((BREAD, 1))
    paid = replace(drafted.tenders[0], amount_minor=drafted.totals.due_minor + minor)
    made = seal(replace(drafted, tenders=(paid,), loads=(CardLoad(id_, "··-1", minor),)))
    lane.head = made.chain.hash
    return made


def left(engine: Engine, number: str = NUMBER) -> int:
    (line,) = voucher_book.find_all(engine, number)
    return line.left


def flags(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(sale_flag.c.detail).where(sale_flag.c.reason == "voucher")))


def checked(engine: Engine) -> list[tuple[str, int, int]]:
    found = view(engine, CONFIG, DAY, NOW).checks
    return [(one.about, one.expected, one.told) for one in found if one.what == "gift_card"]


def test_nothing_is_on_it_before_the_sale_and_all_is_once_with_it(engine: Engine, lane: Lane) -> None:
    assert ask(engine) == ask(engine) == GiftCardAnswer(state="ok", balance_minor=0, load_minor=50_000)
    assert left(engine) == 0
    made = sold(lane)
    lane.send(made)
    assert take(engine, on("sale"), said(made), NOW).outcome == "same"
    assert left(engine) == 50_000 and flags(engine) == [] and checked(engine) == [("sold", 50_000, 50_000)]
    (use,) = voucher_book.uses(engine, NUMBER)
    assert (use.state, use.amount, use.till, use.sale_key, use.paid) == ("loaded", 50_000, "k01", made.key, "sale")


def test_what_was_let_go_puts_nothing_on_it(engine: Engine) -> None:
    ask(engine)
    message = event_message("s001", "k01", 1, "hold.released", {"id": MINE}, "2026-11-23T09:00:00.000Z")
    assert take(engine, on("event"), encode(message), NOW).outcome == "new"
    assert left(engine) == 0 and voucher_book.uses(engine, NUMBER) == []
    assert ask(engine).load_minor == 0, "the question is over"


def test_two_lanes_that_top_up_one_card_both_do(engine: Engine, lane: Lane) -> None:
    answers: list[GiftCardAnswer] = []
    both = [
        threading.Thread(target=lambda id_=id_: answers.append(ask(engine, 10_000, id_)))
        for id_ in (MINE, "k02-000001-q1")
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [answer.load_minor for answer in answers] == [10_000, 10_000]
    other = Lane(engine, "k02")
    lane.send(sold(lane, MINE, 10_000))
    other.send(sold(other, "k02-000001-q1", 10_000))
    assert left(engine) == 20_000 and flags(engine) == []


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"blocked": True}, GiftCardAnswer(state="blocked")),
        ({"kind": "voucher"}, GiftCardAnswer(state="unknown")),
        ({"amount_minor": loading.MOST_MINOR}, GiftCardAnswer(state="ok", balance_minor=loading.MOST_MINOR)),
    ],
)
def test_no_place_is_kept_where_nothing_can_be_put(
    engine: Engine, changes: dict[str, object], answer: GiftCardAnswer
) -> None:
    with writing(engine) as connection:
        vouchers.issue(connection, replace(Voucher("KG-2", "gift_card", "SEK", 0), **changes))
    assert ask(engine, 100, number="KG-2") == answer
    assert ask(engine, 100, number="KG-3") == GiftCardAnswer(state="unknown")


def test_money_that_is_on_no_card_is_a_flag_and_a_difference_of_the_day(engine: Engine, lane: Lane) -> None:
    lane.send(sold(lane))
    assert flags(engine) == [f"nobody kept a place for {MINE}: 50000 is on no card"]
    assert checked(engine) == [("sold", 50_000, 0)]


def test_a_card_that_was_blocked_meanwhile_has_its_money_and_a_flag(engine: Engine, lane: Lane) -> None:
    ask(engine)
    with writing(engine) as connection:
        vouchers.block(connection, NUMBER)
    lane.send(sold(lane))
    assert left(engine) == 50_000 and flags(engine)[0].endswith("KG-1")


def test_a_second_sale_of_the_same_question_puts_nothing_on_it(engine: Engine, lane: Lane) -> None:
    ask(engine)
    first = sold(lane)
    lane.send(first, sold(lane))
    assert left(engine) == 50_000 and flags(engine) == [f"{MINE} was loaded by {first.key} before"]


def test_a_lane_of_the_version_before_hears_of_the_goods_alone(engine: Engine, lane: Lane) -> None:
    ask(engine)
    made = sold(lane)
    lane.send(made)
    asker = Asker("k01", "k01-000009-q1", NOW)
    before, now = (returns.look_up(engine, asker, SaleAsk(find=made.key, loads=loads)).sale for loads in (False, True))
    assert before is not None and not before.loads and now is not None and now.loads == made.loads
