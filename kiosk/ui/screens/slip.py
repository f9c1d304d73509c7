"""Slip: what stands on the paper while scanning, the open basket; `slip_sum` and `slip_paid` are what comes after.

The newest lines are always in sight; earlier ones are behind the row at the top, which fills the spare height and
scrolls three lines up. While it is scrolled, a row at the bottom leads back to the newest.
"""

from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from kiosk.checkout.basket import Line
from kiosk.checkout.pricing import (
    count_items,
    line_deposit,
    line_total,
    saved,
    totals,
)
from kiosk.checkout.state import State
from kiosk.checkout.tenders import in_all
from kiosk.ui import layout
from kiosk.ui.measure import text_width, wrap
from kiosk.ui.room import FLOOR_PX, Room
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Picture, Rect, Row, Word
from kiosk.ui.screens.deals import NONE, Deal, deals, members_save
from kiosk.ui.screens.face import INK, LOCK, USUAL_ROOM, button, target
from kiosk.ui.screens.paper import dotted, head, line_across, paper, ruling, total
from kiosk.ui.view import OpenPage, ScrollLines, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money

SCROLL_LINES = 3
_NAME_LINE = 1.15
"""Line height of a name on two rows."""


def items(count: int, words: Words) -> str:
    """`7 items`"""
    return words.count("{count} item", "{count} items", count)


def basket(
    state: State, view: View, words: Words, *, choosing: bool = False, room: Room = USUAL_ROOM
) -> tuple[Element, ...]:
    """The open basket. `choosing`: its lines are outlined, to be touched (08)."""
    end = lines_end(state, room)
    return (
        *paper(room=room),
        *head(heading(state, words), _counted(state, words), room),
        *(_lines(state, view, words, choosing, room) if listed(state, view) else _nothing_yet(words, end, room)),
        *(() if ruling(room).beneath else (dotted(end - 1, room),)),
        *total(in_all(state.basket), words, saved=_saved(state, room), member=_apart(state, room), room=room),
        *_turning(state, view, words, room),
    )


def lines_end(state: State, room: Room = USUAL_ROOM) -> int:
    """Where the lines end on the paper: higher up where the savings stand below them."""
    r = ruling(room)
    if r.beneath:
        return room.zones.slip.h
    rows = bool(_saved(state, room)) + bool(_apart(state, room))
    return room.zones.slip.h - r.sum_h - rows * r.savings_h


def _apart(state: State, room: Room) -> Money:
    """What members save has a row for itself, but where the sum stands below the paper: there is room for one."""
    return ZERO if ruling(room).beneath else members_save(state.basket)


def _saved(state: State, room: Room) -> Money:
    return saved(state.basket) - _apart(state, room)


