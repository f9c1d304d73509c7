"""Turning: devices without a loop, for commands that look at them and leave."""

import select
import time
from collections.abc import Collection

from drivers.device import Device

_LONGEST_MS = 20


def wait(counter: Collection[Device]) -> None:
    """Until one of them has something to say or room for what it has to write, at most a moment."""
    poll = select.poll()
    for device in counter:
        if (fd := device.fileno()) is not None:
            poll.register(fd, select.POLLIN | (select.POLLOUT if device.wants_write else 0))
    poll.poll(_LONGEST_MS)


def tick_ms() -> int:
    """Monotonic."""
    return time.monotonic_ns() // 1_000_000
