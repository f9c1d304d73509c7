"""The power goes at one write after the other while somebody pays into the cash machine: not a krona more or less."""

import pytest
from msgspec.structs import replace

from kiosk.world.cash_machine import machine
from kiosk.world.shops import FACTS
from kiosk.world.stage import Stage
from kiosk.world.story import Line
from kiosk.world.teller import tell_line

PRICE_MINOR, NOTE_MINOR = 33_00, 50_00


def tell(stage: Stage, *lines: str) -> None:
    for line in lines:
        tell_line(stage, Line(1, line), "here")


@pytest.mark.parametrize("write", range(1, 69, 5))
def test_a_power_cut_at_any_write_loses_nothing_and_pays_nothing_twice(write: int) -> None:
    stage = Stage(replace(FACTS, languages=("en",), tenders=("card", "cash"), cash_machine=True))
    try:
        tell(stage, "scan 9520001200014", 'tap "Pay"', 'tap "Cash"', "wait 2 s")
        tell(stage, f"power fails at write {write} seed {write}", "insert 50 note", "wait 2 s")
        tell(stage, "power holds", "perhaps start", "wait 15 s")
        if stage.lane.scene.name == "11f-cash-machine":  # the note came back
            assert machine(stage).take_back() == NOTE_MINOR
            tell(stage, "insert 50 note", "wait 5 s")
        tell(stage, 'perhaps tap "No receipt"', "wait 40 s", "expect sales 1", "expect everything in the books")
        found, state = machine(stage), stage.lane.state
        owed = sum(one.amount.minor for one in state.owed)
        assert found.taken_minor - found.paid_minor == PRICE_MINOR + owed
        assert not state.payouts
    finally:
        stage.close()
