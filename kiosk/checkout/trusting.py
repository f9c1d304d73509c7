"""Trusting: a signed deposit slip that is taken although the store cannot be asked about it.

The store alone knows whether a slip was used before. While it says nothing, the shop's rule decides (`[deposits]`):
refuse, or take a slip whose signature is right, that is not too old and that no slip seen here repeats, up to a sum a
basket and a sum a day on this lane. So what a copied slip can cost is bounded by the number of lanes and that sum. The
sale carries the slip's whole text: the store books it when it hears of it, and flags one that was used elsewhere.

What is seen here is remembered as long as a slip may be trusted, whether the store knew of it or not: a slip that the
store has taken must not be taken again on its signature when the store goes away, nor one that was taken on trust by
the word of a store that is back and has not heard of that sale yet (`trusted_minor`). A slip is taken whole or for what
is left to pay; what it is worth beyond that stays in the books, and is paid when the store is back.
"""

from datetime import date

from kiosk.checkout.lane import DepositRule
from kiosk.checkout.payment import Payment
from kiosk.checkout.state import SlipSeen, State
from kiosk.values.deposit_slip import DepositSlip
from kiosk.values.moment import Moment

MOST_SEEN = 500
"""Slips that are remembered; a lane that has seen so many takes no more on trust until the oldest are too old."""

_TOMORROW = -1
"""After midnight a slip bears the next date, and the business day still the old one."""


def distrust(state: State, slip: DepositSlip, amount_minor: int, at: Moment) -> str:
    """Why so much of this slip is not taken on trust: `away` (the rule), `old`, `used`, `limit`; empty: it is."""
    rule = state.lane.deposits
    if rule.offline != "signed" or slip.currency != state.lane.currency:
        return "away"
    if not _TOMORROW <= _days(slip.issued.isoformat(), at.day) <= rule.offline_days:
        return "old"
    if any(seen.number == slip.number for seen in state.slips_seen):
        return "used"
    here = {taken.tender.attempt for taken in state.basket.taken}
    basket = sum(seen.on_trust_minor for seen in state.slips_seen if seen.attempt in here)
    today = sum(seen.on_trust_minor for seen in state.slips_seen if seen.day == at.day)
    within = basket + amount_minor <= rule.offline_most_minor and today + amount_minor <= rule.offline_day_minor
    return "" if within and len(_recent(state, rule, at)) < MOST_SEEN else "limit"


def is_open(state: State) -> bool:
    """Whether a slip may pay here although the store is away: then the choice of tenders waits for it."""
    return state.lane.deposits.offline == "signed" and "gift_card" in state.lane.tenders and not state.devices.link_up


def trusted_minor(state: State, slip: DepositSlip) -> int:
    """What of this slip was taken here on trust. A store that has more on it than the rest does not know of it yet."""
    return sum(seen.on_trust_minor for seen in state.slips_seen if seen.number == slip.number)


def seen(state: State, payment: Payment, at: Moment) -> tuple[SlipSeen, ...]:
    """What is remembered when this payment is taken."""
    slip = payment.slip
    if slip is None:
        return state.slips_seen
    on_trust_minor = payment.amount.minor if payment.on_trust else 0
    new = SlipSeen(slip.number, payment.attempt, slip.issued.isoformat(), at.day, on_trust_minor)
    return (*_recent(state, state.lane.deposits, at), new)[-MOST_SEEN:]


def _recent(state: State, rule: DepositRule, at: Moment) -> tuple[SlipSeen, ...]:
    """Those that might still be trusted, or count in today's sum."""
    return tuple(s for s in state.slips_seen if s.day == at.day or _days(s.issued, at.day) <= rule.offline_days)


def _days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
