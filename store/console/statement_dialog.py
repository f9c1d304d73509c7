"""Statement dialog: what the shop owes on gift cards and vouchers, month by month, and what has changed it."""

from nicegui import ui

from store.card_ledger import Flow, statement
from store.console import words
from store.parts import Parts
from store.report_book import GIFT_CARDS

_COLUMNS = {column.name: column.title for column in GIFT_CARDS.columns}
_FILE = "/api/v1/vouchers/statement.csv?by=day"


def statement_dialog(parts: Parts) -> None:
    """The latest month first."""
    currency = parts.config.store.currency
    flows = statement(parts.engine, currency, "", "9999-12-31")
    with ui.dialog(value=True) as dialog, ui.card().classes("max-w-full").mark("statement"):
        ui.label("What the shop owes on gift cards and vouchers").classes("k-title")
        about = "Blocked ones are among it; bottle slips are not. What ends is owed until the end of its last day."
        ui.label(about).classes("k-muted")
        if flows:
            columns = [{"name": "period", "label": "Month", "field": "period", "align": "left"}]
            columns += [{"name": name, "label": word, "field": name} for name, word in _COLUMNS.items()]
            table = ui.table(columns=columns, rows=[_row(flow, currency) for flow in reversed(flows)])
            table.props("flat dense").classes("w-full")
        else:
            ui.label("Nothing was ever put on one.").classes("k-muted")
        with ui.row().classes("w-full justify-end"):
            ui.button(
                "Day by day, as CSV", icon="download", on_click=lambda: ui.navigate.to(_FILE, new_tab=True)
            ).props("flat no-caps")
            ui.button("Close", on_click=dialog.close).props("flat no-caps")
    dialog.on("hide", dialog.delete)


def _row(flow: Flow, currency: str) -> dict[str, str]:
    amounts = {name: getattr(flow, name) for name in _COLUMNS}
    shown = {name: words.amount(minor, currency) if minor else "" for name, minor in amounts.items()}
    return {"period": flow.period, **shown, "owed_minor": words.amount(flow.owed_minor, currency)}
