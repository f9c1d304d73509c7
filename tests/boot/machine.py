"""Machine: QEMU's arm64 board with U-Boot, the card, a screen, a glass to touch, a keyboard, and USB serial lines.

All of it is emulated in software; nothing of this machine is needed but the programs of the image's own tools. The card
is a layer over the file that was flashed: a copy costs nothing, and what the guest has not flushed is lost when QEMU is
killed, as a card's own cache is (the layer's tables are written back only at a flush).
"""

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from patience import pause
from qmp import Monitor

WIDTH, HEIGHT = 1_280, 800
GLASS = 0x7FFF
"""QEMU's own units across and down."""
MEMORY_MB = 1_024
"""A Pi 3 has so much."""
TYPED_AT_ONCE = 5
"""Keys: QEMU's keyboard keeps 16 events (hw/input/hid.c, QUEUE_LENGTH), two a key."""
TYPED_EVERY_S = 0.4
FINGER_S = 0.3
START_WITHIN_S = 60


class Machine:
    """One machine. `place`: its sockets, console and pictures, where the tools can see it: below the work folder."""

    def __init__(self, tools: Path, place: Path, wires: Mapping[str, int]) -> None:
        """`tools`: the root file system with QEMU; `wires`: what is at a serial line's end, port on loopback."""
        self._tools, self.place, self._wires = tools, place, wires
        self._process: subprocess.Popen[bytes] | None = None
        self._monitor: Monitor | None = None
        self.begun_s = 0.0

    @property
    def console(self) -> Path:
        """What its serial console said since the last start."""
        return self.place / "console.log"

    def start(self, card: Path) -> None:
        """Switch it on."""
        assert self._process is None, "it runs"
        socket = self.place / "monitor.socket"
        socket.unlink(missing_ok=True)
        words = [str(word) for word in self._command(card, socket)]
        with (self.place / "qemu.log").open("ab") as log:
            self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.begun_s = time.monotonic()
        while True:
            try:
                self._monitor = Monitor(socket)
                return
            except OSError:
                assert self._process.poll() is None, f"QEMU did not start; see {self.place}/qemu.log"
                assert time.monotonic() < self.begun_s + START_WITHIN_S, "QEMU does not answer"
                pause(0.2)

    def _command(self, card: Path, socket: Path) -> list[object]:
        firmware = "/usr/lib/u-boot/qemu_arm64/u-boot.bin"
        words: list[object] = ["chroot", self._tools, "qemu-system-aarch64", "-nodefaults", "-display", "none"]
        words += ["-M", "virt,gic-version=3", "-cpu", "cortex-a72", "-smp", min(2, os.cpu_count() or 1)]
        words += ["-m", MEMORY_MB, "-accel", "tcg,thread=multi", "-bios", firmware]
        words += ["-drive", f"if=none,id=card,file={card},format=qcow2,cache=writeback"]
        words += ["-device", "virtio-blk-pci,drive=card", "-device", f"virtio-gpu-pci,xres={WIDTH},yres={HEIGHT}"]
        words += ["-device", "virtio-multitouch-pci", "-device", "qemu-xhci", "-device", "usb-kbd"]
        words += ["-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,romfile="]
        words += ["-serial", f"file:{self.console}", "-qmp", f"unix:{socket},server=on,wait=off"]
        for name, port in self._wires.items():
            words += ["-chardev", f"socket,id={name},host=127.0.0.1,port={port},server=off,reconnect-ms=500"]
            words += ["-device", f"usb-serial,chardev={name},always-plugged=on,serial={name}"]
        return words

    @property
    def monitor(self) -> Monitor:
        """Its monitor, while it runs."""
        assert self._monitor is not None, "it does not run"
        return self._monitor

    def picture(self, name: str) -> Path:
        """What is on its screen now, as a PNG of this name."""
        path = self.place / f"{name}.png"
        self.monitor.ask("screendump", filename=str(path), format="png")
        return path

    def type(self, text: str) -> None:
        """Letters and digits on its keyboard, then Enter: what a scanner does that pretends to be one."""
        keys = [*text.lower(), "ret"]
        for begin in range(0, len(keys), TYPED_AT_ONCE):
            events = []
            for key in keys[begin : begin + TYPED_AT_ONCE]:
                for down in (True, False):
                    pressed = {"down": down, "key": {"type": "qcode", "data": key}}
                    events.append({"type": "key", "data": pressed})
            self.monitor.ask("input-send-event", events=events)
            pause(TYPED_EVERY_S)

    def touch(self, x: int, y: int) -> None:
        """One finger on the glass, and off again. In pixels."""
        at = {"x": x * GLASS // WIDTH, "y": y * GLASS // HEIGHT}
        lies = [{"type": "data", "slot": 0, "tracking-id": 1, "axis": axis, "value": at[axis]} for axis in at]
        self._finger([{"type": "begin", "slot": 0, "tracking-id": 1, "axis": "x", "value": at["x"]}, *lies], down=True)
        pause(FINGER_S)
        self._finger([{"type": "end", "slot": 0, "tracking-id": -1, "axis": "x", "value": 0}], down=False)

    def _finger(self, moves: list[dict[str, object]], *, down: bool) -> None:
        events: list[dict[str, object]] = [{"type": "mtt", "data": move} for move in moves]
        events.insert(1, {"type": "btn", "data": {"button": "touch", "down": down}})
        self.monitor.ask("input-send-event", events=events)

    def plug(self, name: str, image: Path) -> None:
        """Put a USB stick in."""
        node = {"driver": "raw", "node-name": name, "file": {"driver": "file", "filename": str(image)}}
        self.monitor.ask("blockdev-add", **node)
        self.monitor.ask("device_add", driver="usb-storage", drive=name, id=name, removable=True)

    def unplug(self, name: str) -> None:
        """Pull it out."""
        self.monitor.ask("device_del", id=name)

    def ended(self) -> bool:
        """Whether the guest has switched itself off."""
        return self._process is None or self._process.poll() is not None

    def off(self) -> None:
        """Switch it off as it is; what it has written is on its card."""
        assert self._process is not None, "it does not run"
        self.monitor.ask("quit")
        self._process.wait()

    def cut(self) -> None:
        """Pull its plug, in the middle of whatever it does."""
        if self._monitor is not None:
            self._monitor.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._monitor = self._process = None
