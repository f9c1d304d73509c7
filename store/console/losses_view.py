"""Possible losses: what may have gone with a machine that was replaced; staff end each with a reason."""

from functools import partial

from nicegui import ui

from store import losses, users
from store.console import losses_words as words
from store.console.who import note, who
from store.console.words import sentence
from store.losses import NotOpen
from store.parts import Parts

_EVERY_S = 5


class LossesView:
    """The list, shown only where a till was ever replaced."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._drawn = parts, object()
        self._box = ui.column().classes("w-full").mark("losses")
        self._n = 0
        with ui.dialog() as self._dialog, ui.card().classes("w-full").style("max-width: 560px"):
            self._title = ui.label().classes("k-title")
            self._why = ui.input("What became of it").classes("w-full").props("outlined dense").mark("loss-why")
            self._said = ui.label().classes("k-below").mark("loss-said")
            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
                ui.button("Close it", on_click=self._end).props("unelevated no-caps").mark("loss-do")
        self.draw()
        ui.timer(_EVERY_S, self.draw)

    def draw(self) -> None:
        """As it is now."""
        parts = self._parts
        waits = [words.shown(one, parts.config.store.currency) for one in losses.listed(parts.engine)]
        names = users.names(parts.engine)
        over = [words.over(one, names) for one in losses.listed(parts.engine, ended=True, limit=20)]
        if (waits, over) == self._drawn:
            return
        self._drawn = waits, over
        self._box.clear()
        if not (waits or over):
            return
        with self._box:
            ui.label("Possible losses").classes("k-title q-mt-lg")
            with ui.column().classes("k-sheet w-full gap-0"):
                for one in waits:
                    self._row(one)
                if not waits:
                    ui.label("Nothing is open.").classes("k-muted q-pa-md")
                for title, text in over:
                    with ui.element("div").classes("k-member").style("cursor: default"), ui.column().classes("gap-0"):
                        ui.label(title).classes("k-muted")
                        ui.label(text).classes("k-muted")

    def _row(self, one: words.LossShown) -> None:
        with ui.element("div").classes("k-member").style("cursor: default").mark(f"loss-{one.n}"):
            with ui.column().classes("gap-0"):
                ui.label(one.title).classes("text-weight-bold")
                ui.label(one.detail)
            button = ui.button("Close", on_click=partial(self._open, one)).props("no-caps outline")
            button.mark(f"loss-close-{one.n}")

    def _open(self, one: words.LossShown) -> None:
        self._n = one.n
        self._title.set_text(one.title)
        self._why.set_value("")
        self._said.set_text("")
        self._dialog.open()

    def _end(self) -> None:
        parts = self._parts
        try:
            ended = losses.end(parts.engine, self._n, str(self._why.value or ""), who(), parts.now_utc_ms())
        except NotOpen as refusal:
            self._said.set_text(sentence(str(refusal)))
            return
        note(parts, "loss_ended", till=ended.till, about=f"{ended.kind} {ended.about}: {ended.why}")
        self._dialog.close()
        self.draw()
