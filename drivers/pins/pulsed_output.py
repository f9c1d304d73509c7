"""Pulsed output: a pin that opens something by a push, and is without current whatever happens to the loop.

Three hands take the current off. The loop, when the pulse is over. A thread (`Guard`), LATE_MS after that, if the loop
has not: it may wait for a disk, or be stuck. And the kernel, when the process is gone: it releases the line. What a
released line does is the board's: upstream kernels make it an input, Raspberry Pi's own leave it driven unless
`dtparam=strict_gpiod` stands in config.txt (raspberrypi/linux pull requests 6117 and 6150); there the next start takes
it off, since an output begins at rest.
"""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from gpiozero import DigitalOutputDevice

from drivers.pins.pulse import Pulse
from drivers.ports.gpio_port import claiming

LATE_MS = 100


class Timer(Protocol):
    """As threading.Timer."""

    def start(self) -> None:
        """Begin to wait."""

    def cancel(self) -> None:
        """Wait no more."""


NewTimer = Callable[[float, Callable[[], None]], Timer]
"""Seconds, and what is then to be done, in a thread of its own."""


def thread_timer(seconds: float, act: Callable[[], None]) -> Timer:
    """The real one; it keeps no process alive."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    return timer


class PulsedOutput:
    """One pin with its pulse."""

    def __init__(
        self,
        number: int,
        factory: Any,
        *,
        active_low: bool,
        on_ms: int,
        rest_ms: int,
        new_timer: NewTimer = thread_timer,
    ) -> None:
        """`factory`: a gpiozero pin factory. Raises DeviceError if the pin cannot be had."""
        self._pulse, self._on_ms, self._new_timer = Pulse(on_ms, rest_ms), on_ms, new_timer
        self._lock = threading.Lock()
        self._guard: Timer | None = None
        with claiming(number):
            self._output = DigitalOutputDevice(number, active_high=not active_low, pin_factory=factory)

    def push(self, now_ms: int) -> None:
        """Once; during a push or its rest, that one was it."""
        if self._pulse.begin(now_ms):
            self._guard = self._new_timer((self._on_ms + LATE_MS) / 1_000, self._off)
            self._guard.start()
            with self._lock:
                self._output.on()

    def service(self, now_ms: int) -> None:
        """Take the current off when it is time."""
        if self._guard is not None and not self._pulse.flows(now_ms):
            self._guard.cancel()
            self._guard = None
            self._off()

    def deadline_ms(self) -> int | None:
        """When that is."""
        return self._pulse.deadline_ms()

    def _off(self) -> None:
        with self._lock:
            if not self._output.closed:
                self._output.off()

    def close(self) -> None:
        """No current, and the pin released. Idempotent."""
        if self._guard is not None:
            self._guard.cancel()
        self._off()
        with self._lock:
            self._output.close()
