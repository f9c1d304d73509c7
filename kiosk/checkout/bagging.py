"""Bagging: shelf and basket are kept equal, kindly.

What should lie on the shelf follows from the basket, whoever changed it: `follow` compares the basket before and after
every step and tells the `shelf`. A disagreement is shown after a moment (06a-c), locks Pay while it lasts, calls
staff after a while, and ends by itself when the weight fits. A shelf that is emptied before it is paid for calls staff
at once.

What the shopper may settle alone has limits by count, weight and value; beyond them staff come. Every stop, skip and
own bag is reported. A visit in which nothing was odd teaches what its things weigh.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.basket import EMPTY, Basket, Cleared
from kiosk.checkout.effects import Beep, Effect, PublishEvent
from kiosk.checkout.events import (
    BagAccepted,
    BaggingSkipped,
    BagMoved,
    BagsChosen,
    BagWeightSeen,
    BasketRecalled,
    BasketScanned,
    Event,
    OwnBagPlaced,
    QuestionAnswered,
)
from kiosk.checkout.item import Item
from kiosk.checkout.lane import BaggingLimits
from kiosk.checkout.questions import BasketAnswer
from kiosk.checkout.shelf import NO_SHELF, Move, Shelf, awaited, fresh, judged, quiet_g, rest_g, with_things
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step
from kiosk.checkout.weights import MG
from kiosk.values.moment import Moment

DEVICE = "bagging_scale"
_OPEN = (Phase.SCANNING, Phase.PAYING, Phase.CARD, Phase.DOUBT)
"""While there is a basket that is not paid."""
_TEACHES_MOST = 100


def limits_of(state: State) -> BaggingLimits | None:
    """The shop's limits, while the bagging scale answers."""
    return None if DEVICE in state.devices.lost else state.lane.bagging


# --- what the scale says ----------------------------------------------------------------------------------------------


def weigh(state: State, event: BagWeightSeen) -> Step:
    """The shelf came to rest. Things that move on it are a sign of life, though they clear no banner."""
    limits = limits_of(state)
    if limits is None:
        return state, ()
    shelf = state.shelf
    if not shelf.known:
        return replace(state, shelf=Shelf(known=True, seen_g=event.weight.g, settled_g=event.weight.g)), ()
    if abs(event.weight.g - shelf.seen_g) > quiet_g(limits) and state.phase in _OPEN:
        state = replace(state, touched_tick=event.at.tick_ms, warned_tick=None)
    return replace(state, shelf=_with_bag(replace(shelf, seen_g=event.weight.g), state, limits)), ()


def _with_bag(shelf: Shelf, state: State, limits: BaggingLimits) -> Shelf:
    """One of the shop's bags may be opened on the shelf before anything is scanned."""
    more = rest_g(shelf)
    if state.phase is not Phase.SCANNING or state.basket.next_line > 1 or not 0 < shelf.bags_g + more <= limits.bag_g:
        return shelf
    return replace(shelf, settled_g=shelf.seen_g, bags_g=shelf.bags_g + more)


def follow(before: State, state: State, event: Event) -> Step:
    """The rule of every step: the shelf expects what the basket has, and says what does not agree."""
    limits = limits_of(state)
    if limits is None:
        return _without_stop(replace(state, shelf=NO_SHELF)) if state.shelf != NO_SHELF else state, ()
    if state.assisted:
        return _served(state)
    if state.phase not in _OPEN:
        return _at_rest(before, state)
    shelf, basket = state.shelf, before.basket
    if before.phase not in _OPEN:
        shelf, basket = fresh(shelf, limits), EMPTY
    if isinstance(event, BagsChosen):
        basket = state.basket  # the shelf waits for none of them (`carrier_bags`)
    if _brings_back(event):
        basket = state.basket  # its goods stand somewhere else, and staff stand before them
    if shelf.known:
        shelf = _expecting(shelf, basket, state.basket, event.at.tick_ms)
        shelf = judged(shelf, limits, event.at.tick_ms)
    if shelf == state.shelf:
        return state, ()
    state = replace(state, shelf=shelf)
    return _without_stop(state) if not shelf.kind else state, ()


def _brings_back(event: Event) -> bool:
    answered = isinstance(event, QuestionAnswered) and isinstance(event.answer, BasketAnswer)
    return answered or isinstance(event, BasketRecalled | BasketScanned)


