"""Report port: a HID device's reports (/dev/hidraw*) as a line, each in an envelope; its descriptor comes first.

The kernel hands over one report a read and takes one a write (Documentation/hid/hidraw.rst), where the end of a read
is the end of the report. A line has no such ends, so every report goes with its length: two bytes, the low one first,
and a letter, `D` for the report descriptor that says what the reports mean, or `R` for a report. A simulated device
says the same over any other port.
"""

import fcntl
import os
from collections.abc import Callable

from drivers.ports.descriptor import read_some
from drivers.ports.input_port import why_not
from drivers.ports.port import PortLost

DESCRIPTOR, REPORT = b"D", b"R"
HEAD = 3
"""Bytes of an envelope before what is in it."""
LONGEST = 16_384
"""Bytes in an envelope: a report is never longer (HID_MAX_BUFFER_SIZE)."""

_GET_SIZE, _GET_DESCRIPTOR = 0x80044801, 0x90044802
"""HIDIOCGRDESCSIZE is _IOR('H', 1, int), HIDIOCGRDESC _IOR('H', 2, struct hidraw_report_descriptor), which is a size
and 4,096 bytes (linux/hidraw.h)."""
_DESCRIPTOR_LONGEST = 4_096


def enveloped(kind: bytes, inside: bytes) -> bytes:
    """Something of a device's, as the line has it."""
    return len(inside).to_bytes(2, "little") + kind + inside


class ReportPort:
    """One open device. Takes the file descriptor over."""

    def __init__(self, fd: int, name: str, descriptor: bytes) -> None:
        self._fd: int | None = fd
        self._name = name
        self._first = enveloped(DESCRIPTOR, descriptor)

    def fileno(self) -> int | None:
        """As Port."""
        return self._fd

    @property
    def ready(self) -> bool:
        """As Port."""
        return self._fd is not None

    def read(self) -> bytes:
        """As Port: the descriptor, then a report at a time."""
        assert self._fd is not None, "read from a closed port"
        first, self._first = self._first, b""
        if first:
            return first
        try:
            report = read_some(self._fd)
        except OSError as trouble:
            raise PortLost(why_not(self._name, trouble)) from trouble
        if report == b"":
            raise PortLost(f"{self._name} was unplugged")
        return enveloped(REPORT, report[:LONGEST]) if report else b""

    def write(self, data: bytes) -> int:
        """As Port: the first report of those, if there is room for it."""
        assert self._fd is not None, "written to a closed port"
        if len(data) < HEAD:
            return 0
        ends = HEAD + int.from_bytes(data[:2], "little")
        try:
            os.write(self._fd, data[HEAD:ends])
        except BlockingIOError:
            return 0
        except OSError as trouble:
            raise PortLost(why_not(self._name, trouble)) from trouble
        return ends

    def close(self) -> None:
        """As Port."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def open_reports(path: str) -> Callable[[], ReportPort]:
    """How to open the device of this path; /dev/kiosk/... stays the same over restarts."""
    return lambda: _open(path)


def _open(path: str) -> ReportPort:
    try:
        fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as trouble:
        raise PortLost(why_not(path, trouble)) from trouble
    try:
        size = int.from_bytes(fcntl.ioctl(fd, _GET_SIZE, bytes(4)), "little")
        wanted = size.to_bytes(4, "little") + bytes(_DESCRIPTOR_LONGEST)
        descriptor = fcntl.ioctl(fd, _GET_DESCRIPTOR, wanted)[4 : 4 + size]
    except OSError as trouble:
        os.close(fd)
        raise PortLost(f"{path} is no HID device: {(trouble.strerror or str(trouble)).lower()}") from trouble
    return ReportPort(fd, path, descriptor)
