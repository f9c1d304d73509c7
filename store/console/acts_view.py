"""Acts: what people and programs did, the newest first, with what came of it."""

from typing import Any

from nicegui import ui

from kiosk.values.moment import rfc3339
from store import acts
from store.acts import Told
from store.console import words
from store.console.narrow import two_lines
from store.parts import Parts

_EVERY_S, _AT_ONCE = 3, 500
KINDS = {
    "sign_in": "Signed in",
    "sign_in_refused": "PIN refused",
    "locked": "Locked out",
    "sign_out": "Signed out",
    "first_user": "First user made",
    "order": "Ordered",
    "coming": "On the way",
    "board": "Wall screen set up",
    "configure": "Settings of a checkout changed",
    "purchase": "Order to a supplier",
    "api": "Changed over HTTP",
    "adopted": "Machine adopted",
    "revoke": "Certificate revoked",
    "user": "Staff",
    "loss_ended": "Possible loss closed",
}
_OUTCOMES = {"": "", "waiting": "Waiting", "done": "Done", "refused": "Not done", "expired": "Not answered"}
_COLUMNS: list[dict[str, Any]] = [
    {"name": "at", "label": "When", "field": "at", "align": "left"},
    {"name": "who", "label": "Who", "field": "who", "align": "left"},
    {"name": "what", "label": "What", "field": "what", "align": "left"},
    {"name": "till", "label": "Checkout", "field": "till", "align": "left"},
    {"name": "outcome", "label": "Outcome", "field": "outcome", "align": "left"},
    {"name": "address", "label": "From", "field": "address", "align": "left"},
]


def row_of(one: Told, parts: Parts) -> dict[str, Any]:
    """As it stands in the table."""
    kind = words.said(one.kind, KINDS)
    outcome = words.said(one.outcome, _OUTCOMES)
    return {
        "n": one.n,
        "at": words.clock(rfc3339(one.at_utc_ms), parts.config.zone),
        "who": one.name.removeprefix("token:") + (" (program)" if one.who.startswith("token:") else ""),
        "what": f"{kind}: {one.about}" if one.about else kind,
        "till": one.till,
        "outcome": f"{outcome}: {one.why}" if one.why else outcome,
        "address": one.address,
    }


def acts_view(parts: Parts) -> None:
    """A tab of the page."""
    with ui.row().classes("w-full items-center"):
        search = (
            ui.input("Find by who, what or checkout").props("outlined dense clearable bg-color=white").classes("w-80")
        )
    with ui.element("div").classes("k-sheet"):
        table = ui.table(columns=_COLUMNS, rows=[], row_key="n", pagination=25).classes("w-full").mark("acts")
        two_lines(table, "what", "at", "who", "till", "outcome", "address")
        table.add_slot("no-data", "Nobody has done anything yet, or nothing like that.")

    def load() -> None:
        rows = [row_of(one, parts) for one in acts.latest(parts.engine, limit=_AT_ONCE, words=search.value or "")]
        if rows != table.rows:
            table.rows = rows

    search.on_value_change(load)
    load()
    ui.timer(_EVERY_S, load)
