"""Slips that staff give out for empties: in the books with the return that they paid, once, whenever they are spent."""

from datetime import date

import sqlalchemy as sa
from msgspec.structs import replace
from selling import BREAD, NOW, WATER, Till, back, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import GiftCardAnswer, GiftCardAsk, LineUnits
from kiosk.checkout.sale import Sale, seal
from kiosk.values.deposit_slip import written
from store import vouchers
from store.ingest import take
from store.schema import sale_flag
from store.vouchers import Asker

NUMBER = "KD-k01-2-4F0A93C2E81B"
NEVER_GIVEN = "unknown"


def ask(engine: Engine) -> GiftCardAnswer:
    question = GiftCardAsk(number=NUMBER, currency="SEK", hold_minor=0)
    return vouchers.gift_card(engine, Asker("k03", "k03-000001-q1", NOW), question)


def flags(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(sale_flag.c.detail).where(sale_flag.c.reason == "voucher")))


def paid_on_trust(till: Till) -> Sale:
    """Bread, and the slip's signature was enough."""
    drafted = till.sell((BREAD, 1))
    card = drafted.tenders[0]
    code = written(NUMBER, 1_200, "SEK", date(2026, 11, 20), "A" * 86)
    slip = replace(card, kind="voucher", attempt=f"{till.name}-000001-q1", card=None, amount_minor=1_200, slip=code)
    return seal(replace(drafted, tenders=(slip, replace(card, amount_minor=card.amount_minor - 1_200))))


def given_out(amount_minor: int = 1_200, sequence: int = 2, till: str = "k01", **changes: object) -> Sale:
    """The sealed return of empties that was paid with the slip."""
    bottles = Till().sell((WATER, 12))
    draft = back(bottles, [LineUnits(1, tuple(range(12)))], till=till, sequence=sequence)
    paid = replace(draft.tenders[0], kind="voucher", attempt=NUMBER, slip=NUMBER, amount_minor=-amount_minor)
    return seal(replace(draft, tenders=(paid,), **changes))


def test_a_slip_for_empties_pays_when_its_return_is_in_the_books(engine: Engine) -> None:
    assert ask(engine).state == NEVER_GIVEN
    take(engine, on("sale"), said(given_out()), NOW)
    assert ask(engine) == GiftCardAnswer(state="ok", balance_minor=1_200, kind="deposit")
    take(engine, on("sale"), said(given_out()), NOW)
    assert ask(engine).balance_minor == 1_200
    assert flags(engine) == []


def test_a_slip_that_was_spent_before_its_return_arrived_is_the_same_slip(engine: Engine) -> None:
    take(engine, on("sale", "k02"), said(paid_on_trust(Till("k02"))), NOW)
    take(engine, on("sale"), said(given_out()), NOW)
    assert ask(engine).balance_minor == 0
    assert flags(engine) == []


def test_the_same_number_for_another_sum_is_found_out(engine: Engine) -> None:
    take(engine, on("sale"), said(given_out()), NOW)
    take(engine, on("sale"), said(given_out(9_900, sequence=3)), NOW)
    assert ask(engine).balance_minor == 1_200
    assert flags(engine) == [f"{NUMBER} was issued before, as something else"]


def test_a_return_that_gives_nothing_gives_no_slip(engine: Engine) -> None:
    take(engine, on("sale"), said(given_out(-1_200)), NOW)
    assert ask(engine).state == NEVER_GIVEN
    assert flags(engine) == ["-1200 of voucher is no slip"]


def test_training_gives_no_slip(engine: Engine) -> None:
    take(engine, on("sale"), said(given_out(training=True)), NOW)
    assert ask(engine).state == NEVER_GIVEN
