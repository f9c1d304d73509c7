"""Somebody who looks at the lamps."""

from collections.abc import Mapping
from typing import Any

from drivers.ports.gpio_port import PinSimulator


class LightsSimulator(PinSimulator):
    """Three lamps on the mock pins of a factory."""

    def __init__(self, factory: Any, pins: Mapping[str, int]) -> None:
        """`pins`: the pin of each colour."""
        self._pins = {colour: factory.pin(number) for colour, number in pins.items()}

    @property
    def lit(self) -> frozenset[str]:
        """The colours that are lit now: of `red`, `amber`, `green`."""
        return frozenset(colour for colour, pin in self._pins.items() if pin.function == "output" and pin.state)
