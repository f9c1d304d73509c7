"""The terminal's end of day is held against what was sealed: sales less returns, kind of card by kind of card."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD, Checkout

from kiosk.checkout import closing
from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.sale import Sale
from kiosk.values.money import Money


def sold() -> Sale:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card()
    sale: Sale = shop.of(f.RecordSale)[-1].sale
    return sale


SOLD = sold()
SCHEME = next(t.card.scheme for t in SOLD.tenders if t.card is not None)


def of(kind: str, amount_minor: int) -> Sale:
    """A sale, or a return of which the record has the amounts below zero."""
    signed = -amount_minor if kind == "return" else amount_minor
    totals = replace(SOLD.totals, due_minor=signed)
    tenders = (replace(SOLD.tenders[0], amount_minor=signed),)
    return replace(SOLD, kind=kind, totals=totals, tenders=tenders)


def settled(sales: list[Sale], terminal_minor: int) -> dict[str, object]:
    shop = Checkout()
    state, _ = closing.follow(shop.state, tuple(f.RecordSale(sale) for sale in sales), shop.now())
    job = "k01-z1"
    sums = (e.SchemeSum(SCHEME, len(sales), terminal_minor),)
    answer = e.CardsSettled(job=job, done=True, total=Money(terminal_minor), schemes=sums)
    _, effects = closing.settled(replace(state, settling=job), answer)
    return next(effect.data for effect in effects if isinstance(effect, f.PublishEvent))


@given(st.lists(st.tuples(st.sampled_from(["sale", "return"]), st.integers(1, 100_000)), max_size=6))
def test_a_terminal_that_nets_its_refunds_agrees_to_the_minor_unit(history: list[tuple[str, int]]) -> None:
    net = sum(-minor if kind == "return" else minor for kind, minor in history)
    report = settled([of(*one) for one in history], net)
    assert (report["sealed_minor"], report["difference_minor"], report["differences"]) == (net, 0, {})


def test_a_refund_that_the_terminal_never_made_is_a_difference() -> None:
    report = settled([of("sale", 5_000), of("return", 1_250)], 5_000)
    assert (report["sealed_minor"], report["difference_minor"]) == (3_750, 1_250)
    assert report["differences"] == {SCHEME.casefold(): 1_250}


def test_a_return_written_with_amounts_above_zero_counts_the_same() -> None:
    above = replace(of("sale", 1_250), kind="return")
    assert settled([of("sale", 5_000), above], 3_750)["difference_minor"] == 0


def test_the_report_has_the_terminal_s_own_sums_and_the_last_sale_that_is_in_them() -> None:
    report = settled([of("sale", 5_000), of("return", 1_250)], 3_750)
    assert report["schemes"] == {SCHEME.casefold(): 3_750}
    assert report["sequence"] == Checkout().state.sequence - 1
