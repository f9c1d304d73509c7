"""Bookkeeping: a day's figures as one voucher in double entry. Pure.

Debits are positive, credits negative, and a voucher always adds up to nothing: both sides of every sale are in the
figures, with what a sale does not explain on the observation account. What is booked is the day's takings by tender and
card scheme, sales and tax by rate, deposits, rounding, gift cards sold at lanes and at the desk, redeemed and ended,
gifts passed on, what the cash count had too much or too little (beside the sales, never inside them), and the
acquirer's payouts with their fees. A day that was closed again has another voucher, with the difference alone.
"""

from collections.abc import Iterator
from datetime import date

import msgspec

from store.close_config import AccountsTable, BookkeepingTable
from store.day_figures import COUNT, DEPOSIT, DONATION, ROUNDING, SUSPENSE, Figures

BAS = {
    "1510": "Kundfordringar",
    "1686": "Fordringar för kontokort och kuponger",
    "1910": "Kassa",
    "1930": "Företagskonto",
    "2421": "Ej inlösta presentkort",
    "2611": "Utgående moms på försäljning inom Sverige, 25 %",
    "2621": "Utgående moms på försäljning inom Sverige, 12 %",
    "2631": "Utgående moms på försäljning inom Sverige, 6 %",
    "2890": "Övriga kortfristiga skulder",
    "2999": "OBS-konto",
    "3001": "Försäljning inom Sverige, 25 % moms",
    "3002": "Försäljning inom Sverige, 12 % moms",
    "3003": "Försäljning inom Sverige, 6 % moms",
    "3004": "Försäljning inom Sverige, momsfri",
    "3690": "Övriga sidointäkter",
    "3730": "Lämnade rabatter",
    "3740": "Öres- och kronutjämning",
    "6570": "Bankkostnader",
}
"""Names of the accounts that store.toml begins with: BAS 2026."""


class NoAccount(LookupError):
    """Something has no account; the message is one line that names the key of store.toml."""


class Entry(msgspec.Struct, frozen=True):
    """One line. `amount_minor`: positive is debit, negative credit."""

    account: str
    name: str
    amount_minor: int
    text: str


class BookVoucher(msgspec.Struct, frozen=True):
    """One voucher; `number` in the shop's own series, without gap."""

    series: str
    number: int
    day: date
    text: str
    entries: tuple[Entry, ...]


def book_voucher(number: int, day: str, revision: int, figures: Figures, books: BookkeepingTable) -> BookVoucher:
    """The voucher of a closed day, or (from revision 2) of its correction. NoAccount."""
    lines = sorted(_lines(figures, books.accounts), key=lambda line: (line[0], line[2]))
    entries = tuple(
        Entry(account, books.names.get(account) or BAS.get(account, text), minor, text)
        for account, minor, text in lines
        if minor
    )
    assert not sum(entry.amount_minor for entry in entries), "both sides of every sale are in its figures"
    text = f"Dagskassa {day}" if revision == 1 else f"Dagskassa {day}, rättelse {revision - 1}"
    return BookVoucher(books.series, number, date.fromisoformat(day), text, entries)


def is_bookable(figures: Figures) -> bool:
    """Whether there is any money in them."""
    return any(minor and not name.startswith(f"{COUNT}:") for name, minor in figures.items())


def _lines(figures: Figures, accounts: AccountsTable) -> Iterator[tuple[str, int, str]]:
    """(account, minor units with their sign, text) of each figure."""
    for name, minor in figures.items():
        kind, _, about = name.partition(":")
        match kind:
            case "count":
                continue
            case "tender":
                yield _tender_account(about, accounts), minor, _tender_text(about)
            case "sales":
                yield _of_rate(accounts.sales, about, "sales"), -minor, f"Försäljning {_percent(about)}"
            case "tax":
                yield _of_rate(accounts.tax, about, "tax"), -minor, f"Moms {_percent(about)}"
            case "apart":
                yield accounts.categories.get(about) or _missing(f"categories.{about}"), -minor, about
            case "loaded":
                yield _tender_account(about, accounts), -minor, f"Sålda {_LOADS.get(about, about)}"
            case "desk":
                yield _tender_account(about, accounts), minor, _PAID.get(about, about)
            case "expired":
                yield _tender_account(about, accounts), minor, f"Förfallna {_LOADS.get(about, about)}"
                yield accounts.expired or _missing("expired"), -minor, f"Förfallna {_LOADS.get(about, about)}"
            case "cash_difference":
                yield accounts.cash, minor, "Kassadifferens"
                yield accounts.cash_difference, -minor, "Kassadifferens"
            case "paid_gross":
                yield _tender_account(f"card:{about}", accounts), -minor, f"Utbetalning {about}".rstrip()
            case "paid_fee":
                yield accounts.fee, minor, "Avgift kortinlösen"
            case "paid_net":
                yield accounts.bank, minor, "Utbetalning kortinlösen"
            case "deposit" | "rounding" | "donation" | "suspense":
                yield getattr(accounts, kind), -minor, _WORDS[kind]
            case _:
                raise AssertionError(f"nobody books {name}")


_WORDS = {DEPOSIT: "Pant", ROUNDING: "Öresavrundning", DONATION: "Gåvor att vidarebefordra", SUSPENSE: "Att utreda"}


_LOADS = {"gift_card": "presentkort", "voucher": "värdebevis"}
_PAID = {
    "cash": "Presentkort i kontorskassan",
    "external": "Presentkort med kort på kontoret",
    "invoice": "Presentkort mot faktura",
    "free": "Presentkort som skänkts",
}
_TENDERS = {
    "cash": "Kontant",
    "card": "Kort",
    "qr": "Betalapp",
    "external": "Fristående kortterminal",
    "gift_card": "Presentkort",
    "voucher": "Värdebevis",
}


def _tender_text(about: str) -> str:
    kind, _, scheme = about.partition(":")
    return f"{_TENDERS.get(kind, kind)} {scheme}".rstrip()


def _tender_account(about: str, accounts: AccountsTable) -> str:
    kind, _, scheme = about.partition(":")
    if kind == "card":
        return accounts.schemes.get(scheme, accounts.card)
    found: str | None = getattr(accounts, kind, None)
    return found or _missing(kind)


def _of_rate(by_rate: dict[str, str], rate_bp: str, table: str) -> str:
    return by_rate.get(rate_bp) or _missing(f"{table}.{rate_bp}")


def _percent(rate_bp: str) -> str:
    whole, part = divmod(int(rate_bp), 100)
    return f"{whole},{part:02d} %" if part else f"{whole} %"


def _missing(key: str) -> str:
    raise NoAccount(f"nothing says where to book this: add bookkeeping.accounts.{key} to store.toml")
