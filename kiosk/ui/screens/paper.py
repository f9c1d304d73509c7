"""Paper: the slip that hangs from the top of the screen, empty. What is printed on it is `slip`'s."""

from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width
from kiosk.ui.scene import Box, Dots, Element, Label, Mark, Rect, Row, Word, Zigzag
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money

LEFT, RIGHT = 800, 1224
"""Where text begins and ends on the paper."""


def paper(top: int = 0, bottom: int = 624) -> tuple[Element, ...]:
    """The sheet and its torn end."""
    return (
        Box(Rect(776, top, 472, bottom - top), "paper", shadow="slip"),
        Zigzag(Rect(776, bottom, 472, 17)),
    )


def line_across(y: int) -> Box:
    """A hair line from edge to edge, 2 px."""
    return Box(Rect(776, y, 472, 2), "hair")


def dotted(y: int) -> Dots:
    """The dotted rule above the sum."""
    return Dots(Rect(776, y, 472, 4))


def head(title: str, chip: str = "") -> tuple[Element, ...]:
    """`Your basket` and the chip that counts."""
    counted = Row(Rect(976, 22, 248, 43), (Word(chip, 24, 600),), 0, "end", "sunk", 18, 21)
    return (
        Label(Rect(LEFT, 23, 300, 43), title, 32, 700),
        *((counted,) if chip else ()),
        line_across(77),
    )


def total(due: Money, words: Words, word: str = "", saved: Money = ZERO) -> tuple[Element, ...]:
    """`Total` (or another word) and the sum, at the foot of the paper; above it what offers took off."""
    word, figure = word or words.say("Total"), words.money(due)
    size = largest(figure, RIGHT - LEFT - text_width(word, 36, 700) - 16, (layout.TOTAL, layout.TITLE, 34))
    return (
        *(_savings(saved, words) if saved else ()),
        Label(Rect(LEFT, 559, max(200, text_width(word, 36, 700)), 48), word, 36, 700),
        Label(Rect(LEFT, 554, RIGHT - LEFT, 62), figure, size, 800, True, align="end", amount=True),
    )


def _savings(saved: Money, words: Words) -> tuple[Element, ...]:
    parts = (Mark("tag-outline", 26, "on-sun"), Word(words.say("You save"), layout.BODY, 600, colour="on-sun"))
    return (
        Row(Rect(LEFT, 514, 300, 36), parts, 8, "start", "sun", 10, 8),
        Label(Rect(LEFT, 512, RIGHT - LEFT, 40), words.amount(saved), layout.BODY, align="end", amount=True),
    )


def amount_row(y: int, text: str, figure: str, *, small: bool = False) -> tuple[Element, ...]:
    """A word at the left and its amount at the right, centred on `y`."""
    size = layout.CAPTION if small else layout.BODY
    colour = "ink2" if small else "ink"
    room = Rect(LEFT, y - 20, RIGHT - LEFT, 40)
    return (
        Label(room._replace(w=290), text, size, colour=colour),
        Label(room, figure, size, colour=colour, align="end", amount=True),
    )


def note(rect: Rect, icon: str, text: str) -> Row:
    """An icon and one sentence in the middle of a zone: `No receipt in 18 seconds`."""
    return Row(rect, (Mark(icon, 40), Word(text, layout.BODY, 500)), 16)
