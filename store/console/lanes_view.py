"""Lanes, live: who sells, who waits for staff, and why; one touch answers, and a finger on a card opens its dialog."""

from collections.abc import Iterable
from functools import partial

from nicegui import ui

from store import ledger, users
from store.console import words
from store.console.alerts import Alerts
from store.console.answers import Answer, said
from store.console.cards import Call, Card, card_of
from store.console.lane_grid import Asked, LaneGrid, picture
from store.console.ordering import Ordering
from store.console.orders import Orders
from store.console.who import may, note, who
from store.escalation import Task
from store.parts import Parts

_EVERY_S = 1
_ALL: tuple[tuple[str, str, dict[str, int]], ...] = (
    ("open", "Open all", {}),
    ("pause", "Pause all", {"minutes": 15}),
    ("close", "Close all", {}),
)


def cards(parts: Parts) -> list[Card]:
    """The cards of all tills, those that wait for staff first."""
    live = {lane.till: lane for lane in parts.lanes.all()}
    tills = sorted({*live, *ledger.tills(parts.engine)})
    now = parts.now_utc_ms()
    return sorted((card_of(till, live.get(till), now) for till in tills), key=lambda card: card.tone != "call")


def asked(tasks: Iterable[Task], names: dict[str, str]) -> dict[tuple[str, str, str], Asked]:
    """Whom each call went to. Pure."""
    return {task.need.key: Asked(tuple(names.get(id_, id_) for id_ in task.asked), task.lamp) for task in tasks}


def lanes_view(parts: Parts) -> None:
    """The page's first tab."""
    LanesView(parts)


class LanesView:
    """The bank of lanes."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._ordering = parts, Ordering(parts)
        with ui.row().classes("w-full items-center k-tools"):
            self._alerts = Alerts(who())
            ui.space()
            if may("lane"):
                for kind, text, data in _ALL:
                    button = ui.button(text, on_click=partial(self._ask_all, kind, text, data))
                    button.props("outline no-caps").mark(f"all-{kind}")
        self._orders = Orders(parts, self._ordering)
        self._asking = ui.element("div")  # not in a card: cards come and go while somebody reads
        self._grid = LaneGrid(self._orders.open, self._coming, self._answer)
        self._draw()
        ui.timer(_EVERY_S, self._draw)

    def _draw(self) -> None:
        now, tasks = cards(self._parts), self._parts.watch.tasks
        called = {(card.till, call.reason, call.detail): (card.title, call.why) for card in now for call in card.calls}
        self._alerts.follow(tasks, called)
        self._orders.follow(now)
        self._grid.draw(now, asked(tasks, self._names(tasks)))

    def _names(self, tasks: Iterable[Task]) -> dict[str, str]:
        return users.names(self._parts.engine) if any(one.asked for one in tasks) else {}

    def _coming(self, card: Card, call: Call) -> None:
        if self._ordering.order(card.till, "coming", {"reason": call.reason}, f"{card.title}, on my way"):
            note(self._parts, "coming", till=card.till, about=call.reason)

    def _answer(self, card: Card, call: Call, answer: Answer) -> None:
        if answer.asks:
            self._first(card, call, answer)
        else:
            self._send(card, call, answer)

    def _send(self, card: Card, call: Call, answer: Answer, why: str = "") -> None:
        called = f"{card.title}, {answer.text.lower()}"
        self._ordering.order(card.till, answer.kind, said(call, answer, why), called)

    def _first(self, card: Card, call: Call, answer: Answer) -> None:
        """What must be said with it."""
        with self._asking, ui.dialog(value=True) as dialog, ui.card().classes("k-order"):
            ui.label(card.title).classes("k-title")
            ui.label(call.why).classes("k-call")
            for gtin in call.gtins[:1]:
                picture(gtin)
            for fact in call.facts:
                ui.label(fact)
            if call.age_limit and answer.asks == "sees":
                ui.label(f"{call.age_limit} years").classes("k-due")
            sees = ui.checkbox("I can see the shopper").mark("order-sees") if answer.asks == "sees" else None
            why = ui.input("Why, for the record").props("maxlength=120").mark("order-why") if sees is None else None

            def sure() -> None:
                self._send(card, call, answer, why.value or "" if why is not None else "")
                dialog.close()

            with ui.row():
                ui.button("Back", on_click=dialog.close).props("outline no-caps")
                push = ui.button(answer.text, on_click=sure).props("no-caps").mark("order-sure")
                if sees is not None:
                    push.bind_enabled_from(sees, "value")
        dialog.on("hide", dialog.delete)

    def _ask_all(self, kind: str, text: str, data: dict[str, int]) -> None:
        """All at once is asked for once more."""
        tills = [lane.till for lane in self._parts.lanes.all() if lane.online]
        if not tills:
            ui.notify("No checkout can be reached.", type="negative")
            return
        with ui.dialog(value=True) as dialog, ui.card().classes("k-order"):
            ui.label(f"{text}: {words.counted(len(tills), 'checkout')}").classes("k-title")
            ui.label("Whoever is being served is served to the end." if kind == "close" else "Between two visits.")

            def sure() -> None:
                for till in tills:
                    self._ordering.order(till, kind, data, f"{till}, {kind}")
                dialog.close()

            with ui.row():
                ui.button("Back", on_click=dialog.close).props("outline no-caps")
                ui.button(text, on_click=sure).props("no-caps").mark("all-sure")
        dialog.on("hide", dialog.delete)
