"""Upkeep: what this machine of the shop needs, for whoever looks after machines: in the page's head, and in full.

An alarm goes when its fact is mended, not when somebody has read it, so there is no button here.
"""

from nicegui import ui

from store.console.upkeep_words import badge, summary
from store.console.who import may
from store.parts import Parts
from store.upkeep_alarms import Alarm, alarms

_EVERY_S = 5


def upkeep_badge(parts: Parts) -> None:
    """In the head of the page, of those who may do something about it."""
    if not may("machine"):
        return
    warning = ui.label().classes("k-demo").mark("upkeep-badge")

    def look() -> None:
        warning.text = badge(len(_standing(parts)))
        warning.set_visibility(bool(warning.text))

    look()
    ui.timer(_EVERY_S, look)


def upkeep_view(parts: Parts) -> None:
    """On the operators' tab."""
    ui.label("This store").classes("k-title")
    sheet = ui.column().classes("k-sheet w-full gap-1").style("padding-bottom: 16px").mark("upkeep")
    drawn: object = None

    def draw() -> None:
        nonlocal drawn
        standing, lines = _standing(parts), summary(parts.upkeep.recent())
        if (standing, lines) == drawn:
            return
        drawn = standing, lines
        sheet.clear()
        with sheet:
            for alarm in standing:
                _alarm(alarm)
            if not standing:
                ui.label("Nothing needs you.").classes("q-px-md q-pt-sm").mark("upkeep-well")
            for line in lines:
                ui.label(line).classes("k-muted q-px-md").style("overflow-wrap: anywhere")

    draw()
    ui.timer(_EVERY_S, draw)


def _alarm(alarm: Alarm) -> None:
    with ui.element("div").classes("k-alarm grave" if alarm.grave else "k-alarm").mark(f"alarm-{alarm.kind}"):
        ui.label(alarm.what).classes("k-trouble" if alarm.grave else "text-weight-bold")
        ui.label(alarm.do).style("overflow-wrap: anywhere")


def _standing(parts: Parts) -> tuple[Alarm, ...]:
    return alarms(parts.upkeep.recent(), parts.config.backup.at_most_hours)
