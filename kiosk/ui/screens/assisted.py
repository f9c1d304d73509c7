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
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens import scan
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import action, button, key
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.staff_card import Answer
from kiosk.ui.screens.staff_tasks import held_question
from kiosk.ui.screens.tender import why_not_tender
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import Look, OpenForm, OpenPage, View
from kiosk.ui.words import Words

_KEYS = layout.ACTIONS


def scene(state: State, view: View, words: Words) -> Scene:
    """An open basket, or the place where the next one begins."""
    ready = state.phase is Phase.WELCOME
    title = words.say("Scan the first item") if not state.basket.lines else words.say("Assisted")
    question = _question(state, words)
    shown = None if question is not None and not view.why else banner(state, view, words)
    stage = layout.STAGE_UNDER_BANNER if shown else layout.STAGE
    elements = (
        *brand(state, words),
        *(paint(shown, layout.BANNER, words) if shown else ()),
        *(_asked(stage, *question) if question is not None else scan.stage(stage, state, words)),
        *(_between(state, words) if ready else _keys(state, words)),
        *utility(state, words),
        *basket(state, view, words),
        *(_begin(words) if ready else _pay(state, words)),
    )
    name = "02-assisted-ready" if ready else "02-assisted"
    return Scene(name, layout.SIZE, "staff-ground", elements, title=title)


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
    born = words.born_before(state.seen.utc_ms, limit)
    return (
        say("Age check {years}+", years=limit),
        f"{names}. {say('Born on or before')} {born}",
        (
            ((say("Refuse"), AgeRefused(), "danger"), ""),
            ((say("Clearly over {years}", years=clear), AgeApproved(how="clear"), "secondary"), near),
            ((say("ID checked"), AgeApproved(), "staff"), ""),
        ),
    )


def _asked(rect: Rect, title: str, detail: str, answers: tuple[tuple[Answer, str], ...]) -> tuple[Element, ...]:
    cells = layout.columns(Rect(rect.x + 24, layout.below(rect) - 120, rect.w - 48, 96), len(answers), 14)
    return (
        Box(rect, "paper", "staff", 4, 28),
        Label(Rect(rect.x + 28, rect.y + 16, rect.w - 56, 56), title, 36, 700, True, plain=True),
        Label(
            Rect(rect.x + 28, rect.y + 72, rect.w - 56, rect.h - 204),
            detail,
            layout.CAPTION,
            max_lines=3,
            line_height=1.2,
            valign="top",
            plain=True,
        ),
        *(
            element
            for cell, ((text, says, style), why_not) in zip(cells, answers, strict=True)
            for element in button(cell, says, text, style=style, size=24, why_not=why_not)
        ),
    )


# --- the keys ---------------------------------------------------------------------------------------------------------


def _keys(state: State, words: Words) -> tuple[Element, ...]:
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
    cells = layout.grid(_KEYS, 3, 2, 14, 14)
    return tuple(element for cell, face in zip(cells, faces, strict=True) for element in key(cell, *face))


def _between(state: State, words: Words) -> tuple[Element, ...]:
    """Before the first item: what staff do between two shoppers."""
    say = words.say
    none_kept = "" if state.parked or state.lane.parking.shared else say("No basket is kept here.")
    cells = layout.grid(_KEYS, 2, 2, 16, 20)
    return (
        *action(cells[0], OpenPage("staff_recall"), say("Recall basket"), "play-circle-outline", why_not=none_kept),
        *action(cells[1], DrawerAsked(), say("Open drawer"), "archive-outline"),
        *action(cells[2], OpenPage("staff_report"), say("Reports"), "chart-box-outline"),
        *action(cells[3], OpenPage("staff"), say("Staff mode"), "badge-account-horizontal-outline"),
    )


def _begin(words: Words) -> tuple[Element, ...]:
    start, size = words.say("Start"), layout.PAY_LABEL
    return button(layout.PAY, StartPressed(), start, style="sun", icon="gesture-tap", size=size, weight=700)


def _pay(state: State, words: Words) -> tuple[Element, ...]:
    """A key for cash and one for card, and one for all other ways; Pay alone where there is nothing to choose."""
    kinds = [kind for kind in ("cash", "card") if kind in state.lane.tenders]
    if not kinds or (state.basket.lines and not tenders_left(state)):
        return scan.pay(state, words)
    waits = _pay_waits(state, words)
    more = len(state.lane.tenders) > len(kinds)
    cells = list(layout.columns(layout.PAY._replace(w=layout.PAY.w - 116 * more), len(kinds), 14))
    painted: list[Element] = []
    for cell, kind in zip(cells, kinds, strict=True):
        blocked = tender_blocked(state, kind)
        why = waits or (why_not_tender(blocked, words) if blocked else "")
        says, text, icon = (
            (CashChosen(), words.say("Cash"), "cash-multiple")
            if kind == "cash"
            else (CardChosen(), words.say("Card"), "contactless-payment")
        )
        painted += button(
            cell, says, text, style="primary", icon=icon, size=34, weight=700, icon_px=44, gap=12, why_not=why
        )
    if more:
        rect = Rect(layout.right_of(layout.PAY) - 102, layout.PAY.y, 102, layout.PAY.h)
        painted += key(rect, PayPressed(), words.say("Other"), "dots-horizontal", waits)
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
