"""19f Take goods back: which receipt, which lines of it, why, and where the goods go. The money: `staff_return_pay`.

Empties have no receipt, no reason and no way back to a shelf: they are only counted (`staff_empties`).
"""

from typing import NamedTuple

from kiosk.checkout.brought_back import brought, goods_worth, how_many, left_of, line_worth, ways
from kiosk.checkout.events import CopyAsked, NoReceipt, PieceReturned, ReceiptShown, ReturnConfirmed, ReturnDropped
from kiosk.checkout.refund import Chosen, Refund
from kiosk.checkout.refunding import MOST_PIECES, is_complete, is_droppable
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene
from kiosk.ui.screens import staff_empties, staff_return_pay, staff_tasks
from kiosk.ui.screens.face import button, target
from kiosk.ui.screens.field import field
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.slip import items
from kiosk.ui.screens.staff_form import Fact, fact, note, option
from kiosk.ui.screens.staff_keys import code_keys
from kiosk.ui.screens.staff_list import Head, Listed, turned_list
from kiosk.ui.view import Choose, CountEmpties, Look, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_REASONS = ("defective", "changed_mind", "wrong_item", "other")
PAY_PAGE = "staff_return_pay"


def scene(state: State, view: View, words: Words) -> Scene:
    """What this moment of the return needs."""
    refund = state.refund
    if refund is None:
        return staff_tasks.scene(state, view, words)
    if refund.stage == "finding":
        return _finding(state, view, words)
    if refund.stage == "choosing" and view.page != PAY_PAGE:
        return _choosing(state, view, refund, words)
    return staff_return_pay.scene(state, view, words)


def _page(name: str, state: State, view: View, words: Words, elements: tuple[Element, ...], room: Room) -> Scene:
    back = ReturnDropped() if is_droppable(state) else OpenPage("staff")
    return page(name, words.say("Take goods back"), state, view, words, elements, back=back, room=room)


# --- which receipt ----------------------------------------------------------------------------------------------------


def _finding(state: State, view: View, words: Words) -> Scene:
    """The field, what can be done with it, and the keys; the hint where there is room for it."""
    say, room = words.say, office(view)
    place, gap = body(room), room.px(16) if room.scale >= 1 else GAP_PX
    hint = say("Scan the code on the receipt, or type its number. From another checkout like this: k02-17")
    why_not = "" if view.typed else say("Type a number first.")
    find = ReceiptShown(find=_spelled(view.typed, state.lane.till))
    proved = state.lane.staff_limits.unproved_refund_minor
    none = "" if proved else say("This shop takes nothing back without a receipt.")
    no_empties = "" if state.lane.containers_most_minor else say("This checkout takes no empties.")
    high = room.touch(92)
    down = 2 if room.portrait else 1
    top = place._replace(h=down * high + (down - 1) * gap)
    needed = (6 if room.portrait else 4) * (room.touch(84) + gap)
    hint_h = max(0, min(room.lines(layout.BODY, 2), place.h - top.h - gap - needed))
    keys_y = layout.below(top) + (hint_h + gap if hint_h else 0) + gap
    if room.portrait:
        above, below = layout.rows(top, 2, gap)
        entry, looked = layout.shares(above, (62, 38), gap)
        without, empties = layout.columns(below, 2, gap)
    else:
        entry, looked, without, empties = layout.shares(top, (40, 22, 19, 19), gap)
    elements = (
        *field(entry, view.typed, ink="staff", room=room),
        *button(looked, find, say("Look it up"), room=room, style="staff", icon="magnify", size=26, why_not=why_not),
        *button(without, NoReceipt(), say("No receipt"), room=room, size=26, why_not=none),
        *button(empties, CountEmpties(), say("Empties"), room=room, size=26, why_not=no_empties),
        *note(Rect(place.x, layout.below(top) + gap, place.w, hint_h), hint, room, colour="ink2"),
        *code_keys(Rect(place.x, keys_y, place.w, layout.below(place) - keys_y), words, room),
    )
    return _page("19f-staff-refund-find", state, view, words, elements, room)


def _spelled(typed: str, till: str) -> str:
    """`17` of this checkout, `k02-17` of another."""
    other, dash, number = typed.strip().rpartition("-")
    return f"{other if dash else till}/{number}"


# --- which lines ------------------------------------------------------------------------------------------------------


class Row(NamedTuple):
    """One line that may come back."""

    number: int
    name: str
    detail: str
    figure: str
    most: int
    chosen: Chosen


def _listed(refund: Refund, words: Words) -> tuple[Row, ...]:
    """The lines of the sale, or the goods that were scanned."""
    if refund.sale is None:
        worth = goods_worth(refund)
        return tuple(
            Row(
                line.line,
                line.item.name_in(words.language),
                words.weight(line.weight_g) if line.weight_g else "",
                words.amount(worth[line.line]),
                MOST_PIECES if line.weight_g is None else 1,
                how_many(refund, line.line),
            )
            for line in refund.goods
        )
    return tuple(
        Row(
            line.line,
            line.name,
            words.say("{left} of {count} left", left=left_of(refund, line), count=line.count),
            words.amount(line_worth(refund, line)),
            left_of(refund, line),
            how_many(refund, line.line),
        )
        for line in refund.sale.lines
    )


