"""Carrier bags: before anything is paid the shopper is asked how many of the shop's bags they want.

Asked once in a visit, between Pay and the choice of a tender, and only of who has no bag among the goods yet. The kinds
of bags that can be had come with the press of Pay (`PayPressed.bags`), as the price book has them then. A bag that is
bought here is taken from the stand and filled, or not: the bagging scale waits for none of them.
"""

from msgspec.structs import replace

from kiosk.checkout.basket import Basket, Line
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import BagsChosen, PayPressed
from kiosk.checkout.item import Item
from kiosk.checkout.paying import is_settling
from kiosk.checkout.shelf import Shelf, with_things
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tendering import offer, sell
from kiosk.checkout.tenders import left
from kiosk.checkout.visit import Step

KINDS = 3
"""So many kinds are asked for at most: the screen has no room for more."""
MOST = 20
"""Of one kind, where neither item nor lane says less."""


def to_offer(state: State, event: PayPressed) -> tuple[Item, ...]:
    """The kinds that this shopper is asked for; none: they are not asked."""
    basket = state.basket
    if state.assisted or basket.bags_asked or basket.taken or state.payment is not None:
        return ()
    codes = {bag.gtin for bag in event.bags}
    if any(line.item.gtin in codes for line in basket.lines):
        return ()
    return tuple(bag for bag in event.bags if _sells_itself(bag) and most(state, bag))[:KINDS]


def _sells_itself(bag: Item) -> bool:
    """Whether nobody need be asked about it."""
    by_staff = bag.blocked or bag.staff_only or bag.open_price or bag.age_limit
    return bag.sold_by == "each" and not by_staff


def most(state: State, bag: Item) -> int:
    """How many of it the basket can take."""
    free = len(state.basket.lines) < state.lane.max_lines
    return min(bag.max_quantity or state.lane.max_quantity, MOST) if free else 0


def ask(state: State, bags: tuple[Item, ...]) -> Step:
    """How many? What is to be paid waits for the answer."""
    basket = replace(state.basket, bags=bags)
    return replace(state, phase=Phase.PAYING, prompt="", basket=basket), (Beep("touch"),)


def is_asking(state: State) -> bool:
    """Whether the question is open."""
    return bool(state.basket.bags) and state.phase is Phase.PAYING


def choose(state: State, event: BagsChosen) -> Step:
    """So many of each kind, in the order in which they were asked for; then on to the payment."""
    bags = state.basket.bags
    if not bags or is_settling(state) or len(event.counts) != len(bags):
        return state, ()
    if any(not 0 <= count <= most(state, bag) for bag, count in zip(bags, event.counts, strict=True)):
        return state, (Beep("not-found"),)
    basket, shelf = replace(with_bags(state.basket, event.counts), bags=(), bags_asked=True), state.shelf
    for bag, count in zip(bags, event.counts, strict=True):
        if count:
            shelf = _not_awaited(with_things(shelf, bag, count, None), bag)
    state = replace(state, basket=basket, shelf=shelf)
    return offer(state, event.at) if left(basket) else sell(state, event.at)


def with_bags(basket: Basket, counts: tuple[int, ...]) -> Basket:
    """The basket with so many of each kind that is asked for."""
    for bag, count in zip(basket.bags, counts, strict=True):
        basket = _with(basket, bag, count) if count else basket
    return basket


def _with(basket: Basket, bag: Item, count: int) -> Basket:
    line = Line(line=basket.next_line, item=bag, entry="pick", count=count)
    return replace(basket, lines=(*basket.lines, line), next_line=line.line + 1, newest=line.line)


def _not_awaited(shelf: Shelf, bag: Item) -> Shelf:
    moves = (replace(m, how="waived") if m.item == bag and m.count > 0 else m for m in shelf.moves)
    return replace(shelf, moves=tuple(moves))


def follow(state: State) -> State:
    """Whoever went back to the goods, or away, without an answer is asked again."""
    if not state.basket.bags or state.phase is Phase.PAYING:
        return state
    return replace(state, basket=replace(state.basket, bags=()))
