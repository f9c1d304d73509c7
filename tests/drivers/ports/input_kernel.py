"""An input device of the kernel, played: a pipe for its records, and as much of evdev as the ports need."""

import os
import sys
from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from drivers.input_events import InputEvent, encode


class KernelDevice:
    """One device; its kind says what it can do and answers its ioctls. Stands in for evdev.InputDevice."""

    def __init__(self, name: str, can: dict[int, list[int]], path: str = "/dev/input/event5") -> None:
        self.name, self.can, self.path = name, can, path
        self.trouble = 0
        """The errno that its ioctls, and whoever grabs it, run into."""
        self.ends = os.pipe2(os.O_NONBLOCK)
        self.is_open = True

    def capabilities(self, absinfo: bool = True) -> dict[int, list[int]]:
        return self.can

    def fileno(self) -> int:
        return self.ends[0]

    def grab(self) -> None:
        self._answers()

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            for end in self.ends:
                os.close(end)

    def says(self, *events: InputEvent) -> None:
        os.write(self.ends[1], b"".join(map(encode, events)))

    def _answers(self) -> None:
        if self.trouble:
            raise OSError(self.trouble, os.strerror(self.trouble))

    def _asked(self, fd: int, request: int, buffer: bytearray) -> int:
        """The number of an ioctl of linux/input.h that reads: _IOC(_IOC_READ, 'E', number, size)."""
        self._answers()
        assert (fd, request >> 30, request >> 8 & 0xFF) == (self.ends[0], 2, ord("E"))
        assert request >> 16 & 0x3FFF == len(buffer)
        return request & 0xFF


def show(monkeypatch: pytest.MonkeyPatch, devices: Mapping[str, KernelDevice]) -> None:
    """From now on these are the machine's input devices, by their paths."""
    module = SimpleNamespace(list_devices=lambda: [*devices], InputDevice=devices.get)
    monkeypatch.setitem(sys.modules, "evdev", module)
