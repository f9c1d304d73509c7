"""Receipt: a sealed sale as lines of text. Pure; paper, a golden file and an e-mail show the same lines.

What heads a copy is the jurisdiction's (`ReceiptDuties`), how money is written the language's: both are handed in.
A line is text at the left and, where it has one, an amount at the right; whoever prints it knows the width of the
paper.
"""

from collections.abc import Callable
from typing import Literal

import msgspec
from msgspec import UNSET

from kiosk.checkout.events import CardRecord
from kiosk.checkout.sale import (
    CashCounted,
    FiscalMark,
    Original,
    Sale,
    SaleLine,
    Tender,
    exit_code,
    is_container,
)


class ReceiptLine(msgspec.Struct, frozen=True):
    """One line. `kind`: text, rule (a line across), qr and barcode (text is its content), feed (an empty line)."""

    text: str = ""
    right: str = ""
    kind: Literal["text", "rule", "qr", "barcode", "feed"] = "text"
    align: Literal["left", "centre"] = "left"
    bold: bool = False
    tall: bool = False
    as_is: bool = False
    """The terminal's own line: every space of it counts."""


class Wording(msgspec.Struct, frozen=True):
    """The words of a receipt in one language, and how that language writes money (minor units), rates and weights."""

    receipt: str
    total: str
    deposit: str
    vat: str
    net: str
    card: str
    rounding: str
    donation: str
    card_note: str
    to_pay: str
    given: str
    change: str
    cash: str
    gift_card: str
    voucher: str
    qr: str
    demo: str
    thanks: str
    exit_code: str
    kept_online: str
    sales_tax: str
    signature: str
    signed_later: str
    signed_here: str
    returned: str
    original: str
    paid_back: str
    card_reversed: str
    shop_copy: str
    sign_here: str
    gift: str
    gift_note: str
    money: Callable[[int], str]
    rate: Callable[[int], str]
    weight: Callable[[int], str]
    """Grams, as kilograms with their sign."""


class Printed(msgspec.Struct, frozen=True):
    """What is not in the sale: the shop's head, the local time, and where the receipt can be opened."""

    shop: str
    local_time: str
    legal: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    """What this is, if it is not simply the receipt: a copy, a demo. Printed large, as they are, above everything."""
    outstanding: bool = False
    """Whether no sum may be as large as the headings: on copies and in training. Sweden wants them twice as large as
    the total (SKVFS 2014:9, chapter 7; not read there, but in RetailForce's `Document requirements Sweden`)."""
    address: str = ""
    signed: str = ""
    """The signed receipt itself, as a QR code holds it, where no address can be opened."""
    slips: tuple[str, ...] = ()
    exit_code: bool = False


def receipt(sale: Sale, words: Wording, printed: Printed) -> tuple[ReceiptLine, ...]:
    """The whole receipt, top to bottom."""
    lines = [
        *_head(sale, words, printed),
        *_originals(sale, words),
        *(row for line in sale.lines for row in _item(line, words)),
        ReceiptLine(kind="rule"),
        *_sums(sale, words, tall=not printed.outstanding),
        *_tenders(sale, words),
        *_signature(sale, words),
    ]
    if printed.slips:
        lines += [ReceiptLine(kind="rule"), *(ReceiptLine(text, as_is=True) for text in printed.slips)]
    lines.append(ReceiptLine(kind="feed"))
    if printed.address:
        lines += [ReceiptLine(words.kept_online, align="centre"), ReceiptLine(printed.address, kind="qr")]
    elif printed.signed:
        lines += [ReceiptLine(words.signed_here, align="centre"), ReceiptLine(printed.signed, kind="qr")]
    if printed.exit_code:
        lines += _exit(sale, words)
    lines.append(ReceiptLine(words.thanks, align="centre"))
    return tuple(lines)


