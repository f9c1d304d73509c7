"""By price: the best of offers that want the same things, where each of them by itself is settled by sorting.

Whatever the best is, it gives some things to one offer, some to another, and leaves some alone; and an offer makes
the most of what it was given by cutting it into bundles from the dearest down (`alone.py`). So the things are taken
once, the dearest first, and each goes to an offer, into the bundle that this offer is filling, or to none. All that
must be known of what was decided before is how full every offer's open bundle is, and of an offer that may be used only
so often, how often it still may: of two ways that agree in that, the one that saved less is forgotten. That finds the
best of many things in few steps.

Not for offers whose bundles are not cut by price alone: `_Taker.sorts` says which.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kiosk.checkout.offers.goods import Bundle, Good, fits
from kiosk.checkout.offers.offer import Offer, percent_of, saving

STEPS = 2_000
"""So many steps are done at most. Offers with small bundles need few, whatever lies in the basket."""


class TooMany(Exception):
    """There are more ways than may be tried."""


_Open = tuple[int, ...]
"""Of an offer: how many things lie in each place of its open bundle, and last how many more bundles there may be."""
_State = tuple[_Open, ...]
_Chain = tuple["_Chain", int, int] | None
"""What was given to offers: everything before the last thing, the offer's number, the thing's place among the goods."""
_Ways = dict[_State, tuple[int, _Chain]]
"""The best way to each state: what it is worth, and how."""


def best_by_price(
    offers: Sequence[Offer], goods: Sequence[Good], left: Sequence[int], most: Sequence[int], worths: Mapping[int, int]
) -> list[Bundle] | None:
    """The bundles that save the most, or None if this way cannot tell. TooMany.

    `most` is how many of each offer there may be, `worths` what a minor unit saved is worth, by priority.
    """
    takers = [_Taker(offer, goods, left, at_most) for offer, at_most in zip(offers, most, strict=True)]
    if not all(taker.sorts() for taker in takers):
        return None
    ways: _Ways = {tuple(taker.empty for taker in takers): (0, None)}
    steps = 0
    order = sorted((p for p, n in enumerate(left) if n), key=lambda p: (-goods[p].price_minor, goods[p].product, p))
    for _, kinds in groupby(order, key=lambda place: (goods[place].price_minor, goods[place].product)):
        for thing in (place for place in kinds for _ in range(left[place])):
            wanted = [
                (at, taker, worths[taker.offer.priority]) for at, taker in enumerate(takers) if thing in taker.seat
            ]
            steps += len(ways) * (1 + len(wanted))
            if steps > STEPS:
                raise TooMany
            ways = _with(thing, wanted, ways)
        ways = _without_open(ways, [at for at, taker in enumerate(takers) if taker.offer.same])
    ways = _without_open(ways, range(len(takers)))
    return _bundles(takers, max(ways.values(), key=lambda way: way[0])[1])


def _with(thing: int, wanted: "Sequence[tuple[int, _Taker, int]]", ways: _Ways) -> _Ways:
    """Every way, gone on by what can be done with one more thing. It is left alone unless an offer makes more of it."""
    found = dict(ways)
    for state, (worth, chain) in ways.items():
        for at, taker, of_one in wanted:
            if (taken := taker.taking(thing, state[at])) is None:
                continue
            saves, now_open = taken
            after, sum_ = (*state[:at], now_open, *state[at + 1 :]), worth + saves * of_one
            if after not in found or sum_ > found[after][0]:
                found[after] = sum_, (chain, at, thing)
    return found


def _without_open(ways: _Ways, offers: Sequence[int]) -> _Ways:
    """The ways in which none of these offers has an open bundle."""
    return {state: way for state, way in ways.items() if not any(any(state[at][:-1]) for at in offers)}


class _Taker:
    """One offer, and what it makes of a thing that it is given."""

    def __init__(self, offer: Offer, goods: Sequence[Good], left: Sequence[int], most: int) -> None:
        self.offer, self._goods = offer, goods
        self._fits = {place: fits(good, offer) for place, good in enumerate(goods) if left[place]}
        self.seat = {place: seats[0] for place, seats in self._fits.items() if seats and most}
        """The place of the bundle that each of the goods takes."""
        there = [sum(left[p] for p, seat in self.seat.items() if seat == n) for n in range(len(offer.need))]
        self._limited = most < min(have // need for have, need in zip(there, offer.need, strict=True))
        self.empty: _Open = (*(0 for _ in offer.need), most if self._limited else 0)
        self._known: dict[tuple[int, _Open], tuple[int, _Open] | None] = {}

    def sorts(self) -> bool:
        """Whether it makes the most of what it is given by cutting it up by price, and what it makes is known thing by
        thing: not if a thing could take either of two places, if an amount may be more than its bundle costs, or if
        things of one product that must lie together differ in price."""
        offer, goods = self.offer, self._goods
        if any(len(seats) > 1 for seats in self._fits.values()) or (offer.gives == "free" and len(offer.need) > 1):
            return False
        prices = {(goods[place].product, goods[place].price_minor) for place in self.seat}
        if offer.same and len(prices) > len({product for product, _ in prices}):
            return False
        if offer.gives == "amount" and sum(offer.need) > 1 and self.seat:
            return sum(offer.need) * min(price for _, price in prices) >= offer.value
        return True

    def taking(self, thing: int, was: _Open) -> tuple[int, _Open] | None:
        """What this thing adds to what is saved, and what is open then; None if no more bundles are allowed."""
        if (thing, was) not in self._known:
            self._known[thing, was] = self._taking(thing, was)
        return self._known[thing, was]

    def _taking(self, thing: int, was: _Open) -> tuple[int, _Open] | None:
        if self._limited and not was[-1]:
            return None
        offer, seat, price = self.offer, self.seat[thing], self._goods[thing].price_minor
        now = [*was]
        now[seat] += 1
        full = all(have >= need for have, need in zip(now, offer.need, strict=False))
        if full:
            now = [have - need for have, need in zip(now, offer.need, strict=False)] + [was[-1] - self._limited]
        match offer.gives:
            case _ if sum(offer.need) == 1:
                saves = saving(offer, (price,), self._goods[thing].weight_g)
            case "free":
                saves = price if was[seat] >= offer.need[seat] - offer.value else 0
            case "percent":
                saves = percent_of(price, offer.value)
            case "price":
                saves = price - full * offer.value
            case "amount":
                saves = full * offer.value
        return saves, tuple(now)


def _bundles(takers: Sequence[_Taker], chain: _Chain) -> list[Bundle]:
    """The bundles of what was given to each offer, cut from the dearest down."""
    given: list[list[list[int]]] = [[[] for _ in taker.offer.need] for taker in takers]
    while chain is not None:
        chain, at, thing = chain
        given[at][takers[at].seat[thing]].insert(0, thing)
    return [bundle for taker, places in zip(takers, given, strict=True) for bundle in _cut(taker.offer, places)]


def _cut(offer: Offer, places: list[list[int]]) -> Iterator[Bundle]:
    for n in range(len(places[0]) // offer.need[0]):
        things = [thing for at, need in enumerate(offer.need) for thing in places[at][n * need : (n + 1) * need]]
        yield offer, tuple(sorted(things))
