"""Containers: empties that staff take back by hand, and what is given for them. Pure; the flow is `refunding`'s.

An empty is a thing of which only the deposit is left: its goods are worth nothing, nobody sells it again, and so it
moves no stock. A scanned product gives its own deposit, one without a barcode that of its class (the pack's). There is
no sale behind it: shops take back what others have sold.

It is paid in cash, or with a slip that pays at every lane. The store puts the slip into its books when it takes the
sealed return. Its number has a tail that nobody can guess: it is made of the lane's secret, and of nothing that changes
when the slip is printed again.
"""

from msgspec.structs import replace

from kiosk.checkout.finishing import printer_works
from kiosk.checkout.item import Item
from kiosk.checkout.refund import Refund
from kiosk.checkout.state import State
from kiosk.values.canonical import digest
from kiosk.values.money import ZERO

_LONGEST, _TAIL = 40, 12
"""Characters of a number that scanners are understood by, and of its tail."""


def empty_of(item: Item) -> Item:
    """What is left of a thing when it is empty."""
    return replace(item, price=ZERO, priced="staff", offers=(), sold_by="each", open_price=False, age_limit=0)


def prints_slips(state: State) -> bool:
    """Whether a slip can be given now."""
    return bool(state.lane.slip_begins) and printer_works(state)


def slip_number(state: State, refund: Refund) -> str:
    """`KD-k01-17-4F0A93C2E81B`: of the return that is open; where that is too long, without the lane."""
    begins, secret = state.lane.slip_begins, digest(state.audit_seed, ["deposit slip", state.lane.store])
    tail = digest(secret, [state.lane.till, state.sequence, state.chain, refund.started_utc_ms])[:_TAIL].upper()
    number = f"{begins}{state.lane.till}-{state.sequence}-{tail}"
    return number if len(number) <= _LONGEST else f"{begins}{tail}"
