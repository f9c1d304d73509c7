"""The produce scale: things from the greengrocer's to put on it, and labels of goods that were weighed elsewhere."""

from functools import partial

from nicegui import ui

from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.holding import hold_up
from kiosk.demo.bench.labels import FRESH, Label
from kiosk.demo.bench.parts import Bench

PRODUCE = (
    ("bananas", "Bananas, 845 g", 845),
    ("apples", "Three apples, 505 g", 505),
    ("potatoes", "Potatoes, 2.035 kg", 2_035),
    ("grape", "One grape, 10 g", 10),
    ("melons", "Ten melons, 21 kg", 21_000),
)
_HEAVIEST_G = 1_000_000


class ScalePanel:
    """What lies on the scale, and hands that change it."""

    def __init__(self, bench: Bench) -> None:
        self._scale, self._scanner = bench.devices.scale, bench.devices.scanner
        with ui.element("div").classes("b-card b-hand b-scale"):
            with ui.row().classes("b-scan"):
                ui.label("Produce scale").classes("b-muted")
                self._shows = ui.label().props("data-testid=scale-shows")
            with ui.row().classes("b-scan"):
                self._grams = ui.number(placeholder="Grams", min=-_HEAVIEST_G, max=_HEAVIEST_G, precision=0).props(
                    "dense outlined data-testid=grams"
                )
                push("scale-put", "Put on", self._put_typed)
            with ui.row().classes("b-scan"):
                push("scale-off", "Take off", partial(self._put, 0))
                self._restless = Flip("scale-restless", "Shake it", "Let it rest", self._shake)
                self._plug = Flip("scale-plug", "Unplug scale", "Plug scale in", self._flip_plug)
            self._faults = FaultRow(self._scale, "scale")
            with ui.row().classes("b-chips"):
                for name, says, grams in PRODUCE:
                    push(f"scale-{name}", says, partial(self._put, grams))
            with ui.row().classes("b-chips"):
                ui.label("Weighed at the counter").classes("b-muted")
                for fresh in FRESH:
                    push(f"fresh-{fresh.name}", fresh.says, partial(self._scan, fresh.label))

    def _put_typed(self) -> None:
        if self._grams.value is not None:
            self._put(int(self._grams.value))

    def _put(self, grams: int) -> None:
        with self._scale.hands() as scale:
            scale.put(grams)

    def _shake(self, shaken: bool) -> None:
        with self._scale.hands() as scale:
            scale.restless = shaken

    def _flip_plug(self, pull: bool) -> None:
        with self._scale.hands() as scale:
            if pull:
                scale.unplug()
            else:
                scale.plug()

    def _scan(self, label: Label) -> None:
        hold_up(self._scanner, label)

    def refresh(self) -> None:
        """Show what lies there and what state the scale is in."""
        with self._scale.hands() as scale:
            load, restless, reachable = scale.load_g, scale.restless, scale.reachable
        self._shows.set_text(f"{load} g")
        self._restless.show(restless)
        self._plug.show(not reachable)
        self._faults.refresh()
