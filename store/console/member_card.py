"""Member card: all about one member in a dialog, and what the desk may do for them.

Groups, points by hand, a consent taken back, the file handed over, blocking, erasure.
"""

import json
import secrets
from collections.abc import Callable
from functools import partial

from nicegui import ui

from kiosk.values.moment import rfc3339
from store import customers, points, users
from store.console import words
from store.console.who import may, who
from store.customers import BadChange, Card
from store.member_file import NoSuchMember, erase, file_of
from store.parts import Parts
from store.points import NoPoints


class MemberCard:
    """The dialog, one a page. `changed` is told when the list behind it is not true any more."""

    def __init__(self, parts: Parts, changed: Callable[[], None]) -> None:
        self._parts, self._changed, self._id = parts, changed, ""
        with ui.dialog() as self._dialog, ui.card().classes("k-file").mark("member-card"):
            self._body = ui.column().classes("w-full no-wrap")

    def open(self, id_: str) -> None:
        """Show this member."""
        self._id = id_
        self._draw()
        self._dialog.open()

    def _draw(self) -> None:
        try:
            card = customers.card(self._parts.engine, self._id)
        except NoSuchMember:
            self._dialog.close()
            return
        self._body.clear()
        with self._body:
            self._head(card)
            with ui.tabs().props("dense no-caps align=left").classes("k-few w-full") as tabs:
                names = ("Purchases", "Points", "Consents", "Vouchers", "Changes")
                made = [ui.tab(name) for name in names]
            with ui.tab_panels(tabs, value=made[0], animated=False).classes("w-full"):
                for tab, draw in zip(
                    made, (self._purchases, self._points, self._consents, self._vouchers, self._changes), strict=True
                ):
                    with ui.tab_panel(tab).classes("q-px-none"):
                        draw(card)
            self._foot(card)

    def _head(self, card: Card) -> None:
        one = card.member
        with ui.row().classes("w-full items-start justify-between no-wrap"):
            with ui.element("div"):
                ui.label(one.first_name or "No name given").classes("k-title")
                ui.label(", ".join(card.keys) or "no card or number").classes("k-muted")
            ui.label(f"{card.points} points").classes("k-title k-num").mark("member-points")
        with ui.row().classes("w-full items-center"):
            groups = ui.input("Groups", value=one.member_groups).props("dense outlined").classes("grow")
            groups.mark("member-groups")
            ui.button(
                "Save", on_click=lambda: self._change(member_groups=" ".join((groups.value or "").split()))
            ).props("flat no-caps").mark("save-groups")
        if one.blocked:
            ui.label("Blocked: checkouts say that this card is not valid.").classes("k-flag")

    def _purchases(self, card: Card) -> None:
        zone = self._parts.config.zone
        for bought in card.purchases:
            with ui.row().classes("w-full justify-between no-wrap"):
                kind = "" if bought.kind == "sale" else f" ({words.said(bought.kind, words.KINDS).lower()})"
                ui.link(words.clock(bought.sealed, zone) + kind, f"/r/{bought.token}", new_tab=True)
                ui.label(words.money(bought.due_minor, bought.currency)).classes("k-num")
        if not card.purchases:
            ui.label("Nothing bought yet.").classes("k-muted")

    def _points(self, card: Card) -> None:
        with ui.row().classes("w-full items-center"):
            much = ui.number("Points", format="%d").props("dense outlined").classes("w-28").mark("points")
            why = ui.input("Why").props("dense outlined maxlength=100").classes("grow").mark("points-why")
            ui.button("Enter", on_click=lambda: self._enter(much, why)).props("flat no-caps").mark("enter-points")
        names = users.names(self._parts.engine)
        for entry in card.account[:100]:
            with ui.row().classes("w-full justify-between no-wrap"):
                voucher = f" {entry.voucher}" if entry.voucher else ""
                by = f" · {names.get(entry.by, entry.by)}" if entry.by else ""
                ui.label(f"{words.clock(entry.at, self._parts.config.zone)}  {entry.reason}{voucher}{by}")
                ui.label(f"{entry.points:+d}").classes("k-num")

    def _enter(self, much: ui.number, why: ui.input) -> None:
        if not much.value or int(much.value) != much.value:
            ui.notify("Type how many points, for example 50 or -50.", type="negative")
            return
        try:
            points.adjust(
                self._parts.engine, self._id, secrets.token_hex(8), int(much.value), why.value or "", who(),
                self._parts.now_utc_ms(),
            )  # fmt: skip
        except NoPoints as bad:
            ui.notify(words.sentence(str(bad)), type="negative")
            return
        self._draw()

    def _consents(self, card: Card) -> None:
        for one in card.consents:
            with ui.row().classes("w-full items-center justify-between no-wrap"):
                given = words.clock(rfc3339(one["given_utc_ms"]), self._parts.config.zone)
                text = f"{one['purpose'].capitalize()}: agreed to {one['text']} ({one['language'] or '-'})"
                ui.label(f"{text}, {given}, {one['place']}")
                if one["purpose"] == customers.MARKETING:
                    ui.button("Withdraw", on_click=partial(self._withdraw, one["purpose"])).props("flat no-caps").mark(
                        "withdraw-marketing"
                    )
        if not any(one["purpose"] == customers.MARKETING for one in card.consents):
            ui.label("Has not agreed to be sent offers: in no segment.").classes("k-muted")

    def _withdraw(self, purpose: str) -> None:
        customers.withdraw(self._parts.engine, self._id, purpose, who(), self._parts.now_utc_ms())
        self._draw()

    def _vouchers(self, card: Card) -> None:
        for one in card.vouchers:
            with ui.row().classes("w-full justify-between no-wrap"):
                ui.label(f"{one['number']} {one['offer']}")
                worth = "" if one["kind"] == "coupon" else words.money(one["amount_minor"], one["currency"])
                ui.label(worth).classes("k-num")
        if not card.vouchers:
            ui.label("None was made for this member.").classes("k-muted")

    def _changes(self, card: Card) -> None:
        names = users.names(self._parts.engine)
        for one in card.changes:
            at = words.clock(rfc3339(one["at_utc_ms"]), self._parts.config.zone)
            by = f" · {names.get(one['by'], one['by'])}" if one["by"] else ""
            ui.label(f"{at}  {one['what'].replace('_', ' ')}: {one['before'] or '-'} is now {one['after'] or '-'}{by}")
        if not card.changes:
            ui.label("Nothing was changed here.").classes("k-muted")

    def _foot(self, card: Card) -> None:
        one = card.member
        with ui.row().classes("w-full"):
            ui.button("Hand over the file", icon="download", on_click=self._export).props("flat no-caps").mark("export")
            word = "Unblock" if one.blocked else "Block"
            ui.button(word, on_click=lambda: self._change(blocked=not one.blocked)).props("flat no-caps").mark("block")
            if may("manage"):
                ui.button("Erase", on_click=self._ask_erase).props("flat no-caps color=negative").mark("erase")
            ui.space()
            ui.button("Close", on_click=self._dialog.close).props("flat no-caps").mark("close-member")

    def _change(self, **wanted: str | bool) -> None:
        try:
            customers.change(self._parts.engine, self._id, who(), self._parts.now_utc_ms(), **wanted)
        except BadChange as bad:
            ui.notify(words.sentence(str(bad)), type="negative")
            return
        self._draw()
        self._changed()

    def _export(self) -> None:
        kept = json.dumps(file_of(self._parts.engine, self._id), ensure_ascii=False, indent=2)
        ui.download(kept.encode(), f"member-{self._id}.json")

    def _ask_erase(self) -> None:
        with ui.dialog(value=True) as sure, ui.card():
            ui.label("Erase this member for good?").classes("k-title")
            ui.label("Name, cards, points, consents and links to purchases go. The sales stay and lead to nobody.")
            with ui.row():
                ui.button("Keep", on_click=sure.close).props("flat no-caps")
                ui.button("Erase", on_click=lambda: self._erase(sure)).props("no-caps color=negative").mark("erase-yes")
        sure.on("hide", sure.delete)

    def _erase(self, sure: ui.dialog) -> None:
        erase(self._parts.engine, self._id)
        sure.close()
        self._dialog.close()
        self._changed()
