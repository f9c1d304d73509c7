"""New machines: those that show a code and wait, and the form by which one of them becomes a checkout.

The form stands under Operators and, for a phone that has scanned the code, on a page of its own (`/adopt`), filled in
with what the code says. Whose screen it is, the person sees for themselves: the same four letters on both.
"""

from collections.abc import Callable

from nicegui import run, ui

from store.adoption import CannotAdopt, door_url
from store.adoption_rights import may_adopt
from store.console import introductions_words as words
from store.console.look import CSS, PRIMARY
from store.console.slow_button import slow_button
from store.console.who import may, note
from store.founding import CannotFound
from store.introductions import BadCode, Done, Wish, adopt, waiting
from store.parts import Parts
from store.problem import Problem
from store.replacing import tills

_EVERY_S = 2
NEW, REPLACES = "A new checkout", "It replaces a checkout"


class IntroductionsView:
    """Who waits, and the button that opens the form."""

    def __init__(self, parts: Parts, done: Callable[[], None]) -> None:
        self._parts, self._drawn = parts, object()
        with ui.row().classes("w-full items-center justify-between q-mt-lg"):
            ui.label("Machines that show a code").classes("k-title")
            with ui.dialog() as dialog, ui.card().classes("w-full").style("max-width: 560px"):

                def close() -> None:
                    dialog.close()

                form = AdoptForm(parts, done, close)

            def typed() -> None:
                form.empty()
                dialog.open()

            ui.button("Type its code", on_click=typed).props("no-caps unelevated").mark("introduce")
        self._rows = ui.column().classes("k-sheet w-full gap-0").mark("introductions")
        self._draw()
        ui.timer(_EVERY_S, self._draw)

    def _draw(self) -> None:
        parts, now = self._parts, self._parts.now_utc_ms()
        there = [words.waits(one, parts.config.zone) for one in waiting(parts.engine, now)]
        if there == self._drawn:
            return
        self._drawn = there
        self._rows.clear()
        with self._rows:
            for title, text in there:
                with ui.element("div").classes("k-member").style("cursor: default"), ui.column().classes("gap-0"):
                    ui.label(title).classes("text-weight-bold")
                    ui.label(text).classes("k-muted")
            if not there:
                ui.label(f"None. A new machine shows one when it knows this store's address: {_door(parts)}").classes(
                    "k-muted q-pa-md"
                ).style("overflow-wrap: anywhere").mark("introduce-address")


class AdoptForm:
    """The code, which checkout, whose PIN; then what happens on the machine."""

    def __init__(
        self,
        parts: Parts,
        done: Callable[[], None],
        close: Callable[[], None] | None,
        code: str = "",
        machine: str = "",
    ) -> None:
        self._parts, self._done, self._close = parts, done, close
        ui.label("Adopt a machine").classes("k-title")
        self._ask = ui.column().classes("w-full gap-2")
        self._told = ui.column().classes("w-full gap-2")
        with self._ask:
            if machine:
                ui.label(f"Machine {machine}: look whether its screen says the same.").mark("introduce-machine")
            self._code = ui.input("The code on its screen", value=code).classes("w-full").mark("introduce-code")
            self._code.props("outlined dense autocapitalize=characters autocomplete=off")
            self._what = ui.radio([NEW, REPLACES], value=NEW).props("inline").mark("introduce-what")
            self._name = ui.input("Its name, such as k02").classes("w-full").mark("introduce-till")
            self._name.props("outlined dense autocapitalize=none autocomplete=off")
            self._known = ui.select([], label="Which one is gone").classes("w-full").mark("introduce-replaces")
            self._known.props("outlined dense")
            warning = ui.label(words.WARNING).classes("k-muted")
            self._pin = ui.input("Your PIN", password=True).classes("w-full").mark("introduce-pin")
            self._pin.props("outlined dense inputmode=numeric autocomplete=off")
            self._said = ui.label().classes("k-below").mark("introduce-said")
            with ui.row().classes("w-full justify-end"):
                if close is not None:
                    ui.button("Cancel", on_click=close).props("flat no-caps")
                slow_button("Adopt", self._act).props("unelevated no-caps").mark("introduce-do")
        self._name.bind_visibility_from(self._what, "value", value=NEW)
        for one in (self._known, warning):
            one.bind_visibility_from(self._what, "value", value=REPLACES)
        self._known.set_options(tills(parts.engine))

    def empty(self) -> None:
        """As it was."""
        for field in (self._code, self._name, self._pin):
            field.set_value("")
        self._what.set_value(NEW)
        self._known.set_options(tills(self._parts.engine))
        self._said.set_text("")
        self._told.clear()
        self._ask.set_visibility(True)

    async def _act(self) -> None:
        """The PIN's hash and the code's take a while: not in the page's own loop."""
        self._said.set_text("")
        replaces = self._what.value == REPLACES
        till = str((self._known.value if replaces else self._name.value) or "").strip()
        try:
            done = await run.io_bound(
                self._adopt, str(self._code.value or ""), till, str(self._pin.value or ""), replaces=replaces
            )
        except Problem as refusal:
            self._said.set_text(str(refusal.detail))
        except (CannotAdopt, BadCode) as refusal:
            self._said.set_text(str(refusal))
        else:
            if done is not None:  # None: the store is stopping
                self._show(done)

    def _adopt(self, code: str, till: str, pin: str, *, replaces: bool) -> Done:
        parts, now = self._parts, self._parts.now_utc_ms()
        if replaces and not till:
            raise CannotAdopt("choose the checkout whose machine is gone")
        by = may_adopt(parts.engine, pin, now)
        return adopt(parts.engine, parts.config, Wish(code, till, by, replaces), now, parts.lanes.find)

    def _show(self, done: Done) -> None:
        self._ask.set_visibility(False)
        self._told.clear()
        note(self._parts, "adopted", till=done.till, about=f"machine {done.number}")
        with self._told:
            for line in words.done(done):
                ui.label(line).mark("introduce-told")
            if self._close is not None:
                with ui.row().classes("w-full justify-end"):
                    ui.button("Done", on_click=self._close).props("unelevated no-caps").mark("introduce-done")
        self._done()


def add_adopt_page(parts: Parts) -> None:
    """`/adopt`: where the code on a machine's screen leads a phone."""

    @ui.page("/adopt", title=f"Adopt · {parts.config.name}")
    def page(code: str = "", machine: str = "") -> None:
        ui.add_css(CSS)
        ui.colors(primary=PRIMARY)
        with ui.header().classes("k-bar"):
            ui.label(parts.config.name).classes("k-brand")
        with ui.column().classes("k-page w-full"):
            if not may("machine"):
                ui.label("Sign in as an operator, a supervisor or a manager to adopt machines.").mark("introduce-no")
                return
            with ui.card().classes("w-full").style("max-width: 560px"):
                AdoptForm(parts, lambda: None, None, code[:12], machine[:8])
            ui.link("To the console", "/")


def _door(parts: Parts) -> str:
    try:
        return door_url(parts.config.adoption)
    except (CannotAdopt, CannotFound):
        return "it has no door for machines yet, see [adoption] in store.toml"
