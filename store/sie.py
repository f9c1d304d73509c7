"""SIE: vouchers as Swedish bookkeeping programs read them, SIE type 4 for import ("4I"), edition 4B of 2008-09-30.

The standard (sie.se) wants the items in this order: flag, program, format, date, type, company, chart of accounts,
vouchers. The character set is IBM PC 8-bit extended ASCII, code page 437. A field in quotation marks escapes them by a
backslash; control characters are not allowed. Amounts have a decimal point, debit is positive, credit negative, and a
voucher whose lines do not add up to nothing is refused by whoever reads it. Such files are named `*.si`.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from babel.numbers import get_currency_precision

from store.bookkeeping import BookVoucher

ENCODING = "cp437"


def sie4(
    vouchers: Iterable[BookVoucher], *, company: str, org_number: str, currency: str, made: date, version: str
) -> bytes:
    """The whole file. `made` is today."""
    many = tuple(vouchers)
    lines = [
        "#FLAGGA 0",
        f"#PROGRAM {_quoted('Kassa')} {_quoted(version)}",
        "#FORMAT PC8",
        f"#GEN {made:%Y%m%d}",
        "#SIETYP 4",
        *([f"#ORGNR {_quoted(org_number)}"] if org_number else []),
        f"#FNAMN {_quoted(company)}",
        *([f"#VALUTA {currency}"] if currency != "SEK" else []),
        *_accounts(many),
        *(line for voucher in many for line in _voucher(voucher, made, get_currency_precision(currency))),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode(ENCODING)


def _accounts(vouchers: tuple[BookVoucher, ...]) -> Iterator[str]:
    names = {entry.account: entry.name for voucher in vouchers for entry in voucher.entries}
    for account in sorted(names):
        yield f"#KONTO {account} {_quoted(names[account])}"


def _voucher(voucher: BookVoucher, made: date, digits: int) -> Iterator[str]:
    head = f"{_quoted(voucher.series)} {_quoted(str(voucher.number))} {voucher.day:%Y%m%d} {_quoted(voucher.text)}"
    yield f"#VER {head} {made:%Y%m%d}"
    yield "{"
    for entry in voucher.entries:
        amount = decimal_text(entry.amount_minor, digits)
        yield f"\t#TRANS {entry.account} {{}} {amount} {voucher.day:%Y%m%d} {_quoted(entry.text)}"
    yield "}"


def decimal_text(minor: int, digits: int, point: str = ".") -> str:
    """`-1234.50`"""
    whole, part = divmod(abs(minor), 10**digits)
    return f"{'-' if minor < 0 else ''}{whole}{f'{point}{part:0{digits}d}' if digits else ''}"


def _quoted(text: str) -> str:
    """In quotation marks, in letters that the code page has: others lose their marks, or become a question mark."""
    known = "".join(_known(letter) for letter in text if unicodedata.category(letter) != "Cc")
    escaped = known.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _known(letter: str) -> str:
    for form in (letter, unicodedata.normalize("NFKD", letter)[0]):
        if form.encode(ENCODING, "ignore"):
            return form
    return "?"
