"""Languages: a sheet with the lane's languages; touching one changes every word at once and goes back."""

from kiosk.checkout.events import LanguageChosen
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.face import button, fits, target
from kiosk.ui.screens.sheet import close, docked, over
from kiosk.ui.view import TurnPage, View
from kiosk.ui.words import LANGUAGES, Words


def scene(base: Scene, state: State, view: View, words: Words) -> Scene:
    """The sheet over the page that the shopper is on: two columns, in pages where there are more than have room."""
    room = room_in(state, view)
    px = room.px
    title = words.say("Choose your language")
    tags = tuple(tag for tag in state.lane.languages if tag in LANGUAGES)
    row_h, gap, across = room.touch(96), px(16), 2
    head_h = room.touch(88) + 2 * px(28)
    card = docked(head_h + -(-len(tags) // across) * (row_h + gap) - gap + px(32), room)
    inner = Rect(card.x + px(32), card.y + head_h, card.w - 2 * px(32), card.h - head_h - px(32))
    down = max(1, (inner.h + gap) // (row_h + gap))
    turned = len(tags) > across * down
    count = across * down - turned
    first = view.sheet_page % max(1, -(-len(tags) // count)) * count
    cells = layout.grid(Rect(inner.x, inner.y, inner.w, down * (row_h + gap) - gap), across, down, gap, gap)
    font = next((s for s in (layout.TITLE, 36, 30) if fits(title, card.w - px(240), 1, room.font(s), 700, True)), 28)
    elements: list[Element] = [
        Label(Rect(inner.x, card.y + px(28), card.w - px(220), room.touch(88)), title, room.font(font), 700, True,
              max_lines=2, line_height=1.1),
        *close(card, words, room),
    ]  # fmt: skip
    for tag, cell in zip(tags[first : first + count], cells, strict=False):
        elements += _row(cell, tag, tag == words.language, room)
    if turned:
        elements += button(cells[-1], TurnPage(1), words.say("More languages"), room=room, icon="chevron-right")
    return over(base, "01-languages", card, tuple(elements), title, room=room)


def _row(cell: Rect, tag: str, chosen: bool, room: Room) -> tuple[Element, ...]:
    greeting, name = LANGUAGES.get(tag, (tag, tag))
    px, side = room.px, room.icon(40)
    tick = Icon(Rect(layout.right_of(cell) - side - px(20), cell.y, side, cell.h), "check-circle", "primary", side)
    name_px = room.font(layout.BODY)
    end = layout.right_of(cell) - side - px(36)
    wide = text_width(name, name_px, 600) + 4
    greeting_w = end - wide - px(12) - cell.x - px(28)
    greeted = text_width(greeting, room.font(34), 700, True) <= greeting_w
    return (
        target(cell, LanguageChosen(language=tag), name, role="radio", selected=chosen, radius=px(20)),
        *((tick,) if chosen else ()),
        *(
            (Label(Rect(cell.x + px(28), cell.y, greeting_w, cell.h), greeting, room.font(34), 700, True),)
            if greeted
            else ()
        ),
        Label(Rect(end - wide, cell.y, wide, cell.h), name, name_px, 600, align="end"),
    )
