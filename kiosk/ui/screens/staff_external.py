"""A card terminal that is not connected, for staff: what it charged or gave back, and the number that it printed."""

from kiosk.checkout.events import Event, ExternalTaken, ReversalSettled
from kiosk.checkout.standalone import REFERENCE, is_waiting
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left, to_take
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.keyboard import COLUMNS, backspace, row
from kiosk.ui.screens.office import page
from kiosk.ui.screens.staff_cash import amount_keys
from kiosk.ui.view import Choose, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_CARD = Rect(32, 116, 560, 200)
_ALL, _THIS = Rect(32, 340, 560, 96), Rect(32, 452, 560, 96)
_FIELD = Rect(32, 208, 1216, 84)
_ROWS = ("1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
_TOP, _STEP, _KEY_H = 308, 94, 84
_DONE = Rect(32, 692, 1216, 88)


def scene(state: State, view: View, words: Words) -> Scene:
    """First the amount, then the number."""
    amount = view.picked.get("amount", "")
    title = words.say("Other card terminal")
    elements = _number(state, view, Money(int(amount)), words) if amount else _amount(state, view, words)
    back = OpenPage("staff_external" if amount else "staff")
    return page("19e-staff-external", title, state, view, words, elements, back=back)


def _amount(state: State, view: View, words: Words) -> tuple[Element, ...]:
    keyed, wanted = Money(int(view.typed or "0")), to_take(state)
    nobody = "" if is_waiting(state) else words.say("Nobody pays this way right now.")
    some = "" if keyed else words.say("Key in the amount first.")
    if keyed > left(state.basket):
        some = words.say("That is more than is left to pay.")
    shown = banner(state, view, words)
    all_of_it = words.say("All of it: {amount}", amount=words.money(wanted))
    return (
        Box(_CARD, "paper", radius=28),
        Label(Rect(64, 136, 250, 60), words.say("Left to pay"), layout.BODY, 600),
        Label(Rect(314, 136, 246, 60), words.amount(wanted), 36, 700, align="end", amount=True),
        Label(
            Rect(64, 206, 496, 94),
            words.say("Charge the card on the terminal first. Then key in here what it says."),
            layout.CAPTION,
            colour="ink2",
            max_lines=3,
            valign="top",
        ),
        *button(_ALL, Choose("amount", str(wanted.minor), keeps=False), all_of_it, style="staff", why_not=nobody),
        *button(_THIS, Choose("amount", view.typed, keeps=False), words.say("This amount"), why_not=nobody or some),
        Box(Rect(624, 116, 624, 96), "paper", "ink", 3, 16),
        Label(Rect(652, 116, 568, 96), words.amount(keyed), layout.TITLE, 700, align="end", amount=True),
        *amount_keys(words),
        *(paint(shown, Rect(32, 684, 560, 88), words) if shown else ()),
    )


def _number(state: State, view: View, amount: Money, words: Words) -> tuple[Element, ...]:
    said = words.say("{amount} is charged. Type the authorization number:", amount=words.money(amount))
    taken = ExternalTaken(amount=amount, reference=view.typed.upper())
    return _typed_number(state, view, words, said, words.say("It is paid"), taken)


def given_back(state: State, view: View, words: Words) -> Scene:
    """Staff have given a charge back on the terminal, and key the number that it printed for that."""
    title, attempt = words.say("Other card terminal"), view.picked.get("tab", "")
    found = next((one for one in state.reversals if one.attempt == attempt and one.record is None), None)
    elements: tuple[Element, ...] = ()
    if found is not None:
        said = words.say("{amount} is given back. Type the number on its slip:", amount=words.money(found.amount))
        settled = ReversalSettled(attempt=attempt, reference=view.typed.upper())
        elements = _typed_number(state, view, words, said, words.say("It is given back now"), settled)
    return page("19e-staff-given-back", title, state, view, words, elements, back=OpenPage("staff"))


def _typed_number(state: State, view: View, words: Words, said: str, text: str, says: Event) -> tuple[Element, ...]:
    typed = view.typed.upper()
    why = "" if REFERENCE.fullmatch(typed) else words.say("The number has 4 to 12 letters and digits.")
    shown = banner(state, view, words)
    told = Rect(32, 108, 1216, 84)
    last = layout.columns(Rect(32, _TOP, 1216, _KEY_H), COLUMNS, 12)[-1]
    return (
        *(paint(shown, told, words) if shown else (Label(told, said, layout.BODY, 600, max_lines=2),)),
        Box(_FIELD, "paper", "ink", 3, 16),
        Label(_FIELD._replace(x=64, w=1152), typed or "…", layout.TITLE, 700, plain=True),
        *(part for n, letters in enumerate(_ROWS) for part in row(letters, _TOP + _STEP * n, _KEY_H)),
        *backspace(last, words),
        *button(_DONE, says, text, style="staff", icon="check-bold", why_not=why),
    )
