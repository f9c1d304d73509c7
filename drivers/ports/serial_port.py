"""Serial port: a UART, a USB adapter or a CDC-ACM device, through pyserial for the line settings.

pyserial opens and configures the line; the bytes go straight through its file descriptor, because its own `write`
turns in circles when the kernel's buffer is full and nothing may wait. The line is set to VMIN 1, so that "nothing
yet" (EAGAIN) can be told from "gone" (end of file or EIO): with pyserial's VMIN 0 both read as no bytes.
The port is opened for one process only.
"""

import errno
import termios
import threading
from typing import Any, Literal

import msgspec
import serial

from drivers.ports.descriptor import read_some, write_some
from drivers.ports.port import PortLost

_CONTROL_CHARACTERS = 6


class SerialSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How bits go over the line. Also the keys of the query in `/dev/ttyUSB0?baud=19200&parity=E`."""

    baud: int = 9600
    bytesize: Literal[5, 6, 7, 8] = 8
    parity: Literal["N", "E", "O", "M", "S"] = "N"
    stopbits: Literal[1, 2] = 1
    xonxoff: bool = False
    rtscts: bool = False


def pyserial_words(settings: SerialSettings) -> dict[str, Any]:
    """The settings as pyserial's keyword arguments."""
    words: dict[str, Any] = msgspec.structs.asdict(settings)
    words["baudrate"] = words.pop("baud")
    return words


class SerialPort:
    """A serial line. Raises PortLost if it cannot be opened."""

    def __init__(self, path: str, settings: SerialSettings) -> None:
        self._path = path
        try:
            self._serial: serial.Serial | None = serial.Serial(
                path, timeout=0, write_timeout=0, exclusive=True, **pyserial_words(settings)
            )
            self._fd: int = self._serial.fileno()
            _wait_for_one_byte(self._fd)
        except (OSError, ValueError, termios.error) as trouble:
            raise PortLost(_why_not(path, trouble)) from trouble

    def fileno(self) -> int | None:
        """As Port."""
        return self._fd if self._serial is not None else None

    @property
    def ready(self) -> bool:
        """As Port."""
        return self._serial is not None

    def read(self) -> bytes:
        """As Port."""
        assert self._serial is not None, "read from a closed port"
        try:
            data = read_some(self._fd)
        except OSError as trouble:
            raise PortLost(f"{self._path} was unplugged") from trouble
        if data == b"":
            raise PortLost(f"{self._path} was unplugged")
        return data or b""

    def write(self, data: bytes) -> int:
        """As Port."""
        assert self._serial is not None, "written to a closed port"
        try:
            return write_some(self._fd, data)
        except OSError as trouble:
            raise PortLost(f"{self._path} was unplugged") from trouble

    def close(self) -> None:
        """As Port. The kernel waits in close until the last bytes are out (an acknowledgement may be among them), which
        takes long if the device holds the line: then somebody else does the waiting."""
        if self._serial is not None:
            line, self._serial = self._serial, None
            if _has_sent_all(line):
                line.close()
            else:
                threading.Thread(target=line.close, daemon=True, name="port-closer").start()


def _has_sent_all(line: serial.Serial) -> bool:
    try:
        return line.out_waiting == 0
    except OSError:  # unplugged
        return True


def _wait_for_one_byte(fd: int) -> None:
    attributes = termios.tcgetattr(fd)
    attributes[_CONTROL_CHARACTERS][termios.VMIN] = 1
    attributes[_CONTROL_CHARACTERS][termios.VTIME] = 0
    termios.tcsetattr(fd, termios.TCSANOW, attributes)


def _why_not(path: str, trouble: Exception) -> str:
    match getattr(trouble, "errno", None):
        case errno.ENOENT:
            return f"{path} is not there: is the device plugged in?"
        case errno.EACCES:
            return f"{path} may not be opened: add this user to its group (usually dialout)"
        case errno.EAGAIN | errno.EBUSY:
            return f"{path} is in use by another program"
    return f"{path} cannot be opened: {trouble}"
