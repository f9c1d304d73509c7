"""Lanes, live: who sells, who waits for staff, and why; one touch answers, and a finger on a card opens its dialog."""

from collections.abc import Iterable
from functools import partial

import msgspec
from nicegui import ui

from store import ledger, users
from store.console import words
from store.console.alerts import Alerts
from store.console.answers import Answer, answers, said
from store.console.cards import Call, Card, card_of
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


class Asked(msgspec.Struct, frozen=True):
    """Whom a call went to, by name, and whether the lamp calls too."""

    names: tuple[str, ...] = ()
    lamp: bool = False


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
        self._shown: object = None
        with ui.row().classes("w-full items-center k-tools"):
            self._alerts = Alerts(who())
            ui.space()
            if may("lane"):
                for kind, text, data in _ALL:
                    button = ui.button(text, on_click=partial(self._ask_all, kind, text, data))
                    button.props("outline no-caps").mark(f"all-{kind}")
        self._orders = Orders(parts, self._ordering)
        self._asking = ui.element("div")  # not in a card: cards come and go while somebody reads
        self._grid = ui.element("div").classes("k-lanes").mark("lanes")
        self._draw()
        ui.timer(_EVERY_S, self._draw)

    def _draw(self) -> None:
        now, tasks = cards(self._parts), self._parts.watch.tasks
        called = {(card.till, call.reason, call.detail): (card.title, call.why) for card in now for call in card.calls}
        self._alerts.follow(tasks, called)
        went = asked(tasks, self._names(tasks))
        if (now, went) == self._shown:
            return
        self._shown = (now, went)
        self._orders.follow(now)
        self._grid.clear()
        with self._grid:
            for card in now:
                self._card(card, went)
            if not now:
                ui.label("No checkout has been heard yet.").classes("k-muted")

    def _names(self, tasks: Iterable[Task]) -> dict[str, str]:
        return users.names(self._parts.engine) if any(one.asked for one in tasks) else {}

    def _card(self, card: Card, went: dict[tuple[str, str, str], Asked]) -> None:
        with ui.element("div").classes(f"k-card {card.tone}").mark(f"lane-{card.till}") as drawn:
            drawn.on("click", lambda: self._orders.open(card))
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
                self._call(card, call, went.get((card.till, call.reason, call.detail), Asked()))
            for trouble in card.troubles:
                ui.label(trouble).classes("k-trouble")
            ui.label(card.footer).classes("k-foot")

    def _call(self, card: Card, call: Call, went: Asked) -> None:
        with ui.element("div").classes("k-call"):
            ui.label(" · ".join(filter(None, (call.why, call.since))))
            with ui.row().classes("items-center no-wrap k-facts"):
                for gtin in call.gtins[:1]:
                    _picture(gtin)
                with ui.column().classes("gap-0"):
                    for fact in call.facts:
                        ui.label(fact).classes("k-fact")
            if told := _whom(call, went):
                ui.label(told).classes("k-fact").mark(f"asked-{card.till}-{call.reason}")
            with ui.row().classes("k-answers"):
                if not call.seen_by and may("lane"):
                    coming = ui.button("I’m coming").props("outline no-caps")
                    coming.on("click.stop", partial(self._coming, card, call)).mark(f"coming-{card.till}-{call.reason}")
                for answer in answers(call, ages=card.ages, assists=may("assist")):
                    button = ui.button(answer.text).props("no-caps" if answer.main else "no-caps outline")
                    button.mark(f"order-{answer.kind}-{call.reason}")
                    button.on("click.stop", partial(self._answer, card, call, answer))

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
                _picture(gtin)
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
            ui.notify("No lane can be reached.", type="negative")
            return
        with ui.dialog(value=True) as dialog, ui.card().classes("k-order"):
            ui.label(f"{text}: {words.counted(len(tills), 'lane')}").classes("k-title")
            ui.label("Whoever is being served is served to the end." if kind == "close" else "Between two visits.")

            def sure() -> None:
                for till in tills:
                    self._ordering.order(till, kind, data, f"{till}, {kind}")
                dialog.close()

            with ui.row():
                ui.button("Back", on_click=dialog.close).props("outline no-caps")
                ui.button(text, on_click=sure).props("no-caps").mark("all-sure")
        dialog.on("hide", dialog.delete)


def _whom(call: Call, went: Asked) -> str:
    """`Asked: Anna, Bo. The lamp calls.`; who is coming, if somebody is."""
    if call.seen_by:
        return f"{call.seen_by} is coming"
    told = [f"Asked: {', '.join(went.names)}."] if went.names else []
    return " ".join([*told, *(["The lamp calls."] if went.lamp else [])])


def _picture(gtin: str) -> None:
    """Nothing, where there is none."""
    ui.html(f'<img src="/picture/{gtin}" alt="" class="k-picture" onerror="this.remove()">', sanitize=False)
