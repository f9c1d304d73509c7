"""Revoking on the page: a checkout whose machine was stolen is turned away by its name, a reason and a PIN."""

from typing import Any

from nicegui import run, ui

from store.adoption import CannotAdopt, folder_of
from store.adoption_rights import may_adopt
from store.console import words
from store.console.slow_button import slow_button
from store.parts import Parts
from store.problem import Problem
from store.revocation import CannotRevoke, Revoked, revocations, revoke_till

_EVERY_S = 3


class RevokeView:
    """A part of the page about machines: a button, and everything that was revoked."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._drawn: list[Revoked] | None = None
        with ui.dialog() as self._dialog, ui.card().classes("w-full").style("max-width: 560px"):
            ui.label("Turn a checkout away").classes("k-title")
            ui.label(
                "Its machine is not heard any more. What it goes on selling lies in the quarantine, until a machine is "
                "adopted under its name."
            ).classes("k-muted")
            self._till = _field("Its name, such as k02", "revoke-till")
            self._why = _field("Why", "revoke-why").props("maxlength=120")
            self._pin = _field("Your PIN", "revoke-pin", password=True).props("inputmode=numeric autocomplete=off")
            self._said = ui.label().classes("k-below").mark("revoke-said")
            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
                slow_button("Turn away", self._act).props("unelevated no-caps color=negative").mark("revoke-do")
        if parts.config.adoption.folder:
            ui.button("Turn a checkout away", on_click=self._open).props("no-caps outline").mark("revoke")
        self._list = ui.column().classes("k-sheet w-full gap-0").mark("revocations")
        self._draw()
        ui.timer(_EVERY_S, self._draw)

    def _open(self) -> None:
        for field in (self._till, self._why, self._pin):
            field.set_value("")
        self._said.set_text("")
        self._dialog.open()

    async def _act(self) -> None:
        """The PIN takes as long as its hashes: not in the page's own loop."""
        try:
            await run.io_bound(self._revoke, _text(self._till), _text(self._why), _text(self._pin))
        except Problem as refusal:
            self._said.set_text(str(refusal.detail))
        except (CannotAdopt, CannotRevoke) as refusal:
            self._said.set_text(str(refusal))
        else:
            self._dialog.close()
            self._draw()

    def _revoke(self, till: str, why: str, pin: str) -> None:
        parts, now = self._parts, self._parts.now_utc_ms()
        by = may_adopt(parts.engine, pin, now)
        revoke_till(parts.engine, folder_of(parts.config.adoption), till, by, why, now)

    def _draw(self) -> None:
        now = revocations(self._parts.engine)
        if now == self._drawn:
            return
        self._drawn = now
        self._list.clear()
        with self._list:
            for one in now:
                with ui.element("div").classes("k-member").style("cursor: default"), ui.column().classes("gap-0"):
                    ui.label(one.till or one.name).classes("text-weight-bold")
                    at = words.clock(words.utc(one.at_utc_ms), self._parts.config.zone)
                    ui.label(f"Turned away {at}{f': {one.why}' if one.why else ''}").classes("k-muted")
        self._list.set_visibility(bool(now))


def _field(label: str, mark: str, *, password: bool = False) -> ui.input:
    return ui.input(label, password=password).classes("w-full").props("outlined dense").mark(mark)


def _text(field: Any) -> str:
    return str(field.value or "").strip()
