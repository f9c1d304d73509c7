"""Input port: an input device of the kernel (/dev/input/event*) as a line that can only be read.

evdev opens the device; the bytes are the kernel's own records (`drivers/input_events.py`). evdev is an extra, since it
needs a compiler or a distribution's package. A grab is exclusive: what a keyboard scanner types reaches nobody else,
neither a console nor a window. A jack is not grabbed: the sound server may listen to it too.

The records tell only what changes. Of a device whose state matters, a `ToldPort`, the state is asked when it is opened
and after SYN_DROPPED, when the kernel's buffer ran over: then what still waits is thrown away and the state put into
the stream as records behind a SYN_DROPPED, as libevdev does (its page "SYN_DROPPED handling"). So whoever reads the
bytes needs to know nothing of it.

A device is named by its path (/dev/input/by-id/... stays the same over restarts; `*` in it is a pattern) or by a
pattern for its name ("Honeywell*", `?` and `*` as in a shell, upper and lower case alike), looked for anew each time
the line is opened. Scanners often show several devices under one name; the one that has letters, digits and Enter is
meant.
"""

import errno
import fcntl
import fnmatch
from collections.abc import Callable
from typing import Any, Protocol

from drivers.device import DeviceError
from drivers.input_events import DROPPED, EV_SYN, RECORD, SYN_DROPPED
from drivers.ports.descriptor import read_some
from drivers.ports.open import open_port
from drivers.ports.path import found_path
from drivers.ports.port import Port, PortLost

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


class InputPort:
    """One device. Takes it over, and closes it if it cannot be grabbed."""

    def __init__(self, device: InputDevice, *, grab: bool = True) -> None:
        """Raises PortLost if it cannot be grabbed."""
        self._device: InputDevice | None = device
        self.name = device.name
        try:
            if grab:
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
            raise PortLost(why_not(self.name, trouble)) from trouble
        if data == b"":
            raise PortLost(f"{self.name} was unplugged")
        return data or b""

    def write(self, data: bytes) -> int:
        """An input device takes no bytes."""
        assert not data, "an input device takes no bytes"
        return 0

    def close(self) -> None:
        """As Port."""
        if self._device is not None:
            self._device.close()
            self._device = None

    def ask(self, number: int, buffer: bytearray) -> None:
        """An ioctl of linux/input.h that reads: _IOC(_IOC_READ, 'E', number, size). Raises PortLost."""
        assert self._device is not None, "asked a closed port"
        try:
            fcntl.ioctl(self._fd, 2 << 30 | len(buffer) << 16 | ord("E") << 8 | number, buffer)
        except OSError as trouble:
            raise PortLost(why_not(self.name, trouble)) from trouble


class ToldPort(InputPort):
    """A device that is asked how it is wherever its records do not tell."""

    _told = b""

    def state(self) -> bytes:
        """The records that say how it is, an end for what was cut before them. Raises PortLost."""
        raise NotImplementedError

    def tell(self) -> None:
        """Ask now, as the device is opened. Raises PortLost, the device let go, if it does not answer."""
        try:
            self._told = DROPPED + self.state()
        except PortLost:
            self.close()
            raise

    def read(self) -> bytes:
        """As Port; whole records, and the state wherever it is not known from them."""
        told, self._told = self._told, b""
        if told:
            return told
        data = super().read()
        dropped = _first_dropped(data)
        if dropped is None:
            return data
        while super().read():  # all of it is older than what the device is asked now
            pass
        return data[:dropped] + DROPPED + self.state()


def _first_dropped(data: bytes) -> int | None:
    """Where the first SYN_DROPPED begins."""
    for place, (_, _, type_, code, _) in enumerate(RECORD.iter_unpack(data)):
        if type_ == EV_SYN and code == SYN_DROPPED:
            return place * RECORD.size
    return None


def open_line(wanted: str, open_here: Callable[[str], Callable[[], Port]]) -> Callable[[], Port]:
    """How to open what `port` names: a device of this machine, or `socket://` where another machine reads it.

    Raises DeviceError for an address that cannot be meant, or if evdev is not installed.
    """
    return open_port(wanted) if is_elsewhere(wanted) else open_here(wanted)


def is_elsewhere(wanted: str) -> bool:
    """Whether another machine reads the records."""
    return wanted.startswith("socket://")


def open_input(wanted: str) -> Callable[[], InputPort]:
    """How to open the keyboard of this path or name. Raises DeviceError if evdev is not installed."""
    evdev = load_evdev()
    return lambda: InputPort(find(wanted, evdev, _types, f"no keyboard is named {wanted!r}: is the scanner plugged in"))


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
        return _open(found_path(wanted), evdev)
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
