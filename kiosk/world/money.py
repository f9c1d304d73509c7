"""Money: what must be true of it after every turn.

- Money: every charge that stands in the terminal's own journal belongs to exactly one sealed sale, or is the one that
  the lane is still busy with, or is being given back. Every card sale has its charge, of its amount.
- Phones: the same of every payment that the provider of QR payments has taken and not given back.
- Refunds: what the terminal gave to cards, every sealed return that was paid back to a card has given, once; and a
  charge of a sale that was taken back, one return has taken back.
- Cash machine: what went into it and did not come out is kept for a sale, or on its way back; while it counts or pays,
  it may be ahead of what is written by what it is busy with. Its own books: see `machine_watch`.
- Cash: what staff were given is what was sold for cash, the change, what was given back, what is still to be given
  back, and what belongs to a basket that is not sealed yet.
- Paper that pays, and what staff charge at a terminal of their own: see `purse`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import UNSET

from drivers.card_terminal.zvt.simulated.journal import Entry
from drivers.qr_payment.simulator import Payment
from kiosk.checkout.events import CashGiven, CashReturned, Event
from kiosk.checkout.machine import step
from kiosk.checkout.sale import Sale, Tender
from kiosk.checkout.state import Phase, State
from kiosk.storage.journal import decode_event
from kiosk.world.broken import Broken
from kiosk.world.lane import Lane
from kiosk.world.machine_watch import MachineWatch
from kiosk.world.purse import OtherTerminal, Purse

_MAY_MOVE = ("sent", "approved", "signature", "completed", "doubt", "unknown")


class Money:
    """Watches the money of one lane. `sealed`: every sale that was ever on its disk, by key; `worth`: see Purse."""

    def __init__(self, lane: Lane, sealed: Mapping[str, Sale], seen: Counter[str], worth: Mapping[str, int]) -> None:
        self._lane, self.sealed, self.seen = lane, sealed, seen
        self.purse, self._other_terminal = Purse(worth), OtherTerminal()
        recycler = lane.shop.top.recycler
        self.machine = MachineWatch(recycler) if recycler is not None else None
        self._checked: State | None = None
        self._checked_beside: tuple[int, ...] = ()
        self._cash: dict[int, int] = {}
        """What staff kept (or gave back, below zero), in minor units, by the number of the event."""

    @property
    def _state(self) -> State:
        """The lane in earnest: what is practised moves no money."""
        return self._lane.state.in_earnest

    def check(self) -> None:
        """Broken if money is in the wrong place. Nothing can have moved while all that is looked at is the same."""
        state, beside = self._lane.state, self._beside()
        if state is self._checked and beside == self._checked_beside:
            return
        self._checked, self._checked_beside = state, beside
        self._check_charges()
        self._check_refunds()
        self._check_phones()
        self._check_cash()
        if self.machine is not None:
            self.machine.check(self._state)
        self._other_terminal.check(self._state, self.sealed.values())
        self.purse.check(self._state, self.sealed.values())

    def _beside(self) -> tuple[int, ...]:
        """How much there is to look at beside the lane's state."""
        top = self._lane.shop.top
        journal, provider = top.terminal.journal, top.provider
        phones = (0, 0) if provider is None else (len(provider.refunds), sum(map(_is_paid, provider.payments.values())))
        cash = (0, 0) if top.recycler is None else (top.recycler.taken_minor, top.recycler.paid_minor)
        return (len(self.sealed), len(journal.standing), len(journal.refunds), *phones, *cash)

    def count(self, seq: int, before: State, after: State, event: Event) -> None:
        """What went through the staff's hands, by their own acts and nothing that is derived from the tenders."""
        if before.training is not None or after.training is not None:
            return
        self.purse.count(before, after)
        if self.machine is not None:
            self.machine.count(seq, before, after)
            self._tally(before, after)
        self.seen["charged elsewhere"] += self._other_terminal.count(seq, before, after)
        if isinstance(event, CashGiven) and not _is_cash_on_its_way(before) and _is_cash_on_its_way(after):
            assert after.payment is not None
            self._cash[seq] = after.payment.amount.minor
            self.seen["cash taken"] += 1
        if isinstance(event, CashReturned) and len(after.owed) < len(before.owed):
            self._cash[seq] = sum(o.amount.minor for o in after.owed) - sum(o.amount.minor for o in before.owed)
            self.seen["cash given back"] += 1

        paid_back = _paid_back_in_cash(after) - _paid_back_in_cash(before)
        if paid_back > 0:
            self._cash[seq] = -paid_back
            self.seen["cash paid back"] += 1

    def _tally(self, before: State, after: State) -> None:
        """At the cash machine."""
        doubts = [{p.attempt for p in state.payouts if p.stage == "doubt"} for state in (before, after)]
        self.seen["cash in doubt"] += bool(doubts[1] - doubts[0])
        self.seen["paid out"] += len({p.attempt for p in before.payouts} - {p.attempt for p in after.payouts})

    def count_again(self, kept_seq: int, kept: State, written: Iterable[tuple[int, str]]) -> None:
        """After a start: what was written and never seen to be kept may have stayed on the disk, or gone from it."""
        self._cash = {seq: minor for seq, minor in self._cash.items() if seq <= kept_seq}
        self._other_terminal.forget_after(kept_seq)
        if self.machine is not None:
            self.machine.forget_after(kept_seq)
        state = kept
        for seq, body in written:
            event, before = decode_event(body, f"event {seq}"), state
            state, _ = step(before, event)
            self.count(seq, before, state, event)

    def unclaimed(self) -> list[Entry]:
        """Charges that stand in the terminal's journal, and that no sale and no reversal speaks of."""
        journal, state = self._lane.shop.top.terminal.journal, self._state
        unclaimed, taken_back = list(journal.standing), self._taken_back()
        for sale in self._sales():
            for tender in sale.tenders:
                if tender.kind == "card" and sale.kind != "return":
                    gone = [e for e in journal.charges if e.reversed] if tender.attempt in taken_back else []
                    self._claim(unclaimed, sale.key, tender, gone)
        for basket in (state.basket, *(kept.basket for kept in state.parked)):
            for taken in basket.taken:
                if taken.tender.kind == "card":
                    self._claim(unclaimed, "the open basket", taken.tender)
        traces = {int(one.record.trace or 0) for one in state.reversals if one.record is not None and not one.record.by}
        receipts = {one.failed for one in state.reversals if one.record is None}
        return [e for e in unclaimed if e.trace not in traces and f"{e.receipt:04d}" not in receipts]

    def _check_charges(self) -> None:
        unclaimed = self.unclaimed()
        payment = self._state.payment
        busy = self._is_busy() and payment is not None and payment.kind == "card"
        allowed = [
            entry for entry in unclaimed if busy and payment is not None and entry.amount_minor == payment.amount.minor
        ]
        if len(unclaimed) > len(allowed[:1]):
            raise Broken(f"charges that belong to nothing: {unclaimed}; the lane is at {payment}")

    def _taken_back(self) -> set[str]:
        """Attempts whose charge a return has taken back, or may be taking back just now."""
        state = self._state
        backs = [*(sale.tenders for sale in self.sealed.values() if sale.kind == "return")]
        backs += [state.refund.tenders] if state.refund is not None else []
        under_way = state.refund is not None and state.payment is not None and state.payment.charge is not None
        busy = {state.refund.ways[0].attempt} if under_way and state.refund is not None and state.refund.ways else set()
        return busy | {t.reverses for tenders in backs for t in tenders if t.reverses is not UNSET}

    def unspoken_refunds(self) -> list[Entry]:
        """What the terminal gave to cards, also by taking back a charge that a sale was paid with, and no return that
        is sealed or open speaks of."""
        journal = self._lane.shop.top.terminal.journal
        sold = {
            int(tender.card.trace)
            for sale in self.sealed.values()
            for tender in sale.tenders
            if sale.kind == "sale" and tender.kind == "card" and tender.card is not None
        }
        given = [*journal.refunds, *(entry for entry in journal.reversals if entry.original_trace in sold)]
        for sale in self.sealed.values():
            for tender in sale.tenders:
                if tender.kind == "card" and sale.kind == "return":
                    self._claim(given, sale.key, tender)
        state = self._state
        for tender in state.refund.tenders if state.refund is not None else ():
            if tender.kind == "card":
                self._claim(given, "the open return", tender)
        return given

    def _check_refunds(self) -> None:
        given, state = self.unspoken_refunds(), self._state
        payment = state.payment
        busy = state.phase is Phase.RETURNING and payment is not None and payment.stage in _MAY_MOVE
        if busy and payment is not None and len(given) == 1 and given[0].amount_minor == payment.amount.minor:
            return
        if given:
            raise Broken(f"money was given to cards, and no return speaks of it: {given}")

    def _is_busy(self) -> bool:
        payment = self._state.payment
        return payment is not None and payment.stage in _MAY_MOVE and payment.attempt not in self._paid()

    def _check_phones(self) -> None:
        provider = self._lane.shop.top.provider
        if provider is None:
            return
        state = self._state
        baskets = (state.basket, *(kept.basket for kept in state.parked))
        tenders = [t for sale in self._sales() if sale.kind == "sale" for t in sale.tenders]
        tenders += [taken.tender for basket in baskets for taken in basket.taken]
        claimed = {t.attempt: t.amount_minor for t in tenders if t.kind == "qr"}
        leaving = {one.attempt for one in state.reversals}
        busy = {state.payment.attempt} if state.payment is not None and self._is_busy() else set()
        paid = {p.reference: p.amount_minor for p in provider.payments.values() if p.state == "paid"}
        back = {p.reference for p in provider.payments.values() if p.id in provider.refunds}
        standing = {ref: minor for ref, minor in paid.items() if ref not in back | leaving | busy}
        if wrong := standing.items() ^ {a: m for a, m in claimed.items() if a not in busy}.items():
            raise Broken(f"phones have paid {standing}, and sales and baskets speak of {claimed}: {sorted(wrong)}")

    def _check_cash(self) -> None:
        """Money in = kept + change + still to be handed back, to the last minor unit."""
        state = self._state
        sold = sum(_cash_in(sale.tenders) for sale in self.sealed.values())
        signing = _cash_in(state.signing.sale.tenders) if state.signing is not None else 0
        open_baskets = (state.basket, *(kept.basket for kept in state.parked))
        carried = sum(_cash_in(tuple(taken.tender for taken in basket.taken)) for basket in open_baskets)
        returning = 0 if state.signing is not None else -_paid_back_in_cash(state)
        owed = sum(owed.amount.minor for owed in state.owed)
        payment = state.payment
        settling = payment.amount.minor if payment is not None and _is_cash_on_its_way(state) else 0
        kept = sum(self._cash.values())
        machine, ahead = self._in_the_machine()
        kept += machine
        settling += _in_the_slot(state) + sum(payout.amount.minor for payout in state.payouts if not payout.is_inside)
        off = kept - (sold + signing + carried + owed + settling + returning)
        if off not in ahead:
            raise Broken(
                f"{kept} of cash were kept; {sold} are sold, {signing + carried + settling} belong to open baskets,"
                f" {owed} are owed"
            )

    def _in_the_machine(self) -> tuple[int, range]:
        """What people have put into the cash machine and not got out again; and how far it may be ahead of the books:
        by what is on its way in, and behind by what it is paying out."""
        recycler = self._lane.shop.top.recycler
        if recycler is None or self.machine is None:
            return 0, range(0, 1)
        return recycler.taken_minor - recycler.paid_minor, self.machine.ahead(self._state)

    def _claim(self, unclaimed: list[Entry], whose: str, tender: Tender, gone: Iterable[Entry] = ()) -> None:
        """Find it and take it off; `gone`: what it may be instead, because it was taken back."""
        trace = int(tender.card.trace) if tender.card is not None and not tender.evidence else None
        receipt = int(tender.evidence) if tender.evidence.isdigit() else None
        found = [e for e in (*unclaimed, *gone) if e.trace == trace or e.receipt == receipt]
        if len(found) != 1 or found[0].amount_minor != abs(tender.amount_minor):
            raise Broken(f"{whose} was paid by {tender}, and the terminal's journal knows {found or 'no such thing'}")
        if found[0] in unclaimed:
            unclaimed.remove(found[0])

    def _paid(self) -> set[str]:
        return {tender.attempt for sale in self._sales() for tender in sale.tenders}

    def _sales(self) -> Iterator[Sale]:
        """All that are sealed, and the one that waits for its signature."""
        yield from self.sealed.values()
        if (signing := self._state.signing) is not None:
            yield signing.sale


def _cash_in(tenders: tuple[Tender, ...]) -> int:
    return sum(tender.amount_minor for tender in tenders if tender.kind == "cash")


def _is_paid(payment: Payment) -> bool:
    return payment.state == "paid"


def _paid_back_in_cash(state: State) -> int:
    """Of the open return, a positive amount."""
    return -_cash_in(state.refund.tenders) if state.refund is not None else 0


def _in_the_slot(state: State) -> int:
    """What is known to be in the cash machine and has not paid yet; its change is on its way out with it."""
    payment = state.payment
    if state.phase is not Phase.CARD or payment is None or payment.cash_in is None:
        return 0
    return payment.cash_in.inserted.minor


def _is_cash_on_its_way(state: State) -> bool:
    """Counted, and not yet among what the basket has taken."""
    payment = state.payment
    if payment is None or payment.kind != "cash" or payment.stage != "completed":
        return False
    return state.phase is Phase.PAYING
