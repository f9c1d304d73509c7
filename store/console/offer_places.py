"""Offer places: what an offer is for, chosen product by product, category by category; a meal has one list a course."""

from collections.abc import Callable

from nicegui import ui

from store.console import book_words
from store.console.form_parts import Finder
from store.parts import Parts


class OfferPlaces:
    """The part of the form about it; `changed` is told of each change."""

    def __init__(self, parts: Parts, items: tuple[tuple[str, ...], ...], changed: Callable[[], object]) -> None:
        self._parts, self._changed = parts, changed
        self.items: list[list[str]] = [list(place) for place in items] or [[]]
        self._courses = False
        self._categories = categories_of(parts)
        self._room = ui.element("div").classes("w-full").style("display: flex; flex-direction: column; gap: 8px")
        self.draw()

    def with_courses(self, courses: bool) -> None:
        """A meal deal has two courses or more, any other offer one list."""
        self._courses = courses
        while courses and len(self.items) < 2:
            self.items.append([])
        if not courses and len(self.items) > 1:
            self.items = [[item for place in self.items for item in place]]
        self.draw()

    @property
    def cell(self) -> str:
        """As a file says it."""
        return " + ".join("|".join(place) for place in self.items)

    def draw(self) -> None:
        self._room.clear()
        with self._room:
            for number, place in enumerate(self.items):
                self._place(number, place)
            if self._courses:
                ui.button("One more course", icon="add", on_click=self._more).props("flat no-caps").mark("more-courses")

    def _place(self, number: int, place: list[str]) -> None:
        with ui.element("div").classes("b-place").mark(f"offer-place-{number}"):
            if self._courses:
                ui.label(f"Course {number + 1}").classes("k-muted")
            with ui.element("div").classes("b-chips"):
                for item in place:
                    chip = ui.chip(self._name(item), removable=True, color="grey-3")
                    chip.on_value_change(lambda _, item=item: self._take_out(number, item))
                if not place:
                    ui.label("Nothing chosen yet").classes("k-muted")
                if self._courses and len(self.items) > 2:
                    ui.button("Take the course out", on_click=lambda: self._fewer(number)).props("flat no-caps dense")
            finder = Finder(
                self._parts, "Add a product or a category", lambda item: self._put_in(number, item), self._others
            )
            finder.field.mark(f"offer-find-{number}")

    def _others(self) -> dict[str, str]:
        return {"all": "Everything", **{f"category:{path}": f"Category {path}" for path in self._categories}}

    def _name(self, item: str) -> str:
        row = self._parts.prices.first_of((item,)).row if item.isdigit() else None
        return book_words.told_item(item, {item: row.name} if row is not None else {})

    def _put_in(self, number: int, item: str) -> None:
        if item not in self.items[number]:
            self.items[number].append(item)
        self.draw()
        self._changed()

    def _take_out(self, number: int, item: str) -> None:
        self.items[number].remove(item)
        self.draw()
        self._changed()

    def _more(self) -> None:
        self.items.append([])
        self.draw()

    def _fewer(self, number: int) -> None:
        del self.items[number]
        self.draw()
        self._changed()


def categories_of(parts: Parts) -> list[str]:
    """Every path that a product is in, and each above it."""
    found = {tuple(row.category.split("/")) for row in parts.prices.rows() if row.category}
    return sorted({"/".join(path[: n + 1]) for path in found for n in range(len(path))})
