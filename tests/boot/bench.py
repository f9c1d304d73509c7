"""Bench: a machine, its card and its shop for one step, and what the machine tells of itself.

The guest is told three things that no real till is, on its kernel's command line: systemd is patient (an emulated start
takes minutes), its log goes to the serial console, and a unit says there how long the start took. Units come as
credentials (systemd.system-credentials(7): systemd.extra-unit.*, systemd.unit-dropin.*).
"""

import base64
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import card
from machine import Machine
from patience import eventually
from seeing import Eyes
from shop import Shop

from image.tools import Tools
from image.workplace import Workplace

START_WITHIN_S = 900
PATIENT = "[Service]\nTimeoutStartSec=900\nWatchdogSec=300\n"
TELLS = """[Unit]
After={after}
Wants={after}
[Service]
Type=exec
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyAMA0
ExecStart=/bin/sh -c 'while [ "$(systemctl is-system-running)" = starting ]; do sleep 1; done; \
( echo; echo TELLS-BEGIN; systemctl show -P ActiveEnterTimestampMonotonic {after}; systemd-analyze time; \
systemd-analyze critical-chain {after}; cat /proc/meminfo; grep RssAnon: /proc/*/status|sort -nk2|tail -9; \
systemctl --failed --no-legend; echo TELLS-END ) 2>&1 | cat'
"""
ARGUMENTS = "systemd.wants=tells.service systemd.journald.forward_to_console=1 systemd.default_device_timeout_sec=900"
LONGEST = 1_700
"""Bytes of arguments: the kernel takes 2,048 with the image's own (arch/arm64/include/uapi/asm/setup.h)."""


class Start(NamedTuple):
    """What a start took: seconds from the kernel's first moment, and megabytes of memory in use afterwards."""

    reached_s: float
    used_mb: int


def told(text: str) -> Start:
    """What the telling unit's words mean, whatever the log says in between: the microseconds are alone on a line."""
    total, available = (int(re.findall(rf"{name}: +(\d+) kB", text)[0]) for name in ("MemTotal", "MemAvailable"))
    return Start(int(re.findall(r"^\d+$", text, re.MULTILINE)[0]) / 1e6, (total - available) * 1_024 // 1_000_000)


class Bench:
    """Everything of one step. `start`: how long it took, once `times` has been asked."""

    def __init__(self, workplace: Workplace, tools: Tools, image: Path, name: str, say: Callable[[str], None]) -> None:
        self.workplace, self.tools, self.say = workplace, tools, say
        self.place = workplace.fresh("boot-test", name)
        self.shop = Shop(self.place / "shop")
        self.machine = Machine(tools.root, self.place, self.shop.wires)
        self.eyes = Eyes(self.machine, say)
        self._image = image
        self._boots = 0
        self.start: Start | None = None

    def new_card(
        self,
        files: Mapping[str, str | bytes],
        arguments: str = "",
        waits_for: str = "kiosk.service",
        *,
        fill: bool = False,
    ) -> Path:
        """A card that was just flashed, with these files on its first partition. `waits_for`: what `times` is about;
        `fill`: that partition has no room left."""
        image = card.copy(self._image, self.place / "card.img")
        card.put(self.tools, image, {**files, "test.env": f"more_args={_arguments(waits_for)} {arguments}\n"})
        if fill:
            card.fill(self.tools, image)
        return card.flash(self.tools, image, self.place / "card.qcow2")

    def boot(self, flashed: Path) -> None:
        """Switch the machine on."""
        self._boots += 1
        self.machine.start(flashed)

    def console(self) -> str:
        """What the machine's serial console has said."""
        return self.machine.console.read_text(errors="replace") if self.machine.console.exists() else ""

    def times(self) -> str:
        """What the machine tells of its start."""
        end = "TELLS-END"
        eventually("the machine tells of its start", lambda: end in self.console(), START_WITHIN_S)
        text = re.split("TELLS-BEGIN|TELLS-END", self.console())[1].replace("\r", "").strip()
        self.start = told(text)
        return f"{text}\n{self.start.reached_s:.1f} s after the kernel's start; {self.start.used_mb} MB in use"

    def cut(self) -> None:
        """Pull the machine's plug; its console so far is kept."""
        self.machine.cut()
        if self.machine.console.exists():
            shutil.copyfile(self.machine.console, self.place / f"console-{self._boots}.log")

    def close(self) -> None:
        """Everything off."""
        self.cut()
        self.shop.close()


def _arguments(waits_for: str) -> str:
    units = {
        "systemd.unit-dropin.kiosk.service": PATIENT,
        "systemd.extra-unit.tells.service": TELLS.format(after=waits_for),
    }
    told = [f"systemd.set_credential_binary={name}:{_base64(text)}" for name, text in units.items()]
    arguments = " ".join((ARGUMENTS, *told))
    assert len(arguments) < LONGEST, len(arguments)
    return arguments


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
