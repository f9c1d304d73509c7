"""Pulse: current for a moment, then a rest, whatever is asked meanwhile and however late anybody looks. Pure.

A coil that opens something is made for a push, not for a hold: held, it burns. So a pulse ends by itself after `on_ms`,
and the next may begin only after `rest_ms` without current, counted from when it really ended. Through a coil that is
asked all the time current flows for at most on_ms / (on_ms + rest_ms) of it.
"""


class Pulse:
    """When current flows. Times in milliseconds."""

    def __init__(self, on_ms: int, rest_ms: int) -> None:
        assert on_ms > 0 and rest_ms > 0, "a pulse has a length and a rest"
        self._on_ms, self._rest_ms = on_ms, rest_ms
        self._until_ms: int | None = None
        self._rested_ms = 0

    def begin(self, now_ms: int) -> bool:
        """Push once. False during a push or its rest: then the one push was it."""
        if self.flows(now_ms) or now_ms < self._rested_ms:
            return False
        self._until_ms = now_ms + self._on_ms
        return True

    def flows(self, now_ms: int) -> bool:
        """Whether current is to flow now."""
        if self._until_ms is not None and now_ms >= self._until_ms:
            self._until_ms, self._rested_ms = None, now_ms + self._rest_ms
        return self._until_ms is not None

    def deadline_ms(self) -> int | None:
        """When the push ends."""
        return self._until_ms
