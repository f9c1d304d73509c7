"""Training: whatever is done in it, the lane in earnest is afterwards as it was, and nobody outside was told."""

from random import Random

import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout
from whims import BUSY, whim

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.lane import Lane
from kiosk.checkout.state import Phase, State

ANNA = e.StaffSignedIn(staff="u1", name="Anna", role="supervisor")
_OF_THE_SALE = (
    "basket", "payment", "reversals", "owed", "unsettled", "parked", "sale", "sequence", "attempts", "paid_attempts",
    "chain", "slips_seen", "refund", "signing",
)  # fmt: skip
_FORBIDDEN = (
    f.AuthorizeCard, f.PrepareCard, f.ReverseCard, f.RefundCard, f.SettleCards, f.RecordSale, f.PublishSale,
    f.PublishStock, f.AskStore, f.OpenDrawer, f.OpenGate, f.SignSale, f.PrintExitSlip,
)  # fmt: skip


def practising(lane: Lane = LANE) -> Checkout:
    shop = Checkout()
    shop.tell(e.Restarted(lane=lane, genesis="0" * 64), e.ItemFound(item=BREAD), e.ShoppingStopped(), ANNA)
    shop.tell(e.TrainingBegan())
    assert shop.state.training is not None
    return shop


def earnest(state: State) -> tuple[object, ...]:
    true = state.in_earnest
    return tuple(getattr(true, name) for name in _OF_THE_SALE)


@pytest.mark.parametrize("lane", [LANE, BUSY], ids=["plain", "busy"])
@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_practised_the_lane_in_earnest_is_as_it_was(seed: int, lane: Lane) -> None:
    shop, chance = practising(lane), Random(seed)
    before, day = earnest(shop.state), shop.state.in_earnest.day
    shop.effects.clear()
    kept = 0
    for _ in range(150):
        event = whim(chance, shop.state)
        if shop.state.training is None:
            break
        if isinstance(event, e.Restarted | e.DayBegan | e.TrainingEnded) or _speaks_in_earnest(event):
            continue
        shop.tell(event)
        kept += 1
    assert kept > 30
    if shop.state.training is not None:
        shop.tell(ANNA, e.TrainingEnded())
    assert [one for one in shop.effects if isinstance(one, _FORBIDDEN)] == []
    assert earnest(shop.state) == before
    after = shop.state.day
    assert replace(after, training=0, training_minor=0) == day


def _speaks_in_earnest(event: e.Event) -> bool:
    """A late word about a true payment, question or paper is heard by the lane in earnest, as it should be."""
    name = getattr(event, "attempt", "") or getattr(event, "id", "") or getattr(event, "job", "")
    told = e.CardEvent | e.QuestionAnswered | e.QuestionUnanswered | e.ReceiptPrinted | e.ReceiptFailed
    if isinstance(event, e.CashMetered | e.CashDispensed):
        return True  # what the cash machine counts of itself is so, whoever asked
    true = e.ExitCodeShown | e.SequenceSeen | e.SaleSigned | e.SignerFailed | e.CardsSettled
    return isinstance(event, true) or (isinstance(event, told) and "-9" not in name and "/9" not in name)


def test_a_late_word_about_a_true_charge_is_acted_on() -> None:
    """The terminal says after all that it charged somebody: that is given back, training or not."""
    shop = practising()
    record = e.CardRecord(amount=BREAD.price, trace="7")
    shop.effects.clear()
    shop.tell(e.CardCompleted(attempt="k01-000001-1", record=record))
    assert f.ReverseCard("k01-000001-1", record) in shop.effects
    assert shop.state.training is not None and shop.state.training.reversals
    assert shop.state.reversals == ()


def test_training_that_nobody_touches_ends_and_is_written_down() -> None:
    shop = practising()
    shop.tell(e.StaffSignedOut())
    shop.tick_ms += LANE.staff_limits.training_timeout_ms
    shop.tell(e.TimePassed())
    assert shop.state.training is None
    assert [one.kind for one in shop.effects if isinstance(one, f.PublishEvent)][-1] == "training.ended"


def test_a_lane_that_the_law_keeps_closed_is_practised_on() -> None:
    """Without the signer that the law asks for nobody buys, and anybody may learn."""
    shop = Checkout()
    shop.tell(e.Restarted(lane=replace(LANE, signer_missing="TSE"), genesis="0" * 64), ANNA)
    assert (shop.state.phase, shop.state.closed) == (Phase.CLOSED, "fault")
    shop.tell(e.TrainingBegan(), e.StaffSignedOut(), e.ItemFound(item=BREAD))
    assert shop.state.phase is Phase.SCANNING
    shop.tell(ANNA, e.TrainingEnded())
    assert (shop.state.phase, shop.state.closed) == (Phase.CLOSED, "fault")
