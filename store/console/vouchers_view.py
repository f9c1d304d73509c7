"""Gift cards and vouchers: found by their number, given out, blocked; what became of each, and what the shop owes."""

from nicegui import ui

from kiosk.values.moment import rfc3339
from store import voucher_book
from store.console import words
from store.console.blank_cards_dialog import blank_cards_dialog
from store.console.load_dialog import PAID, LoadDialog, act_of, choose_paid
from store.console.statement_dialog import statement_dialog
from store.coupons import BadCoupons, end_of
from store.database import writing
from store.loading import LOADED, MOST_MINOR, Paid, give_out
from store.parts import Parts
from store.periods import told
from store.voucher_book import Line, Use
from store.vouchers import Kind, Voucher, block, new_number

KINDS = {
    "": "Every kind",
    "gift_card": "Gift cards",
    "voucher": "Vouchers",
    "deposit": "Bottle slips",
    "coupon": "Coupons",
}
_AT_ONCE = 50


class VouchersView:
    """The list, and a dialog for one."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        with ui.row().classes("w-full items-center"):
            self._search = ui.input("Number, offer or note", on_change=self._draw).classes("w-64 grow")
            self._search.props("outlined dense clearable bg-color=white debounce=250").mark("find-voucher")
            self._kind = ui.select(KINDS, value="", on_change=self._draw).props("outlined dense bg-color=white")
            self._kind.classes("w-44")
            ui.button("Blank cards", icon="qr_code_2", on_click=self._blank).props("no-caps outline").mark("new-blank")
            ui.button("Give one out", icon="redeem", on_click=self._ask).props("no-caps unelevated").mark("new-voucher")
        with ui.row().classes("w-full items-center"):
            self._owed = ui.label().classes("k-muted").mark("owed")
            ui.button("What the shop owes", on_click=lambda: statement_dialog(parts)).props("flat no-caps dense").mark(
                "open-statement"
            )
        self._sheet = ui.element("div").classes("k-sheet").mark("vouchers")
        self._dialogs = ui.element("div")
        self._draw()

    def _draw(self) -> None:
        parts = self._parts
        currency = parts.config.store.currency
        owed = voucher_book.owed_minor(parts.engine, currency, parts.now_utc_ms())
        self._owed.set_text(f"Can still be spent: {words.money(owed, currency)}")
        found = voucher_book.find_all(parts.engine, self._search.value or "", self._kind.value or "", _AT_ONCE)
        self._sheet.clear()
        with self._sheet:
            for line in found:
                row = ui.element("div").classes("k-member k-voucher").props("tabindex=0 role=button")
                row.mark(f"voucher-{line.voucher.number}")
                row.on("click", lambda _, line=line: self._show(line))
                with row:
                    with ui.element("div"):
                        ui.label(line.voucher.number).classes("k-title")
                        ui.label(self._about(line)).classes("k-muted")
                    ui.label(_worth(line)).classes("k-num k-trouble" if line.voucher.blocked else "k-num")
            if not found:
                ui.label("Nothing found.").classes("k-muted q-pa-md")

    def _about(self, line: Line) -> str:
        one = line.voucher
        issued = words.clock(rfc3339(one.issued_utc_ms), self._parts.config.zone)
        last = rfc3339(one.expires_utc_ms - 1)[:10]
        ends = f", until {told(last, last)}" if one.expires_utc_ms else ""
        kind = KINDS.get(one.kind, one.kind).removesuffix("s")
        return f"{kind}{f' {one.offer}' if one.offer else ''}, {issued}{ends}{f', {one.note}' if one.note else ''}"

    def _show(self, line: Line) -> None:
        one = line.voucher
        with ui.dialog(value=True) as dialog, ui.card().classes("k-file").mark("voucher-card"):
            ui.label(one.number).classes("k-title")
            ui.label(self._about(line)).classes("k-muted")
            ui.label(_worth(line)).classes("k-due")
            for use in voucher_book.uses(self._parts.engine, one.number):
                with ui.row().classes("w-full justify-between no-wrap"):
                    at = words.clock(rfc3339(use.at_utc_ms), self._parts.config.zone)
                    ui.label(f"{at}  {_became(use)}")
                    much = str(use.amount) if one.kind == "coupon" else words.amount(use.amount, one.currency)
                    ui.label(much).classes("k-num")
            with ui.row().classes("w-full justify-end"):
                if one.kind in LOADED:
                    ui.button("Top up", on_click=lambda: self._load(one, dialog)).props("flat no-caps").mark("top-up")
                if one.kind in LOADED and line.left:
                    ui.button("Pay back", on_click=lambda: self._load(one, dialog, back=True)).props(
                        "flat no-caps"
                    ).mark("pay-back")
                word = "Unblock" if one.blocked else "Block"
                ui.button(word, on_click=lambda: self._block(one, dialog)).props("flat no-caps").mark("block-voucher")
                ui.button("Close", on_click=dialog.close).props("flat no-caps")
        dialog.on("hide", dialog.delete)

    def _load(self, one: Voucher, dialog: ui.dialog, *, back: bool = False) -> None:
        dialog.close()
        with self._dialogs:  # not inside the one that closes, which takes with it what is in it
            LoadDialog(self._parts, one, self._draw, back=back)

    def _block(self, one: Voucher, dialog: ui.dialog) -> None:
        with writing(self._parts.engine) as connection:
            block(connection, one.number, not one.blocked)
        dialog.close()
        self._draw()

    def _blank(self) -> None:
        with self._dialogs:
            blank_cards_dialog(self._parts, self._draw)

    def _ask(self) -> None:
        with ui.dialog(value=True) as dialog, ui.card().classes("k-file"):
            ui.label("Give one out").classes("k-title")
            kind = ui.select({"gift_card": "Gift card", "voucher": "Voucher"}, value="gift_card").props(
                "outlined dense"
            )
            kind.classes("w-full")
            currency = self._parts.config.store.currency
            amount = ui.input(f"Worth ({currency})").props("outlined dense inputmode=decimal").classes("w-full")
            amount.mark("voucher-amount")
            paid = choose_paid()
            ends = (
                ui.input("Last day (empty: for ever)").props("outlined dense placeholder=2027-12-31").classes("w-full")
            )
            wrong = ui.label().classes("k-below").mark("voucher-wrong")

            def give() -> None:
                minor = words.price_typed(amount.value or "", currency)
                if minor is None or not 0 < minor <= MOST_MINOR:
                    wrong.set_text(f"Type an amount up to {words.amount(MOST_MINOR, currency)}, such as 100 or 99.50.")
                    return
                if paid.value is None:
                    wrong.set_text("Choose how it is paid.")
                    return
                try:
                    expires = end_of((ends.value or "").strip())
                except BadCoupons as bad:
                    wrong.set_text(str(bad))
                    return
                self._give(kind.value, minor, expires, paid.value)
                dialog.close()

            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
                ui.button("Give out", on_click=give).props("no-caps unelevated").mark("give-voucher")
        dialog.on("hide", dialog.delete)

    def _give(self, kind: Kind, minor: int, expires_utc_ms: int, paid: Paid) -> None:
        parts = self._parts
        number = new_number(kind)
        one = Voucher(number, kind, parts.config.store.currency, minor, "", parts.now_utc_ms(), expires_utc_ms)
        with writing(parts.engine) as connection:
            give_out(connection, one, act_of(parts, paid, f"issue {number}"))
        self._search.set_value(number)
        self._draw()


def _became(use: Use) -> str:
    """`spent at checkout k01 s001/k01/2026-11-23/000042`, `put on at the desk: Cash`"""
    if use.state != "loaded":
        return f"{use.state} at checkout {use.till} {use.sale_key}".rstrip()
    what = "put on" if use.amount > 0 else "paid back"
    return f"{what} at checkout {use.till} {use.sale_key}" if use.till else f"{what} at the desk: {PAID[use.paid]}"


def _worth(line: Line) -> str:
    one = line.voucher
    if one.kind == "coupon":
        return f"used {line.spent} of {words.counted(one.amount_minor, 'time')}"
    if one.kind == "gift_card" and not one.amount_minor and not line.spent:
        return "blank, blocked" if one.blocked else "blank"
    left = f"{words.amount(line.left, one.currency)} of {words.money(one.amount_minor, one.currency)} left"
    return f"{left}, blocked" if one.blocked else left
