"""Wire: pins whose levels come over a socket, `factory = "wire"`: for contacts that somebody plays in another process.

The other end is `pins/wired_contact.py`, behind `ports/serving.py`. Each byte on the wire is a whole message, the pin's
number and, in the lowest bit, its level; so nothing can be cut in two, and who connects is told how the pins stand. A
wire that is lost leaves every pin at its pull, as a cable that is cut does, until the lane starts again.

Opening waits for the first word, as a real pin has a level from the first moment: without it a door would be open for
as long as the connection takes.
"""

import socket
from urllib.parse import urlsplit

from gpiozero.pins.mock import MockFactory, MockPin

from drivers.device import DeviceError

FIRST_WORD_S = 5.0
READ_MOST = 4_096


def said(number: int, level: bool) -> int:
    """The byte that tells this pin's level."""
    return number << 1 | level


class _WirePin(MockPin):  # type: ignore[misc]  # gpiozero carries no types
    """An input that follows the wire."""

    def _get_state(self) -> bool:
        return bool(self.factory.level(int(self.info.name.removeprefix("GPIO")), self._state))


class WireFactory(MockFactory):  # type: ignore[misc]
    """Inputs at the end of one wire."""

    def __init__(self, url: str) -> None:
        """`url`: socket://host:port. Raises DeviceError if that is no address, OSError if nobody answers there."""
        super().__init__(pin_class=_WirePin)
        parts = urlsplit(url)
        if parts.scheme != "socket" or not parts.hostname or not parts.port:
            raise DeviceError(f'chip = {url!r} is no wire to pins; write one like "socket://127.0.0.1:5011"')
        self._levels: dict[int, bool] = {}
        self._socket: socket.socket | None = socket.create_connection((parts.hostname, parts.port), FIRST_WORD_S)
        self._hear()
        if self._socket is not None:
            self._socket.setblocking(False)

    def level(self, number: int, pulled: bool) -> bool:
        """How a pin stands now; `pulled`: where nothing is said of it."""
        self._hear()
        return self._levels.get(number, pulled)

    def _hear(self) -> None:
        if self._socket is None:
            return
        try:
            heard = self._socket.recv(READ_MOST)
        except BlockingIOError:
            return
        except ConnectionError:
            heard = b""
        if not heard:
            self._let_go()
        for byte in heard:
            self._levels[byte >> 1] = bool(byte & 1)

    def _let_go(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._levels.clear()

    def close(self) -> None:
        """Let go of the wire."""
        self._let_go()
        super().close()
