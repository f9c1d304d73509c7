"""Device: the one shape of every driver, so that the loop can turn them all alike.

A driver is three layers. A *port* moves bytes and knows no meaning (`drivers/ports`). A *protocol* is pure: bytes and
the time in, events and bytes out, no I/O, so it can be tested two-ended against its simulator. The *driver* is thin:
it joins a port to a protocol and has the five methods below. It never blocks and never sleeps: whatever has no file
descriptor or may block sits behind `ports/worker.py`.

The loop selects on `fileno()` (asking for writability too while `wants_write`), and calls `service` when it is
ready or when `deadline_ms` is reached. Time is the loop's monotonic tick in milliseconds, always handed in.
Drivers raise only DeviceError, and only for what the operator can mend; a device that is away is an event.
"""

from typing import Protocol, runtime_checkable

from drivers.events import Command, HardwareEvent


class DeviceError(Exception):
    """A device cannot be used as configured. The text says what to do."""


class Device(Protocol):
    """One thing on the counter."""

    name: str

    def fileno(self) -> int | None:
        """What to select on now; None while there is nothing (not connected, or in memory).

        Ask anew each turn: a line that was opened again may have the old number for another file.
        """

    @property
    def wants_write(self) -> bool:
        """Whether bytes wait to be written (or a connection to be completed)."""

    def deadline_ms(self) -> int | None:
        """The tick at which `service` wants to be called even if nothing is readable; None: no need."""

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """Read what there is, write what waits, let time pass; what happened, in order."""

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """Carry out a command. A refusal or failure that is known at once is among the events returned."""

    def close(self) -> None:
        """Let go of the port. Idempotent."""


@runtime_checkable
class Identified(Protocol):
    """A device that tells whoever looks after it which one it is."""

    @property
    def identity(self) -> str:
        """Maker, model and firmware, as far as it has told; empty until then."""

    def identify(self, now_ms: int) -> bool:
        """Ask it, unless it tells by itself; whether an answer may be on its way."""


class WithoutDescriptor:
    """For a device that has nothing to select on: the loop turns it by its deadlines alone."""

    def fileno(self) -> int | None:
        """None."""
        return None

    @property
    def wants_write(self) -> bool:
        """False."""
        return False


class Simulator(Protocol):
    """The other end of a driver's wire: the device itself, as bytes, with its faults. In memory or behind a socket."""

    def connected(self, now_ms: int) -> None:
        """A till has opened the line."""

    def disconnected(self, now_ms: int) -> None:
        """The line is gone (from whichever side)."""

    def receive(self, data: bytes, now_ms: int) -> None:
        """Bytes from the till, in whatever pieces they came."""

    def advance(self, now_ms: int) -> None:
        """Let time pass: a shopper types, a printer prints, a timer runs out."""

    def deadline_ms(self) -> int | None:
        """When `advance` has something to do next; in the past while there is something to take."""

    def take(self) -> bytes:
        """The bytes to send to the till now; empties the buffer."""

    @property
    def reachable(self) -> bool:
        """False while unplugged or without power: an open line is cut, a new one refused.

        What waits to be taken when it becomes False still arrives (a last word, then the cut); a simulator that wants
        it lost throws it away.
        """
