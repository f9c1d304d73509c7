"""Lane settings, the dialog of one lane: one setting, the whole text, every version with the way back, and its log.

What is secret is hidden and stays as it is where it is left hidden. A change is sent as a version; how it stands is
shown until the lane is done with it, with the line of what the lane refuses.
"""

from functools import partial

from nicegui import ui

from store import lane_config, users
from store.config_edits import CannotChange, difference, edited, values_of
from store.console import lane_settings_words as words
from store.console.lane_log_part import LaneLogPart
from store.console.setting_form import SettingForm
from store.console.who import may, note, who
from store.lane_config import Version
from store.parts import Parts

_EVERY_S = 1


class LaneSettingsDialog:
    """One a page."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._till = parts, ""
        self._drawn: object = None
        self._from: object = None
        self._was_sent = False
        with ui.dialog() as self._dialog, ui.card().classes("w-full").style("max-width: 960px"):
            with ui.row().classes("w-full items-center no-wrap"):
                self._title = ui.label().classes("k-title")
                ui.space()
                ui.button(icon="close", on_click=self._dialog.close).props("flat round aria-label=Close")
            self._stands = ui.label().classes("k-status").mark("settings-state")
            with ui.tabs().props("dense align=left").classes("k-few w-full") as tabs:
                for name in ("One setting", "As text", "Versions", "Log"):
                    ui.tab(name).mark(f"settings-tab-{name.lower().replace(' ', '-')}")
            self._tabs = tabs
            with ui.tab_panels(tabs, value="One setting", animated=False).classes("w-full"):
                self._panels()
            if may("configure"):
                self._ask()
            self._said = ui.label().classes("k-below").mark("settings-said")
        ui.timer(_EVERY_S, self._look)

    def _panels(self) -> None:
        with ui.tab_panel("One setting"):
            self._form = SettingForm(self._say)
        with ui.tab_panel("As text"):
            self._text = ui.codemirror(language="TOML", line_wrapping=True).classes("w-full").mark("settings-text")
            self._text.style("height: 46vh; border: 1px solid #C9D5CD; border-radius: 8px")
            ui.label("What is (hidden) stays as the lane has it.").classes("k-muted")
        with ui.tab_panel("Versions"):
            self._versions = ui.column().classes("w-full gap-0").mark("settings-versions")
        with ui.tab_panel("Log"):
            self._log = LaneLogPart(self._parts)

    def _ask(self) -> None:
        with ui.row().classes("w-full items-center"):
            self._why = ui.input("Why, for whoever reads it later").props("outlined dense maxlength=200")
            self._why.style("flex: 1 1 240px").mark("settings-why")
            ui.button("Try it on the lane", on_click=self._try).props("unelevated no-caps").mark("settings-try")

    def open(self, till: str) -> None:
        """For this lane."""
        self._till, self._drawn = till, None
        self._title.set_text(f"{till}: what it runs on")
        self._log.open(till)
        self._begin()
        self._dialog.open()
        self._look()

    def _begin(self) -> None:
        """From what the lane runs on now."""
        now = lane_config.present(self._parts.engine, self._till)
        if now is not None:
            self._form.begin(now.keys, values_of(now.text))
            self._text.set_value(now.text)
        self._from, self._was_sent = self._text.value, False
        if may("configure"):
            self._why.set_value("")
        self._say("")

    def _untouched(self) -> bool:
        """Nobody has typed here since it was opened, or what they typed has been sent."""
        return self._was_sent or (not self._form.edits and self._text.value == self._from)

    def _say(self, text: str) -> None:
        self._said.set_text(text)

    def _try(self) -> None:
        """The tab that is seen is what is meant."""
        try:
            self._send(self._wanted(), str(self._why.value or ""))
        except CannotChange as problem:
            self._say(f"Line {problem.line}: {problem.why}" if problem.line else problem.why)

    def _wanted(self) -> str:
        if self._tabs.value == "As text":
            return str(self._text.value or "")
        if not self._form.edits:
            raise CannotChange("choose a setting and change it first")
        now = lane_config.present(self._parts.engine, self._till)
        return edited(now.text if now is not None else "", self._form.edits)

    def _send(self, text: str, why: str) -> None:
        parts = self._parts
        if not may("configure"):
            raise CannotChange("you may not do that")
        lane_config.propose(parts.engine, self._till, text, who(), why, parts.now_utc_ms())
        parts.clerk.look()
        note(parts, "configure", till=self._till, about=why)
        self._was_sent = True
        self._say("")
        self._look()

    # --- versions -----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """How it stands now."""
        if not self._till or not self._dialog.value:
            return
        found = lane_config.versions(self._parts.engine, self._till)
        if found == self._drawn:
            return
        if found and found[0].state == "kept" and self._untouched():
            self._begin()
        self._drawn = found
        newest = found[0] if found else None
        self._stands.set_text(f"Version {newest.number} {words.state_of(newest)}" if newest is not None else "")
        names = users.names(self._parts.engine)
        self._versions.clear()
        with self._versions:
            for one in found:
                self._version(one, names)

    def _version(self, one: Version, names: dict[str, str]) -> None:
        with ui.expansion(f"Version {one.number} {words.state_of(one)}").classes("w-full") as row:
            row.props(f"caption={_quoted(words.version_of(one, names, self._parts.config.zone))}")
            row.mark(f"settings-version-{one.number}")
            before = lane_config.before(self._parts.engine, one)
            lines = difference(before.text if before is not None else "", one.text)
            ui.code("\n".join(lines) or "The same as before it.", language="diff").classes("w-full")
            if may("configure"):
                back = ui.button("Back to this version", on_click=partial(self._back, one)).props("outline no-caps")
                back.mark(f"settings-back-{one.number}")

    def _back(self, one: Version) -> None:
        try:
            self._send(one.text, f"back to version {one.number}")
        except CannotChange as problem:
            self._say(problem.why)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "").replace('"', "'") + '"'
