"""Waiting with a deadline for what another thread does; and a bug that is nobody's business but the test's."""

import select
import time
from collections.abc import Callable

DEADLINE_S = 10


def until(true: Callable[[], bool], why: str, deadline_s: int = DEADLINE_S) -> None:
    """Wait for a thing that has no file descriptor; AssertionError with the reason when it does not come."""
    deadline = time.monotonic() + deadline_s
    while not true():
        assert time.monotonic() < deadline, why
        select.select([], [], [], 0.01)


def raise_it(bug: BaseException) -> None:
    """For a clerk that must not fail."""
    raise bug
