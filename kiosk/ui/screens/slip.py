"""Slip: what stands on the paper. The basket while scanning, the sum while paying, `Paid` at the end.

The newest lines are always in sight; earlier ones are behind the row at the top, which fills the spare height and
scrolls three lines up. While it is scrolled, a row at the bottom leads back to the newest.
"""

from kiosk.checkout.basket import Line
from kiosk.checkout.pricing import (
    count_items,
    line_deposit,
    line_total,
    saved,
    saved_by_offer,
    saved_by_staff,
    totals,
)
from kiosk.checkout.sale import CashCounted, Sale, TenderKind
from kiosk.checkout.state import State
from kiosk.checkout.tenders import donation, in_all, left
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Picture, Rect, Row, Word
from kiosk.ui.screens.face import target
from kiosk.ui.screens.paper import LEFT, RIGHT, amount_row, dotted, head, line_across, note, paper, total
from kiosk.ui.view import OpenPage, ScrollLines, View
from kiosk.ui.words import Words
from kiosk.values.money import Money
from kiosk.values.money import total as all_of

_TOP, _BOTTOM = 79, 537
_BOTTOM_OVER_SAVINGS = 497
_LINE_PX, _TAGGED_PX, _FOLD_PX = 89, 91, 89
SCROLL_LINES = 3
_TAKEN_SHOWN = 4
_OFFER_ROWS = 6
"""Rows of the sum for offers, the deposit and the tax rates."""


def items(count: int, words: Words) -> str:
    """`7 items`"""
    return words.count("{count} item", "{count} items", count)


def basket(state: State, view: View, words: Words, *, choosing: bool = False) -> tuple[Element, ...]:
    """The open basket. `choosing`: its lines are outlined, to be touched (08)."""
    return (
        *paper(),
        *head(_heading(state, words), _counted(state, words)),
        *(_lines(state, view, words, choosing) if listed(state, view) else _nothing_yet(words)),
        dotted(lines_end(state) - 1),
        *total(in_all(state.basket), words, saved=saved(state.basket)),
    )


def lines_end(state: State) -> int:
    """Where the lines end on the paper: higher up where the savings stand below them."""
    return _BOTTOM_OVER_SAVINGS if saved(state.basket) else _BOTTOM


def _heading(state: State, words: Words) -> str:
    """Whose it is; in training, that it is nobody's."""
    return words.say("Training") if state.training is not None else words.say("Your basket")


def _counted(state: State, words: Words) -> str:
    """`2 items`, and the tax that the sum has more than its lines, where a country adds it on top."""
    counted = items(count_items(state.basket), words)
    added = totals(state.basket).added_tax if any(line.item.tax_on_top for line in state.basket.lines) else None
    return f"{counted} · " + words.say("tax {amount}", amount=words.amount(added)) if added is not None else counted


def listed(state: State, view: View) -> tuple[Line, ...]:
    """The basket's lines, and what staff have just refused, for as long as the banner says so."""
    refused = view.gone if state.notice is not None and state.notice.kind == "age_refused" else ()
    return (*state.basket.lines, *refused)


def _nothing_yet(words: Words) -> tuple[Element, ...]:
    return (
        Picture(Rect(882, 149, 260, 173), "svg:basket"),
        Label(Rect(792, 338, 440, 44), words.say("Nothing here yet"), 32, 600, align="centre"),
        Label(
            Rect(800, 397, 424, 72),
            words.say("Your items and prices appear on this slip."),
            layout.BODY,
            align="centre",
            max_lines=2,
            line_height=1.25,
        ),
    )


def visible(count: int, scrolled: int, end: int = _BOTTOM) -> tuple[int, int, bool, bool]:
    """Which lines of `count` the paper shows: first, one past the last, and whether lines are hidden above, below."""
    room = (end - _TOP) // _LINE_PX
    if count <= room:
        return 0, count, False, False
    last = max(count - scrolled, 1)
    below = last < count
    first = last - (room - 1 - below)
    if first <= 0:
        return 0, min(room - below, count), False, below
    return first, last, True, below


