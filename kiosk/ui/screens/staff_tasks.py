"""Staff mode: what needs an answer now at the left, what staff can do at the right. A plain form of 19b."""

from kiosk.checkout.events import (
    AgeApproved,
    AgeRefused,
    BagAccepted,
    CashReturned,
    DrawerAsked,
    Event,
    HelpCleared,
    ItemAllowed,
    ItemDenied,
    LaneClosed,
    LaneOpened,
    ReprintAsked,
    ReversalSettled,
)
from kiosk.checkout.paying import age_needed
from kiosk.checkout.shelf import rest_g
from kiosk.checkout.state import Intervention, Phase, State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.view import Look, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO

_TASKS = Rect(32, 164, 600, 620)
_CARD_PX = 196
_SHOWN = 3
Answer = tuple[str, Event | Look, str]


def scene(state: State, view: View, words: Words) -> Scene:
    """The list."""
    shown = banner(state, view, words)
    tasks = [task for call in state.interventions if (task := _task(call, state, words)) is not None]
    elements: list[Element] = [Label(Rect(32, 112, 600, 44), words.say("Needs you now"), layout.BODY, 600)]
    for place, (title, detail, answers) in enumerate(tasks[:_SHOWN]):
        elements += _card(Rect(32, _TASKS.y + (_CARD_PX + 12) * place, 600, _CARD_PX), title, detail, answers)
    if not tasks:
        elements.append(Label(Rect(32, 172, 600, 60), words.say("Nothing right now."), layout.BODY, colour="ink2"))
    if len(tasks) > _SHOWN:
        more = words.count("and {count} more", "and {count} more", len(tasks) - _SHOWN)
        elements.append(Label(Rect(340, 112, 292, 44), more, layout.CAPTION, colour="ink2", align="end"))
    elements += _acts(state, words)
    if shown:
        elements += paint(shown, Rect(664, 696, 584, 88), words)
    return page("19b-staff-menu", words.say("Staff mode"), state, view, words, tuple(elements))


def _card(rect: Rect, title: str, detail: str, answers: tuple[Answer, ...]) -> tuple[Element, ...]:
    cells = layout.columns(Rect(rect.x + 18, rect.y + 96, rect.w - 36, 80), max(1, len(answers)), 12)
    return (
        Box(rect, "paper", "line", 2, 20),
        Label(Rect(rect.x + 24, rect.y + 12, rect.w - 48, 40), title, layout.BODY, 600, plain=True),
        Label(Rect(rect.x + 24, rect.y + 52, rect.w - 48, 34), detail, layout.CAPTION, colour="ink2"),
        *(
            element
            for cell, (text, says, style) in zip(cells, answers, strict=False)
            for element in button(cell, says, text, style=style, size=26)
        ),
    )


def _task(call: Intervention, state: State, words: Words) -> tuple[str, str, tuple[Answer, ...]] | None:
    say = words.say
    since = say("since {time}", time=words.time(call.opened_utc_ms))
    match call.reason:
        case "age":
            years = age_needed(state)
            names = ", ".join(
                i.item.name_in(words.language) for i in state.basket.lines if i.item.age_limit >= max(years, 1)
            )
            born = say("Born on or before {date}", date=words.born_before(state.seen.utc_ms, years))
            return (
                say("Age check {years}+: {items}", years=years, items=names),
                born,
                ((say("Refuse"), AgeRefused(), "secondary"), (say("Approve"), AgeApproved(), "staff")),
            )
        case "help":
            return say("The shopper calls"), since, ((say("Done here"), HelpCleared(), "staff"),)
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
            return _held(state, words)
        case "bag":
            detail = f"{shelf_news(call.detail, state, words)}, {since}"
            return say("Bagging area"), detail, ((say("Accept this weight"), BagAccepted(), "staff"),)
        case "cash":
            return say("The shopper pays in cash"), since, ((say("Take cash"), OpenPage("staff_cash"), "staff"),)
        case "payback":
            return _payback(call, state, words)
        case "drawer":
            left_open = state.devices.drawer_open
            title = say("The cash drawer is open") if left_open else say("Did the cash drawer open?")
            return title, since, () if left_open else ((say("Open drawer"), DrawerAsked(), "staff"),)
        case "reversal":
            given_back = (say("It is given back now"), ReversalSettled(attempt=call.detail), "staff")
            return say("A charge could not be given back"), call.detail, (given_back,)


def _held(state: State, words: Words) -> tuple[str, str, tuple[Answer, ...]] | None:
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
    }[held.why]
    sells: Answer = (say("Sell it"), ItemAllowed(), "staff")
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
    amount = next((owed.amount for owed in state.owed if owed.attempt == call.detail), ZERO)
    given_back = (words.say("Open drawer and give it back"), CashReturned(attempt=call.detail), "staff")
    return words.say("Give back {amount} in cash", amount=words.money(amount)), call.detail, (given_back,)


def _printer_trouble(state: State, words: Words) -> str:
    """Why the printer does not print."""
    return words.say("Staff: paper is out") if state.devices.paper == "out" else words.say("Staff: look at the printer")


def _acts(state: State, words: Words) -> tuple[Element, ...]:
    one, two = (Rect(664, 164 + 120 * i, 584, 104) for i in range(2))
    say = words.say
    nothing_kept = "" if state.parked else say("No basket is kept here.")
    busy = say("Finish the open basket first.") if state.basket.lines else ""
    is_closed = state.phase is Phase.CLOSED or state.close_after
    lane: tuple[str, Event] = (
        (say("Open the lane"), LaneOpened()) if is_closed else (say("Close the lane"), LaneClosed())
    )
    no_doubt = "" if state.phase is Phase.DOUBT else say("No payment is in doubt.")
    return (
        Label(Rect(664, 112, 584, 44), say("This checkout"), layout.BODY, 600),
        *button(
            one,
            OpenPage("staff_recall"),
            say("Recall basket"),
            icon="play-circle-outline",
            why_not=nothing_kept or busy,
        ),
        *button(two, OpenPage("staff_doubt"), say("Settle a payment"), icon="bank-outline", why_not=no_doubt),
        *button(Rect(664, 404, 284, 104), lane[1], lane[0], icon="door"),
        *button(Rect(964, 404, 284, 104), DrawerAsked(), say("Open drawer"), icon="archive-outline"),
        *button(
            Rect(664, 524, 584, 104),
            OpenPage("staff_item"),
            say("Sell at a price"),
            icon="tag-plus-outline",
            why_not="" if state.phase is Phase.SCANNING else say("There is no open basket."),
        ),
        Label(Rect(664, 640, 584, 56), _note(state, words), layout.CAPTION, colour="ink2", max_lines=2, valign="top"),
    )


def _note(state: State, words: Words) -> str:
    if state.close_after:
        return words.say("The lane closes after this visit.")
    return words.say("Everything that you do here is written down with your name.")
