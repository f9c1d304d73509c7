"""19c Age check: the date to compare with, and three answers. No date of birth is typed, asked for or kept."""

from kiosk.checkout.basket import Line
from kiosk.checkout.events import AgeApproved, AgeRefused, Event
from kiosk.checkout.paying import age_needed
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.goods import item_picture
from kiosk.ui.measure import wrap
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Box, Element, Icon, Label, Picture, Rect, Scene
from kiosk.ui.screens.face import INK, LOCK, fits, target
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import Fact, card, facts, note
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The highest limit that is not checked yet; a lower one comes after it."""
    say, limit, clear = words.say, age_needed(state), state.lane.age_limit_clear
    room = office(view)
    left, right = halves(body(room), room, 44, 56)
    left, right = left._replace(h=min(left.h, room.px(620))), right._replace(h=min(right.h, room.px(620)))
    near = say("By the looks nobody is old enough for {years}: look at the ID.", years=limit) if limit >= clear else ""
    foot_h, gap = room.lines(layout.CAPTION, 2), max(room.px(20), GAP_PX)
    cells = layout.rows(right._replace(h=right.h - foot_h - room.px(12)), 3, gap)
    foot = Rect(right.x, layout.below(right) - foot_h, right.w, foot_h)
    about = say("Approves all age-limited items in this basket up to {years}.", years=limit)
    answers: tuple[tuple[Event, str, str, str, str, str], ...] = (
        (AgeApproved(), say("ID checked"), say("Photo and date match"), "card-account-details-outline", "staff", ""),
        (AgeApproved(how="clear"), say("Clearly over {years}", years=clear), say("No ID needed by store policy"),
         "account-check-outline", "secondary", near),
        (AgeRefused(), say("Refuse sale"), say("Item is removed, basket stays"), "close-octagon-outline", "danger", ""),
    )  # fmt: skip
    elements = (
        *_what(left, state, limit, words, room),
        *(e for cell, answer in zip(cells, answers, strict=True) for e in _answer(cell, *answer, room)),
        *note(foot, about, room, sizes=(layout.CAPTION,), colour="ink2"),
    )
    return page("19c-staff-age", say("Age check"), state, view, words, elements, back=OpenPage("staff"), room=room)


def born_before(state: State, limit: int, words: Words) -> str:
    """The date to compare with; a machine that does not know the time says so."""
    if state.devices.clock_unsure:
        return words.say("The time is not known yet")
    return words.born_before(state.seen.utc_ms, limit)


def _pictured(rect: Rect, lines: list[Line]) -> Picture:
    return item_picture(rect, lines[0].item) if lines else Picture(rect, "svg:age")


def _what(place: Rect, state: State, limit: int, words: Words, room: Room) -> tuple[Element, ...]:
    """The things, the two figures to compare with, and that nothing is kept."""
    px = room.px
    lines = [line for line in state.basket.lines if limit and line.item.age_limit >= limit]
    names = ", ".join(line.item.name_in(words.language) for line in lines)
    inner = layout.inset(place, px(36), px(28))
    side = px(168) if inner.h >= px(420) else px(110)
    plate = Rect(inner.x, inner.y, side, side)
    name = Rect(layout.right_of(plate) + px(24), inner.y, inner.w - side - px(24), side)
    name_px = next((room.font(s) for s in (36, 32) if fits(names, name.w, 3, room.font(s), 700, True)), room.font(28))
    rows = (
        Fact(words.say("Age limit"), words.count("{count} year", "{count} years", limit), large=True, quiet=True),
        Fact(words.say("Born on or before"), born_before(state, limit, words), large=True, quiet=True),
    )
    first = Rect(inner.x, layout.below(plate) + px(18), inner.w, 2)
    figures = Rect(inner.x, first.y + px(14), inner.w, px(144))
    second = Rect(inner.x, layout.below(figures) + px(10), inner.w, 2)
    below = Rect(inner.x, second.y + px(18), inner.w, layout.below(inner) - second.y - px(18))
    kept = words.say("The birth date is never stored. We only save who approved and how.")
    return (
        card(place, room),
        Box(plate, "staff-soft", radius=px(24)),
        _pictured(layout.inset(plate, px(20)), lines),
        Label(name, names, name_px, 700, True, max_lines=3, line_height=1.15, plain=True),
        Box(first, "hair"),
        *facts(figures, rows, room, figures=(40, 36, 32, 28, 24)),
        Box(second, "hair"),
        *note(below, kept, room, sizes=(layout.CAPTION,), colour="ink2"),
    )


def _answer(
    rect: Rect, says: Event, text: str, detail: str, icon: str, style: str, why_not: str, room: Room
) -> tuple[Element, ...]:
    """An icon in a column, the answer and what it means beside it."""
    face = target(rect, says, text, style=style, why_not=why_not, radius=room.px(20))
    px, ink = room.px, INK[face.style]
    small = {"staff": "staff-soft", "disabled": "disabled"}.get(face.style, "ink2")
    left = px(114)
    wide = rect.w - left - px(16)
    name_px = next((room.font(s) for s in (36, 32, 28) if fits(text, wide, 1, room.font(s), 600)), room.font(26))
    names, small_px = len(wrap(text, wide, name_px, 600)), room.font(layout.CAPTION)
    details = len(wrap(detail, wide, small_px))
    name_h, detail_h = round(names * name_px * 1.15) + 4, round(details * small_px * 1.15) + 4
    shown = name_h + detail_h + 12 <= rect.h
    top = rect.y + (rect.h - name_h - (detail_h if shown else 0)) // 2 - 2
    below = Rect(rect.x + left, top + name_h, wide, detail_h)
    detailed = Label(below, detail, small_px, colour=small, max_lines=details, line_height=1.15)
    return (
        face,
        Icon(Rect(rect.x + px(22), rect.y, px(80), rect.h), LOCK if why_not else icon, ink, room.icon(72)),
        Label(
            Rect(rect.x + left, top, wide, name_h), text, name_px, 600, colour=ink, max_lines=names, line_height=1.15
        ),
        *((detailed,) if shown else ()),
    )
