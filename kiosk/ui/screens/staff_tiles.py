"""The right side of 19b: what staff can do, in four rows of four. A tile that cannot be used now says why.

What needs an answer stands at the left instead, as a card; what belongs to closing the lane (a pause, wiping the
screen) is found behind it, and a price keyed for a thing among the keys of whoever serves.
"""

from typing import NamedTuple

from kiosk.checkout import taking_cash
from kiosk.checkout.events import (
    AssistedBegan,
    AssistedEnded,
    BasketSaved,
    DrawerAsked,
    Event,
    ReprintAsked,
    ReturnBegan,
    TrainingBegan,
    TrainingEnded,
)
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room
from kiosk.ui.scene import Element, Label, Rect
from kiosk.ui.screens.face import key
from kiosk.ui.view import Look, OpenForm, OpenPage
from kiosk.ui.words import Words

_ACROSS = 4


class Tile(NamedTuple):
    """What a touch says, its words, its icon, and why it cannot be used now."""

    says: Event | Look
    text: str
    icon: str
    why_not: str = ""


def tiles(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """All of them, under the names of their rows."""
    say, px = words.say, room.px
    rows = (
        (say("Basket"), _basket(state, words)),
        (say("Money"), _money(state, words)),
        (say("Day"), _day(state, words)),
        (say("Machine"), _machine(state, words)),
    )
    gap, head_h = px(14) if room.scale >= 1 else GAP_PX, round(room.font(layout.CAPTION) * 1.15) + px(4)
    high = min((place.h - len(rows) * head_h - (len(rows) - 1) * px(12)) // len(rows), room.touch(134))
    painted: list[Element] = []
    top = place.y
    for title, row in rows:
        head = Rect(place.x, top, place.w, head_h - px(4))
        painted.append(Label(head, title, room.font(layout.CAPTION), 600, colour="ink2"))
        cells = layout.columns(Rect(place.x, top + head_h, place.w, high), _ACROSS, gap)
        for cell, tile in zip(cells, row, strict=True):
            painted += key(cell, *tile, room=room)
        top += head_h + high + px(12)
    return tuple(painted)


def _basket(state: State, words: Words) -> tuple[Tile, ...]:
    say = words.say
    closed = "" if open_basket(state) else say("There is no open basket to change.")
    return (
        Tile(OpenForm("staff_line", "void"), say("Void a line"), "playlist-remove", closed),
        Tile(OpenForm("staff_line", "price"), say("Change price"), "pencil-box-outline", closed),
        Tile(OpenForm("staff_line", "discount"), say("Discount"), "percent-outline", closed),
        Tile(BasketSaved(), say("Suspend"), "pause-circle-outline", closed),
    )


def open_basket(state: State) -> bool:
    """Whether there is a basket that may still change."""
    return state.phase is Phase.SCANNING and bool(state.basket.lines)


def _money(state: State, words: Words) -> tuple[Tile, ...]:
    say = words.say
    nobody = "" if taking_cash.is_waiting(state) else say("Nobody has chosen to pay in cash.")
    return (
        Tile(OpenPage("staff_cash"), say("Take cash"), "cash-multiple", nobody),
        Tile(DrawerAsked(), say("Open drawer"), "archive-outline"),
        _goods_back(state, words, say("Take goods back"), "cash-refund"),
        _reprint(state, words),
    )


def _goods_back(state: State, words: Words, text: str, icon: str) -> Tile:
    if state.phase is Phase.RETURNING:
        return Tile(OpenPage("staff_return"), text, icon)
    closed = words.say("Open the lane first.") if state.phase is Phase.CLOSED else ""
    busy = "" if state.phase is Phase.WELCOME else closed or words.say("Finish the open basket first.")
    return Tile(ReturnBegan(), text, icon, busy)


def _reprint(state: State, words: Words) -> Tile:
    """The receipt that did not come out, or else a copy of any: it is found as for goods that come back."""
    text, icon = words.say("Reprint"), "printer-pos-outline"
    kept = next((one.job for one in state.printing[::-1] if one.state == "failed"), "")
    return Tile(ReprintAsked(job=kept), text, icon) if kept else _goods_back(state, words, text, icon)


def _day(state: State, words: Words) -> tuple[Tile, ...]:
    say = words.say
    opens = state.phase is Phase.CLOSED or state.close_after
    nothing_kept = "" if state.parked or state.lane.parking.shared else say("No basket is kept here.")
    busy = say("Finish the open basket first.") if state.basket.lines else ""
    return (
        Tile(OpenPage("staff_report"), say("X report"), "chart-box-outline"),
        Tile(OpenPage("staff_close"), say("Z report"), "store-clock-outline"),
        Tile(OpenPage("staff_recall"), say("Recall basket"), "play-circle-outline", nothing_kept or busy),
        Tile(OpenForm("staff_lane", "open"), say("Open the lane"), "door-open")
        if opens
        else Tile(OpenForm("staff_lane", "close"), say("Close the lane"), "door"),
    )


def _machine(state: State, words: Words) -> tuple[Tile, ...]:
    say = words.say
    serves = AssistedEnded() if state.assisted else AssistedBegan()
    text = say("Self-service") if state.assisted else say("Serve here")
    icon = "account" if state.assisted else "account-tie-outline"
    closed = say("Open the lane first.") if state.phase is Phase.CLOSED else ""
    return (
        Tile(OpenPage("staff_health"), say("Health & tests"), "heart-pulse"),
        _training(state, words),
        Tile(OpenPage("staff_language"), say("Language & sound"), "translate"),
        Tile(serves, text, icon, closed),
    )


def _training(state: State, words: Words) -> Tile:
    if state.training is not None:
        return Tile(TrainingEnded(), words.say("End training"), "school-outline")
    busy = "" if is_between_visits(state) else words.say("Only between two shoppers.")
    return Tile(TrainingBegan(), words.say("Training"), "school-outline", busy)
