"""RAUC's command as the lane runs it, against the simulator's process; and its own lines, as its source prints them."""

import select
import sys
import time
from pathlib import Path

import pytest

from drivers.updater.driver import Look, NoUpdater, Rauc
from drivers.updater.protocol import Heard, heard, why
from drivers.updater.simulator import FOLDER, Machine, bundle

DEADLINE_S = 30


class Bench:
    """A machine with 1.0.0 in its slot A, and the updater on it."""

    def __init__(self, folder: Path) -> None:
        self.machine = Machine.new(folder / "machine", "1.0.0")
        self.file = folder / "bundle"
        self.rauc = rauc_on(folder / "machine")

    def install(self, content: bytes, version: str = "1.1.0") -> Look:
        self.file.write_bytes(content)
        self.rauc.start(str(self.file), version)
        return ended(self.rauc)


def rauc_on(folder: Path) -> Rauc:
    """RAUC on the simulated machine."""
    command = (sys.executable, "-m", "drivers.updater.simulator")
    return Rauc(command, restart=("true",), env=f"{FOLDER}={folder}")


def ended(rauc: Rauc) -> Look:
    """When it is over; what it told before is never more than what it tells then."""
    deadline, seen = time.monotonic() + DEADLINE_S, 0
    while time.monotonic() < deadline:
        look = rauc.look()
        if look.state != "busy":
            return look
        assert seen <= look.percent <= 100
        seen = look.percent
        select.select([], [], [], 0.02)
    raise AssertionError("it never ended")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_good_bundle_is_in_the_other_slot_and_starts_next(bench: Bench) -> None:
    assert bench.install(bundle("1.1.0", filling=100_000)) == Look("done", 100)
    assert bench.machine.running == "1.0.0", "what runs is not touched"
    assert bench.rauc.restart() == ""
    assert bench.machine.boot() == "1.1.0"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (bundle("1.1.0", signed="no"), "signature verification failed"),
        (bundle("1.1.0", compatible="toaster"), "Compatible mismatch: Expected 'kassa-simulated'"),
        (bundle("1.0.5"), "the bundle says that it is version 1.0.5, not 1.1.0"),
    ],
    ids=["signed by a stranger", "of another machine", "another version than was announced"],
)
def test_a_bad_bundle_leaves_both_slots_as_they_were(bench: Bench, content: bytes, told: str) -> None:
    look = bench.install(content)
    assert look.state == "failed" and told in look.why
    assert bench.machine.read("slot.B") == "" and bench.machine.boot() == "1.0.0"


@pytest.mark.parametrize(("fault", "told"), [("busy", "already processing"), ("no-service", "RAUC's service does not")])
def test_a_service_that_does_not_answer_is_told(bench: Bench, fault: str, told: str) -> None:
    bench.machine.write("fault", fault)
    assert told in bench.install(bundle("1.1.0")).why


def test_a_cut_while_the_slot_is_written_leaves_the_old_one_and_it_may_be_tried_again(bench: Bench) -> None:
    bench.machine.write("fault", "cut")
    assert bench.install(bundle("1.1.0")).state == "failed"
    assert bench.machine.boot() == "1.0.0"
    bench.machine.write("fault", "")
    assert bench.install(bundle("1.1.0")).state == "done"


def test_a_command_that_is_not_there_and_a_machine_that_does_not_restart_are_told_in_words(tmp_path: Path) -> None:
    rauc = Rauc((str(tmp_path / "rauc"),), restart=("false",))
    rauc.start("bundle", "1.1.0")
    assert "cannot be started: No such file" in rauc.look().why
    assert rauc.restart() == "false: 1"
    assert "see [updates]" in NoUpdater().cannot


def test_the_lines_that_rauc_prints() -> None:
    """As `install_start` and its callbacks print them (rauc 1.13, src/main.c)."""
    told = Heard()
    for line in ("installing", "  0% Installing", " 40% Copying image to rootfs.1", "idle"):
        told = heard(told, line)
    assert told == Heard(40, "Copying image to rootfs.1")
    told = heard(told, "LastError: Failed to check bundle: signature verification failed: Verify error: expired")
    told = heard(told, "Installing `/var/bundle` failed", err=True)
    assert why(told, 1) == "Failed to check bundle: signature verification failed: Verify error: expired"
    away = heard(Heard(), "Failed to contact rauc service: The name is not activatable", err=True)
    assert "Failed to contact rauc service" in why(heard(away, "D-Bus error while installing `/b`", err=True), 2)
    assert why(Heard(), 0) == "" and "signal 9" in why(Heard(), -9) and "said nothing" in why(Heard(), 1)


@pytest.mark.parametrize(
    "reason",
    [
        "signature verification failed: Verify error: self-signed certificate",
        "Invalid bundle format: Signature size (14268072004282908320) exceeds bundle size",
        "No such file: /var/lib/kiosk/update/bundle",
    ],
)
def test_the_reason_is_not_what_rauc_says_of_its_own_doings(reason: str) -> None:
    """As rauc 1.13 wrote it on the standard error for a stranger's, a truncated and a missing bundle."""
    told = Heard()
    for line in (
        "rauc-Message: 13:40:04.904: Using central status file /data/rauc/central.raucs",
        "rauc-Message: 13:40:04.905: Failed to run custom backend '/usr/lib/kassa/boot-backend'",
        "(rauc:27272): rauc-WARNING **: 13:40:04.905: something",
        "80FFB2F27C7F0000:error:80000002:system library:BIO_new_file:No such file or directory:bss_file.c:67",
        reason,
    ):
        told = heard(told, line, err=True)
    assert why(told, 1) == reason


def test_nothing_is_left_open(bench: Bench) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        bench.install(bundle("1.1.0"))
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
