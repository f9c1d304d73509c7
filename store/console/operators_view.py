"""Operators: machines become checkouts here; codes that wait, certificates with their last days, what lanes run on."""

import secrets
from collections.abc import Callable
from functools import partial

from nicegui import run, ui

from kiosk.wire.adoption import SECRET_BYTES
from store.adoption import CannotAdopt, Offer, certificates, codes, make_code, withdraw
from store.adoption_rights import may_adopt
from store.console import operators_words as words
from store.console.introductions_view import IntroductionsView
from store.console.lane_settings_view import LaneSettingsView
from store.console.losses_view import LossesView
from store.console.revoke_view import RevokeView
from store.console.slow_button import slow_button
from store.console.upkeep_view import upkeep_view
from store.parts import Parts
from store.problem import Problem

_EVERY_S = 3


class OperatorsView:
    """The page's tab."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._drawn: object = None
        upkeep_view(parts)
        with ui.row().classes("w-full items-center justify-between q-mt-lg"):
            ui.label("Machines that become checkouts").classes("k-title")
            if parts.config.adoption.listen:
                dialog = _AdoptDialog(parts, self._draw)
                ui.button("Adopt a checkout", on_click=dialog.open).props("no-caps unelevated").mark("adopt")
        if not parts.config.adoption.listen:
            text = "This store adopts none yet: set folder and listen in [adoption] of store.toml (store init does)."
            ui.label(text).classes("k-muted").mark("adopt-none")
        self._codes = ui.column().classes("k-sheet w-full gap-0").mark("adoptions")
        IntroductionsView(parts, self._draw)
        LossesView(parts)
        ui.label("Certificates").classes("k-title q-mt-lg")
        self._certificates = ui.column().classes("k-sheet w-full gap-0").mark("certificates")
        RevokeView(parts)
        LaneSettingsView(parts)
        self._draw()
        ui.timer(_EVERY_S, self._draw)

    def _draw(self) -> None:
        parts, now = self._parts, self._parts.now_utc_ms()
        made = [words.code_shown(one, parts.config.zone, now) for one in codes(parts.engine)]
        kept = [words.certificate_shown(one, now) for one in certificates(parts.engine)]
        if (made, kept) == self._drawn:
            return
        self._drawn = made, kept
        self._codes.clear()
        with self._codes:
            for code in made:
                self._code(code)
            if not made:
                ui.label("No code has been made yet.").classes("k-muted q-pa-md")
        self._certificates.clear()
        with self._certificates:
            for one in kept:
                _certificate(one)
            if not kept:
                text = "No checkout has asked for one. Those of store init are in its folder, under tills."
                ui.label(text).classes("k-muted q-pa-md")

    def _code(self, code: words.CodeShown) -> None:
        with ui.element("div").classes("k-member").style("cursor: default").mark(f"adoption-{code.n}"):
            with ui.column().classes("gap-0"):
                ui.label(code.till).classes("text-weight-bold")
                ui.label(f"Made {code.made}, {code.state}").classes("k-muted")
            if code.waits:
                button = ui.button("Withdraw", on_click=partial(self._withdraw, code.n)).props("no-caps outline")
                button.mark(f"withdraw-{code.n}")

    def _withdraw(self, n: int) -> None:
        withdraw(self._parts.engine, n, self._parts.now_utc_ms())
        self._draw()


def _certificate(one: words.CertificateShown) -> None:
    with ui.element("div").classes("k-member").style("cursor: default").mark(f"certificate-{one.till}"):
        with ui.column().classes("gap-0"):
            ui.label(one.till).classes("text-weight-bold")
            ui.label(one.how).classes("k-muted")
            if one.wrong:
                ui.label(f"It {one.wrong}").classes("k-flag")
        ui.label(f"until {one.ends}").classes("k-num").style("white-space: nowrap")


class _AdoptDialog:
    """Which till, whose PIN; then the code, large, until somebody has it."""

    def __init__(self, parts: Parts, done: Callable[[], None]) -> None:
        self._parts, self._done = parts, done
        with ui.dialog() as self._dialog, ui.card().classes("w-full").style("max-width: 560px"):
            ui.label("Adopt a checkout").classes("k-title")
            self._ask = ui.column().classes("w-full gap-2")
            self._told = ui.column().classes("w-full gap-2")
        with self._ask:
            self._till = ui.input("Its name, such as k02").classes("w-full").props("outlined dense").mark("adopt-till")
            self._journal = ui.switch("It has sold before, and its journal is on the machine").mark("adopt-journal")
            self._pin = ui.input("Your PIN", password=True).classes("w-full").mark("adopt-pin")
            self._pin.props("outlined dense inputmode=numeric autocomplete=off")
            self._said = ui.label().classes("k-below").mark("adopt-said")
            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
                slow_button("Make a code", self._act).props("unelevated no-caps").mark("adopt-do")

    def open(self) -> None:
        """Empty."""
        self._till.set_value("")
        self._pin.set_value("")
        self._journal.set_value(False)
        self._said.set_text("")
        self._told.clear()
        self._ask.set_visibility(True)
        self._dialog.open()

    async def _act(self) -> None:
        """The PIN takes as long as its hashes: not in the page's own loop."""
        self._said.set_text("")
        try:
            till, pin = str(self._till.value or "").strip(), self._pin.value or ""
            offer = await run.io_bound(self._make, till, pin, journal=bool(self._journal.value))
        except Problem as refusal:
            self._said.set_text(str(refusal.detail))
        except CannotAdopt as refusal:
            self._said.set_text(str(refusal))
        else:
            if offer is not None:  # None: the store is stopping
                self._show(offer)

    def _make(self, till: str, pin: str, *, journal: bool) -> Offer:
        parts = self._parts
        by = may_adopt(parts.engine, pin, parts.now_utc_ms())
        secret = secrets.token_bytes(SECRET_BYTES)
        return make_code(parts.engine, parts.config, till, secret, by, parts.now_utc_ms(), keeps_journal=journal)

    def _show(self, offer: Offer) -> None:
        self._ask.set_visibility(False)
        self._told.clear()
        with self._told:
            ui.label(f"Type this on the machine that becomes {offer.till}, within half an hour:").classes("k-muted")
            ui.label(f"kiosk adopt {offer.url}").style("font-family: monospace; overflow-wrap: anywhere")
            code = ui.label(offer.code).mark("adopt-code")
            code.style(
                "font-family: monospace; font-size: clamp(14px, 4.2vw, 28px); font-weight: 700; white-space: nowrap"
            )
            ui.label("The code is shown only now, and works once.").classes("k-muted")
            with ui.row().classes("w-full justify-end"):
                copy = ui.button("Copy the command", on_click=lambda: ui.clipboard.write(offer.command))
                copy.props("outline no-caps")
                ui.button("Done", on_click=self._dialog.close).props("unelevated no-caps").mark("adopt-done")
        self._done()
