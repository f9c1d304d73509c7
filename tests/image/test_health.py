"""Health: when a slot is well, when a new one is left again, and when nothing is done for ever."""

from pathlib import Path

import pytest

from image.device import health
from image.device.boot_state import TRIES, BootState, read, write
from image.device.health import LIMIT_MS, WATCH_MS, Facts, Seen, Watch, facts, keep, looked, seen

NEW = Facts("B", "1.1.0 abc", proven=False, way_back=True)
PROVEN = NEW._replace(proven=True)
ALONE = Facts("A", "1.0.0 abc", proven=False, way_back=False)
DOWN, UP = Seen("", "", closed=False), Seen("run-1", "well", closed=False)
CLOSED = Seen("", "", closed=True)
CMDLINE = "root=x kassa.slot=B quiet"
RELEASE = 'NAME="Debian"\nIMAGE_ID=kassa\nIMAGE_VERSION=1.1.0\nBUILD_ID=abc\n'
EVERY_MS = 2_000


def watched(found: Facts, looks: list[tuple[int, Seen]], until_ms: int = 3 * LIMIT_MS) -> tuple[str, int]:
    """The verdict and when: `looks` are what is seen from a time on, each 2 s a look."""
    watch, says, up_ms = Watch(), DOWN, 0
    while up_ms <= until_ms:
        says = next((one for at, one in reversed(looks) if at <= up_ms), DOWN)
        watch, verdict = looked(watch, says, found, up_ms)
        if verdict != "wait":
            return verdict, up_ms
        up_ms += EVERY_MS
    return "wait", up_ms


@pytest.mark.parametrize("found", [NEW, PROVEN, ALONE])
def test_a_lane_that_stands_for_the_watch_time_is_well_within_three_minutes(found: Facts) -> None:
    verdict, at_ms = watched(found, [(40_000, UP)])
    assert (verdict, at_ms) == ("good", 40_000 + WATCH_MS) and at_ms <= 180_000


def test_a_lane_without_a_word_of_its_devices_is_well_with_its_screen() -> None:
    """Nobody has adopted it yet."""
    assert watched(ALONE, [(0, Seen("run-1", "", closed=False))]) == ("good", WATCH_MS)


@pytest.mark.parametrize(
    "between",
    [DOWN, Seen("run-1", "waits for printer", closed=False), Seen("run-2", "well", closed=False)],
    ids=["it ended", "a device was lost", "it started anew between two looks"],
)
def test_the_watch_time_begins_anew(between: Seen) -> None:
    again = between if between.lane == "run-2" else UP
    assert watched(NEW, [(0, UP), (50_000, between), (52_000, again)])[1] >= 50_000 + WATCH_MS


def test_a_new_version_that_waits_for_a_device_is_left_when_its_time_is_over() -> None:
    assert watched(NEW, [(10_000, Seen("run-1", "waits for printer", closed=False))]) == ("restart", LIMIT_MS)


def test_a_new_version_that_never_shows_a_screen_is_left() -> None:
    assert watched(NEW, []) == ("restart", LIMIT_MS)


def test_a_new_version_that_is_out_of_order_is_left_at_once() -> None:
    assert watched(NEW, [(70_000, CLOSED)]) == ("restart", 70_000)


def test_a_new_version_that_comes_up_late_is_not_left_while_it_is_watched() -> None:
    assert watched(NEW, [(LIMIT_MS - 10_000, UP)])[0] == "good"
    assert watched(NEW, [(LIMIT_MS - 10_000, UP), (LIMIT_MS + 20_000, DOWN)]) == ("restart", LIMIT_MS + 20_000)


@pytest.mark.parametrize("found", [PROVEN, ALONE], ids=["it was well before", "there is no other slot"])
@pytest.mark.parametrize("broken", [DOWN, CLOSED, Seen("run-1", "waits for printer", closed=False)])
def test_no_machine_starts_anew_for_ever(found: Facts, broken: Seen) -> None:
    assert watched(found, [(0, broken)])[0] == "wait"
    assert watched(found, [(0, broken), (2 * LIMIT_MS, UP)])[0] == "good", "however late"


def test_what_systemd_says_of_both_units() -> None:
    told = (
        "Id=kiosk.service\nActiveState={}\nInvocationID=abc\nStatusText=waits for printer\n\n"
        "Id=kiosk-closed.service\nActiveState={}\nInvocationID=\nStatusText=\n"
    )
    assert seen(told.format("active", "inactive")) == Seen("abc", "waits for printer", closed=False)
    assert seen(told.format("activating", "inactive")).lane == ""
    assert seen(told.format("failed", "active")) == Seen("", "waits for printer", closed=True)


