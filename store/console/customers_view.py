"""Customers: members, gift cards and vouchers, and the lists of those who agreed to be written to."""

from collections.abc import Callable

from nicegui import ui

from store import customers
from store.console import words
from store.console.member_card import MemberCard
from store.console.new_member import new_member
from store.console.segments_view import SegmentsView
from store.console.vouchers_view import VouchersView
from store.console.who import may
from store.parts import Parts

_AT_ONCE = 25


def customers_view(parts: Parts) -> None:
    """The page's tab of customers."""
    with ui.tabs().props("dense align=left").classes("k-few w-full") as tabs:
        members = ui.tab("Members")
        # Numbers that are worth money, and whom the shop may write to, are the manager's.
        vouchers = ui.tab("Gift cards and vouchers") if may("manage") else None
        segments = ui.tab("Segments") if may("manage") else None
    with ui.tab_panels(tabs, value=members, animated=False).classes("w-full bg-transparent"):
        with ui.tab_panel(members).classes("q-px-none"):
            found = _Members(parts)
        if vouchers is not None:
            with ui.tab_panel(vouchers).classes("q-px-none"):
                VouchersView(parts)
        if segments is not None:
            with ui.tab_panel(segments).classes("q-px-none"):
                lists = SegmentsView(parts, found.card.open)
            tabs.on_value_change(lists.draw)
            found.also_changed = lists.draw


class _Members:
    """Found by name, card, number or address; each opens its card."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._offset = parts, 0
        self.card = MemberCard(parts, self._changed)
        self.also_changed: Callable[[], None] = lambda: None
        """Who else shows members, and is told when one is not any more what they were."""
        with ui.row().classes("w-full items-center"):
            self._search = ui.input("Name, card, number or address", on_change=self._first).classes("w-72 grow")
            self._search.props("outlined dense clearable bg-color=white debounce=250").mark("find-member")
            self._group = ui.select({"": "Every group"}, value="", on_change=self._first).classes("w-44")
            self._group.props("outlined dense bg-color=white").mark("member-group")
            ui.button("New member", icon="person_add", on_click=lambda: new_member(parts, self._open)).props(
                "no-caps unelevated"
            ).mark("new-member")
        self._sheet = ui.element("div").classes("k-sheet").mark("members")
        with ui.row().classes("w-full justify-end"):
            self._back = ui.button(icon="chevron_left", on_click=lambda: self._turn(-_AT_ONCE))
            self._more = ui.button(icon="chevron_right", on_click=lambda: self._turn(_AT_ONCE))
        self._back.props("flat round aria-label=Back")
        self._more.props("flat round aria-label=More")
        self._draw()

    def _first(self) -> None:
        self._offset = 0
        self._draw()

    def _turn(self, by: int) -> None:
        self._offset = max(0, self._offset + by)
        self._draw()

    def _changed(self) -> None:
        self._draw()
        self.also_changed()

    def _open(self, id_: str) -> None:
        self._changed()
        self.card.open(id_)

    def _draw(self) -> None:
        engine, currency = self._parts.engine, self._parts.config.store.currency
        self._group.set_options({"": "Every group", **{name: name for name in customers.groups(engine)}})
        found = customers.search(engine, self._search.value or "", self._group.value or "", _AT_ONCE + 1, self._offset)
        self._back.set_enabled(self._offset > 0)
        self._more.set_enabled(len(found) > _AT_ONCE)
        self._sheet.clear()
        with self._sheet:
            for one in found[:_AT_ONCE]:
                row = ui.element("div").classes("k-member").mark(f"member-{one.id}").props("tabindex=0 role=button")
                row.on("click", lambda _, id_=one.id: self.card.open(id_))
                row.on("keydown.enter", lambda _, id_=one.id: self.card.open(id_))
                with row:
                    with ui.element("div"):
                        ui.label(one.first_name or "No name given").classes("k-title")
                        blocked = " · blocked" if one.blocked else ""
                        ui.label(", ".join(one.groups) + blocked).classes("k-muted")
                    with ui.element("div").classes("k-num"):
                        ui.label(words.money(one.spent_minor, currency))
                        ui.label(self._visits(one)).classes("k-muted")
            if not found:
                ui.label("Nobody found. Members join at a checkout, or here with New member.").classes(
                    "k-muted q-pa-md"
                )

    def _visits(self, one: customers.Summary) -> str:
        if not one.last:
            return "no visit yet"
        visits = "1 visit" if one.sales == 1 else f"{one.sales} visits"
        return f"{visits}, last {words.clock(one.last, self._parts.config.zone)}"
