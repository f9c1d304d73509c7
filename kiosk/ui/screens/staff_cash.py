"""19e Take cash: what is to pay, what was given, what goes back and in which notes and coins.

Amounts are keyed as they are read, to the last minor unit. Less than the sum pays a part of it. The drawer opens when
the amount is on disk, once.
"""

from kiosk.checkout.events import CashGiven
from kiosk.checkout.state import State
from kiosk.checkout.taking_cash import is_waiting, to_pay
from kiosk.checkout.tenders import in_all, left, paid, to_take
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import Fact, card, facts, note, option
from kiosk.ui.screens.staff_keys import amount_keys
from kiosk.ui.view import FillIn, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money

_QUICK_SHOWN = 4
_SMALLEST_NOTE_MINOR = 20_00


def scene(state: State, view: View, words: Words) -> Scene:
    """The reckoning at the left, the keys at the right."""
    given, room = Money(int(view.typed or "0")), office(view)
    px, gap = room.px, max(room.px(24), GAP_PX)
    sheet, right = halves(body(room), room, 44, 56)
    inner = layout.inset(sheet, px(32), px(20))
    change_h = min(px(188), inner.h * 34 // 100)
    change = Rect(inner.x, layout.below(inner) - change_h, inner.w, change_h)
    high = room.touch(96)
    quick, finish = right._replace(h=high), right._replace(y=layout.below(right) - high, h=high)
    gap = gap if right.h - 2 * high - 2 * gap >= 4 * room.touch(80) + 3 * GAP_PX else GAP_PX
    keys = Rect(right.x, quick.y + high + gap, right.w, finish.y - quick.y - high - 2 * gap)
    elements = (
        card(sheet, room),
        *_reckoning(inner._replace(h=change.y - px(12) - inner.y), state, given, words, room),
        *_result(change, state, given, view, words, room),
        *_quick(quick, state, view, words, room),
        *amount_keys(keys, words, room),
        *_finish(finish, state, given, view, words, room),
    )
    title, back = words.say("Take cash"), OpenPage("staff")
    return page("19e-staff-cash", title, state, view, words, elements, back=back, room=room)


def _reckoning(place: Rect, state: State, given: Money, words: Words, room: Room) -> tuple[Element, ...]:
    rows = [Fact(words.say("Total"), words.amount(in_all(state.basket)))]
    if paid(state.basket):
        rows.append(Fact(words.say("Paid already"), words.amount(-paid(state.basket))))
    rounding = to_pay(state) - left(state.basket)
    if rounding and to_take(state) == left(state.basket):
        rows.append(Fact(words.say("Cash rounding"), words.amount(rounding)))
    large = (
        Fact(words.say("To pay"), words.amount(to_pay(state)), large=True),
        Fact(words.say("Given"), words.amount(given), large=True),
    )
    above = min(room.px(46) * len(rows), place.h * 2 * len(rows) // (2 * len(rows) + 6))
    line = Rect(place.x, place.y + above + room.px(8), place.w, 2)
    below = Rect(place.x, line.y + room.px(10), place.w, layout.below(place) - line.y - room.px(10))
    below = below._replace(h=min(below.h, room.px(176)))
    return (*facts(place._replace(h=above), rows, room), Box(line, "hair"), *facts(below, large, room))


def _result(place: Rect, state: State, given: Money, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """Change, or what is left after a part."""
    if not view.typed:
        return ()
    px, change = room.px, given - to_pay(state)
    enough = change >= ZERO
    text = words.say("Change") if enough else words.say("Still left")
    figure = words.amount(change if enough else -change)
    fill, ink = ("staff", "on-staff") if enough else ("staff-soft", "ink")
    inner = layout.inset(place, px(28), px(10))
    coins = note(
        Rect(inner.x, layout.below(inner) - room.lines(layout.CAPTION, 2), inner.w, room.lines(layout.CAPTION, 2)),
        _counted(state, change) if enough else "",
        room,
        sizes=(layout.CAPTION,),
        colour=ink,
    )
    upper = inner._replace(h=inner.h - (room.lines(layout.CAPTION, 2) if _counted(state, change) and enough else 0))
    sizes = tuple(room.font(s) for s in (84, layout.DISPLAY, 52, layout.TITLE, 36, 28) if room.font(s) <= upper.h + 8)
    name = next((s for s in (36, 32, layout.BODY) if room.font(s) <= upper.h), layout.CAPTION)
    wide = inner.w * 62 // 100
    beside, at = upper._replace(w=inner.w - wide - px(8)), Rect(layout.right_of(inner) - wide, upper.y, wide, upper.h)
    return (
        Box(place, fill, radius=px(20)),
        *note(beside, text, room, sizes=(name, layout.BODY, layout.CAPTION), colour=ink, weight=700, middle=True),
        Label(at, figure, largest(figure, wide, sizes), 800, True, colour=ink, align="end", amount=True),
        *coins,
    )


def _counted(state: State, change: Money) -> str:
    """`2 × 100 · 1 × 50`: the fewest notes and coins."""
    rest, parts = change.minor, []
    for unit in state.lane.cash_units_minor:
        count, rest = divmod(rest, unit)
        if count:
            parts.append(f"{count} × {Money(unit).minor // 100 if unit % 100 == 0 else f'0.{unit:02d}'}")
    return " · ".join(parts) if not rest else ""


def _quick(place: Rect, state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """Exactly the sum, and the notes that people hand over for it."""
    wanted = to_pay(state).minor
    notes = [unit for unit in state.lane.cash_units_minor if unit >= _SMALLEST_NOTE_MINOR]
    rounded = sorted({-(-wanted // unit) * unit for unit in notes} - {wanted})
    if len(rounded) > _QUICK_SHOWN:
        rounded = [rounded[0], rounded[2], *rounded[-2:]]
    gap = max(room.px(16), GAP_PX) if room.scale >= 1 else GAP_PX
    cells = layout.shares(place, (12, *(10 for _ in rounded)), gap)
    offers = [(words.say("Exact"), wanted), *((words.number(minor // 100), minor) for minor in rounded)]
    painted: list[Element] = []
    for cell, (text, minor) in zip(cells, offers, strict=True):
        size = 26 if len(text) > 4 else 30
        painted += option(cell, FillIn(str(minor)), text, view.typed == str(minor), room=room, size=size)
    return tuple(painted)


def _finish(place: Rect, state: State, given: Money, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    partly = bool(view.typed) and given < to_pay(state)
    text = words.say("Open drawer and take it") if partly else words.say("Open drawer and finish")
    return button(
        place,
        CashGiven(amount=given),
        text,
        room=room,
        style="staff",
        icon="archive-outline",
        size=34,
        why_not=_why_not(state, view, words),
    )


def _why_not(state: State, view: View, words: Words) -> str:
    if not is_waiting(state):
        return words.say("Nobody pays in cash right now.")
    return "" if view.typed else words.say("Key in first what you were given.")
