"""19d Change a line: take it out, set its price, or give a discount on it or on the whole basket; for a reason."""

from kiosk.checkout.basket import Line
from kiosk.checkout.desk import MOST_MINOR
from kiosk.checkout.events import DiscountGiven, Event, LineRemoved, PriceChanged
from kiosk.checkout.pricing import count_items, due, line_total
from kiosk.checkout.state import State
from kiosk.ui import layout, typed
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button, target
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.office import page
from kiosk.ui.screens.slip import detail, items
from kiosk.ui.view import Choose, Look, OpenPage, ScrollLines, TypeKey, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_ROWS, _ROW_PX = 5, 88
_TABS = (("void", "playlist-remove"), ("price", "pencil-box-outline"), ("discount", "percent-outline"))
_REASONS = ("damaged", "short_date", "wrong_label", "other")
_QUICK = ("10", "20", "50")
_PERCENT_DIGITS = 2
_DO = Rect(536, 676, 712, 96)


def scene(state: State, view: View, words: Words) -> Scene:
    """Basket at the left, the form at the right."""
    tab = view.picked.get("tab", "void")
    line = chosen(state, view)
    banner_shown = banner(state, view, words)
    style = "danger" if tab == "void" else "staff"
    says, text, why = _act(state, view, line, tab, words)
    elements = (
        *_basket(state, view, line, tab, words),
        *_tabs(tab, words),
        *_form(state, view, line, tab, words),
        *_reasons(view, words),
        *(
            paint(banner_shown, _DO, words)
            if banner_shown
            else button(_DO, says, text, style=style, icon="check-bold", size=34, why_not=why)
        ),
    )
    return page("19d-staff-line", words.say("Change a line"), state, view, words, elements, back=OpenPage("staff"))


def chosen(state: State, view: View) -> Line | None:
    """The line that was touched, or else the newest; None for the whole basket."""
    lines = state.basket.lines
    number = int(view.picked.get("line", state.basket.newest or (lines[-1].line if lines else 0)))
    return next((line for line in lines if line.line == number), None)


# --- the basket -------------------------------------------------------------------------------------------------------


def _basket(state: State, view: View, line: Line | None, tab: str, words: Words) -> tuple[Element, ...]:
    lines = state.basket.lines
    last = max(min(len(lines), _ROWS), len(lines) - view.scrolled)
    first = max(0, last - _ROWS)
    painted: list[Element] = [Box(Rect(32, 116, 472, 656), "paper", radius=28), *_whole(state, line, tab, words)]
    for place, one in enumerate(lines[first:last]):
        painted += _row(Rect(32, 204 + _ROW_PX * place, 472, _ROW_PX - 8), one, one == line, words)
    older = "" if first else words.say("There are no more lines.")
    newer = "" if last < len(lines) else words.say("There are no more lines.")
    up, down = Rect(56, 672, 204, 84), Rect(276, 672, 204, 84)
    return (
        *painted,
        *button(up, ScrollLines(_ROWS), words.say("Older"), icon="chevron-up", size=26, why_not=older),
        *button(down, ScrollLines(-_ROWS), words.say("Newer"), icon="chevron-down", size=26, why_not=newer),
    )


def _whole(state: State, line: Line | None, tab: str, words: Words) -> tuple[Element, ...]:
    """The head of the list; for a discount it is the whole basket, to be chosen."""
    rect = Rect(32, 116, 472, 80)
    counted = items(count_items(state.basket), words)
    text = words.say("Whole basket") if tab == "discount" else words.say("Basket")
    painted: list[Element] = []
    if tab == "discount":
        painted += [target(rect, Choose("line", "0"), text, style="line", role="line", value=counted, radius=28,
                           selected=line is None)]  # fmt: skip
    if tab == "discount" and line is None:
        painted += [Box(rect, "staff-soft", radius=28), Box(Rect(32, 140, 8, 32), "staff")]
    return (
        *painted,
        Label(Rect(56, 116, 260, 80), text, layout.BODY, 700),
        Label(Rect(300, 116, 180, 80), counted, layout.CAPTION, colour="ink2", align="end", amount=True),
        Box(Rect(32, 198, 472, 2), "hair"),
    )


