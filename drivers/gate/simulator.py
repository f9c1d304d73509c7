"""Somebody who stands at the exit gate and counts how often it opens."""

from typing import Any

from gpiozero.pins.mock import MockPin

from drivers.ports.gpio_port import PinSimulator


class _RelayPin(MockPin):  # type: ignore[misc]  # gpiozero carries no types
    """An output whose pushes are counted."""

    pushes = 0

    def _set_state(self, value: int) -> None:
        self.pushes += bool(value) and not self._state
        super()._set_state(value)


class GateSimulator(PinSimulator):
    """A gate on the mock pin of a factory."""

    def __init__(self, factory: Any, pin: int) -> None:
        """`factory` is gpiozero's MockFactory, `pin` that of the driver."""
        self._relay = factory.pin(pin, pin_class=_RelayPin)

    @property
    def openings(self) -> int:
        """How often it was told to open."""
        return int(self._relay.pushes)

    @property
    def is_told(self) -> bool:
        """Whether it is told to open now; a gate that is told so for ever stays open."""
        return bool(self._relay.function == "output" and self._relay.state)
