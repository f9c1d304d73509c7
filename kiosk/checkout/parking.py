"""Parking: baskets that are set aside: kept here or with the store, brought back on any lane, voided when time is over.

Theory. A basket that was set aside is in one place at a time. First it is on its lane (`Parked`), which alone can sell
it. Where the shop shares baskets the lane then asks the store which baskets there are: an answer proves that the store
hears us, and in the same step the lane gives its own away. From that event on `shared` is true and the lane has only a
memory of it; the basket itself is in a report, which the outbox repeats until the store has it. The store gives it to
one question (BasketAsk) and to no other, so of two lanes that want it one hears that it is gone; a lane that asks twice
under one id, because its power went, hears the same twice. The lane that gave it away asks like any other, also when
its time is over and it is to be voided. A lane that can use the basket no more when the answer comes lets it go with
`hold.released`, as a coupon, and the next may have it.

So at every moment it belongs to one lane, to a report on its way, or to one question, and no cut and no lost message
makes two of it. The price: while the store is away a basket that it has comes back nowhere. What was set aside while
the store said nothing, and what is paid in part or has a gift card in it, stays on its lane and comes back there.

A line keeps its price on every lane; an age that was checked by one lane's staff is checked anew on another.
"""

from typing import Any

import msgspec
from msgspec.structs import replace

from kiosk.checkout import out_of_hours, visit
from kiosk.checkout.asking import Unanswered, ask, is_asking, release
from kiosk.checkout.basket import Basket, Cleared
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import BasketRecalled, BasketScanned, BasketsListed
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import age_needed, is_between_visits
from kiosk.checkout.pricing import count_items, due
from kiosk.checkout.questions import BasketAnswer, BasketAsk, BasketsAnswer, BasketsAsk
from kiosk.checkout.state import Asked, Parked, Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

LOOK_MS = 60_000
"""How often a lane that has set a basket aside asks the store about it."""
MOST_SHARED_LINES = 150
"""A longer basket stays on its lane: its report would be too large for one message."""


# --- which there are --------------------------------------------------------------------------------------------------


def look(state: State, event: BasketsListed) -> Step:
    """Staff want to see them all, now."""
    return _look(state, event.at) if state.lane.parking.shared else (state, ())


def look_due(state: State) -> int | None:
    """When the store is asked again: at once about a basket that was just set aside, then every minute."""
    if not state.lane.parking.shared or not state.parked or is_asking(state, BasketsAsk):
        return None
    return state.seen.tick_ms if state.looked_tick is None else state.looked_tick + LOOK_MS


def look_act(state: State, at: Moment) -> Step:
    """Ask it."""
    return _look(state, at)


def _look(state: State, at: Moment) -> Step:
    return ask(replace(state, looked_tick=at.tick_ms), BasketsAsk(), at)


def listed(state: State, asked: Asked, answer: BasketsAnswer, at: Moment) -> Step:
    """What the store has. Of ours, what another lane has brought back is forgotten; what it lacks it gets now."""
    for kept in state.parked:
        if kept.shared and kept.code in answer.gone:
            state = _forgotten(state, kept)
    given = tuple(kept for kept in state.parked if _may_be_given(state, kept, at))
    parked = tuple(replace(kept, shared=True) if kept in given else kept for kept in state.parked)
    codes = {kept.code for kept in parked}
    others = tuple(one for one in answer.baskets if one.till != state.lane.till or one.code not in codes)
    return replace(state, parked=parked, elsewhere=others), tuple(_given(kept, at) for kept in given)


def _may_be_given(state: State, kept: Parked, at: Moment) -> bool:
    fits = not kept.basket.taken and not kept.basket.loads and len(kept.basket.lines) <= MOST_SHARED_LINES
    return state.lane.parking.shared and fits and not kept.shared and kept.until_tick > at.tick_ms


def _given(kept: Parked, at: Moment) -> PublishEvent:
    """The report that is the basket from now on."""
    about: dict[str, Any] = {
        "code": kept.code,
        "items": count_items(kept.basket),
        "due_minor": due(kept.basket).minor,
        "parked_utc_ms": kept.parked_utc_ms or at.utc_ms,
        "basket": msgspec.to_builtins(kept.basket),
    }
    return PublishEvent("basket.shared", about)


