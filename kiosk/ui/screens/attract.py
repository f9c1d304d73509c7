"""01-attract: the shop's own picture over the whole glass, while nobody is there. A touch of it anywhere leads to 01.

What it says stands on a card of its own, so that it can be read on any picture.
"""

from kiosk.checkout.events import Touched
from kiosk.checkout.state import State
from kiosk.ui.measure import block_width
from kiosk.ui.room import room_in
from kiosk.ui.scene import Box, Icon, Label, Picture, Rect, Scene
from kiosk.ui.screens.face import fits, target
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The picture that `view.attract` names."""
    room = room_in(state, view)
    px, (width, height) = room.px, room.panel.size
    whole, text = Rect(0, 0, width, height), words.say("Start by touching anywhere")
    above = room.top_touch if room.reach else 0  # higher up it wakes the lane too, as any touch beside a button does
    reached = Rect(0, above, width, height - above)
    side, most = room.icon(60), width - 4 * px(56) - room.icon(60)
    choices = ((46, 1), (38, 1), (32, 1), (32, 2), (28, 2))
    size, lines = next(((room.font(s), n) for s, n in choices if fits(text, most, n, room.font(s), 700)), (28, 3))
    told = block_width(text, most, size, 700) + 4
    wide, high = told + side + 2 * px(44) + px(20), max(room.touch(128), room.lines(size, lines) + px(32))
    card = Rect((width - wide) // 2, height - px(56) - high, wide, high)
    return Scene(
        "01-attract",
        room.panel.size,
        "deep",
        (
            target(reached, Touched(), text, style="bare", radius=0),
            Picture(whole, view.attract),
            Box(card, "sun", radius=px(28), edge="sun-edge", edge_px=px(6)),
            Icon(Rect(card.x + px(44), card.y, side, high), "gesture-tap", "on-sun", side),
            Label(Rect(card.x + px(64) + side, card.y, told, high), text, size, 700, colour="on-sun", max_lines=lines),
        ),
        focus=(text,),
        title=text,
    )
