"""19d Change a line: take it out, set its price, or give a discount on it or on the whole basket; for a reason.

Basket, form and keys stand as the design has them; on a low glass all three are columns under the tabs, upright the
basket stands above the form.
"""

from typing import NamedTuple

from kiosk.checkout.basket import Line
from kiosk.checkout.desk import MOST_MINOR
from kiosk.checkout.events import DiscountGiven, Event, LineRemoved, PriceChanged
from kiosk.checkout.pricing import count_items, due, line_total
from kiosk.checkout.state import State
from kiosk.ui import layout, typed
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.office import body, page
from kiosk.ui.screens.slip import detail, items
from kiosk.ui.screens.staff_form import option
from kiosk.ui.screens.staff_list import Head, Listed, paged_list
from kiosk.ui.view import Choose, Look, OpenPage, TypeKey, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_TABS = (("void", "playlist-remove"), ("price", "pencil-box-outline"), ("discount", "percent-outline"))
_REASONS = ("damaged", "short_date", "wrong_label", "other")
_QUICK = ("10", "20", "50")
_PERCENT_DIGITS = 2
_AS_DRAWN = 0.9
"""From this scale on three columns have room under a row of tabs that leaves the basket alone."""


class _Places(NamedTuple):
    """Of the basket, the tabs, the form, the keys, and the button that does it."""

    basket: Rect
    tabs: Rect
    form: Rect
    keys: Rect
    do: Rect


def scene(state: State, view: View, words: Words) -> Scene:
    """Basket at the left, the form at the right."""
    room, tab, line = office(view), view.picked.get("tab", "void"), chosen(state, view)
    places = _places(room)
    says, text, why = _act(state, view, line, tab, words)
    style = "danger" if tab == "void" else "staff"
    elements = (
        *_basket(places.basket, state, view, line, tab, words, room),
        *_tabs(places.tabs, tab, words, room),
        *_form(places, state, view, line, tab, words, room),
        *button(places.do, says, text, room=room, style=style, icon="check-bold", size=34, why_not=why),
    )
    title, back = words.say("Change a line"), OpenPage("staff")
    return page("19d-staff-line", title, state, view, words, elements, back=back, room=room)


def _places(room: Room) -> _Places:
    """Low: narrower keys in three rows, so that nothing is under the floor."""
    place, px, tab_h, do_h = body(room), room.px, room.touch(92), room.touch(96)
    gap = max(px(14), GAP_PX)
    if room.portrait:
        needed = tab_h + do_h + 4 * room.touch(110) + 5 * gap
        above = place._replace(h=place.h - needed - px(24))
        below = Rect(place.x, layout.below(above) + px(24), place.w, needed)
        tabs = below._replace(h=tab_h)
        do = below._replace(y=layout.below(below) - do_h, h=do_h)
        rest = Rect(below.x, tabs.y + tab_h + gap, below.w, do.y - tabs.y - tab_h - 2 * gap)
        form, keys = layout.columns(rest, 2, px(24))
        return _Places(above, tabs, form, keys._replace(h=min(keys.h, 4 * room.touch(110) + 3 * gap)), do)
    if room.scale >= _AS_DRAWN:
        basket, right = layout.shares(place, (472, 712), px(32))
        tabs, do = right._replace(h=tab_h), right._replace(y=layout.below(right) - do_h, h=do_h)
        rest = Rect(right.x, tabs.y + tab_h + px(14), right.w, do.y - tabs.y - tab_h - px(14) - px(18))
        form, keys = layout.shares(rest, (356, 342), px(14))
        return _Places(basket, tabs, form, keys._replace(y=keys.y + px(6), h=min(keys.h - px(6), px(430))), do)
    tabs = place._replace(h=tab_h)
    rest = Rect(place.x, tabs.y + tab_h + gap, place.w, place.h - tab_h - gap)
    keys_w = 4 * room.touch(80) + 3 * GAP_PX
    basket, form, right = layout.shares(rest._replace(w=rest.w), (rest.w - keys_w - 350 - 2 * gap, 350, keys_w), gap)
    do = right._replace(y=layout.below(right) - do_h, h=do_h)
    return _Places(basket, tabs, form, right._replace(h=do.y - gap - right.y), do)


