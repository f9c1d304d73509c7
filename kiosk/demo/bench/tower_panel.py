"""The lamp on the pole, as the lane orders it: three lights, dark, lit, or pulsing; and the sound heard last."""

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
            self._cue = ui.label().classes("b-cue").props('data-testid=cue title="Heard last"')

    def refresh(self, sight: Sight) -> None:
        """Light them, and say what was heard."""
        self._cue.set_text(f"♪ {sight.cue}" if sight.cue else "")
        if sight.lamps == self._order:
            return
        self._order = sight.lamps
        for colour, lamp in self._lamps.items():
            lit = getattr(sight.lamps, colour)
            lamp.classes(
                replace=" ".join([colour, *(["lit"] if lit else []), *(["pulse"] if sight.lamps.pulse_ms else [])])
            )
