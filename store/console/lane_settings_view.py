"""Lane settings: what checkouts run on, a row for each; a change of several of them, one after another."""

from functools import partial

from nicegui import ui

from store import lane_bank, lane_config
from store.config_edits import CannotChange, values_of
from store.console import lane_settings_words as words
from store.console.lane_settings_dialog import LaneSettingsDialog
from store.console.setting_form import SettingForm
from store.console.who import may, note, person, who
from store.lane_bank import Bank
from store.parts import Parts

_EVERY_S = 2


class LaneSettingsView:
    """A part of the operators' tab."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._drawn: object = None
        self._dialog = LaneSettingsDialog(parts)
        with ui.row().classes("w-full items-center justify-between q-mt-lg"):
            ui.label("What checkouts run on").classes("k-title")
            if may("configure"):
                bank = _BankDialog(parts)
                ui.button("Change several", on_click=bank.open).props("no-caps outline").mark("settings-bank")
        self._lanes = ui.column().classes("k-sheet w-full gap-0").mark("lane-settings")
        self._banks = ui.column().classes("w-full gap-2").mark("lane-banks")
        self._draw()
        ui.timer(_EVERY_S, self._draw)

    def _draw(self) -> None:
        engine = self._parts.engine
        newest = [(till, next(iter(lane_config.versions(engine, till, 1)), None)) for till in lane_config.tills(engine)]
        banks = lane_bank.banks(engine, 3)
        if (newest, banks) == self._drawn:
            return
        self._drawn = newest, banks
        self._lanes.clear()
        with self._lanes:
            for till, one in newest:
                self._lane(till, one)
            if not newest:
                text = "No checkout has told yet what it runs on. One of this version does so as soon as it is heard."
                ui.label(text).classes("k-muted q-pa-md")
        self._banks.clear()
        with self._banks:
            for bank in banks:
                self._bank(bank)

    def _lane(self, till: str, one: lane_config.Version | None) -> None:
        with ui.element("div").classes("k-member").props("tabindex=0 role=button").mark(f"settings-{till}") as row:
            row.on("click", lambda: self._dialog.open(till)).on("keydown.enter", lambda: self._dialog.open(till))
            ui.label(till).classes("text-weight-bold")
            if one is not None:
                tone = "k-flag" if one.state in words.BAD else "k-muted"
                ui.label(f"Version {one.number} {words.state_of(one)}").classes(tone)

    def _bank(self, bank: Bank) -> None:
        with ui.element("div").classes("k-sheet q-pa-md").mark(f"bank-{bank.n}"):
            with ui.row().classes("w-full items-center justify-between no-wrap"):
                ui.label("; ".join(words.edit_of(edit) for edit in bank.edits)).classes("text-weight-bold")
                if bank.state == "running" and may("configure"):
                    stop = ui.button("No further", on_click=partial(self._stop, bank.n)).props("outline no-caps")
                    stop.mark(f"bank-stop-{bank.n}")
            ui.label(words.bank_of(bank)).classes("k-below" if bank.state == "stopped" else "k-muted")

    def _stop(self, n: int) -> None:
        here = person()
        if here is not None and here.may("configure"):
            lane_bank.stop(self._parts.engine, n, here.name)
            note(self._parts, "configure", about=f"no further with change {n} of several checkouts")
            self._draw()


class _BankDialog:
    """Which lanes, which settings, why."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        with ui.dialog() as self._dialog, ui.card().classes("w-full").style("max-width: 720px"):
            ui.label("The same for several checkouts").classes("k-title")
            text = "One after another, each when nobody is served there. The first that takes it back stops the rest."
            ui.label(text).classes("k-muted")
            self._tills = (
                ui.select([], multiple=True, label="Checkouts").classes("w-full").props("outlined dense use-chips")
            )
            self._tills.mark("bank-tills")
            self._form = SettingForm(self._say, "bank-setting")
            self._why = ui.input("Why, for whoever reads it later").classes("w-full").mark("bank-why")
            self._why.props("outlined dense maxlength=200")
            self._said = ui.label().classes("k-below").mark("bank-said")
            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
                ui.button("Begin", on_click=self._begin).props("unelevated no-caps").mark("bank-begin")

    def open(self) -> None:
        """Empty, with the settings of the first."""
        tills = lane_config.tills(self._parts.engine)
        self._tills.set_options(tills, value=tills)
        first = lane_config.present(self._parts.engine, tills[0]) if tills else None
        if first is not None:
            self._form.begin(first.keys, values_of(first.text))
        self._why.set_value("")
        self._say("")
        self._dialog.open()

    def _say(self, text: str) -> None:
        self._said.set_text(text)

    def _begin(self) -> None:
        parts, tills, why = self._parts, list(self._tills.value or ()), str(self._why.value or "")
        if not may("configure"):
            self._say("You may not do that.")
            return
        try:
            lane_bank.begin(parts.engine, tills, self._form.edits, who(), why, parts.now_utc_ms())
        except CannotChange as problem:
            self._say(problem.why)
            return
        parts.clerk.look()
        note(parts, "configure", about=f"{', '.join(tills)}: {why}")
        self._dialog.close()
