"""The lamp on the pole, as the lane orders it: three lights, dark, lit, or pulsing."""

from nicegui import ui

from drivers.events import SetLights
from kiosk.demo.bench.mirror import Sight

_COLOURS = ("red", "amber", "green")


class TowerPanel:
    """One tower."""

    def __init__(self) -> None:
        self._order: SetLights | None = None
        with ui.element("div").classes("b-tower").props('data-testid=tower aria-label="Lamp on the pole"'):
            self._lamps = {colour: ui.element("i").props(f"data-testid=lamp-{colour}") for colour in _COLOURS}

    def refresh(self, sight: Sight) -> None:
        """Light them."""
        if sight.lamps == self._order:
            return
        self._order = sight.lamps
        for colour, lamp in self._lamps.items():
            lit = getattr(sight.lamps, colour)
            lamp.classes(
                replace=" ".join([colour, *(["lit"] if lit else []), *(["pulse"] if sight.lamps.pulse else [])])
            )
