"""Counting: a blind list, a field for each product or a scanner; what differs is shown when somebody finishes."""

from functools import partial

from nicegui import ui

from kiosk.values.moment import local, rfc3339
from store import stock, stock_counts, stock_slips
from store.console import goods_words, words
from store.console.scan_field import scan_field
from store.console.who import who
from store.parts import Parts
from store.price_book import UnknownProduct
from store.stock import UnknownPlace
from store.stock_counts import Count, Differs, NoSuchCount, SheetLine
from store.stock_ledger import FLOOR
from store.stock_slips import BadSlip

_AT_ONCE, _MOST_SHOWN = 50, 200
_REFUSED = (BadSlip, UnknownProduct, UnknownPlace, NoSuchCount)


class CountView:
    """Open counts, or the one that is being counted."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._names = {place.id: place.name for place in stock.places(parts.engine, "here")}
        self._room = ui.element("div").classes("w-full")
        self._draw()

    # --- all of them --------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        self._room.clear()
        with self._room:
            with ui.element("div").classes("g-bar"):
                place = ui.select(self._names, value=FLOOR, label="Where").props("outlined bg-color=white")
                place.classes("w-40").mark("count-place")
                which = ui.input("Only with these words (empty: everything)").props("outlined bg-color=white")
                which.classes("g-grow").mark("count-words")
                begin = ui.button(
                    "Begin a count", on_click=lambda: self._begin(str(place.value), str(which.value or ""))
                )
                begin.props("unelevated size=lg").mark("count-begin")
            ui.label("Counts").classes("g-head")
            found = stock_counts.counts(self._parts.engine, limit=20)
            with ui.element("div").classes("k-sheet").mark("counts"):
                for one in found:
                    self._draw_count(one)
                if not found:
                    ui.label("Nothing has been counted yet.").classes("g-empty")

    def _draw_count(self, one: Count) -> None:
        with ui.element("div").classes("g-line"):
            with ui.element("div"):
                ui.label(f"{self._names.get(one.place, one.place)}: {one.words or 'everything'}").classes("g-name")
                when = words.clock(rfc3339(one.made_utc_ms), self._parts.config.zone)
                ui.label(f"{when}, {one.counted} product{'' if one.counted == 1 else 's'} counted").classes("g-what")
            if one.state == "open":
                ui.button("Go on", on_click=partial(self._open, one.id)).props("unelevated").mark("count-open")
            else:
                ui.label("Booked" if one.state == "booked" else "Dropped").classes("g-badge")

    def _begin(self, place: str, which: str) -> None:
        try:
            id_ = stock_counts.begin(self._parts.engine, place, which, now_utc_ms=self._parts.now_utc_ms(), staff=who())
        except _REFUSED as why:
            ui.notify(str(why), type="negative")
            return
        self._open(id_)

    # --- one ----------------------------------------------------------------------------------------------------------

    def _open(self, id_: str, offset: int = 0, only: str = "") -> None:
        """The list, a page of it."""
        about = stock_counts.find(self._parts.engine, id_)
        fields: dict[str, ui.input] = {}
        self._room.clear()
        with self._room:
            with ui.element("div").classes("g-bar"):
                ui.button(icon="arrow_back", on_click=self._draw).props("flat round aria-label=Back")
                place = self._names.get(about.place, about.place)
                ui.label(f"{place}: {about.words or 'everything'}").classes("k-title g-grow")
                ui.button("Finish", on_click=lambda: self._finish(about)).props("unelevated").mark("count-finish")
            with ui.element("div").classes("g-bar"):
                scan_field("Scan: one more", lambda text: self._scan(id_, text, fields)).mark("count-scan")
                find = ui.input("Find", value=only).props("outlined bg-color=white clearable").classes("g-grow")
                find.on("keydown.enter", lambda: self._open(id_, 0, str(find.value or "")))
            self._wrong = ui.label().classes("g-wrong").mark("count-wrong")
            lines = stock_counts.sheet(self._parts.engine, id_, limit=_AT_ONCE, offset=offset, words=only)
            with ui.element("div").classes("k-sheet").mark("count-sheet"):
                for line in lines:
                    fields[line.gtin] = self._draw_line(id_, line)
                if not lines:
                    ui.label("Nothing on this list.").classes("g-empty")
            with ui.element("div").classes("g-bar"):
                if offset:
                    ui.button("Before", on_click=lambda: self._open(id_, max(0, offset - _AT_ONCE), only)).props("flat")
                if len(lines) == _AT_ONCE:
                    ui.button("More", on_click=lambda: self._open(id_, offset + _AT_ONCE, only)).props("flat")

    def _draw_line(self, id_: str, line: SheetLine) -> ui.input:
        weighed = self._is_weighed(line.gtin)
        with ui.element("div").classes("g-line"):
            with ui.element("div"):
                ui.label(line.name).classes("g-name")
                ui.label(line.gtin).classes("g-what")
            field = ui.input("kg" if weighed else "Pieces", value=_shown(line, weighed=weighed)).classes("w-28")
            field.props("outlined dense inputmode=decimal input-class=text-right").mark(f"counted-{line.gtin}")
            settle = partial(self._settle, id_, line.gtin, field, weighed)
            field.on("keydown.enter", settle)
            field.on("blur", settle)
        return field

    def _is_weighed(self, gtin: str) -> bool:
        row = self._parts.prices.first_of((gtin,)).row
        return row is not None and row.sold_by == "kg"

    def _settle(self, id_: str, gtin: str, field: ui.input, weighed: bool) -> None:
        text = str(field.value or "")
        if not text:
            return
        much = (goods_words.typed_grams if weighed else goods_words.typed_pieces)(text)
        if much is None:
            self._wrong.set_text(f"{text!r} is no {'weight such as 1.250' if weighed else 'number of pieces'}")
            return
        self._note(id_, gtin, *((0, much) if weighed else (much, 0)))

    def _note(self, id_: str, gtin: str, count: int, weight_g: int, *, more: bool = False) -> SheetLine | None:
        try:
            line = stock_counts.note(
                self._parts.engine, id_, gtin, count=count, weight_g=weight_g, now_utc_ms=self._parts.now_utc_ms(),
                staff=who(), more=more,
            )  # fmt: skip
        except _REFUSED as why:
            self._wrong.set_text(str(why))
            return None
        self._wrong.set_text("")
        return line

    def _scan(self, id_: str, text: str, fields: dict[str, ui.input]) -> None:
        """One more of what was scanned, also if it is not on this page of the list."""
        today = local(self._parts.now_utc_ms(), self._parts.config.zone).date()
        try:
            row, one = stock_slips.read_label(self._parts.prices, text, today)
        except UnknownProduct as error:
            self._wrong.set_text(str(error))
            return
        line = self._note(id_, row.code, one.count, one.weight_g, more=True)
        if line is None:
            return
        if (field := fields.get(row.code)) is not None:
            field.set_value(_shown(line, weighed=row.sold_by == "kg"))
        ui.notify(f"{row.name}: {words.much(line.count or 0, line.weight_g or 0)}")

    def _finish(self, about: Count) -> None:
        """Now the books' numbers are shown, and what booking would change."""
        with ui.dialog(value=True) as dialog, ui.card().classes("w-full max-w-2xl"):
            ui.label("What differs from the books").classes("k-title")
            rest = ui.checkbox("What was not counted is not there").mark("count-rest")
            sheet = ui.element("div").classes("w-full").mark("count-differences")

            def draw() -> None:
                sheet.clear()
                with sheet:
                    _draw_differences(
                        stock_counts.differing(self._parts.engine, about.id, rest_is_gone=bool(rest.value))
                    )

            def end(*, book: bool) -> None:
                self._end(about.id, book=book, rest_is_gone=bool(rest.value))
                dialog.close()
                self._draw()

            rest.on_value_change(draw)
            draw()
            with ui.row():
                ui.button("Book it", on_click=lambda: end(book=True)).props("unelevated").mark("count-book")
                ui.button("Go on counting", on_click=dialog.close).props("flat")
                drop = ui.button("Drop the count", on_click=lambda: end(book=False))
                drop.props("flat color=negative").mark("count-drop")
        dialog.on("hide", dialog.delete)

    def _end(self, id_: str, *, book: bool, rest_is_gone: bool) -> None:
        engine, now = self._parts.engine, self._parts.now_utc_ms()
        try:
            if book:
                done = stock_counts.book(engine, id_, now_utc_ms=now, staff=who(), rest_is_gone=rest_is_gone)
                ui.notify(f"Booked: {len(done)} differed", type="positive")
            else:
                stock_counts.drop(engine, id_, now_utc_ms=now, staff=who())
        except NoSuchCount as why:
            ui.notify(str(why), type="negative")


def _draw_differences(found: list[Differs]) -> None:
    for one in found[:_MOST_SHOWN]:
        with ui.element("div").classes("g-line"):
            with ui.element("div"):
                ui.label(one.name or one.gtin).classes("g-name")
                books, there = words.much(one.book_count, one.book_g), words.much(one.count, one.weight_g)
                ui.label(f"books {books}, there {there}").classes("g-what")
            ui.label(goods_words.signed(*one.by)).classes("g-much")
    if not found:
        ui.label("Everything that was counted is as the books say.").classes("g-empty")
    if len(found) > _MOST_SHOWN:
        ui.label(f"and {len(found) - _MOST_SHOWN} more").classes("g-empty")


def _shown(line: SheetLine, *, weighed: bool) -> str:
    if line.count is None or line.weight_g is None:
        return ""
    return goods_words.kilos(line.weight_g) if weighed else str(line.count)
