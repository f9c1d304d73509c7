"""Offer example: what a basket costs with the offer that is being written, by the lanes' own pricing."""

from datetime import datetime

from nicegui import ui

from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.offers_together import names_of
from kiosk.wire.price_csv import PriceRow
from store.basket_preview import Much, Preview, preview
from store.console import words
from store.console.form_parts import FIELD, Finder
from store.parts import Parts

_WEIGHED_G = 1_000


class OfferExample:
    """The part of the form that shows it. It begins with as much as the offer needs; people add to it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._offer: OfferRow | None = None
        self._basket: dict[str, int] = {}
        self._touched = False
        ui.label("What a basket costs").classes("b-head")
        now = datetime.fromisoformat(words.utc(parts.now_utc_ms())).astimezone(parts.config.zone)
        with ui.element("div").classes("b-fields"):
            self._day = ui.input("On day", value=now.date().isoformat(), on_change=self.draw)
            self._day.props(f"{FIELD} type=date stack-label").mark("example-day")
            self._time = ui.input("at", value=now.strftime("%H:%M"), on_change=self.draw)
            self._time.props(f"{FIELD} type=time stack-label").mark("example-time")
            self._member = ui.checkbox("For a member", value=True, on_change=self.draw).mark("example-member")
        self._slip = ui.element("div").classes("b-slip").mark("example")
        Finder(parts, "Add a product to the basket", self._add).field.mark("example-find")

    def show(self, offer: OfferRow | None) -> None:
        """The offer as typed; None while something is wrong with it."""
        self._offer = offer
        if offer is not None and not self._touched:
            self._basket = self._needed(offer)
        self.draw()

    def _needed(self, offer: OfferRow) -> dict[str, int]:
        """The first product of each place, as often as the offer needs."""
        basket: dict[str, int] = {}
        rows: tuple[PriceRow, ...] = ()
        for place in offer.items:
            row = next((r for item in place if (r := self._parts.prices.first_of((item,)).row) is not None), None)
            if row is None:
                rows = rows or self._parts.prices.rows()
                row = next((one for one in rows if names_of(one) & set(place) and not one.blocked), None)
            if row is not None:
                basket[row.code] = basket.get(row.code, 0) + offer.need
        return basket

    def _add(self, code: str, by: int = 1) -> None:
        self._touched = True
        self._basket[code] = self._basket.get(code, 0) + by
        if self._basket[code] < 1:
            del self._basket[code]
        self.draw()

    def draw(self) -> None:
        self._slip.clear()
        with self._slip:
            if self._offer is None:
                ui.label("Shown as soon as the offer above is complete.").classes("k-muted")
                return
            shown = self._reckoned(self._offer)
            if shown is None:
                ui.label("That is no day and time.").classes("k-trouble")
                return
            self._lines(shown)

    def _reckoned(self, offer: OfferRow) -> Preview | None:
        try:
            local = datetime.fromisoformat(f"{self._day.value}T{self._time.value}").replace(
                tzinfo=self._parts.config.zone
            )
        except ValueError:
            return None
        others = [one for one in self._parts.prices.offers() if one.offer != offer.offer]
        rows = {code: self._parts.prices.first_of((code,)).row for code in self._basket}
        much = [_much(row, self._basket[code]) for code, row in rows.items() if row is not None]
        coupons = [offer.offer] if offer.coupon else []
        return preview(
            much, [*others, offer], local, member=bool(self._member.value),
            groups=offer.groups if self._member.value else (), coupons=coupons,
        )  # fmt: skip

    def _lines(self, shown: Preview) -> None:
        currency = self._parts.config.store.currency
        for line in shown.lines:
            with ui.element("div").classes("b-sum"):
                much = f"{line.count} ×" if line.weight_g is None else words.much(0, line.weight_g)
                ui.label(f"{much} {line.name}")
                with ui.row().classes("items-center no-wrap gap-1"):
                    for sign, by in (("−", -1), ("+", 1)):
                        button = ui.button(sign, on_click=lambda _, code=line.code, by=by: self._add(code, by))
                        button.props(f'flat dense aria-label="{"More" if by > 0 else "Less"} of {line.name}"')
                    ui.label(words.amount(line.amount_minor + line.deposit_minor, currency)).classes("k-num")
        for one in shown.savings:
            with ui.element("div").classes("b-sum"):
                ui.label(one.name).classes("b-save")
                ui.label(f"−{words.amount(one.saved_minor, currency)}").classes("k-num")
        if not shown.savings:
            ui.label("Nothing is taken off: not at this time, or not for this basket.").classes("k-muted")
        with ui.element("div").classes("b-sum k-title"):
            ui.label("To pay")
            ui.label(words.money(shown.due_minor, currency)).mark("example-due")


def _much(row: PriceRow, count: int) -> Much:
    return Much(row, weight_g=count * _WEIGHED_G) if row.sold_by == "kg" else Much(row, count)
