"""The cash machine, for staff: what is in it, and what they do with that; and money of which it could not tell."""

from kiosk.checkout.events import BoxCounted, CashMoved, Event, MachineEmptied, PayoutSettled
from kiosk.checkout.machine_books import in_the_box
from kiosk.checkout.payment import Payout
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.screens.staff_cash import amount_keys
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money

_CARD = Rect(32, 116, 560, 200)
_ACTS = (Rect(32, 340, 560, 96), Rect(32, 452, 560, 96), Rect(32, 564, 560, 96))
_BANNER = Rect(32, 684, 560, 88)


def scene(state: State, view: View, words: Words) -> Scene:
    """What must be in it, and what is done with an amount."""
    say, amount = words.say, Money(int(view.typed or "0"))
    why = "" if view.typed else say("Key in the amount first.")
    acts: tuple[tuple[str, Event, str, str], ...] = (
        (say("Change put in"), CashMoved(kind="float", amount=amount, machine=True), "cash-plus", why),
        (say("Box taken out, counted"), BoxCounted(amount=amount), "counter", why),
        (say("Move all into the box"), MachineEmptied(), "cash-minus", ""),
    )
    stored = state.devices.cash.stored if state.devices.cash is not None else ZERO
    rows = (
        (say("In the machine"), Money(state.day.machine_minor or 0)),
        (say("As change"), stored),
        (say("In the box"), in_the_box(state)),
    )
    elements = (
        Box(_CARD, "paper", radius=28),
        *(
            element
            for place, (text, figure) in enumerate(rows)
            for element in _row(Rect(64, 128 + 58 * place, 496, 58), text, words.amount(figure), first=not place)
        ),
        *(
            element
            for rect, (text, says, icon, missing) in zip(_ACTS, acts, strict=True)
            for element in button(rect, says, text, icon=icon, why_not=missing)
        ),
        *_keyed(amount, words),
        *_banner(state, view, words),
    )
    return page("19g-cash-machine", say("Cash machine"), state, view, words, elements, back=OpenPage("staff_drawer"))


def in_doubt(state: State, view: View, words: Words) -> Scene:
    """Both facts that are known; what the shopper has yet to get, staff key in."""
    say, amount = words.say, Money(int(view.typed or "0"))
    found = next((one for one in state.payouts if one.attempt == view.picked.get("tab", "")), None)
    elements: tuple[Element, ...] = ()
    if found is not None:
        missing = "" if view.typed else say("Key in the amount first.")
        if amount > found.amount:
            missing = say("That is more than it was.")
        settled, all_there = PayoutSettled(attempt=found.attempt, owed=amount), say("Nothing is missing")
        elements = (
            Box(_CARD, "paper", radius=28),
            *_row(Rect(64, 128, 496, 58), _what(found, words), words.amount(found.amount), first=True),
            Label(
                Rect(64, 190, 496, 116),
                say("The machine says: {seen}. Ask the shopper, look into the machine.", seen=found.evidence),
                layout.CAPTION,
                colour="ink2",
                max_lines=3,
                line_height=1.25,
                valign="top",
            ),
            *button(_ACTS[0], PayoutSettled(attempt=found.attempt, owed=ZERO), all_there, icon="check-bold"),
            *button(_ACTS[1], settled, say("So much is missing"), style="staff", why_not=missing),
            *_keyed(amount, words),
            *_banner(state, view, words),
        )
    return page("19e-payout-in-doubt", say("Cash in doubt"), state, view, words, elements, back=OpenPage("staff"))


def _what(payout: Payout, words: Words) -> str:
    match payout.why:
        case "note":
            return words.say("Note put in")
        case "coins":
            return words.say("Inserted")
        case _:
            return words.say("To be paid out")


def _row(rect: Rect, text: str, figure: str, *, first: bool) -> tuple[Element, ...]:
    return (
        Label(rect._replace(w=270), text, layout.BODY, 600 if first else 500),
        Label(rect, figure, 36 if first else layout.BODY, 700 if first else 500, align="end", amount=True),
    )


def _keyed(amount: Money, words: Words) -> tuple[Element, ...]:
    return (
        Box(Rect(624, 116, 624, 96), "paper", "ink", 3, 16),
        Label(Rect(652, 116, 568, 96), words.amount(amount), layout.TITLE, 700, align="end", amount=True),
        *amount_keys(words),
    )


def _banner(state: State, view: View, words: Words) -> tuple[Element, ...]:
    shown = banner(state, view, words)
    return paint(shown, _BANNER, words) if shown else ()
