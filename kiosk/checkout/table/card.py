"""The card terminal: a word about money is handled everywhere, about an attempt only while it runs."""

from kiosk.checkout import charging, doubting, reversing
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import Chapter, Ignored, by_phase, everywhere

_OVER = Ignored("about an attempt that is over; what speaks of money is handled everywhere")
_NO_REFUND = Ignored("nothing is paid back to a card yet, so no refund can be meant")

CHAPTER = Chapter(
    rows={
        e.CardReady: by_phase(card=charging.ready, doubt=charging.ready, rest=_OVER),
        e.CardRefused: by_phase(card=charging.refused, doubt=charging.refused, rest=_OVER),
        e.CardText: by_phase(card=charging.text, doubt=charging.text, rest=_OVER),
        e.PhoneCodeShown: by_phase(card=charging.code, rest=_OVER),
        e.CardSlip: everywhere(charging.slip),
        e.CardApproved: everywhere(charging.approved),
        e.CardCompleted: everywhere(charging.completed),
        e.CardDeclined: everywhere(charging.declined),
        e.CardInDoubt: by_phase(card=doubting.in_doubt, doubt=doubting.in_doubt, rest=_OVER),
        e.CardAsked: by_phase(card=doubting.asked, doubt=doubting.asked, rest=_OVER),
        e.CardNotCharged: by_phase(card=charging.not_charged, doubt=charging.not_charged, rest=charging.denied),
        e.CardUnknown: by_phase(card=doubting.unknown, doubt=doubting.unknown, rest=_OVER),
        e.CardReversed: everywhere(reversing.reversed_),
        e.RefundApproved: everywhere(_NO_REFUND),
        e.CardRefunded: everywhere(_NO_REFUND),
        e.RefundDeclined: everywhere(_NO_REFUND),
        e.RefundInDoubt: everywhere(_NO_REFUND),
        e.RefundUnknown: everywhere(_NO_REFUND),
    },
    moves={
        charging.completed: (P.DOUBT,),
        charging.declined: (P.CARD, P.DOUBT),
        doubting.in_doubt: (P.DOUBT,),
        charging.not_charged: (P.CARD,),
    },
)
