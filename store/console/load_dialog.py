"""Load dialog: money put on a gift card or voucher at the desk, or paid back, and how it was paid."""

import secrets
from collections.abc import Callable

from nicegui import ui

from store.closing_days import today_of
from store.console import words
from store.console.who import who
from store.database import writing
from store.loading import MOST_MINOR, Act, CannotLoad, Paid, put_on
from store.parts import Parts
from store.vouchers import Voucher

PAID: dict[str, str] = {
    "cash": "Cash",
    "external": "Card, on a terminal of the desk",
    "invoice": "On an invoice",
    "free": "Not paid: the shop gives it away",
}
"""How the desk is paid, in words."""


def choose_paid() -> ui.select:
    """The choice of it, with nothing chosen before."""
    chosen = ui.select(PAID, label="Paid").props("outlined dense").classes("w-full")
    return chosen.mark("voucher-paid")


def act_of(parts: Parts, paid: Paid, id_: str) -> Act:
    """What whoever is at this page does now."""
    now = parts.now_utc_ms()
    return Act(id_, paid, who(), today_of(parts.config, now), now)


class LoadDialog:
    """Asks for one card how much and how it was paid; `back`: money is paid back instead."""

    def __init__(self, parts: Parts, one: Voucher, done: Callable[[], None], *, back: bool = False) -> None:
        self._parts, self._one, self._done, self._back = parts, one, done, back
        self._id = f"desk {secrets.token_hex(8)}"  # a button that is pressed twice does it once
        with ui.dialog(value=True) as self._dialog, ui.card().classes("k-file").mark("load-card"):
            ui.label("Pay back" if back else "Top up").classes("k-title")
            ui.label(one.number).classes("k-muted")
            self._amount = ui.input(f"Amount ({one.currency})").props("outlined dense inputmode=decimal")
            self._amount.classes("w-full").mark("load-amount")
            self._paid = choose_paid()
            self._wrong = ui.label().classes("k-below").mark("load-wrong")
            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
                ui.button("Pay back" if back else "Top up", on_click=self._do).props("no-caps unelevated").mark("load")
        self._dialog.on("hide", self._dialog.delete)

    def _do(self) -> None:
        minor = words.price_typed(self._amount.value or "", self._one.currency)
        if minor is None or not 0 < minor <= MOST_MINOR:
            most = words.amount(MOST_MINOR, self._one.currency)
            self._wrong.set_text(f"Type an amount up to {most}, such as 100 or 99.50.")
            return
        if self._paid.value is None:
            self._wrong.set_text("Choose how it is paid.")
            return
        try:
            with writing(self._parts.engine) as connection:
                act = act_of(self._parts, self._paid.value, self._id)
                put_on(connection, self._one.number, -minor if self._back else minor, act)
        except CannotLoad as why:
            self._wrong.set_text(f"{str(why)[:1].upper()}{str(why)[1:]}.")
            return
        self._dialog.close()
        self._done()
