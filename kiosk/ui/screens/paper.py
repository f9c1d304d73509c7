"""Paper: the slip that hangs from the top of the screen, empty. What is printed on it is `slip`'s.

All of it follows from the room: where the slip hangs, and how high the type makes its head, its lines and its sum. With
Lower controls the paper is short and the sum stands below it, so that nothing up there needs to be touched.
"""

from functools import lru_cache
from typing import NamedTuple

from kiosk.ui.measure import block_width, largest, text_width, wrap
from kiosk.ui.room import FLOOR_PX, Room
from kiosk.ui.scene import Box, Dots, Element, Label, Mark, Rect, Row, Word, Zigzag
from kiosk.ui.screens.face import USUAL_ROOM
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money

_MEMBER = "card-account-details-star-outline"
LEFT, RIGHT = 800, 1224
"""Where text begins and ends on the paper of the usual room."""


class Ruling(NamedTuple):
    """Where things stand on the paper, in pixels of the screen."""

    left: int
    """Where text begins,"""
    right: int
    """and ends."""
    top: int
    """The first row below the head."""
    line: int
    """Height of a basket line, its hair line included."""
    sum_end: int
    """Lower end of the sum: of the paper, or of what stands below it."""
    sum_h: int
    savings_h: int
    beneath: bool
    """The sum stands below the paper."""

    @property
    def wide(self) -> int:
        """Room for text."""
        return self.right - self.left


@lru_cache(maxsize=64)
def ruling(room: Room) -> Ruling:
    """The paper of a room."""
    slip, px = room.zones.slip, room.px
    beneath = room.reach and not room.portrait
    text_h = room.lines(28) + room.lines(24)
    return Ruling(
        left=slip.x + px(24),
        right=slip.x + slip.w - px(24),
        top=max(px(103 if room.portrait else 79), room.lines(32) + px(36)),
        line=max(px(108 if room.portrait else 89), FLOOR_PX + 2, text_h + px(26)),
        sum_end=room.zones.turn.y - px(15) if beneath else slip.h,
        sum_h=max(px(87), room.lines(56, line_height=1.08) + px(25)),
        savings_h=max(px(40), room.lines(28, line_height=1.4)),
        beneath=beneath,
    )


