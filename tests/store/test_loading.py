"""Money is put on a card once for each act, is there to be spent, and can be paid back while it is there."""

import pytest
from msgspec.structs import replace
from selling import NOW
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import GiftCardAsk
from store import voucher_book, vouchers
from store.database import writing
from store.loading import MOST_MINOR, Act, CannotLoad, give_out, put_on
from store.vouchers import Asker, Voucher

NUMBER = "KG-1"
DESK = Act("desk 1", "cash", "u3", "2026-11-23", NOW)


@pytest.fixture(autouse=True)
def blank(engine: Engine) -> None:
    """A card with nothing on it."""
    with writing(engine) as connection:
        vouchers.issue(connection, Voucher(NUMBER, "gift_card", "SEK", 0, issued_utc_ms=NOW))


def load(engine: Engine, amount_minor: int, id_: str = "desk 1", number: str = NUMBER) -> None:
    with writing(engine) as connection:
        put_on(connection, number, amount_minor, replace(DESK, id=id_))


def hold(engine: Engine, minor: int) -> tuple[int, int]:
    """(what is held now, what is left) after a lane has asked for so much."""
    question = GiftCardAsk(number=NUMBER, currency="SEK", hold_minor=minor)
    answer = vouchers.gift_card(engine, Asker("k01", "k01-000001-q1", NOW), question)
    return answer.held_minor, answer.balance_minor


def left(engine: Engine, number: str = NUMBER) -> int:
    (line,) = voucher_book.find_all(engine, number)
    return line.left


def test_what_is_put_on_a_blank_card_can_be_spent(engine: Engine) -> None:
    assert hold(engine, 100) == (0, 0)
    load(engine, 50_000)
    assert left(engine) == 50_000 and voucher_book.owed_minor(engine, "SEK", NOW) == 50_000
    assert hold(engine, 20_000) == (20_000, 30_000)


def test_the_same_act_again_puts_nothing_more_on_it(engine: Engine) -> None:
    load(engine, 50_000)
    load(engine, 50_000)
    assert left(engine) == 50_000
    load(engine, 50_000, "desk 2")
    assert left(engine) == 100_000
    with pytest.raises(CannotLoad, match="something else"):
        load(engine, 1, "desk 2")


def test_what_is_there_can_be_paid_back_and_no_more(engine: Engine) -> None:
    load(engine, 50_000)
    hold(engine, 20_000)
    with pytest.raises(CannotLoad, match="not so much left"):
        load(engine, -30_001, "desk 2")
    load(engine, -30_000, "desk 2")
    assert left(engine) == 20_000
    paid = [(use.state, use.amount, use.paid, use.by) for use in voucher_book.uses(engine, NUMBER)]
    assert sorted(paid) == [
        ("held", 20_000, "", ""),
        ("loaded", -30_000, "cash", "u3"),
        ("loaded", 50_000, "cash", "u3"),
    ]


@pytest.mark.parametrize(("changes", "why"), [({"blocked": True}, "blocked"), ({"expires_utc_ms": NOW}, "expired")])
def test_nobody_pays_for_a_card_that_is_worth_nothing(engine: Engine, changes: dict[str, object], why: str) -> None:
    with writing(engine) as connection:
        vouchers.issue(connection, replace(Voucher("KG-2", "gift_card", "SEK", 0), **changes))
    with pytest.raises(CannotLoad, match=why):
        load(engine, 100, number="KG-2")
    assert left(engine, "KG-2") == 0


def test_nothing_is_put_on_a_coupon_or_on_a_card_of_nobody(engine: Engine) -> None:
    with writing(engine) as connection:
        vouchers.issue(connection, Voucher("KC-1", "coupon", "", 1, "ten"))
    for number in ("KC-1", "KG-9"):
        with pytest.raises(CannotLoad, match="no gift card"):
            load(engine, 100, number=number)


def test_a_card_holds_so_much_and_no_more(engine: Engine) -> None:
    load(engine, MOST_MINOR - 1)
    with pytest.raises(CannotLoad, match="more on KG-1"):
        load(engine, 2, "desk 2")
    load(engine, 1, "desk 3")
    assert left(engine) == MOST_MINOR


def test_a_card_that_is_given_out_has_what_was_paid_for_it(engine: Engine) -> None:
    with writing(engine) as connection:
        give_out(connection, Voucher("KG-3", "gift_card", "SEK", 25_000), replace(DESK, id="x", paid="invoice"))
    (use,) = voucher_book.uses(engine, "KG-3")
    assert left(engine, "KG-3") == 25_000 and (use.state, use.paid) == ("loaded", "invoice")
