"""The left side of 19b: one thing that needs an answer, as a card: a sign, what it is, since when, the answers."""

from typing import NamedTuple

from kiosk.checkout.events import Event
from kiosk.checkout.item import Item
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.goods import item_picture
from kiosk.ui.measure import wrap
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Rect, Row, Word
from kiosk.ui.screens.face import INK, button, fits, target
from kiosk.ui.view import Look, OpenPage, Page
from kiosk.ui.words import Words

CARD_GAP_PX = 13
"""Between two cards, of the design."""
_SIGNS = {
    "age": "card-account-details-outline",
    "help": "hand-wave-outline",
    "bank": "bank-outline",
    "recall": "play-circle-outline",
    "paper": "paper-roll-outline",
    "device": "lan-disconnect",
    "disk": "harddisk",
    "item": "barcode-off",
    "bag": "scale",
    "cash": "cash-multiple",
    "audit": "magnify",
    "external": "contactless-payment",
    "signature": "draw",
    "payback": "cash-refund",
    "payout": "cash-refund",
    "drawer": "archive-outline",
    "door": "door-open",
    "gate": "boom-gate-outline",
    "reversal": "credit-card-refund-outline",
    "refund": "cash-refund",
}
"""What each reason for a call looks like."""
_SMALL, _SIGN_PX = 26, 50
Answer = tuple[str, Event | Look, str]


class Card(NamedTuple):
    """Title, detail, answers, the reason it stands for, and the page that a touch of its words opens."""

    title: str
    detail: str
    answers: tuple[Answer, ...] = ()
    reason: str = ""
    more: Page = ""
    item: Item | None = None
    """The thing that is asked about, where it is one that has a picture."""


def change_roll(words: Words) -> Answer:
    """The way to a new roll of paper."""
    return words.say("Change the roll"), OpenPage("staff_roll"), "staff"


def paper_low(state: State, words: Words) -> tuple[Card, ...]:
    """The roll ends soon: nobody was called for it, and whoever is here anyway changes it."""
    if state.devices.paper != "low":
        return ()
    return (Card(words.say("Paper low"), words.say("Change the roll soon."), (change_roll(words),), "paper"),)


def card_height(card: Card, wide: int, room: Room) -> int:
    """Of all that it says, and its answers."""
    told = max(room.px(78), _told_height(card, _beside(Rect(0, 0, wide, 0), room).w, room)) + 2 * room.px(9)
    told = max(told, FLOOR_PX + GAP_PX if card.more else 0)
    down = _cells_down(card, wide, room)
    return told + down * room.touch(85) + (down - 1) * GAP_PX + room.px(14) if card.answers else told


def _side(room: Room) -> int:
    return room.px(16) if room.scale >= 1 else GAP_PX


def _cells_down(card: Card, wide: int, room: Room) -> int:
    """Answers stand beside each other; one below the other where a long word has no room."""
    count, gap = len(card.answers), max(room.px(12), GAP_PX)
    each = (wide - 2 * _side(room) - (count - 1) * gap) // max(1, count) - 2 * room.px(6)
    font = room.font(layout.CAPTION)
    return 1 if all(fits(text, each, 2, font, 600) for text, *_ in card.answers) else count


def paint(card: Card, rect: Rect, room: Room) -> tuple[Element, ...]:
    """The card in its place, as high as it is."""
    px, side, down = room.px, _side(room), _cells_down(card, rect.w, room)
    high = down * room.touch(85) + (down - 1) * GAP_PX
    row = Rect(rect.x + side, layout.below(rect) - px(14) - high, rect.w - 2 * side, high)
    cells = layout.grid(row, max(1, len(card.answers) // down), down, max(px(12), GAP_PX), GAP_PX)
    upper = rect._replace(h=(row.y if card.answers else layout.below(rect)) - rect.y)
    beside, alone = _beside(upper, room), Rect(rect.x + px(18), rect.y + px(9), rect.w - 2 * px(18), upper.h - px(14))
    signed = _told_height(card, beside.w, room) <= beside.h  # words before pictures
    sign = Rect(rect.x + px(16), rect.y + px(18), px(64), px(60))
    drawn = (
        item_picture(sign, card.item) if card.item else Icon(sign, _SIGNS[card.reason], "staff", room.icon(_SIGN_PX))
    )
    touched = Rect(rect.x, rect.y, rect.w, upper.h - GAP_PX)
    return (
        Box(rect, "paper", "line", 2, px(20)),
        *((drawn,) if signed else ()),
        *_told(card, beside if signed else alone, room),
        *(
            element
            for cell, answer in zip(cells, card.answers, strict=False)
            for element in _answer(cell, answer, room)
        ),
        *((target(touched, OpenPage(card.more), card.title, style="bare"),) if card.more else ()),
    )


def _beside(rect: Rect, room: Room) -> Rect:
    """Right of the sign."""
    px = room.px
    return Rect(rect.x + px(92), rect.y + px(9), rect.w - px(92) - px(12), rect.h - px(14))


def _sizes(card: Card, wide: int, room: Room) -> tuple[int, int, int]:
    """Size of the title, its lines, and those of the detail."""
    font = next((room.font(s) for s in (layout.BODY, _SMALL) if fits(card.title, wide, 1, room.font(s), 600)), 0)
    font = font or room.font(layout.CAPTION)
    titles = min(3, len(wrap(card.title, wide, font, 600)))
    return font, titles, min(3, len(wrap(card.detail, wide, room.font(layout.CAPTION)))) if card.detail else 0


def _told_height(card: Card, wide: int, room: Room) -> int:
    font, titles, details = _sizes(card, wide, room)
    return round(titles * font * 1.1 + details * room.font(layout.CAPTION) * 1.1) + 4


def _told(card: Card, place: Rect, room: Room) -> tuple[Element, ...]:
    """The title and the detail below it, together in the middle of the place."""
    font, titles, details = _sizes(card, place.w, room)
    small = room.font(layout.CAPTION)
    title_h, detail_h = round(titles * font * 1.1) + 2, round(details * small * 1.1) + 2
    top = place.y + max(0, place.h - title_h - detail_h) // 2
    title = Label(
        Rect(place.x, top, place.w, title_h), card.title, font, 600, max_lines=titles, line_height=1.1, plain=True
    )
    below = Rect(place.x, top + title_h, place.w, detail_h)
    if not details:
        return (title,)
    return title, Label(below, card.detail, small, colour="ink2", max_lines=details, line_height=1.1, plain=True)


def _answer(cell: Rect, answer: Answer, room: Room) -> tuple[Element, ...]:
    text, says, style = answer
    side, font, gap = room.icon(28), room.font(_SMALL), room.px(10)
    mark = Mark("close" if style == "secondary" else "check-bold", side, INK[style])
    inner = layout.inset(cell, room.px(8), 4)
    if not fits(text, inner.w - side - gap, 2, font, 600):
        return button(cell, says, text, room=room, style=style, size=layout.CAPTION)
    word = Word(text, font, 600, colour=INK[style])
    return target(cell, says, text, style=style, radius=room.px(20)), Row(inner, (mark, word), gap)
