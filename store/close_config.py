"""Close config: what store.toml says of the day's end, of the acquirer's files, and of the bookkeeping.

The accounts are those of the Swedish BAS plan of 2026, as a shop would begin with; every one is the shop's to change.
BAS moved what card companies owe from 1580 to 1686 and has no account for cash differences or deposits: ours are a
choice (3740, which many small companies use, and 2890). What adds up nowhere goes to 2999, the plan's observation
account, and is a difference to be cleared.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_ACCOUNT = re.compile(r"[0-9]{3,10}")
_SERIES = re.compile(r"[A-Za-z0-9]{0,10}")


_COLUMNS = {
    "Date": "date",
    "Voucher": "voucher",
    "Account": "account",
    "Name": "name",
    "Debit": "debit",
    "Credit": "credit",
    "Text": "text",
}


class DayTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[day]`: when the business day turns, and when the store closes the one before."""

    starts: str = "04:00"
    """The same as `day_starts` of the lanes."""
    closes: str = "05:00"
    """From then on the day before is closed as soon as every till has closed it; empty leaves it to people."""
    wait_minutes: int = 180
    """So long it waits for tills that have not; then it closes without them and names them."""
    in_transit_days: int = 7
    """A card payment that neither a settlement nor a payout has named after so many days is a difference."""


class PayoutColumns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the columns of an acquirer's file are called; empty: it has no such column."""

    amount: str
    """Gross, as the card was charged."""
    paid: str
    """The day on which it is paid to the bank."""
    sold: str = ""
    fee: str = ""
    net: str = ""
    terminal: str = ""
    receipt: str = ""
    trace: str = ""
    authorization: str = ""
    scheme: str = ""
    reference: str = ""
    """The payout's own number."""
    currency: str = ""
    kind: str = ""


class PayoutProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[payouts.NAME]`: how one acquirer writes its file."""

    columns: PayoutColumns
    delimiter: Literal[",", ";", "\t", "|"] = ";"
    decimal: Literal[",", "."] = ","
    date_format: str = "%Y-%m-%d"
    """As Python's strptime has it."""
    encoding: str = ""
    """Empty: by its byte order mark, else UTF-8, else Windows-1252."""
    skip_lines: int = 0
    """Lines above the one with the columns' names."""
    refunds: tuple[str, ...] = ()
    """Words in the column `kind` whose amounts are written without a sign and were paid back."""
    ignore: tuple[str, ...] = ()
    """Words in the column `kind` of rows that are no payment, such as sums."""
    fee_sign: Literal["as_written", "absolute"] = "absolute"
    """`absolute`: a fee costs, however it is signed; `as_written`: a negative fee is given back."""


class AccountsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[bookkeeping.accounts]`"""

    cash: str = "1910"
    card: str = "1686"
    qr: str = "1686"
    external: str = "1686"
    gift_card: str = "2421"
    voucher: str = "2421"
    bank: str = "1930"
    fee: str = "6570"
    rounding: str = "3740"
    cash_difference: str = "3740"
    deposit: str = "2890"
    donation: str = "2890"
    invoice: str = "1510"
    free: str = "3730"
    """Gift cards that the shop gives away."""
    expired: str = ""
    """Where what is left on gift cards goes when they end; empty: it is not booked, and goes on being owed."""
    suspense: str = "2999"
    sales: dict[str, str] = msgspec.field(
        default_factory=lambda: {"2500": "3001", "1200": "3002", "600": "3003", "0": "3004"}
    )
    """By the rate of tax in basis points."""
    tax: dict[str, str] = msgspec.field(default_factory=lambda: {"2500": "2611", "1200": "2621", "600": "2631"})
    schemes: dict[str, str] = {}
    """Card schemes with an account of their own, in small letters."""
    categories: dict[str, str] = {}
    """Untaxed goods that are no turnover, by the first step of their category: gift cards that are sold."""


class LedgerCsv(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[bookkeeping.csv]`: `columns` are the heading and what stands below it (`store.voucher_csv.FIELDS`)."""

    columns: dict[str, str] = msgspec.field(default_factory=lambda: dict(_COLUMNS))
    delimiter: Literal[",", ";", "\t", "|"] = ";"
    decimal: Literal[",", "."] = ","
    date_format: str = "%Y-%m-%d"
    encoding: Literal["utf-8", "utf-8-sig", "cp1252", "cp437"] = "utf-8"


class BookkeepingTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[bookkeeping]`"""

    company: str = ""
    """Empty: the shop's name."""
    org_number: str = ""
    series: str = "K"
    """Of the vouchers."""
    accounts: AccountsTable = AccountsTable()
    names: dict[str, str] = {}
    """What accounts are called that are not in BAS, or that the shop calls otherwise."""
    csv: LedgerCsv = LedgerCsv()


def problems_of(day: DayTable, payouts: dict[str, PayoutProfile], books: BookkeepingTable) -> Iterator[str]:
    """One sentence for each value that cannot be meant."""
    from store.voucher_csv import FIELDS

    if not _TIME.fullmatch(day.starts):
        yield f"day.starts: {day.starts!r} is no time such as 04:00"
    if day.closes and not _TIME.fullmatch(day.closes):
        yield f'day.closes: {day.closes!r} is no time such as 05:00, nor ""'
    for name in ("wait_minutes", "in_transit_days"):
        if getattr(day, name) < 0:
            yield f"day.{name}: {getattr(day, name)} is less than 0"
    for name, profile in payouts.items():
        if not any((profile.columns.receipt, profile.columns.trace, profile.columns.authorization)):
            yield f"payouts.{name}.columns: name one of receipt, trace, authorization; payments are known by them"
    accounts = msgspec.to_builtins(books.accounts)
    for where, number in _numbers(accounts):
        if not _ACCOUNT.fullmatch(number):
            yield f"bookkeeping.accounts.{where}: {number!r} is no account; write digits such as 1910"
    for rate in (*books.accounts.sales, *books.accounts.tax):
        if not rate.isdigit():
            yield f"bookkeeping.accounts: {rate!r} is no rate; write basis points, 2500 for 25 %"
    if not _SERIES.fullmatch(books.series):
        yield f"bookkeeping.series: {books.series!r} has letters and digits only"
    for heading, field in books.csv.columns.items():
        if field not in FIELDS:
            yield f"bookkeeping.csv.columns.{heading}: {field!r} is nothing; there is {', '.join(FIELDS)}"


def _numbers(accounts: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in accounts.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{key}", str(number)) for key, number in value.items())
        elif value or name != "expired":
            yield name, str(value)
