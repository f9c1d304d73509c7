"""Devices: how each lane's machines are, with paper and cash, what is in trouble first."""

from nicegui import ui

from store.console.health import Machine, Row, machine_of
from store.parts import Parts

_EVERY_S = 2


def health_view(parts: Parts) -> None:
    """A tab of the page."""
    shown: list[Machine] | None = None
    grid = ui.element("div").classes("k-lanes").mark("devices")

    def draw() -> None:
        nonlocal shown
        now = [machine_of(lane, parts.now_utc_ms()) for lane in parts.lanes.all()]
        now.sort(key=lambda machine: -machine.bad)
        if now == shown:
            return
        shown = now
        grid.clear()
        with grid:
            for machine in now:
                _machine(machine)
            if not now:
                ui.label("No checkout has been heard yet.").classes("k-muted")

    draw()
    ui.timer(_EVERY_S, draw)


def _machine(machine: Machine) -> None:
    tone = "off" if not machine.online else "call" if machine.bad else "free"
    with ui.element("div").classes(f"k-card {tone}").mark(f"devices-{machine.till}"):
        ui.label(machine.title).classes("k-title")
        if not machine.online:
            ui.label("Offline: this is what it said last").classes("k-trouble")
        for row in machine.rows:
            _row(row)
        if not machine.rows:
            ui.label("It has not said yet how it is.").classes("k-muted")


def _row(row: Row) -> None:
    with ui.element("div").classes("k-part"):
        with ui.row().classes("w-full justify-between no-wrap"):
            ui.label(row.what).classes("k-trouble" if row.bad else "")
            ui.label(row.how).classes("k-num" + (" k-trouble" if row.bad else ""))
        if row.more:
            ui.label(row.more).classes("k-foot")
