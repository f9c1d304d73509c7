"""Assisted mode: the work surface of whoever serves. The slip and its total stay where the shopper sees them.

The violet strip says who serves, and leads back to self-service with one touch. What would stop a shopper is a question
on the stage here: an age to look at, goods that need a decision or a price. Cash and card have keys of their own.
"""

from kiosk.checkout.events import (
    AgeApproved,
    AgeRefused,
    CardChosen,
    CashChosen,
    DrawerAsked,
    Event,
    PayPressed,
    StartPressed,
)
from kiosk.checkout.paying import age_needed, pay_blocked, tender_blocked
from kiosk.checkout.serving import tenders_left
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens import scan
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import strip, strip_place
from kiosk.ui.screens.face import action, button, fits, key
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.staff_age import born_before
from kiosk.ui.screens.staff_card import Answer
from kiosk.ui.screens.staff_form import note
from kiosk.ui.screens.staff_tasks import held_question
from kiosk.ui.screens.tender import why_not_tender
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import Look, OpenForm, OpenPage, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """An open basket, or the place where the next one begins."""
    ready, room = state.phase is Phase.WELCOME, office(view)
    zones, name = room.zones, state.staff.name if state.staff is not None else ""
    title = words.say("Scan the first item") if not state.basket.lines else words.say("Assisted")
    question = _question(state, words)
    shown = None if question is not None else banner(state, view, words)
    stage = _below(strip_place(room), zones.stage, room)
    noted = Rect(stage.x, stage.y, stage.w, zones.banner.h)
    if shown:
        stage = _below(noted, stage, room)
    if question is not None and room.portrait:  # it has the place of the keys too
        stage = stage._replace(h=layout.below(zones.actions) - stage.y)
    keys = () if question is not None and room.portrait else _keys(state, words, room)
    elements = (
        *strip(name, state, words, room),
        *(paint(shown, noted, words, room) if shown else ()),
        *(_asked(stage, *question, view.why, room) if question is not None else scan.stage(stage, state, words, room)),
        *(_between(state, words, room) if ready else keys),
        *utility(state, words, room),
        *basket(state, view, words, room=room),
        *(_begin(words, room) if ready else _pay(state, words, room)),
    )
    called = "02-assisted-ready" if ready else "02-assisted"
    return Scene(called, room.panel.size, "staff-ground", elements, title=title)


def _below(above: Rect, place: Rect, room: Room) -> Rect:
    top = max(place.y, layout.below(above) + max(room.px(8), GAP_PX))
    return Rect(place.x, top, place.w, layout.below(place) - top)


# --- what stands in the way -------------------------------------------------------------------------------------------


def _question(state: State, words: Words) -> tuple[str, str, tuple[tuple[Answer, str], ...]] | None:
    """Title, detail and the answers, each with the reason why it cannot be given."""
    if (asked := held_question(state, words)) is not None:
        title, detail, answers = asked
        return title, detail, tuple((answer, "") for answer in answers)
    limit = age_needed(state)
    if not limit:
        return None
    say, clear = words.say, state.lane.age_limit_clear
    near = say("By the looks nobody is old enough for {years}: look at the ID.", years=limit) if limit >= clear else ""
    names = ", ".join(i.item.name_in(words.language) for i in state.basket.lines if i.item.age_limit >= limit)
    born = born_before(state, limit, words)
    return (
        say("Age check {years}+", years=limit),
        f"{names}. {say('Born on or before')} {born}",
        (
            ((say("Refuse"), AgeRefused(), "danger"), ""),
            ((say("Clearly over {years}", years=clear), AgeApproved(how="clear"), "secondary"), near),
            ((say("ID checked"), AgeApproved(), "staff"), ""),
        ),
    )


def _asked(
    rect: Rect, title: str, detail: str, answers: tuple[tuple[Answer, str], ...], why: str, room: Room
) -> tuple[Element, ...]:
    """The question and its answers; a reason that was asked for takes the place of the detail."""
    px, gap, high = room.px, max(room.px(14), GAP_PX), room.touch(96)
    row = Rect(rect.x + px(24), layout.below(rect) - px(14) - high, rect.w - 2 * px(24), high)
    cells = layout.columns(row, len(answers), gap)
    inner = Rect(rect.x + px(28), rect.y + px(14), rect.w - 2 * px(28), row.y - px(4) - rect.y - px(14))
    size = next((s for s in (36, layout.BODY) if fits(title, inner.w, 1, room.font(s), 700, True)), layout.CAPTION)
    head = inner._replace(h=min(inner.h, room.lines(size)))
    below = Rect(inner.x, layout.below(head), inner.w, inner.h - head.h)
    return (
        Box(rect, "paper", "staff", 4, px(28)),
        Label(head, title, room.font(size), 700, True, plain=True),
        *note(below, why or detail, room, sizes=(layout.CAPTION,)),
        *(
            element
            for cell, ((text, says, style), why_not) in zip(cells, answers, strict=True)
            for element in button(cell, says, text, room=room, style=style, size=24, why_not=why_not)
        ),
    )


