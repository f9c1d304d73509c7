"""19g Reports: the day so far as a slip (X), and closing it (Z), which needs a second touch."""

from collections.abc import Iterator
from typing import Literal

from kiosk.checkout.closing import is_quiet
from kiosk.checkout.events import DayClosed, DaySlipAsked, Event
from kiosk.checkout.finishing import printer_works
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Box, Dots, Element, Icon, Label, Rect, Scene, Zigzag
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import bar, body, page
from kiosk.ui.screens.slip_sum import tender_name
from kiosk.ui.screens.staff_form import Fact, card, fact
from kiosk.ui.screens.told import told
from kiosk.ui.view import Look, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_KINDS: tuple[TenderKind, ...] = ("card", "external", "qr", "gift_card", "voucher", "cash")
_Act = tuple[Event | Look, str, str, Literal["secondary", "danger", "danger-filled"], str]


def scene(state: State, view: View, words: Words) -> Scene:
    """Both, beside the slip; upright, below it."""
    say, room = words.say, office(view)
    cards, slip = _places(room)
    upper, lower = layout.rows(cards, 2, max(room.px(24), GAP_PX))
    acts_x: tuple[_Act, ...] = (
        (DaySlipAsked(kind="x"), say("Print"), "printer-pos-outline", "secondary", _no_paper(state, words)),
        (OpenPage("staff_drawer"), say("Cash in the drawer"), "", "secondary", ""),
    )
    acts_z: tuple[_Act, ...] = (
        (DaySlipAsked(kind="z"), say("Print the last Z"), "", "secondary", _no_z(state, words)),
        (OpenPage("staff_close"), say("Close the day…"), "", "danger", _why_not(state, words)),
    )
    snapshot = say("A snapshot of the day so far. Nothing is reset.")
    elements = (
        *_card(upper, "chart-box-outline", say("X report"), snapshot, acts_x, room),
        *_card(lower, "store-clock-outline", say("Z report"), _about_z(state, words), acts_z, room),
        *_slip(slip, state, words, room),
    )
    title, back = say("Reports"), OpenPage("staff")
    return page("19g-staff-report", title, state, view, words, elements, back=back, room=room)


def closing(state: State, view: View, words: Words) -> Scene:
    """The second touch."""
    say, room = words.say, office(view)
    cards, slip = _places(room)
    lower = layout.rows(cards, 2, max(room.px(24), GAP_PX))[1]
    acts: tuple[_Act, ...] = ((DayClosed(), say("Close the day"), "", "danger-filled", _why_not(state, words)),)
    elements = (
        *_card(lower, "store-clock-outline", say("Close the day?"), _about_z(state, words), acts, room),
        *_slip(slip, state, words, room),
    )
    title, back = say("Reports"), OpenPage("staff_report")
    return page("19g-close-the-day", title, state, view, words, elements, back=back, room=room)


