"""Slip, the sum: what stands on the paper from the payment choice on. As many rows as have room, the sum always."""

from typing import NamedTuple

from kiosk.checkout.pricing import Totals, saved_by_offer, saved_by_staff, totals
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tenders import donation, in_all, left, loaded
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Mark, Rect, Row, Word
from kiosk.ui.screens.deals import is_for_members, members_save
from kiosk.ui.screens.face import USUAL_ROOM
from kiosk.ui.screens.paper import amount_row, dotted, head, paper, row_lines, ruling, total
from kiosk.ui.screens.slip import heading, items
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money
from kiosk.values.money import total as all_of

_TAKEN_SHOWN = 4
_OFFER_ROWS = 6
"""Rows of the sum for offers, the deposit and the tax rates."""


def sums(state: State, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """The basket as a sum, from the payment choice on: as many rows as the paper has room for, the sum always."""
    every = totals(state.basket)
    counted = items(sum(line.count for line in state.basket.goods), words) if state.basket.goods else ""
    taken = state.basket.taken
    whole = in_all(state.basket)
    saved_now = every.saved if not taken else ZERO
    r = ruling(room)
    end = room.zones.slip.h if r.beneath else room.zones.slip.h - r.sum_h - (r.savings_h if saved_now else 0)
    left_word = words.say("Left to pay") if taken else ""
    foot = total(left(state.basket) if taken else whole, words, left_word, saved_now, room)
    rows = _sum_rows(state, every, counted, words, room)
    painted = _rows_between(rows, r.top, end, room)
    lowest = max((layout.below(row.rect) for row in painted), default=r.top)
    return (
        *paper(room=room),
        *head(heading(state, words), "" if room.large else counted, room),
        *painted,
        *_member_note(Rect(r.left, lowest, r.wide, end - lowest), state, words, room),
        *(() if r.beneath else (dotted(end - 1, room),)),
        *foot,
    )


class _Row(NamedTuple):
    """One row of the sum. What matters least (`rank` highest) goes first where there is no room."""

    text: str
    figure: str
    small: bool = False
    rank: int = 0


def _sum_rows(state: State, every: Totals, counted: str, words: Words, room: Room) -> list[_Row]:
    say, taken = words.say, state.basket.taken
    rows = [_Row(counted, words.amount(every.shelf), rank=5)] if counted else []
    if every.deposit:
        rows.append(_Row(say("Deposit"), words.amount(every.deposit), rank=3))
    most = 1 if taken else max(1, _OFFER_ROWS - bool(every.deposit) - len(every.tax))
    rows += [_Row(text, words.amount(-amount), rank=2) for text, amount in _taken_off(state, words, most)]
    for tax in every.tax:
        rate = words.rate(tax.rate_bp)
        inside = every.added_tax is None
        text = say("VAT {rate} % included", rate=rate) if inside else say("Sales tax {rate} %", rate=rate)
        rows.append(_Row(text, words.amount(Money(tax.tax_minor)), small=True, rank=4))
    if gift := donation(state.basket):
        rows.append(_Row(say("Gift to charity"), words.amount(gift), rank=1))
    if on_cards := loaded(state.basket):
        rows.append(_Row(say("Put on gift cards"), words.amount(on_cards), rank=1))
    if taken:
        rows.append(_Row(say("Total"), words.amount(in_all(state.basket)), rank=0))
        for one in taken[-_TAKEN_SHOWN:]:
            amount = Money(-one.tender.amount_minor)
            rows.append(_Row(tender_name(one.tender.kind, words), words.amount(amount), rank=0))
    return rows


def _rows_between(rows: list[_Row], top: int, end: int, room: Room) -> list[Element]:
    """The rows below each other; a hair line above the first small one. Set closer before anything is left out."""
    px, body, small = room.px, room.lines(28, line_height=1.3), room.lines(24, line_height=1.3)
    pitches = ((max(px(53), body), max(px(38), small)), (max(px(44), body), max(px(36), small)), (body, small))
    heights: list[int] = []
    while rows:
        for pitch, pitch_small in pitches:
            heights = [_height(row, pitch_small if row.small else pitch, room) for row in rows]
            if sum(heights) + px(14 + 10) <= end - top:
                break
        if sum(heights) + px(14) <= end - top or len(rows) == 1:
            break
        rows.remove(max(reversed(rows), key=lambda row: row.rank))
    painted: list[Element] = []
    y, r, before = top + px(12), ruling(room), False
    if sum(heights) + px(14 + 10) > end - top:
        y = top + 2
    for row, high in zip(rows, heights, strict=True):
        if row.small and not before:
            painted.append(Box(Rect(r.left, y + px(2), r.wide, 2), "hair"))
            y += px(14)
        painted += amount_row(y + high // 2, row.text, row.figure, small=row.small, room=room)
        y += high
        before = row.small
    return painted


def _member_note(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """While a tender is chosen: that the member card is known, where the rows leave room for it."""
    text, font = words.say("Member card added"), room.font(28)
    wide = room.icon(34) + room.px(11) + text_width(text, font, 600)
    if state.phase is not Phase.PAYING or not state.basket.customer or place.h < room.lines(28, 2) or wide > place.w:
        return ()
    return (Row(place, (Mark("check-circle", room.icon(34), "primary"), Word(text, font, 600)), room.px(11)),)


def _height(row: _Row, pitch: int, room: Room) -> int:
    lines = row_lines(row.text, row.figure, small=row.small, room=room)
    return pitch + round((lines - 1) * room.font(24 if row.small else 28) * 1.1)


def tender_name(kind: TenderKind, words: Words) -> str:
    """What a shopper calls it."""
    match kind:
        case "card" | "external":
            return words.say("Card")
        case "cash":
            return words.say("Cash")
        case "gift_card":
            return words.say("Gift card")
        case "voucher":
            return words.say("Voucher")
        case "qr":
            return words.say("QR payment")


def _taken_off(state: State, words: Words, room: int) -> list[tuple[str, Money]]:
    """What each offer takes off, in so many rows; the last of them is for all that would not fit."""
    rows = [
        (offer.name_in(words.language), amount)
        for offer, amount in saved_by_offer(state.basket)
        if not is_for_members(offer)
    ]
    if for_members := members_save(state.basket):
        rows.append((words.say("Member prices"), for_members))
    if by_staff := saved_by_staff(state.basket):
        rows.append((words.say("Discount"), by_staff))
    if len(rows) <= room:
        return rows
    kept, rest = rows[: room - 1], rows[room - 1 :]
    more = words.count("{count} more offer", "{count} more offers", len(rest)) if kept else words.say("You save")
    return [*kept, (more, all_of(amount for _, amount in rest))]
