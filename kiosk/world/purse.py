"""Purse: what paper that pays is worth, and what staff charged at a terminal without a cable, kept apart from the lane.

- Gift cards, vouchers and slips: the world remembers what each was made out to. What sales and open baskets have taken
  of one is never more; in a calm the store's books have the rest of it, to the last minor unit.
- The other terminal: what staff charged there, less what they gave back, belongs to a sale, to an open basket, or to
  what is being given back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kiosk.checkout.basket import Basket
from kiosk.checkout.questions import GiftCardAsk
from kiosk.checkout.sale import Sale, Tender
from kiosk.checkout.state import State
from kiosk.world.broken import Broken

PAPER = ("gift_card", "voucher")
Charges = dict[str, int]
"""Minor units by attempt."""


class OtherTerminal:
    """What staff have charged and given back on the terminal that they carry, by their own acts alone."""

    def __init__(self) -> None:
        self._acts: dict[int, tuple[str, int]] = {}

    def count(self, seq: int, before: State, after: State) -> bool:
        """An event that was written, perhaps the one with which a second person agrees; whether a card was charged."""
        if _external(before) == "waiting" and _external(after) == "completed":
            assert after.payment is not None
            self._acts[seq] = after.payment.attempt, after.payment.amount.minor
            return True
        if before.reversals is not after.reversals:
            leaving = {one.attempt for one in after.reversals}
            given = [one.attempt for one in before.reversals if one.record is None and one.attempt not in leaving]
            for attempt in given:
                self._acts[seq] = attempt, 0
        return False

    def forget_after(self, seq: int) -> None:
        """What was written later may not be on the disk."""
        self._acts = {n: act for n, act in self._acts.items() if n <= seq}

    def check(self, state: State, sealed: Iterable[Sale]) -> None:
        """Broken if money of it belongs to nothing, or something to no money of it."""
        standing: Charges = {}
        for attempt, minor in self._acts.values():
            standing[attempt] = minor if minor or attempt not in standing else 0
        standing = {attempt: minor for attempt, minor in standing.items() if minor}
        claimed = {t.attempt: t.amount_minor for t in _tenders(state, sealed) if t.kind == "external"}
        claimed |= {one.attempt: one.amount.minor for one in state.reversals if one.attempt in standing}
        if state.payment is not None and _external(state) == "completed":
            claimed |= {state.payment.attempt: state.payment.amount.minor}
        if standing != claimed:
            raise Broken(f"the other terminal has taken {standing}, and sales and baskets speak of {claimed}")


def _external(state: State) -> str:
    payment = state.payment
    return payment.stage if payment is not None and payment.kind == "external" else ""


class Purse:
    """All paper of one shop. `worth`: what each number was made out to, in minor units."""

    def __init__(self, worth: Mapping[str, int]) -> None:
        self._worth = worth
        self._numbers: dict[str, str] = {}
        """By the question that asked for it."""

    def count(self, before: State, after: State) -> None:
        """An event that was written: which question is about which number."""
        if after.asked is not before.asked:
            for one in after.asked:
                if isinstance(one.question, GiftCardAsk):
                    self._numbers[one.id] = one.question.number

    def taken(self, state: State, sealed: Iterable[Sale]) -> Counter[str]:
        """What sales and baskets have of each number; what came back of it or was put on it is not taken."""
        sales = tuple(sealed)
        return self._less_loads(self._of(t for t in _tenders(state, sales) if t.kind in PAPER), sales)

    def spent(self, sealed: Iterable[Sale]) -> Counter[str]:
        """What the sales alone have; what they have put on a card taken off."""
        sales = tuple(sealed)
        return self._less_loads(self._of(t for sale in sales for t in sale.tenders if t.kind in PAPER), sales)

    def _less_loads(self, found: Counter[str], sales: Iterable[Sale]) -> Counter[str]:
        for load in (load for sale in sales for load in sale.loads or ()):
            found[self._numbers.get(load.hold, load.hold)] -= load.amount_minor
        return found

    def carried(self, state: State) -> Counter[str]:
        """What open baskets have."""
        return self._of(t for t in _of_baskets(state) if t.kind in PAPER)

    def _of(self, tenders: Iterable[Tender]) -> Counter[str]:
        found: Counter[str] = Counter()
        for tender in tenders:
            if tender.amount_minor < 0 and isinstance(tender.slip, str):
                continue  # a slip that was made out here, which takes nothing from anywhere
            found[self._numbers.get(tender.attempt, tender.attempt)] += tender.amount_minor
        return found

    def check(self, state: State, sealed: Iterable[Sale]) -> None:
        """Broken if more was taken from a paper than it was made out to."""
        taken = self.taken(state, sealed)
        if over := {number: minor for number, minor in taken.items() if minor > self._worth.get(number, 0)}:
            raise Broken(f"more was taken from papers than they are worth: {over} of {self._worth}")

    def check_books(self, spent: Counter[str], carried: Counter[str], balance: dict[str, int]) -> None:
        """Broken if the store's books have more or less on a paper than is left of it. `carried`: in open baskets."""
        for number, there_is in balance.items():
            left = self._worth[number] - spent[number]
            if not left - carried[number] <= there_is <= left:
                raise Broken(f"{number} was made out to {self._worth[number]}, {spent[number]} of it are spent,"
                             f" and the store's books have {there_is} on it")  # fmt: skip


def made_out(sale: Sale) -> Iterator[tuple[str, int]]:
    """Slips that a sealed return has made out, by number, in minor units."""
    for tender in sale.tenders:
        if tender.amount_minor < 0 and isinstance(tender.slip, str):
            yield tender.slip, -tender.amount_minor


def _tenders(state: State, sealed: Iterable[Sale]) -> Iterator[Tender]:
    """Of everything that is sealed, being sealed or open. A return's are below zero."""
    for sale in sealed:
        yield from sale.tenders
    if state.signing is not None:
        yield from state.signing.sale.tenders
    yield from _of_baskets(state)


def _of_baskets(state: State) -> Iterator[Tender]:
    """What is paid of baskets that are not sealed."""
    baskets: tuple[Basket, ...] = (state.basket, *(kept.basket for kept in state.parked))
    yield from (taken.tender for basket in baskets for taken in basket.taken)
