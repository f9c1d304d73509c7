"""The dialogues of the simulated terminal: what it does when the till orders something that takes time.

Each is a generator that yields when it has to wait and looks again at what it waits for whenever the terminal is turned
(a person did something, time passed). What it returns is the answer. It goes on whether or not the till still listens.
"""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from drivers.card_terminal.nexo.simulated.speech import Asked, Deal, Said, Sum
from drivers.card_terminal.zvt.simulated import texts
from drivers.card_terminal.zvt.simulated.journal import DECLINED, Entry

if TYPE_CHECKING:
    from drivers.card_terminal.nexo.simulator import NexoSimulator

Dialogue = Generator[None, None, Said]
CARD_MS = 60_000
PIN_TRIES = 3
_DAY = "2026-11-23"
CHOOSE = "Card currency or ours?"


def until(terminal: "NexoSimulator", holds: Callable[[], bool], patience_ms: int) -> Generator[None, None, bool]:
    """Wait for something, at most so long; whether it came."""
    until_ms = terminal.look_again_ms = terminal.now_ms + patience_ms
    while not holds() and terminal.now_ms < until_ms:
        yield
    terminal.look_again_ms = None
    return holds()


def payment(terminal: "NexoSimulator", asked: Asked, amount_minor: int) -> Dialogue:
    """A payment, or a refund: nobody needs a PIN to be given something."""
    terminal.can_stop, terminal.stop, terminal.refunding = True, False, asked.fields.get("kind") == "Refund"
    condition = yield from _card(terminal)
    if not condition and not terminal.refunding:
        condition = yield from _currency(terminal)
    if not condition and not terminal.refunding and _needs_pin(terminal, amount_minor):
        condition = yield from _pin(terminal)
    terminal.can_stop, terminal.wants = False, ""
    if not condition:
        terminal.show(0x0E)
        yield from until(terminal, lambda: False, terminal.bank_ms)
        condition, terminal.declines = ("Refusal" if terminal.declines else ""), False
    told = _told(terminal, asked, amount_minor, condition)
    if terminal.caller.prints:  # the till has time to take the paper
        yield from until(terminal, lambda: False, terminal.bank_ms)
    return told


def _card(terminal: "NexoSimulator") -> Generator[None, None, str]:
    """Empty when there is a card, or the condition with which it ends here."""
    terminal.card, terminal.wants = "", "card"
    terminal.show(0x0A)
    yield from until(terminal, lambda: bool(terminal.card) or terminal.stop, CARD_MS)
    if terminal.stop:
        return "Aborted"
    return "" if terminal.card else "Cancel"


def _currency(terminal: "NexoSimulator") -> Generator[None, None, str]:
    """A card from abroad may choose in which money it pays; the till is told our own either way."""
    if not terminal.card_currency:
        return ""
    terminal.chosen, terminal.wants, terminal.display = "", "currency", CHOOSE
    yield from until(terminal, lambda: bool(terminal.chosen) or terminal.stop, CARD_MS)
    if terminal.stop:
        return "Aborted"
    return "" if terminal.chosen else "Cancel"


def _needs_pin(terminal: "NexoSimulator", amount_minor: int) -> bool:
    if terminal.wants_signature:
        return False
    return terminal.card == "insert" or amount_minor > terminal.pin_above_minor


def _pin(terminal: "NexoSimulator") -> Generator[None, None, str]:
    code = 0x01
    for _ in range(PIN_TRIES):
        terminal.pin, terminal.wants = "", "pin"
        terminal.show(code)
        yield from until(terminal, lambda: bool(terminal.pin) or terminal.stop, CARD_MS)
        if terminal.stop:
            return "Aborted"
        if not terminal.pin:
            return "Cancel"
        if terminal.pin == terminal.card_pin:
            return ""
        code = 0x15
    return "WrongPIN"


