"""Form parts: what the forms of the price book share: when a change begins, finding a product, what is wrong where."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nicegui import ui

from store.book_edits import Edit
from store.console import words
from store.console.who import who
from store.parts import Parts
from store.price_batches import BadBatch
from store.price_saving import moment_typed, save

FIELD = "outlined dense"
_FOUND = 6


class Begins:
    """When a change begins, and what it waits for; `save` makes a batch of it."""

    def __init__(self, parts: Parts, labels: bool = True) -> None:
        self._parts = parts
        ui.label("Begins").classes("b-head")
        with ui.element("div").classes("b-fields"):
            self._day = ui.input("From day (empty: at once)").props(f"{FIELD} type=date stack-label").mark("begins-day")
            self._time = ui.input("and time").props(f"{FIELD} type=time stack-label").mark("begins-time")
            self._labels = ui.checkbox("Not before the new labels hang") if labels else None
        self.wrong = ui.label().classes("k-trouble").mark("form-wrong")

    def save(self, edits: Sequence[Edit]) -> bool:
        """Whether there is a batch now; if not, the form says why."""
        try:
            batch = save(
                self._parts, edits, by=who(), waits_for_labels=bool(self._labels and self._labels.value),
                starts_utc_ms=moment_typed(self._day.value or "", self._time.value or "", self._parts.config.zone),
            )  # fmt: skip
        except BadBatch as bad:
            self.wrong.set_text("; ".join(one[:1].upper() + one[1:] for one in str(bad).split("; ")) + ".")
            return False
        state = batch.state(self._parts.now_utc_ms())
        told = {
            "started": f"{batch.name}: in use on every checkout from the next scan on.",
            "approval": f"{batch.name} waits for somebody else to approve it: {batch.needs_approval}.",
            "labels": f"{batch.name} waits until its labels hang.",
        }.get(state, f"{batch.name} is planned.")
        ui.notify(told, type="positive" if state == "started" else "warning")
        return True


class Finder:
    """A field that finds products by name or code; `found` is told which. `more` are other things that it may find."""

    def __init__(
        self, parts: Parts, label: str, found: Callable[[str], object], more: Callable[[], Mapping[str, str]] = dict
    ) -> None:
        self._parts, self._told, self._more = parts, found, more
        self.field = ui.input(label, on_change=self._find).props(f"{FIELD} clearable debounce=250").classes("w-full")
        self._list = ui.element("div").classes("b-found")

    def _find(self) -> None:
        self._list.clear()
        text = str(self.field.value or "").strip()
        if not text:
            return
        currency = self._parts.config.store.currency
        rows = self._parts.prices.search(text, _FOUND)
        goods = {row.code: f"{row.name} · {words.amount(row.price_minor, currency)} · {row.code}" for row in rows}
        others = {key: name for key, name in self._more().items() if text.casefold() in name.casefold()}
        with self._list:
            for key, name in (*list(others.items())[:_FOUND], *goods.items()):
                ui.button(name, on_click=lambda _, key=key: self._take(key)).props("flat no-caps align=left")
            if not goods and not others:
                ui.label("Nothing found.").classes("k-muted")

    def _take(self, key: str) -> None:
        self.field.set_value("")
        self._list.clear()
        self._told(key)


def show_wrong(fields: Mapping[str, Any], problems: Iterable[tuple[str, str]], called: Mapping[str, str]) -> list[str]:
    """Each field says what is wrong with it; what is left is about no field of the form."""
    left = []
    for field in fields.values():
        field.props(remove="error error-message")
    for column, what in problems:
        names = [name for name in column.split(" or ") if name in fields]
        for name in names:
            fields[name].props(f'error error-message="{what.replace(chr(34), "")}"')
        if not names:
            left.append(f"{called.get(column, column)}: {what}")
    return left
