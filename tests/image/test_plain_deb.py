"""A package without compression is the same package: Debian's own tool is the judge."""

import subprocess
from pathlib import Path

import pytest

from image.plain_deb import Member, joined, members, plain


@pytest.fixture
def deb(tmp_path: Path) -> Path:
    """A small real package, made by dpkg."""
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: thing\nVersion: 1\nArchitecture: all\nMaintainer: a <a@example.org>\nDescription: a thing\n"
    )
    (tree / "usr/share").mkdir(parents=True)
    (tree / "usr/share/thing").write_text("content\n" * 1000)
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(tmp_path / "thing.deb")]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path / "thing.deb"


def told(command: str, deb: Path) -> bytes:
    return subprocess.run(["dpkg-deb", command, str(deb)], check=True, capture_output=True).stdout


def test_it_holds_the_same_files_and_the_same_control(deb: Path, tmp_path: Path) -> None:
    ours = tmp_path / "plain.deb"
    ours.write_bytes(plain(deb.read_bytes()))
    for command in ("--fsys-tarfile", "--ctrl-tarfile", "--field", "--contents"):
        assert told(command, ours) == told(command, deb)
    assert [member.name for member in members(ours.read_bytes())] == ["debian-binary", "control.tar", "data.tar"]


def test_members_of_odd_length_are_kept_apart() -> None:
    parts = [Member("a", b"odd"), Member("b", b""), Member("c", b"even")]
    assert list(members(joined(iter(parts)))) == parts


@pytest.mark.parametrize("damaged", [b"", b"no archive", joined(iter([Member("a", b"content")]))[:-4]])
def test_damage_is_seen(damaged: bytes) -> None:
    with pytest.raises(ValueError, match="archive"):
        list(members(damaged))