def _lines(state: State, view: View, words: Words, choosing: bool) -> tuple[Element, ...]:
    lines = listed(state, view)
    first, last, above, beneath = visible(len(lines), view.scrolled, lines_end(state))
    shown = lines[first:last]
    heights = [_TAGGED_PX if line.item.age_limit else _LINE_PX for line in shown]
    end = lines_end(state)
    bottom = end + 1 - (_FOLD_PX if beneath else 0)
    top = bottom - sum(heights) if above or beneath else _TOP
    painted: list[Element] = []
    if above:
        earlier = words.count("{count} earlier line", "{count} earlier lines", first)
        painted += _fold(Rect(776, _TOP, 472, top - 2 - _TOP), earlier, "chevron-up", SCROLL_LINES)
        painted.append(line_across(top - 2))
    for line, height in zip(shown, heights, strict=True):
        rect = Rect(776, top, 472, height - 2)
        new = line.line == state.basket.newest and not choosing
        held = line in state.basket.lines
        painted += _line(rect, line, words, new=new, choosing=choosing) if held else _struck(rect, line, words)
        top += height
        if top < end + 1:
            painted.append(line_across(top - 2))
    if beneath:
        painted += _fold(Rect(776, top, 472, _FOLD_PX - 2), words.say("Newest"), "chevron-down", -len(lines))
    return tuple(painted)


def _fold(rect: Rect, text: str, icon: str, by: int) -> tuple[Element, ...]:
    return (
        target(rect, ScrollLines(by), text, style="bare", radius=0),
        Row(rect, (Mark(icon, 38, "primary"), Word(text, layout.BODY, 600, colour="primary")), 12),
    )


def _line(rect: Rect, line: Line, words: Words, *, new: bool, choosing: bool) -> tuple[Element, ...]:
    name = line.item.name_in(words.language)
    figure = words.amount(line_total(line))
    dear = text_width(figure, layout.BODY, 600)
    room = RIGHT - LEFT - dear - 16
    marks: tuple[Element, ...] = ()
    if new:
        marks = (Box(rect, "sun-soft"), Box(rect._replace(w=8), "sun"))
    if choosing:
        marks = (Box(layout.inset(rect, 6, 3), "paper", "sun", 4, 14),)
    tag = words.say("Age {years}", years=line.item.age_limit) if line.item.age_limit else ""
    below = _detail(rect, line, words, tag)
    # A long reckoning has its row for itself: the price moves up to the name, which leaves it room anyway.
    lift = 15 if _end(below) > RIGHT - dear - 16 else 0
    return (
        target(rect, OpenPage("line", line.line), name, style="line", role="line", value=figure, radius=0),
        *marks,
        Label(Rect(LEFT, rect.y + 8, room, 40), name, layout.BODY, 600, plain=True),
        *below,
        Label(Rect(LEFT, rect.y + 23 - lift, RIGHT - LEFT, 40), figure, layout.BODY, 600, align="end", amount=True),
    )


def _end(below: tuple[Label | Row, ...]) -> int:
    return max(part.rect.x + part.rect.w for part in below)


def _struck(rect: Rect, line: Line, words: Words) -> tuple[Element, ...]:
    """A line that is not in the basket any more: struck through, and nothing to touch."""
    name, figure = line.item.name_in(words.language), words.amount(line_total(line))
    row = Rect(LEFT, rect.y + 23, RIGHT - LEFT, 40)
    room = row.w - text_width(figure, layout.BODY, 600) - 16
    return (
        Label(row._replace(w=room), name, layout.BODY, 600, colour="ink2", plain=True, strike=True),
        Label(row, figure, layout.BODY, 600, colour="ink2", align="end", amount=True, strike=True),
    )


def _detail(rect: Rect, line: Line, words: Words, tag: str) -> tuple[Label | Row, ...]:
    """How the price came about, and the age tag where it still fits: its prompt and its badge say the same."""
    text = detail(line, words)
    wide, chip = text_width(text, layout.CAPTION), text_width(tag, 24, 600) + 20
    plain = Label(Rect(LEFT, rect.y + 46, wide, 30), text, layout.CAPTION, colour="ink2", amount=True)
    if not tag or LEFT + wide + 12 + chip > RIGHT:
        return (plain,)
    place = Rect(LEFT + wide + 12, rect.y + 46, chip, 33)
    return plain, Row(place, (Word(tag, 24, 600, colour="on-sun"),), 0, "start", "sun", 10, 8)


def detail(line: Line, words: Words) -> str:
    """How the price came about: `1 × 11.90 + deposit 1.00`, `0.395 kg × 39.90`."""
    return how_priced(line, words, words.amount(line.item.price))


