"""Banner: one bold sentence, perhaps a plain one, never more than one banner at a time.

First the reason of a disabled button that was just touched, then what the last act came to (`state.notice`), then that
the scanner is away, and once per visit that the store cannot be reached (18d). Touching it puts it away.
"""

from typing import NamedTuple

from kiosk.checkout.events import Event, ItemFound, Touched
from kiosk.checkout.notice import Notice
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Icon, Label, Rect
from kiosk.ui.screens.face import USUAL_ROOM, fits, target
from kiosk.ui.view import CloseBanner, Look, View
from kiosk.ui.words import Words
from kiosk.values.money import Money


class Banner(NamedTuple):
    """What it says, its icon, and what a touch says."""

    text: str
    icon: str
    says: Event | Look
    fill: str = "info-soft"
    ink: str = "info"
    text_ink: str = "ink"
    short: str = ""
    """What is said where there is no room for all; empty: the main sentence."""
    closes: bool = True
    """A touch puts it away; otherwise it does what the sentence asks."""
    framed: bool = False
    """In high contrast: what was refused has an octagon and a frame, since no colour tells it."""


_ADDRESS_SHOWN = 40
_REFUSALS = (
    "unknown", "unknown_code", "blocked", "scale_away", "recalled", "expired", "no_value", "age_refused",
    "slip_refused", "gift_card_refused", "coupon_refused", "bad_reference", "email_bad", "email_away", "no_tender",
    "not_today", "too_late", "no_right", "approval_refused", "badge_unknown",
)  # fmt: skip


def banner(state: State, view: View, words: Words) -> Banner | None:
    """The banner to be shown now, if any."""
    if view.why:
        return Banner(view.why, "information-outline", CloseBanner())
    if state.notice is not None:
        shown = _noticed(state.notice, view, words)
        if state.settings.high_contrast and state.notice.kind in _REFUSALS:
            return shown._replace(icon="alert-octagon", ink="ink", framed=True)
        return shown
    if "scanner" in state.devices.lost and state.phase is Phase.SCANNING and not view.page:
        # It stands as long as it is so: else somebody holds one thing after another before a dead window.
        return Banner(words.say("**The scanner does not answer.** Our staff are coming."), "barcode-off", Touched())
    if not state.devices.link_up and not view.offline_seen and state.phase is Phase.SCANNING:
        text = words.say("**We’re open as usual.** Card payments may take a little longer.")
        return Banner(text, "cloud-off-outline", CloseBanner())
    if state.training is not None and state.phase is Phase.SCANNING and not view.page:
        text = words.say("**Training.** Nothing is sold and no card is charged.")
        return Banner(text, "school-outline", Touched(), "staff", "on-staff", text_ink="on-staff")
    return None


def _noticed(notice: Notice, view: View, words: Words) -> Banner:
    if notice.kind == "removed" and len(view.gone) == 1:
        (line,) = view.gone
        again = ItemFound(
            item=line.item, entry=line.entry, count=line.count, weight_g=line.weight_g, amount=line.amount
        )
        return Banner(words.say("**Removed.** Add it back?"), "undo-variant", again, closes=False)
    text = _mailed(view, words) if notice.kind == "email_sent" else notice_text(notice, words)
    if notice.kind == "age_ok":
        return Banner(text, "check-circle", Touched(), "primary-soft", "primary")
    if notice.kind == "email_sent":
        return Banner(text, "information-outline", Touched(), short=words.say("**Your receipt comes by e-mail.**"))
    if notice.kind == "removed":
        return Banner(text, "trash-can-outline", Touched())
    return Banner(text, "information-outline", Touched())


def _mailed(view: View, words: Words) -> str:
    """The address is shown back to whoever typed it; of a member only the store knows it."""
    if not view.mailed_to:
        return words.say("**Your receipt comes by e-mail.**")
    to = view.mailed_to if len(view.mailed_to) <= _ADDRESS_SHOWN else f"{view.mailed_to[: _ADDRESS_SHOWN - 1]}…"
    return words.say("**Your receipt is on its way to** {address}", address=to)


def _of_rights(notice: Notice, words: Words) -> str:
    """What the shop, or somebody's role, does not allow."""
    say = words.say
    if notice.kind == "too_many_of_group":
        return say("**We can sell {count} of these together.** Please leave the rest.", count=notice.detail)
    if notice.kind == "not_today":
        return say("**We can’t sell {name} today.** The rest of your basket is unchanged.", name=notice.detail)
    if notice.kind == "badge_unknown":
        return say("**We don’t know this badge.** Your PIN works without it.")
    if notice.kind == "approval_refused":
        return say("**{name} has said no.** It is not done.", name=notice.detail)
    return say("**{name} may not do this.** Ask somebody who may.", name=notice.detail)


