"""06 Bagging: the shelf and the basket differ. Told kindly, with what to do; it closes itself when the weight fits."""

from kiosk.checkout.events import BaggingSkipped, BagMoved, Event, HelpCalled, ItemFound, OwnBagPlaced
from kiosk.checkout.shelf import Move, awaited
from kiosk.checkout.state import State
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Element, Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import Prompt, prompt
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """What the kind of disagreement asks for."""
    name, picture, fill, title, text = _said(state, words)
    shown = banner(state, view, words)
    if state.shelf.kind == "takeback" and state.notice is not None and state.notice.kind == "removed" and not view.why:
        shown = None  # this screen says it better
    room = room_in(state, view).prompting
    told = prompt(state, words, fill=fill, picture=f"svg:{picture}", title=title, text=text, shown=shown, room=room)
    return Scene(
        name,
        room.panel.size,
        "ground",
        (
            *told.elements,
            *_answers(state, told, words, room),
            *utility(state, words, room),
            *basket(state, view, words, room=room),
            *pay(state, words, room=room),
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


def _answers(state: State, told: Prompt, words: Words, room: Room) -> tuple[Element, ...]:
    say = words.say
    match state.shelf.kind:
        case "takeback":
            again = _added_back(awaited(state.shelf, -1))
            place = told.left if again else told.both
            moved = button(place, BagMoved(), say("I’ve moved it"), room=room, icon="check-bold", icon_px=38)
            if again is None:
                return moved
            back = say("Add it back")
            return (*moved, *button(told.right, again, back, room=room, icon="undo-variant", icon_px=38))
        case "extra":
            return (
                *button(told.left, OwnBagPlaced(), say("It’s my own bag"), room=room, icon="shopping-outline"),
                *button(told.right, HelpCalled(), say("Call staff"), room=room, icon="hand-wave-outline"),
            )
        case "missing" | "emptied":
            return button(told.both, HelpCalled(), say("Call staff"), room=room, icon="hand-wave-outline")
        case _:
            skip = say("I don’t want to bag this")
            return button(told.both, BaggingSkipped(), skip, room=room, icon="shopping-outline")


def _added_back(moves: tuple[Move, ...]) -> Event | None:
    """The scan that puts the removed thing back into the basket; goods by weight are weighed anew."""
    item = moves[-1].item if moves else None
    if item is None or item.sold_by == "kg":
        return None
    return ItemFound(item=item, count=-moves[-1].count)
