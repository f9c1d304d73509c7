"""The card terminal: a word about money is handled everywhere, about an attempt only while it runs."""

from kiosk.checkout import card_refund, charging, doubting, reversing
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import Chapter, Ignored, by_phase, everywhere

_OVER = Ignored("about an attempt that is over; what speaks of money is handled everywhere")

CHAPTER = Chapter(
    rows={
        e.PhoneCodeShown: by_phase(card=charging.code, rest=_OVER),
        e.CardReady: by_phase(card=charging.ready, doubt=charging.ready, returning=card_refund.ready, rest=_OVER),
        e.CardRefused: by_phase(
            card=charging.refused, doubt=charging.refused, returning=card_refund.refused, rest=_OVER
        ),
        e.CardText: by_phase(card=charging.text, doubt=charging.text, returning=charging.text, rest=_OVER),
        e.CardSlip: everywhere(charging.slip),
        e.CardApproved: everywhere(charging.approved),
        e.CardCompleted: everywhere(charging.completed),
        e.CardDeclined: everywhere(charging.declined),
        e.CardInDoubt: by_phase(card=doubting.in_doubt, doubt=doubting.in_doubt, rest=_OVER),
        e.CardAsked: by_phase(card=doubting.asked, doubt=doubting.asked, returning=doubting.asked, rest=_OVER),
        e.CardNotCharged: by_phase(card=charging.not_charged, doubt=charging.not_charged, rest=charging.denied),
        e.CardUnknown: by_phase(card=doubting.unknown, doubt=doubting.unknown, rest=_OVER),
        e.CardReversed: everywhere(reversing.reversed_),
        e.RefundApproved: everywhere(card_refund.approved),
        e.CardRefunded: everywhere(card_refund.refunded),
        e.RefundDeclined: everywhere(card_refund.declined),
        e.RefundInDoubt: by_phase(returning=card_refund.in_doubt, rest=_OVER),
        e.RefundUnknown: by_phase(returning=card_refund.unknown, rest=_OVER),
    },
    moves={
        charging.completed: (P.DOUBT,),
        charging.declined: (P.CARD, P.DOUBT),
        doubting.in_doubt: (P.DOUBT,),
        charging.not_charged: (P.CARD,),
    },
)