def _told(terminal: "NexoSimulator", asked: Asked, amount_minor: int, condition: str) -> Said:
    """From here money is taken (or given), or it is not."""
    journal = terminal.journal
    if condition:
        entry = journal.fail(amount_minor, DECLINED, terminal.now_ms)
        terminal.show(0x1D)
        return Said(asked, "Failure", condition, _refusal(condition), deal=deal(terminal, entry, refund=False))
    entry = (journal.give if terminal.refunding else journal.charge)(amount_minor, terminal.now_ms)
    entry.committed = True
    entry.signed, terminal.wants_signature = terminal.wants_signature and not terminal.refunding, False
    terminal.show(0x1C)
    told = deal(terminal, entry, refund=terminal.refunding)
    terminal.caller.print("CustomerReceipt", told.customer)
    return Said(asked, deal=told)


def _refusal(condition: str) -> str:
    return {"Refusal": "The bank says no", "WrongPIN": "Wrong PIN too many times"}.get(condition, "Stopped")


def deal(terminal: "NexoSimulator", entry: Entry, *, refund: bool) -> Deal:
    """A transaction as it is told."""
    slips = (tuple(texts.slip(entry, copy, terminal.terminal_id)) for copy in ("customer", "merchant"))
    customer, merchant = slips if entry.result == 0 or terminal.card else ((), ())
    return Deal(
        transaction_id=f"{entry.trace:010d}",
        timestamp=timestamp(entry),
        amount_minor=entry.amount_minor,
        currency=terminal.currency,
        payment_type="Refund" if refund else "Normal",
        brand=texts.SCHEMES[entry.scheme],
        pan=texts.MASKED,
        approval=f"{entry.trace:06d}" if entry.result == 0 else "",
        entry_mode="Contactless" if terminal.card == "tap" else "ICC",
        customer=customer,
        merchant=merchant,
        signature=entry.signed,
    )


def timestamp(entry: Entry) -> str:
    """Of the transaction, as it is told."""
    seconds = entry.time_s
    return f"{_DAY}T{seconds // 3_600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{entry.trace % 1_000:03d}Z"


def reversal(terminal: "NexoSimulator", asked: Asked) -> Dialogue:
    """No card is needed. In XML only the last transaction can be undone; what was handed over, in neither."""
    terminal.can_stop = False
    terminal.show(0x0E)
    yield from until(terminal, lambda: False, terminal.bank_ms)
    journal, named = terminal.journal, asked.fields.get("original", "")
    entry = next((one for one in reversed(journal.charges) if f"{one.trace:010d}" == named), None)
    if entry is None or timestamp(entry) != asked.fields.get("timestamp"):
        return Said(asked, "Failure", "NotFound", "No such transaction")
    too_old = terminal.kind == "xml" and journal.last is not entry
    if entry.reversed or entry.settled or too_old or terminal.faults.reverses_nothing:
        return Said(asked, "Failure", "NotAllowed", "Reversal not possible")
    done = journal.reverse(entry, terminal.now_ms)
    told = deal(terminal, done, refund=False)
    if terminal.kind == "xml":
        original = deal(terminal, entry, refund=False)
        told = Deal(original.transaction_id, original.timestamp, None, "", "", customer=told.customer)
    return Said(asked, deal=told)


def reconciliation(terminal: "NexoSimulator", asked: Asked) -> Dialogue:
    """The totals of what was not handed over yet."""
    terminal.show(0x17)
    yield from until(terminal, lambda: False, terminal.bank_ms)
    if terminal.faults.no_totals:
        return Said(asked, "Failure", terminal.faults.no_totals_why, "No totals here")
    sums: list[Sum] = []
    entries = terminal.journal.open()
    for scheme, brand in enumerate(texts.SCHEMES):
        taken = [entry for entry in entries if entry.scheme == scheme and not entry.refund]
        given = [entry for entry in entries if entry.scheme == scheme and entry.refund]
        if taken:
            sums.append(Sum(brand, "Debit", len(taken), sum(entry.amount_minor for entry in taken)))
        if given:
            sums.append(Sum(brand, "Credit", len(given), sum(entry.amount_minor for entry in given)))
    for entry in entries:
        entry.settled = True
    return Said(asked, sums=tuple(sums))
