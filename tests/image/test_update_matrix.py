"""The update matrix: whatever is installed and befalls it, one slot starts, and the till's own data is as it was.

A card as files: the FAT partition with its real state files and slots' folders, two root file systems, a data folder.
What RAUC does is done in its order by the real backend and the real hook; the boot script's choice and the health
service's verdict decide what runs. RAUC's own refusals (signature, damage) are before its first question to us, so a
bundle that it refuses is one that asks nothing; `make image-test` sees that on the real image.

| what                                      | ends on | the other slot            |
|-------------------------------------------|---------|---------------------------|
| good                                      | new     | old, all tries            |
| unsigned, truncated, damaged, older       | old     | as it was                 |
| for another machine; FAT partition full   | old     | as it was, in one line    |
| power cut at any step                     | old     | without tries, or new     |
| new one never starts, crashes, lacks a device | old | without tries             |
| new one is well at its second start       | new     | old, all tries            |
| well once, crashes later                  | new     | old, all tries; no loop   |
| crashes later, switched off three times   | old     | without tries             |
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from image.device.boot_backend import answer
from image.device.boot_state import TRIES, BootState, Slot, read, write
from image.device.health import LIMIT_MS, Seen, Watch, facts, keep, looked
from image.layout import DATA, link
from image.rauc_config import system_conf
from tests.image.test_boot_backend import booted
from tests.image.test_bundle import Till

OLD, NEW = "1.0.0 aaa", "1.1.0 bbb"
WELL = Seen("run", "well", closed=False)
CRASHES = Seen("", "", closed=True)
HANGS = Seen("", "", closed=False)
LACKS = Seen("run", "waits for printer", closed=False)
MOST_STARTS = 12


class PowerCut(Exception):
    """Now."""


class Card(Till):
    """A till whose slot A has run well for long; B is empty."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.roots: dict[Slot, str] = {"A": OLD, "B": ""}
        self.data, self.health = folder / "data", folder / "data/health"
        self.health.mkdir(parents=True)
        (self.data / "kiosk.db").write_text("every sale")
        (self.data / "till.key").write_text("who we are")
        write(self.firmware, BootState(b_left=0))
        self.running: Slot = "A"
        self.starts, self.healthy = 0, dict[str, list[Seen]]()
        self.power_on()

    def power_on(self) -> str:
        """Until a system stays: each start uses a try, and health decides. The system that stays."""
        for self.starts in range(1, MOST_STARTS):
            self.running = booted(self.firmware)
            self.cmdline.write_text(f"quiet kassa.slot={self.running} rauc.slot={self.running}")
            system = self.roots[self.running]
            if system and (self.firmware / self.running / "vmlinuz").exists() and self._stays(system):
                return system
        raise AssertionError("it starts anew for ever")

    def _stays(self, system: str) -> bool:
        version, build = system.split()
        release = f"IMAGE_ID=kassa\nIMAGE_VERSION={version}\nBUILD_ID={build}\n"
        found = facts(self.cmdline.read_text(), release, self.firmware, self.health)
        looks = self.healthy.get(system, [WELL])
        seen, watch = looks.pop(0) if len(looks) > 1 else looks[0], Watch()
        for up_ms in range(0, 2 * LIMIT_MS, 2_000):
            watch, verdict = looked(watch, seen, found, up_ms)
            if verdict == "good":
                keep(found, self.firmware, self.health, self.data / "good")
                return True
            if verdict == "restart":
                return False
        return True

    def install(self, system: str = NEW) -> Iterator[str]:
        """RAUC's questions and writes, in its order; it stops where it is refused."""
        other: Slot = "B" if self.running == "A" else "A"
        if self.hook("install-check").returncode:
            return
        yield "checked"
        answer(["set-state", other, "bad"], self.firmware, self.cmdline.read_text())
        yield "marked bad"
        self.roots[other] = ""
        yield "half a root file system"
        self.roots[other] = system
        yield "the root file system"
        assert self.hook("slot-install", RAUC_SLOT_BOOTNAME=other).returncode == 0
        yield "kernel and RAM disk"
        answer(["set-primary", other], self.firmware, self.cmdline.read_text())
        yield "primary"

    def own(self) -> dict[str, str]:
        return {name: (self.data / name).read_text() for name in ("kiosk.db", "till.key")}


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    card = Card(tmp_path)
    before = card.own()
    yield card
    assert card.own() == before, "the journal and the till's identity outlive everything"


