"""Plugs: devices that QEMU itself puts on the guest's USB bus and takes off, told by its monitor (QMP).

The monitor is a port of this very guest (`machine.py`), so a test pulls its own plugs.
"""

import json
from pathlib import Path
from typing import Any


class Plugs:
    """QEMU's monitor."""

    def __init__(self, path: str = "/dev/virtio-ports/hands") -> None:
        self._file = Path(path).open("r+b", buffering=0)  # noqa: SIM115
        self._rest = b""
        self._there: set[str] = set()
        if "QMP" in self._answer():
            self._ask("qmp_capabilities")

    def plug(self, kind: str, name: str, **settings: object) -> None:
        """Put a device of this kind (QEMU's) on the bus."""
        self._ask("device_add", driver=kind, id=name, bus="usb.0", **settings)
        self._there.add(name)

    def unplug(self, name: str) -> None:
        """Take it off; returns when it is."""
        self._there.discard(name)
        self._ask("device_del", id=name)
        while self._answer().get("data", {}).get("device") != name:
            continue

    def press(self, key: str, down: bool) -> None:
        """A key of the keyboard that was plugged in last, by QEMU's name for it."""
        what = {"down": down, "key": {"type": "qcode", "data": key}}
        self._ask("input-send-event", events=[{"type": "key", "data": what}])

    def close(self) -> None:
        """All plugs are pulled."""
        for name in tuple(self._there):
            self.unplug(name)
        self._file.close()

    def _ask(self, execute: str, **arguments: object) -> None:
        self._file.write(json.dumps({"execute": execute, "arguments": arguments}).encode() + b"\n")
        while "return" not in (answer := self._answer()):
            assert "error" not in answer, f"QEMU refuses {execute}: {answer['error']['desc']}"

    def _answer(self) -> dict[str, Any]:
        while b"\n" not in self._rest:
            self._rest += self._file.read(4_096)
        line, self._rest = self._rest.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer
