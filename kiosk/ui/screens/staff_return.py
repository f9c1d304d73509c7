"""19f Take goods back: which receipt, which lines of it, why, and where the goods go. The money: `staff_return_pay`.

Empties have no receipt, no reason and no way back to a shelf: they are only counted (`staff_empties`).
"""

from typing import NamedTuple

from kiosk.checkout.brought_back import brought, goods_worth, how_many, left_of, line_worth
from kiosk.checkout.events import CopyAsked, NoReceipt, PieceReturned, ReceiptShown, ReturnDropped
from kiosk.checkout.refund import Chosen, Refund
from kiosk.checkout.refunding import MOST_PIECES, is_complete, is_droppable
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene
from kiosk.ui.screens import staff_empties, staff_return_pay, staff_tasks
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button, target
from kiosk.ui.screens.field import field
from kiosk.ui.screens.office import page
from kiosk.ui.screens.search import BED, keyboard
from kiosk.ui.screens.slip import items
from kiosk.ui.view import Choose, CountEmpties, Look, OpenPage, TurnPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_ROWS, _ROW_PX = 5, 92
_COPY = Rect(776, 260, 472, 96)
_LIST = Rect(32, 116, 712, 552)
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


def _page(name: str, state: State, view: View, words: Words, elements: tuple[Element, ...]) -> Scene:
    back = ReturnDropped() if is_droppable(state) else OpenPage("staff")
    return page(name, words.say("Take goods back"), state, view, words, elements, back=back)


# --- which receipt ----------------------------------------------------------------------------------------------------


def _finding(state: State, view: View, words: Words) -> Scene:
    say = words.say
    shown = banner(state, view, words)
    hint = say("Scan the code on the receipt, or type its number. From another checkout like this: k02-17")
    why_not = "" if view.typed else say("Type a number first.")
    find = ReceiptShown(find=_spelled(view.typed, state.lane.till))
    none = (
        "" if state.lane.staff_limits.unproved_refund_minor else say("This shop takes nothing back without a receipt.")
    )
    no_empties = "" if state.lane.containers_most_minor else say("This checkout takes no empties.")
    elements = (
        *field(Rect(32, 116, 492, 92), view.typed, ink="staff"),
        *button(Rect(540, 116, 256, 92), find, say("Look it up"), style="staff", icon="magnify", why_not=why_not),
        *button(Rect(812, 116, 224, 92), NoReceipt(), say("No receipt"), size=26, why_not=none),
        *button(Rect(1052, 116, 196, 92), CountEmpties(), say("Empties"), size=26, why_not=no_empties),
        Label(Rect(32, 220, 1216, 64), hint, layout.BODY, colour="ink2", max_lines=2),
        *(paint(shown, Rect(32, 282, 1216, 84), words) if shown else ()),
        Box(BED, "sunk"),
        *keyboard(view, words),
    )
    return _page("19f-staff-refund-find", state, view, words, elements)


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
    rows = _listed(refund, words)
    number = int(view.picked.get("line", rows[-1].number if refund.sale is None and rows else 0))
    current = next((row for row in rows if row.number == number), None)
    shown = banner(state, view, words)
    if refund.proof == "containers":
        right = staff_empties.counting(refund, number, view, words)
        paid = paint(shown, Rect(776, 676, 472, 96), words) if shown else _on(refund, words)
        title = "19f-staff-empties"
        return _page(title, state, view, words, (*_list(rows, number, view, words), *right, *paid))
    elements = (
        *_list(rows, number, view, words),
        *(_empty(words) if not rows else ()),
        *(_form(current, words) if current is not None else _touch_a_line(refund, words)),
        *_sum(refund, words),
        *(paint(shown, Rect(776, 676, 472, 96), words) if shown else _on(refund, words)),
    )
    return _page("19f-staff-refund", state, view, words, elements)