def gift_receipt(sale: Sale, words: Wording, printed: Printed) -> tuple[ReceiptLine, ...]:
    """What goes with a present: the things and the receipt's number, no prices and no means of payment."""
    things = (
        ReceiptLine(line.name, "" if line.count == 1 or line.weight_g is not None else f"x {line.count}")
        for line in sale.lines
    )
    return (
        ReceiptLine(words.gift, align="centre", bold=True, tall=True),
        *_head(sale, words, printed),
        *things,
        ReceiptLine(kind="rule"),
        ReceiptLine(words.gift_note, align="centre"),
        ReceiptLine(words.thanks, align="centre"),
    )


def shop_copy(sale: Sale, words: Wording, printed: Printed) -> tuple[ReceiptLine, ...]:
    """What the shop keeps of a return: what came back, what was paid back, and who got it."""
    return (
        *_head(sale, words, printed),
        *_originals(sale, words),
        *(row for line in sale.lines for row in _item(line, words)),
        ReceiptLine(kind="rule"),
        *_sums(sale, words),
        *_tenders(sale, words),
        *_to_sign(words),
    )


def slip_to_sign(record: CardRecord, lines: tuple[str, ...], words: Wording, shop: str) -> tuple[ReceiptLine, ...]:
    """What the card holder signs and the shop keeps: the terminal's own lines, or what its record says."""
    said = (
        ReceiptLine(f"{words.card} {record.scheme}".rstrip(), words.money(record.amount.minor), bold=True),
        ReceiptLine(record.masked),
        ReceiptLine(f"{record.terminal} {record.receipt} {record.trace} {record.authorization}".rstrip()),
    )
    return (
        ReceiptLine(words.shop_copy, align="centre", bold=True, tall=True),
        ReceiptLine(shop, align="centre", bold=True),
        *((ReceiptLine(text, as_is=True) for text in lines) if lines else said),
        *_to_sign(words),
    )


def _to_sign(words: Wording) -> tuple[ReceiptLine, ...]:
    feed = ReceiptLine(kind="feed")
    return (feed, ReceiptLine(words.sign_here), feed, feed, ReceiptLine(kind="rule"))


def _originals(sale: Sale, words: Wording) -> list[ReceiptLine]:
    """Of a return: the receipts that its goods were bought with."""
    keys = sorted({line.original.sale for line in sale.lines if isinstance(line.original, Original)})
    rows = [ReceiptLine(f"{words.original}:"), *(ReceiptLine(f"  {key}") for key in keys)]
    return [*rows, ReceiptLine(kind="rule")] if keys else []


def exit_slip(sale: Sale, words: Wording, printed: Printed) -> tuple[ReceiptLine, ...]:
    """Only what the gate reads."""
    return (ReceiptLine(printed.shop, align="centre", bold=True), *_exit(sale, words))


def _exit(sale: Sale, words: Wording) -> list[ReceiptLine]:
    code = exit_code(sale)
    return [
        ReceiptLine(words.exit_code, align="centre"),
        ReceiptLine(code, kind="qr"),
        ReceiptLine(code, align="centre", bold=True, tall=True),
    ]


def _head(sale: Sale, words: Wording, printed: Printed) -> list[ReceiptLine]:
    return [
        *(ReceiptLine(heading, align="centre", bold=True, tall=True) for heading in printed.headings),
        ReceiptLine(printed.shop, align="centre", bold=True, tall=True),
        *(ReceiptLine(text, align="centre") for text in printed.legal),
        ReceiptLine(kind="feed"),
        ReceiptLine(f"{words.receipt} {sale.sequence:06d}", f"{sale.store}/{sale.till}"),
        ReceiptLine(printed.local_time),
        ReceiptLine(kind="rule"),
    ]


def _item(line: SaleLine, words: Wording) -> list[ReceiptLine]:
    if is_container(line):
        each = f"  {line.count} x {words.money(-line.deposit_minor // line.count)}"
        return [ReceiptLine(f"{words.deposit}: {line.name}", words.money(line.deposit_minor)), ReceiptLine(each)]
    rows = [ReceiptLine(line.name, words.money(line.amount_minor))]
    if line.weight_g is not None:
        rows.append(ReceiptLine(f"  {words.weight(line.weight_g)} x {words.money(line.unit_price_minor)}"))
    elif line.count != 1:
        rows.append(ReceiptLine(f"  {line.count} x {words.money(line.unit_price_minor)}"))
    rows += [ReceiptLine(f"  {d.name or d.offer}", words.money(d.amount_minor)) for d in line.discounts]
    if line.deposit_minor:
        rows.append(ReceiptLine(f"  {words.deposit}", words.money(line.deposit_minor)))
    return rows


