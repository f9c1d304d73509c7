"""Voucher CSV: vouchers for programs that read no SIE, with the columns that store.toml names. Pure."""

import csv
from collections.abc import Iterable
from io import StringIO

from babel.numbers import get_currency_precision

from store.bookkeeping import BookVoucher, Entry
from store.close_config import LedgerCsv
from store.sie import decimal_text

FIELDS = (
    "date",
    "voucher",
    "series",
    "number",
    "account",
    "name",
    "debit",
    "credit",
    "amount",
    "text",
    "title",
    "currency",
)
"""What a column may have. `amount` is signed; `title` is the voucher's text, `text` the line's."""


def voucher_csv(vouchers: Iterable[BookVoucher], form: LedgerCsv, currency: str) -> bytes:
    """The whole file, a line for each line of a voucher. Letters that the encoding has not become question marks."""
    text = StringIO()
    writer = csv.writer(text, delimiter=form.delimiter, lineterminator="\r\n")
    writer.writerow(form.columns)
    for voucher in vouchers:
        for entry in voucher.entries:
            values = _values(voucher, entry, form, currency)
            writer.writerow([values[field] for field in form.columns.values()])
    return text.getvalue().encode(form.encoding, "replace")


def _values(voucher: BookVoucher, entry: Entry, form: LedgerCsv, currency: str) -> dict[str, str]:
    digits, minor = get_currency_precision(currency), entry.amount_minor
    return {
        "date": voucher.day.strftime(form.date_format),
        "voucher": f"{voucher.series}{voucher.number}",
        "series": voucher.series,
        "number": str(voucher.number),
        "account": entry.account,
        "name": entry.name,
        "debit": decimal_text(minor, digits, form.decimal) if minor > 0 else "",
        "credit": decimal_text(-minor, digits, form.decimal) if minor < 0 else "",
        "amount": decimal_text(minor, digits, form.decimal),
        "text": entry.text,
        "title": voucher.text,
        "currency": currency,
    }
