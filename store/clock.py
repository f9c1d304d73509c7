"""Clock: the one place where the store reads the time. Everything else is told."""

import time


def utc_ms() -> int:
    """Milliseconds since 1970-01-01T00:00:00Z."""
    return time.time_ns() // 1_000_000
