"""Pi: QEMU's Raspberry Pi 4, as far as it goes: our U-Boot, its environment, the boot script, and the kernel's start.

The Pi's own firmware does not run there: QEMU does what config.txt tells it, and loads U-Boot with the device tree.
QEMU's board then lacks devices (PCI, USB, Ethernet, the display's pipeline) without which the system has no screen, and
our kernel is quiet: that it runs is seen in the processor's own registers.
"""

import re
from pathlib import Path

import card
from bench import Bench
from machine import Machine
from patience import eventually

from image.device.boot_state import NAMES, BootState, newest
from image.tools import Tools

TREE = "bcm2711-rpi-4-b.dtb"
WITHIN_S = 300
KERNEL_BEGINS = 0xFFFF_0000_0000_0000
"""The upper half of the addresses is the kernel's (Documentation/arch/arm64/memory.rst); U-Boot runs in the lower."""
SAID = ("U-Boot 20", "Kassa: slot A", "Starting kernel")


class Pi4(Machine):
    """QEMU's board of that name. `boot`: a folder with what its firmware would load from the card."""

    def __init__(self, tools: Tools, place: Path, boot: Path) -> None:
        super().__init__(tools.root, place, {})
        self._boot = boot
        self.lines = [place / "uart0.log", place / "uart1.log"]

    def _command(self, card: Path, socket: Path) -> list[object]:
        words: list[object] = ["chroot", self._tools, "qemu-system-aarch64", "-nodefaults", "-display", "none"]
        words += ["-M", "raspi4b", "-kernel", self._boot / "u-boot.bin", "-dtb", self._boot / TREE]
        words += ["-drive", f"if=sd,file={card},format=qcow2,cache=writeback"]
        words += ["-qmp", f"unix:{socket},server=on,wait=off"]
        for line in self.lines:
            words += ["-serial", f"file:{line}"]
        return words

    def said(self) -> str:
        """What came out of its serial lines."""
        return "\n".join(line.read_text(errors="replace") for line in self.lines if line.exists())

    def counter(self) -> int:
        """Where the first processor is."""
        told = self.monitor.ask("human-monitor-command", **{"command-line": "info registers"})
        found = re.search(r"PC=([0-9a-f]{16})", str(told))
        assert found is not None, told
        return int(found[1], 16)


def starts_on_a_pi(bench: Bench) -> None:
    """On QEMU's Raspberry Pi 4: U-Boot, the slot, one of its tries used up, and the kernel begins."""
    flashed = bench.new_card({})
    machine = Pi4(bench.tools, bench.place, bench.workplace.place("boot"))
    machine.start(flashed)
    try:
        for words in SAID:
            eventually(words, lambda words=words: words in machine.said(), WITHIN_S, 1)
            bench.say(f"U-Boot says: {words}")
        eventually("the kernel runs", lambda: machine.counter() >= KERNEL_BEGINS, WITHIN_S, 1)
        bench.say(f"the kernel runs, at {machine.counter():#x} ({machine.picture('pi')})")
        machine.off()
    finally:
        machine.cut()
    state = newest(card.contents(bench.tools, flashed, NAMES))[2]
    assert state == BootState(a_left=2, b_left=0), state
    bench.say(f"on the card: {state}")
