"""07 Age check: it waits without stopping anybody. Only Pay is locked."""

from kiosk.checkout.events import LineVoided, PromptClosed
from kiosk.checkout.paying import age_needed
from kiosk.checkout.state import State
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import prompt
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The prompt, with the limited item that was added last to be taken out again."""
    room = room_in(state, view).prompting
    title = words.say("A quick age check")
    shown = banner(state, view, words)
    waiting = [line for line in state.basket.lines if line.item.age_limit > state.basket.age_approved]
    goes_on, out = words.say("Keep scanning"), words.say("Remove this item")
    told = prompt(
        state,
        words,
        fill="info-soft",
        picture="svg:age",
        title=title,
        text=words.say(
            "Someone from our staff is on the way to look at your ID. **You can keep scanning** while you wait."
        ),
        shown=shown,
        answers=(goes_on, out),
        room=room,
    )
    return Scene(
        "07-age-check",
        room.panel.size,
        "ground",
        (
            *told.elements,
            *_badge(state, told.picture, words, room),
            *button(told.left, PromptClosed(), goes_on, room=room, style="info", icon="barcode-scan"),
            *(
                button(told.right, LineVoided(line=waiting[-1].line), out, room=room, icon="trash-can-outline")
                if waiting
                else ()
            ),
            *utility(state, words, room),
            *basket(state, view, words, room=room),
            *pay(state, words, room=room),
        ),
        title=title,
    )


def _badge(state: State, picture: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    """The limit, on the picture's card."""
    limit, high = age_needed(state), round(room.font(26) * 1.77)
    if not limit or picture.h < 2 * high:
        return ()
    wide = round(high * 1.83)
    rect = Rect(picture.x + picture.w * 187 // 318, picture.y + picture.h * 124 // 212, wide, high)
    years = words.say("{years}+", years=limit)
    figure = Label(rect, years, room.font(26), 600, colour="paper", align="centre", amount=True)
    return Box(rect, "ink", radius=high // 2), figure
