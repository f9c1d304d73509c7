"""A backup is made while the store sells, believed only when it opens, and never written over books."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from selling import BREAD, NOW, Till, on, said
from sqlalchemy.engine import Engine

from store.__main__ import main
from store.backup import BadBackup, back_up, name_of, prune, read_manifest, restore, verify
from store.database import engine_at, writing
from store.ingest import take
from store.schema import sale, staff

MADE = "2026-11-23T10:13:40.000Z"


@pytest.fixture
def sold(engine: Engine) -> Engine:
    till = Till()
    for _ in range(3):
        take(engine, on("sale"), said(till.sell((BREAD, 1))), NOW)
    return engine


def test_what_was_sold_comes_back(sold: Engine, existing_url: str, other_url: str, tmp_path: Path) -> None:
    manifest = back_up(existing_url, tmp_path / name_of(MADE), MADE)
    assert manifest.rows["sale"] == 3 and manifest.heads["k01"][0] == 3
    assert restore(tmp_path / name_of(MADE), other_url) == manifest
    with engine_at(other_url).connect() as new, sold.connect() as old:
        for table in (sale, staff):
            assert new.execute(sa.select(table)).all() == old.execute(sa.select(table)).all()


def test_the_store_sells_on_while_it_is_copied(sold: Engine, existing_url: str, tmp_path: Path) -> None:
    """A writer that is in the middle of a sale neither waits nor is half in the copy."""
    with writing(sold) as connection:
        connection.execute(sa.insert(staff).values(id="u1", name="x", role="cashier", pin_hash="x"))
        manifest = back_up(existing_url, tmp_path / "a.backup", MADE)
    assert manifest.rows["staff"] == 0
    assert back_up(existing_url, tmp_path / "b.backup", MADE).rows["staff"] == 1


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-100], lambda data: data[:5000] + b"x" + data[5001:], lambda _: b""]
)
def test_a_damaged_backup_is_none(
    sold: Engine, existing_url: str, tmp_path: Path, damage: "type[bytes]"
) -> None:  # fmt: skip
    file = tmp_path / "a.backup"
    back_up(existing_url, file, MADE)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(BadBackup, match="changed or cut off"):
        verify(file)
    with pytest.raises(BadBackup):
        restore(file, f"sqlite:///{tmp_path}/new/store.db")
    assert not (tmp_path / "new/store.db").exists()


def test_nothing_is_ever_written_over(sold: Engine, existing_url: str, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    back_up(existing_url, file, MADE)
    with pytest.raises(BadBackup, match="there already"):
        back_up(existing_url, file, MADE)
    with pytest.raises(BadBackup, match=r"there already|has tables already"):
        restore(file, existing_url)
    with pytest.raises(BadBackup, match="cannot be read"):
        read_manifest(tmp_path / "none.backup")


def test_what_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(BadBackup):
        back_up(f"sqlite:///{tmp_path}/store.db", tmp_path / "a.backup", MADE)
    with pytest.raises(BadBackup, match="no books"):
        back_up(f"sqlite:///{tmp_path}/none.db", tmp_path / "b.backup", MADE)
    assert not list(tmp_path.glob("*.backup"))


def test_old_ones_go_and_strange_files_stay(sold: Engine, existing_url: str, tmp_path: Path) -> None:
    days = [MADE.replace("23T", f"{day}T") for day in (21, 22, 23)]
    for day in days:
        back_up(existing_url, tmp_path / name_of(day), day)
    (tmp_path / "kassa-strange.backup").write_bytes(b"x")
    assert [path.name for path in prune(tmp_path, 2)] == [name_of(days[0])]
    assert (tmp_path / "kassa-strange.backup").exists() and verify(tmp_path / name_of(days[2]))


def test_the_commands(sold: Engine, existing_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "store.toml"
    config.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{existing_url}"\n')
    assert main(["backup", "make", str(tmp_path / "kept"), "--keep", "2", "--config", str(config)]) == 0
    (file,) = (tmp_path / "kept").glob("*.backup")
    assert main(["backup", "verify", str(file), "--config", str(config)]) == 0
    assert "k01 up to 000003" in capsys.readouterr().out
    assert main(["backup", "restore", str(file), "--config", str(config)]) == 1
    assert "nothing was restored" in capsys.readouterr().err
