"""A card terminal that is not connected, for staff: what it charged or gave back, and the number that it printed."""

from kiosk.checkout.events import Event, ExternalTaken, ReversalSettled
from kiosk.checkout.standalone import REFERENCE, is_waiting
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left, to_take
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Rect, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.field import field
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_drawer import drawn
from kiosk.ui.screens.staff_form import Fact, counting, keyed, note
from kiosk.ui.screens.staff_keys import amount_keys, code_keys
from kiosk.ui.view import Choose, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money


def scene(state: State, view: View, words: Words) -> Scene:
    """First the amount, then the number."""
    amount, room = view.picked.get("amount", ""), office(view)
    title = words.say("Other card terminal")
    elements = _number(state, view, Money(int(amount)), words, room) if amount else _amount(state, view, words, room)
    back = OpenPage("staff_external" if amount else "staff")
    name = "19e-external-number" if amount else "19e-staff-external"
    return page(name, title, state, view, words, elements, back=back, room=room)


def _amount(state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    say, keyed_in, wanted = words.say, Money(int(view.typed or "0")), to_take(state)
    nobody = "" if is_waiting(state) else say("Nobody pays this way right now.")
    some = "" if keyed_in else say("Key in the amount first.")
    if keyed_in > left(state.basket):
        some = say("That is more than is left to pay.")
    places = counting(halves(body(room), room, 47, 53), 2, room)
    told = say("Charge the card on the terminal first. Then key in here what it says.")
    everything = Choose("amount", str(wanted.minor), keeps=False)
    this = Choose("amount", view.typed, keeps=False)
    text = say("All of it: {amount}", amount=words.money(wanted))
    return (
        *drawn(places.facts, Fact(say("Left to pay"), words.amount(wanted), large=True), told, room),
        *button(places.acts[0], everything, text, room=room, style="staff", why_not=nobody),
        *button(places.acts[1], this, say("This amount"), room=room, why_not=nobody or some),
        *keyed(places.field, words.amount(keyed_in), room),
        *amount_keys(places.keys, words, room),
    )


def _number(state: State, view: View, amount: Money, words: Words, room: Room) -> tuple[Element, ...]:
    said = words.say("{amount} is charged. Type the authorization number:", amount=words.money(amount))
    taken = ExternalTaken(amount=amount, reference=view.typed.upper())
    return _typed_number(view, words, said, words.say("It is paid"), taken, room)


def given_back(state: State, view: View, words: Words) -> Scene:
    """Staff have given a charge back on the terminal, and key the number that it printed for that."""
    title, attempt, room = words.say("Other card terminal"), view.picked.get("tab", ""), office(view)
    found = next((one for one in state.reversals if one.attempt == attempt and one.record is None), None)
    elements: tuple[Element, ...] = ()
    if found is not None:
        said = words.say("{amount} is given back. Type the number on its slip:", amount=words.money(found.amount))
        settled = ReversalSettled(attempt=attempt, reference=view.typed.upper())
        elements = _typed_number(view, words, said, words.say("It is given back now"), settled, room)
    back = OpenPage("staff")
    return page("19e-staff-given-back", title, state, view, words, elements, back=back, room=room)


def _typed_number(view: View, words: Words, said: str, text: str, says: Event, room: Room) -> tuple[Element, ...]:
    """What it is for, the field and the button beside each other, and the keys."""
    number, place = view.typed.upper(), body(room)
    why = "" if REFERENCE.fullmatch(number) else words.say("The number has 4 to 12 letters and digits.")
    gap, high = max(room.px(12), GAP_PX), room.touch(92)
    needed = (6 if room.portrait else 4) * (room.touch(84) + gap) - gap
    told_h = max(0, min(room.lines(layout.BODY, 2), place.h - high - needed - 2 * gap))
    entry, done = layout.columns(Rect(place.x, place.y + told_h + gap, place.w, high), 2, gap)
    top = layout.below(entry) + gap
    keys = Rect(place.x, top, place.w, layout.below(place) - top)
    return (
        *note(place._replace(h=told_h), said, room, weight=600),
        *field(entry, number, ink="staff", room=room),
        *button(done, says, text, room=room, style="staff", icon="check-bold", why_not=why),
        *code_keys(keys, words, room),
    )