def _places(room: Room) -> tuple[Rect, Rect]:
    """Of the two cards, and of the slip that hangs from the bar."""
    place, top = body(room), layout.below(bar(room))
    if room.portrait:
        cards = place._replace(y=place.y + place.h * 54 // 100, h=place.h * 46 // 100)
        return cards, Rect(place.x, place.y, place.w, cards.y - place.y - room.px(60))
    left, right = layout.shares(place, (60, 40), room.px(32))
    return left, right._replace(y=top, h=layout.below(place) - top - room.px(12))


def _about_z(state: State, words: Words) -> str:
    return words.say(
        "Closes the day and starts a new one. It can’t be undone. The next one is number {number}.",
        number=state.day.number,
    )


def _no_paper(state: State, words: Words) -> str:
    return "" if printer_works(state) else words.say("There is no printer, or it has no paper.")


def _no_z(state: State, words: Words) -> str:
    return _no_paper(state, words) if state.last_z is not None else words.say("No day has been closed here yet.")


def _why_not(state: State, words: Words) -> str:
    return "" if is_quiet(state) else words.say("Finish the open basket and every payment first.")


def _card(place: Rect, icon: str, title: str, text: str, acts: tuple[_Act, ...], room: Room) -> tuple[Element, ...]:
    """What it is, and below it what can be done; the icon beside all of it."""
    px, gap, high = room.px, max(room.px(16), GAP_PX), room.touch(92)
    inner = layout.inset(place, px(24), px(16))
    side = room.icon(110)
    mark = inner._replace(w=px(130))
    rest = Rect(layout.right_of(mark) + px(20), inner.y, inner.w - mark.w - px(20), inner.h)
    row = Rect(rest.x, layout.below(rest) - high, rest.w, high)
    head = rest._replace(h=row.y - px(10) - rest.y)
    painted: list[Element] = [card(place, room), Icon(mark, icon, "staff", side)]
    small = layout.BODY if room.scale >= 1 else layout.CAPTION
    painted += told(head, title, text, room, sizes=(layout.TITLE, 36, layout.BODY), text_size=small, middle=False)
    for cell, (says, said, sign, style, why) in zip(layout.columns(row, len(acts), gap), acts, strict=True):
        painted += button(cell, says, said, room=room, style=style, icon=sign, size=26, why_not=why)
    return tuple(painted)


def _slip(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """The figures, on paper. What has no room is on the printed one."""
    px = room.px
    since = words.say("since {time}", time=words.time(state.day.opened_utc_ms))
    inner = layout.inset(place, px(28), 0)
    head = inner._replace(h=room.lines(32, 2 if room.scale < 1 else 1) + px(20))
    title_w = text_width(words.say("X report"), room.font(32), 700) + 4
    late = Rect(inner.x + title_w + px(12), head.y, inner.w - title_w - px(12), head.h)
    painted: list[Element] = [
        Box(place, "paper", shadow="slip"),
        Zigzag(Rect(place.x, layout.below(place), place.w, px(17))),
        Label(head._replace(w=title_w), words.say("X report"), room.font(32), 700),
        Label(late, since, room.font(layout.CAPTION), colour="ink2", align="end", max_lines=2),
        Box(Rect(place.x, layout.below(head), place.w, 2), "hair"),
    ]
    groups = tuple(tuple(group) for group in (_turnover(state, words), _taken(state, words), _kept(state, words)))
    groups = tuple(group for group in groups if group)
    count, top = sum(map(len, groups)), layout.below(head) + px(10)
    gap = min(px(28), room.lines(layout.CAPTION) // 2)
    high = (layout.below(place) - px(8) - top - gap * (len(groups) - 1)) // max(1, count)
    high = min(high, round(room.font(layout.BODY) * 1.44))
    for number, group in enumerate(groups):
        if number:
            painted.append(Dots(Rect(inner.x, top + gap // 2 - 2, inner.w, 4)))
            top += gap
        for row in group:
            painted += fact(Rect(inner.x, top, inner.w, high), row, room)
            top += high
    return tuple(painted)


def _amount(minor: int, words: Words) -> str:
    return words.amount(Money(minor))


def _turnover(state: State, words: Words) -> Iterator[Fact]:
    """What was sold, and what of it was given away."""
    day, say = state.day, words.say
    yield Fact(say("Sales"), words.number(day.sales), strong=True)
    if day.voids:
        yield Fact(say("Voids"), words.number(day.voids))
    yield Fact(say("Goods"), _amount(day.goods_minor, words))
    if day.discounts_minor:
        yield Fact(say("Discounts"), _amount(-abs(day.discounts_minor), words))
    yield Fact(say("Deposit"), _amount(day.deposit_minor, words))
    if day.returns_minor:
        yield Fact(say("Returns"), _amount(-day.returns_minor, words))
    if day.rounding_minor:
        yield Fact(say("Cash rounding"), _amount(day.rounding_minor, words))
    yield Fact(say("Total"), _amount(day.due_minor, words), strong=True)
    if day.donations_minor:
        yield Fact(say("Gifts to charity"), _amount(day.donations_minor, words))
    if day.loads_minor:
        yield Fact(say("Put on gift cards"), _amount(day.loads_minor, words))


def _taken(state: State, words: Words) -> Iterator[Fact]:
    """How it was paid."""
    for kind in _KINDS:
        paid = sum(one.amount_minor for one in state.day.tenders if one.name == kind)
        if paid:
            yield Fact(tender_name(kind, words), _amount(paid, words))


def _kept(state: State, words: Words) -> Iterator[Fact]:
    """What is the tax office's, and what lies in the drawer."""
    for tax in state.day.tax[:2]:
        yield Fact(words.say("VAT {rate} %", rate=words.rate(tax.rate_bp)), _amount(tax.tax_minor, words))
    yield Fact(words.say("In the drawer"), _amount(state.day.cash_minor, words))
