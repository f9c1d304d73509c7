"""The process from outside: how fast it starts, what it costs while nobody is there."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Event
from time import perf_counter_ns
from typing import IO

from kiosk.ui.glass import POLL_MS, RESTED_AFTER_LOOKS

_CONFIG = """
[lane]
store = "s001"
till = "k01"
needs = []
mode = "demo"
[storage]
path = "{folder}/kiosk.db"
[display]
fullscreen = false
"""


def start(folder: Path, *, headless: bool) -> tuple["subprocess.Popen[bytes]", int]:
    """A lane, and the nanoseconds until its welcome screen stood."""
    config = folder / "kiosk.toml"
    config.write_text(_CONFIG.format(folder=folder))
    command = [sys.executable, "-m", "kiosk", "run", "--config", str(config)] + ["--headless"] * headless
    started = perf_counter_ns()
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    assert process.stderr is not None
    _read_until(process.stderr, b"lane.ready")
    return process, perf_counter_ns() - started


def bare_start() -> int:
    """Nanoseconds for Python to import pygame and open a window: the floor under any start."""
    started = perf_counter_ns()
    code = "import pygame; pygame.display.init(); pygame.display.set_mode((1280, 800))"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    return perf_counter_ns() - started


def _read_until(stream: IO[bytes], word: bytes) -> None:
    for line in stream:
        if word in line:
            return
    raise AssertionError("the lane ended before its welcome screen stood")


def idle(process: "subprocess.Popen[bytes]", seconds: int) -> dict[str, int]:
    """CPU in thousandths of one core while nobody is at the lane, and resident memory in MiB."""
    Event().wait(RESTED_AFTER_LOOKS * POLL_MS / 1000 + 5)
    ticks = _ticks(process.pid)
    Event().wait(seconds)
    used = _ticks(process.pid) - ticks
    status = Path(f"/proc/{process.pid}/status").read_text()
    rss_kib = int(status.split("VmRSS:")[1].split()[0])
    return {"cpu_permille": used * 1000 // (os.sysconf("SC_CLK_TCK") * seconds), "rss_mib": rss_kib // 1024}


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def stop(process: "subprocess.Popen[bytes]") -> None:
    """An orderly end."""
    process.terminate()
    process.communicate(timeout=20)
