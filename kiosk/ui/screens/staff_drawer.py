"""Cash in the drawer: a float comes in, a pick-up goes out, or all of it is counted. One amount, three things to do."""

from kiosk.checkout.events import CashMoved, DrawerCounted, Event
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.screens.staff_cash import amount_keys
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_BELOW = Rect(32, 684, 560, 88)


def _machine(state: State, words: Words) -> tuple[Element, ...]:
    """The way to the cash machine, where there is one."""
    if not state.lane.cash_machine:
        return ()
    return button(_BELOW, OpenPage("staff_machine"), words.say("Cash machine"), icon="cash-multiple")


def scene(state: State, view: View, words: Words) -> Scene:
    """What must be there, and what was keyed."""
    amount = Money(int(view.typed or "0"))
    why = "" if view.typed else words.say("Key in the amount first.")
    shown = banner(state, view, words)
    acts: tuple[tuple[str, Event, str], ...] = (
        (words.say("Float in"), CashMoved(kind="float", amount=amount), "cash-plus"),
        (words.say("Pick-up out"), CashMoved(kind="pickup", amount=amount), "cash-minus"),
        (words.say("All of it, counted"), DrawerCounted(amount=amount), "counter"),
    )
    elements = (
        Box(Rect(32, 116, 560, 200), "paper", radius=28),
        Label(Rect(64, 136, 250, 60), words.say("In the drawer"), layout.BODY, 600),
        Label(Rect(314, 136, 246, 60), words.amount(Money(state.day.cash_minor)), 36, 700, align="end", amount=True),
        Label(
            Rect(64, 206, 496, 94),
            words.say("Float, pick-ups and all cash of the sales. A count says what is really there."),
            layout.CAPTION,
            colour="ink2",
            max_lines=3,
            valign="top",
        ),
        *(
            element
            for place, (text, says, icon) in enumerate(acts)
            for element in button(Rect(32, 340 + 112 * place, 560, 96), says, text, icon=icon, why_not=why)
        ),
        Box(Rect(624, 116, 624, 96), "paper", "ink", 3, 16),
        Label(Rect(652, 116, 568, 96), words.amount(amount), layout.TITLE, 700, align="end", amount=True),
        *amount_keys(words),
        *(paint(shown, _BELOW, words) if shown else _machine(state, words)),
    )
    title, back = words.say("Cash in the drawer"), OpenPage("staff_report")
    return page("19g-cash-in-the-drawer", title, state, view, words, elements, back=back)