def other_of(card: Card) -> int:
    return read(card.firmware).left("A" if card.running == "B" else "B")


def test_good(card: Card) -> None:
    list(card.install())
    assert card.power_on() == NEW and card.starts == 1
    assert other_of(card) == TRIES, "and the old one is the way back"


def test_the_next_one_goes_into_the_other_slot(card: Card) -> None:
    list(card.install())
    card.power_on()
    list(card.install("1.2.0 ccc"))
    assert card.power_on() == "1.2.0 ccc" and card.roots == {"A": "1.2.0 ccc", "B": NEW}


@pytest.mark.parametrize("refuse", ["machine", "full"])
def test_refused_before_anything_is_written(card: Card, refuse: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if refuse == "machine":
        card.cmdline.write_text("another boot loader's")
    else:
        (card.bundle / "df").write_text("#!/bin/sh\necho\necho x 9 9 0 99% /\n")
        (card.bundle / "df").chmod(0o755)
        monkeypatch.setenv("PATH", f"{card.bundle}:/usr/bin:/bin")
    before, files = read(card.firmware), sorted(path.name for path in card.firmware.rglob("*"))
    assert list(card.install()) == []
    assert read(card.firmware) == before and sorted(path.name for path in card.firmware.rglob("*")) == files
    assert card.power_on() == OLD


@pytest.mark.parametrize("step", range(6))
def test_cut(card: Card, step: int) -> None:
    """The power goes after this step; then it is installed once more, as the lane does."""
    done = [said for _, said in zip(range(step + 1), card.install(), strict=False)]
    assert card.power_on() == (NEW if done[-1] == "primary" else OLD) and card.starts == 1
    if done[-1] != "primary":
        list(card.install())
        assert card.power_on() == NEW


def test_half_a_system_is_not_started_however_often_the_plug_is_pulled(card: Card) -> None:
    """Too soon for anybody to say that the other one is well."""
    list(card.install())
    card.power_on()
    cut = card.install("1.2.0 ccc")
    while next(cut) != "half a root file system":
        pass
    assert {booted(card.firmware) for _ in range(2 * TRIES)} == {"B"} and card.roots["A"] == ""


@pytest.mark.parametrize("how", [HANGS, CRASHES, LACKS], ids=["never starts", "crashes", "lacks a device"])
def test_unhealthy(card: Card, how: Seen) -> None:
    card.healthy[NEW] = [how]
    list(card.install())
    assert card.power_on() == OLD and card.starts == TRIES + 1 and other_of(card) == 0
    assert card.power_on() == OLD and card.starts == 1, "and it stays there"


def test_a_kernel_that_is_not_there(card: Card) -> None:
    list(card.install())
    (card.firmware / "B/vmlinuz").unlink()
    assert card.power_on() == OLD and card.starts == TRIES + 1


def test_well_at_its_second_start(card: Card) -> None:
    card.healthy[NEW] = [LACKS, WELL]
    list(card.install())
    assert card.power_on() == NEW and card.starts == 2 and other_of(card) == TRIES


def test_well_once_and_broken_later(card: Card) -> None:
    list(card.install())
    card.power_on()
    card.healthy[NEW] = [CRASHES]
    for _ in range(TRIES):
        assert card.power_on() == NEW and card.starts == 1, "out of order on the screen, and no loop"
    assert card.power_on() == OLD, "switched off and on again and again: the version before"


def test_a_card_with_one_system_never_goes_round(card: Card) -> None:
    card.healthy[OLD] = [CRASHES]
    for _ in range(2 * TRIES):
        assert card.power_on() == OLD and card.starts <= TRIES + 2


def test_fallen_back_and_updated_again(card: Card) -> None:
    card.healthy[NEW] = [CRASHES]
    list(card.install())
    card.power_on()
    list(card.install("1.1.1 ccc"))
    assert card.power_on() == "1.1.1 ccc"


@pytest.mark.parametrize("flashed", [lambda card: card.roots.update(A=OLD), lambda card: card.roots.update(B="")])
def test_no_slot_is_on_the_data_partition(card: Card, flashed: Callable[[Card], None]) -> None:
    """So a root file system that is written anew, by whomever, is the same till."""
    assert link(DATA) not in system_conf("1.0.0")
    flashed(card)
    assert card.power_on() == OLD