def chosen(state: State, view: View) -> Line | None:
    """The line that was touched, or else the newest; None for the whole basket."""
    lines = state.basket.lines
    number = int(view.picked.get("line", state.basket.newest or (lines[-1].line if lines else 0)))
    return next((line for line in lines if line.line == number), None)


# --- the basket -------------------------------------------------------------------------------------------------------


def _basket(
    place: Rect, state: State, view: View, line: Line | None, tab: str, words: Words, room: Room
) -> tuple[Element, ...]:
    rows = tuple(
        Listed(
            Choose("line", str(one.line), keeps=False),
            one.item.name_in(words.language),
            detail(one, words),
            words.amount(line_total(one)),
            one == line,
        )
        for one in state.basket.lines
    )
    counted = items(count_items(state.basket), words)
    whole = tab == "discount"
    says = Choose("line", "0") if whole else None
    head = Head(words.say("Whole basket") if whole else words.say("Basket"), counted, says, whole and line is None)
    return paged_list(place, head, rows, view.scrolled, words, room)


# --- the form ---------------------------------------------------------------------------------------------------------


def _tabs(place: Rect, tab: str, words: Words, room: Room) -> tuple[Element, ...]:
    names = {"void": words.say("Void"), "price": words.say("Price"), "discount": words.say("Discount")}
    cells = layout.columns(place, 3, max(room.px(12), GAP_PX))
    return tuple(
        element
        for cell, (name, icon) in zip(cells, _TABS, strict=True)
        for element in option(
            cell,
            Choose("tab", name, keeps=False),
            names[name],
            name == tab,
            room=room,
            icon=icon,
            size=26,
            ink="staff",
            role="tab",
        )
    )


def _form(
    places: _Places, state: State, view: View, line: Line | None, tab: str, words: Words, room: Room
) -> tuple[Element, ...]:
    """What it is and costs now, the number for it, and the reason; from below, so that the first goes first."""
    place, px, gap = places.form, room.px, max(room.px(12), GAP_PX)
    high = room.touch(84)
    reasons_h = 2 * room.touch(80) + gap
    reasons = Rect(place.x, layout.below(place) - reasons_h, place.w, reasons_h)
    rows = {"void": 0, "price": 1}.get(tab, 2)
    number_h = rows * high + max(0, rows - 1) * gap
    number = Rect(place.x, reasons.y - (gap if rows else 0) - number_h, place.w, number_h)
    named = Rect(place.x, number.y - gap - room.lines(layout.CAPTION), place.w, room.lines(layout.CAPTION))
    reason_named = tab != "discount" and number.y - named.h - gap - place.y >= room.lines(layout.BODY, 2)
    if reason_named:
        shift = named.h + px(6)
        number = number._replace(y=number.y - shift)
    about = Rect(place.x, place.y, place.w, number.y - gap - place.y)
    label = Rect(place.x, reasons.y - room.lines(layout.CAPTION) - px(4), place.w, room.lines(layout.CAPTION))
    said = (Label(label, words.say("Reason"), room.font(layout.CAPTION), 600, colour="ink2"),)
    keys = () if tab == "void" else keypad(
        places.keys, words, typed.mark(words) or "0", TypeKey(typed.POINT), room=room, style="key"
    )  # fmt: skip
    return (
        *_about(about, state, line, tab, words, room),
        *_number(number, tab, view, words, room),
        *(said if reason_named else ()),
        *_reasons(reasons, view, words, room),
        *keys,
    )


