"""Input events: the kernel's `struct input_event` records (linux/input.h) as they are read from /dev/input/event*.

A record is a time stamp (two longs), a type and a code (16 bits each) and a value (32 bits), in the machine's own byte
order and word size. The kernel hands over whole records; a stream in a test may not.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

EV_SYN, EV_KEY = 0, 1
SYN_REPORT, SYN_DROPPED = 0, 3

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

    def receive(self, data: bytes) -> Iterator[InputEvent]:
        """The records that are complete by now."""
        data = self._rest + data
        whole = len(data) - len(data) % RECORD.size
        self._rest = data[whole:]
        for _, _, type_, code, value in RECORD.iter_unpack(data[:whole]):
            yield InputEvent(type_, code, value)

    def reset(self) -> None:
        """The line was lost."""
        self._rest = b""


def encode(event: InputEvent) -> bytes:
    """A record without a time stamp, as a simulated device writes it."""
    return RECORD.pack(0, 0, event.type, event.code, event.value)
