"""Staff mode: what needs an answer now at the left, what staff can do at the right (19b)."""

from kiosk.checkout.events import (
    AgeApproved,
    AgeRefused,
    AuditSkipped,
    BagAccepted,
    CashReturned,
    DrawerAsked,
    GateAsked,
    HelpCleared,
    HoursOverridden,
    ItemAllowed,
    ItemDenied,
    ReprintAsked,
    ReversalSettled,
)
from kiosk.checkout.item import Item
from kiosk.checkout.notice import Intervention
from kiosk.checkout.paying import age_needed
from kiosk.checkout.payment import Owed
from kiosk.checkout.shelf import rest_g
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import Room, office
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.help import about
from kiosk.ui.screens.office import body, page
from kiosk.ui.screens.part_name import part_name
from kiosk.ui.screens.staff_card import CARD_GAP_PX, Answer, Card, card_height, change_roll, paper_low
from kiosk.ui.screens.staff_card import paint as card_of
from kiosk.ui.screens.staff_form import note
from kiosk.ui.screens.staff_tiles import tiles
from kiosk.ui.view import OpenForm, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO

_SIDE_PX, _LEAST_PX = 380, 300


def scene(state: State, view: View, words: Words) -> Scene:
    """Cards at the left, tiles at the right; upright, cards above and tiles below."""
    room = office(view)
    px, place = room.px, body(room)
    if room.portrait:
        high = place.h * 52 // 100
        left = place._replace(h=place.h - high - px(24))
        right = Rect(place.x, layout.below(place) - high, place.w, high)
    else:
        left = Rect(place.x, place.y - px(4), max(px(_SIDE_PX), _LEAST_PX), place.h + px(8))
        begin = layout.right_of(left) + px(32 if room.scale >= 1 else 16)
        right = Rect(begin, left.y, layout.right_of(place) - begin, left.h)
    elements = (*_needed(left, state, words, room), *tiles(right, state, words, room))
    title = words.say("Staff mode")
    return page("19b-staff-menu", title, state, view, words, elements, room=room)


def cards(state: State, words: Words) -> tuple[Card, ...]:
    """What needs somebody, the longest waiting first."""
    called = (_task(call, state, words) for call in state.interventions)
    more = (*paper_low(state, words), *_unasked(state, words))
    return (*(card for card in called if card is not None), *more)


def _unasked(state: State, words: Words) -> tuple[Card, ...]:
    """What nobody was called for, and whoever is here anyway may settle."""
    say, found = words.say, []
    if is_in_doubt(state) and not any(call.reason == "bank" for call in state.interventions):
        found.append(Card(say("Payment in doubt"), "", _doubted(words), "bank"))
    held = state.held
    if held is not None and held.why == "unknown" and not any(call.reason == "item" for call in state.interventions):
        answer: Answer = (say("Key its price"), OpenPage("staff_item"), "staff")
        found.append(Card(say("Nobody knows this code"), held.code, (answer,), "item"))
    return tuple(found)


def _doubted(words: Words) -> tuple[Answer, ...]:
    return ((words.say("Paid or not paid?"), OpenPage("staff_doubt"), "staff"),)


