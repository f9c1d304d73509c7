"""Receiving, waste and moving: what is scanned becomes a delivery, waste, or a transfer from one place to another."""

from collections.abc import Callable

from nicegui import ui

from kiosk.values.moment import rfc3339
from store import stock, stock_slips, stock_transfers
from store.console import goods_words, words
from store.console.scan_lines import ScanLines
from store.console.who import who
from store.parts import Parts
from store.price_book import UnknownProduct
from store.stock import UnknownPlace
from store.stock_ledger import FLOOR
from store.stock_slips import BadSlip, SlipKind
from store.stock_transfers import NoSuchTransfer, Transfer

_REFUSED = (BadSlip, UnknownProduct, UnknownPlace, NoSuchTransfer)


def slip_view(parts: Parts, kind: SlipKind) -> None:
    """The page for a delivery or for waste."""
    here = {place.id: place.name for place in stock.places(parts.engine, "here")}
    is_waste = kind == "waste"
    with ui.element("div").classes("g-bar"):
        place = ui.select(here, value=FLOOR if is_waste else "back", label="Taken from" if is_waste else "Put into")
        place.props("outlined bg-color=white").classes("w-44").mark(f"{kind}-place")
        note = ui.input("Note" if is_waste else "Supplier, number of the delivery note")
        note.props("outlined bg-color=white maxlength=200").classes("g-grow").mark(f"{kind}-note")
    scanned = ScanLines(parts, kind, reasons=is_waste, dates=not is_waste)

    def book() -> None:
        try:
            stock_slips.book_slip(
                parts.engine, kind, scanned.lines, now_utc_ms=parts.now_utc_ms(), place=str(place.value),
                note=str(note.value or ""), staff=who(),
            )  # fmt: skip
        except _REFUSED as why:
            scanned.refuse(str(why))
            return
        lines = len(scanned.lines)
        scanned.clear()
        note.set_value("")
        done = "Waste is booked" if is_waste else "The delivery is in stock"
        ui.notify(f"{done}: {lines} line{'' if lines == 1 else 's'}", type="positive")

    _book_button("Book the waste" if is_waste else "Book the delivery", kind, scanned, book)


def _book_button(text: str, kind: str, scanned: ScanLines, act: Callable[[], None]) -> None:
    button = ui.button(text, on_click=act).props("unelevated size=lg").classes("w-full q-mt-sm").mark(f"{kind}-book")

    def look() -> None:
        button.set_enabled(bool(scanned.lines))

    scanned.changed = look
    look()


