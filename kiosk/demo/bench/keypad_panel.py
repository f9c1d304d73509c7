"""The keypad beside the lane's screen, and the jack; on the screen itself, the computer's keyboard.

A key is down for as long as the mouse is on it, or the keyboard's key is held. No key stays down whatever
happens to the page: leaving the screen, or closing the page, lets go of all.
"""

import json
from functools import partial

from nicegui import events, ui

from drivers.events import Key
from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip
from kiosk.demo.bench.parts import Bench

SHOWN: tuple[tuple[Key, str, str], ...] = (
    ("back", "Back", "Back"),
    ("up", "▲", "Up"),
    ("help", "Help", "Help"),
    ("left", "◀", "Left"),
    ("ok", "OK", "OK"),
    ("right", "▶", "Right"),
    ("softer", "Vol −", "Softer"),
    ("down", "▼", "Down"),
    ("louder", "Vol +", "Louder"),
)
"""As they lie on the panel, row by row: key, what stands on it, what it is called."""
OF_THE_BROWSER: dict[str, Key] = {
    "ArrowUp": "up",
    "ArrowDown": "down",
    "ArrowLeft": "left",
    "ArrowRight": "right",
    "Enter": "ok",
    "Escape": "back",
    "F1": "help",
    "+": "louder",
    "-": "softer",
    **{digit: digit for digit in ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")},
}
"""What the browser calls the keys of the keyboard that stand for the keypad's."""
_DOWN = f"""(event) => {{
    const keys = {json.dumps(list(OF_THE_BROWSER))};
    if (event.ctrlKey || event.altKey || event.metaKey || !keys.includes(event.key)) return;
    event.preventDefault();
    if (!event.repeat) emit(event.key);
}}"""
_UP = "(event) => emit(event.key)"


class KeypadPanel:
    """One keypad, and the hand on it."""

    def __init__(self, bench: Bench, screen: ui.element) -> None:
        """`screen`: where the keyboard is heard while it has the browser's focus."""
        self._keypad, self._jack = bench.devices.keypad, bench.devices.jack
        self._held: set[Key] = set()
        self._typed: set[Key] = set()
        """Those of them that the keyboard holds: only these go up when the screen is left."""
        with ui.element("div").classes("b-card b-hand b-keypad"):
            with ui.row().classes("b-scan"):
                ui.label("Keypad").classes("b-muted")
                self._headphones = Flip("headphones", "Headphones in", "Headphones out", self._listen)
                self._plug = Flip("keypad-plug", "Unplug it", "Plug it in", self._flip)
            with ui.element("div").classes("b-keys"):
                for key, face, name in SHOWN:
                    self._key(key, face, name)
            self._faults = (FaultRow(self._keypad, "keypad"), FaultRow(self._jack, "jack", "Faults of the jack"))
        screen.props('tabindex=0 role=application aria-label="The lane’s screen, by arrows, Enter, Escape and F1"')
        screen.on("keydown", self._key_down, js_handler=_DOWN)
        screen.on("keyup", self._key_up, js_handler=_UP)
        screen.on("blur", self._left)
        ui.context.client.on_disconnect(self._let_go)

    def _key(self, key: Key, face: str, name: str) -> None:
        button = ui.button(face, color=None).props(f'no-caps unelevated data-testid=key-{key} aria-label="{name}"')
        button.classes("b-flip")
        button.on("pointerdown", partial(self._down, key))
        for left in ("pointerup", "pointerleave", "pointercancel"):
            button.on(left, partial(self._up, key))

    def _key_down(self, event: events.GenericEventArguments) -> None:
        key = OF_THE_BROWSER[event.args]
        self._typed.add(key)
        self._down(key)

    def _key_up(self, event: events.GenericEventArguments) -> None:
        key = OF_THE_BROWSER.get(event.args)
        if key is not None:
            self._up(key)

    def _left(self) -> None:
        for key in tuple(self._typed):
            self._up(key)

    def _down(self, key: Key) -> None:
        if key in self._held:
            return
        self._held.add(key)
        with self._keypad.hands() as keypad:
            keypad.down(key)

    def _up(self, key: Key) -> None:
        if key not in self._held:
            return
        self._held.remove(key)
        self._typed.discard(key)
        with self._keypad.hands() as keypad:
            keypad.up(key)

    def _let_go(self) -> None:
        for key in tuple(self._held):
            self._up(key)

    def _flip(self, pull: bool) -> None:
        self._held.clear()
        self._typed.clear()
        with self._keypad.hands() as keypad:
            if pull:
                keypad.unplug()
            else:
                keypad.plug()

    def _listen(self, inserted: bool) -> None:
        with self._jack.hands() as jack:
            if inserted:
                jack.insert()
            else:
                jack.pull()

    def refresh(self) -> None:
        """Show whether it is there, and whether somebody listens."""
        with self._keypad.hands() as keypad:
            reachable = keypad.reachable
        with self._jack.hands() as jack:
            inserted = jack.inserted
        self._plug.show(not reachable)
        self._headphones.show(inserted)
        for faults in self._faults:
            faults.refresh()
