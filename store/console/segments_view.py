"""Segments: a list of members who have something in common and agreed to be sent offers; as a file, with coupons."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from store import customers, segments
from store.console import words
from store.coupons import BadCoupons, end_of, offer_named
from store.parts import Parts
from store.segments import Segment

_SHOWN = 50
_CONDITIONS = (
    ("From day", "2026-01-01"),
    ("To day", "2026-12-31"),
    ("Spent at least", "500"),
    ("Category", "bakery"),
    ("Nothing since", "2026-09-01"),
)


class SegmentsView:
    """The conditions, who fits, and what can be done with them; `opens` shows one of them."""

    def __init__(self, parts: Parts, opens: Callable[[str], None]) -> None:
        self._parts, self._opens = parts, opens
        with ui.row().classes("w-full items-end"):
            known = {"": "Every group", **{name: name for name in customers.groups(parts.engine)}}
            self._group = ui.select(known, value="", label="Group", on_change=self.draw).classes("w-40")
            self._group.props("outlined dense bg-color=white").mark("segment-group")
            self._fields = [_field(title, hint) for title, hint in _CONDITIONS]
        self._told = ui.label().classes("k-title").mark("segment-count")
        with ui.row().classes("w-full items-center"):
            ui.button("Download as CSV", icon="download", on_click=self._download).props("flat no-caps").mark(
                "segment-csv"
            )
            offers = [offer.offer for offer in parts.prices.offers() if offer.once and offer.coupon.endswith("*")]
            if offers:
                self._offer = (
                    ui.select(offers, label="Coupon of").props("outlined dense bg-color=white").classes("w-44")
                )
                self._ends = _field("Last day", "2026-12-31")
                ui.button("Give everybody one", on_click=self._give).props("no-caps unelevated").mark("segment-give")
        self._sheet = ui.element("div").classes("k-sheet").mark("segment")
        for field in self._fields:
            field.on_value_change(self.draw)
        self.draw()

    def _wanted(self) -> Segment:
        from_day, to_day, spent, category, quiet = ((field.value or "").strip() for field in self._fields)
        spent_minor = words.price_typed(spent, self._parts.config.store.currency) if spent else 0
        return Segment(self._group.value or "", from_day, to_day, spent_minor or 0, category, quiet)

    def draw(self) -> None:
        """Who fits now."""
        people = segments.members_in(self._parts.engine, self._wanted())
        self._told.set_text(f"{words.counted(len(people), 'member')} who agreed to be sent offers")
        self._sheet.clear()
        with self._sheet:
            for one in people[:_SHOWN]:
                row = ui.element("div").classes("k-member").mark(f"fits-{one.id}").props("tabindex=0 role=button")
                row.on("click", partial(self._opens, one.id), [])
                row.on("keydown.enter", partial(self._opens, one.id), [])
                with row:
                    with ui.element("div"):
                        ui.label(one.first_name or "No name given").classes("k-title")
                        ui.label(one.email or "no address").classes("k-muted")
                    ui.label(words.money(one.spent_minor, self._parts.config.store.currency)).classes("k-num")
            if not people:
                ui.label("Nobody fits who agreed to be sent offers.").classes("k-muted q-pa-md")
            if len(people) > _SHOWN:
                ui.label(f"and {len(people) - _SHOWN} more, in the file").classes("k-muted q-pa-md")

    def _download(self) -> None:
        people = segments.members_in(self._parts.engine, self._wanted())
        ui.download(segments.as_csv(people).encode(), "segment.csv")

    def _give(self) -> None:
        parts = self._parts
        try:
            offer = offer_named(parts.prices.offers(), self._offer.value or "")
            expires = end_of((self._ends.value or "").strip())
            given = segments.give_coupons(parts.engine, self._wanted(), offer, expires, parts.now_utc_ms())
        except BadCoupons as bad:
            ui.notify(words.sentence(str(bad)), type="negative")
            return
        text = segments.as_csv([one for one, _ in given], [code for _, code in given])
        ui.download(text.encode(), "coupons.csv")
        ui.notify(f"{words.counted(len(given), 'coupon')} made; the file has their codes.", type="positive")


def _field(title: str, hint: str) -> ui.input:
    return ui.input(title).props(f"outlined dense bg-color=white debounce=300 placeholder={hint}").classes("w-36")
