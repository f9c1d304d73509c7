"""Slip, paid: what stands on the paper when all is paid, from the receipt choice to the goodbye."""

from kiosk.checkout.sale import CashCounted, Sale
from kiosk.ui.measure import text_width, wrap
from kiosk.ui.room import Room
from kiosk.ui.scene import Element, Icon, Label, Rect
from kiosk.ui.screens.face import USUAL_ROOM
from kiosk.ui.screens.paper import dotted, head, note, paper, ruling, total
from kiosk.ui.screens.slip_sum import tender_name
from kiosk.ui.words import Words
from kiosk.values.money import Money


def paid(
    sale: Sale, sealed_utc_ms: int, words: Words, *, short: bool = False, room: Room = USUAL_ROOM
) -> tuple[Element, ...]:
    """`Paid`, with the last digits of the card. `short`: hung lower, leaving room for the staff's chip (18c)."""
    r, px, slip = ruling(room), room.px, room.zones.slip
    top = px(100) if short else 0
    less = saved(sale)
    end = slip.h if r.beneath else slip.h - r.sum_h - 1 - (r.savings_h if less else 0)
    how, how_px = tendered(sale, words), room.font(28)
    rows = len(wrap(how, r.wide, how_px))
    title_h, how_h = round(room.font(44) * 1.2), round(rows * how_px * 1.3) + 4
    first = top if short else r.top
    free = end - first - title_h - how_h - px(20)
    circle = min(px(130 if short else 150), free - px(16))
    pictured = circle >= px(60)
    block = title_h + how_h + (circle + px(10) if pictured else 0)
    y = first + max(0, (end - first - block) // 2)
    painted: list[Element] = [*paper(top, room=room)]
    if not short:
        title = words.say("Receipt")
        painted += head(title, "", room)
        beside = text_width(title, room.font(32), 700) + px(32)
        when = words.day_and_time(sealed_utc_ms)
        if text_width(when, room.font(24)) <= r.wide - beside:
            painted.append(Label(Rect(r.left + beside, px(22), r.wide - beside, px(42)), when, room.font(24),
                                 colour="ink2", align="end"))  # fmt: skip
    if pictured:
        painted.append(Icon(Rect(slip.x, y, slip.w, circle), "check-circle", "primary", circle))
        y += circle + px(10)
    return (
        *painted,
        Label(Rect(r.left, y, r.wide, title_h), words.say("Paid"), room.font(44), 700, True, align="centre"),
        Label(Rect(r.left, y + title_h, r.wide, how_h), how, how_px, align="centre", max_lines=max(1, rows)),
        *(() if r.beneath else (dotted(end, room),)),
        *total(Money(sale.to_pay_minor), words, saved=less, room=room),
    )


def saved(sale: Sale) -> Money:
    """What offers and staff took off, as the sale's record has it."""
    return Money(-sum(one.amount_minor for line in sale.lines for one in line.discounts))


def tendered(sale: Sale, words: Words) -> str:
    """`Card ending 4021`; without digits where the terminal told none. Several: their names. Cash: the change."""
    if not sale.tenders:
        return words.say("There was nothing to pay")
    if len(sale.tenders) > 1:
        return " + ".join(tender_name(tender.kind, words) for tender in sale.tenders)
    (only,) = sale.tenders
    if isinstance(only.cash, CashCounted) and only.cash.change_minor:
        return words.say("Cash, change {amount}", amount=words.money(Money(only.cash.change_minor)))
    if only.kind != "card":
        return tender_name(only.kind, words)
    card = next((tender.card for tender in sale.tenders if tender.card), None)
    digits = "".join(letter for letter in (card.masked if card else "") if letter.isdigit())[-4:]
    return words.say("Card ending {digits}", digits=digits) if digits else words.say("Card")


def countdown(rect: Rect, text: str, room: Room = USUAL_ROOM) -> Element:
    """The sentence below the paper that says what happens by itself, and when."""
    return note(rect, "timer-sand", text, room)
