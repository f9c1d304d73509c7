"""What helps RAUC with a kernel that is newer than it: it says of strings what GLib says, but for one."""

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest

from image.bootstrap import locked
from image.rauc_verity import FIRST_WITHOUT, SOURCE


@pytest.fixture(scope="module")
def compare(tmp_path_factory: pytest.TempPathFactory) -> "ctypes._NamedFuncPointer":
    made = tmp_path_factory.mktemp("rauc") / "verity.so"
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "no compiler of C: config/set-up --test brings one"
    subprocess.run([compiler, "-shared", "-fPIC", "-nostdlib", "-fno-builtin", "-o", made, SOURCE], check=True)
    return ctypes.CDLL(str(made)).g_strcmp0


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        (b"V", b"V", 0),
        (b"V -", b"V", 0),
        (b"V 3", b"V", 0),
        (b"C", b"V", -1),
        (b"C -", b"V", -1),
        (b"Verity", b"V", 1),
        (b"V", b"V -", -1),
        (b"rootfs", b"rootfs", 0),
        (b"a", b"b", -1),
        (b"", b"V", -1),
        (None, None, 0),
        (None, b"V", -1),
        (b"V", None, 1),
        (b"\xff", b"a", 1),
    ],
)
def test_a_whole_tree_is_whole_and_nothing_else_is(
    compare: "ctypes._NamedFuncPointer", one: bytes | None, other: bytes | None, sign: int
) -> None:
    found = compare(one, other)
    assert (found > 0) - (found < 0) == sign


def test_it_goes_when_debian_has_a_newer_rauc() -> None:
    (version,) = (deb.version for deb in locked("device") if deb.name == "rauc")
    now = tuple(int(number) for number in version.partition("-")[0].split("."))
    assert now < FIRST_WITHOUT, f"RAUC {version} needs no help any more: take {SOURCE.name} out"


def test_only_rauc_is_helped() -> None:
    units = Path(SOURCE.parents[1] / "root/usr/lib/systemd/system")
    assert [path.name for path in units.rglob("*.service") if "rauc-verity" in path.read_text()] == ["rauc.service"]
