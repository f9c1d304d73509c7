"""Scan lines: the field that a scanner types into, and the lines it makes; a page that is closed loses none of them.

A scanner that is a keyboard types a label and presses Enter: one more of that product. The field keeps the focus, so
that hands stay on the goods. How much can be typed; nothing can be booked by accident, for that is a button of its own.
"""

from collections.abc import Callable, Iterable
from functools import partial

from msgspec.structs import replace
from nicegui import ui

from kiosk.values.moment import local
from kiosk.wire.price_csv import PriceRow
from store import stock_slips
from store.console import goods_words
from store.console.scan_field import scan_field
from store.console.who import who
from store.parts import Parts
from store.price_book import UnknownProduct
from store.stock_slips import SlipLine


class ScanLines:
    """`kind` names the draft; `reasons`: each line has one (waste)."""

    def __init__(self, parts: Parts, kind: str, *, reasons: bool = False, dates: bool = False) -> None:
        self._parts, self._kind, self._reasons, self._dates = parts, kind, reasons, dates
        self._draft = f"{kind} {who()}"
        self.lines = stock_slips.draft(parts.engine, self._draft)
        self.changed: Callable[[], None] = lambda: None
        with ui.element("div").classes("g-bar"):
            scan_field("Scan or type a code", self._scan).mark(f"{kind}-scan")
        self._wrong = ui.label().classes("g-wrong").mark(f"{kind}-wrong")
        self._wrong.set_visibility(False)
        self._sheet = ui.element("div").classes("k-sheet").mark(f"{kind}-lines")
        self.draw()

    def clear(self) -> None:
        """They are booked."""
        self._keep(())

    def put(self, lines: Iterable[SlipLine]) -> None:
        """These in place of what there was."""
        self._keep(tuple(lines))

    def refuse(self, why: str) -> None:
        """Beside the field."""
        self._wrong.set_text(why)
        self._wrong.set_visibility(bool(why))

    def _scan(self, text: str) -> None:
        parts = self._parts
        today = local(parts.now_utc_ms(), parts.config.zone).date()
        try:
            _, line = stock_slips.read_label(parts.prices, text, today)
        except UnknownProduct as error:
            self.refuse(str(error))
            return
        self.refuse("")
        reason = self.lines[-1].reason if self._reasons and self.lines else ""
        if self._reasons and not reason:
            reason = "expired" if line.expiry and line.expiry < today.isoformat() else "damaged"
        self._keep(stock_slips.added(self.lines, replace(line, reason=reason) if self._reasons else line))

    def _keep(self, lines: tuple[SlipLine, ...]) -> None:
        self.lines = lines
        stock_slips.keep_draft(self._parts.engine, self._draft, lines, self._parts.now_utc_ms())
        self.draw()
        self.changed()

    def _put(self, at: int, line: SlipLine | None) -> None:
        new = () if line is None else (line,)
        self._keep((*self.lines[:at], *new, *self.lines[at + 1 :]))

    def draw(self) -> None:
        """All lines, the last scanned first."""
        self._sheet.clear()
        rows = {row.code: row for row in map(self._row, self.lines) if row is not None}
        with self._sheet:
            for at in range(len(self.lines) - 1, -1, -1):
                line = self.lines[at]
                row = rows.get(line.gtin)
                weighed = bool(line.weight_g) or (row is not None and row.sold_by == "kg")
                self._draw_line(at, line, row.name if row is not None else line.gtin, weighed=weighed)
            if not self.lines:
                ui.label("Nothing scanned yet.").classes("g-empty")

    def _row(self, line: SlipLine) -> PriceRow | None:
        return self._parts.prices.first_of((line.gtin,)).row

    def _draw_line(self, at: int, line: SlipLine, name: str, *, weighed: bool) -> None:
        with ui.element("div").classes("g-line tall").mark(f"{self._kind}-line-{line.gtin}"):
            with ui.element("div"):
                ui.label(name).classes("g-name")
                ui.label(goods_words.about_line(line)).classes("g-what")
            with ui.element("div").classes("g-act"):
                if self._reasons:
                    ui.select(
                        goods_words.REASONS, value=line.reason or None, label="Why",
                        on_change=lambda event: self._put(at, replace(line, reason=event.value or "")),
                    ).props("outlined dense").classes("w-40")  # fmt: skip
                if self._dates:
                    last = ui.input("Last day", value=line.expiry).props("outlined dense type=date").classes("w-40")
                    last.on("blur", lambda: self._put(at, replace(line, expiry=str(last.value or ""))))
                text = goods_words.kilos(line.weight_g) if weighed else str(line.count)
                much = ui.input("kg" if weighed else "Pieces", value=text).classes("w-24")
                much.props("outlined dense inputmode=decimal input-class=text-right").mark(
                    f"{self._kind}-much-{line.gtin}"
                )
                settle = partial(self._settle, at, line, much, weighed)
                much.on("keydown.enter", settle)
                much.on("blur", settle)
                ui.button(icon="close", on_click=lambda: self._put(at, None)).props("flat round aria-label=Remove")

    def _settle(self, at: int, line: SlipLine, field: ui.input, weighed: bool) -> None:
        typed = goods_words.typed_grams if weighed else goods_words.typed_pieces
        much = typed(str(field.value or ""))
        if much is None:
            self.refuse(f"{field.value!r} is no {'weight such as 1.250' if weighed else 'number of pieces'}")
            self.draw()
            return
        self.refuse("")
        new = replace(line, weight_g=much) if weighed else replace(line, count=much)
        if new != line and at < len(self.lines) and self.lines[at] == line:
            self._put(at, new)
