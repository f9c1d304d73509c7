"""Hidraw port: a HID device as the kernel shows it raw (/dev/hidraw*), report by report.

The device is asked for its report descriptor when it is opened (HIDIOCGRDESC, linux/hidraw.h) and must suit whoever
opens it. One read gives one report, always as long as its descriptor says, so that the bytes can be cut into reports
again: what is longer is cut off, what is shorter is filled up with zeros where whoever opens it wants that, and passed
over otherwise, for a figure of which half came is no figure. One write must be one report, behind a 0 where reports
have no ids.

A device is named by its path (a pattern, if there is a `*` in it) or by a pattern for its name ("Honeywell*", as in a
shell, upper and lower case alike), looked for anew each time the line is opened. Of several that have the name the
first that suits is meant: a scanner often has another interface for its maker's own program.
"""

import errno
import fcntl
import fnmatch
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from drivers.ports.descriptor import read_some
from drivers.ports.path import found_path
from drivers.ports.port import PortLost
from drivers.report_descriptor import DESCRIPTOR_LONGEST, Reports, read_descriptor

DEVICES = "/dev"
_NAME_LONGEST = 256
_DESCRIPTOR = struct.Struct(f"@I{DESCRIPTOR_LONGEST}s")
"""struct hidraw_report_descriptor."""

T = TypeVar("T")


class HidrawPort:
    """One device."""

    def __init__(self, path: str, *, fills: bool = False) -> None:
        """`fills`: short reports are filled up. Raises PortLost if it cannot be opened or does not answer."""
        self._fills = fills
        try:
            self._fd: int | None = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as trouble:
            raise PortLost(_why_not(path, trouble)) from trouble
        self.name = path
        try:
            self.name = _text(self._ask(0x04, bytearray(_NAME_LONGEST))) or path
            self.reports = self._described()
        except PortLost:
            self.close()
            raise

    def fileno(self) -> int | None:
        """As Port."""
        return self._fd

    @property
    def ready(self) -> bool:
        """As Port."""
        return self._fd is not None

    def read(self) -> bytes:
        """As Port; one whole report."""
        assert self._fd is not None, "read from a closed port"
        try:
            data = read_some(self._fd)
        except OSError as trouble:
            raise PortLost(_why_not(self.name, trouble)) from trouble
        if data == b"":
            raise PortLost(f"{self.name} was unplugged")
        return self._whole(data) if data else b""

    def write(self, data: bytes) -> int:
        """As Port; the first report in `data`, which holds whole ones."""
        assert self._fd is not None, "written to a closed port"
        if not data:
            return 0
        length = self.reports.lengths.get(("output", data[0] if self.reports.numbered else 0), len(data))
        report = data[:length]
        try:
            os.write(self._fd, report if self.reports.numbered else b"\0" + report)
        except BlockingIOError:
            return 0
        except OSError as trouble:
            raise PortLost(_why_not(self.name, trouble)) from trouble
        return len(report)

    def close(self) -> None:
        """As Port."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _whole(self, report: bytes) -> bytes:
        length = self.reports.lengths.get(("input", report[0] if self.reports.numbered else 0), 0)
        if len(report) < length and not self._fills:
            return b""
        return report[:length].ljust(length, b"\0")

    def _described(self) -> Reports:
        size = struct.unpack("@i", self._ask(0x01, bytearray(4)))[0]
        asked = bytearray(_DESCRIPTOR.pack(min(max(size, 0), DESCRIPTOR_LONGEST), b""))
        told, descriptor = _DESCRIPTOR.unpack(self._ask(0x02, asked))
        try:
            return read_descriptor(descriptor[: min(told, DESCRIPTOR_LONGEST)])
        except ValueError as broken:
            raise PortLost(f"{self.name} describes its reports wrongly: {broken}") from broken

    def _ask(self, number: int, buffer: bytearray) -> bytes:
        """An ioctl of linux/hidraw.h that reads: _IOC(_IOC_READ, 'H', number, size)."""
        assert self._fd is not None, "asked a closed port"
        try:
            fcntl.ioctl(self._fd, 2 << 30 | len(buffer) << 16 | ord("H") << 8 | number, buffer)
        except OSError as trouble:
            raise PortLost(_why_not(self.name, trouble)) from trouble
        return bytes(buffer)


def open_hidraw(
    wanted: str, suits: Callable[[Reports], T], *, fills: bool = False
) -> Callable[[], tuple[HidrawPort, T]]:
    """How to open the device of this path or name; `suits` makes of its reports what is needed, or raises ValueError.

    The opening raises PortLost if there is none that suits. `fills`: its short reports are filled up.
    """
    if wanted.startswith("/"):
        return lambda: _opened(found_path(wanted), suits, fills)
    return lambda: _found(wanted, suits, fills)


def _found(wanted: str, suits: Callable[[Reports], T], fills: bool) -> tuple[HidrawPort, T]:
    why = f"no HID device is named {wanted!r}: is it plugged in, and may this user open /dev/hidraw*?"
    for path in sorted(Path(DEVICES).glob("hidraw*")):
        try:
            port, needed = _opened(str(path), suits, fills, wanted)
        except PortLost as lost:  # gone again, not ours to open, or another interface: another one may be meant
            why = str(lost) if isinstance(lost, _Unsuited) else why
            continue
        return port, needed
    raise PortLost(why)


class _Unsuited(PortLost):
    """It has the name and not the reports."""


def _opened(path: str, suits: Callable[[Reports], T], fills: bool, named: str = "*") -> tuple[HidrawPort, T]:
    port = HidrawPort(path, fills=fills)
    if not fnmatch.fnmatch(port.name.lower(), named.lower()):
        port.close()
        raise PortLost(f"{port.name} is another device")
    try:
        return port, suits(port.reports)
    except ValueError as unsuited:
        port.close()
        raise _Unsuited(f"{port.name}: {unsuited}") from unsuited


def _text(name: bytes) -> str:
    return name.partition(b"\0")[0].decode(errors="replace").strip()


def _why_not(name: str, trouble: OSError) -> str:
    match trouble.errno:
        case errno.ENOENT:
            return f"{name} is not there: is the device plugged in?"
        case errno.ENODEV | errno.EIO:
            return f"{name} was unplugged"
        case errno.EACCES:
            return f"{name} may not be opened: let this user's group read and write it (udev, SUBSYSTEM hidraw)"
    return f"{name}: {(trouble.strerror or str(trouble)).lower()}"