def _turning(state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """Lower controls: the buttons that turn the lines, which nobody can reach themselves."""
    place = room.zones.turn
    if not place.h:
        return ()
    first, last, above, beneath = visible(
        heights(listed(state, view), words.language, room), view.scrolled, lines_end(state, room), room
    )
    older, newer = layout.columns(place, 2, room.px(16))
    first_why = "" if above else words.say("These are the first lines.")
    last_why = "" if beneath else words.say("These are the newest lines.")
    step = max(1, last - first - 1)
    return (
        *turner(older, step, words, room, first_why),
        *turner(newer, -step, words, room, last_why),
    )


def turner(rect: Rect, by: int, words: Words, room: Room, why_not: str) -> tuple[Element, ...]:
    """Older, or Newer; of a narrow one the arrow alone."""
    text, icon = (words.say("Older"), "chevron-up") if by > 0 else (words.say("Newer"), "chevron-down")
    if text_width(text, room.font(28), 600) <= rect.w - 2 * room.px(8):
        return button(rect, ScrollLines(by), text, room=room, icon=icon, why_not=why_not, group="slip")
    face = target(rect, ScrollLines(by), text, why_not=why_not, radius=room.px(20), group="slip")
    return face, Icon(rect, LOCK if why_not else icon, INK[face.style], room.icon(44))


def heading(state: State, words: Words) -> str:
    """Whose it is; in training, that it is nobody's."""
    return words.say("Training") if state.training is not None else words.say("Your basket")


def _counted(state: State, words: Words) -> str:
    """`2 items`, and the tax that the sum has more than its lines, where a country adds it on top."""
    counted = items(count_items(state.basket), words)
    added = totals(state.basket).added_tax if any(line.item.tax_on_top for line in state.basket.lines) else None
    return f"{counted} · " + words.say("tax {amount}", amount=words.amount(added)) if added is not None else counted


def listed(state: State, view: View) -> tuple[Line, ...]:
    """The basket's lines, and what staff have just refused, for as long as the banner says so."""
    refused = view.gone if state.notice is not None and state.notice.kind == "age_refused" else ()
    return (*state.basket.lines, *refused)


def _nothing_yet(words: Words, end: int, room: Room) -> tuple[Element, ...]:
    """A basket, and two sentences as far as there is room for them."""
    r, px = ruling(room), room.px
    title, text = words.say("Nothing here yet"), words.say("Your items and prices appear on this slip.")
    title_px, text_px = room.font(32), room.font(28)
    title_h = round(len(wrap(title, r.wide, title_px, 600)) * title_px * 1.34)
    text_h = round(len(wrap(text, r.wide, text_px)) * text_px * 1.25) + 2
    free = end - r.top - px(70) - title_h - px(15) - text_h - px(50)
    pictured = free >= px(60)
    high = min(px(173), free) if pictured else 0
    wide = round(high * 1.5)
    top = r.top + (px(70) if pictured else max(px(4), (end - r.top - title_h - text_h) // 2))
    below = top + (high + px(16) if pictured else 0)
    told = below + title_h + text_h + px(15) <= end
    return (
        *((Picture(Rect(r.left + (r.wide - wide) // 2, top, wide, high), "svg:basket"),) if pictured else ()),
        Label(Rect(r.left, below, r.wide, title_h), title, title_px, 600, align="centre", max_lines=2),
        *(
            (Label(Rect(r.left, below + title_h + px(15), r.wide, text_h), text, text_px, align="centre",
                   max_lines=max(2, round(text_h / (text_px * 1.25))), line_height=1.25),)
            if told else ()
        ),
    )  # fmt: skip


def heights(lines: tuple[Line, ...], language: str, room: Room) -> tuple[int, ...]:
    """Of each line on the paper, its hair line included: a name too long for one row has two."""
    r, font = ruling(room), room.font(layout.BODY)
    row, wide = round(font * _NAME_LINE), r.wide - room.px(16)
    return tuple(r.line + (_name_rows(line, language, wide, font) - 1) * row for line in lines)


def _name_rows(line: Line, language: str, wide: int, font: int) -> int:
    """One, or two where the price leaves the name no room. Told from the digits of the whole price: an offer, or how a
    language writes amounts, only makes it narrower."""
    return _rows(line.item.name_in(language), abs(line_total(line).minor) // 100, wide, font)


@lru_cache(maxsize=4096)
def _rows(name: str, units: int, wide: int, font: int) -> int:
    return min(2, len(wrap(name, wide - text_width(f"{units:,}.00", font, 600), font, 600)))


def visible(high: tuple[int, ...], scrolled: int, end: int, room: Room = USUAL_ROOM) -> tuple[int, int, bool, bool]:
    """Which of the lines, so high, the paper shows: first, one past the last, and whether some are hidden above, below.

    Where the lines are turned by hand (`Fold` rows) the one below needs a line's place, the one above a finger's.
    """
    r, count = ruling(room), len(high)
    free = end - r.top
    if sum(high) <= free or count <= 1:
        return 0, count, False, False
    last = max(count - scrolled, 1)
    if room.reach:
        last = max(last, _fitting(high, free))
        first = last - _fitting(high[:last][::-1], free)
        return first, last, first > 0, last < count
    below = last < count
    free -= r.line if below else 0
    first = last - _fitting(high[:last][::-1], free - FLOOR_PX - 4)
    if first <= 0:
        return 0, _fitting(high, free), False, below
    return first, last, True, below


def _fitting(high: tuple[int, ...], free: int) -> int:
    """How many, from the beginning, have room; one always."""
    return max(1, sum(total_h <= free for total_h in accumulate(high)))


def _lines(state: State, view: View, words: Words, choosing: bool, room: Room) -> tuple[Element, ...]:
    r, slip = ruling(room), room.zones.slip
    lines = listed(state, view)
    end = lines_end(state, room)
    high = heights(lines, words.language, room)
    first, last, above, beneath = visible(high, view.scrolled, end, room)
    shown, low = lines[first:last], room.reach
    tall = [h + (2 if line.item.age_limit else 0) for line, h in zip(shown, high[first:last], strict=True)]
    bottom = end + 1 - (r.line if beneath and not low else 0)
    top = bottom - sum(tall) if above or beneath else r.top
    painted: list[Element] = []
    off, strong = deals(state.basket, words), state.settings.high_contrast
    if above and not low and top - 2 - r.top >= FLOOR_PX:
        earlier = words.count("{count} earlier line", "{count} earlier lines", first)
        painted += _fold(Rect(slip.x, r.top, slip.w, top - 2 - r.top), earlier, "chevron-up", SCROLL_LINES, room)
    if above:
        painted.append(line_across(top - 2, room))
    for line, height in zip(shown, tall, strict=True):
        rect = Rect(slip.x, top, slip.w, height - 2)
        new = line.line == state.basket.newest and not choosing
        held = line in state.basket.lines
        painted += (
            _line(rect, line, off.get(line.line, NONE), _Mark(new, choosing, strong), words, room)
            if held
            else _struck(rect, line, words, room)
        )
        top += height
        if top < end + 1:
            painted.append(line_across(top - 2, room))
    if beneath and not low:
        newest = words.say("Newest")
        painted += _fold(Rect(slip.x, top, slip.w, r.line - 2), newest, "chevron-down", -len(lines), room)
    return tuple(painted)


def _fold(rect: Rect, text: str, icon: str, by: int, room: Room) -> tuple[Element, ...]:
    font = room.font(layout.BODY)
    short = text_width(text, font, 600) + room.icon(38) + room.px(12) <= rect.w - room.px(32)
    words = Word(text, font if short else room.font(24), 600, colour="primary")
    return (
        target(rect, ScrollLines(by), text, style="bare", radius=0, group="slip"),
        Row(layout.inset(rect, room.px(16), 0), (Mark(icon, room.icon(38), "primary"), words), room.px(12)),
    )


class _Mark(NamedTuple):
    """How a line is marked: as the newest, or outlined to be touched; in high contrast by a frame, not by a colour."""

    new: bool
    choosing: bool
    strong: bool


def _line(rect: Rect, line: Line, deal: Deal, mark: _Mark, words: Words, room: Room) -> tuple[Element, ...]:
    r, px, font = ruling(room), room.px, room.font(layout.BODY)
    name = line.item.name_in(words.language)
    figure = words.amount(line_total(line) - deal.less)
    dear = text_width(figure, font, 600)
    marks: tuple[Element, ...] = ()
    enters = f"line {line.line}"
    if mark.new and mark.strong:
        marks = (Box(layout.inset(rect, px(4), 0), "paper", "sun", 6, enters=enters),)
    elif mark.new:
        marks = (Box(rect, "sun-soft", enters=enters), Box(rect._replace(w=px(8)), "sun"))
    if mark.choosing:
        marks = (Box(layout.inset(rect, px(6), 3), "paper", "sun", 4, px(14)),)
    age = words.say("Age {years}", years=line.item.age_limit) if line.item.age_limit else ""
    row, rows = round(font * 1.42), _name_rows(line, words.language, r.wide - px(16), font)
    name_h = row + (rows - 1) * round(font * _NAME_LINE)
    pad = max(px(8), (r.line - 2 - row - round(room.font(layout.CAPTION) * 1.25)) // 2)
    tags = tuple(tag for tag in (age, deal.tag) if tag)
    below = _detail(rect, line, words, tags, rect.y + pad - 1 + name_h, room)
    # A long reckoning has its row for itself: the price moves up to the name, which leaves it room anyway.
    lift = px(15) if _end(below) > r.right - dear - px(16) else 0
    middle = rect.y + rect.h // 2 - lift
    opens = OpenPage("line", line.line)
    face = target(rect, opens, name, style="line", role="line", value=figure, radius=0, group="slip")
    return (
        *(() if rect.y < room.top_touch else (face,)),
        *marks,
        Label(Rect(r.left, rect.y + pad, r.wide - dear - px(16), name_h), name, font, 600, max_lines=rows,
              line_height=_NAME_LINE, plain=True),
        *below,
        Label(Rect(r.left, middle - row // 2, r.wide, row), figure, font, 600, align="end", amount=True),
    )  # fmt: skip


def _end(below: tuple[Label | Row, ...]) -> int:
    return max(part.rect.x + part.rect.w for part in below)


def _struck(rect: Rect, line: Line, words: Words, room: Room) -> tuple[Element, ...]:
    """A line that is not in the basket any more: struck through, and nothing to touch."""
    r, font = ruling(room), room.font(layout.BODY)
    name, figure = line.item.name_in(words.language), words.amount(line_total(line))
    high = round(font * 1.42)
    row = Rect(r.left, rect.y + (rect.h - high) // 2, r.wide, high)
    free = row.w - text_width(figure, font, 600) - room.px(16)
    return (
        Label(row._replace(w=free), name, font, 600, colour="ink2", plain=True, strike=True),
        Label(row, figure, font, 600, colour="ink2", align="end", amount=True, strike=True),
    )


def _detail(rect: Rect, line: Line, words: Words, tags: tuple[str, ...], y: int, room: Room) -> tuple[Label | Row, ...]:
    """How the price came about, and the tags (age, deal) that still fit: the line's sheet has them all."""
    r, px, font = ruling(room), room.px, room.font(layout.CAPTION)
    text = detail(line, words)
    if text_width(text, font) > r.wide:
        text = _shorter(line, words)
    wide = text_width(text, font)
    painted: list[Label | Row] = [
        Label(Rect(r.left, y - 1, wide, round(font * 1.25)), text, font, colour="ink2", amount=True)
    ]
    left = r.left + wide + px(12)
    for tag in tags:
        chip = text_width(tag, font, 600) + 2 * px(10) + 2
        if left + chip <= r.right:
            place = Rect(left, y - 1, chip, round(font * 1.38))
            word = Word(tag, font, 600, colour="on-sun", max_lines=1)
            painted.append(Row(place, (word,), 0, "start", "sun", px(10), px(8)))
            left += chip + px(8)
    return tuple(painted)


def _shorter(line: Line, words: Words) -> str:
    """The weight alone, or without the deposit, where all of it has no room: it stands on the line's sheet."""
    if line.weight_g is not None:
        return words.weight(line.weight_g)
    return f"{words.number(line.count)} × {words.amount(line.item.price)}"


def detail(line: Line, words: Words) -> str:
    """How the price came about: `1 × 11.90 + deposit 1.00`, `0.395 kg × 39.90`."""
    return how_priced(line, words, words.amount(line.item.price))


def how_priced(line: Line, words: Words, price: str, per_kilogram: str = "") -> str:
    """Weight or count times the price of one, as it is written there, and the deposit."""
    if line.weight_g is not None:
        text = f"{words.weight(line.weight_g)} × {price}{per_kilogram}"
        return f"{text} · {words.say('short date')}" if line.item.priced == "short_date" else text
    text = f"{words.number(line.count)} × {price}"
    if line.item.priced == "short_date":
        text += " · " + words.say("short date")
    if line.item.deposit:
        text += " + " + words.say("deposit {amount}", amount=words.amount(line_deposit(line)))
    return text
