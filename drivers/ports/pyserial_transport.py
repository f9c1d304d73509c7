"""Pyserial transport: any address that pyserial knows, blocking, to be put behind a worker."""

import serial

from drivers.ports.port import READ_LARGEST, PortLost
from drivers.ports.serial_port import SerialSettings, pyserial_words
from drivers.ports.worker import GLANCE_S

WRITE_TIMEOUT_S = 5


class PyserialTransport:
    """A line of pyserial's. The constructor blocks while it opens; raises PortLost or OSError."""

    def __init__(self, url: str, settings: SerialSettings) -> None:
        try:
            self._serial = serial.serial_for_url(
                url, timeout=GLANCE_S, write_timeout=WRITE_TIMEOUT_S, **pyserial_words(settings)
            )
        except ValueError as trouble:  # a setting that this kind of line does not take
            raise PortLost(f"{url} cannot be opened: {trouble}") from trouble

    def read(self) -> bytes:
        """At least one byte if one comes in time, and what else is there."""
        return bytes(self._serial.read(min(READ_LARGEST, max(1, self._serial.in_waiting))))

    def write(self, data: bytes) -> None:
        """All of it, or SerialException (an OSError)."""
        self._serial.write(data)

    def close(self) -> None:
        """Let go."""
        self._serial.close()