def _choosing(state: State, view: View, refund: Refund, words: Words) -> Scene:
    """The lines at the left; how many of the chosen one, why and where to at the right; and the sum."""
    room = office(view)
    rows = _listed(refund, words)
    number = int(view.picked.get("line", rows[-1].number if refund.sale is None and rows else 0))
    current = next((row for row in rows if row.number == number), None)
    left, right = halves(body(room), room, *((40, 60) if room.portrait else (60, 40) if room.scale >= 1 else (46, 54)))
    high = room.touch(96)
    pay = right._replace(y=layout.below(right) - high, h=high)
    form = right._replace(h=pay.y - max(GAP_PX, room.px(10)) - right.y)
    listed = _list(left, rows, number, refund, view, words, room)
    if refund.proof == "containers":
        counted = staff_empties.counting(form, refund, number, view, words, room)
        painted = (*listed, *counted, *_on(pay, refund, words, room))
        return _page("19f-staff-empties", state, view, words, painted, room)
    sum_h = min(room.px(108), room.lines(layout.TITLE) + room.px(12))
    worth = form._replace(y=layout.below(form) - sum_h, h=sum_h)
    chosen = form._replace(h=worth.y - room.px(12) - form.y)
    elements = (
        *listed,
        *(_form(chosen, current, words, room) if current else _touch_a_line(chosen, refund, words, room)),
        *_sum(worth, refund, words, room),
        *(_at_once(pay, refund, words, room) if _pays_here(refund, room) else _on(pay, refund, words, room)),
    )
    return _page("19f-staff-refund", state, view, words, elements, room)


def _list(
    place: Rect, rows: tuple[Row, ...], number: int, refund: Refund, view: View, words: Words, room: Room
) -> tuple[Element, ...]:
    """Pages of lines, each with a box that is ticked when some of it comes back."""
    head, detail = _receipt(refund, words)
    listed = tuple(
        Listed(
            Choose("line", str(row.number)),
            f"{row.chosen.count} × {row.name}" if row.chosen.count else row.name,
            row.detail,
            row.figure,
            row.number == number,
            bool(row.chosen.count),
        )
        for row in rows
    )
    return turned_list(place, Head(head, detail), listed, view.shelf_page, words, room)


def _receipt(refund: Refund, words: Words) -> tuple[str, str]:
    """Which receipt it is, and how many things stand on it."""
    if refund.sale is None:
        return words.say("Scan the goods that come back."), ""
    count = sum(line.count for line in refund.sale.lines)
    return words.say("Receipt {number}", number=refund.sale.key.rpartition("/")[2].lstrip("0")), items(count, words)


def _touch_a_line(place: Rect, refund: Refund, words: Words, room: Room) -> tuple[Element, ...]:
    """Or, if nothing comes back, a copy of the receipt."""
    say, high = words.say, room.touch(96)
    told = place._replace(h=room.lines(layout.BODY, 3))
    copy = Rect(place.x, layout.below(told) + room.px(24), place.w, high)
    copied = () if refund.sale is None else button(
        copy, CopyAsked(), say("Print a copy"), room=room, icon="printer-pos-outline"
    )  # fmt: skip
    return (*note(told, say("Touch a line that comes back."), room, weight=600), *copied)


