"""The receipt printer: its paper as printed, its cover, its cutter, and the drawer on its kick connector."""

from collections.abc import Callable
from typing import NamedTuple

from nicegui import ui

from drivers.pos_printer.paper import Receipt
from drivers.pos_printer.simulator import PrinterSimulator
from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.parts import Bench
from kiosk.demo.bench.roll import paper_html


class Face(NamedTuple):
    """All that can be seen of the printer."""

    paper: str
    cover_open: bool
    jammed: bool
    hot: bool
    offline: bool
    plugged: bool
    drawer_open: bool
    receipts: tuple[Receipt, ...]


def face_of(printer: PrinterSimulator) -> Face:
    """What is seen now."""
    return Face(
        printer.paper_left,
        printer.cover_open,
        printer.jammed,
        printer.hot,
        printer.switched_off,
        printer.reachable,
        printer.drawer_open,
        printer.paper,
    )


class PrinterPanel:
    """One printer, standing below its paper."""

    def __init__(self, bench: Bench) -> None:
        self._server = bench.devices.printer
        self._seen: Face | None = None
        with ui.element("div").classes("b-card b-printer"):
            with ui.element("div").classes("b-roll"):
                self._roll = ui.html("", sanitize=False).classes("b-paper").props("data-testid=roll")
            with ui.element("div").classes("b-slot"):
                self._lamp = ui.element("i")
                self._says = ui.label().props("data-testid=printer-says")
            with ui.element("div").classes("b-switches"):
                push("tear-off", "Tear off", lambda: self._do(lambda p: p.tear_off()))
                self._out = Flip("paper-out", "Take the paper out", "Put a new roll in", self._flip_out)
                self._low = Flip("paper-low", "Nearly no paper", "Full roll", self._flip_low)
                self._cover = Flip("cover", "Open the cover", "Close the cover", self._flip_cover)
                self._jam = Flip("jam", "Jam the cutter", "Free the cutter", self._flip_jam)
                self._hot = Flip("printer-hot", "Overheat it", "Let it cool", self._flip_hot)
                self._offline = Flip("printer-offline", "Take it offline", "Bring it online", self._flip_offline)
                self._plug = Flip("printer-plug", "Pull the plug", "Plug it in", self._flip_plug)
            self._faults = FaultRow(self._server, "printer")
            with ui.element("div").classes("b-drawer").props("data-testid=drawer") as self._drawer:
                self._drawer_says = ui.label()
                self._drawer_flip = Flip("drawer-key", "Open it by key", "Push it shut", self._flip_drawer)

    # --- what a person does -------------------------------------------------------------------------------------------

    def _do(self, act: Callable[[PrinterSimulator], object]) -> None:
        with self._server.hands() as printer:
            act(printer)

    def _flip_out(self, out: bool) -> None:
        self._do(lambda p: p.load_paper("out" if out else "ok"))

    def _flip_low(self, low: bool) -> None:
        self._do(lambda p: p.load_paper("low" if low else "ok"))

    def _flip_cover(self, opened: bool) -> None:
        self._do(lambda p: p.open_cover() if opened else p.close_cover())

    def _flip_jam(self, jammed: bool) -> None:
        self._do(lambda p: p.jam() if jammed else p.free())

    def _flip_hot(self, hot: bool) -> None:
        self._do(lambda p: p.overheat() if hot else p.cool())

    def _flip_offline(self, off: bool) -> None:
        self._do(lambda p: p.go_offline() if off else p.go_online())

    def _flip_plug(self, pulled: bool) -> None:
        self._do(lambda p: p.unplug() if pulled else p.plug_in())

    def _flip_drawer(self, opened: bool) -> None:
        self._do(lambda p: p.open_drawer() if opened else p.close_drawer())

    # --- what a person sees -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what has changed."""
        self._faults.refresh()
        with self._server.hands() as printer:
            face = face_of(printer)
        if face == self._seen:
            return
        before, self._seen = self._seen, face
        if before is None or before.receipts != face.receipts:
            self._roll.set_content(paper_html(face.receipts))
        self._out.show(face.paper == "out")
        self._low.show(face.paper == "low")
        self._cover.show(face.cover_open)
        self._jam.show(face.jammed)
        self._hot.show(face.hot)
        self._offline.show(face.offline)
        self._plug.show(not face.plugged)
        trouble = _trouble(face)
        self._says.set_text(trouble or "Ready")
        self._lamp.classes(add="bad" if trouble else "", remove="" if trouble else "bad")
        self._drawer_says.set_text("Cash drawer: open" if face.drawer_open else "Cash drawer: shut")
        self._drawer.classes(add="open" if face.drawer_open else "", remove="" if face.drawer_open else "open")
        self._drawer_flip.show(face.drawer_open)


def _trouble(face: Face) -> str:
    if not face.plugged:
        return "No power"
    if face.cover_open:
        return "Cover open"
    if face.jammed:
        return "Cutter jammed"
    if face.hot:
        return "Too hot"
    if face.offline:
        return "Offline"
    return {"out": "Out of paper", "low": "Paper low"}.get(face.paper, "")
