"""Staff mode: what needs an answer now at the left, what staff can do at the right (19b)."""

from kiosk.checkout.events import (
    AgeApproved,
    AgeRefused,
    AuditSkipped,
    BagAccepted,
    CashReturned,
    DrawerAsked,
    Event,
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
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button, target
from kiosk.ui.screens.help import about
from kiosk.ui.screens.office import page
from kiosk.ui.screens.staff_tiles import tiles
from kiosk.ui.view import Look, OpenForm, OpenPage, Page, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO

_LEFT, _WIDTH = 32, 380
_TOP, _CARD_PX = 148, 190
_BANNER = Rect(444, 684, 804, 88)
_SHOWN = 3
Answer = tuple[str, Event | Look, str]
Task = tuple[str, str, tuple[Answer, ...], Page]


def scene(state: State, view: View, words: Words) -> Scene:
    """The list."""
    shown = banner(state, view, words)
    tasks = [task for call in state.interventions if (task := _task(call, state, words)) is not None]
    head = words.say("Needs you now")
    elements: list[Element] = [Label(Rect(_LEFT, 108, _WIDTH, 36), head, layout.BODY, 600)]
    for place, (title, detail, answers, more) in enumerate(tasks[:_SHOWN]):
        rect = Rect(_LEFT, _TOP + (_CARD_PX + 14) * place, _WIDTH, _CARD_PX)
        elements += _card(rect, title, detail, answers)
        if more:
            elements.append(target(rect._replace(h=84), OpenPage(more), title, style="bare"))
    if not tasks:
        elements.append(
            Label(Rect(_LEFT, 156, _WIDTH, 60), words.say("Nothing right now."), layout.BODY, colour="ink2")
        )
    if state.training is None:  # its band stands there
        elements.append(_note(state, len(tasks) - _SHOWN, words))
    elements += tiles(state, words, banner=shown is not None)
    if shown:
        elements += paint(shown, _BANNER, words)
    return page("19b-staff-menu", words.say("Staff mode"), state, view, words, tuple(elements))


def _note(state: State, more: int, words: Words) -> Label:
    """Below the cards: how many more there are, or what else is to be known."""
    text = words.say("Everything that you do here is written down with your name.")
    if state.close_after:
        text = words.say("The lane closes after this visit.")
    if more > 0:
        text = words.count("and {count} more", "and {count} more", more)
    return Label(Rect(_LEFT, 736, _WIDTH, 60), text, layout.CAPTION, colour="ink2", max_lines=2, line_height=1.1)


def _card(rect: Rect, title: str, detail: str, answers: tuple[Answer, ...]) -> tuple[Element, ...]:
    cells = layout.columns(Rect(rect.x + 16, rect.y + 92, rect.w - 32, 82), max(1, len(answers)), 12)
    return (
        Box(rect, "paper", "line", 2, 20),
        Label(Rect(rect.x + 20, rect.y + 4, rect.w - 40, 34), title, 26, 600, plain=True),
        Label(
            Rect(rect.x + 20, rect.y + 38, rect.w - 40, 50),
            detail,
            layout.CAPTION,
            colour="ink2",
            max_lines=2,
            line_height=1.04,
            plain=True,
        ),
        *(
            element
            for cell, (text, says, style) in zip(cells, answers, strict=False)
            for element in button(cell, says, text, style=style, size=24)
        ),
    )


def _task(call: Intervention, state: State, words: Words) -> Task | None:
    """Title, detail, answers, and the page that a touch of the words opens."""
    asked = _asks(call, state, words)
    return None if asked is None else (*asked, "staff_age" if call.reason == "age" else "")


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