def not_listed(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """Nobody can tell: what is here stays here."""
    return state, ()


# --- bringing one back ------------------------------------------------------------------------------------------------


def scan(state: State, event: BasketScanned) -> Step:
    """A slip under the scanner: staff bring its basket back, and a shopper where the shop lets them."""
    if state.basket.lines:
        return replace(state, notice=Notice("basket_busy")), (Beep("not-found"),)
    if state.staff is None and state.lane.parking.recall != "shopper":
        state = visit.call_staff(state, "help", event.at)
        return replace(state, notice=Notice("basket_staff")), (Beep("attention"),)
    return recall(state, BasketRecalled(at=event.at, code=event.code, till=event.till))


def scan_first(state: State, event: BasketScanned) -> Step:
    """On the welcome screen it starts the shopper's visit, as every scan does; what staff do there is no visit yet."""
    return scan(state if state.staff is not None else visit.begin(state, event.at), event)


def recall(state: State, event: BasketRecalled) -> Step:
    """A basket comes back, on an empty lane only: at once if it is here, else when the store gives it."""
    if not _has_room(state):
        return state, ()
    till = event.till or state.lane.till
    kept = _own(state, till, event.code)
    if kept is not None and not kept.shared:
        return _back(state, kept, kept.basket, event, event.at)
    if kept is None and not state.lane.parking.shared:
        return replace(state, notice=Notice("basket_unknown")), (Beep("not-found"),)
    question = BasketAsk(till=till, code=event.code)
    return ask(replace(state, notice=Notice("basket_asked")), question, event.at, because=event)


def _has_room(state: State) -> bool:
    """Whether a basket can come back on this lane now, with somebody before it who may have it."""
    somebody = state.staff is not None or state.lane.parking.recall == "shopper"
    empty = not state.basket.lines and not state.basket.taken
    return somebody and empty and state.phase in (Phase.WELCOME, Phase.SCANNING)


def _own(state: State, till: str, code: str) -> Parked | None:
    return next((kept for kept in state.parked if till == state.lane.till and kept.code == code), None)


def _forgotten(state: State, kept: Parked) -> State:
    """Without it, and without the call for it."""
    calls = tuple(i for i in state.interventions if not (i.reason == "recall" and i.detail == kept.code))
    return replace(state, parked=tuple(p for p in state.parked if p != kept), interventions=calls)


def _back(state: State, kept: Parked | None, basket: Basket, event: BasketRecalled, at: Moment, hold: str = "") -> Step:
    """It is the open basket now. `kept`: what this lane had of it; `hold`: the question that the store gave it to."""
    by, till = state.staff.id if state.staff is not None else "", event.till or state.lane.till
    call = next((i for i in state.interventions if i.reason == "recall" and i.detail == event.code), None)
    if kept is not None:
        state = _forgotten(state, kept)
    else:
        basket = replace(basket, age_approved=0)
    if by and (call is not None or kept is None):
        opened = call.opened_utc_ms if call is not None else at.utc_ms
        evidence = "" if kept is not None else f"{till} {event.code}"
        basket = replace(basket, cleared=(*basket.cleared, Cleared("recall", opened, at.utc_ms, by, evidence=evidence)))
    state = visit.begin(replace(state, basket=basket, notice=None), at)
    state, late = out_of_hours.put_out(state, at, again=True) or (state, ())
    if age_needed(state):
        state = visit.call_staff(state, "age", at)
    report = PublishEvent("basket.recalled", {"by": by, "code": event.code, "till": till, "hold": hold})
    return state, (Beep("staff-ok"), report, *late)


def told(state: State, asked: Asked, answer: BasketAnswer, at: Moment) -> Step:
    """The basket, or why there is none for us."""
    assert isinstance(asked.question, BasketAsk)
    kept = _own(state, asked.question.till, asked.question.code)
    basket = _read(answer)
    event = asked.because
    if basket is None:
        loose = (release(asked.id),) if answer.basket is not None else ()
        if kept is not None and kept.shared and answer.state == "gone":
            state = _forgotten(state, kept)
        if event is not None:
            state = replace(state, notice=_why_not(answer))
        return state, (*loose, *(() if event is None else (Beep("not-found"),)))
    if not isinstance(event, BasketRecalled):
        return _to_be_voided(state, kept, basket, asked.id, at)
    if not _has_room(state):
        return state, (release(asked.id),)
    return _back(state, kept, basket, event, at, asked.id)


def _read(answer: BasketAnswer) -> Basket | None:
    """The basket in it; None if there is none, or one of a newer version of this program that we would misread."""
    if answer.state != "ok" or answer.basket is None:
        return None
    try:
        return msgspec.convert(answer.basket, Basket)
    except msgspec.ValidationError:
        return None


def _why_not(answer: BasketAnswer) -> Notice:
    if answer.state in ("gone", "in_use"):
        return Notice("basket_gone", answer.at)
    return Notice("basket_unknown")


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """The store is silent: staff try again, and a basket whose time is over waits for the next time."""
    if asked.because is None:
        return state, ()
    return replace(state, notice=Notice("basket_away")), (Beep("not-found"),)


# --- when its time is over --------------------------------------------------------------------------------------------


def over_due(state: State) -> int | None:
    """When the first one has been kept long enough."""
    # A void takes a sequence number: never while a visit is open.
    if not is_between_visits(state) or not state.parked:
        return None
    return min(kept.until_tick for kept in state.parked)


def over_act(state: State, at: Moment) -> Step:
    """It is voided; one that the store has is asked back first, and stays until the store has answered."""
    kept = min(state.parked, key=lambda kept: kept.until_tick)
    if kept.shared:
        later = replace(kept, until_tick=at.tick_ms + state.lane.time_outs.parked_ms)
        state = replace(state, parked=tuple(later if one == kept else one for one in state.parked))
        return ask(state, BasketAsk(till=state.lane.till, code=kept.code), at)
    state, effects = visit.void(_forgotten(state, kept), kept.basket, at)
    return state, (*effects, PublishEvent("basket.expired", {"code": kept.code}))


def _to_be_voided(state: State, kept: Parked | None, basket: Basket, hold: str, at: Moment) -> Step:
    """It is ours again, as one that was never given away; the timer does the rest when nobody is served."""
    if kept is None:
        return state, (release(hold),)
    mine = replace(kept, basket=basket, shared=False, until_tick=at.tick_ms)
    state = replace(state, parked=tuple(mine if one == kept else one for one in state.parked))
    return state, (PublishEvent("basket.taken_back", {"code": kept.code, "hold": hold}),)


def over_night(state: State, at: Moment) -> State:
    """The day is closed: where the shop keeps no basket over night, the time of all is over."""
    if state.lane.parking.over_night == "keep" or not state.parked:
        return state
    return replace(state, parked=tuple(replace(kept, until_tick=at.tick_ms) for kept in state.parked))
