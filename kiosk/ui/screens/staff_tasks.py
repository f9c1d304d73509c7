"""Staff mode: what needs an answer now at the left, what staff can do at the right (19b)."""

from kiosk.checkout.events import (
    AgeApproved,
    AgeRefused,
    AuditSkipped,
    BagAccepted,
    CashReturned,
    DrawerAsked,
    HelpCleared,
    HoursOverridden,
    ItemAllowed,
    ItemDenied,
    ReprintAsked,
    ReversalSettled,
)
from kiosk.checkout.notice import Intervention
from kiosk.checkout.paying import age_needed
from kiosk.checkout.payment import Owed
from kiosk.checkout.shelf import rest_g
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.help import about
from kiosk.ui.screens.office import page
from kiosk.ui.screens.staff_card import GAP_PX, Answer, Card, paper_low
from kiosk.ui.screens.staff_card import paint as card_of
from kiosk.ui.screens.staff_tiles import tiles
from kiosk.ui.view import OpenForm, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO

_LEFT, _WIDTH = 32, 380
_TOP, _LAST = 164, 770
_NOTE_PX = 60
_BANNER = Rect(444, 684, 804, 88)


def scene(state: State, view: View, words: Words) -> Scene:
    """The list."""
    shown = banner(state, view, words)
    called = (_task(call, state, words) for call in state.interventions)
    tasks = (*(task for task in called if task is not None), *paper_low(state, words))
    head = words.say("Needs you now")
    elements: list[Element] = [Label(Rect(_LEFT, 112, _WIDTH, 44), head, layout.BODY, 600)]
    last = _LAST if state.training is None else _LAST - 24  # its name stands there
    top, painted = _TOP, 0
    for card in tasks:
        if top + card.high > last - (_NOTE_PX if painted + 1 < len(tasks) else 0):
            break
        elements += card_of(card, Rect(_LEFT, top, _WIDTH, card.high))
        top, painted = top + card.high + GAP_PX, painted + 1
    if not tasks:
        elements.append(
            Label(Rect(_LEFT, 164, _WIDTH, 60), words.say("Nothing right now."), layout.BODY, colour="ink2")
        )
    if top <= last + 26 - _NOTE_PX:
        elements.append(_note(state, last - 34, len(tasks) - painted, words))
    elements += tiles(state, words, banner=shown is not None)
    if shown:
        elements += paint(shown, _BANNER, words)
    return page("19b-staff-menu", words.say("Staff mode"), state, view, words, tuple(elements))


def _note(state: State, top: int, more: int, words: Words) -> Label:
    """Below the cards: how many more there are, or what else is to be known."""
    text = words.say("Everything that you do here is written down with your name.")
    if state.close_after:
        text = words.say("The lane closes after this visit.")
    if more > 0:
        text = words.count("and {count} more", "and {count} more", more)
    return Label(Rect(_LEFT, top, _WIDTH, _NOTE_PX), text, layout.CAPTION, colour="ink2", max_lines=2, line_height=1.1)


def _task(call: Intervention, state: State, words: Words) -> Card | None:
    """The card of a call."""
    asked = _asks(call, state, words)
    if asked is None:
        return None
    return Card(*asked, call.reason, "staff_age" if call.reason == "age" else "", _picture(call, state))


def _picture(call: Intervention, state: State) -> str:
    """Of the thing an age or an answer is asked for."""
    if call.reason == "item":
        return state.held.found.item.picture if state.held is not None and state.held.found is not None else ""
    old = [line.item.picture for line in state.basket.lines if line.item.age_limit] if call.reason == "age" else []
    return old[0] if old else ""


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
            return say("Payment in doubt"), since, ((say("Paid or not paid?"), OpenPage("staff_doubt"), "staff"),)
        case "recall":
            return (
                say("Basket {code} is kept", code=call.detail),
                since,
                ((say("Recall basket"), OpenPage("staff_recall"), "staff"),),
            )
        case "paper" if call.detail == "printer":
            return _printer_trouble(state, words), since, ()
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


def _printer_trouble(state: State, words: Words) -> str:
    """Why the printer does not print."""
    return words.say("Staff: paper is out") if state.devices.paper == "out" else words.say("Staff: look at the printer")