def _needed(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """As many cards as there is room for, and below them how many more there are."""
    px, head_h = room.px, room.lines(layout.BODY)
    tasks = cards(state, words)
    head = Label(place._replace(h=head_h), words.say("Needs you now"), room.font(layout.BODY), 600)
    low = layout.below(place) - (px(24) if state.training is not None else 0)  # its name stands there
    note_h, gap = room.lines(layout.CAPTION, 2, 1.1), px(CARD_GAP_PX)
    columns = layout.columns(place, 2 if room.portrait else 1, px(24))
    tops = [head.rect.y + head_h + px(10)] * len(columns)
    painted: list[Element] = [head]
    shown = 0
    for card in tasks:
        at = tops.index(min(tops))
        high = card_height(card, columns[at].w, room)
        if tops[at] + high > low - (note_h if shown + 1 < len(tasks) else 0):
            break
        painted += card_of(card, Rect(columns[at].x, tops[at], columns[at].w, high), room)
        tops[at], shown = tops[at] + high + gap, shown + 1
    top = max(tops)
    if not tasks:
        nothing = words.say("Nothing right now.")
        painted += note(Rect(place.x, top, place.w, room.lines(layout.BODY, 2)), nothing, room, colour="ink2")
        top += room.lines(layout.BODY, 2)
    place = Rect(place.x, max(top, low - note_h), place.w, low - max(top, low - note_h))
    return (*painted, *_note(place, state, len(tasks) - shown, words, room))


def _note(place: Rect, state: State, more: int, words: Words, room: Room) -> tuple[Element, ...]:
    """Below the cards: how many more there are, or what else is to be known."""
    text = words.say("Everything that you do here is written down with your name.")
    if state.close_after:
        text = words.say("The lane closes after this visit.")
    if more > 0:
        text = words.count("and {count} more", "and {count} more", more)
    return note(place, text, room, sizes=(layout.CAPTION,), colour="ink2")


def _task(call: Intervention, state: State, words: Words) -> Card | None:
    """The card of a call."""
    asked = _asks(call, state, words)
    if asked is None:
        return None
    return Card(*asked, call.reason, "staff_age" if call.reason == "age" else "", _item(call, state))


def _item(call: Intervention, state: State) -> Item | None:
    """The thing an age or an answer is asked for, if it has a picture: the sign of the reason tells more than a
    category."""
    found = state.held.found if call.reason == "item" and state.held is not None else None
    old = [line.item for line in state.basket.lines if line.item.age_limit] if call.reason == "age" else []
    things = [found.item] if found is not None else old
    return things[0] if things and things[0].picture else None


def _asks(call: Intervention, state: State, words: Words) -> tuple[str, str, tuple[Answer, ...]] | None:
    say = words.say
    since = say("since {time}", time=words.time(call.opened_utc_ms))
    match call.reason:
        case "age":
            return _age(state, words)
        case "help":
            why = f"{about(call.detail, words)}, {since}" if call.detail else since
            return say("The shopper calls"), why, ((say("Done here"), HelpCleared(), "staff"),)
        case "bank":
            return say("Payment in doubt"), since, _doubted(words)
        case "recall":
            return (
                say("Basket {code} is kept", code=call.detail),
                since,
                ((say("Recall basket"), OpenPage("staff_recall"), "staff"),),
            )
        case "paper" if call.detail == "printer":
            return _printer_trouble(state, words), since, (change_roll(words),)
        case "paper":
            return say("Receipt not printed"), since, ((say("Print again"), ReprintAsked(job=call.detail), "staff"),)
        case "device":
            return say("{device} does not answer", device=call.detail), since, ()
        case "disk":
            return say("The disk is nearly full"), since, ()
        case "item":
            return held_question(state, words)
        case "bag":
            detail = f"{shelf_news(call.detail, state, words)}, {since}"
            return say("Bagging area"), detail, ((say("Accept this weight"), BagAccepted(), "staff"),)
        case "cash":
            return say("The shopper pays in cash"), since, ((say("Take cash"), OpenPage("staff_cash"), "staff"),)
        case "audit":
            return _audit(words)
        case "external":
            come = say("Other card terminal")
            return say("The shopper pays by card"), since, ((come, OpenPage("staff_external"), "staff"),)
        case "signature":
            compare = say("Compare it")
            return say("A signature is needed"), since, ((compare, OpenPage("staff_signature"), "staff"),)
        case "payback":
            return _payback(call, state, words)
        case "payout":
            return _payout(call, state, words)
        case "drawer":
            left_open = state.devices.drawer_open
            title = say("The cash drawer is open") if left_open else say("Did the cash drawer open?")
            return title, since, () if left_open else ((say("Open drawer"), DrawerAsked(), "staff"),)
        case "door":
            return say("{device} is open", device=part_name(call.detail, words)), since, ()
        case "gate":
            stays: Answer = (say("Leave it shut"), GateAsked(open=False), "secondary")
            return say("The exit gate stayed shut"), since, (stays, (say("Open the gate"), GateAsked(), "staff"))
        case "reversal":
            return _reversal(call, state, words)
        case "refund":
            return _refund(since, state, words)


def _age(state: State, words: Words) -> tuple[str, str, tuple[Answer, ...]]:
    """What an ID is needed for."""
    say, years = words.say, age_needed(state)
    names = ", ".join(i.item.name_in(words.language) for i in state.basket.lines if i.item.age_limit >= max(years, 1))
    answers: tuple[Answer, ...] = ((say("Refuse"), AgeRefused(), "secondary"), (say("Approve"), AgeApproved(), "staff"))
    return say("Age check {years}+", years=years), names, answers


def _refund(since: str, state: State, words: Words) -> tuple[str, str, tuple[Answer, ...]]:
    """Money of a return that is under way."""
    on: tuple[Answer, ...] = ((words.say("Take goods back"), OpenPage("staff_return"), "staff"),)
    return words.say("Money is to be paid back"), since, on if state.refund is not None else ()


def _audit(words: Words) -> tuple[str, str, tuple[Answer, ...]]:
    """A basket that is looked at before it pays."""
    skip: Answer = (words.say("Skip"), AuditSkipped(reason="busy"), "secondary")
    begin: Answer = (words.say("Begin"), OpenPage("staff_audit"), "staff")
    return words.say("Quick look"), words.say("Look at some things in the bag."), (skip, begin)


def held_question(state: State, words: Words) -> tuple[str, str, tuple[Answer, ...]] | None:
    """What self-service did not sell, and staff may."""
    held, say = state.held, words.say
    if held is None or held.found is None:
        return None
    item = held.found.item
    why = {
        "blocked": say("It is blocked in the price book."),
        "staff_only": say("Only staff sell this."),
        "past_best": say("It is past its best."),
        "unknown": "",
        "shop_hours": say("The shop does not sell it at this hour."),
        "no_clock": say("This checkout does not know the time yet: look at date and hour yourself."),
    }[held.why]
    sells: Answer = (say("Sell it"), HoursOverridden() if held.why == "shop_hours" else ItemAllowed(), "staff")
    if item.open_price:
        sells = (say("Key its price"), OpenPage("staff_item"), "staff")
    return (
        say("Sell {item}?", item=item.name_in(words.language)),
        why,
        ((say("Refuse"), ItemDenied(), "secondary"), sells),
    )


def shelf_news(why: str, state: State, words: Words) -> str:
    """Why the shelf waits for staff, with what the scale says."""
    say, off = words.say, rest_g(state.shelf)
    names = ", ".join(m.item.name_in(words.language) for m in state.shelf.moves if m.how == "must" and m.item)
    match why:
        case "skips":
            return say("More stays out of the bag than you allow: {items}", items=names)
        case "own_bag":
            return say("Own bag of {grams} g, more than you allow", grams=off)
        case "emptied":
            return say("Everything was taken off before it was paid")
        case _:
            pass
    match state.shelf.kind:
        case "extra":
            return say("{grams} g too much", grams=off)
        case "missing" | "emptied":
            return say("{grams} g were taken off", grams=-off)
        case "takeback":
            return say("Removed, still on the shelf: {items}", items=names)
        case _:
            return say("Not in the bag: {items}", items=names)


def _payback(call: Intervention, state: State, words: Words) -> tuple[str, str, tuple[Answer, ...]]:
    """Cash of a cancelled payment, to be handed back."""
    owed = next((owed for owed in state.owed if owed.attempt == call.detail), Owed(call.detail, ZERO))
    given_back = (words.say("Open drawer and give it back"), CashReturned(attempt=call.detail), "staff")
    told = call.detail
    if owed.asked:
        paid, asked = words.money(owed.asked - owed.amount), words.money(owed.asked)
        told = words.say("The machine paid {paid} of {amount}", paid=paid, amount=asked)
    return words.say("Give back {amount} in cash", amount=words.money(owed.amount)), told, (given_back,)


def _payout(call: Intervention, state: State, words: Words) -> tuple[str, str, tuple[Answer, ...]]:
    """What the cash machine did, it cannot say."""
    payout = next((one for one in state.payouts if one.attempt == call.detail), None)
    amount = words.money(payout.amount if payout is not None else ZERO)
    look: Answer = (words.say("What is missing?"), OpenForm("staff_payout", call.detail), "staff")
    return words.say("Cash in doubt"), words.say("The machine was at {amount}", amount=amount), (look,)


def _reversal(call: Intervention, state: State, words: Words) -> tuple[str, str, tuple[Answer, ...]]:
    """A charge that staff give back on the terminal, because it would not, or because only they know of the charge."""
    given_back = (words.say("It is given back now"), ReversalSettled(attempt=call.detail), "staff")
    found = next((one for one in state.reversals if one.attempt == call.detail), None)
    if found is None or found.record is not None:
        return words.say("A charge could not be given back"), call.detail, (given_back,)
    title = words.say("Give back {amount} by card", amount=words.money(found.amount))
    keyed: Answer = (words.say("Type its number"), OpenForm("staff_given_back", call.detail), "staff")
    return title, words.say("On the card terminal, receipt {number}", number=found.failed), (keyed,)


def is_in_doubt(state: State) -> bool:
    """Whether nobody can tell if the open payment was made."""
    return state.payment is not None and state.payment.stage in ("doubt", "unknown")


def _printer_trouble(state: State, words: Words) -> str:
    """Why the printer does not print."""
    return words.say("Staff: paper is out") if state.devices.paper == "out" else words.say("Staff: look at the printer")
