"""Notice: what the lane has to say, in a word: one sentence for the shopper, or a call for staff."""

from typing import Literal

import msgspec


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence in the banner, by key; gone with the shopper's next act."""

    kind: Literal[
        "unknown",
        "unknown_code",
        "blocked",
        "needs_weight",
        "scale_away",
        "staff_only",
        "recalled",
        "expired",
        "past_best",
        "no_value",
        "too_many",
        "age_ok",
        "age_refused",
        "removed",
        "no_tender",
        "pay_waits",
        "full",
        "store_away",
        "slip_refused",
        "gift_card",
        "gift_card_refused",
        "voucher",
        "paid_part",
        "cash_step",
        "cash_busy",
        "cash_change",
        "cash_owed",
        "cash_no_change",
        "too_much_cash",
        "too_much_external",
        "too_much_here",
        "bad_reference",
        "member",
        "member_saved",
        "coupon",
        "coupon_again",
        "coupon_asked",
        "coupon_refused",
        "coupon_away",
        "coupon_waits",
        "member_unknown",
        "member_away",
        "joined",
        "joined_already",
        "join_bad",
        "join_again",
        "join_away",
        "too_many_of_group",
        "not_today",
        "no_right",
        "approval_refused",
        "not_so_much",
        "not_now",
        "not_in_training",
        "cleaning",
        "audit",
        "audit_left",
        "message",
        "shop_hours",
        "no_clock",
        "too_late",
        "not_printed",
        "item_asked",
        "email_sent",
        "email_bad",
        "email_again",
        "email_away",
        "item_waits",
        "come_back_already",
        "receipt_needed",
        "receipt_unknown",
        "receipt_no_sale",
        "receipt_away",
        "receipt_signed",
        "card_needed",
        "no_price_today",
        "too_much_unproved",
        "too_much_back",
        "too_many_back",
        "no_deposit",
        "basket_asked",
        "basket_away",
        "basket_busy",
        "basket_gone",
        "basket_staff",
        "basket_unknown",
        "badge_unknown",
    ]
    detail: str = ""


class Intervention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that waits for staff. `reason` is what the console and the sale record call it."""

    reason: Literal[
        "age",
        "help",
        "bank",
        "recall",
        "paper",
        "device",
        "disk",
        "reversal",
        "bag",
        "item",
        "audit",
        "cash",
        "external",
        "signature",
        "payback",
        "payout",
        "drawer",
        "door",
        "gate",
        "refund",
    ]
    opened_utc_ms: int
    since_tick: int
    reminded_tick: int = 0
    seen_by: str = ""
    urgent: bool = False
    """Whether nobody at the store has taken it in hand, so that the lamp calls louder."""
    detail: str = ""
