"""Couponing: a coupon goes into the basket, and what it opens is settled with all other offers (`offers.rule`).

Each code counts once a basket. Whether a code was used in another basket is not asked: a coupon that may be used only
once belongs among the store's vouchers.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import CouponScanned
from kiosk.checkout.notice import Notice
from kiosk.checkout.offers.offer import Coupon
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step

MOST = 20


def scan(state: State, event: CouponScanned) -> Step:
    """One more coupon, unless it lies there already."""
    have = state.basket.coupons
    if len(have) >= MOST or any(coupon.code == event.code for coupon in have):
        return replace(state, notice=Notice("coupon_again")), (Beep("not-found"),)
    coupons = (*have, Coupon(event.code, event.offer))
    return replace(state, basket=replace(state.basket, coupons=coupons), notice=Notice("coupon", event.name)), (
        Beep("scan-ok"),
    )


def scan_first(state: State, event: CouponScanned) -> Step:
    """On the welcome screen it starts the visit, as every scan does."""
    return scan(visit.begin(state, event.at), event)


def scan_while_choosing(state: State, event: CouponScanned) -> Step:
    """On the payment choice: back to the basket, where it shows; not when a part of the old sum is paid."""
    if state.basket.taken:
        return replace(state, notice=Notice("paid_part")), (Beep("not-found"),)
    return scan(replace(state, phase=Phase.SCANNING), event)