def _of_hours(notice: Notice, words: Words) -> str:
    """When it is sold again: `08:00` of today, `2026-11-26T08:00` of another day, or nobody knows."""
    say, opens = words.say, notice.detail
    if notice.kind == "too_late":
        return say("**The selling hours of {name} are over.** We took it out of your basket.", name=opens)
    if not opens:
        return say("**We can’t sell this just now.** The rest of your basket is unchanged.")
    when = words.wall_clock(opens) if "T" in opens else opens
    if notice.kind == "shop_hours":
        return say("**We sell this from {when} on.** Our staff can help you.", when=when)
    return say("**This may be sold again from {when} on.** The rest of your basket is unchanged.", when=when)


def notice_text(notice: Notice, words: Words) -> str:
    """The sentence for each kind of notice."""
    say = words.say
    match notice.kind:
        case "unknown":
            return say("**We don’t know this barcode.** Try again, or ask our staff.")
        case "unknown_code":
            return say("**We can’t find {code}.** Check the number.", code=_shortened(notice.detail))
        case "blocked":
            return say("**This item can’t be sold here.** Please ask our staff.")
        case "needs_weight":
            return say("**This item must be weighed.** Please ask our staff.")
        case "scale_away":
            return say("**The scale does not answer.** Please ask our staff.")
        case "staff_only":
            return say("**Our staff sell this item.** Please ask them.")
        case "no_clock":
            return say("**Our staff will sell you this.** The clock of this checkout is not set yet.")
        case "recalled":
            return say("**This batch has been called back.** Please give it to our staff.")
        case "expired":
            return say("**This one is past its date.** Please take another, or ask our staff.")
        case "past_best":
            return say("**This one is past its best.** Please take another, or ask our staff.")
        case "no_value":
            return say("**This label has no price.** Please ask our staff for a new one.")
        case "too_many":
            return say("**{count} is the most we can sell of this item.**", count=notice.detail)
        case "too_many_of_group" | "not_today" | "no_right" | "approval_refused" | "badge_unknown":
            return _of_rights(notice, words)
        case "not_now" | "shop_hours" | "too_late":
            return _of_hours(notice, words)
        case "full":
            return say("**The basket is full.** Please pay for it first.")
        case "age_ok":
            return say("**All good, thank you.**")
        case "age_refused":
            return say("**We couldn’t sell this item today.** The rest of your basket is unchanged.")
        case "removed":
            return say("**Removed.** You can scan it again.")
        case "no_tender":
            return say("**The card terminal does not answer.** Please ask our staff.")
        case "paid_part":
            return say("**A part is paid already.** Remove that payment first, or ask our staff.")
        case "not_printed":
            return say("**The report was not printed.** Look at the printer and try again.")
        case "pay_waits":
            return say("**You can’t pay just yet.** Look at the left side of the screen.")
        case _:
            return _of_amounts(notice, words) or _answered(notice, words)


def _of_amounts(notice: Notice, words: Words) -> str:
    """What was keyed, or what it comes to; empty: it is about something else."""
    say = words.say
    match notice.kind:
        case "cash_step":
            return say("**There are no such coins.** Please key in what you were given.")
        case "cash_busy":
            return say("**The cash machine is busy.** Please wait a moment.")
        case "cash_change":
            return say("**Your change is coming: {amount}.** Please take it.", amount=_money(notice, words))
        case "cash_owed":
            return say("**The cash machine has stopped.** Our staff are coming with your money.")
        case "cash_no_change":
            return say("**We can’t change {amount} just now.** Please take it back.", amount=_money(notice, words))
        case "not_so_much":
            return say("**There is not so much in the drawer.** Please count again.")
        case "too_much_external":
            return say("**That is more than is left to pay.** Look at the amount again.")
        case "too_much_here":
            return say("**This checkout does not take so much at once.** Please go to a staffed checkout.")
        case "bad_reference":
            return say("**This number cannot be right.** It has 4 to 12 letters and digits, and is used once.")
        case "too_much_cash":
            return say("**That is far more than the sum.** Please key in what you were given.")
        case _:
            return ""