def _form(place: Rect, row: Row, words: Words, room: Room) -> tuple[Element, ...]:
    """How many of this line, why, and where to; on a low glass how many and where to share a row."""
    say, chosen, gap = words.say, row.chosen, max(room.px(12), GAP_PX)
    less = "" if chosen.count else say("None of it comes back yet.")
    more = "" if chosen.count < row.most else say("There are no more of it.")
    name_h, high = room.lines(layout.BODY), room.touch(84)
    down = 4 if place.h - name_h - gap >= 4 * room.touch(80) + 3 * gap else 3
    high = min(high, (place.h - name_h - gap - (down - 1) * gap) // down)
    first = Rect(place.x, place.y + name_h + gap, place.w, high)
    at = [first._replace(y=first.y + n * (high + gap)) for n in range(down)]
    if down == 4:
        steps, where = at[0], at[3]
    else:
        steps, where = layout.shares(at[0], (54, 46), gap)
    reasons = Rect(place.x, at[1].y, place.w, 2 * high + gap)
    minus, middle, plus = layout.columns(steps, 3, gap)
    return (
        Label(place._replace(h=name_h), row.name, room.font(layout.BODY), 700, plain=True),
        *_step(minus, _with(chosen, count=chosen.count - 1), say("One less"), "minus", less, room),
        Label(middle, words.number(chosen.count), room.font(layout.TITLE), 700, align="centre", amount=True),
        *_step(plus, _with(chosen, count=chosen.count + 1), say("One more"), "plus", more, room),
        *_reasons(reasons, row, words, room),
        *_where(where, row, words, room),
    )


def _step(rect: Rect, says: PieceReturned, name: str, icon: str, why_not: str, room: Room) -> tuple[Element, ...]:
    face = target(rect, says, name, why_not=why_not, radius=room.px(20))
    return face, Icon(rect, icon, "disabled" if why_not else "ink", room.icon(44))


def _with(chosen: Chosen, **changes: object) -> PieceReturned:
    """The line as it is chosen, but for this. Who names a reason means at least one of it."""
    count = max(chosen.count, 1)
    said = {"line": chosen.line, "count": count, "reason": chosen.reason, "waste": chosen.waste, **changes}
    return PieceReturned(**said)  # type: ignore[arg-type]  # the fields by their names


def _reasons(place: Rect, row: Row, words: Words, room: Room) -> tuple[Element, ...]:
    say, gap = words.say, max(room.px(12), GAP_PX)
    names = {
        "defective": say("Defective"),
        "changed_mind": say("Changed their mind"),
        "wrong_item": say("Wrong item"),
        "other": say("Other"),
    }
    return tuple(
        element
        for cell, reason in zip(layout.grid(place, 2, 2, gap, gap), _REASONS, strict=True)
        for element in _option(
            cell, row, _with(row.chosen, reason=reason), names[reason], row.chosen.reason == reason, words, room
        )
    )


def _where(place: Rect, row: Row, words: Words, room: Room) -> tuple[Element, ...]:
    """Back to the shelf, or nothing that can be sold again."""
    say, kept = words.say, not row.chosen.waste
    shelf, waste = layout.columns(place, 2, max(room.px(12), GAP_PX))
    return (
        *_option(shelf, row, _with(row.chosen, waste=False), say("To the shelf"), kept, words, room),
        *_option(waste, row, _with(row.chosen, waste=True), say("Waste"), not kept, words, room),
    )


def _option(
    rect: Rect, row: Row, says: PieceReturned, text: str, picked: bool, words: Words, room: Room
) -> tuple[Element, ...]:
    why_not = "" if row.most else words.say("All of it has come back already.")
    return option(rect, says, text, picked and bool(row.chosen.count), room=room, size=24, why_not=why_not)


def _pays_here(refund: Refund, room: Room) -> bool:
    """Whether the money needs no page of its own: a receipt says which way it goes, and there is room to say so."""
    return refund.proof == "store" and not room.portrait and room.scale >= 1


def _at_once(place: Rect, refund: Refund, words: Words, room: Room) -> tuple[Element, ...]:
    """Back the way it was paid, or, where that is not cash anyway, all of it out of the drawer."""
    why = _why_not(refund, words)
    text, in_cash = (
        words.say("Pay back {amount}", amount=words.money(_worth(refund))),
        words.say("All in cash (manager)"),
    )
    if why or not staff_return_pay.is_other(refund):
        return button(
            place, ReturnConfirmed(), text, room=room, style="staff", icon="cash-refund", size=30, why_not=why
        )
    one, two = layout.shares(place, (58, 42), max(room.px(12), GAP_PX))
    return (
        *button(one, ReturnConfirmed(), text, room=room, style="staff", icon="cash-refund", size=26, icon_px=38),
        *button(two, ReturnConfirmed(cash=True), in_cash, room=room, size=24),
    )


def _sum(place: Rect, refund: Refund, words: Words, room: Room) -> tuple[Element, ...]:
    count = sum(one.count for one in refund.chosen)
    text = items(count, words)
    if _pays_here(refund, room) and is_complete(refund):
        text += " · " + ", ".join(staff_return_pay.called(way, words) for way in ways(refund))
    worth = Fact(text, words.money(_worth(refund)), large=True, quiet=True)
    inner = layout.inset(place, room.px(24), 0)
    return (Box(place, "paper", radius=room.px(20)), *fact(inner, worth, room, (52, layout.TITLE, 36, 28, 24)))


def _worth(refund: Refund) -> Money:
    return Money(-brought(refund).totals.due_minor)


def _on(place: Rect, refund: Refund, words: Words, room: Room) -> tuple[Element, ...]:
    say, why = words.say, _why_not(refund, words)
    text = say("Pay back {amount}", amount=words.money(_worth(refund)))
    on: Look = OpenPage("staff_return_pay")
    return button(place, on, text, room=room, style="staff", icon="cash-refund", size=30, why_not=why)


def _why_not(refund: Refund, words: Words) -> str:
    """What is to be done first."""
    if is_complete(refund):
        return ""
    chosen = any(one.count for one in refund.chosen)
    return words.say("Choose a reason first.") if chosen else words.say("Touch a line that comes back.")
