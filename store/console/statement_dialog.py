"""Statement dialog: what the shop owes on gift cards and vouchers, month by month, and what has changed it."""

from collections.abc import Mapping, Sequence

from nicegui import ui

from store.card_ledger import Flow, statement
from store.closing_days import today_of
from store.console import words
from store.console.narrow import two_lines
from store.parts import Parts
from store.report_book import GIFT_CARDS

_OWED = {column.name: column.title for column in GIFT_CARDS.columns if column.name == GIFT_CARDS.shown}
_CHANGES = {column.name: column.title for column in GIFT_CARDS.columns if column.name not in _OWED}
_FILE = "/api/v1/vouchers/statement.csv?by=day"


def statement_dialog(parts: Parts) -> None:
    """The latest month first, up to now."""
    currency = parts.config.store.currency
    now = today_of(parts.config, parts.now_utc_ms())
    flows = statement(parts.engine, currency, "", now)
    with ui.dialog(value=True) as dialog, ui.card().classes("max-w-full").mark("statement"):
        ui.label("What the shop owes on gift cards and vouchers").classes("k-title")
        about = "Blocked ones are among it; bottle slips are not. What ends is owed until the end of its last day."
        ui.label(about).classes("k-muted")
        if flows:
            _table(flows, currency)
        else:
            ui.label("Nothing was ever put on one.").classes("k-muted")
        with ui.row().classes("w-full justify-end"):
            ui.button(
                "Day by day, as CSV", icon="download", on_click=lambda: ui.navigate.to(_FILE, new_tab=True)
            ).props("flat no-caps")
            ui.button("Close", on_click=dialog.close).props("flat no-caps")
    dialog.on("hide", dialog.delete)


def _table(flows: Sequence[Flow], currency: str) -> None:
    """Without what never happened; on a phone the month, what is owed, and below it what has changed it."""
    happened = {name: word for name, word in _CHANGES.items() if any(getattr(flow, name) for flow in flows)}
    columns = [{"name": "period", "label": "Month", "field": "period", "align": "left"}]
    columns += [{"name": name, "label": word, "field": name} for name, word in {**happened, **_OWED}.items()]
    rows = [_row(flow, happened, currency) for flow in reversed(flows)]
    table = ui.table(columns=columns, rows=rows, row_key="period").props("flat dense").classes("w-full")
    two_lines(table, "period", "owed_minor", "changed")


def _row(flow: Flow, happened: Mapping[str, str], currency: str) -> dict[str, str]:
    minor = {name: getattr(flow, name) for name in happened}
    shown = {name: words.amount(much, currency) if much else "" for name, much in minor.items()}
    changed = " · ".join(f"{happened[name]} {much}" for name, much in shown.items() if much)
    owed = words.amount(flow.owed_minor, currency)
    return {"period": flow.period, **shown, "owed_minor": owed, "changed": changed}