def _money(notice: Notice, words: Words) -> str:
    return words.money(Money(int(notice.detail)))


def _answered(notice: Notice, words: Words) -> str:
    """What the store said, or that it said nothing."""
    say = words.say
    match notice.kind:
        case "audit":
            return say("**A colleague takes a quick look, then you pay.** Some baskets are checked, this time yours.")
        case "audit_left":
            return say("**Some of them can’t be added here.** Finish, then sell them by hand.")
        case "message":
            return notice.detail
        case "cleaning":
            return say("**Not now.** The screen is being wiped. Scan it again afterwards.")
        case "not_in_training":
            return say("**Not in training.** End the training first.")
        case "store_away":
            return say("**We can’t ask about that just now.** Please try again in a moment.")
        case "gift_card":
            return say("**There is {amount} on this gift card.**", amount=words.money(Money(int(notice.detail))))
        case "voucher":
            worth = words.money(Money(int(notice.detail)))
            return say("**This slip is worth {amount}.** Scan it again when you pay.", amount=worth)
        case "gift_card_refused" if notice.detail == "load":
            return say("**A gift card can’t pay for a gift card.** Please choose another way to pay.")
        case "gift_card_refused":
            return say("**We can’t use this gift card.** Please ask our staff.")
        case "joined" | "joined_already" | "join_bad" | "join_again" | "join_away":
            return _about_joining(notice, words)
        case "slip_refused":
            return _about_slip(notice.detail, words)
        case "member":
            return say("**Member card added.**")
        case "coupon" | "coupon_again" | "coupon_asked" | "coupon_refused" | "coupon_away" | "coupon_waits":
            return _about_coupon(notice, words)
        case "email_bad":
            return say("**We can’t send to this address.** Please look at it again.")
        case "email_again":
            return say("**We had to start again.** Please type your address once more.")
        case "email_away":
            return say("**We can’t send e-mail just now.** Please choose another receipt.")
        case "item_asked":
            return say("**We’re looking this one up.** You can go on scanning.")
        case "item_waits":
            return say("**We’re looking one item up.** Then you can pay.")
        case "basket_asked" | "basket_away" | "basket_busy" | "basket_gone" | "basket_staff" | "basket_unknown":
            return _about_basket(notice, words)
        case "member_saved":
            return say("**Your card is saved.** Points are added later.")
        case "member_unknown":
            return say("**We don’t know this member number.** Try again, or ask our staff.")
        case "member_away":
            return say("**We can’t look up members just now.** Scan your card, it still counts.")
    return _of_returns(notice, words)


def _of_returns(notice: Notice, words: Words) -> str:
    """What staff hear who take goods back."""
    say = words.say
    match notice.kind:
        case "come_back_already":
            return say("**So many have not been sold, or have come back already.**")
        case "receipt_needed":
            return say("**This shop takes nothing back without a receipt.**")
        case "receipt_unknown":
            return say("**The store does not know this receipt.** Check the number.")
        case "receipt_no_sale":
            return say("**Nothing was sold with this receipt here.**")
        case "receipt_away":
            return say("**The store can’t be asked just now.** Please try again later.")
        case "receipt_signed":
            return say("**The store can’t be asked just now.** The receipt proves the sale; a manager signs.")
        case "card_needed":
            return say("**The card payment can’t be reversed any more.** Ask for the card: the money goes onto it.")
        case "no_price_today":
            return say("**{name} has no price that can be paid back.** Look for the receipt.", name=notice.detail)
        case "too_much_back":
            return say("**{amount} is the most for empties at once.**", amount=words.money(Money(int(notice.detail))))
        case "too_many_back":
            return say("**{count} is the most of one kind.** Pay these back first, then count on.", count=notice.detail)
        case "no_deposit":
            return say("**There is no deposit on {name}.**", name=notice.detail)
        case "too_much_unproved":
            return say("**That is more than may be paid back without asking the store.**")
    raise AssertionError(f"no sentence for {notice.kind}")


def _about_joining(notice: Notice, words: Words) -> str:
    say = words.say
    match notice.kind:
        case "joined":
            return say("**Welcome, you are a member now.** Next time, just type what you typed today.")
        case "joined_already" if notice.detail == "points":
            return say("**You are a member already.** This purchase gives you points.")
        case "joined_already":
            return say("**You are a member already.** Touch Member card and type it there.")
        case "join_bad":
            return say("**We can’t use this number or address.** Please look at it again.")
        case "join_again":
            return say("**That was interrupted.** Please type it once more.")
    return say("**You can’t become a member just now.** Please try again later. Nothing was kept.")


