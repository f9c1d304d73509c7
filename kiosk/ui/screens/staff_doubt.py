"""Payment in doubt, for staff: what the terminal's own journal says, and the number they read there as evidence."""

from kiosk.checkout.events import DoubtSettled, Event, RefundSettled
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import card, field_and_keys, note, option
from kiosk.ui.view import ChooseDoubt, Look, OpenPage, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """Both facts on one form; it can be decided only with both."""
    title, say, room = words.say("Payment in doubt"), words.say, office(view)
    left, right = halves(body(room), room)
    back, gap = state.phase is Phase.RETURNING, max(room.px(16), GAP_PX)
    high, told_h = room.touch(104), room.lines(layout.CAPTION, 4, 1.22)
    told_h = told_h if left.h - high - told_h - 2 * gap >= room.px(190) else 0
    told = Rect(left.x, layout.below(left) - told_h, left.w, told_h)
    both = Rect(left.x, told.y - (gap if told_h else 0) - high, left.w, high)
    facts = left._replace(h=min(both.y - gap - left.y, room.px(420)))
    shift = both.y - gap - layout.below(facts)
    yes, no = layout.columns(both._replace(y=both.y - shift), 2, gap)
    entry, keys = field_and_keys(right, room)
    does, why = _decision(state, view), _why_not(state, view, words)
    elements: tuple[Element, ...] = (
        *_facts(facts, state, words, room),
        *_answer(yes, True, view, say("It was given") if back else say("It was paid"), room),
        *_answer(no, False, view, say("It was not given") if back else say("It was not paid"), room),
        *note(told._replace(y=told.y - shift), _where(state, words), room, sizes=(layout.CAPTION,), colour="ink2"),
        *field(entry, view.typed, ink="staff", room=room),
        *keypad(keys, words, say("Decide"), does, room=room, style="staff", size=34, why_not=why),
    )
    return page("19-staff-doubt", title, state, view, words, elements, back=OpenPage("staff"), room=room)


def _where(state: State, words: Words) -> str:
    """Where staff read what became of it."""
    if state.payment is not None and state.payment.kind == "qr":
        return words.say(
            "Look in the payment provider’s list. Type the number of this payment, or 0000 if it is not there."
        )
    return words.say("Print the terminal’s journal. Type the receipt number of this payment, or of the last one in it.")


def _facts(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """The amount, the attempt, and what was seen."""
    payment, px = state.payment, room.px
    if payment is None:
        return note(place, words.say("No payment is in doubt."), room, weight=600)
    seen, amount = payment.evidence or payment.why, words.money(payment.amount)
    inner = layout.inset(place, px(28), px(16))
    figure = inner._replace(h=room.lines(52, 1, 1.1))
    sizes = tuple(s for s in (room.font(n) for n in (layout.DISPLAY, 52, layout.TITLE, 36)) if s <= figure.h + 6)
    small = room.lines(layout.CAPTION)
    attempt = Rect(inner.x, layout.below(figure) + px(6), inner.w, small)
    rest = Rect(inner.x, layout.below(attempt) + px(6), inner.w, layout.below(inner) - layout.below(attempt) - px(6))
    named = words.say("Attempt {attempt}", attempt=payment.attempt)
    said = words.say("The terminal could not tell us. What was seen: {seen}", seen=seen or "…")
    return (
        card(place, room),
        Label(figure, amount, largest(amount, inner.w, sizes), 800, True, amount=True),
        *note(attempt, named, room, sizes=(layout.CAPTION,), colour="ink2"),
        *note(rest, said, room, sizes=(layout.CAPTION,)),
    )


def _answer(rect: Rect, paid: bool, view: View, text: str, room: Room) -> tuple[Element, ...]:
    return option(
        rect, ChooseDoubt(paid), text, view.doubt_paid is paid, room=room, icon="check-bold" * (view.doubt_paid is paid)
    )


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
