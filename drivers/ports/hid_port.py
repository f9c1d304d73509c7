"""HID port: an input device of the kernel (/dev/input/event*), grabbed, as a line that can only be read.

The grab is exclusive: what a keyboard scanner types reaches nobody else, neither a console nor a window. evdev opens
and grabs the device; the bytes are the kernel's own records (`drivers/scanner/input_events.py`). evdev is an extra,
since it needs a compiler or a distribution's package.

A device is named by its path (/dev/input/by-id/... stays the same over restarts) or by a pattern for its name
("Honeywell*", `?` and `*` as in a shell, upper and lower case alike). Scanners often show several devices under one
name; the one that has letters, digits and Enter is meant.
"""

import errno
import fnmatch
from collections.abc import Callable
from typing import Any, Protocol

from drivers.device import DeviceError
from drivers.ports.descriptor import read_some
from drivers.ports.port import PortLost

_EV_KEY = 1
_NEEDED_KEYS = {2, 11, 28, 30}
"""1, 0, Enter, A."""


class InputDevice(Protocol):
    """What is needed of evdev.InputDevice."""

    name: str

    def fileno(self) -> int:
        """Of the device's file, which does not block."""

    def grab(self) -> None:
        """Raises OSError (EBUSY) if somebody else has it."""

    def close(self) -> None:
        """Let go, the grab included."""


class HidPort:
    """One grabbed device. Takes it over, and closes it if it cannot be grabbed."""

    def __init__(self, device: InputDevice) -> None:
        """Raises PortLost if it cannot be grabbed."""
        self._device: InputDevice | None = device
        try:
            device.grab()
        except OSError as trouble:
            device.close()
            raise PortLost(why_not(device.name, trouble)) from trouble
        self._fd = device.fileno()

    def fileno(self) -> int | None:
        """As Port."""
        return self._fd if self._device is not None else None

    @property
    def ready(self) -> bool:
        """As Port."""
        return self._device is not None

    def read(self) -> bytes:
        """As Port; whole records."""
        assert self._device is not None, "read from a closed port"
        try:
            data = read_some(self._fd)
        except OSError as trouble:
            raise PortLost(why_not(self._device.name, trouble)) from trouble
        if data == b"":
            raise PortLost(f"{self._device.name} was unplugged")
        return data or b""

    def write(self, data: bytes) -> int:
        """A keyboard takes no bytes."""
        assert not data, "an input device takes no bytes"
        return 0

    def close(self) -> None:
        """As Port."""
        if self._device is not None:
            self._device.close()
            self._device = None


def open_input(wanted: str) -> Callable[[], HidPort]:
    """How to open the device of this path or name. Raises DeviceError if evdev is not installed."""
    evdev = load_evdev()
    return lambda: HidPort(find(wanted, evdev, _types, f"no keyboard is named {wanted!r}: is the scanner plugged in"))


def load_evdev() -> Any:
    """The module evdev. Raises DeviceError, saying what to install."""
    try:
        import evdev
    except ImportError as missing:
        raise DeviceError(
            "the driver 'evdev' needs the Python package evdev: "
            "install Debian's python3-evdev, or `pip install 'kassa[device]'` with a C compiler"
        ) from missing
    return evdev


def find(wanted: str, evdev: Any, suits: Callable[[Any], bool], away: str) -> Any:
    """The device of this path, or the first of this name that `suits`, open. Raises PortLost with `away` if none is."""
    if wanted.startswith("/"):
        return _open(wanted, evdev)
    for path in sorted(evdev.list_devices()):
        try:
            device = _open(path, evdev)
        except PortLost:  # gone again since it was listed, or not ours to open: another one may be meant
            continue
        if fnmatch.fnmatch(device.name.lower(), wanted.lower()) and suits(device):
            return device
        device.close()
    raise PortLost(f"{away}, and this user in the group input?")


def _types(device: Any) -> bool:
    return set(device.capabilities().get(_EV_KEY, ())) >= _NEEDED_KEYS


def _open(path: str, evdev: Any) -> Any:
    try:
        return evdev.InputDevice(path)
    except OSError as trouble:
        raise PortLost(why_not(path, trouble)) from trouble


def why_not(name: str, trouble: OSError) -> str:
    """What this trouble with an input device means, and what to do."""
    match trouble.errno:
        case errno.ENOENT:
            return f"{name} is not there: is the device plugged in?"
        case errno.ENODEV:
            return f"{name} was unplugged"
        case errno.EBUSY:
            return f"{name} is grabbed by another program"
        case errno.EACCES:
            return f"{name} may not be opened: add this user to the group input"
    return f"{name}: {(trouble.strerror or str(trouble)).lower()}"
