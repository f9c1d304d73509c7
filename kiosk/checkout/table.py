"""TABLE: every phase and every event type, to a handler or to the reason why nothing is done.

Rows are written by phase, the columns that are alike everywhere once. A pair named twice is refused when the module
loads; a pair named nowhere fails the table test. Handlers that move the lane to another phase say where to
(`MOVES`), and the chart in the README is drawn from both.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from kiosk.checkout import (
    answers,
    approving,
    assisting,
    bagging,
    charging,
    checking,
    closing,
    conditions,
    couponing,
    desk,
    doubting,
    finishing,
    fiscal,
    gift_card,
    membership,
    permitting,
    recovering,
    reversing,
    scanning,
    taking_cash,
    tendering,
    timing,
    weighing,
)
from kiosk.checkout import events as e
from kiosk.checkout.events import Event
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step

Handler = Callable[[State, Any], Step]


class Ignored(msgspec.Struct, frozen=True):
    """Nothing is done, and this is why."""

    why: str


P = Phase
ALL = tuple(Phase)
NOBODY = (P.WELCOME, P.CLOSED)
SERVED = (P.SCANNING, P.PAYING, P.CARD, P.DOUBT, P.RECEIPT, P.THANKS)

Rows = list[tuple[tuple[Phase, ...], dict[type[Event], Handler | Ignored]]]

_LATE = Ignored("a touch that was on its way when the screen changed")
_AMOUNT_FIXED = Ignored("the amount is with the terminal; the basket cannot change now")
_NO_PROMPT = Ignored("no such prompt is open in this phase")
_CLOSED = Ignored("the lane is closed")
_NO_BASKET = Ignored("there is no open basket")
_SEALED = Ignored("the sale is sealed")

ROWS: Rows = [
    (ALL, {
        e.Restarted: recovering.restart,
        e.TimePassed: timing.pass_time,
        e.DiskLow: conditions.disk_low,
        e.DiskFine: conditions.disk_fine,
        e.DeviceLost: conditions.lose_device,
        e.DeviceFound: conditions.find_device,
        e.PaperChanged: conditions.paper,
        e.LinkChanged: conditions.link,
        e.SequenceSeen: conditions.sequence,
        e.PriceBookChanged: conditions.price_book,
        e.DrawerMoved: conditions.drawer,
        e.Touched: scanning.touched,
        e.WeightShown: weighing.shown,
        e.HelpCalled: scanning.call_help,
        e.HelpDismissed: scanning.dismiss_help,
        e.StaffSignedIn: assisting.sign_in,
        e.StaffRefused: assisting.refuse,
        e.StaffSignedOut: assisting.sign_out,
        e.BadgeShown: desk.show_badge,
        e.ApprovalDropped: approving.drop,
        e.HelpSeen: assisting.see_help,
        e.HelpCleared: assisting.clear_help,
        e.LaneClosed: assisting.close_lane,
        e.LaneOpened: assisting.open_lane,
        e.ReprintAsked: finishing.reprint,
        e.ReceiptPrinted: finishing.printed,
        e.ReceiptFailed: finishing.failed,
        e.CardSlip: charging.slip,
        e.CardApproved: charging.approved,
        e.CardCompleted: charging.completed,
        e.CardDeclined: charging.declined,
        e.CardReversed: reversing.reversed_,
        e.ReversalSettled: reversing.settle_reversal,
        e.MoreTimeAsked: scanning.more_time,
        e.StillHere: scanning.still_here,
        e.QuestionAnswered: answers.answered,
        e.QuestionUnanswered: answers.unanswered,
        e.BagWeightSeen: bagging.weigh,
        e.CashReturned: taking_cash.return_cash,
        e.DrawerAsked: taking_cash.open_drawer,
        e.DayBegan: closing.begin,
        e.DayClosed: closing.close,
        e.CashMoved: closing.move_cash,
        e.DrawerCounted: closing.count,
        e.CardsSettled: closing.settled,
    }),
    ((P.THANKS,), {e.GiftReceiptAsked: finishing.gift}),
    (tuple(p for p in ALL if p is not P.THANKS), {e.GiftReceiptAsked: _LATE}),
    ((P.RECEIPT,), {e.SaleSigned: fiscal.signed, e.SignerFailed: fiscal.failed}),
    (tuple(p for p in ALL if p is not P.RECEIPT), {
        e.SaleSigned: fiscal.signed_late,
        e.SignerFailed: Ignored("what the signer owes is asked for again by its timer")}),
    ((P.WELCOME,), {e.GiftCardScanned: gift_card.balance_first, e.MemberCalled: membership.call_first}),
    ((P.SCANNING,), {e.GiftCardScanned: gift_card.balance}),
    ((P.PAYING,), {e.GiftCardScanned: gift_card.pay}),
    ((P.CARD, P.DOUBT, P.RECEIPT, P.THANKS, P.CLOSED), {
        e.GiftCardScanned: Ignored("a gift card is asked about while shopping and taken on the payment choice")}),
    ((P.WELCOME,), {e.CouponScanned: couponing.scan_first}),
    ((P.SCANNING,), {e.CouponScanned: couponing.scan}),
    ((P.PAYING,), {e.CouponScanned: couponing.scan_while_choosing}),
    ((P.CARD, P.DOUBT, P.RECEIPT, P.THANKS, P.CLOSED), {
        e.CouponScanned: Ignored("a coupon counts until its basket is paid for")}),
    ((P.SCANNING, P.PAYING, P.RECEIPT), {e.MemberCalled: membership.call}),
    ((P.CARD, P.DOUBT), {e.MemberCalled: _AMOUNT_FIXED}),
    ((P.THANKS, P.CLOSED), {e.MemberCalled: Ignored("the visit is over; a card counts until goodbye")}),
    ((P.CARD, P.DOUBT), {
        e.CardReady: charging.ready,
        e.CardRefused: charging.refused,
        e.CardText: charging.text,
        e.CardInDoubt: doubting.in_doubt,
        e.CardAsked: doubting.asked,
        e.CardNotCharged: charging.not_charged,
        e.CardUnknown: doubting.unknown,
        e.DoubtSettled: doubting.settle_doubt,
        e.Stored: tendering.stored,
    }),
    ((P.WELCOME, P.SCANNING, P.PAYING, P.RECEIPT, P.THANKS, P.CLOSED), dict.fromkeys(
        (e.CardReady, e.CardRefused, e.CardText, e.CardInDoubt, e.CardAsked, e.CardUnknown, e.DoubtSettled),
        Ignored("about an attempt that is over; what speaks of money is handled everywhere"))),
    ((P.WELCOME, P.SCANNING, P.PAYING, P.RECEIPT, P.THANKS, P.CLOSED), {e.CardNotCharged: charging.denied}),
    ((P.WELCOME, P.SCANNING, P.RECEIPT, P.THANKS, P.CLOSED), {e.Stored: Ignored("no payment waits for the disk")}),
    ((P.WELCOME,), {
        e.StartPressed: scanning.start,
        e.ItemFound: scanning.item_first,
        e.ItemUnknown: scanning.unknown_first,
        e.PromptClosed: scanning.close_prompt,
        e.BasketRecalled: assisting.recall,
    }),
    ((P.SCANNING,), {
        e.ItemFound: scanning.item,
        e.ItemUnknown: scanning.unknown,
        e.QuantityChanged: scanning.change_quantity,
        e.LineVoided: scanning.void_line,
        e.WeighingAccepted: weighing.accept,
        e.WeighingLeft: weighing.leave,
        e.PriceCheckOpened: checking.begin,
        e.PriceCheckClosed: checking.end,
        e.PriceCheckBought: checking.buy,
        e.ItemAllowed: permitting.allow,
        e.ItemDenied: permitting.deny,
        e.ItemKeyed: permitting.key,
        e.PromptClosed: scanning.close_prompt,
        e.PayPressed: scanning.pay,
        e.BasketSaved: scanning.save_basket,
        e.ShoppingStopped: scanning.stop,
        e.AgeApproved: assisting.approve_age,
        e.AgeRefused: assisting.refuse_age,
        e.LineRemoved: desk.remove_line,
        e.PriceChanged: desk.change_price,
        e.DiscountGiven: desk.give_discount,
        e.BasketRecalled: assisting.recall,
        e.BaggingSkipped: bagging.skip,
        e.OwnBagPlaced: bagging.own_bag,
        e.BagMoved: bagging.moved,
    }),
    ((P.PAYING,), {
        e.ItemFound: scanning.item_while_choosing,
        e.ItemUnknown: scanning.unknown_while_choosing,
        e.CardChosen: tendering.choose,
        e.CashChosen: tendering.choose_cash,
        e.CashGiven: taking_cash.give,
        e.TenderCancelled: tendering.cancel_tender,
        e.Stored: tendering.stored,
        e.BackPressed: scanning.back_to_scanning,
        e.BasketSaved: scanning.save_basket,
        e.ShoppingStopped: scanning.stop,
    }),
    ((P.CARD,), {
        e.ItemFound: scanning.item_after_decline,
        e.ItemUnknown: _AMOUNT_FIXED,
        e.CardChosen: tendering.try_again,
        e.BackPressed: tendering.back,
        e.CancelPressed: charging.cancel,
        e.BasketSaved: tendering.save_after_decline,
        e.ShoppingStopped: tendering.stop_after_decline,
    }),
    ((P.DOUBT,), {
        e.ItemFound: _AMOUNT_FIXED,
        e.ItemUnknown: _AMOUNT_FIXED,
    }),
    ((P.RECEIPT,), {
        e.ItemFound: scanning.item_next_visit,
        e.ItemUnknown: Ignored("a receipt's or a bag's code; the shopper is leaving"),
        e.ReceiptChosen: finishing.choose,
        e.DonePressed: finishing.done,
    }),
    ((P.THANKS,), {
        e.ItemFound: scanning.item_next_visit,
        e.ItemUnknown: Ignored("a receipt's or a bag's code; the shopper is leaving"),
        e.StartPressed: Ignored("goodbye is still on the screen"),
        e.DonePressed: finishing.goodbye,
    }),
    ((P.CLOSED,), {
        e.StartPressed: _CLOSED,
        e.ItemFound: _CLOSED,
        e.ItemUnknown: _CLOSED,
        e.PromptClosed: scanning.close_prompt,
        e.BasketRecalled: Ignored("open the lane first"),
    }),
    (tuple(p for p in ALL if p is not P.CLOSED), {e.LanguageChosen: scanning.choose_language}),
    ((P.CLOSED,), {e.LanguageChosen: scanning.choose_language}),
    ((P.SCANNING, P.PAYING, P.CARD, P.DOUBT, P.RECEIPT), {e.StartPressed: _LATE}),
    (tuple(p for p in ALL if p is not P.SCANNING), dict.fromkeys(
        (e.QuantityChanged, e.LineVoided, e.PayPressed, e.WeighingAccepted, e.WeighingLeft,
         e.BaggingSkipped, e.OwnBagPlaced, e.BagMoved, e.PriceCheckOpened, e.PriceCheckClosed,
         e.PriceCheckBought), _LATE)),
    ((P.SCANNING, P.PAYING, P.CARD, P.DOUBT), {e.BagAccepted: bagging.accept}),
    ((P.WELCOME, P.RECEIPT, P.THANKS, P.CLOSED), {e.BagAccepted: Ignored("nothing on the shelf waits to be paid")}),
    (tuple(p for p in ALL if p is not P.SCANNING), dict.fromkeys(
        (e.ItemAllowed, e.ItemDenied, e.ItemKeyed), Ignored("items are sold while the basket is open for them"))),
    (tuple(p for p in ALL if p is not P.SCANNING), dict.fromkeys(
        (e.AgeApproved, e.AgeRefused), Ignored("an age is checked before paying; there is nothing to check now"))),
    (tuple(p for p in ALL if p is not P.SCANNING), dict.fromkeys(
        (e.LineRemoved, e.PriceChanged, e.DiscountGiven), Ignored("staff change a basket only while it is open"))),
    ((P.PAYING, P.CARD, P.DOUBT, P.RECEIPT, P.THANKS), {e.PromptClosed: _NO_PROMPT}),
    (tuple(p for p in ALL if p not in (P.PAYING, P.CARD)), dict.fromkeys((e.CardChosen, e.BackPressed), _LATE)),
    (tuple(p for p in ALL if p is not P.CARD), {e.CancelPressed: _LATE}),
    (tuple(p for p in ALL if p is not P.PAYING), dict.fromkeys((e.CashChosen, e.CashGiven, e.TenderCancelled), _LATE)),
    ((P.DOUBT,), dict.fromkeys((e.BasketSaved, e.ShoppingStopped), _AMOUNT_FIXED)),
    ((P.WELCOME, P.CLOSED), dict.fromkeys((e.BasketSaved, e.ShoppingStopped), _NO_BASKET)),
    ((P.RECEIPT, P.THANKS), dict.fromkeys((e.BasketSaved, e.ShoppingStopped), _SEALED)),
    (tuple(p for p in ALL if p is not P.RECEIPT), {e.ReceiptChosen: _LATE}),
    (tuple(p for p in ALL if p not in (P.RECEIPT, P.THANKS)), {e.DonePressed: _LATE}),
    ((P.PAYING, P.CARD, P.DOUBT, P.RECEIPT, P.THANKS), {e.BasketRecalled: Ignored("another visit is open")}),
]  # fmt: skip

MOVES: dict[Handler, tuple[Phase, ...]] = {
    assisting.sign_in: (P.SCANNING, P.CARD, P.WELCOME, P.CLOSED),  # a second person: what they approve is done
    recovering.restart: (P.DOUBT,),
    timing.pass_time: (P.WELCOME, P.CLOSED, P.THANKS, P.SCANNING),
    scanning.start: (P.SCANNING,),
    scanning.item_first: (P.SCANNING,),
    scanning.unknown_first: (P.SCANNING,),
    gift_card.balance_first: (P.SCANNING,),
    membership.call_first: (P.SCANNING,),
    couponing.scan_first: (P.SCANNING,),
    couponing.scan_while_choosing: (P.SCANNING,),
    scanning.item_next_visit: (P.SCANNING,),
    scanning.item_while_choosing: (P.SCANNING,),
    scanning.unknown_while_choosing: (P.SCANNING,),
    scanning.item_after_decline: (P.SCANNING,),
    scanning.pay: (P.PAYING, P.CARD, P.RECEIPT),
    scanning.back_to_scanning: (P.SCANNING,),
    scanning.save_basket: (P.WELCOME, P.CLOSED),
    scanning.stop: (P.WELCOME, P.CLOSED),
    tendering.choose: (P.CARD,),
    tendering.try_again: (P.PAYING,),
    tendering.back: (P.PAYING,),
    tendering.save_after_decline: (P.WELCOME, P.CLOSED),
    tendering.stop_after_decline: (P.WELCOME, P.CLOSED),
    doubting.in_doubt: (P.DOUBT,),
    charging.completed: (P.DOUBT,),
    charging.declined: (P.CARD, P.DOUBT),
    charging.not_charged: (P.CARD,),
    doubting.settle_doubt: (P.CARD,),
    tendering.stored: (P.RECEIPT, P.PAYING),
    finishing.choose: (P.THANKS,),
    finishing.done: (P.THANKS,),
    finishing.goodbye: (P.WELCOME, P.CLOSED),
    finishing.failed: (P.RECEIPT,),
    fiscal.signed: (P.THANKS,),
    fiscal.failed: (P.THANKS,),
    assisting.recall: (P.SCANNING,),
    assisting.close_lane: (P.CLOSED,),
    assisting.open_lane: (P.WELCOME,),
}
"""Where a handler may move the lane. Besides these, the rule between visits joins WELCOME and CLOSED (out of order)."""


def _table(rows: Rows) -> dict[tuple[Phase, type[Event]], Handler | Ignored]:
    table: dict[tuple[Phase, type[Event]], Handler | Ignored] = {}
    for phases, columns in rows:
        for phase in phases:
            for kind, cell in columns.items():
                assert (phase, kind) not in table, f"{phase} {kind.__name__} stands in the table twice"
                table[phase, kind] = cell
    return table


TABLE = _table(ROWS)
