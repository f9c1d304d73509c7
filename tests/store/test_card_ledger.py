"""What the shop owes on gift cards: every way in and out is in the statement, the day's end and the bookkeeping."""

from datetime import UTC, datetime

import pytest
from closing import DAY, Lane
from msgspec.structs import replace
from selling import BREAD
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import GiftCardAsk
from kiosk.checkout.sale import Sale, Tender, seal
from store import vouchers
from store.card_ledger import Flow, as_csv, statement
from store.close_config import AccountsTable, BookkeepingTable
from store.closing_days import close, view
from store.closing_days import vouchers as book_vouchers
from store.config import Config, StoreTable
from store.coupons import end_of
from store.database import writing
from store.day_list import latest
from store.loading import Act, Paid, give_out, put_on
from store.voucher_book import owed_minor
from store.vouchers import Asker, Voucher

MORNING = int(datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp() * 1000)
LATER = MORNING + 86_400_000
CONFIG = Config(store=StoreTable(id="s001"), bookkeeping=BookkeepingTable(accounts=AccountsTable(expired="3690")))


def act(id_: str, paid: Paid = "cash", now: int = MORNING) -> Act:
    return Act(id_, paid, "u3", DAY, now)


def issued(engine: Engine, number: str, minor: int, paid: Paid, last_day: str = "") -> None:
    one = Voucher(number, "gift_card", "SEK", minor, issued_utc_ms=MORNING, expires_utc_ms=end_of(last_day))
    with writing(engine) as connection:
        give_out(connection, one, act(number, paid))


def paid_with(engine: Engine, lane: Lane, number: str) -> Sale:
    """A bread that this card has paid for."""
    id_ = f"k01-{lane.sequence + 1:06d}-q1"
    ask = GiftCardAsk(number=number, currency="SEK", hold_minor=3290)
    assert vouchers.gift_card(engine, Asker("k01", id_, MORNING), ask).held_minor == 3290
    sold = lane.sell((BREAD, 1))
    paid = seal(replace(sold, tenders=(Tender("gift_card", 3290, id_, None),)))
    lane.head = paid.chain.hash
    lane.send(paid)
    return paid


@pytest.fixture
def lane(engine: Engine) -> Lane:
    """Cards were sold for cash and on an invoice, one was given away and ended that day, one came from elsewhere."""
    issued(engine, "KG-1", 50_000, "cash")
    issued(engine, "KG-2", 20_000, "invoice")
    issued(engine, "KG-3", 10_000, "free", DAY)
    with writing(engine) as connection:
        vouchers.issue(connection, Voucher("KG-4", "gift_card", "SEK", 7_000, issued_utc_ms=MORNING - 86_400_000))
        vouchers.issue(connection, Voucher("KD-1", "deposit", "SEK", 900, issued_utc_ms=MORNING))
        put_on(connection, "KG-1", -5_000, act("back"))
    lane = Lane(engine)
    paid_with(engine, lane, "KG-3")
    return lane


def test_the_statement_has_every_way_in_and_out(engine: Engine, lane: Lane) -> None:
    assert statement(engine, "SEK", "", "9999-12-31", "day") == [
        Flow("2026-11-22", other_minor=7_000, owed_minor=7_000),
        Flow(
            DAY, desk_minor=65_000, given_minor=10_000, redeemed_minor=3_290, expired_minor=6_710, owed_minor=72_000
        ),
    ]  # fmt: skip
    (month,) = statement(engine, "SEK", "2026-11-23", "2026-11-30")
    assert (month.period, month.other_minor, month.owed_minor) == ("2026-11", 0, 72_000)
    assert statement(engine, "EUR", "", "9999-12-31") == []
    assert as_csv([month]).splitlines()[1] == "2026-11,0,65000,10000,0,3290,0,6710,72000"


def test_it_owes_what_the_cards_say(engine: Engine, lane: Lane) -> None:
    """Two programs: the ledger's sums over time, and what is on each card that is still good."""
    (*_, last) = statement(engine, "SEK", "", "9999-12-31")
    assert last.owed_minor + 900 == owed_minor(engine, "SEK", LATER)


def test_the_day_books_what_the_desk_has_sold_and_what_has_ended(engine: Engine, lane: Lane) -> None:
    lane.z([])
    seen = view(engine, CONFIG, DAY, LATER)
    assert seen.figures[""] == {
        "desk:cash": 45_000, "desk:free": 10_000, "desk:invoice": 20_000, "expired:gift_card": 6_710,
        "loaded:gift_card": 75_000,
    }  # fmt: skip
    close(engine, CONFIG, DAY, "u3", LATER)
    (voucher,) = book_vouchers(engine, CONFIG, DAY, DAY)
    sums: dict[str, int] = {}
    for entry in voucher.entries:
        sums[entry.account] = sums.get(entry.account, 0) + entry.amount_minor
    assert sums["2421"] == -75_000 + 3_290 + 6_710 and sums["3690"] == -6_710
    assert (sums["1910"], sums["1510"], sums["3730"]) == (45_000, 20_000, 10_000)
    assert sum(sums.values()) == 0 and sums["3003"] + sums["2631"] == -3_290, "turnover is the bread, and nothing else"


def test_a_card_that_ends_is_not_booked_unless_the_shop_has_said_where(engine: Engine, lane: Lane) -> None:
    plain = Config(store=StoreTable(id="s001"))
    assert "expired:gift_card" not in view(engine, plain, DAY, LATER).figures[""]


def test_a_day_on_which_only_the_desk_sold_is_a_day_and_a_late_load_corrects_it(engine: Engine) -> None:
    issued(engine, "KG-1", 50_000, "cash")
    assert [one.business_day for one in latest(engine, CONFIG, LATER)] == [DAY]
    close(engine, CONFIG, DAY, "u3", MORNING + 1)
    with writing(engine) as connection:
        put_on(connection, "KG-1", 1_000, act("late", now=MORNING + 2))
    (day,) = latest(engine, CONFIG, LATER)
    assert day.state == "reopened"
    assert close(engine, CONFIG, DAY, "u3", LATER) is not None
    _, second = book_vouchers(engine, CONFIG, DAY, DAY)
    assert {entry.account: entry.amount_minor for entry in second.entries} == {"1910": 1_000, "2421": -1_000}
