"""The exit gate and its reader: the receipt that was printed last, a code that is typed, and how often it opened."""

import re
from collections.abc import Iterable

from nicegui import ui

from drivers.pos_printer.paper import Receipt
from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.parts import Bench

MADE_UP = "2222"
_CODE = re.compile(r"[0-9A-Z]{4}")
_QR = "]Q1"


def exit_code_on(paper: Iterable[Receipt]) -> str:
    """The exit code that was printed last; empty: there is none."""
    codes = [line.text for receipt in paper for line in receipt.lines if line.kind == "qr"]
    return next((code for code in reversed(codes) if _CODE.fullmatch(code)), "")


class GatePanel:
    """One gate."""

    def __init__(self, bench: Bench) -> None:
        self._gate, self._reader, self._printer = bench.devices.gate, bench.devices.exit_reader, bench.devices.printer
        self._paper: tuple[Receipt, ...] = ()
        with ui.element("div").classes("b-card b-hand"):
            with ui.row().classes("b-scan"):
                ui.label("Exit gate").classes("b-muted")
                self._shows = ui.label().props("data-testid=gate-shows")
            with ui.row().classes("b-scan"):
                self._typed = ui.input(placeholder="Exit code").props("dense outlined data-testid=exit-code")
                self._typed.on("keydown.enter", self._hold_typed)
                push("exit-show", "Hold it", self._hold_typed)
            with ui.row().classes("b-chips"):
                self._receipt = push("exit-receipt", "Hold the receipt", self._hold_receipt)
                self._receipt.set_enabled(False)
                push("exit-made-up", "Hold a made-up code", lambda: self._hold(MADE_UP))
                self._reader_plug = Flip("exit-plug", "Unplug its reader", "Plug its reader in", self._flip_reader)
                self._gate_plug = Flip("gate-plug", "Unplug the gate", "Plug the gate in", self._flip_gate)
            self._faults = FaultRow(self._gate, "gate")

    def _hold_typed(self) -> None:
        self._hold((self._typed.value or "").strip().upper())
        self._typed.set_value("")

    def _hold_receipt(self) -> None:
        self._hold(exit_code_on(self._paper))

    def _hold(self, code: str) -> None:
        if code:
            with self._reader.hands() as reader:
                reader.scan(code, _QR)

    def _flip_reader(self, pull: bool) -> None:
        with self._reader.hands() as reader:
            if pull:
                reader.unplug()
            else:
                reader.plug()

    def _flip_gate(self, pull: bool) -> None:
        with self._gate.hands() as board:
            if pull:
                board.unplug()
            else:
                board.plug()

    def refresh(self) -> None:
        """Show what has changed."""
        with self._gate.hands() as board:
            opened, opens, gate_there = sum(board.closings.values()), bool(board.closed), board.reachable
        with self._reader.hands() as reader:
            reader_there = reader.reachable
        with self._printer.hands() as printer:
            paper = printer.paper
        self._shows.set_text("opens now" if opens else f"opened {opened} times" if opened != 1 else "opened once")
        if paper != self._paper:
            self._paper = paper
            self._receipt.set_enabled(bool(exit_code_on(paper)))
        self._reader_plug.show(not reader_there)
        self._gate_plug.show(not gate_there)
        self._faults.refresh()
