"""Patience: an emulated machine is thirty times slower than a Pi, and nobody knows how much slower on a busy host."""

import time
from collections.abc import Callable
from threading import Event
from typing import TypeVar

LOOK_EVERY_S = 3
T = TypeVar("T")


class Never(AssertionError):
    """What was waited for did not come."""


def pause(seconds: float) -> None:
    """Let the machine go on for so long."""
    Event().wait(seconds)


def eventually(what: str, probe: Callable[[], T], within_s: float, every_s: float = LOOK_EVERY_S) -> T:
    """The first true answer. Raises Never."""
    until_s = time.monotonic() + within_s
    while not (found := probe()):
        if time.monotonic() > until_s:
            raise Never(f"{what}: not within {within_s:.0f} s")
        pause(every_s)
    return found
