"""Goods that come back."""

from kiosk.checkout import card_refund, refunding, reprinting
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import CLOSED, Chapter, Ignored, by_phase

_NO_RETURN = Ignored("nobody is taking goods back")

CHAPTER = Chapter(
    rows={
        e.ReturnBegan: by_phase(
            welcome=refunding.begin, closed=CLOSED, rest=Ignored("goods are taken back between two visits")
        ),
        e.ReceiptShown: by_phase(returning=refunding.show, rest=refunding.elsewhere),
        e.CopyAsked: by_phase(returning=reprinting.wanted, rest=_NO_RETURN),
        e.NoReceipt: by_phase(returning=refunding.without_receipt, rest=_NO_RETURN),
        e.EmptiesBegan: by_phase(returning=refunding.empties, rest=_NO_RETURN),
        e.PieceReturned: by_phase(returning=refunding.choose, rest=_NO_RETURN),
        e.ReturnConfirmed: by_phase(returning=refunding.confirm, rest=_NO_RETURN),
        e.ReturnDropped: by_phase(returning=refunding.drop, rest=_NO_RETURN),
        e.RefundSettled: by_phase(returning=card_refund.settle, rest=_NO_RETURN),
    },
    moves={refunding.begin: (P.RETURNING,), refunding.drop: (P.WELCOME, P.CLOSED)},
    shopper=(e.ReceiptShown,),
    staff=(
        e.ReturnBegan,
        e.CopyAsked,
        e.NoReceipt,
        e.EmptiesBegan,
        e.PieceReturned,
        e.ReturnConfirmed,
        e.ReturnDropped,
        e.RefundSettled,
    ),
)