def paper(top: int = 0, bottom: int | None = None, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """The sheet and its torn end."""
    slip = room.zones.slip
    end = slip.h if bottom is None else bottom
    return (
        Box(Rect(slip.x, top, slip.w, end - top), "paper", shadow="slip"),
        Zigzag(Rect(slip.x, end, slip.w, room.px(17))),
    )


def line_across(y: int, room: Room = USUAL_ROOM) -> Box:
    """A hair line from edge to edge, 2 px."""
    return Box(Rect(room.zones.slip.x, y, room.zones.slip.w, 2), "hair")


def dotted(y: int, room: Room = USUAL_ROOM) -> Dots:
    """The dotted rule above the sum."""
    return Dots(Rect(room.zones.slip.x, y, room.zones.slip.w, 4))


def head(title: str, chip: str = "", room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """`Your basket` and the chip that counts; a title that leaves the chip no room is set smaller, or stands alone."""
    r, px = ruling(room), room.px
    chip_px, pad = room.font(24), px(18)
    chip_w = text_width(chip, chip_px, 600) + 2 * pad + 4
    sizes = tuple(room.font(size) for size in (32, 28, 24))
    title_px = next((s for s in sizes if text_width(title, s, 700) + px(16) + chip_w <= r.wide), sizes[0])
    title_w = text_width(title, title_px, 700)
    beside = chip and title_w + px(16) + chip_w <= r.wide
    middle, chip_h = r.top // 2 + px(4), max(px(43), round(chip_px * 1.5))
    place, words = Rect(r.right - chip_w, middle - chip_h // 2, chip_w, chip_h), Word(chip, chip_px, 600, max_lines=1)
    counted = Row(place, (words,), 0, "end", "sunk", pad, chip_h // 2)
    title_h = round(title_px * 1.34)
    title_size = title_px if title_w <= r.wide else room.font(24)
    return (
        Label(Rect(r.left, middle - title_h // 2, min(title_w + px(12), r.wide), title_h), title, title_size, 700),
        *((counted,) if beside else ()),
        line_across(r.top - 2, room),
    )


def total(
    due: Money, words: Words, word: str = "", saved: Money = ZERO, room: Room = USUAL_ROOM, member: Money = ZERO
) -> tuple[Element, ...]:
    """`Total` (or another word) and the sum, at the foot of the paper; above it what offers took off, and above that
    what `member` prices did.

    A sum that leaves its word no room is set smaller; the sign of the currency goes last.
    """
    r, px = ruling(room), room.px
    word, figure = word or words.say("Total"), words.money(due)
    word_px = room.font(36)
    if text_width(word, word_px, 700) > r.wide // 2:
        word_px = room.font(28)
    word_w = min(text_width(word, word_px, 700) + 2, r.wide // 2)
    free = r.wide - word_w - px(16)
    sizes = tuple(room.font(size) for size in (56, 44, 34))
    if text_width(figure, sizes[0], 800, True) > free and room.large:
        figure = words.amount(due)
    size = largest(figure, free, sizes)
    middle = r.sum_end - px(39) - (room.font(56) - px(56)) // 2
    figure_h = max(px(62), round(room.font(56) * 1.1))
    word_h = round(word_px * 1.34) if text_width(word, word_px, 700) <= word_w else round(word_px * 2.3)
    return (
        *(
            _savings(member, _Tag(words.say("Member"), _MEMBER, "primary-soft", "ink"), bool(saved), words, room)
            if member
            else ()
        ),
        *(
            _savings(saved, _Tag(words.say("You save"), "tag-outline", "sun", "on-sun"), 0, words, room)
            if saved
            else ()
        ),
        Label(Rect(r.left, middle - word_h // 2 - 2, word_w, word_h), word, word_px, 700, max_lines=2, line_height=1.1),
        Label(
            Rect(r.left, middle - figure_h // 2, r.wide, figure_h), figure, size, 800, True, align="end", amount=True
        ),
    )


class _Tag(NamedTuple):
    text: str
    icon: str
    fill: str
    ink: str


def _savings(amount: Money, tag: _Tag, above: int, words: Words, room: Room) -> tuple[Element, ...]:
    """A tag and what it took off, so many rows above the one that stands upon the sum."""
    r, px, font = ruling(room), room.px, room.font(28)
    middle = r.sum_end - r.sum_h - r.savings_h // 2 + px(15) - above * r.savings_h
    high = max(px(36), round(font * 1.28))
    figure = words.amount(amount)
    wide = min(r.wide - text_width(figure, font) - px(16), px(300) if not room.large else r.wide)
    fits = text_width(tag.text, font, 600) + room.icon(26) + px(8) + 2 * px(10) <= wide
    mark = Mark(tag.icon, room.icon(26), tag.ink)
    parts = (*((mark,) if fits else ()), Word(tag.text, font, 600, colour=tag.ink))
    return (
        Row(Rect(r.left, middle - high // 2, wide, high), parts, px(8), "start", tag.fill, px(10), px(8)),
        Label(Rect(r.left, middle - px(20), r.wide, px(40)), figure, font, align="end", amount=True),
    )


def amount_row(y: int, text: str, figure: str, *, small: bool = False, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """A word at the left and its amount at the right, centred on `y`; a long word takes more lines (`row_lines`)."""
    r = ruling(room)
    size = room.font(24 if small else 28)
    colour = "ink2" if small else "ink"
    free = _beside(figure, size, room)
    lines = row_lines(text, figure, small=small, room=room)
    high = max(room.px(40), round(size * 1.3)) + round((lines - 1) * size * 1.1)
    row = Rect(r.left, y - high // 2, r.wide, high)
    if block_width(text, free, size) > free:
        return (
            Label(row, text, size, colour=colour, valign="top", max_lines=lines - 1, line_height=1.1),
            Label(row, figure, size, colour=colour, align="end", valign="bottom", amount=True),
        )
    return (
        Label(row._replace(w=free), text, size, colour=colour, max_lines=lines, line_height=1.1),
        Label(row, figure, size, colour=colour, align="end", amount=True),
    )


def row_lines(text: str, figure: str, *, small: bool, room: Room) -> int:
    """How many lines a row takes: those of its words beside the amount, or, where the longest word has no room there,
    above it and one more for the amount."""
    size = room.font(24 if small else 28)
    free = _beside(figure, size, room)
    if block_width(text, free, size) > free:
        return len(wrap(text, ruling(room).wide, size)) + 1
    return len(wrap(text, free, size))


def _beside(figure: str, size: int, room: Room) -> int:
    """What the amount leaves of a row, in pixels."""
    return ruling(room).wide - text_width(figure, size) - room.px(16)


def note(rect: Rect, icon: str, text: str, room: Room = USUAL_ROOM) -> Row:
    """An icon and one sentence in the middle of a zone: `No receipt in 18 seconds`."""
    return Row(rect, (Mark(icon, room.icon(40)), Word(text, room.font(28), 500)), room.px(16))
