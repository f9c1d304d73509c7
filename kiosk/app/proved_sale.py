"""Proved sale: what a signed receipt proves while the store is away, in the shape that a return is worked out from.

The receipt has each line with its discounts taken off, its rate of tax and its deposit. Who bought and how it was paid
it does not say. One that was too long for its lines, or whose tax came on top of its prices, proves too little.
"""

from collections.abc import Callable
from datetime import date

from msgspec import UNSET

from kiosk.app.signed_receipt import public_key, verify
from kiosk.checkout.jurisdiction import Pack
from kiosk.checkout.sale import Chain, Sale, SaleLine, TaxTotal, Totals, taxable
from kiosk.values.money import Money
from kiosk.values.tax import tax_totals
from kiosk.wire.signed_receipt import NotSigned, ReceiptItem, SignedReceipt

_MOST_ROUNDED_MINOR = 100
"""Cash is rounded by less than a whole unit."""


def prover(key_file: str, pack: Pack) -> Callable[[str], Sale | None] | None:
    """What reads receipts that are signed with this lane's key; None without one. BadSettings."""
    if not key_file or pack.tax_on_top:
        return None
    key = public_key(key_file)

    def proved(text: str) -> Sale | None:
        try:
            return proved_sale(verify(text, key), pack)
        except NotSigned:
            return None

    return proved


def proved_sale(content: SignedReceipt, pack: Pack) -> Sale | None:
    """The sale, as far as it is proved; None if that is not enough for a return."""
    store, till, day, sequence = content.sale.split("/")
    lines = tuple(_line(item, pack, day) for item in content.items)
    goods = sum(line.amount_minor for line in lines)
    deposit = sum(line.deposit_minor for line in lines)
    rounding = content.due_minor - goods - deposit
    if content.kind != "sale" or not lines or abs(rounding) >= _MOST_ROUNDED_MINOR:
        return None
    taxed = [(rate_bp, Money(minor)) for line in lines for rate_bp, minor in taxable(line)]
    tax = tuple(TaxTotal(one.rate_bp, one.net.minor, one.tax.minor) for one in tax_totals(taxed))
    return Sale(
        store=store,
        till=till,
        business_day=day,
        sequence=int(sequence),
        kind="sale",
        training=False,
        started=content.sealed,
        sealed=content.sealed,
        currency=content.currency,
        language="",
        price_book="",
        customer=None,
        lines=lines,
        totals=Totals(goods, deposit, rounding, content.due_minor, tax),
        tenders=(),
        interventions=(),
        chain=Chain(previous=""),
    )


def _line(item: ReceiptItem, pack: Pack, day: str) -> SaleLine:
    rate = pack.deposit_rate_bp(item.tax_bp, date.fromisoformat(day)) if item.deposit_minor else None
    return SaleLine(
        line=item.line,
        gtin=item.gtin,
        name=item.name,
        category="",
        entry="scan",
        count=item.count,
        weight_g=item.weight_g,
        unit_price_minor=item.amount_minor // item.count,
        amount_minor=item.amount_minor,
        discounts=(),
        tax_bp=item.tax_bp,
        deposit_minor=item.deposit_minor,
        price_book="",
        deposit_tax_bp=UNSET if rate is None else rate,
    )