def _expecting(shelf: Shelf, before: Basket, after: Basket, tick_ms: int) -> Shelf:
    if before.lines == after.lines:
        return shelf
    more = _things(after)
    for key, (item, count) in _things(before).items():
        more[key] = (item, more[key][1] - count if key in more else -count)
    for (_, weight_g), (item, count) in more.items():
        if count:
            shelf = with_things(shelf, item, count, weight_g)
    # Who goes on scanning is given the time anew.
    return replace(shelf, since_tick=tick_ms) if shelf.kind == "place" else shelf


def _things(basket: Basket) -> dict[tuple[str, int | None], tuple[Item, int]]:
    """How many of each thing there are; a weighed one by its weight."""
    things: dict[tuple[str, int | None], tuple[Item, int]] = {}
    for line in basket.goods:
        key = (line.item.gtin, line.weight_g)
        item, count = things.get(key, (line.item, 0))
        things[key] = (item, count + line.count)
    return things


def _without_stop(state: State) -> State:
    """Everything agrees: the prompt goes, and whoever was called need not come."""
    calls = tuple(i for i in state.interventions if i.reason != "bag")
    return replace(state, interventions=calls, prompt="" if state.prompt == "bag" else state.prompt)


def _at_rest(before: State, state: State) -> Step:
    """Nobody shops, or all is paid: the shelf is only looked at. What the visit has taught is handed on."""
    shelf = before.shelf
    taught: tuple[Effect, ...] = ()
    if before.phase in _OPEN and state.phase is Phase.RECEIPT and shelf.clean and shelf.weights:
        data = {"seen": [[gtin, grams] for gtin, grams in shelf.weights[:_TEACHES_MOST]]}
        taught = (PublishEvent("bagging.weights", data),)
    rest = Shelf(known=state.shelf.known, seen_g=state.shelf.seen_g, settled_g=state.shelf.settled_g)
    return _without_stop(replace(state, shelf=rest)) if state.shelf != rest else state, taught


def _served(state: State) -> Step:
    """Staff see for themselves what lies there: it is the truth, whatever it is. Nothing is learned from it."""
    seen_g = state.shelf.seen_g
    shelf = Shelf(known=state.shelf.known, seen_g=seen_g, settled_g=seen_g, clean=False)
    return _without_stop(replace(state, shelf=shelf)) if state.shelf != shelf else state, ()


# --- what the shopper says --------------------------------------------------------------------------------------------


def skip(state: State, event: BaggingSkipped) -> Step:
    """Heavy or awkward things may stay out, as long as they are few, and not too much."""
    limits, shelf = limits_of(state), state.shelf
    moves = awaited(shelf, 1)
    if limits is None or not moves:
        return state, ()
    count = shelf.skips + sum(move.count for move in moves)
    grams = shelf.skips_g + sum(move.mean_mg * move.count for move in moves) // MG
    minor = shelf.skips_minor + sum(_value_minor(move) for move in moves)
    if count > limits.skips or grams > limits.skip_g or minor > limits.skip_value_minor:
        state = stopped(state, event.at, "skips")
        return state, (Beep("attention"),)
    waived = tuple(replace(move, how="waived") if move in moves else move for move in shelf.moves)
    shelf = replace(shelf, moves=waived, skips=count, skips_g=grams, skips_minor=minor)
    report = PublishEvent("bagging.skipped", {"items": [[m.item.gtin, m.count] for m in moves if m.item is not None]})
    return _with_unseen(replace(state, shelf=shelf), sum(move.count for move in moves)), (Beep("touch"), report)


def _with_unseen(state: State, count: int) -> State:
    """It stays with the basket, wherever that goes: a look at it may be wanted (`audit`)."""
    return replace(state, basket=replace(state.basket, unseen=state.basket.unseen + count))


def _value_minor(move: Move) -> int:
    if move.item is None:
        return 0
    if move.item.sold_by == "kg":
        return move.item.price.minor * move.mean_mg // (1_000 * MG) * move.count
    return move.item.price.minor * move.count


