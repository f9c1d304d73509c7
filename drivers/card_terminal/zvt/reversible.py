"""Reversible: whether a charge may be asked to be taken back, and what says that it was.

A reversal names its charge by a receipt number, which every terminal counts for itself: another terminal would take
back somebody else's charge under it. And only an answer that names the charge's trace is about that charge.
"""

from drivers.card_terminal.zvt import codes
from drivers.card_terminal.zvt.conversation import Ending
from drivers.card_terminal.zvt.messages import Status
from drivers.card_terminal.zvt.session import Session
from drivers.events import TerminalRecord

RECEIPT_DIGITS = 4


def is_reversed_already(ending: Ending, last: Status | None) -> bool:
    """Whether the order came to nothing because there is nothing more to give back."""
    said = (ending.code, int(last.result or "0", 16) if last is not None else 0)
    return ending.how in ("refused", "aborted") and codes.ALREADY_REVERSED in said


def why_not(session: Session, charge: TerminalRecord) -> str:
    """Why this terminal may not be asked to reverse the charge; empty if it may. Its number alone names a charge, so
    what is asked must be the terminal that gave it."""
    if not session.terminal_id or charge.terminal_id != session.terminal_id:
        return "other_terminal"
    return "" if has_number(charge) and charge.trace.isdigit() else "no_number"


def has_number(charge: TerminalRecord) -> bool:
    """Whether the charge has a receipt number that fits into an order (field 87: four digits)."""
    return charge.receipt.isdigit() and len(charge.receipt) <= RECEIPT_DIGITS


def reverses(status: Status, charge: TerminalRecord) -> bool:
    """Whether this transaction is the reversal of that charge."""
    found = status.record
    same_trace = found.original_trace.isdigit() and charge.trace.isdigit()
    same_trace = same_trace and int(found.original_trace) == int(charge.trace)
    return status.result == codes.APPROVED and same_trace and found.amount_minor == charge.amount_minor
