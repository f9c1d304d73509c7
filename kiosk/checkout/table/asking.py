"""What the store answers, and what is asked of it by a scan or a number."""

from kiosk.checkout import answers, gift_card, joining, mailing, membership, parking
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import AMOUNT_FIXED, LATE, Chapter, Ignored, by_phase, everywhere

_LEAVING = Ignored("the visit is over; a card counts until goodbye")

CHAPTER = Chapter(
    rows={
        e.QuestionAnswered: by_phase(
            welcome=answers.answered_first, receipt=answers.answered_after_paying, rest=answers.answered
        ),
        e.QuestionUnanswered: everywhere(answers.unanswered),
        e.GiftCardScanned: by_phase(
            welcome=gift_card.balance_first,
            scanning=gift_card.balance,
            paying=gift_card.pay,
            rest=Ignored("a gift card is asked about while shopping and taken on the payment choice"),
        ),
        e.BasketScanned: by_phase(
            welcome=parking.scan_first,
            scanning=parking.scan,
            closed=Ignored("open the lane first"),
            rest=Ignored("another visit is open"),
        ),
        e.MemberCalled: by_phase(
            welcome=membership.call_first,
            card=AMOUNT_FIXED,
            doubt=AMOUNT_FIXED,
            returning=AMOUNT_FIXED,
            thanks=_LEAVING,
            closed=_LEAVING,
            rest=membership.call,
        ),
        e.SignUpOpened: by_phase(
            thanks=joining.begin, rest=Ignored("only goodbye is too short to type a number or an address in")
        ),
        e.EmailOpened: by_phase(receipt=mailing.begin, rest=LATE),
        e.EmailTyped: by_phase(receipt=mailing.send, rest=LATE),
        e.SignUpPressed: by_phase(scanning=joining.join, thanks=joining.join, rest=LATE),
    },
    moves={
        parking.scan_first: (P.SCANNING,),
        answers.answered_first: (P.SCANNING,),
        gift_card.balance_first: (P.SCANNING,),
        membership.call_first: (P.SCANNING,),
        answers.answered_after_paying: (P.THANKS,),
    },
    shopper=(
        e.BasketScanned,
        e.GiftCardScanned,
        e.MemberCalled,
        e.SignUpOpened,
        e.SignUpPressed,
        e.EmailOpened,
        e.EmailTyped,
    ),
)
