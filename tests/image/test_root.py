"""What is laid over Debian: nobody can log in, no port is open, nothing waits for the network, units hold together."""

import re
import subprocess
from pathlib import Path

import pytest

from image import build, rauc_verity, tree
from image.workplace import REPOSITORY

ROOT = REPOSITORY / "image/root"
UNITS = ROOT / "usr/lib/systemd/system"
MASKED = {
    path.name
    for path in (ROOT / "etc/systemd/system").iterdir()
    if path.is_symlink() and str(path.readlink()) == "/dev/null"
}


def test_nobody_logs_in() -> None:
    assert {"getty@.service", "serial-getty@.service", "autovt@.service", "systemd-logind.service"} <= MASKED
    assert {"debug-shell.service", "emergency.service", "rescue.service"} <= MASKED


def test_every_unit_that_is_started_exists() -> None:
    ours = {path.name for path in UNITS.glob("*.*") if path.is_file()} | set(tree.UNITS)
    for link in (ROOT / "etc/systemd/system").glob("*.wants/*"):
        name = Path(link.readlink()).name
        assert name in ours or name.startswith("systemd-"), f"{link} leads nowhere"
    assert {"kiosk.service", "kassa-takeover.service", "kassa-grow.service"} <= {
        path.name for path in (ROOT / "etc/systemd/system").glob("*.wants/*")
    }


def test_nothing_waits_for_the_network_and_no_mount_stops_the_boot() -> None:
    for unit in UNITS.rglob("*.*"):
        if unit.is_file():
            assert not re.search(r"^(After|Wants|Requires)=.*network", unit.read_text(), re.MULTILINE), unit
    mounts = [line.split() for line in (ROOT / "etc/fstab").read_text().splitlines() if not line.startswith("#")]
    assert all("nofail" in options.split(",") for _, _, _, options, *_ in mounts)


def test_no_port_is_open() -> None:
    told = (ROOT / "etc/systemd/resolved.conf.d/kassa.conf").read_text()
    assert {"LLMNR=no", "MulticastDNS=no", "DNSStubListener=no"} <= set(told.split())


def test_programs_that_units_start_are_there_and_may_be_run() -> None:
    made = {f"/{rauc_verity.LIBRARY}"}
    for unit in UNITS.glob("*.service"):
        for path in re.findall(r"(/usr/lib/kassa/\S+)", unit.read_text()):
            ours = ROOT / path.lstrip("/")
            assert path in made or ours.exists() or (tree.DEVICE / Path(path).name).exists(), f"{unit.name}: {path}"
    assert (ROOT / "usr/lib/kassa/grow").stat().st_mode & 0o100


@pytest.mark.parametrize("unit", sorted(path.name for path in UNITS.glob("*.service")))
def test_systemd_takes_the_unit(unit: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(UNITS / unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    problems = [line for line in done.stderr.splitlines() if unit in line and "not executable" not in line]
    assert problems == []


EXPOSED = {"kassa-wifi@.service": 26, "kassa-stick-mount@.service": 37}
"""Tenths of systemd's own measure, where it is more than 20: Wi-Fi sets interfaces up and speaks below IP, as root;
what mounts a stick does so for another unit, so it can have no file system of its own."""


@pytest.mark.parametrize("unit", sorted((*UNITS.glob("*.service"), *(REPOSITORY / "systemd").glob("kiosk*.service"))))
def test_a_unit_may_do_little_but_its_own(unit: Path) -> None:
    """As `systemd-analyze security` measures it: 0 is nothing, 100 everything."""
    most = EXPOSED.get(unit.name, 20)
    command = ["systemd-analyze", "security", "--offline=yes", f"--threshold={most}", "--no-pager", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout.splitlines()[-1]


def test_no_clock_is_before_the_image() -> None:
    """systemd sets none to before this file's time, which is the commit's: certificates need a clock that is near."""
    assert (ROOT / "usr/lib/clock-epoch").exists()
    assert '"-all-time", str(epoch)' in Path(build.__file__).read_text()


def test_the_accounts_have_numbers_that_outlive_an_update() -> None:
    told = (ROOT / "usr/lib/sysusers.d/kassa.conf").read_text()
    assert re.search(r"^u kassa \d+ ", told, re.MULTILINE) and re.search(r"^g gpio \d+$", told, re.MULTILINE)


def test_the_image_says_which_commit_it_is() -> None:
    now = build.release()
    assert re.fullmatch(r"[0-9a-f]{12}(-changed)?", now.commit) and now.epoch > 1_700_000_000
    assert re.fullmatch(r"\d+\.\d+\.\d+", now.version)
