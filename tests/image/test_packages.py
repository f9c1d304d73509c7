"""Locks: the right packages wherever they come from, and no word of where that is."""

import hashlib
import re
from pathlib import Path

import pytest

from image.archive import fetched
from image.bootstrap import LISTS, locked
from image.packages import BadLock, Deb, format_lock, parse_list, parse_lock, parse_stanzas
from image.workplace import BuildError

NAMES = ("device", "firmware", "tools")
ONE = Deb("libc6", "2:2.41-12+deb13u1", "arm64", "ab" * 32, 12)


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_is_wanted_is_locked(name: str) -> None:
    wanted = parse_list((LISTS / f"{name}.txt").read_text())
    assert {each.name for each in wanted} <= {deb.name for deb in locked(name)}


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_names_no_place(name: str) -> None:
    text = (LISTS / f"{name}.lock").read_text()
    assert "/" not in re.sub(r"^#.*", "", text) and "." in text


def test_the_appliance_has_nothing_to_install_packages_or_to_log_in_with() -> None:
    """Nobody logs in, and nothing is installed: the image is replaced as a whole."""
    assert {"apt", "openssh-server", "sudo", "gcc", "curl"} & {deb.name for deb in locked("device")} == set()


def test_a_lock_comes_back_as_it_was_written() -> None:
    other = Deb("bash", "5.2-1", "arm64", "cd" * 32, 7)
    text = format_lock((ONE, other), "device.txt")
    assert parse_lock(text) == (other, ONE)
    assert format_lock(parse_lock(text), "device.txt") == text


@pytest.mark.parametrize(
    "line",
    [
        "libc6 2.41 arm64 " + "ab" * 31 + " 12",
        "libc6 2.41 arm64 " + "ab" * 32,
        "libc6 2.41 arm64 " + "ab" * 32 + " twelve",
        "\n".join(["libc6 2.41 arm64 " + "ab" * 32 + " 12"] * 2),
    ],
)
def test_a_bad_lock_is_refused(line: str) -> None:
    with pytest.raises(BadLock):
        parse_lock(line)


def test_a_wanted_package_has_a_reason() -> None:
    with pytest.raises(BadLock):
        parse_list("bash\n")
    (kernel,) = parse_list("# why\nlinux-image-arm64/trixie-backports  the kernel\n")
    assert (kernel.name, kernel.target, kernel.why) == (
        "linux-image-arm64",
        "linux-image-arm64/trixie-backports",
        "the kernel",
    )


def test_what_apt_tells_is_read() -> None:
    stanza = (
        f"Package: libc6\nVersion: 2:2.41-12+deb13u1\nArchitecture: arm64\nSize: 12\nSHA256: {'ab' * 32}\n"
        "Description: a library\n and more: of it\n"
    )
    assert parse_stanzas(f"{stanza}\n{stanza}\n") == (ONE,)
    with pytest.raises(BadLock, match="libc6"):
        parse_stanzas(stanza.replace("SHA256", "MD5sum"))


def test_a_file_that_is_not_the_locked_one_is_never_installed(tmp_path: Path) -> None:
    right = ONE._replace(sha256=hashlib.sha256(b"right").hexdigest())
    assert fetched([right], tmp_path) == [right]
    (tmp_path / "libc6_2%3a2.41-12+deb13u1_arm64.deb").write_bytes(b"right")
    assert fetched([right], tmp_path) == []
    (tmp_path / right.file_name).write_bytes(b"wrong")
    with pytest.raises(BuildError, match="not the package that is locked"):
        fetched([right], tmp_path)
