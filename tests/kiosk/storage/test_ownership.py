"""Two lanes never write one journal."""

from pathlib import Path

import pytest

from kiosk.storage.ownership import Owned, Ownership


def test_a_second_lane_is_told_which_journal_is_taken_and_what_to_do(tmp_path: Path) -> None:
    first = Ownership(tmp_path / "kiosk.db")
    with pytest.raises(Owned, match=r"kiosk\.db.*Stop it first"):
        Ownership(tmp_path / "kiosk.db")
    first.close()


def test_another_journal_beside_it_is_free(tmp_path: Path) -> None:
    first, other = Ownership(tmp_path / "k01.db"), Ownership(tmp_path / "k02.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["k01.db.lock", "k02.db.lock"]
    first.close()
    other.close()


def test_what_is_let_go_can_be_had_again(tmp_path: Path) -> None:
    Ownership(tmp_path / "kiosk.db").close()
    again = Ownership(tmp_path / "kiosk.db")
    assert (tmp_path / "kiosk.db.lock").exists()
    again.close()