def _sums(sale: Sale, words: Wording, *, tall: bool = True) -> list[ReceiptLine]:
    rounding = sale.totals.rounding_minor
    rows = [ReceiptLine(words.rounding, words.money(rounding))] if rounding else []
    total = f"{words.money(sale.totals.due_minor)} {sale.currency}"
    rows += [ReceiptLine(words.total, total, bold=True, tall=tall)]
    if sale.donation is not UNSET:
        rows.append(ReceiptLine(f"{words.donation} {sale.donation.to}", words.money(sale.donation.amount_minor)))
    for load in sale.loads or ():
        rows.append(ReceiptLine(f"{words.gift_card} {load.card}", words.money(load.amount_minor)))
    if sale.loads:
        rows.append(ReceiptLine(words.card_note))
    if sale.to_pay_minor != sale.totals.due_minor:
        rows.append(ReceiptLine(words.to_pay, f"{words.money(sale.to_pay_minor)} {sale.currency}", bold=True))
    if sale.totals.added_tax_minor is not UNSET:
        return [*_added(sale, words), *rows]
    for tax in sale.totals.tax:
        rows.append(ReceiptLine(f"{words.vat} {words.rate(tax.rate_bp)}", words.money(tax.tax_minor)))
        rows.append(ReceiptLine(f"  {words.net}", words.money(tax.net_minor)))
    return rows


def _called(tender: Tender, words: Wording) -> str:
    match tender.kind:
        case "card" | "external":
            return words.card
        case "cash":
            return words.cash
        case "gift_card":
            return words.gift_card
        case "voucher":
            return words.voucher
        case "qr":
            return words.qr


def _added(sale: Sale, words: Wording) -> list[ReceiptLine]:
    """A tax on top stands between the things and the sum, because it is part of it."""
    return [
        ReceiptLine(f"{words.sales_tax} {words.rate(tax.rate_bp)}", words.money(tax.tax_minor))
        for tax in sale.totals.tax
        if tax.rate_bp
    ]


def _signature(sale: Sale, words: Wording) -> list[ReceiptLine]:
    """Who vouches for the sale, for anybody who has the public half of the key."""
    mark = sale.fiscal
    if not isinstance(mark, FiscalMark):
        return []
    rows = [
        ReceiptLine(kind="rule"),
        ReceiptLine(f"{words.signature} {mark.number}", f"{mark.date} {mark.time}".strip()),
    ]
    return [*rows, ReceiptLine(mark.signature or words.signed_later, as_is=bool(mark.signature))]


def _tenders(sale: Sale, words: Wording) -> list[ReceiptLine]:
    rows = [ReceiptLine(kind="rule")] if sale.tenders else []
    if sale.kind == "return" and rows:
        rows.append(ReceiptLine(words.paid_back))
    for tender in sale.tenders:
        rows.append(ReceiptLine(_called(tender, words), words.money(tender.amount_minor)))
        if isinstance(tender.cash, CashCounted):
            rows.append(ReceiptLine(f"  {words.given}", words.money(tender.cash.given_minor)))
            rows.append(ReceiptLine(f"  {words.change}", words.money(tender.cash.change_minor)))
        if isinstance(tender.reference, str):
            rows.append(ReceiptLine(f"  {tender.reference}"))
        if tender.card is not None:
            card = tender.card
            rows.append(ReceiptLine(f"  {card.scheme} {card.masked}".rstrip()))
            rows.append(ReceiptLine(f"  {card.terminal} {card.receipt} {card.trace} {card.authorization}".rstrip()))
        if tender.reverses is not UNSET:
            rows.append(ReceiptLine(f"  {words.card_reversed}"))
        if tender.evidence:
            rows.append(ReceiptLine(f"  {tender.evidence}"))
    return rows
