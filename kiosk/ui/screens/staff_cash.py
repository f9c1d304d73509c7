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
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button, target
from kiosk.ui.screens.office import page
from kiosk.ui.view import FillIn, OpenPage, TypeKey, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money

_CARD = Rect(32, 116, 560, 656)
_QUICK = Rect(624, 116, 624, 96)
_KEYS = Rect(624, 236, 624, 416)
_FINISH = Rect(624, 676, 624, 96)
_QUICK_SHOWN = 4
_SMALLEST_NOTE_MINOR = 20_00


def scene(state: State, view: View, words: Words) -> Scene:
    """The reckoning at the left, the keys at the right."""
    given = Money(int(view.typed or "0"))
    shown = banner(state, view, words)
    elements = (
        Box(_CARD, "paper", radius=28),
        *_reckoning(state, given, words),
        *_result(state, given, view, words),
        *_quick(state, view, words),
        *amount_keys(words),
        *_finish(state, given, view, words),
        *(paint(shown, Rect(56, 470, 512, 88), words) if shown else ()),
    )
    return page("19e-staff-cash", words.say("Take cash"), state, view, words, elements, back=OpenPage("staff"))


def _row(y: int, text: str, figure: str, *, large: bool = False) -> tuple[Element, ...]:
    room = Rect(64, y, 496, 76 if large else 40)
    size = largest(figure, 330, (layout.DISPLAY, 52, layout.TITLE)) if large else layout.BODY
    return (
        Label(room._replace(w=300), text, 36 if large else layout.BODY, 700 if large else 500),
        Label(room, figure, size, 800 if large else 500, large, align="end", amount=True),
    )


def _reckoning(state: State, given: Money, words: Words) -> tuple[Element, ...]:
    rows = [(words.say("Total"), in_all(state.basket))]
    if paid(state.basket):
        rows.append((words.say("Paid already"), -paid(state.basket)))
    rounding = to_pay(state) - left(state.basket)
    if rounding and to_take(state) == left(state.basket):
        rows.append((words.say("Cash rounding"), rounding))
    painted: list[Element] = []
    for place, (text, amount) in enumerate(rows):
        painted += _row(136 + 44 * place, text, words.amount(amount))
    painted.append(Box(Rect(64, 276, 496, 2), "hair"))
    painted += _row(284, words.say("To pay"), words.amount(to_pay(state)), large=True)
    painted += _row(366, words.say("Given"), words.amount(given), large=True)
    return tuple(painted)


def _result(state: State, given: Money, view: View, words: Words) -> tuple[Element, ...]:
    """Change, or what is left after a part."""
    if not view.typed:
        return ()
    change = given - to_pay(state)
    enough = change >= ZERO
    text = words.say("Change") if enough else words.say("Still left")
    figure = words.amount(change if enough else -change)
    size = largest(figure, 300, (84, layout.DISPLAY, 52, layout.TITLE))
    fill, ink = ("staff", "on-staff") if enough else ("staff-soft", "ink")
    return (
        Box(Rect(64, 560, 496, 188), fill, radius=20),
        Label(Rect(92, 572, 200, 90), text, 36, 700, colour=ink),
        Label(Rect(92, 566, 440, 100), figure, size, 800, True, colour=ink, align="end", amount=True),
        Label(
            Rect(92, 668, 440, 68),
            _counted(state, change) if enough else "",
            layout.CAPTION,
            colour=ink,
            max_lines=2,
            valign="top",
        ),
    )


def _counted(state: State, change: Money) -> str:
    """`2 × 100 · 1 × 50`: the fewest notes and coins."""
    rest, parts = change.minor, []
    for unit in state.lane.cash_units_minor:
        count, rest = divmod(rest, unit)
        if count:
            parts.append(f"{count} × {Money(unit).minor // 100 if unit % 100 == 0 else f'0.{unit:02d}'}")
    return " · ".join(parts) if not rest else ""


def _quick(state: State, view: View, words: Words) -> tuple[Element, ...]:
    """Exactly the sum, and the notes that people hand over for it."""
    wanted = to_pay(state).minor
    notes = [unit for unit in state.lane.cash_units_minor if unit >= _SMALLEST_NOTE_MINOR]
    rounded = sorted({-(-wanted // unit) * unit for unit in notes} - {wanted})
    if len(rounded) > _QUICK_SHOWN:
        rounded = [rounded[0], rounded[2], *rounded[-2:]]
    cells = layout.columns(_QUICK, 1 + len(rounded), 16)
    offers = [(words.say("Exact"), wanted), *((words.number(minor // 100), minor) for minor in rounded)]
    painted: list[Element] = []
    for cell, (text, minor) in zip(cells, offers, strict=True):
        chosen = view.typed == str(minor)
        style = "staff" if chosen else "secondary"
        painted += button(cell, FillIn(str(minor)), text, style=style, size=26 if len(text) > 4 else 30,
                          role="radio", selected=chosen)  # fmt: skip
    return tuple(painted)


def amount_keys(words: Words) -> tuple[Element, ...]:
    """Digits for an amount, to the last minor unit."""
    keys = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "backspace", "0", "00")
    painted: list[Element] = []
    for key, cell in zip(keys, layout.grid(_KEYS, 3, 4, 16, 12), strict=True):
        is_back = key == "backspace"
        name = words.say("Delete one digit") if is_back else key
        painted.append(target(cell, TypeKey(key), name, style="key", role="key", radius=14))
        painted.append(
            Icon(cell, "backspace-outline", size=48) if is_back else Label(cell, key, 40, 600, align="centre")
        )
    return tuple(painted)


def _finish(state: State, given: Money, view: View, words: Words) -> tuple[Element, ...]:
    partly = bool(view.typed) and given < to_pay(state)
    text = words.say("Open drawer and take it") if partly else words.say("Open drawer and finish")
    return button(
        _FINISH,
        CashGiven(amount=given),
        text,
        style="staff",
        icon="archive-outline",
        why_not=_why_not(state, view, words),
    )


def _why_not(state: State, view: View, words: Words) -> str:
    if not is_waiting(state):
        return words.say("Nobody pays in cash right now.")
    return "" if view.typed else words.say("Key in first what you were given.")
