"""06 Bagging: the shelf and the basket differ. Told kindly, with what to do; it closes itself when the weight fits."""

from kiosk.checkout.events import BaggingSkipped, BagMoved, Event, HelpCalled, ItemFound, OwnBagPlaced
from kiosk.checkout.shelf import Move, awaited
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Rect, Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import LEFT_ANSWER, RIGHT_ANSWER, prompt
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words

_WIDE_ANSWER = Rect(LEFT_ANSWER.x, LEFT_ANSWER.y, layout.right_of(RIGHT_ANSWER) - LEFT_ANSWER.x, LEFT_ANSWER.h)


def scene(state: State, view: View, words: Words) -> Scene:
    """What the kind of disagreement asks for."""
    name, picture, fill, title, text = _said(state, words)
    shown = banner(state, view, words)
    if state.shelf.kind == "takeback" and state.notice is not None and state.notice.kind == "removed" and not view.why:
        shown = None  # this screen says it better
    return Scene(
        name,
        layout.SIZE,
        "ground",
        (
            *prompt(state, words, fill=fill, picture=f"svg:{picture}", title=title, text=text, shown=shown),
            *_answers(state, words),
            *utility(state, words),
            *basket(state, view, words),
            *pay(state, words),
        ),
        title=title,
    )


def _said(state: State, words: Words) -> tuple[str, str, str, str, str]:
    say = words.say
    match state.shelf.kind:
        case "takeback":
            name = _name(awaited(state.shelf, -1), words)
            why = say("**{item}**: you removed it from your basket, so it comes off the shelf too.", item=name)
            return "06c-bag-takeback", "bag-takeback", "sun-soft", say("Please take it off the shelf"), why
        case "extra":
            what = say("Maybe it wasn’t scanned yet. Lift it up and scan it, or tell us it’s your own bag.")
            return "06b-bag-unexpected", "bag-unexpected", "sun-soft", say("Something extra on the shelf"), what
        case "missing" | "emptied":
            back = say("Something was lifted off. Please leave it there until you have paid.")
            return "06a-bag-return", "bag-place", "sun-soft", say("Please put it back on the shelf"), back
        case _:
            name = _name(awaited(state.shelf, 1), words)
            then = say("**{item}**. Then scan your next item.", item=name)
            return "06a-bag-place", "bag-place", "primary-soft", say("Put it in the bag"), then


def _name(moves: tuple[Move, ...], words: Words) -> str:
    """Of the newest."""
    items = [move.item for move in moves if move.item is not None]
    return items[-1].name_in(words.language) if items else ""


def _answers(state: State, words: Words) -> tuple[Element, ...]:
    say = words.say
    match state.shelf.kind:
        case "takeback":
            again = _added_back(awaited(state.shelf, -1))
            moved = button(
                LEFT_ANSWER if again else _WIDE_ANSWER, BagMoved(), say("I’ve moved it"), icon="check-bold", icon_px=38
            )
            if again is None:
                return moved
            return (*moved, *button(RIGHT_ANSWER, again, say("Add it back"), icon="undo-variant", icon_px=38))
        case "extra":
            return (
                *button(LEFT_ANSWER, OwnBagPlaced(), say("It’s my own bag"), icon="shopping-outline"),
                *button(RIGHT_ANSWER, HelpCalled(), say("Call staff"), icon="hand-wave-outline"),
            )
        case "missing" | "emptied":
            return button(_WIDE_ANSWER, HelpCalled(), say("Call staff"), icon="hand-wave-outline")
        case _:
            skip = say("I don’t want to bag this")
            return button(_WIDE_ANSWER, BaggingSkipped(), skip, icon="shopping-outline")


def _added_back(moves: tuple[Move, ...]) -> Event | None:
    """The scan that puts the removed thing back into the basket; goods by weight are weighed anew."""
    item = moves[-1].item if moves else None
    if item is None or item.sold_by == "kg":
        return None
    return ItemFound(item=item, count=-moves[-1].count)
