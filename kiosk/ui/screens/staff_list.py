"""Staff list: lines of goods on paper, one of them chosen, in pages that two buttons turn."""

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.checkout.events import Event
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Row, Word
from kiosk.ui.screens.face import fits, target
from kiosk.ui.view import Look, ScrollLines, TurnPage
from kiosk.ui.words import Words


class Listed(NamedTuple):
    """One line: what a touch says, its name, a detail, its figure, and whether it is the chosen one."""

    says: Event | Look
    name: str
    detail: str
    figure: str
    picked: bool = False
    ticked: bool | None = None
    """A box before it, full or empty; None: there is no box."""


class Head(NamedTuple):
    """The first row: a title, a count in a chip, and what a touch says where it can be chosen too."""

    title: str
    counted: str
    says: Event | Look | None = None
    picked: bool = False


def room_for(place: Rect, room: Room, *, headed: bool = True) -> tuple[int, Rect, Rect, Rect]:
    """How many rows; the head, the rows and the two buttons."""
    px = room.px
    head_h = room.touch(80) + GAP_PX if headed else px(16)
    turn_h = room.touch(84)
    turn = Rect(place.x + px(24), layout.below(place) - px(16) - turn_h, place.w - 2 * px(24), turn_h)
    head = place._replace(h=head_h)
    rows = Rect(place.x, place.y + head_h, place.w, turn.y - px(12) - place.y - head_h)
    high = max(room.touch(88), FLOOR_PX + GAP_PX, room.lines(layout.BODY) + room.lines(layout.CAPTION) + 12)
    return max(1, rows.h // high), head, rows, turn


def paged_list(
    place: Rect, head: Head, rows: Sequence[Listed], scrolled: int, words: Words, room: Room
) -> tuple[Element, ...]:
    """The latest lines; older and newer ones a page at a time."""
    count, head_at, rows_at, turn = room_for(place, room)
    last = max(min(len(rows), count), len(rows) - scrolled)
    first = max(0, last - count)
    painted: list[Element] = [Box(place, "paper", radius=room.px(28)), *_headed(head_at, head, room)]
    for cell, row in zip(_cells(rows_at, count, room), rows[first:last], strict=False):
        painted += line(cell, row, room)
    none = words.say("There are no more lines.")
    return (*painted, *_turned(turn, count, "" if first else none, "" if last < len(rows) else none, words, room))


def turned_list(
    place: Rect, head: Head, rows: Sequence[Listed], at: int, words: Words, room: Room
) -> tuple[Element, ...]:
    """The first lines; earlier and more of them a page at a time, round and round."""
    count, head_at, rows_at, turn = room_for(place, room)
    pages = max(1, -(-len(rows) // count))
    first = at % pages * count
    painted: list[Element] = [Box(place, "paper", radius=room.px(28)), *_headed(head_at, head, room)]
    for cell, row in zip(_cells(rows_at, count, room), rows[first : first + count], strict=False):
        painted += line(cell, row, room)
    none = "" if pages > 1 else words.say("There are no more lines.")
    back = TurnPage(-1 if at % pages else pages - 1)
    up, down = layout.columns(turn, 2, max(room.px(16), GAP_PX))
    return (
        *painted,
        *_chevron(up, back, words.say("Earlier lines"), "chevron-up", none, room),
        *_chevron(down, TurnPage(1), words.say("More lines"), "chevron-down", none, room),
    )


def _cells(rows_at: Rect, count: int, room: Room) -> list[Rect]:
    high = min(rows_at.h // count, max(room.touch(100), FLOOR_PX + GAP_PX))
    return [Rect(rows_at.x, rows_at.y + high * n, rows_at.w, high) for n in range(count)]


def _turned(place: Rect, by: int, older: str, newer: str, words: Words, room: Room) -> tuple[Element, ...]:
    up, down = layout.columns(place, 2, max(room.px(16), GAP_PX))
    return (
        *_chevron(up, ScrollLines(by), words.say("Older"), "chevron-up", older, room),
        *_chevron(down, ScrollLines(-by), words.say("Newer"), "chevron-down", newer, room),
    )


def _chevron(place: Rect, says: Look, name: str, icon: str, why_not: str, room: Room) -> tuple[Element, ...]:
    face = target(place, says, name, why_not=why_not, radius=room.px(20))
    return face, Icon(place, icon, "disabled" if why_not else "ink", room.icon(44))


def _headed(place: Rect, head: Head, room: Room) -> tuple[Element, ...]:
    px, font = room.px, room.font(layout.CAPTION)
    chip_w = text_width(head.counted, font, 600) + 2 * px(18)
    chip_h = min(room.lines(layout.CAPTION) + px(14), place.h - 8)
    chip = Rect(layout.right_of(place) - px(24) - chip_w, place.y + (place.h - chip_h) // 2, chip_w, chip_h)
    free = Rect(place.x + px(24), place.y, chip.x - place.x - px(36), place.h - 2)
    if not fits(head.title, free.w, 2, room.font(24), 700):
        free = free._replace(w=place.w - 2 * px(24))
    size = next((s for s in (layout.BODY, 26) if fits(head.title, free.w, 1, room.font(s), 700)), layout.CAPTION)
    title = Label(free, head.title, room.font(size), 700, max_lines=2, line_height=1.1)
    counted = (Box(chip, "sunk", radius=chip_h // 2), Row(chip, (Word(head.counted, font, 600, amount=True),), 0))
    painted: list[Element] = []
    if head.says is not None:
        at, radius = place._replace(h=place.h - GAP_PX), room.px(28)
        bar = Rect(place.x, place.y + place.h // 3, room.px(8), place.h // 3)
        painted += (Box(at, "staff-soft", radius=radius), Box(bar, "staff")) if head.picked else ()
        painted.append(target(at, head.says, head.title, style="line", role="line", value=head.counted, radius=radius,
                              selected=head.picked))  # fmt: skip
    return (
        *painted,
        title,
        *(counted if head.counted and free.w < place.w - 2 * px(24) else ()),
        Box(Rect(place.x, layout.below(place) - 2, place.w, 2), "hair"),
    )


def line(place: Rect, row: Listed, room: Room) -> tuple[Element, ...]:
    """One line, as high as its place."""
    px = room.px
    left = place.x + px(24)
    box: tuple[Element, ...] = ()
    if row.ticked is not None:
        side = room.icon(48)
        icon = "checkbox-marked" if row.ticked else "checkbox-blank-outline"
        box = (Icon(Rect(left - px(4), place.y, side, place.h), icon, "staff", side),)
        left += side + px(8)
    name_px, small_px = room.font(layout.BODY), room.font(layout.CAPTION)
    figure_w = text_width(row.figure, name_px, 600) + 4
    end = layout.right_of(place) - px(24)
    name_h, small_h = round(name_px * 1.2), round(small_px * 1.2)
    chosen = row.picked or bool(row.ticked)
    detailed = bool(row.detail) and name_h + small_h + 4 <= place.h and text_width(row.detail, small_px) <= end - left
    top = place.y + (place.h - name_h - (small_h if detailed else 0)) // 2
    detail = Label(Rect(left, top + name_h, end - left, small_h), row.detail, small_px, colour="ink2", amount=True)
    return (
        *((Box(place._replace(h=place.h - 2), "staff-soft"),) if chosen else ()),
        *((Box(place._replace(w=px(8), h=place.h - 2), "staff"),) if row.picked else ()),
        target(place._replace(h=place.h - GAP_PX), row.says, row.name, style="line", role="line", value=row.figure,
               selected=chosen, radius=0),
        *box,
        Label(Rect(left, top, end - figure_w - px(12) - left, name_h), row.name, name_px, 600, plain=True),
        *((detail,) if detailed else ()),
        Label(Rect(end - figure_w, top, figure_w, name_h), row.figure, name_px, 600, align="end", amount=True),
        Box(Rect(place.x, layout.below(place) - 2, place.w, 2), "hair"),
    )  # fmt: skip
