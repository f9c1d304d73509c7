"""A drawer on mock pins, and the hand that pushes it shut."""

from collections.abc import Callable
from typing import Any

from gpiozero.pins.mock import MockPin

from drivers.ports.gpio_port import PinSimulator


class _CoilPin(MockPin):  # type: ignore[misc]  # gpiozero carries no types
    """An output that pushes when it rises."""

    pushed: Callable[[], None]

    def _set_state(self, value: int) -> None:
        rising = bool(value) and not self._state
        super()._set_state(value)
        if rising:
            self.pushed()


class DrawerSimulator(PinSimulator):
    """The drawer: a push on the coil opens it, unless it is `stuck`; a hand shuts it."""

    def __init__(self, factory: Any, *, coil: int, switch: int, open_level_high: bool = False) -> None:
        """`factory` is gpiozero's MockFactory, the pins those of the driver."""
        self.stuck = False
        self.is_open = False
        self.pushes = 0
        """How often the coil pushed."""
        self._open_level = open_level_high
        self._switch = factory.pin(switch)
        self._switch.pull = "up"
        self._coil = factory.pin(coil, pin_class=_CoilPin)
        self._coil.pushed = self._push

    @property
    def energised(self) -> bool:
        """Whether current flows through the coil now."""
        return bool(self._coil.function == "output" and self._coil.state)

    def _push(self) -> None:
        self.pushes += 1
        if not self.stuck:
            self._move(True)

    def shut(self) -> None:
        """Push it shut."""
        self._move(False)

    def pull_open(self) -> None:
        """Open it by key or by force, without being asked."""
        self._move(True)

    def _move(self, is_open: bool) -> None:
        self.is_open = is_open
        if is_open == self._open_level:
            self._switch.drive_high()
        else:
            self._switch.drive_low()
