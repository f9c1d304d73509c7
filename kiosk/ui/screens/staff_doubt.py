"""Payment in doubt, for staff: what the terminal's own journal says, and the number they read there as evidence."""

from kiosk.checkout.events import DoubtSettled, Event, RefundSettled
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.office import page
from kiosk.ui.view import ChooseDoubt, Look, OpenPage, View
from kiosk.ui.words import Words

_PAID, _NOT_PAID = Rect(64, 452, 260, 104), Rect(340, 452, 260, 104)
_KEYS = Rect(664, 228, 552, 470)


def scene(state: State, view: View, words: Words) -> Scene:
    """Both facts on one form; it can be decided only with both."""
    title = words.say("Payment in doubt")
    shown = banner(state, view, words)
    back = state.phase is Phase.RETURNING
    elements: tuple[Element, ...] = (
        *_facts(state, words),
        *_answer(_PAID, True, view, words.say("It was given") if back else words.say("It was paid")),
        *_answer(_NOT_PAID, False, view, words.say("It was not given") if back else words.say("It was not paid")),
        Label(
            Rect(64, 580, 536, 130),
            _where(state, words),
            layout.CAPTION,
            colour="ink2",
            max_lines=4,
            line_height=1.25,
            valign="top",
        ),
        *field(Rect(664, 120, 552, 84), view.typed),
        *keypad(
            _KEYS,
            words,
            words.say("Decide"),
            _decision(state, view),
            style="staff",
            size=34,
            why_not=_why_not(state, view, words),
        ),
        *(paint(shown, Rect(64, 708, 1152, 88), words) if shown else ()),
    )
    return page("19-staff-doubt", title, state, view, words, elements, back=OpenPage("staff"))


def _where(state: State, words: Words) -> str:
    """Where staff read what became of it."""
    if state.payment is not None and state.payment.kind == "qr":
        return words.say(
            "Look in the payment provider’s list. Type the number of this payment, or 0000 if it is not there."
        )
    return words.say("Print the terminal’s journal. Type the receipt number of this payment, or of the last one in it.")


def _facts(state: State, words: Words) -> tuple[Element, ...]:
    payment = state.payment
    if payment is None:
        return (Label(Rect(64, 144, 536, 80), words.say("No payment is in doubt."), layout.BODY, 600),)
    seen, amount = payment.evidence or payment.why, words.money(payment.amount)
    size = largest(amount, 480, (layout.DISPLAY, 52, layout.TITLE))
    return (
        Box(Rect(64, 120, 536, 308), "paper", radius=28),
        Label(Rect(92, 136, 480, 72), amount, size, 800, True, amount=True),
        Label(
            Rect(92, 212, 480, 40),
            words.say("Attempt {attempt}", attempt=payment.attempt),
            layout.CAPTION,
            colour="ink2",
        ),
        Label(
            Rect(92, 260, 480, 152),
            words.say("The terminal could not tell us. What was seen: {seen}", seen=seen or "…"),
            layout.CAPTION,
            max_lines=5,
            line_height=1.25,
            valign="top",
        ),
    )


def _answer(rect: Rect, paid: bool, view: View, text: str) -> tuple[Element, ...]:
    chosen = view.doubt_paid is paid
    style = "staff" if chosen else "secondary"
    icon = "check-bold" if chosen else ""
    return button(rect, ChooseDoubt(paid), text, style=style, icon=icon, role="radio", selected=chosen)


def _decision(state: State, view: View) -> Event | Look:
    if state.payment is None or view.doubt_paid is None:
        return OpenPage("staff")
    if state.phase is Phase.RETURNING:
        return RefundSettled(attempt=state.payment.attempt, given=view.doubt_paid, evidence=view.typed)
    return DoubtSettled(attempt=state.payment.attempt, paid=view.doubt_paid, evidence=view.typed)


def _why_not(state: State, view: View, words: Words) -> str:
    if state.payment is None or state.payment.stage not in ("doubt", "unknown"):
        return words.say("No payment is in doubt.")
    if view.doubt_paid is None:
        return words.say("Choose first whether it was paid.")
    return "" if view.typed else words.say("Type the number from the terminal’s journal.")
