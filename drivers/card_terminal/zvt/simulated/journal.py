"""The terminal's own journal: the truth about money that everything else is checked against.

A charge or a refund is in it from the moment the bank said yes; a reversal marks it and is a transaction of its own.
Receipt numbers wrap at 9999, traces at 999999, as they do on real terminals. It survives power cuts.
"""

import msgspec

APPROVED, DECLINED = 0x00, 0x05
GIROCARD, MASTERCARD, VISA = 0, 2, 4
"""Places in the counts of the end of day."""


class Entry(msgspec.Struct):
    """One transaction. `foreign`: made at the terminal by somebody else, not by the till."""

    receipt: int
    trace: int
    amount_minor: int
    time_s: int
    result: int = APPROVED
    original_trace: int = 0
    scheme: int = VISA
    reversed: bool = False
    committed: bool = False
    foreign: bool = False
    settled: bool = False
    refund: bool = False
    signed: bool = False
    """The card wants a signature."""

    @property
    def is_charge(self) -> bool:
        """Whether the bank took money for it."""
        return self.result == APPROVED and not self.original_trace and not self.refund

    @property
    def stands(self) -> bool:
        """Whether that money is still taken."""
        return self.is_charge and not self.reversed

    @property
    def is_given(self) -> bool:
        """Whether it is a refund that still stands."""
        return self.refund and self.result == APPROVED and not self.reversed

    @property
    def moved_minor(self) -> int:
        """What it moved towards the shop; below zero for a refund."""
        return -self.amount_minor if self.refund else self.amount_minor


class Journal:
    """All transactions since the terminal was commissioned."""

    def __init__(self, receipt: int = 1, trace: int = 1) -> None:
        """Numbers of the commissioning transaction, which is in every terminal's journal before the first sale."""
        self._receipt, self._trace = receipt, trace
        self.entries = [Entry(receipt, trace, 1, 0, foreign=True, committed=True, settled=True, reversed=True)]

    @property
    def last(self) -> Entry:
        """What `06 20` repeats."""
        return self.entries[-1]

    @property
    def charges(self) -> list[Entry]:
        """Every charge made for the till, reversed ones too, oldest first."""
        return [entry for entry in self.entries if entry.is_charge and not entry.foreign]

    @property
    def standing(self) -> list[Entry]:
        """The till's charges for which money is still taken."""
        return [entry for entry in self.charges if entry.stands]

    @property
    def refunds(self) -> list[Entry]:
        """Every refund made for the till that stands, oldest first."""
        return [entry for entry in self.entries if entry.is_given]

    @property
    def reversals(self) -> list[Entry]:
        """Every charge that was given back, as the transaction that did it, oldest first."""
        return [entry for entry in self.entries if entry.original_trace and entry.result == APPROVED]

    def _add(self, amount_minor: int, now_ms: int) -> Entry:
        self._receipt, self._trace = self._receipt % 9_999 + 1, self._trace % 999_999 + 1
        entry = Entry(self._receipt, self._trace, amount_minor, now_ms // 1_000)
        self.entries.append(entry)
        return entry

    def charge(self, amount_minor: int, now_ms: int) -> Entry:
        """The bank said yes."""
        return self._add(amount_minor, now_ms)

    def fail(self, amount_minor: int, result: int, now_ms: int) -> Entry:
        """The bank said no, or the shopper did."""
        entry = self._add(amount_minor, now_ms)
        entry.result = result
        return entry

    def foreign(self, amount_minor: int, now_ms: int) -> Entry:
        """Somebody pays at the terminal itself."""
        entry = self._add(amount_minor, now_ms)
        entry.foreign = entry.committed = True
        return entry

    def give(self, amount_minor: int, now_ms: int) -> Entry:
        """Money for a card, without a charge before it."""
        entry = self._add(amount_minor, now_ms)
        entry.refund = True
        return entry

    def reverse(self, charge: Entry, now_ms: int) -> Entry:
        """Give it back."""
        entry = self._add(charge.amount_minor, now_ms)
        entry.original_trace, entry.scheme = charge.trace, charge.scheme
        charge.reversed = True
        return entry

    def find(self, receipt: int) -> Entry | None:
        """The newest charge with that receipt number."""
        return next((entry for entry in reversed(self.entries) if entry.is_charge and entry.receipt == receipt), None)

    def open(self) -> list[Entry]:
        """What the next end of day will hand over."""
        return [entry for entry in self.entries if (entry.stands or entry.is_given) and not entry.settled]
