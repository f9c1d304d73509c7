"""Somebody whose PIN was checked."""

from kiosk.checkout import (
    assisting,
    cleaning,
    doubting,
    finishing,
    keylock,
    parking,
    reversing,
    setting_up,
    slip_signature,
    trying_parts,
)
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import Chapter, Ignored, by_phase, everywhere

_LEAVING = Ignored("an age is checked before paying; there is nothing to check now")
_NO_SLIP = Ignored("no signature is waited for")

CHAPTER = Chapter(
    rows={
        e.StaffSignedIn: everywhere(assisting.sign_in),
        e.StaffRefused: everywhere(assisting.refuse),
        e.StaffSignedOut: everywhere(assisting.sign_out),
        e.KeylockTurned: everywhere(keylock.turn),
        e.AgeApproved: by_phase(scanning=assisting.approve_age, rest=_LEAVING),
        e.AgeRefused: by_phase(scanning=assisting.refuse_age, rest=_LEAVING),
        e.HelpSeen: everywhere(assisting.see_help),
        e.HelpCleared: everywhere(assisting.clear_help),
        e.BasketRecalled: by_phase(
            welcome=parking.recall,
            scanning=parking.recall,
            closed=Ignored("open the lane first"),
            rest=Ignored("another visit is open"),
        ),
        e.BasketsListed: everywhere(parking.look),
        e.DoubtSettled: by_phase(
            card=doubting.settle_doubt,
            doubt=doubting.settle_doubt,
            rest=Ignored("about an attempt that is over; what speaks of money is handled everywhere"),
        ),
        e.ReversalSettled: everywhere(reversing.settle_reversal),
        e.SignatureChecked: by_phase(card=slip_signature.check, rest=_NO_SLIP),
        e.SignatureSlipAsked: by_phase(card=slip_signature.print_again, rest=_NO_SLIP),
        e.ReprintAsked: everywhere(finishing.reprint),
        e.PartTried: everywhere(trying_parts.try_part),
        e.RollChanged: everywhere(trying_parts.change_roll),
        e.CleaningBegan: by_phase(
            welcome=cleaning.begin, closed=cleaning.begin, rest=Ignored("a shopper is here; it is cleaned afterwards")
        ),
        e.LaneTuned: everywhere(setting_up.tune),
        e.LaneClosed: everywhere(assisting.close_lane),
        e.LaneOpened: everywhere(assisting.open_lane),
    },
    moves={
        assisting.sign_out: (P.WELCOME, P.CLOSED),
        keylock.turn: (P.WELCOME, P.CLOSED),
        assisting.sign_in: (P.SCANNING, P.CARD, P.WELCOME, P.CLOSED),
        parking.recall: (P.SCANNING,),
        doubting.settle_doubt: (P.CARD,),
        assisting.close_lane: (P.CLOSED,),
        assisting.open_lane: (P.WELCOME,),
    },
    staff=(
        e.StaffSignedIn,
        e.AgeApproved,
        e.AgeRefused,
        e.HelpCleared,
        e.BasketRecalled,
        e.BasketsListed,
        e.DoubtSettled,
        e.ReversalSettled,
        e.SignatureChecked,
        e.SignatureSlipAsked,
        e.LaneClosed,
        e.LaneOpened,
        e.ReprintAsked,
        e.PartTried,
        e.RollChanged,
        e.CleaningBegan,
        e.LaneTuned,
        e.StaffSignedOut,
    ),
)
