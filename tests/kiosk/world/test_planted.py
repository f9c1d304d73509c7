"""The checks are checked: known bugs of tills are planted into the lane, and the simulator must find every one.

Each is planted where a hurried programmer would have put it. Days are seeds on which it shows; without the bug the same
days are clean. The others need somebody's deliberate hands and have a story, which comes true without the bug. That a
refusal in MQTT's reason code is not overlooked is `tests/kiosk/app/test_mqtt.py`'s: here the network begins above the
broker.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import apsw
import msgspec
import pytest
from msgspec.structs import replace

from kiosk.app import finding
from kiosk.app import loop as loop_module
from kiosk.app.hands import is_early
from kiosk.app.loop import Loop
from kiosk.checkout import charging, dispensing, inserting
from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase, State
from kiosk.checkout.table import TABLE
from kiosk.checkout.visit import Step
from kiosk.storage import verify
from kiosk.storage.journal import Acked, Journal, Work
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO, Money
from kiosk.world import lane as lane_module
from kiosk.world.broken import Broken
from kiosk.world.hand_clock import FIRST_UTC_MS
from kiosk.world.power_cut import ApswDatabase
from kiosk.world.simulation import live
from kiosk.world.stage import Stage
from kiosk.world.story import StoryError
from kiosk.world.teller import tell
from kiosk.world.wire import Wire

STORIES = Path(__file__).parents[2] / "stories"
Plant = Callable[[pytest.MonkeyPatch], None]


def synchronous_normal(patch: pytest.MonkeyPatch) -> None:
    """Commits are faster when nobody waits for the disk."""
    patch.setattr(lane_module, "ApswDatabase", partial(ApswDatabase, synchronous="NORMAL"))


def swallowed_sync_error(patch: pytest.MonkeyPatch) -> None:
    """An error of the disk is logged, and on we go."""
    write_all = Journal.write_all

    def careless(journal: Journal, works: list[Work]) -> None:
        try:
            write_all(journal, works)
        except apsw.IOError:
            journal.database.rollback()

    patch.setattr(Journal, "write_all", careless)


def deleted_on_puback(patch: pytest.MonkeyPatch) -> None:
    """The broker has it, so it is safe."""
    publish = Wire.publish

    def with_puback(wire: Wire, topic: str, payload: bytes, *, retain: bool = False) -> None:
        publish(wire, topic, payload, retain=retain)
        if wire._connected and topic.endswith(("/sale", "/stock", "/event")):
            wire._to_lane.append(Acked((msgspec.json.decode(payload)["id"],)))

    patch.setattr(Wire, "publish", with_puback)


def paid_again_on_time_out(patch: pytest.MonkeyPatch) -> None:
    """No answer? Then once more."""

    def again(state: State, event: e.CardInDoubt) -> Step:
        return charging.start(state, "card", event.at)

    patch.setitem(TABLE, (Phase.CARD, e.CardInDoubt), again)


def sent_before_the_intent_is_kept(patch: pytest.MonkeyPatch) -> None:
    """Why should the shopper wait for the disk?"""
    early = f.AuthorizeCard | f.PrepareCard
    patch.setattr(loop_module, "is_early", lambda effect: is_early(effect) or isinstance(effect, early))


def printed_before_the_commit(patch: pytest.MonkeyPatch) -> None:
    """Nor for the receipt."""
    patch.setattr(loop_module, "is_early", lambda effect: is_early(effect) or isinstance(effect, f.PrintReceipt))


def trusted_wall_clock(patch: pytest.MonkeyPatch) -> None:
    """One clock is enough."""
    turn = Loop.turn

    def by_the_wall(loop: Loop, now: Moment) -> None:
        turn(loop, replace(now, tick_ms=now.utc_ms - FIRST_UTC_MS + 1_000))

    patch.setattr(Loop, "turn", by_the_wall)


def skipped_chain_check(patch: pytest.MonkeyPatch) -> None:
    """The hashes are surely right: we wrote them."""
    patch.setattr(verify, "_chain", lambda database: iter(()))


def unbounded_barcode(patch: pytest.MonkeyPatch) -> None:
    """Whatever the label says goes into the journal."""
    patch.setattr(finding, "_printable", lambda text: text)


def float_money(patch: pytest.MonkeyPatch) -> None:
    """Kronor are easier to read than ore."""
    patch.setattr(Money, "__mul__", lambda money, count: Money(int(money.minor / 100 * count * 100)))


def reused_sequence_after_restore(patch: pytest.MonkeyPatch) -> None:
    """What should the store know about our numbers?"""
    patch.setitem(TABLE, (Phase.WELCOME, e.SequenceSeen), lambda state, event: (state, ()))


def escrow_counted_as_stacked(patch: pytest.MonkeyPatch) -> None:
    """The machine holds the note, so it is paid."""

    def at_once(state: State, event: e.CashOffered) -> Step:
        state, effects = inserting.offered(state, event)
        if state.payment is not None and (cash_in := state.payment.cash_in) is not None and cash_in.offered:
            in_already = replace(cash_in, notes=(*cash_in.notes, event.amount.minor), offered=ZERO)
            state = replace(state, payment=replace(state.payment, cash_in=in_already))
        return state, effects

    for phase in Phase:
        patch.setitem(TABLE, (phase, e.CashOffered), at_once)


def paid_out_again_after_a_cut(patch: pytest.MonkeyPatch) -> None:
    """The order may not have come through: once more."""

    def again(state: State) -> tuple[f.Effect, ...]:
        return tuple(f.DispenseCash(one.attempt, one.amount) for one in state.payouts if one.stage == "sent")

    patch.setattr(dispensing, "ask_again", again)


BY_DAY: dict[Plant, int] = {
    synchronous_normal: 1,
    skipped_chain_check: 8,
    escrow_counted_as_stacked: 2,
}
BY_STORY: dict[Plant, str] = {
    trusted_wall_clock: "clock_that_was_wrong",
    swallowed_sync_error: "sync_fails",
    deleted_on_puback: "broker_has_it_store_has_not",
    paid_again_on_time_out: "cut_after_approval",
    sent_before_the_intent_is_kept: "no_intent_no_charge",
    unbounded_barcode: "bad_barcodes",
    float_money: "to_the_smallest_coin",
    printed_before_the_commit: "receipt_waits_for_the_disk",
    reused_sequence_after_restore: "card_restored_from_an_old_copy",
    paid_out_again_after_a_cut: "cash_machine_power_cut_in_the_change",
}


@pytest.mark.parametrize("plant", BY_DAY, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_found_on_some_day(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = BY_DAY[plant]
    plant(monkeypatch)
    assert live(seed).failure, f"the simulator did not notice on day {seed}"


@pytest.mark.parametrize("plant", BY_STORY, ids=lambda plant: plant.__name__)
def test_a_planted_bug_spoils_its_story(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(StoryError, match=r"Broken|Missed|does not come to rest"):
        tell(STORIES / f"{BY_STORY[plant]}.story")


@pytest.mark.parametrize("seed", sorted(set(BY_DAY.values())))
def test_the_same_days_are_clean_without_it(seed: int) -> None:
    assert not live(seed).failure


def test_money_given_to_a_card_for_no_return_is_noticed() -> None:
    stage = Stage()
    stage.promises.money.check()
    stage.top.terminal.journal.give(1_250, 0)
    with pytest.raises(Broken, match="no return speaks of it"):
        stage.promises.money.check()


@pytest.mark.slow
def test_a_shop_with_a_scale_sells_what_it_weighed() -> None:
    """The crowd once stood before the scale for days and never put anything on it, and no check could say so."""

    def weighed(seed: int) -> int:
        day = live(seed)
        assert not day.failure
        return day.counts["weighed"]

    assert any(weighed(seed) for seed in (15, 5, 10, 20)), "on none of these days"