# --- the keys ---------------------------------------------------------------------------------------------------------


def _keys(state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """What a cashier's hand knows by its place."""
    say = words.say
    newest = scan.newest(state)
    nothing = "" if newest is not None else say("There is nothing to change yet. Scan something first.")
    loose = say("It is sold by weight: weigh it again.") if newest is not None and newest.weight_g is not None else ""
    faces: tuple[tuple[Event | Look, str, str, str], ...] = (
        (OpenPage("picker"), say("Item without barcode"), "fruit-cherries", ""),
        (OpenPage("code"), say("Type a code"), "dialpad", ""),
        (OpenPage("staff_item"), say("Sell at a price"), "tag-plus-outline", ""),
        (OpenPage("line", newest.line if newest else 0), say("Quantity"), "plus-minus-variant", nothing or loose),
        (OpenForm("staff_line", "price"), say("Change a line"), "pencil-box-outline", nothing),
        (OpenPage("member"), say("Member card"), "card-account-details-star-outline", ""),
    )
    gap = room.px(14) if room.scale >= 1 else GAP_PX
    cells = layout.grid(room.zones.actions, 3, 2, gap, gap)
    return tuple(element for cell, face in zip(cells, faces, strict=True) for element in key(cell, *face, room=room))


def _between(state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """Before the first item: what staff do between two shoppers."""
    say = words.say
    none_kept = "" if state.parked or state.lane.parking.shared else say("No basket is kept here.")
    recall, drawer, report, staff = layout.grid(room.zones.actions, 2, 2, max(room.px(16), GAP_PX), room.px(20))
    icon, mode = "badge-account-horizontal-outline", say("Staff mode")
    return (
        *action(
            recall, OpenPage("staff_recall"), say("Recall basket"), "play-circle-outline", why_not=none_kept, room=room
        ),
        *action(drawer, DrawerAsked(), say("Open drawer"), "archive-outline", room=room),
        *action(report, OpenPage("staff_report"), say("Reports"), "chart-box-outline", room=room),
        *action(staff, OpenPage("staff"), mode, icon, room=room),
    )


def _begin(words: Words, room: Room) -> tuple[Element, ...]:
    start, size, place = words.say("Start"), layout.PAY_LABEL, room.zones.pay
    return button(place, StartPressed(), start, room=room, style="primary", icon="gesture-tap", size=size, weight=700,
                  group="pay")  # fmt: skip


def _pay(state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """A key for cash and one for card, and one for all other ways; Pay alone where there is nothing to choose."""
    kinds = [kind for kind in ("cash", "card") if kind in state.lane.tenders]
    if not kinds or (state.basket.lines and not tenders_left(state)):
        return scan.pay(state, words, room=room)
    waits, place, gap = _pay_waits(state, words), room.zones.pay, max(room.px(14), GAP_PX)
    more = len(state.lane.tenders) > len(kinds)
    wide = room.touch(102)
    cells = layout.columns(place._replace(w=place.w - (wide + gap) * more), len(kinds), gap)
    painted: list[Element] = []
    for cell, kind in zip(cells, kinds, strict=True):
        blocked = tender_blocked(state, kind)
        why = waits or (why_not_tender(blocked, words) if blocked else "")
        says, text, icon = (
            (CashChosen(), words.say("Cash"), "cash-multiple")
            if kind == "cash"
            else (CardChosen(), words.say("Card"), "contactless-payment")
        )
        painted += button(cell, says, text, room=room, style="primary", icon=icon, size=34, weight=700, gap=12,
                          why_not=why, group="pay")  # fmt: skip
    if more:
        rect = Rect(layout.right_of(place) - wide, place.y, wide, place.h)
        painted += key(rect, PayPressed(), words.say("Other"), "dots-horizontal", waits, room=room)
    return tuple(painted)


def _pay_waits(state: State, words: Words) -> str:
    match pay_blocked(state):
        case "":
            return ""
        case "empty":
            return words.say("Scan something first.")
        case "weighing":
            return words.say("Finish weighing first, or go back.")
        case _:
            return words.say("First answer the question at the left.")
