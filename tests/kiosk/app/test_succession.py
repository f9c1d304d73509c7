"""A lane knows where it goes on before it starts, or it does not start."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.app import succession
from kiosk.app.config import Config, LaneTable
from kiosk.checkout.machine import blank
from kiosk.checkout.succession import Succession
from kiosk.values.settings import BadSettings

PLACE = Succession(segment=2, sequence=1043, head="ab" * 32, head_sale="s001/k01/2026-11-23/000042", reports=100_000)
NEW = blank(Config(lane=LaneTable(store="s001", till="k01")).brain_lane())


def test_what_adoption_wrote_is_told_until_the_lane_has_begun(tmp_path: Path) -> None:
    path = tmp_path / succession.FILE
    succession.keep(path, PLACE)
    told = succession.read(str(path), NEW)
    assert told is not None and (told.segment, told.sequence, told.head) == (2, 1043, PLACE.head)
    assert succession.read(str(path), replace(NEW, segment=2)) is None
    assert succession.read("", NEW) is None


def test_a_lane_that_lost_it_does_not_use_numbers_twice(tmp_path: Path) -> None:
    path = tmp_path / succession.FILE
    with pytest.raises(BadSettings, match="or it would use numbers twice"):
        succession.read(str(path), NEW)
    path.write_bytes(b'{"segment":2')
    with pytest.raises(BadSettings, match="cannot be read"):
        succession.read(str(path), NEW)
    assert succession.read(str(path), replace(NEW, segment=2)) is None, "one that has begun needs it no more"