def _row(rect: Rect, line: Line, picked: bool, words: Words) -> tuple[Element, ...]:
    name, figure = line.item.name_in(words.language), words.amount(line_total(line))
    marks = (Box(rect, "staff-soft"), Box(rect._replace(w=8), "staff")) if picked else ()
    says = Choose("line", str(line.line), keeps=False)
    return (
        target(rect, says, name, style="line", role="line", value=figure, selected=picked, radius=0),
        *marks,
        Label(Rect(56, rect.y + 6, 300, 38), name, layout.BODY, 600, plain=True),
        Label(Rect(56, rect.y + 44, 424, 30), detail(line, words), layout.CAPTION, colour="ink2", amount=True),
        Label(Rect(340, rect.y + 6, 140, 38), figure, layout.BODY, 600, align="end", amount=True),
        Box(Rect(32, rect.y + _ROW_PX - 6, 472, 2), "hair"),
    )


# --- the form ---------------------------------------------------------------------------------------------------------


def _tabs(tab: str, words: Words) -> tuple[Element, ...]:
    names = {"void": words.say("Void"), "price": words.say("Price"), "discount": words.say("Discount")}
    cells = layout.columns(Rect(536, 116, 712, 92), 3, 12)
    return tuple(
        element
        for cell, (name, icon) in zip(cells, _TABS, strict=True)
        for element in _option(cell, Choose("tab", name, keeps=False), names[name], name == tab, icon)
    )


def _option(rect: Rect, says: Look, text: str, picked: bool, icon: str = "") -> tuple[Element, ...]:
    """One of several: the chosen one is framed, and says so to the ear as well."""
    style = "staff" if picked else "secondary"
    return button(rect, says, text, style=style, icon=icon, size=24, role="radio", selected=picked)


def _form(state: State, view: View, line: Line | None, tab: str, words: Words) -> tuple[Element, ...]:
    name = line.item.name_in(words.language) if line is not None else words.say("Whole basket")
    now = line_total(line) if line is not None else due(state.basket)
    if tab == "price" and line is not None:
        now = line.item.price
    head = (
        Label(Rect(536, 222, 340, 40), name, layout.BODY, 600, plain=True),
        Label(Rect(536, 262, 120, 34), words.say("Now"), layout.CAPTION, colour="ink2"),
        Label(Rect(640, 262, 236, 34), words.amount(now), layout.BODY, 600, align="end", amount=True),
    )
    if tab == "void":
        return head
    keys = keypad(Rect(890, 228, 358, 390), words, typed.mark(words) or "0", TypeKey(typed.POINT), style="key")
    if tab == "price":
        return (*head, *field(Rect(536, 330, 340, 86), typed.shown(view.typed, words), ink="staff"), *keys)
    return (*head, *_how_much(view, words), *keys)


def _how_much(view: View, words: Words) -> tuple[Element, ...]:
    """Three usual shares, or one's own number in per cent or money."""
    cells = layout.columns(Rect(536, 302, 340, 80), 3, 10)
    painted: list[Element] = []
    for cell, share in zip(cells, _QUICK, strict=True):
        picked = not view.typed and view.picked.get("quick") == share
        painted += _option(cell, Choose("quick", share, keeps=False), f"{share} %", picked)
    unit, other = _unit(view), "amount" if _unit(view) == "percent" else "percent"
    text = words.say("Per cent") if unit == "percent" else words.say("Amount")
    return (
        *painted,
        *field(Rect(536, 390, 184, 80), typed.shown(view.typed, words), ink="staff"),
        *button(Rect(728, 390, 148, 80), Choose("unit", other), text, size=24),
    )


def _unit(view: View) -> str:
    return view.picked.get("unit", "percent")


def _reasons(view: View, words: Words) -> tuple[Element, ...]:
    names = {
        "damaged": words.say("Damaged"),
        "short_date": words.say("Short date"),
        "wrong_label": words.say("Wrong label"),
        "other": words.say("Other"),
    }
    cells = layout.grid(Rect(536, 480, 340, 180), 2, 2, 12, 10)
    return tuple(
        element
        for cell, reason in zip(cells, _REASONS, strict=True)
        for element in _option(cell, Choose("reason", reason), names[reason], view.picked.get("reason") == reason)
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