def _list(rows: tuple[Row, ...], number: int, view: View, words: Words) -> tuple[Element, ...]:
    pages = max(1, -(-len(rows) // _ROWS))
    at = view.shelf_page % pages
    painted: list[Element] = [Box(_LIST, "paper", radius=28)]
    for place, row in enumerate(rows[at * _ROWS : (at + 1) * _ROWS]):
        painted += _row(Rect(32, 132 + _ROW_PX * place, 712, _ROW_PX - 8), row, row.number == number, words)
    one_page = "" if pages > 1 else words.say("There are no more lines.")
    cells = layout.columns(Rect(32, 684, 712, 88), 2, 16)
    return (
        *painted,
        *button(cells[0], TurnPage(-1 if at else pages - 1), words.say("Earlier lines"), size=26, why_not=one_page),
        *button(cells[1], TurnPage(1), words.say("More lines"), size=26, why_not=one_page),
    )


def _row(rect: Rect, row: Row, picked: bool, words: Words) -> tuple[Element, ...]:
    counted = f"{row.chosen.count} × " if row.chosen.count else ""
    colour = "staff" if row.chosen.count else "ink"
    marks = (Box(rect, "staff-soft"), Box(rect._replace(w=8), "staff")) if picked else ()
    name = f"{counted}{row.name}"
    return (
        target(
            rect, Choose("line", str(row.number)), name, style="line", role="line", value=row.figure, selected=picked
        ),
        *marks,
        Label(Rect(64, rect.y + 6, 460, 38), name, layout.BODY, 600, colour=colour, plain=True),
        Label(Rect(64, rect.y + 44, 460, 32), row.detail, layout.CAPTION, colour="ink2", amount=True),
        Label(Rect(540, rect.y + 6, 180, 38), row.figure, layout.BODY, 600, align="end", amount=True),
        Box(Rect(32, rect.y + _ROW_PX - 6, 712, 2), "hair"),
    )


def _empty(words: Words) -> tuple[Element, ...]:
    return (Label(Rect(64, 140, 640, 120), words.say("Scan the goods that come back."), layout.BODY, 600, max_lines=2),)


def _touch_a_line(refund: Refund, words: Words) -> tuple[Element, ...]:
    """Or, if nothing comes back, a copy of the receipt."""
    say = words.say
    copied = () if refund.sale is None else button(_COPY, CopyAsked(), say("Print a copy"), icon="printer-pos-outline")
    return (
        Label(Rect(776, 116, 472, 120), say("Touch a line that comes back."), layout.BODY, 600, max_lines=2),
        *copied,
    )


def _form(row: Row, words: Words) -> tuple[Element, ...]:
    """How many of this line, why, and where to."""
    say, chosen = words.say, row.chosen
    less = "" if chosen.count else say("None of it comes back yet.")
    more = "" if chosen.count < row.most else say("There are no more of it.")
    minus, middle, plus = layout.columns(Rect(776, 164, 472, 84), 3, 12)
    return (
        Label(Rect(776, 116, 472, 44), row.name, layout.BODY, 700, plain=True),
        *_step(minus, _with(chosen, count=chosen.count - 1), say("One less"), "minus", less),
        Label(middle, words.number(chosen.count), layout.TITLE, 700, align="centre", amount=True),
        *_step(plus, _with(chosen, count=chosen.count + 1), say("One more"), "plus", more),
        *_reasons(row, words),
        *_where(row, words),
    )


def _step(rect: Rect, says: PieceReturned, name: str, icon: str, why_not: str) -> tuple[Element, ...]:
    return target(rect, says, name, why_not=why_not), Icon(rect, icon, "disabled" if why_not else "ink", 44)


def _with(chosen: Chosen, **changes: object) -> PieceReturned:
    """The line as it is chosen, but for this. Who names a reason means at least one of it."""
    count = max(chosen.count, 1)
    said = {"line": chosen.line, "count": count, "reason": chosen.reason, "waste": chosen.waste, **changes}
    return PieceReturned(**said)  # type: ignore[arg-type]  # the fields by their names


def _reasons(row: Row, words: Words) -> tuple[Element, ...]:
    say = words.say
    names = {
        "defective": say("Defective"),
        "changed_mind": say("Changed their mind"),
        "wrong_item": say("Wrong item"),
        "other": say("Other"),
    }
    cells = layout.grid(Rect(776, 260, 472, 180), 2, 2, 12, 12)
    return tuple(
        element
        for cell, reason in zip(cells, _REASONS, strict=True)
        for element in _option(
            cell, row, _with(row.chosen, reason=reason), names[reason], row.chosen.reason == reason, say
        )
    )


def _where(row: Row, words: Words) -> tuple[Element, ...]:
    """Back to the shelf, or nothing that can be sold again."""
    say = words.say
    shelf, waste = layout.columns(Rect(776, 452, 472, 84), 2, 12)
    return (
        *_option(shelf, row, _with(row.chosen, waste=False), say("To the shelf"), not row.chosen.waste, say),
        *_option(waste, row, _with(row.chosen, waste=True), say("Waste"), row.chosen.waste, say),
    )


def _option(rect: Rect, row: Row, says: PieceReturned, text: str, picked: bool, say: object) -> tuple[Element, ...]:
    why_not = "" if row.most else say("All of it has come back already.")  # type: ignore[operator]  # words.say
    chosen = picked and row.chosen.count > 0
    style = "staff" if chosen else "secondary"
    return button(rect, says, text, style=style, size=24, why_not=why_not, role="radio", selected=chosen)


def _sum(refund: Refund, words: Words) -> tuple[Element, ...]:
    worth = _worth(refund)
    figure = words.money(worth)
    count = sum(one.count for one in refund.chosen)
    return (
        Box(Rect(776, 552, 472, 108), "paper", radius=20),
        Label(Rect(800, 556, 200, 100), items(count, words), layout.BODY, 600),
        Label(
            Rect(960, 556, 264, 100),
            figure,
            largest(figure, 250, (52, layout.TITLE, 36)),
            800,
            True,
            align="end",
            amount=True,
        ),
    )


def _worth(refund: Refund) -> Money:
    return Money(-brought(refund).totals.due_minor)


def _on(refund: Refund, words: Words) -> tuple[Element, ...]:
    say = words.say
    chosen = any(one.count for one in refund.chosen)
    why = (
        "" if is_complete(refund) else say("Choose a reason first.") if chosen else say("Touch a line that comes back.")
    )
    text = say("Pay back {amount}", amount=words.money(_worth(refund)))
    on: Look = OpenPage("staff_return_pay")
    return button(Rect(776, 676, 472, 96), on, text, style="staff", icon="cash-refund", size=30, why_not=why)
