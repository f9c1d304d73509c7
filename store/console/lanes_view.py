"""Lanes, live: who sells, who waits for staff, and why."""

from nicegui import ui

from store import ledger
from store.console.cards import Card, card_of
from store.console.orders import Orders
from store.parts import Parts

_EVERY_S = 1


def cards(parts: Parts) -> list[Card]:
    """The cards of all tills, those that wait for staff first."""
    live = {lane.till: lane for lane in parts.lanes.all()}
    tills = sorted({*live, *ledger.tills(parts.engine)})
    now = parts.now_utc_ms()
    return sorted((card_of(till, live.get(till), now) for till in tills), key=lambda card: card.tone != "call")


def lanes_view(parts: Parts) -> None:
    """The page's first tab."""
    shown: list[Card] | None = None
    orders = Orders(parts)
    grid = ui.element("div").classes("k-lanes").mark("lanes")

    def draw() -> None:
        nonlocal shown
        now = cards(parts)
        if now == shown:
            return
        shown = now
        orders.follow(now)
        grid.clear()
        with grid:
            for card in now:
                _draw(card, orders)
            if not now:
                ui.label("No checkout has been heard yet.").classes("k-muted")

    draw()
    ui.timer(_EVERY_S, draw)


def _draw(card: Card, orders: Orders) -> None:
    """A touch opens what can be wanted of it."""
    with ui.element("div").classes(f"k-card {card.tone}").mark(f"lane-{card.till}") as drawn:
        drawn.on("click", lambda: orders.open(card))
        with ui.row().classes("w-full items-center justify-between"):
            ui.label(card.title).classes("k-title")
            if card.mark:
                ui.label(card.mark).classes("k-demo")
        ui.label(card.status).classes("k-status")
        if card.due:
            with ui.row().classes("w-full items-baseline justify-between"):
                ui.label(card.due).classes("k-due")
                ui.label(card.items)
        for call in card.calls:
            ui.label(" · ".join(filter(None, (call.why, call.since)))).classes("k-call")
        for trouble in card.troubles:
            ui.label(trouble).classes("k-trouble")
        ui.label(card.footer).classes("k-foot")
