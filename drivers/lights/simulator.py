"""Somebody who looks at the lamps."""

from collections.abc import Mapping
from typing import Any

from drivers.ports.gpio_port import PinSimulator


class LightsSimulator(PinSimulator):
    """Three lamps, or the three channels of one light, on the mock pins of a factory."""

    def __init__(self, factory: Any, pins: Mapping[str, int]) -> None:
        """`pins`: the pin of each colour."""
        self._pins = {colour: factory.pin(number) for colour, number in pins.items()}

    @property
    def lit(self) -> frozenset[str]:
        """The colours that are lit now, however faintly: of `red`, `amber`, `green`, `blue`."""
        return frozenset(colour for colour, percent in self.percent.items() if percent)

    @property
    def percent(self) -> dict[str, int]:
        """How bright each of them is."""
        return {colour: round(100 * pin.state) if pin.function == "output" else 0 for colour, pin in self._pins.items()}
