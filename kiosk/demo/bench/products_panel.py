"""What the shopper has in hand: products to hold to the scanner, any other code, and the scanner's plug.

Products come from the store's own API, with the prices that are on the shelf now; goods without a barcode are keyed in
on the screen and do not stand here.
"""

from functools import partial
from html import escape
from typing import Any

import httpx
from nicegui import ui

from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.holding import hold_up
from kiosk.demo.bench.labels import ODDITIES, Label, label_of
from kiosk.demo.bench.parts import Bench

_ICONS = {
    "bags": "shopping_bag",
    "books & papers": "menu_book",
    "bread & buns": "bakery_dining",
    "care": "soap",
    "dairy": "egg",
    "drinks": "local_drink",
    "frozen": "ac_unit",
    "fruit": "eco",
    "household": "cleaning_services",
    "meat & fish": "set_meal",
    "pantry": "rice_bowl",
    "sweets & snacks": "cookie",
    "tobacco": "smoking_rooms",
    "vegetables": "eco",
}
_PRICES_EVERY_S = 3


class ProductsPanel:
    """The shelf and the scanner."""

    def __init__(self, bench: Bench) -> None:
        self._bench, self._scanner = bench, bench.devices.scanner
        self._cards: dict[str, ui.html] = {}
        self._words: dict[str, str] = {}
        with ui.element("div").classes("b-card b-hand"):
            with ui.row().classes("b-scan"):
                self._search = ui.input(placeholder="Product or category", on_change=self._filter).props(
                    "dense outlined clearable debounce=150 data-testid=search"
                )
                self._typed = ui.input(placeholder="Any barcode, then Enter").props(
                    "dense outlined data-testid=barcode"
                )
                self._typed.on("keydown.enter", self._scan_typed)
                push("scan", "Scan it", self._scan_typed)
                self._plug = Flip("scanner-plug", "Unplug scanner", "Plug scanner in", self._flip_plug)
            with ui.row().classes("b-chips b-odd"):
                ui.label("Odd labels").classes("b-muted")
                for oddity in ODDITIES:
                    push(f"odd-{oddity.name}", oddity.says, partial(self._scan, oddity.label))
                self._faults = FaultRow(self._scanner, "scanner")
            self._empty = ui.label("The store is away: its products stand here when it is back.").classes("b-muted")
            self._shelf = ui.element("div").classes("b-shelf").props("data-testid=shelf")
        ui.timer(_PRICES_EVERY_S, self.fill, immediate=False)

    async def fill(self) -> None:
        """The shelf as the store prices it; while the store is away it stays as it is."""
        try:
            answer = await self._bench.web.get(f"{self._bench.place.console_url}/api/v1/products?limit=1000")
        except httpx.HTTPError:
            return
        rows = [row for row in answer.json() if row["gtin"]] if answer.is_success else []
        for row in rows:
            face = _face(row)
            card = self._cards.get(row["code"])
            if card is None:
                self._add(row, face)
            elif card.content != face:
                card.set_content(face)
        self._empty.set_visibility(not self._cards)

    def _add(self, row: dict[str, Any], face: str) -> None:
        code = row["code"]
        with self._shelf:
            card = ui.html(face, sanitize=False, tag="button").classes("b-product")
        card.props(f"data-testid=product-{code}")
        card.on("click", lambda: self._scan(label_of(code)))
        self._cards[code] = card
        self._words[code] = " ".join([code, row["name"], row["category"], *row["names"].values()]).lower()

    def _filter(self) -> None:
        wanted = (self._search.value or "").lower().split()
        for code, card in self._cards.items():
            card.set_visibility(all(word in self._words[code] for word in wanted))

    def _scan_typed(self) -> None:
        self._scan(label_of(self._typed.value or ""))
        self._typed.set_value("")

    def _scan(self, label: Label) -> None:
        hold_up(self._scanner, label)

    def _flip_plug(self, pull: bool) -> None:
        with self._scanner.hands() as scanner:
            if pull:
                scanner.unplug()
            else:
                scanner.plug()

    def refresh(self) -> None:
        """Show whether the scanner is plugged in."""
        with self._scanner.hands() as scanner:
            self._plug.show(not scanner.reachable)
        self._faults.refresh()


def _face(row: dict[str, Any]) -> str:
    """A product as it stands on the shelf."""
    kind, _, name = row["picture"].partition(":")
    if kind == "svg":
        picture = f'<img src="/pictures/{escape(name)}.svg" alt="">'
    else:
        icon = _ICONS.get(row["category"].split("/")[0], "inventory_2")
        picture = f'<i class="material-icons" aria-hidden="true">{icon}</i>'
    marks = "".join(f'<b class="{kind}">{text}</b>' for kind, text in _marks(row))
    price = f"{row['price_minor'] // 100}.{row['price_minor'] % 100:02d}"
    return f"{picture}<span>{escape(row['name'])}</span><em>{price}</em>{marks}"


def _marks(row: dict[str, Any]) -> list[tuple[str, str]]:
    marks = [("age", f"{row['age_limit']}+")] if row["age_limit"] else []
    return marks + ([("recall", "recalled")] if row["blocked"] else [])