def card(folder: Path, state: BootState) -> tuple[Path, Path]:
    firmware, proven = folder / "firmware", folder / "health"
    firmware.mkdir()
    proven.mkdir()
    write(firmware, state)
    return firmware, proven


def test_a_slot_that_is_well_has_its_tries_back_and_is_known_at_the_next_start(tmp_path: Path) -> None:
    firmware, proven = card(tmp_path, BootState(("B", "A"), 3, 2))
    found = facts(CMDLINE, RELEASE, firmware, proven)
    assert found == NEW
    keep(found, firmware, proven, tmp_path / "slot-good")
    assert read(firmware) == BootState(("B", "A"), 3, TRIES) and (tmp_path / "slot-good").exists()
    assert facts(CMDLINE, RELEASE, firmware, proven) == PROVEN


@pytest.mark.parametrize("other", [RELEASE.replace("1.1.0", "1.2.0"), RELEASE.replace("BUILD_ID=abc", "BUILD_ID=def")])
def test_another_system_in_the_same_slot_has_to_prove_itself_again(tmp_path: Path, other: str) -> None:
    firmware, proven = card(tmp_path, BootState())
    keep(facts(CMDLINE, RELEASE, firmware, proven), firmware, proven, tmp_path / "good")
    assert not facts(CMDLINE, other, firmware, proven).proven
    assert not facts(CMDLINE.replace("=B", "=A"), RELEASE, firmware, proven).proven


def test_a_system_without_a_name_has_proved_nothing(tmp_path: Path) -> None:
    assert not facts(CMDLINE, "NAME=Debian\n", *card(tmp_path, BootState())).proven


def test_a_new_card_has_no_way_back(tmp_path: Path) -> None:
    firmware, proven = card(tmp_path, BootState(b_left=0))
    assert not facts("kassa.slot=A", RELEASE, firmware, proven).way_back


def test_what_is_installed_while_it_is_watched_still_starts_next(tmp_path: Path) -> None:
    firmware, proven = card(tmp_path, BootState(a_left=2, b_left=0))
    found = facts("kassa.slot=A", RELEASE, firmware, proven)
    write(firmware, read(firmware).first("B"))
    keep(found, firmware, proven, tmp_path / "good")
    assert read(firmware) == BootState(("B", "A"), TRIES, TRIES)


class Machine:
    """systemd, the clock and the files, for a whole run of the program."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, told: str) -> None:
        self.firmware, self.proven = card(folder, BootState(("B", "A"), 3, 2))
        self.asked: list[str] = []
        self.ms, self.told = 0, told
        (folder / "cmdline").write_text(CMDLINE)
        (folder / "os-release").write_text(RELEASE)
        monkeypatch.setattr(health, "OS_RELEASE", folder / "os-release")
        monkeypatch.setattr(health, "CMDLINE", folder / "cmdline")
        monkeypatch.setattr(health, "FIRMWARE", self.firmware)
        monkeypatch.setattr(health, "PROVEN", self.proven)
        monkeypatch.setattr(health, "GOOD", folder / "slot-good")
        monkeypatch.setattr(health, "_up_ms", lambda: self.ms)
        monkeypatch.setattr(health, "_told", self.tell)
        monkeypatch.setattr("time.sleep", self.wait)

    def tell(self, command: tuple[str, ...]) -> str:
        self.asked.append(command[-1])
        return self.told if command[1] == "show" else ""

    def wait(self, seconds: int) -> None:
        self.ms += int(seconds * 1_000)


@pytest.mark.parametrize(
    ("state", "ends", "left"),
    [("active", "kiosk-closed.service", TRIES), ("failed", "reboot.target", 2)],
    ids=["well", "not"],
)
def test_the_program_ends_with_tries_or_with_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str, ends: str, left: int
) -> None:
    machine = Machine(
        tmp_path, monkeypatch, f"Id=kiosk.service\nActiveState={state}\nInvocationID=a\nStatusText=well\n"
    )
    assert health.main() == 0
    assert machine.asked[-1] == ends and read(machine.firmware).b_left == left
    assert (tmp_path / "slot-good").exists() is (state == "active")


def test_a_partition_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(tmp_path, monkeypatch, "")
    (machine.proven / "B").mkdir()
    assert health.main() == 1 and "health:" in capsys.readouterr().err
