"""The part that weighs: how it is known, and what its certificates are written down for."""

from pathlib import Path

import pytest

from kiosk.app.config import BadSettings, read_config
from kiosk.app.weighing_part import VERSION, Identity, identity, installed
from kiosk.checkout.scale import Trade

LANE = '[lane]\nstore = "s001"\ntill = "k01"\n'
NUMBERS = '[weighing]\nscale_certificate = "T8217"\nsoftware_certificate = "DK-0199 1"\n'


def _trade(tmp_path: Path, text: str) -> Trade:
    path = tmp_path / "kiosk.toml"
    path.write_text(LANE + text, encoding="utf-8")
    return read_config(path).brain_lane().trade


def test_the_same_files_have_the_same_checksum_and_any_other_byte_another() -> None:
    files = {"a.py": b"1", "b.py": b"23"}
    one = identity(files)
    assert one == identity(dict(reversed(files.items())))
    assert one.version == VERSION and len(one.checksum) == 64
    for other in (
        {"a.py": b"12", "b.py": b"3"},
        {"a.py": b"1"},
        {"a.p": b"y1", "b.py": b"23"},
        {"a.py": b"1", "b.py": b"24"},
    ):
        assert identity(other) != one


def test_what_runs_here_is_known_and_has_the_scale_in_it() -> None:
    home = Path(__file__).parents[3]
    here = installed()
    assert here == installed() == Identity(VERSION, here.checksum)
    files = {path.relative_to(home).as_posix() for path in home.glob("drivers/scale/*.py")}
    assert {"drivers/scale/toledo8217.py", "drivers/scale/dialog06.py"} <= files


def test_without_both_numbers_it_is_not_for_trade(tmp_path: Path) -> None:
    assert _trade(tmp_path, "").certificates == ()
    assert _trade(tmp_path, '[weighing]\nscale_certificate = "T8217"\n').certificates == ()
    assert _trade(tmp_path, NUMBERS) == Trade(*installed(), ("T8217", "DK-0199 1"))


def test_a_certificate_for_another_part_does_not_count(tmp_path: Path) -> None:
    assert _trade(tmp_path, f'{NUMBERS}checksum = "{installed().checksum}"\n').certificates
    assert not _trade(tmp_path, f'{NUMBERS}checksum = "{"0" * 64}"\n').certificates


@pytest.mark.parametrize("wrong", ['checksum = "3f9a"', 'scale_certificate = "\\u0007"', 'certificate = "T1"'])
def test_numbers_that_cannot_be_meant(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(BadSettings, match="weighing"):
        _trade(tmp_path, f"[weighing]\n{wrong}\n")
