"""The cabinet: the staff key in its lock, the service door, and a button that calls staff."""

from nicegui import ui

from drivers.pins.wired_contact import WiredContact
from drivers.ports.serving import SimulatorServer
from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.parts import Bench

PRESSED_S = 0.4
"""A finger stays so long on a button; the lane looks ten times a second."""


class DoorsPanel:
    """Three contacts."""

    def __init__(self, bench: Bench) -> None:
        devices = bench.devices
        self._keylock, self._door, self._button = devices.keylock, devices.door, devices.button
        with ui.element("div").classes("b-card b-hand"):
            with ui.row().classes("b-scan"):
                ui.label("Staff key").classes("b-muted")
                self._key = Flip("key", "Turn the key", "Turn it back", lambda on: _close(self._keylock, on))
            key_faults = FaultRow(self._keylock, "key")
            with ui.row().classes("b-scan"):
                ui.label("Service door").classes("b-muted")
                self._opened = Flip("door", "Open the door", "Shut the door", lambda on: _close(self._door, not on))
            door_faults = FaultRow(self._door, "door")
            with ui.row().classes("b-scan"):
                ui.label("Button").classes("b-muted")
                push("button", "Press it", self._press)
                self._jammed = Flip("button-jam", "Jam it", "Free it", lambda on: _close(self._button, on))
            button_faults = FaultRow(self._button, "button")
        self._faults = (key_faults, door_faults, button_faults)

    def _press(self) -> None:
        _close(self._button, True)
        ui.timer(PRESSED_S, lambda: _close(self._button, False), once=True)

    def refresh(self) -> None:
        """Show how they stand."""
        self._key.show(_is_closed(self._keylock))
        self._opened.show(not _is_closed(self._door))
        self._jammed.show(_is_closed(self._button))
        for faults in self._faults:
            faults.refresh()


def _close(server: SimulatorServer[WiredContact], closed: bool) -> None:
    with server.hands() as contact:
        contact.close_contact() if closed else contact.open_contact()


def _is_closed(server: SimulatorServer[WiredContact]) -> bool:
    with server.hands() as contact:
        return contact.is_closed