def how_priced(line: Line, words: Words, price: str, per_kilogram: str = "") -> str:
    """Weight or count times the price of one, as it is written there, and the deposit."""
    if line.weight_g is not None:
        text = f"{words.weight(line.weight_g)} × {price}{per_kilogram}"
        return f"{text} · {words.say('short date')}" if line.item.priced == "short_date" else text
    text = f"{words.number(line.count)} × {price}"
    if line.item.priced == "short_date":
        text += " · " + words.say("short date")
    if line.item.deposit:
        text += " + " + words.say("deposit {amount}", amount=words.amount(line_deposit(line)))
    return text


def sums(state: State, words: Words) -> tuple[Element, ...]:
    """The basket as a sum, from the payment choice on."""
    every = totals(state.basket)
    counted = items(count_items(state.basket), words)
    y = 117
    painted = [*paper(), *head(_heading(state, words), counted), *amount_row(y, counted, words.amount(every.shelf))]
    if every.deposit:
        y += 53
        painted += amount_row(y, words.say("Deposit"), words.amount(every.deposit))
    room = 1 if state.basket.taken else max(1, _OFFER_ROWS - bool(every.deposit) - len(every.tax))
    for text, amount in _taken_off(state, words, room):
        y += 53
        painted += amount_row(y, text, words.amount(-amount))
    painted.append(Box(Rect(LEFT, y + 39, RIGHT - LEFT, 2), "hair"))
    y += 67
    for tax in every.tax:
        rate = words.rate(tax.rate_bp)
        inside = every.added_tax is None
        text = words.say("VAT {rate} % included", rate=rate) if inside else words.say("Sales tax {rate} %", rate=rate)
        painted += amount_row(y, text, words.amount(Money(tax.tax_minor)), small=True)
        y += 38
    whole = in_all(state.basket)
    if gift := donation(state.basket):
        painted += amount_row(y + 14, words.say("Gift to charity"), words.amount(gift))
        y += 44
    if not state.basket.taken:
        return (*painted, dotted(lines_end(state) - 1), *total(whole, words, saved=every.saved))
    painted += amount_row(y + 14, words.say("Total"), words.amount(whole))
    for taken in state.basket.taken[-_TAKEN_SHOWN:]:
        y += 44
        amount = Money(-taken.tender.amount_minor)
        painted += amount_row(y + 14, tender_name(taken.tender.kind, words), words.amount(amount))
    return (*painted, dotted(536), *total(left(state.basket), words, words.say("Left to pay")))


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
    rows = [(offer.name_in(words.language), amount) for offer, amount in saved_by_offer(state.basket)]
    if by_staff := saved_by_staff(state.basket):
        rows.append((words.say("Discount"), by_staff))
    if len(rows) <= room:
        return rows
    kept, rest = rows[: room - 1], rows[room - 1 :]
    more = words.count("{count} more offer", "{count} more offers", len(rest)) if kept else words.say("You save")
    return [*kept, (more, all_of(amount for _, amount in rest))]


def paid(sale: Sale, sealed_utc_ms: int, words: Words, *, short: bool = False) -> tuple[Element, ...]:
    """`Paid`, with the last digits of the card. `short`: hung lower, leaving room for the staff's chip (18c)."""
    centre = 277 if short else 234
    circle = 130 if short else 150
    top = (
        paper(100)
        if short
        else (
            *paper(),
            Label(Rect(LEFT, 22, 220, 42), words.say("Receipt"), 32, 600),
            Label(
                Rect(984, 22, 240, 42), words.day_and_time(sealed_utc_ms), layout.CAPTION, colour="ink2", align="end"
            ),
            line_across(76),
        )
    )
    gap = 101 if short else 111
    return (
        *top,
        Icon(Rect(776, centre - 80, 472, 160), "check-circle", "primary", circle),
        Label(Rect(LEFT, centre + gap - 26, 424, 52), words.say("Paid"), layout.TITLE, 700, True, align="centre"),
        Label(Rect(LEFT, centre + gap + 34, 424, 40), tendered(sale, words), layout.BODY, align="centre"),
        dotted(536),
        *total(Money(sale.to_pay_minor), words),
    )


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


def countdown(rect: Rect, text: str) -> Element:
    """The sentence below the paper that says what happens by itself, and when."""
    return note(rect, "timer-sand", text)
