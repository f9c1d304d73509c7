"""Greeting: what fills the stage of 02 when a member is known (09): a word of welcome, and what it is good for."""

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width, wrap
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Rect, Row, Word
from kiosk.ui.screens.deals import saved_by_card
from kiosk.ui.screens.face import USUAL_ROOM
from kiosk.ui.view import View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO


def greeting(stage: Rect, state: State, view: View, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """Card, greeting, and what the card saves on this basket; of one that saves nothing, its points. A name only where
    the store told one, and only while this visit lasts."""
    say, px = words.say, room.px
    title = say("Good to see you, {name}", name=view.member_name) if view.member_name else say("Good to see you")
    less = saved_by_card(state.basket)
    gain = (
        say("You save {amount} more today.", amount=words.money(less))
        if less > ZERO
        else words.count("You have {count} point.", "You have {count} points.", state.basket.points)
    )
    text = say("Your member prices are on.") + "\n" + gain
    side = min(px(200), stage.h - px(40))
    pictured = not room.large and side >= px(100)
    plate = Rect(stage.x + px(34), stage.y + (stage.h - side) // 2, side, side)
    left = layout.right_of(plate) + px(24) if pictured else stage.x + px(32)
    wide = layout.right_of(stage) - left - px(22)
    head_px, title_px, text_px = room.font(28), room.font(layout.TITLE), room.font(layout.BODY)
    added = say("Member card added")
    head_h = max(px(40), round(head_px * 1.35))
    if text_width(added, head_px, 600) + room.icon(34) + px(11) > wide:
        head_h = 0
    titles = len(wrap(title, wide, title_px, 700, True))
    title_h = round(titles * title_px * 1.1) + 2
    title_w = wide - px(12) if titles > 1 else wide  # what is measured wide must not be painted on fewer lines
    text_h = round(len(wrap(text, wide, text_px)) * text_px * 1.25) + 2
    if head_h + title_h + text_h > stage.h:
        head_h = 0
    if head_h + title_h + text_h > stage.h:
        text = text.partition("\n")[0]
        text_h = round(len(wrap(text, wide, text_px)) * text_px * 1.25) + 2
    if head_h + title_h + text_h > stage.h:
        text, text_h = "", 0
    top = stage.y + (stage.h - head_h - title_h - text_h - px(8)) // 2
    parts = (Mark("check-circle", room.icon(34), "primary"), Word(added, head_px, 600, colour="primary"))
    return (
        Box(stage, "paper", radius=px(28)),
        *(
            (Box(plate, "primary-soft", radius=px(24)),
             Icon(plate, "card-account-details-star-outline", "primary", side * 7 // 10))
            if pictured else ()
        ),
        *((Row(Rect(left, top, wide, head_h), parts, px(11), "start"),) if head_h else ()),
        Label(Rect(left, top + head_h, title_w, title_h), title, title_px, 700, True, max_lines=3, line_height=1.1,
              private=bool(view.member_name),
              valign="top", plain=True),
        Label(Rect(left, top + head_h + title_h + px(8), wide, text_h), text, text_px,
              max_lines=max(2, round(text_h / (text_px * 1.25))), line_height=1.25, valign="top"),
    )  # fmt: skip
