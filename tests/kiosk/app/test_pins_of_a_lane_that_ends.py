"""A lane whose process ends in the middle of a push: what its pins are left at, and what the next start does first."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

COIL, RED, AMBER, GREEN = 23, 17, 27, 22
PINS = (COIL, RED, AMBER, GREEN)
CONFIG = """
[lane]
store = "s001"
till = "k01"
[storage]
path = "{folder}/journal.db"
[devices.cash_drawer]
driver = "gpio"
chip = "/dev/gpiochip0"
pin = 23
[devices.lights]
driver = "gpio"
chip = "/dev/gpiochip0"
red = 17
amber = 27
green = 22
"""
DEADLINE_S = 60


class Lane:
    """A running one, and what its pins have done so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.heard: list[str] = []

    def until(self, line: str) -> None:
        """Read on to this line. Fails if the process ends before."""
        assert self.process.stdout is not None
        for said in self.process.stdout:
            self.heard.append(said.strip())
            if said.strip() == line:
                return
        raise AssertionError(f"it ended without {line}: {self.heard}")

    def push(self) -> None:
        """Once its lamp is lit (red: it has nothing to sell with) the coil gets current, which no pulse ends here."""
        self.until(f"{RED} high")
        assert self.process.stdin is not None
        self.process.stdin.write("push\n")
        self.process.stdin.flush()
        self.until(f"{COIL} high")

    def end(self, number: signal.Signals) -> int:
        """This signal, and all that it says after it; the exit code."""
        self.process.send_signal(number)
        assert self.process.stdout is not None
        self.heard += [said.strip() for said in self.process.stdout]
        return self.process.wait(DEADLINE_S)

    def levels(self, pin: int) -> list[str]:
        """All that this pin did."""
        return [said.split()[1] for said in self.heard if said.split()[0] == str(pin)]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(CONFIG.format(folder=tmp_path))
    return path


@contextmanager
def started(config: Path) -> Iterator[Lane]:
    command = [sys.executable, str(Path(__file__).parent / "lane_on_pins.py"), str(config)]
    root = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}  # it plays pins out of tests/
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=root) as process:
        try:
            yield Lane(process)
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_takes_the_current_off_before_it_ends(config: Path, number: signal.Signals) -> None:
    with started(config) as lane:
        lane.push()
        assert lane.end(number) == 0
    for pin in PINS:
        assert lane.levels(pin)[-2:] == ["low", "released"], f"pin {pin}: {lane.levels(pin)}"


def test_killed_it_leaves_them_to_the_kernel_and_the_next_start_takes_the_current_off_first(config: Path) -> None:
    with started(config) as lane:
        lane.push()
        assert lane.end(signal.SIGKILL) == -signal.SIGKILL
    assert (lane.levels(COIL)[-1], lane.levels(RED)[-1]) == ("high", "high"), "a process that is killed writes no more"
    with started(config) as again:
        again.until(f"{RED} high")
        assert [again.levels(pin)[0] for pin in PINS] == ["low"] * len(PINS)
        assert again.end(signal.SIGTERM) == 0
    assert "high" not in again.levels(COIL)
    assert again.levels(COIL)[-2:] == ["low", "released"]
