"""The badge reader: the supervisor's badge, and one that nobody in this shop has."""

from nicegui import ui

from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.parts import Bench
from kiosk.demo.place import STAFF_BADGE

STRANGER = "KB-000000"


class BadgePanel:
    """One reader."""

    def __init__(self, bench: Bench) -> None:
        self._server = bench.devices.badges
        with ui.element("div").classes("b-card b-hand"):
            ui.label("Badge reader").classes("b-muted")
            with ui.row().classes("b-chips"):
                push("badge-staff", "Hold staff badge", lambda: self._hold(STAFF_BADGE))
                push("badge-stranger", "Hold a stranger's", lambda: self._hold(STRANGER))
                self._plug = Flip("badge-plug", "Unplug it", "Plug it in", self._flip)
            self._faults = FaultRow(self._server, "badge")

    def _hold(self, badge: str) -> None:
        with self._server.hands() as reader:
            reader.show(badge)

    def _flip(self, pull: bool) -> None:
        with self._server.hands() as reader:
            if pull:
                reader.unplug()
            else:
                reader.plug()

    def refresh(self) -> None:
        """Show what has changed."""
        with self._server.hands() as reader:
            self._plug.show(not reader.reachable)
        self._faults.refresh()
