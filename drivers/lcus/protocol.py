"""LCUS: the relay boards LCUS-1 to LCUS-8 behind a CH340 USB-serial chip. Pure.

9,600 baud, 8N1. One command is four bytes: 0xA0, the relay (from 1), 1 for on or 0 for off, and the low byte of the
sum of those three: `A0 01 01 A2` closes relay 1, `A0 01 00 A1` opens it (LC Technology's "LC USB switch communication
protocol", as printed by those who sell the boards; jarwyg/USB_RELAY quotes it).

A board answers nothing that all of its kind answer, so nothing that it says is believed, and nobody can know whether a
command has arrived. Commands say how a relay is to be and not that it is to change, so each may be said again: all are
said when the line opens, and anew every REFRESH_MS for a board that lost its power in between.
"""

START = 0xA0
RELAYS = 8
REFRESH_MS = 10_000


def command(relay: int, on: bool) -> bytes:
    """The bytes that set one relay, from 1."""
    assert 1 <= relay <= RELAYS, "a board has the relays 1 to 8"
    body = bytes((START, relay, on))
    return body + bytes((sum(body) & 0xFF,))


class Relays:
    """How the relays of one board are to be, and what must be said for that."""

    def __init__(self, relays: tuple[int, ...]) -> None:
        """`relays`: those that are ours; others of the board are left alone."""
        self._wanted = dict.fromkeys(relays, False)
        self._said_ms: int | None = None

    @property
    def ours(self) -> tuple[int, ...]:
        """Their numbers."""
        return tuple(self._wanted)

    def set(self, relay: int, on: bool) -> bytes:
        """What to say for this; nothing if it is so already."""
        if self._wanted[relay] == on:
            return b""
        self._wanted[relay] = on
        return command(relay, on)

    def all(self, now_ms: int) -> bytes:
        """How all of them are to be: when the line opens, and when `deadline_ms` has come."""
        self._said_ms = now_ms
        return b"".join(command(relay, on) for relay, on in self._wanted.items())

    def deadline_ms(self) -> int | None:
        """When all is said anew; None while there is no line."""
        return None if self._said_ms is None else self._said_ms + REFRESH_MS

    def lost(self) -> None:
        """The line is gone."""
        self._said_ms = None
