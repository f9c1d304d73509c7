"""Input events: the kernel's `struct input_event` records (linux/input.h) as they are read from /dev/input/event*.

A record is a time stamp (two longs), a type and a code (16 bits each) and a value (32 bits), in the machine's own byte
order and word size. The kernel hands over whole records; a stream in a test may not.

SYN_DROPPED says that the kernel's buffer ran over and records were lost. What follows up to the next SYN_REPORT is
ignored, as the kernel's documentation asks (Documentation/input/event-codes.rst), and the reader says that something
was lost, so that whoever listens can forget what it took to be held or touched.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

EV_SYN, EV_KEY, EV_ABS, EV_SW = 0, 1, 3, 5
SYN_REPORT, SYN_DROPPED = 0, 3
"""linux/input-event-codes.h."""

RECORD = struct.Struct("@LLHHi")


class InputEvent(NamedTuple):
    """One change. The time stamp is left out: nobody needs it."""

    type: int
    code: int
    value: int


class InputEventReader:
    """Cuts a byte stream into records."""

    def __init__(self) -> None:
        self._rest = b""
        self._dropping = False

    def receive(self, data: bytes) -> Iterator[InputEvent | None]:
        """The records that are complete by now; None where some were lost."""
        data = self._rest + data
        whole = len(data) - len(data) % RECORD.size
        self._rest = data[whole:]
        for _, _, type_, code, value in RECORD.iter_unpack(data[:whole]):
            if type_ == EV_SYN and code == SYN_DROPPED:
                self._dropping = True
                yield None
            elif not self._dropping:
                yield InputEvent(type_, code, value)
            elif type_ == EV_SYN and code == SYN_REPORT:
                self._dropping = False

    def reset(self) -> None:
        """The line was lost."""
        self._rest, self._dropping = b"", False


def encode(event: InputEvent) -> bytes:
    """A record without a time stamp, as a simulated device writes it."""
    return RECORD.pack(0, 0, event.type, event.code, event.value)


REPORT = encode(InputEvent(EV_SYN, SYN_REPORT, 0))
DROPPED = encode(InputEvent(EV_SYN, SYN_DROPPED, 0))
