"""The right side of 19b: what staff can do, in four rows. A tile that cannot be used now says why."""

from typing import NamedTuple

from kiosk.checkout.events import (
    AssistedBegan,
    AssistedEnded,
    BasketSaved,
    DrawerAsked,
    Event,
    ReturnBegan,
    TrainingBegan,
    TrainingEnded,
)
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Rect
from kiosk.ui.screens.face import key
from kiosk.ui.view import Look, OpenForm, OpenPage
from kiosk.ui.words import Words

LEFT, RIGHT, TOP = 444, 1248, 112
ROW_PX = 166
_ACROSS = 4
_GAP = 14
PAUSES_MIN = (15, 30)


class Tile(NamedTuple):
    """What a touch says, its words, its icon, and why it cannot be used now."""

    says: Event | Look
    text: str
    icon: str
    why_not: str = ""


def tiles(state: State, words: Words, *, banner: bool = False) -> tuple[Element, ...]:
    """All of them, under the names of their rows; a banner lies over the last row."""
    say = words.say
    rows = (
        (say("Basket"), _basket(state, words)),
        (say("Money"), _money(state, words)),
        (say("Day"), _day(state, words)),
        *(() if banner else ((say("Lane"), _lane(state, words)),)),
    )
    painted: list[Element] = []
    for number, (title, row) in enumerate(rows):
        top = TOP + ROW_PX * number
        painted.append(Label(Rect(LEFT, top, RIGHT - LEFT, 30), title, layout.CAPTION, 600, colour="ink2"))
        cells = layout.columns(Rect(LEFT, top + 36, RIGHT - LEFT, 118), _ACROSS, _GAP)
        for cell, tile in zip(cells, row, strict=False):
            painted += key(cell, *tile)
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


def _recall(state: State, words: Words) -> Tile:
    nothing_kept = "" if state.parked or state.lane.parking.shared else words.say("No basket is kept here.")
    busy = words.say("Finish the open basket first.") if state.basket.lines else ""
    return Tile(OpenPage("staff_recall"), words.say("Recall basket"), "play-circle-outline", nothing_kept or busy)


def _money(state: State, words: Words) -> tuple[Tile, ...]:
    say = words.say
    in_doubt = state.payment is not None and state.payment.stage in ("doubt", "unknown")
    no_doubt = "" if in_doubt else say("No payment is in doubt.")
    return (
        Tile(OpenPage("staff_doubt"), say("Settle a payment"), "bank-outline", no_doubt),
        Tile(
            OpenPage("staff_item"),
            say("Sell at a price"),
            "tag-plus-outline",
            "" if state.phase is Phase.SCANNING else say("There is no open basket."),
        ),
        Tile(DrawerAsked(), say("Open drawer"), "archive-outline"),
        _goods_back(state, words),
    )


def _goods_back(state: State, words: Words) -> Tile:
    text, icon = words.say("Take goods back"), "cash-refund"
    if state.phase is Phase.RETURNING:
        return Tile(OpenPage("staff_return"), text, icon)
    closed = words.say("Open the lane first.") if state.phase is Phase.CLOSED else ""
    busy = "" if state.phase is Phase.WELCOME else closed or words.say("Finish the open basket first.")
    return Tile(ReturnBegan(), text, icon, busy)


def _lane(state: State, words: Words) -> tuple[Tile, ...]:
    serves = AssistedEnded() if state.assisted else AssistedBegan()
    text = words.say("Self-service") if state.assisted else words.say("Serve here")
    icon = "account" if state.assisted else "account-tie-outline"
    closed = words.say("Open the lane first.") if state.phase is Phase.CLOSED else ""
    busy = "" if state.phase is Phase.WELCOME else closed or words.say("Finish the open basket first.")
    pauses = (
        Tile(OpenForm("staff_lane", str(m)), words.say("Pause {minutes} min", minutes=m), "timer-pause-outline", busy)
        for m in PAUSES_MIN
    )
    return (
        Tile(serves, text, icon, closed),
        *pauses,
        Tile(OpenPage("staff_health"), words.say("Health & tests"), "heart-pulse"),
    )


def _day(state: State, words: Words) -> tuple[Tile, ...]:
    opens = state.phase is Phase.CLOSED or state.close_after
    return (
        _recall(state, words),
        Tile(OpenPage("staff_report"), words.say("Reports"), "chart-box-outline"),
        Tile(OpenForm("staff_lane", "open"), words.say("Open the lane"), "door-open")
        if opens
        else Tile(OpenForm("staff_lane", "close"), words.say("Close the lane"), "door"),
        _training(state, words),
    )


def _training(state: State, words: Words) -> Tile:
    if state.training is not None:
        return Tile(TrainingEnded(), words.say("End training"), "school-outline")
    busy = "" if is_between_visits(state) else words.say("Only between two shoppers.")
    return Tile(TrainingBegan(), words.say("Training"), "school-outline", busy)
