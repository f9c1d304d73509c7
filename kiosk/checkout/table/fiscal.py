"""The fiscal signer."""

from kiosk.checkout import events as e
from kiosk.checkout import fiscal
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import Chapter, Ignored, by_phase

CHAPTER = Chapter(
    rows={
        e.SaleSigned: by_phase(receipt=fiscal.signed, returning=fiscal.return_signed, rest=fiscal.signed_late),
        e.SignerFailed: by_phase(
            receipt=fiscal.failed,
            returning=fiscal.return_unsigned,
            rest=Ignored("what the signer owes is asked for again by its timer"),
        ),
    },
    moves={
        fiscal.signed: (P.THANKS,),
        fiscal.failed: (P.THANKS,),
        fiscal.return_signed: (P.WELCOME, P.CLOSED),
        fiscal.return_unsigned: (P.WELCOME, P.CLOSED),
    },
)