def own_bag(state: State, event: OwnBagPlaced) -> Step:
    """A bag that the shopper brought: not too many, none that could hold a fridge."""
    limits, shelf = limits_of(state), state.shelf
    if limits is None or shelf.kind != "extra":
        return state, ()
    grams = rest_g(shelf)
    if shelf.own_bags >= limits.own_bags or shelf.bags_g + grams > limits.own_bag_g:
        return stopped(state, event.at, "own_bag"), (Beep("attention"),)
    shelf = replace(shelf, settled_g=shelf.seen_g, bags_g=shelf.bags_g + grams, own_bags=shelf.own_bags + 1)
    state = _with_unseen(replace(state, shelf=shelf), 1)
    return state, (Beep("touch"), PublishEvent("bagging.own_bag", {"grams": grams}))


def moved(state: State, event: BagMoved) -> Step:
    """`I've moved it`: the scale is asked once more, and decides."""
    limits = limits_of(state)
    if limits is None:
        return state, ()
    fits = not judged(state.shelf, limits, event.at.tick_ms).kind
    return state, (Beep("touch" if fits else "not-found"),)


# --- staff ------------------------------------------------------------------------------------------------------------


def stopped(state: State, at: Moment, why: str) -> State:
    """Staff are called about the shelf, once; `why` is the kind of disagreement, or the limit that was met."""
    others = tuple(i for i in state.interventions if i.reason != "bag" or i.detail == why)
    shelf = replace(state.shelf, clean=False)
    return visit.call_staff(replace(state, interventions=others, shelf=shelf), "bag", at, why)


def accept(state: State, event: BagAccepted) -> Step:
    """Staff have looked: what lies there is the truth from now on. Nothing is learned from this visit."""
    shelf = state.shelf
    if state.staff is None or not shelf.kind:
        return state, ()
    evidence = f"{shelf.kind} {rest_g(shelf):+d} g"
    call = next((i for i in state.interventions if i.reason == "bag"), None)
    opened = call.opened_utc_ms if call is not None else event.at.utc_ms
    note = Cleared("bag", opened, event.at.utc_ms, state.staff.id, evidence=evidence)
    basket = replace(state.basket, cleared=(*state.basket.cleared, note))
    shelf = replace(shelf, settled_g=shelf.seen_g, moves=(), drift_g=0, clean=False)
    report = PublishEvent("bagging.accepted", {"by": state.staff.id, "kind": note.evidence})
    return replace(state, basket=basket, shelf=shelf), (Beep("staff-ok"), report)


# --- time -------------------------------------------------------------------------------------------------------------


def _patience_ms(state: State, limits: BaggingLimits) -> int:
    return {"place": limits.place_ms, "takeback": 0}.get(state.shelf.kind, limits.settle_ms)


def prompt_due(state: State) -> int | None:
    """When 06 is to be shown."""
    limits = limits_of(state)
    if limits is None or not state.shelf.kind or state.prompt:
        return None
    # Nobody is called back from a payment that has begun: staff are called, and they see the shelf.
    if state.phase is not Phase.SCANNING and (state.phase is not Phase.PAYING or state.payment is not None):
        return None
    return state.shelf.since_tick + _patience_ms(state, limits)


def show_prompt(state: State, at: Moment) -> Step:
    """06; from the choice of payment back to scanning."""
    clean = state.shelf.clean and state.shelf.kind in ("place", "takeback")
    shelf = replace(state.shelf, clean=clean)
    return replace(state, phase=Phase.SCANNING, prompt="bag", shelf=shelf), (Beep("attention"),)


def staff_due(state: State) -> int | None:
    """When staff are to be called: soon for an emptied shelf, after a while for the rest."""
    limits, kind = limits_of(state), state.shelf.kind
    if limits is None or not kind or state.phase not in _OPEN or any(i.reason == "bag" for i in state.interventions):
        return None
    return state.shelf.since_tick + (limits.settle_ms if kind == "emptied" else limits.staff_ms)


def call(state: State, at: Moment) -> Step:
    """The call, and a report of what the scale says."""
    shelf = state.shelf
    data = {
        "kind": shelf.kind,
        "grams": rest_g(shelf),
        "items": [[m.item.gtin, m.count] for m in shelf.moves if m.item],
    }
    return stopped(state, at, shelf.kind), (Beep("attention"), PublishEvent("bagging.stopped", data))
