"""The left side of 19b: one thing that needs an answer, as a card: a sign, what it is, since when, the answers."""

from typing import NamedTuple

from kiosk.checkout.events import Event
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Picture, Rect, Row, Word
from kiosk.ui.screens.face import INK, button, fits, target
from kiosk.ui.view import Look, OpenPage, Page
from kiosk.ui.words import Words

CARD_PX, LOW_PX = 188, 96
"""With answers, and without any."""
GAP_PX = 13
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
    picture: str = ""
    """Of the thing that is asked about, where there is one."""

    @property
    def high(self) -> int:
        """Pixels."""
        return CARD_PX if self.answers else LOW_PX


def paper_low(state: State, words: Words) -> tuple[Card, ...]:
    """The roll ends soon: nobody was called for it, and whoever is here anyway changes it."""
    if state.devices.paper != "low":
        return ()
    return (Card(words.say("Paper low"), words.say("Change the roll soon."), reason="paper"),)


def paint(card: Card, rect: Rect) -> tuple[Element, ...]:
    """The card in its place, as high as it is."""
    cells = layout.columns(Rect(rect.x + 16, rect.y + 90, rect.w - 32, 85), max(1, len(card.answers)), 12)
    beside, alone = Rect(rect.x + 92, rect.y + 10, rect.w - 104, 78), Rect(rect.x + 18, rect.y + 10, rect.w - 30, 78)
    signed = _has_room(card, beside) or not _has_room(card, alone)  # words before pictures
    sign = Rect(rect.x + 16, rect.y + 18, 64, 60)
    drawn = Picture(sign, card.picture) if card.picture else Icon(sign, _SIGNS[card.reason], "staff", _SIGN_PX)
    return (
        Box(rect, "paper", "line", 2, 20),
        *((drawn,) if signed else ()),
        *_told(card, beside if signed else alone),
        *(element for cell, answer in zip(cells, card.answers, strict=False) for element in _answer(cell, answer)),
        *((target(rect._replace(h=82), OpenPage(card.more), card.title, style="bare"),) if card.more else ()),
    )


def _has_room(card: Card, place: Rect) -> bool:
    return fits(card.title, place.w, 1, _SMALL, 600) and fits(card.detail, place.w, 2, layout.CAPTION, 500)


def _told(card: Card, place: Rect) -> tuple[Element, ...]:
    """The title large and the detail on one line; where there is more to say, a smaller title or a folded one."""
    roomy = fits(card.title, place.w, 1, layout.BODY, 600) and fits(card.detail, place.w, 1, layout.CAPTION, 500)
    one = _has_room(card, place)
    size, high, rest = (layout.BODY, 42, 30) if roomy else (_SMALL, 28, 50) if one else (layout.CAPTION, 52, 26)
    title = Label(
        place._replace(h=high), card.title, size, 600, max_lines=1 if one else 2, line_height=1.04, plain=True
    )
    below = Rect(place.x, place.y + high, place.w, rest)
    lines = 2 if one and not roomy else 1
    return title, Label(below, card.detail, layout.CAPTION, colour="ink2", max_lines=lines, line_height=1.0, plain=True)


def _answer(cell: Rect, answer: Answer) -> tuple[Element, ...]:
    text, says, style = answer
    mark = Mark("close" if style == "secondary" else "check-bold", 28, INK[style])
    inner = layout.inset(cell, 8, 4)
    if not fits(text, inner.w - 38, 2, _SMALL, 600):
        return button(cell, says, text, style=style, size=layout.CAPTION)
    word = Word(text, _SMALL, 600, colour=INK[style])
    return target(cell, says, text, style=style), Row(inner, (mark, word), 10)
