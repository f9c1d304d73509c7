"""The card terminal: its display, a card to tap or insert, its keys, its cable and power; and what the bank took."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from nicegui import ui

from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.parts import Bench
from kiosk.demo.devices import Terminal

_PIN_LONGEST = 6
_KEYS = "123456789"
_WANTS = {"removal": "Remove card"}
"""What it shows of its wish besides its display."""


class Face(NamedTuple):
    """All that can be seen of the terminal."""

    display: str
    wants: str
    card: str
    declines: bool
    signs: bool
    reverses: bool
    plugged: bool
    powered: bool
    charges: tuple[str, ...]


def face_of(terminal: Terminal) -> Face:
    """What is seen now."""
    charges = tuple(
        f"{entry.receipt:04d}  {entry.amount_minor // 100}.{entry.amount_minor % 100:02d}"
        + ("  refund" if entry.refund else "")
        + ("  given back" if entry.reversed else "")
        for entry in terminal.journal.entries
        if (entry.is_charge and not entry.foreign) or entry.is_given
    )
    return Face(
        display="\n".join(filter(None, (terminal.display, _WANTS.get(terminal.wants)))) or "Ready",
        wants=terminal.wants,
        card=terminal.card,
        declines=terminal.declines,
        signs=terminal.wants_signature,
        reverses=not terminal.faults.reverses_nothing,
        plugged=terminal.plugged,
        powered=terminal.powered,
        charges=charges,
    )


class TerminalPanel:
    """One terminal, and the hand of the shopper."""

    def __init__(self, bench: Bench) -> None:
        self._server = bench.devices.terminal
        self._typed = ""
        self._seen: Face | None = None
        with ui.element("div").classes("b-card b-terminal-side"):
            with ui.element("div").classes("b-terminal"):
                with ui.element("div").classes("b-lcd") as self._lcd:
                    self._display = ui.label().props("data-testid=terminal-display")
                    self._dots = ui.label().classes("b-dots")
                self._draw_cards()
                self._draw_keys()
            self._draw_switches()
            self._faults = FaultRow(self._server, "terminal")
            ui.label("What the bank took and gave").classes("b-title")
            self._charges = ui.column().classes("b-charges").props("data-testid=charges")

    def _draw_cards(self) -> None:
        with ui.element("div").classes("b-cards"):
            self._tap = push("tap-card", "Tap card", lambda: self._do(lambda t: t.tap_card()))
            self._insert = push("insert-card", "Insert card", self._insert_or_take)

    def _draw_keys(self) -> None:
        with ui.element("div").classes("b-keys"):
            for key in _KEYS:
                push(f"pin-{key}", key, partial(self._type, key))
            push("pin-cancel", "✕", lambda: self._do(lambda t: t.cancel_on_terminal())).classes("red")
            push("pin-0", "0", lambda: self._type("0"))
            push("pin-ok", "●", self._confirm).classes("green")

    def _draw_switches(self) -> None:
        with ui.element("div").classes("b-switches"):
            self._decline = Flip("decline-next", "Decline the next", "Will decline", self._decline_next)
            self._sign = Flip("sign-next", "The next card signs", "Will want a signature", self._sign_next)
            self._reversal = Flip("no-reversal", "Reverse nothing", "Will reverse nothing", self._reverse_nothing)
            self._cable = Flip("terminal-cable", "Pull the cable", "Put the cable back", self._flip_cable)
            self._power = Flip("terminal-power", "Pull the power", "Give it power", self._flip_power)

    # --- what a person does -------------------------------------------------------------------------------------------

    def _do(self, act: Callable[[Terminal], object]) -> None:
        with self._server.hands() as terminal:
            act(terminal)

    def _insert_or_take(self) -> None:
        with self._server.hands() as terminal:
            if terminal.card == "insert":
                terminal.take_card()
            else:
                terminal.insert_card()

    def _type(self, digit: str) -> None:
        if self._seen is not None and self._seen.wants == "pin":
            self._typed = (self._typed + digit)[:_PIN_LONGEST]
            self._dots.set_text("•" * len(self._typed))

    def _confirm(self) -> None:
        typed, self._typed = self._typed, ""
        if typed:
            self._do(lambda t: t.type_pin(typed))

    def _decline_next(self, on: bool) -> None:
        with self._server.hands() as terminal:
            terminal.declines = on

    def _sign_next(self, on: bool) -> None:
        with self._server.hands() as terminal:
            terminal.wants_signature = on

    def _reverse_nothing(self, on: bool) -> None:
        with self._server.hands() as terminal:
            terminal.faults.reverses_nothing = on

    def _flip_cable(self, pull: bool) -> None:
        self._do(lambda t: t.unplug() if pull else t.plug())

    def _flip_power(self, pull: bool) -> None:
        self._do(lambda t: t.set_power(not pull))

    # --- what a person sees -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what has changed."""
        self._faults.refresh()
        with self._server.hands() as terminal:
            face = face_of(terminal)
        if face == self._seen:
            return
        if face.wants != "pin":
            self._typed = ""
        before, self._seen = self._seen, face
        self._display.set_text(face.display if face.powered else "")
        self._dots.set_text("•" * len(self._typed))
        self._lcd.classes(add="" if face.powered else "dark", remove="dark" if face.powered else "")
        self._tap.set_enabled(face.wants == "card")
        self._insert.set_enabled(face.wants == "card" or face.card == "insert")
        self._insert.set_text("Take the card" if face.card == "insert" else "Insert card")
        self._decline.show(face.declines)
        self._sign.show(face.signs)
        self._reversal.show(not face.reverses)
        self._cable.show(not face.plugged)
        self._power.show(not face.powered)
        if before is None or before.charges != face.charges:
            self._show_charges(face.charges)

    def _show_charges(self, charges: tuple[str, ...]) -> None:
        self._charges.clear()
        with self._charges:
            for charge in reversed(charges):
                ui.label(charge).classes("b-charge").props("data-testid=charge")
            if not charges:
                ui.label("Nothing yet").classes("b-muted")
