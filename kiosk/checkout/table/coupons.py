"""Coupons count until their basket is paid for."""

from kiosk.checkout import couponing
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import Chapter, Ignored, by_phase

CHAPTER = Chapter(
    rows={
        e.CouponScanned: by_phase(
            welcome=couponing.scan_first,
            scanning=couponing.scan,
            paying=couponing.scan_while_choosing,
            rest=Ignored("a coupon counts until its basket is paid for"),
        )
    },
    moves={couponing.scan_first: (P.SCANNING,), couponing.scan_while_choosing: (P.SCANNING,)},
    shopper=(e.CouponScanned,),
)