def _about_coupon(notice: Notice, words: Words) -> str:
    say = words.say
    match notice.kind, notice.detail:
        case "coupon", offer:
            return say("**Coupon added:** {offer}", offer=offer)
        case "coupon_again", _:
            return say("**This coupon is in your basket already.**")
        case "coupon_asked", _:
            return say("**We’re checking this coupon.** One moment, please.")
        case "coupon_waits", _:
            return say("**We’re checking your coupon.** Then you can pay.")
        case "coupon_away", _:
            return say("**We can’t check this coupon just now.** Please try again in a moment.")
        case "coupon_refused", "used":
            return say("**This coupon has been used already.**")
        case "coupon_refused", "in_use":
            return say("**This coupon is being used at another checkout.**")
        case "coupon_refused", "expired":
            return say("**This coupon has run out.**")
    return say("**We can’t use this coupon.** Please ask our staff.")


def _about_slip(why: str, words: Words) -> str:
    match why:
        case "used":
            return words.say("**This slip has been used here.** What is left on it can be paid when we can ask again.")
        case "old":
            return words.say("**This slip is too old to take just now.** Please try again in a moment.")
        case "limit":
            return words.say("**We can’t take more slips just now.** Please try again in a moment.")
    return words.say("**We can’t ask about that just now.** Please try again in a moment.")


def _about_basket(notice: Notice, words: Words) -> str:
    say = words.say
    match notice.kind:
        case "basket_asked":
            return say("**One moment, please.** We’re fetching this basket.")
        case "basket_away":
            return say("**The store has this basket and does not answer.** Please try again in a moment.")
        case "basket_busy":
            return say("**Finish this basket first.** Then the other one can come back.")
        case "basket_gone":
            return say("**This basket is at checkout {till} already.**", till=notice.detail)
        case "basket_staff":
            return say("**Our staff bring this basket back.** They are on their way.")
    return say("**We can’t find this basket.** It may be back at a checkout already.")


def _shortened(code: str) -> str:
    return code if len(code) <= 14 else f"{code[:13]}…"


def paint(shown: Banner, rect: Rect, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """The banner in its place; the whole of it can be touched, unless it stands above what hands reach.

    Words that need more than their place are set in the smallest type, then without the icon; then the main sentence
    stands alone (the voice says all of it).
    """
    plain = shown.text.replace("**", "")
    name = words.say("Close the note: {text}", text=plain) if shown.closes else plain
    beside = Rect(rect.x + room.px(84), rect.y + 8, rect.w - room.px(108), rect.h - 16)
    alone = Rect(rect.x + room.px(16), rect.y + 6, rect.w - room.px(32), rect.h - 12)
    main = shown.short or _main(shown.text)
    usual = layout.UTILITY_TEXT if rect.w > 600 else 24
    for said, size, text in (
        (shown.text, usual, beside), (shown.text, 24, beside), (shown.text, 24, alone), (main, 24, beside),
        (main, 24, alone),
    ):  # fmt: skip
        if fits(said, text.w, _rows(text.h, room.font(size)), room.font(size), 500):
            break
    marked = text is beside
    mark = Icon(Rect(rect.x + room.px(20), rect.y, room.px(48), rect.h), shown.icon, shown.ink, room.icon(44))
    font, edge = room.font(size), ("ink", 6) if shown.framed else ("", 0)
    group = "note" if shown.closes else "stage"
    touch = target(rect, shown.says, name, style="bare", group=group)
    close = min(1.22, max(1.0, text.h / (2 * font)))
    return (
        *(() if rect.y < room.top_touch else (touch,)),
        Box(rect, shown.fill, *edge, room.px(20), enters=f"banner {plain}"),
        *((mark,) if marked else ()),
        Label(text, said, font, 500, colour=shown.text_ink, max_lines=_rows(text.h, font), line_height=close),
    )


def _main(text: str) -> str:
    """The bold sentence, or the first one."""
    if text.startswith("**"):
        return text[: text.find("**", 2) + 2]
    return text[: text.find(". ") + 1] or text


def _rows(height: int, size: int) -> int:
    """Lines of a banner's text in that height, the last one's descenders allowed to hang out a little; two as soon as
    they have room close to each other."""
    return max(2 if 2 * size <= height else 1, int((height + size // 5) / (size * 1.22)))
