"""Lane log, a part of the lane's dialog: the last lines are asked of the lane, shown, and can be downloaded."""

from datetime import datetime

from nicegui import ui

from store import lane_log
from store.commands import Ordered
from store.console import lane_settings_words as words
from store.console.ordering import Ordering
from store.console.who import may
from store.parts import Parts

_LEVELS = {"": "All", "warning": "Warnings and worse", "error": "Errors"}
_SHOWN = 500
_TONES = {"warning": "#8A4B00", "error": "#A3261B", "critical": "#A3261B"}
_EVERY_S = 1


class LaneLogPart:
    """One a dialog."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._ordering = parts, Ordering(parts)
        self._till = self._waits = ""
        with ui.row().classes("w-full items-center"):
            self._lines = ui.select([50, 200, 1000, 2000], value=200, label="Lines at most").props("outlined dense")
            self._level = ui.select(_LEVELS, value="", label="Level").props("outlined dense").mark("log-level")
            self._since = ui.input("Since").props("outlined dense type=datetime-local stack-label").mark("log-since")
            ask = ui.button("Ask the lane", on_click=self._ask).props("outline no-caps").mark("log-ask")
            ask.set_visibility(may("machine"))
            self._download = ui.button("Download", icon="download", on_click=self._save).props("flat no-caps")
            self._download.mark("log-download").set_visibility(False)
        self._said = ui.label().classes("k-muted").mark("log-said")
        self._shown = ui.column().classes("w-full gap-0").mark("log-lines")
        self._shown.style(
            "font-family: monospace; font-size: 13px; max-height: 44vh; overflow: auto; flex-wrap: nowrap"
        )
        self._found: lane_log.Excerpt | None = None
        ui.timer(_EVERY_S, self._look)

    def open(self, till: str) -> None:
        """For this lane, with the last that it told."""
        self._till, self._waits = till, ""
        self._show(next(iter(lane_log.latest(self._parts.engine, till)), None))

    def _ask(self) -> None:
        data = {"lines": self._lines.value, "detail": self._level.value, "since_utc_ms": self._since_utc_ms()}
        if self._ordering.order(self._till, "log", data, f"Log of {self._till}", self._answered):
            self._said.set_text("One moment: the checkout is asked.")

    def _since_utc_ms(self) -> int:
        try:
            local = datetime.fromisoformat(str(self._since.value or ""))
        except ValueError:
            return 0
        return int(local.replace(tzinfo=self._parts.config.zone).timestamp()) * 1_000

    def _answered(self, order: Ordered) -> None:
        if order.state == "done":
            self._waits = order.id
        else:
            self._said.set_text(f"The checkout tells nothing: {order.why}")

    def _look(self) -> None:
        if not self._waits:
            return
        found = lane_log.find(self._parts.engine, self._till, self._waits)
        if found is not None:
            self._waits = ""
            self._show(found)

    def _show(self, found: lane_log.Excerpt | None) -> None:
        self._found = found
        lines = found.text.splitlines() if found is not None else []
        self._download.set_visibility(bool(lines))
        self._said.set_text(_summary(found, len(lines)))
        self._shown.clear()
        with self._shown:
            for line in lines[-_SHOWN:]:
                level, text = words.log_line(line)
                label = ui.label(text).style("white-space: pre-wrap; overflow-wrap: anywhere")
                if level in _TONES:
                    label.style(f"color: {_TONES[level]}")

    def _save(self) -> None:
        if self._found is not None:
            ui.download.from_url(f"/api/v1/lane-log/{self._found.till}/{self._found.id}")


def _summary(found: lane_log.Excerpt | None, lines: int) -> str:
    if found is None:
        return "Nobody has asked for its log yet. Passwords and card numbers are never in it."
    if not lines:
        return "It has no such lines."
    return f"{lines} lines" + (f", the last {_SHOWN} of them here; download for all" if lines > _SHOWN else "")
