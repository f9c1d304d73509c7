"""Machine watch: what must be true of the cash machine's books, by its own money and by the acts of its staff alone.

- The lane's sum of it is what was in it, what shoppers put in and got out, what staff keyed as put in and as counted in
  its box, and the differences that those counts showed; while it takes or pays, ahead by no more than that.
- A doubt about it is a task for staff, and so is all that is owed; what became of each doubt is in the store's books.
- Of every order to pay and of every note on its way the world knows what came of it, as honest staff find it out.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from drivers.cash_recycler.simulator import RecyclerSimulator
from kiosk.checkout.payment import Payout
from kiosk.checkout.state import State
from kiosk.world.broken import Broken

_ON_ITS_WAY_MINOR = 1_000_00
"""The largest note, and coins that nobody has told yet."""


class Act(NamedTuple):
    """What staff keyed, in minor units: change put in; a box taken out, and how much it had too much."""

    put_in: int = 0
    counted: int = 0
    difference: int = 0


class MachineWatch:
    """Watches the books of one machine."""

    def __init__(self, machine: RecyclerSimulator) -> None:
        self._machine = machine
        self._opened_minor = machine.stored_minor
        self._acts: dict[int, Act] = {}
        """By the number of the event."""
        self._paid_before: dict[str, int] = {}
        self._came: dict[str, int] = {}
        """What the machine had paid when an order went out; and what came of those that nobody asks it about again."""
        self._notes_before = 0

    # --- written down -------------------------------------------------------------------------------------------------

    def count(self, seq: int, before: State, after: State) -> None:
        """An event that was written, perhaps the one with which a second person agrees."""
        was, now = before.day, after.day
        act = Act(
            now.machine_float_minor - was.machine_float_minor,
            now.machine_pickup_minor - was.machine_pickup_minor,
            now.machine_difference_minor - was.machine_difference_minor,
        )
        if act != Act() and was.number == now.number:  # a new day begins with nothing
            self._acts[seq] = act
        if _offered(after) and not _offered(before):
            self._notes_before = self._machine.notes_taken
        for payout in after.payouts:
            if payout.stage == "sent" and payout.attempt not in self._paid_before:
                self._paid_before[payout.attempt] = self._machine.paid_minor
            if payout.stage == "doubt" and not payout.is_inside and payout.before is None:
                self._came.setdefault(payout.attempt, self._machine.paid_minor - self._paid_before[payout.attempt])

    def forget_after(self, seq: int) -> None:
        """What was written later may not be on the disk."""
        self._acts = {n: act for n, act in self._acts.items() if n <= seq}

    # --- what honest staff see ----------------------------------------------------------------------------------------

    @property
    def to_key(self) -> Act:
        """What staff did with their key and have not told the lane."""
        machine, told = self._machine, self._told
        return Act(machine.filled_minor - told.put_in, machine.emptied_minor - told.counted)

    @property
    def _told(self) -> Act:
        acts = self._acts.values()
        return Act(sum(a.put_in for a in acts), sum(a.counted for a in acts), sum(a.difference for a in acts))

    def missing_of(self, payout: Payout) -> int:
        """What the shopper has yet to get of it, in minor units: honestly."""
        if payout.why == "coins":
            return payout.amount.minor
        if payout.why == "note":
            return payout.amount.minor if self._machine.notes_taken > self._notes_before else 0
        came = self._machine.paid_minor - self._paid_before[payout.attempt]
        return payout.amount.minor - self._came.get(payout.attempt, came)

    # --- what must be true --------------------------------------------------------------------------------------------

    def check(self, state: State) -> None:
        """Broken if the lane's books of it are wrong, or staff are not called to what they must do."""
        self._check_calls(state)
        books = state.day.machine_minor
        if books is None:
            return
        machine, told = self._machine, self._told
        must_be = self._opened_minor + machine.taken_minor - machine.paid_minor
        must_be += told.put_in - told.counted + told.difference
        if must_be - books not in self.ahead(state):
            raise Broken(f"the books say that {books} are in the cash machine, and it must be {must_be}")

    def _check_calls(self, state: State) -> None:
        called = {(call.reason, call.detail) for call in state.interventions}
        doubts = {("payout", payout.attempt) for payout in state.payouts if payout.stage == "doubt"}
        if forgotten := (doubts | {("payback", owed.attempt) for owed in state.owed}) - called:
            raise Broken(f"staff are not called to {sorted(forgotten)}, only to {sorted(called)}")

    def ahead(self, state: State) -> range:
        """How far the machine may be ahead of what is written: by what is on its way in, and behind by what it pays."""
        paying = sum(p.amount.minor for p in state.payouts if p.stage in ("sent", "doubt") and not p.is_inside)
        inserting = state.payment is not None and state.payment.stage in ("accepting", "closing")
        coming = _ON_ITS_WAY_MINOR if inserting or state.unheard is not None else 0
        coming += sum(p.amount.minor for p in state.payouts if p.is_inside)
        return range(-paying, coming + 1)

    def check_reports(self, state: State, reports: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """In a calm: each doubt that the store heard of has come to its end there too, or staff have yet to end it."""
        told = {kind: {one["attempt"] for one in found} for kind, found in reports.items()}
        ended = told["cash.payout_settled"] | told["cash.dispensed"] | told["cash.dispense_failed"]
        if lost := told["cash.in_doubt"] - ended - {payout.attempt for payout in state.payouts}:
            raise Broken(f"the store's books have no end of the cash in doubt: {sorted(lost)}")

    def check_count(self, state: State) -> None:
        """All is counted and keyed: it holds what the books say, and no count has ever had too much or too little."""
        machine = self._machine
        holds = machine.stored_minor + machine.boxed_minor
        books, differences = state.day.machine_minor, self._told.difference
        if self.to_key != Act() or holds != books or differences:
            raise Broken(f"{holds} are in the cash machine, the books say {books}; counts differed by {differences},"
                         f" not keyed: {self.to_key}")  # fmt: skip


def _offered(state: State) -> bool:
    cash_in = state.payment.cash_in if state.payment is not None else None
    return cash_in is not None and bool(cash_in.offered)
