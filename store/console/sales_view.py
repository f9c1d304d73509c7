"""Sales: the latest first, found by their key, each with all that is said about it."""

from typing import Any

from msgspec import UNSET
from nicegui import ui
from nicegui.events import GenericEventArguments

from kiosk.checkout.sale import SaleLine, receipt_token
from store import ledger
from store.console import words
from store.console.narrow import two_lines
from store.parts import Parts

_EVERY_S = 2
_AT_ONCE = 200
_COLUMNS = [
    {"name": "sealed", "label": "Sealed", "field": "sealed", "align": "left"},
    {"name": "key", "label": "Key", "field": "key", "align": "left"},
    {"name": "kind", "label": "Kind", "field": "kind", "align": "left"},
    {"name": "items", "label": "Items", "field": "items", "align": "right"},
    {"name": "due", "label": "Total", "field": "due", "align": "right"},
    {"name": "flags", "label": "Odd about it", "field": "flags", "align": "left"},
]


def sales_view(parts: Parts) -> None:
    """The page's second tab."""
    with ui.row().classes("w-full items-center"):
        search = ui.input("Find by key").props("outlined dense clearable bg-color=white").classes("w-80")
        odd_only = ui.switch("Only odd ones")
    with ui.element("div").classes("k-sheet"):
        table = ui.table(columns=_COLUMNS, rows=[], row_key="key", pagination=25).classes("w-full").mark("sales")
    two_lines(table, "sealed", "due", "kind", "many", "key", "flags", opens=True)
    table.on("rowClick", lambda event: _show(parts, event))

    def load() -> None:
        found = ledger.latest(parts.engine, limit=_AT_ONCE, words=search.value or "", flagged=bool(odd_only.value))
        rows = [_row(parts, sale) for sale in found]
        if rows != table.rows:
            table.rows = rows

    search.on_value_change(load)
    odd_only.on_value_change(load)
    load()
    ui.timer(_EVERY_S, load)


def _row(parts: Parts, sale: ledger.Summary) -> dict[str, Any]:
    return {
        "key": sale.key,
        "sealed": words.clock(sale.sealed, parts.config.zone),
        "kind": words.said(sale.kind, words.KINDS) + (" (training)" if sale.training else ""),
        "items": sale.items,
        "many": words.counted(sale.items, "item"),
        "due": words.money(sale.due_minor, sale.currency),
        "flags": ", ".join(words.said(reason, words.FLAGS) for reason in sale.flags),
    }


def _show(parts: Parts, event: GenericEventArguments) -> None:
    entry = ledger.find(parts.engine, event.args[1]["key"])
    assert entry is not None, "a sale never leaves the books"
    sale, currency = entry.sale, entry.sale.currency
    with ui.dialog(value=True) as dialog, ui.card().classes("w-full max-w-3xl"):
        ui.label(sale.key).classes("k-title").mark("sale-key")
        kind = words.said(sale.kind, words.KINDS)
        ui.label(f"{kind}, {words.clock(sale.sealed, parts.config.zone)}").classes("k-muted")
        for flag in entry.flags:
            ui.label(f"{words.sentence(words.said(flag.reason, words.FLAGS))}: {flag.detail}").classes("k-flag")
        with ui.element("div").classes("w-full"):
            for line in sale.lines:
                _pair(_line(line, currency), words.amount(line.amount_minor + line.deposit_minor, currency))
            ui.separator()
            _pair("Total", words.money(sale.totals.due_minor, currency), strong=True)
            for tax in sale.totals.tax:
                net = words.amount(tax.net_minor, currency)
                _pair(f"VAT {words.rate(tax.rate_bp)} in it (net {net})", words.amount(tax.tax_minor, currency))
            if sale.donation is not UNSET:
                _pair(f"Gift to {sale.donation.to}", words.amount(sale.donation.amount_minor, currency))
            for tender in sale.tenders:
                card = f" {tender.card.scheme} {tender.card.masked}" if tender.card else ""
                _pair(
                    f"Paid by {words.TENDERS.get(tender.kind, tender.kind)}{card}",
                    words.amount(tender.amount_minor, currency),
                )
        if sale.kind != "void":
            ui.link("Receipt", f"/r/{receipt_token(sale)}", new_tab=True)
        ui.button("Close", on_click=dialog.close).props("flat no-caps")
    dialog.on("hide", dialog.delete)


def _line(line: SaleLine, currency: str) -> str:
    how_much = words.much(0, line.weight_g) if line.weight_g is not None else str(line.count)
    deposit = f" + deposit {words.amount(line.deposit_minor, currency)}" if line.deposit_minor else ""
    return f"{line.name}   {how_much} x {words.amount(line.unit_price_minor, currency)}{deposit}"


def _pair(left: str, right: str, *, strong: bool = False) -> None:
    with ui.row().classes("w-full justify-between no-wrap" + (" k-title" if strong else "")):
        ui.label(left)
        ui.label(right).classes("k-num")