def _about(place: Rect, state: State, line: Line | None, tab: str, words: Words, room: Room) -> tuple[Element, ...]:
    """Its name, and what it costs now, struck out where another price is being typed."""
    name = line.item.name_in(words.language) if line is not None else words.say("Whole basket")
    now = line_total(line) if line is not None else due(state.basket)
    if tab == "price" and line is not None:
        now = line.item.price
    name_h, row_h = room.lines(layout.BODY), room.lines(layout.BODY)
    if place.h < row_h:
        return ()
    title = Label(place._replace(h=name_h), name, room.font(layout.BODY), 600, plain=True)
    if place.h < name_h + row_h:
        return (title,)
    row = Rect(place.x, place.y + name_h, place.w, row_h)
    font = room.font(layout.BODY)
    return (
        title,
        Label(row._replace(w=row.w // 2), words.say("Now"), room.font(layout.CAPTION), colour="ink2"),
        Label(row, words.amount(now), font, 500, align="end", amount=True, strike=tab == "price"),
    )


def _number(place: Rect, tab: str, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """The price; or three usual shares, and one's own number in per cent or money."""
    if tab == "void":
        return ()
    shown = typed.shown(view.typed, words)
    if tab == "price":
        return field(place, shown, ink="staff", room=room)
    gap = max(room.px(10), GAP_PX)
    above, below = layout.rows(place, 2, gap)
    painted: list[Element] = []
    for cell, share in zip(layout.columns(above, 3, gap), _QUICK, strict=True):
        picked = not view.typed and view.picked.get("quick") == share
        painted += option(cell, Choose("quick", share, keeps=False), f"{share} %", picked, room=room, size=26)
    unit, other = _unit(view), "amount" if _unit(view) == "percent" else "percent"
    text = words.say("Per cent") if unit == "percent" else words.say("Amount")
    own, swap = layout.shares(below, (54, 46), gap)
    return (
        *painted,
        *field(own, shown, ink="staff", room=room),
        *button(swap, Choose("unit", other), text, room=room, size=24),
    )


def _unit(view: View) -> str:
    return view.picked.get("unit", "percent")


def _reasons(place: Rect, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    names = {
        "damaged": words.say("Damaged"),
        "short_date": words.say("Short date"),
        "wrong_label": words.say("Wrong label"),
        "other": words.say("Other"),
    }
    gap, now = max(room.px(12), GAP_PX), view.picked.get("reason")
    return tuple(
        element
        for cell, reason in zip(layout.grid(place, 2, 2, gap, gap), _REASONS, strict=True)
        for element in option(cell, Choose("reason", reason), names[reason], now == reason, room=room, size=24)
    )


# --- what is done -----------------------------------------------------------------------------------------------------


def _act(state: State, view: View, line: Line | None, tab: str, words: Words) -> tuple[Event | Look, str, str]:
    """What the button says, its words, and why it cannot be pressed yet."""
    say, reason = words.say, view.picked.get("reason", "")
    why = "" if reason else say("Choose a reason first.")
    if tab == "discount":
        return _discount(state, view, line, reason, why, words)
    if line is None:
        return OpenPage("staff"), say("Void this line"), say("Choose a line first.")
    if tab == "void":
        return LineRemoved(line=line.line, reason=reason or "other"), say("Void this line"), why  # type: ignore[arg-type]
    price = typed.money(view.typed, words)
    if price is None or price.minor > MOST_MINOR:
        return OpenPage("staff"), say("Set price"), say("Type the new price first.")
    text = say("Set price to {amount}", amount=words.amount(price))
    return PriceChanged(line=line.line, price=price, reason=reason or "other"), text, why  # type: ignore[arg-type]


def _discount(
    state: State, view: View, line: Line | None, reason: str, why: str, words: Words
) -> tuple[Event | Look, str, str]:
    say, number = words.say, line.line if line is not None else 0
    by_share = not view.typed or _unit(view) == "percent"
    given = view.typed or view.picked.get("quick", "")
    if by_share:
        percent_bp = _basis_points(given)
        if not 0 < percent_bp <= 10_000:
            return OpenPage("staff"), say("Give discount"), say("Choose or type how much: 1 to 100 per cent.")
        text = say("Give {rate} % off", rate=words.rate(percent_bp))
        return DiscountGiven(line=number, percent_bp=percent_bp, reason=reason or "other"), text, why  # type: ignore[arg-type]
    amount = typed.money(given, words)
    most = line_total(line) if line is not None else due(state.basket)
    if amount is None or not Money(0) < amount <= most:
        return OpenPage("staff"), say("Give discount"), say("Type an amount, no more than it costs.")
    text = say("Give {amount} off", amount=words.amount(amount))
    return DiscountGiven(line=number, amount=amount, reason=reason or "other"), text, why  # type: ignore[arg-type]


def _basis_points(text: str) -> int:
    """`12.5` per cent; 0 for what is no number of at most two places."""
    whole, _, rest = text.partition(typed.POINT)
    if not (whole + rest).isdecimal() or len(rest) > _PERCENT_DIGITS:
        return 0
    return int((whole or "0") + rest.ljust(_PERCENT_DIGITS, "0"))
