"""Lane grid: the cards of all lanes in their places, drawn anew while people touch them.

With forty lanes something changes with every breath. So only the card that changed is drawn, and a touch is not heard
by what was drawn but by the grid, which stays: it says in words what was touched, and what those words do is looked up
in the cards as they are. A touch is never lost because its button was drawn anew under the finger.
"""

from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from nicegui import ui
from nicegui.events import GenericEventArguments

from store.console.answers import Answer, answers
from store.console.cards import Call, Card
from store.console.who import may

_TOUCHED = "(event) => emit(event.target.closest('.k-card')?.dataset.till, event.target.closest('button')?.dataset.act)"
"""Which till's card, and which of its buttons, if it was one."""


class Asked(msgspec.Struct, frozen=True):
    """Whom a call went to, by name, and whether the lamp calls too."""

    names: tuple[str, ...] = ()
    lamp: bool = False


class LaneGrid:
    """The grid. `opens` gets the card that was touched, `coming` a call that somebody goes to, `answer` an answer."""

    def __init__(
        self,
        opens: Callable[[Card], None],
        coming: Callable[[Card, Call], None],
        answer: Callable[[Card, Call, Answer], None],
    ) -> None:
        self._opens, self._coming, self._answer = opens, coming, answer
        self._cards: dict[str, Card] = {}
        self._shown: dict[str, object] = {}
        """What each place shows, in the order of the places."""
        self._places: dict[str, ui.element] = {}
        self._acts: dict[str, dict[str, Callable[[], None]]] = {}
        """What the buttons of each till do, by their words."""
        self._grid = ui.element("div").classes("k-lanes").mark("lanes").on("click", self._touched, js_handler=_TOUCHED)
        self._place([])

    def draw(self, now: Sequence[Card], went: dict[tuple[str, str, str], Asked]) -> None:
        """These cards, in this order; `went` says whom each call went to, by till, reason and detail."""
        wanted: dict[str, object] = {card.till: (card, _of(card, went)) for card in now}
        if list(wanted) != list(self._places):
            self._place(list(wanted))
        for card in now:
            if wanted[card.till] != self._shown.get(card.till):
                self._places[card.till].clear()
                self._acts[card.till] = {}
                with self._places[card.till]:
                    self._card(card, went)
        self._shown, self._cards = wanted, {card.till: card for card in now}

    def _place(self, tills: list[str]) -> None:
        """A place for each, in this order; what stood there is drawn anew."""
        self._grid.clear()
        self._shown, self._places = {}, {}
        with self._grid:
            for till in tills:
                self._places[till] = ui.element("div").classes("k-place")
            if not tills:
                ui.label("No checkout has been heard yet.").classes("k-muted")

    def _touched(self, event: GenericEventArguments) -> None:
        """A card opens its dialog, a button does what it says; one that is gone meanwhile was answered already."""
        till, act = event.args
        card = self._cards.get(till)
        if act is not None:
            does = self._acts.get(till, {}).get(act)
            if does is None:
                ui.notify("That is settled already.")
            else:
                does()
        elif card is not None:
            self._opens(card)

    def _button(self, card: Card, text: str, act: str, does: Callable[[], None]) -> ui.button:
        """One that `_touched` hears."""
        button = ui.button(text).mark(act)
        button.props["data-act"] = act
        self._acts[card.till][act] = does
        return button

    def _card(self, card: Card, went: dict[tuple[str, str, str], Asked]) -> None:
        with ui.element("div").classes(f"k-card {card.tone}").mark(f"lane-{card.till}") as drawn:
            drawn.props["data-till"] = card.till
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
                    picture(gtin)
                with ui.column().classes("gap-0"):
                    for fact in call.facts:
                        ui.label(fact).classes("k-fact")
            if told := _whom(call, went):
                ui.label(told).classes("k-fact").mark(f"asked-{card.till}-{call.reason}")
            with ui.row().classes("k-answers"):
                if not call.seen_by and may("lane"):
                    about = f"coming-{call.reason} {call.detail}"
                    coming = self._button(card, "I’m coming", about, partial(self._coming, card, call))
                    coming.props("outline no-caps")
                for answer in answers(call, ages=card.ages, assists=may("assist")):
                    act = f"order-{answer.kind}-{call.reason} {call.detail}"
                    button = self._button(card, answer.text, act, partial(self._answer, card, call, answer))
                    button.props("no-caps" if answer.main else "no-caps outline")


def _of(card: Card, went: dict[tuple[str, str, str], Asked]) -> list[Asked | None]:
    """Whom each call of this card went to."""
    return [went.get((card.till, call.reason, call.detail)) for call in card.calls]


def _whom(call: Call, went: Asked) -> str:
    """`Asked: Anna, Bo. The lamp calls.`; who is coming, if somebody is."""
    if call.seen_by:
        return f"{call.seen_by} is coming"
    told = [f"Asked: {', '.join(went.names)}."] if went.names else []
    return " ".join([*told, *(["The lamp calls."] if went.lamp else [])])


def picture(gtin: str) -> None:
    """Nothing, where there is none."""
    ui.html(f'<img src="/picture/{gtin}" alt="" class="k-picture" onerror="this.remove()">', sanitize=False)
