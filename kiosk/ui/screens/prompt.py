"""Prompt: a panel that fills the stage with a picture, a title, up to three lines of text and one or two answers.

The slip beside it stays in sight. The panel's text sits right above its answers, so a third line moves it up a little.
"""

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import wrap
from kiosk.ui.scene import Box, Element, Label, Picture, Rect
from kiosk.ui.screens.banner import Banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.words import Words

TEXT_PX = 640
_LEAST_PICTURE_PX = 80
LEFT_ANSWER, RIGHT_ANSWER = Rect(68, 542, 312, 88), Rect(396, 542, 312, 88)


def prompt(
    state: State,
    words: Words,
    *,
    fill: str,
    picture: str,
    title: str,
    text: str,
    shown: Banner | None = None,
    room_px: int = 0,
) -> tuple[Element, ...]:
    """Brand bar, panel and words; the answers are the screen's own.

    `room_px`: how much higher the words stand, where a screen has more than its answers below them.
    """
    long = len(wrap(text, TEXT_PX, layout.BODY)) > 2
    top = (340 if long else 352) - room_px
    panel = layout.PROMPT_UNDER_BANNER if shown else layout.PROMPT
    drawing = (
        Rect(229, 208, 318, top - 214)
        if shown
        else (Rect(238, 127, 300, 200 - room_px) if long else Rect(229, 126, 318, 212 - room_px))
    )
    return (
        *brand(state, words),
        *(paint(shown, layout.BANNER, words) if shown else ()),
        Box(panel, fill, radius=28),
        *((Picture(drawing, picture),) if drawing.h >= _LEAST_PICTURE_PX else ()),
        Label(Rect(68, top, TEXT_PX, 48), title, layout.TITLE, 700, True),
        Label(
            Rect(68, top + 60, TEXT_PX, 112),
            text,
            layout.BODY,
            valign="top",
            max_lines=3,
            line_height=1.3,
        ),
    )
