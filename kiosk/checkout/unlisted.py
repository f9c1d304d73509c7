"""Unlisted: a code that the lane's own price book does not have. The store may know it: its book may be newer.

The store is asked once a code and visit, while the shopper goes on; whoever scans the same again meanwhile wants one
more of it. What the store tells goes into the basket just as a scan would have put it there, with the version that
priced it, and every rule of a scan holds. If it does not know it either, is away or says nothing in time, the shopper
hears what they have always heard: try again, type the number, find it by its picture, or ask staff.
"""

from msgspec.structs import replace

from kiosk.checkout import scanning, visit
from kiosk.checkout.asking import Unanswered, ask
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import ItemFound, ItemUnknown
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import is_settling
from kiosk.checkout.questions import ItemAnswer, ItemAsk
from kiosk.checkout.state import Asked, Held, Phase, State, Told
from kiosk.checkout.taking_cash import no_longer_waiting
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

MOST = 20
"""Codes that the store is asked about in one visit: somebody who scans a newspaper must not keep it busy."""


def unknown(state: State, event: ItemUnknown) -> Step:
    """Ask the store, or tell kindly that nobody knows it."""
    if event.ask is None or not event.ask.keys or event.count < 1:
        return _nobody_knows(state, event)
    known = next((told.answer for told in state.told if told.question == event.ask), None)
    if known is not None:
        return _put(state, event, known)
    if _is_asked(state, event.ask):
        return _once_more(state, event), (Beep("touch"),)
    if not state.devices.link_up or len(state.told) >= MOST:
        return _nobody_knows(state, event)
    state, effects = ask(replace(state, notice=Notice("item_asked")), event.ask, event.at, because=event)
    return state, (Beep("touch"), *effects)


def unknown_first(state: State, event: ItemUnknown) -> Step:
    """Even an unknown code starts the visit: the banner tells what to do."""
    return unknown(visit.begin(state, event.at), event)


def unknown_while_choosing(state: State, event: ItemUnknown) -> Step:
    """The banner is on the scanning screen."""
    if is_settling(state):
        return state, ()
    return unknown(replace(no_longer_waiting(state), phase=Phase.SCANNING), event)


def told(state: State, asked: Asked, answer: ItemAnswer, at: Moment) -> Step:
    """Into the basket with it, as long as the basket is open."""
    state, event = _remembered(state, asked, answer, at)
    return _put(state, event, answer) if state.phase is Phase.SCANNING else (state, ())


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """As if the store did not know it. It is asked again only if it never was: the line was down."""
    state, event = _remembered(state, asked, None if unanswered.why == "away" else ItemAnswer(), at)
    return _nobody_knows(state, event) if state.phase is Phase.SCANNING else (state, ())


def _remembered(state: State, asked: Asked, answer: ItemAnswer | None, at: Moment) -> tuple[State, ItemUnknown]:
    event, question = asked.because, asked.question
    assert isinstance(event, ItemUnknown), "a code was asked about"
    assert isinstance(question, ItemAsk), "a code was asked about"
    if answer is not None:
        state = replace(state, told=(*state.told, Told(question, answer)))
    waiting = state.notice is not None and state.notice.kind in ("item_asked", "item_waits")
    return replace(state, notice=None if waiting else state.notice), replace(event, at=at)


def _put(state: State, event: ItemUnknown, answer: ItemAnswer) -> Step:
    if answer.item is None:
        return _nobody_knows(state, event)
    found = ItemFound(
        at=event.at,
        item=answer.item,
        entry=event.entry,
        count=event.count,
        weight_g=answer.weight_g,
        label=answer.label,
    )
    return scanning.item(state, found)


def _is_asked(state: State, question: ItemAsk) -> bool:
    return any(asked.question == question and not asked.over for asked in state.asked)


def _once_more(state: State, event: ItemUnknown) -> State:
    """The same again before the answer: so many more are wanted."""
    asked = tuple(
        replace(each, because=replace(each.because, count=each.because.count + event.count))
        if each.question == event.ask and isinstance(each.because, ItemUnknown) and not each.over
        else each
        for each in state.asked
    )
    return replace(state, asked=asked, notice=Notice("item_asked"))


def _nobody_knows(state: State, event: ItemUnknown) -> Step:
    """Told kindly; nothing is added."""
    notice = Notice("unknown_code" if event.entry == "key" else "unknown", event.text)
    held = Held(event.text, "unknown") if event.text else state.held
    basket = replace(state.basket, unknown=state.basket.unknown + 1)
    return replace(state, basket=basket, notice=notice, held=held), (Beep("not-found"),)
