"""The fault matrix in drivers/README.md is what the lane does, row by row; and what is mended is as it was."""

import pytest

from kiosk.world.fault_matrix import FAULTS, README, Fault, key, mended, row, seen

TABLE = README.read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", FAULTS, ids=key)
def test_the_row_is_true(fault: Fault) -> None:
    assert row(fault, seen(fault)) in TABLE, "python -m kiosk.world.fault_matrix writes it anew"


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.after], ids=key)
def test_what_is_mended_comes_back_by_itself(fault: Fault) -> None:
    before, after, left = mended(fault)
    assert before == after
    assert not left
