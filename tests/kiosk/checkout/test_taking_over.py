"""A machine that takes another's place has its numbers and its chain before it says or sells anything."""

from msgspec.structs import replace
from shopping import LANE

from kiosk.checkout import events as e
from kiosk.checkout.effects import PrepareCard, PublishEvent
from kiosk.checkout.machine import blank, step
from kiosk.checkout.state import State
from kiosk.checkout.succession import Succession
from kiosk.values.moment import Moment

PLACE = Succession(
    segment=2, sequence=1043, head="ab" * 32, head_sale="s001/k01/2026-11-23/000042", reports=100_000, period=105,
    day=9, signed=40, signature="xyz",
)  # fmt: skip


def moment(tick_ms: int) -> Moment:
    return Moment(1_764_000_000_000 + tick_ms, tick_ms, "2026-11-24")


def started(place: Succession | None = PLACE, state: State | None = None) -> tuple[State, tuple[object, ...]]:
    restarted = e.Restarted(lane=LANE, genesis="cd" * 32, audit_seed="s", takes_over=place, at=moment(0))
    return step(state or blank(LANE), restarted)


def said(effects: tuple[object, ...]) -> list[tuple[str, int]]:
    return [(one.kind, one.n) for one in effects if isinstance(one, PublishEvent)]


def test_its_first_report_and_its_first_sale_come_behind_all_that_is_known() -> None:
    state, effects = started()
    assert (state.sequence, state.chain, state.segment) == (1043, PLACE.head, 2)
    assert state.day.number == 9 and (state.signatures.count, state.signatures.last) == (40, "xyz")
    assert said(effects)[:2] == [("segment.begun", 100_001), ("restarted", 100_002)]


def test_said_again_it_changes_nothing() -> None:
    begun, _ = started()
    sold = replace(begun, sequence=1050, chain="ef" * 32)
    again, effects = started(PLACE, sold)
    assert (again.sequence, again.chain, again.segment) == (1050, "ef" * 32, 2)
    assert ("segment.begun", 100_001) not in said(effects)


def test_a_machine_that_took_nobodys_place_begins_at_one() -> None:
    state, effects = started(None)
    assert (state.sequence, state.chain, state.segment) == (1, "cd" * 32, 1)
    assert said(effects)[0] == ("restarted", 1)
    _, effects = step(state, e.DeviceFound(device="card_terminal", at=moment(1)))
    assert not any(isinstance(one, PrepareCard) for one in effects), "there is nothing to ask for"


def test_the_terminal_is_asked_for_its_last_payment_until_it_has_told() -> None:
    state, _ = started()
    state, effects = step(state, e.DeviceFound(device="card_terminal", at=moment(1)))
    (asked,) = (one for one in effects if isinstance(one, PrepareCard))
    state, effects = step(state, e.CardRefused(attempt=asked.attempt, why="busy", at=moment(2)))
    assert "terminal.silent" in dict(said(effects)) and state.last_payment == "due"
    state, effects = step(state, e.DeviceFound(device="card_terminal", at=moment(3)))
    assert any(isinstance(one, PrepareCard) for one in effects)
    told = e.CardReady(attempt=asked.attempt, baseline='{"receipt":"0176"}', at=moment(4))
    state, effects = step(state, told)
    (last,) = (one for one in effects if isinstance(one, PublishEvent))
    assert (last.kind, last.data) == ("terminal.last", {"said": '{"receipt":"0176"}'})
    _, effects = step(state, replace(told, at=moment(5)))
    assert not effects, "it is told once"
