"""The bagging area: a shopper who bags what is scanned, or hands that do otherwise."""

from functools import partial

from nicegui import ui

from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.honest import honest_load_g
from kiosk.demo.bench.mirror import Sight
from kiosk.demo.bench.parts import Bench

SOMETHING_G = 350


class BaggingPanel:
    """What lies on the shelf."""

    def __init__(self, bench: Bench) -> None:
        self._bagger, self._shelf = bench.bagger, bench.devices.bagging
        with ui.element("div").classes("b-card b-hand b-scale"):
            with ui.row().classes("b-scan"):
                ui.label("Bagging area").classes("b-muted")
                self._shows = ui.label().props("data-testid=bagging-shows")
            with ui.row().classes("b-scan"):
                self._by_hand = Flip("bagging-by-hand", "Bag by hand", "Bag by itself", self._flip_honest)
                self._plug = Flip("bagging-plug", "Unplug it", "Plug it in", self._flip_plug)
            with ui.row().classes("b-chips"):
                push("bagging-add", f"{SOMETHING_G} g more", partial(self._more, SOMETHING_G))
                push("bagging-less", f"{SOMETHING_G} g less", partial(self._more, -SOMETHING_G))
                push("bagging-place", "Bag what is asked for", self._place)
                push("bagging-empty", "Empty it", self._empty)
            self._faults = FaultRow(self._shelf, "bagging")
        self._seen = Sight()

    def _flip_honest(self, by_hand: bool) -> None:
        self._bagger.by_itself = not by_hand

    def _flip_plug(self, pull: bool) -> None:
        with self._shelf.hands() as shelf:
            if pull:
                shelf.unplug()
            else:
                shelf.plug()

    def _more(self, grams: int) -> None:
        with self._shelf.hands() as shelf:
            shelf.put(max(0, shelf.load_g + grams))

    def _empty(self) -> None:
        with self._shelf.hands() as shelf:
            shelf.take_off()

    def _place(self) -> None:
        state = self._seen.state
        if state is not None:
            with self._shelf.hands() as shelf:
                shelf.put(honest_load_g(state, shelf.load_g))

    def refresh(self, seen: Sight) -> None:
        """Show what lies there; and bag, if nobody does it by hand."""
        self._seen = seen
        with self._shelf.hands() as shelf:
            if seen.alive and seen.state is not None:
                shelf.put(self._bagger.load_g(seen.state, shelf.load_g))
            load, reachable = shelf.load_g, shelf.reachable
        self._shows.set_text(f"{load} g")
        self._by_hand.show(not self._bagger.by_itself)
        self._plug.show(not reachable)
        self._faults.refresh()