class TransferView:
    """Sending, and receiving what is on its way."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._names = {place.id: place.name for place in stock.places(parts.engine)}
        ui.label("On its way").classes("g-head")
        self._on_way = ui.element("div").classes("k-sheet").mark("transfers")
        ui.label("Send").classes("g-head")
        with ui.element("div").classes("g-bar"):
            self._from = ui.select(self._names, value="back", label="From").props("outlined bg-color=white")
            self._from.classes("g-grow").mark("transfer-from")
            self._to = ui.select(self._names, value=FLOOR, label="To").props("outlined bg-color=white")
            self._to.classes("g-grow").mark("transfer-to")
        self._scanned = ScanLines(parts, "transfer")
        _book_button("Send", "transfer", self._scanned, self._send)
        with ui.expansion("Another place or shop").classes("w-full"), ui.element("div").classes("g-bar"):
            self._id = ui.input("Short name, such as s002").props("outlined dense bg-color=white").mark("place-id")
            self._name = ui.input("Name").props("outlined dense bg-color=white").mark("place-name")
            self._kind = ui.select({"here": "In this shop", "shop": "Another shop"}, value="shop")
            self._kind.props("outlined dense bg-color=white")
            ui.button("Add", on_click=self._add_place).props("outline").mark("place-add")
        self._draw()

    def _add_place(self) -> None:
        id_, name = str(self._id.value or "").strip(), str(self._name.value or "").strip()
        if not stock.is_place_id(id_) or not name or id_ == FLOOR:
            ui.notify("A short name has a to z, 0 to 9 and -, and there is a name beside it", type="negative")
            return
        stock.add_place(self._parts.engine, stock.Place(id_, name, self._kind.value))
        self._names[id_] = name
        for field in (self._from, self._to):
            field.set_options(self._names)
        ui.notify(f"{name} is there now", type="positive")

    def _send(self) -> None:
        try:
            stock_transfers.send(
                self._parts.engine, str(self._from.value), str(self._to.value), self._scanned.lines,
                now_utc_ms=self._parts.now_utc_ms(), staff=who(),
            )  # fmt: skip
        except _REFUSED as why:
            self._scanned.refuse(str(why))
            return
        self._scanned.clear()
        ui.notify("It is on its way", type="positive")
        self._draw()

    def _draw(self) -> None:
        self._on_way.clear()
        with self._on_way:
            found = stock_transfers.transfers(self._parts.engine, "sent", limit=50)
            for one in found:
                self._draw_one(one)
            if not found:
                ui.label("Nothing is on its way.").classes("g-empty")

    def _draw_one(self, one: Transfer) -> None:
        names = self._names
        with ui.element("div").classes("g-line").mark(f"transfer-{one.id}"):
            with ui.element("div"):
                way = f"{names.get(one.from_place, one.from_place)} to {names.get(one.to_place, one.to_place)}"
                ui.label(way).classes("g-name")
                when = words.clock(rfc3339(one.sent_utc_ms), self._parts.config.zone)
                goods = ", ".join(f"{words.much(line.sent_count, line.sent_g)} {line.name}" for line in one.lines[:3])
                more = f" and {len(one.lines) - 3} more" if len(one.lines) > 3 else ""
                ui.label(f"{when}: {goods}{more}").classes("g-what")
            ui.button("Receive", on_click=lambda: self._receive(one)).props("unelevated").mark("transfer-receive")

    def _receive(self, one: Transfer) -> None:
        """What has come, line by line; it begins with what was sent."""
        with ui.dialog(value=True) as dialog, ui.card().classes("w-full max-w-xl"):
            ui.label("What has come?").classes("k-title")
            fields: dict[str, ui.input] = {}
            for line in one.lines:
                text = goods_words.kilos(line.sent_g) if line.sent_g else str(line.sent_count)
                fields[line.gtin] = ui.input(f"{line.name or line.gtin}{', kg' if line.sent_g else ''}", value=text)
                fields[line.gtin].props("outlined inputmode=decimal").classes("w-full").mark(f"came-{line.gtin}")
            wrong = ui.label().classes("g-wrong")

            def done() -> None:
                came: dict[str, tuple[int, int]] = {}
                for line in one.lines:
                    text = str(fields[line.gtin].value or "")
                    much = goods_words.typed_grams(text) if line.sent_g else goods_words.typed_pieces(text)
                    if much is None:
                        wrong.set_text(f"{line.name or line.gtin}: {text!r} is not how much there is")
                        return
                    came[line.gtin] = (0, much) if line.sent_g else (much, 0)
                try:
                    after = stock_transfers.receive(
                        self._parts.engine, one.id, came, now_utc_ms=self._parts.now_utc_ms(), staff=who()
                    )
                except _REFUSED as why:
                    wrong.set_text(str(why))
                    return
                dialog.close()
                missing = sum(any(line.missing) for line in after.lines)
                text = f"Received; {missing} line{'' if missing == 1 else 's'} not as sent" if missing else "Received"
                ui.notify(text, type="warning" if missing else "positive")
                self._draw()

            with ui.row():
                ui.button("It is here", on_click=done).props("unelevated").mark("transfer-received")
                ui.button("Not yet", on_click=dialog.close).props("flat")
        dialog.on("hide", dialog.delete)
