"""Couponing: a coupon goes into the basket, and what it opens is settled with all other offers (`offers.rule`).

Each code counts once a basket. A coupon without a number of its own (the same for everybody) is the lane's affair. One
that may be used only once is asked about: the store *holds* it for this visit under the question's id, the sealed sale
that names its code (`Discount.coupon`) spends it, and if it leaves the basket without having saved anything it is let
go. So a coupon on two lanes at once counts on one of them. While the store says nothing the shop's rule decides:
refuse, or accept as long as all coupons that nobody could be asked about take off no more than a limit; then the store
finds out from the sale if one was used before, and flags it.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.asking import Unanswered, ask, is_asking, release
from kiosk.checkout.effects import Beep, Effect, PublishEvent
from kiosk.checkout.events import CouponScanned
from kiosk.checkout.notice import Notice
from kiosk.checkout.offers.offer import Coupon
from kiosk.checkout.paying import is_settling
from kiosk.checkout.questions import CouponAnswer, CouponAsk
from kiosk.checkout.sale import coupons_of
from kiosk.checkout.state import Asked, Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

MOST = 20
"""Coupons in one basket."""


def scan(state: State, event: CouponScanned) -> Step:
    """One more coupon, unless it lies there already or a part of the old sum is paid."""
    have = state.basket.coupons
    if state.basket.taken:
        return _refused(state, Notice("paid_part"))
    if len(have) >= MOST or any(coupon.code == event.code for coupon in have):
        return _refused(state, Notice("coupon_again"))
    if event.once:
        question = CouponAsk(code=event.code, offer=event.offer)
        return ask(replace(state, notice=Notice("coupon_asked")), question, event.at, because=event)
    return _added(state, event, Coupon(event.code, event.offer))


def scan_first(state: State, event: CouponScanned) -> Step:
    """On the welcome screen it starts the visit, as every scan does."""
    return scan(visit.begin(state, event.at), event)


def scan_while_choosing(state: State, event: CouponScanned) -> Step:
    """On the payment choice: back to the basket, where it shows; not when a part of the old sum is paid."""
    if state.basket.taken or is_settling(state):
        return _refused(state, Notice("paid_part"))
    return scan(replace(state, phase=Phase.SCANNING), event)


def is_waiting(state: State) -> bool:
    """Whether the store is being asked about a coupon: until it has answered, nobody knows what there is to pay."""
    return is_asking(state, CouponAsk)


def _added(state: State, event: CouponScanned, coupon: Coupon) -> Step:
    basket = replace(state.basket, coupons=(*state.basket.coupons, coupon))
    return replace(state, basket=basket, notice=Notice("coupon", event.name)), (Beep("scan-ok"),)


def _refused(state: State, notice: Notice) -> Step:
    return replace(state, notice=notice), (Beep("not-found"),)


def _may_join(state: State, code: str) -> bool:
    """Whether the basket is still open for it when the answer comes."""
    basket = state.basket
    full = len(basket.coupons) >= MOST or any(coupon.code == code for coupon in basket.coupons)
    return state.phase is Phase.SCANNING and not basket.taken and not full


def told(state: State, asked: Asked, answer: CouponAnswer, at: Moment) -> Step:
    """It is kept for this visit, or why it is worth nothing."""
    event = asked.because
    assert isinstance(event, CouponScanned), "a coupon was asked about"
    loose: tuple[Effect, ...] = (release(asked.id),) if answer.held else ()
    if not _may_join(state, event.code):
        return state, loose
    if answer.state == "ok" and answer.held:
        return _added(state, event, Coupon(event.code, event.offer, hold=asked.id))
    state, effects = _refused(state, Notice("coupon_refused", answer.state))
    return state, (*loose, *effects)


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """Nobody can tell whether it was used: the shop's rule."""
    event = asked.because
    assert isinstance(event, CouponScanned), "a coupon was asked about"
    if not _may_join(state, event.code):
        return state, ()
    if unanswered.why == "refused" or not _is_trusted(state, event):
        return _refused(state, Notice("coupon_away"))
    state, effects = _added(state, event, Coupon(event.code, event.offer, risk_minor=event.worth_minor or 0))
    return state, (*effects, PublishEvent("coupon.unchecked", {"code": event.code, "offer": event.offer}))


def _is_trusted(state: State, event: CouponScanned) -> bool:
    """By the coupon's own rule, or else the lane's; what it may take off must be known where there is a limit."""
    rule = state.lane.coupons
    if (event.offline or rule.coupon_offline) != "accept":
        return False
    most = rule.coupon_offline_most_minor
    risked = sum(coupon.risk_minor for coupon in state.basket.coupons)
    return not most or (event.worth_minor is not None and risked + event.worth_minor <= most)


def let_go(before: State, after: State) -> Iterator[Effect]:
    """What the store holds for a coupon that is in no basket of the lane any more, and that no sale has used."""
    if before.basket.coupons is after.basket.coupons and before.parked is after.parked:
        return
    gone = _held(before) - _held(after)
    if not gone:
        return
    used = coupons_of(after.sale) if after.sale is not None and after.sale is not before.sale else frozenset()
    yield from (release(coupon.hold) for coupon in sorted(gone, key=lambda one: one.code) if coupon.code not in used)


def _held(state: State) -> set[Coupon]:
    baskets = (state.basket, *(parked.basket for parked in state.parked))
    return {coupon for basket in baskets for coupon in basket.coupons if coupon.hold}
