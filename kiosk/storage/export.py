"""Export: sealed sales as text that other programs read. Lines come one by one, so that a year fits in no memory.

`poslog-json` has the words and the nesting of POSLog (ARTS, now OMG Retail): Transaction, RetailTransaction, LineItem,
Tender; what the standard has no word for has ours. One transaction a line, and all lines together are one JSON
document. `csv` has one line for every line item, with what identifies its sale in front. Amounts stay whole
minor units, as everywhere in this house.
"""

import csv
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import UNSET, UnsetType

from kiosk.checkout.day import untold
from kiosk.checkout.day_report import day_reports
from kiosk.checkout.sale import CameBack, ClearedIntervention, Discount, Lot, Original, Sale, SaleLine, Tender
from kiosk.storage.export_reports import report_lines
from kiosk.storage.journal import Journal, NotAJournal, UnreadableRecord, read_journal
from kiosk.storage.saf_t import Happened, NothingSold, Period, audit_file
from kiosk.storage.saf_t_report import Company


def main(path: Path, *, format: str, from_day: str, to_day: str, company: Company | None = None, zone: str = "") -> int:
    """`kiosk export`: the sealed sales of these business days (ISO 8601, both included) to standard output.

    The audit file also needs to know whose it is and by which clock (`zone`, IANA).
    """
    try:
        for day in (from_day, to_day):
            date.fromisoformat(day if _DAY.fullmatch(day) else "")
    except ValueError:
        sys.stderr.write(f"kiosk export: {day!r} is not a day; write it as 2026-11-23\n")
        return 2
    if to_day < from_day:
        sys.stderr.write(f"kiosk export: there is no day from {from_day} to {to_day}; the earlier one comes first\n")
        return 2
    try:
        journal = read_journal(path)
        if format == REPORTS:
            pieces: Iterable[str] = report_lines(journal, from_day, to_day)
        elif format == UNSENT:
            pieces = _unsent(journal)
        elif format == DAY_REPORT:
            pieces = _day_reports(journal, from_day, to_day)
        elif format == AUDIT_FILE:
            pieces = _audit_file(journal, from_day, to_day, company, zone)
        else:
            pieces = FORMATS[format](journal.sales(from_day, to_day))
        for text in pieces:
            sys.stdout.write(text)
        journal.close()
    except Misused as problem:
        sys.stderr.write(f"kiosk export: {problem}\n")
        return 2
    except NothingSold as problem:
        sys.stderr.write(f"kiosk export: {problem}\n")
        return 1
    except (FileNotFoundError, NotAJournal, UnreadableRecord) as error:
        sys.stderr.write(f"kiosk export: {error}\n")
        return 1
    except sqlite3.DatabaseError as error:
        sys.stderr.write(f"kiosk export: {path}: {error}; kiosk verify tells more\n")
        return 1
    return 0


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
"""One spelling only: days are compared as text."""


UNSENT = "unsent"
"""What the store has not acknowledged, as it would be sent: for `store till unsent`, of a card that was found."""
AUDIT_FILE = "saf-t-cash-register"
"""Norway's, as the tax administration asks for it."""


DAY_REPORT = "day-report"
"""What an X report says of the day so far, and a Z report of a day that is over (`kiosk.checkout.day_report`)."""


def _day_reports(journal: Journal, from_day: str, to_day: str) -> Iterator[str]:
    """One JSON object a line and day; their grand totals count from the lane's first sale."""
    for report in day_reports(journal.sales(), untold(journal.days())):
        if from_day <= report.business_day <= to_day:
            yield msgspec.json.encode(report).decode() + "\n"


class Misused(Exception):
    """Something that the audit file needs was not said. The message is one line for a person."""


def _unsent(journal: Journal) -> Iterator[str]:
    """Messages, one a line, in their order; what the store once refused comes last."""
    outbox = journal.outbox
    for row in (*outbox.pending(outbox.length()), *(one.row for one in outbox.refused())):
        yield f"{row.body}\n"


def _audit_file(journal: Journal, from_day: str, to_day: str, company: Company | None, zone_name: str) -> Iterator[str]:
    if company is None or not company.name or not _ORGANISATION.fullmatch(company.number):
        raise Misused(f"{AUDIT_FILE} needs --company NAME and --organisation NUMBER, nine digits and MVA if registered")
    try:
        zone = ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError):
        raise Misused(f"--timezone: {zone_name!r} is not known; write one such as Europe/Oslo") from None
    made = datetime.now(zone)
    days = [sale.business_day for sale in islice(journal.sales(from_day, to_day), 1)]
    first = max([from_day, *days])
    last = max(first, min(to_day, f"{made:%Y-%m-%d}"))
    begins = datetime.combine(date.fromisoformat(first), time(), zone)
    ends = datetime.combine(date.fromisoformat(last), time(), zone) + timedelta(days=2)
    happened = journal.happened(round(begins.timestamp()) * 1000, round(ends.timestamp()) * 1000)
    events = (Happened(*event) for event in happened)
    period = Period(first, last, made)
    beside = untold(journal.days())
    return audit_file(lambda: journal.sales(), events, period, company, zone, version("kassa"), beside)


_ORGANISATION = re.compile(r"\d{9}(MVA)?", re.ASCII)


def poslog_json(sales: Iterable[Sale]) -> Iterator[str]:
    """A JSON document: `{"POSLog": {"AmountUnit": "minor", "Transaction": [...]}}`."""
    before = '{"POSLog":{"AmountUnit":"minor","Transaction":['
    for sale in sales:
        yield before + "\n"
        yield msgspec.json.encode(_transaction(sale)).decode()
        before = ","
    yield f"{before if before != ',' else ''}]}}}}\n"


def csv_lines(sales: Iterable[Sale]) -> Iterator[str]:
    """RFC 4180 with a header; a sale without lines has one line with empty cells."""
    yield _csv(_COLUMNS)
    for sale in sales:
        head = _head(sale)
        for line in sale.lines or (None,):
            cells = head | (_line_cells(line) if line else {})
            yield _csv([cells.get(column, "") for column in _COLUMNS])


FORMATS: dict[str, Callable[[Iterable[Sale]], Iterator[str]]] = {"poslog-json": poslog_json, "csv": csv_lines}
"""What `kiosk export --format` offers of sales."""
REPORTS = "events-json"
"""And what it offers of everything else (`export_reports`)."""


def _transaction(sale: Sale) -> dict[str, Any]:
    return {
        "TransactionID": sale.key,
        "RetailStoreID": sale.store,
        "WorkstationID": sale.till,
        "BusinessDayDate": sale.business_day,
        "SequenceNumber": sale.sequence,
        "TrainingModeFlag": sale.training,
        "CancelFlag": sale.kind == "void",
        "BeginDateTime": sale.started,
        "EndDateTime": sale.sealed,
        "CurrencyCode": sale.currency,
        **({} if sale.served_by is UNSET else {"OperatorID": sale.served_by}),
        **({} if sale.lot is UNSET else {"Audit": _lot(sale.lot)}),
        "RetailTransaction": {
            "ReceiptLanguage": sale.language,
            "PriceBook": sale.price_book,
            **({"CustomerID": sale.customer} if sale.customer else {}),
            "LineItem": [_line_item(sale, line) for line in sale.lines],
            "Tender": [_tender(tender) for tender in sale.tenders],
            "Total": {
                "TransactionNetAmount": sale.totals.goods_minor,
                "DepositAmount": sale.totals.deposit_minor,
                "RoundingAmount": sale.totals.rounding_minor,
                "AddedTaxAmount": sale.totals.on_top_minor,
                "TransactionGrandAmount": sale.totals.due_minor,
            },
            **({} if sale.donation is UNSET else {"Donation": _words(sale.donation)}),
            **({} if sale.loads is UNSET else {"GiftCardLoad": [_words(load) for load in sale.loads]}),
            "Tax": [
                {"PercentBasisPoints": t.rate_bp, "TaxableAmount": t.net_minor, "Amount": t.tax_minor}
                for t in sale.totals.tax
            ],
            "Intervention": [_intervention(one) for one in sale.interventions],
        },
        **({} if sale.fiscal is UNSET else {"FiscalSignature": _words(sale.fiscal)}),
        "Chain": {"Previous": sale.chain.previous, "Hash": sale.chain.hash},
    }


def _line_item(sale: Sale, line: SaleLine) -> dict[str, Any]:
    item: dict[str, Any] = {
        "ItemID": line.gtin,
        "Description": line.name,
        "MerchandiseHierarchy": line.category,
        "RegularSalesUnitPrice": line.unit_price_minor,
        "ExtendedAmount": line.amount_minor,
        "Quantity": line.count,
        "DepositAmount": line.deposit_minor,
        "TaxPercentBasisPoints": line.tax_bp,
        "RetailPriceModifier": [_modifier(discount) for discount in line.discounts],
        "PriceBook": line.price_book,
    }
    seldom = {
        "WeightGrams": line.weight_g,
        "AgeRestriction": line.age_limit or None,
        "DepositTaxPercentBasisPoints": line.deposit_tax_bp,
        "PriceOrigin": line.priced,
        "AmountOrigin": line.amount_by,
        "LotNumber": line.batch,
        "TransactionLink": _original(line.original),
        "ReturnReason": line.back.reason if isinstance(line.back, CameBack) else None,
        "DisposalMethod": _disposal(line.back),
    }
    item |= {word: value for word, value in seldom.items() if value is not None and value is not UNSET}
    return {
        "SequenceNumber": line.line,
        "EntryMethod": line.entry,
        "Return" if sale.kind == "return" else "Sale": item,
    }


def _original(original: Original | UnsetType) -> dict[str, Any] | None:
    """What is taken back, as POSLog links a return to its sale."""
    if not isinstance(original, Original):
        return None
    return {
        "ReasonCode": "Return",
        "TransactionID": original.sale,
        "LineItemSequenceNumber": original.line,
        "UnitNumbers": list(original.units),
        "ReservationID": original.hold,
    }


def _disposal(back: CameBack | UnsetType) -> str | None:
    """What becomes of it."""
    if not isinstance(back, CameBack):
        return None
    return "Waste" if back.waste else "ReturnToStock"


def _modifier(discount: Discount) -> dict[str, Any]:
    modifier: dict[str, Any] = {"PromotionID": discount.offer, "Amount": discount.amount_minor}
    if discount.name:
        modifier["Description"] = discount.name
    if discount.coupon:
        modifier["CouponID"] = discount.coupon
    return modifier


def _intervention(cleared: ClearedIntervention) -> dict[str, Any]:
    return {
        "ReasonCode": cleared.reason,
        "BeginDateTime": cleared.opened,
        "EndDateTime": cleared.cleared,
        "OperatorID": cleared.by,
        "Location": cleared.where,
        "Evidence": cleared.evidence,
    }


def _lot(lot: Lot) -> dict[str, Any]:
    return {
        "WorkstationID": lot.till,
        "Period": lot.period,
        "Visit": lot.visit,
        "Reason": lot.why,
        "Result": lot.result,
    }


def _words(struct: msgspec.Struct) -> dict[str, Any]:
    """Our own words in the standard's spelling."""
    plain: dict[str, Any] = msgspec.to_builtins(struct)
    return {
        _spelt(name): [_spelt_all(one) for one in value] if name == "late" else value for name, value in plain.items()
    }


def _spelt_all(plain: dict[str, Any]) -> dict[str, Any]:
    return {_spelt(name): value for name, value in plain.items()}


def _spelt(name: str) -> str:
    return name.title().replace("_", "")


def _tender(tender: Tender) -> dict[str, Any]:
    record: dict[str, Any] = {"TenderType": tender.kind, "Amount": tender.amount_minor, "TenderID": tender.attempt}
    if tender.evidence:
        record["Evidence"] = tender.evidence
    if tender.reference is not UNSET:
        record["Reference"] = tender.reference
    if tender.reverses is not UNSET:
        record["ReversedTenderID"] = tender.reverses
    if tender.slip is not UNSET:
        record["Slip"] = tender.slip
    if tender.cash is not UNSET:
        record["Cash"] = {"TenderedAmount": tender.cash.given_minor, "ChangeAmount": tender.cash.change_minor}
    if tender.card is not None:
        record["CreditDebit"] = {
            "IssuerIdentificationName": tender.card.scheme,
            "PrimaryAccountNumber": tender.card.masked,
            "TerminalID": tender.card.terminal,
            "AuthorizationCode": tender.card.authorization,
            "ReferenceNumber": tender.card.trace,
            "ReceiptNumber": tender.card.receipt,
        }
    return record


_HEAD_COLUMNS = [
    "sale",
    "kind",
    "business_day",
    "sequence",
    "training",
    "sealed",
    "currency",
    "due_minor",
    "tenders",
    "hash",
    "started",
    "language",
    "customer",
    "rounding_minor",
    "added_tax_minor",
    "interventions",
    "signature",
    "donation_to",
    "donation_minor",
    "loads",
]
_LINE_COLUMNS = [
    "line", "gtin", "name", "category", "entry", "count", "weight_g", "unit_price_minor", "amount_minor",
    "discount_minor", "tax_bp", "deposit_minor", "price_book", "offers", "age_limit", "deposit_tax_bp", "priced",
    "batch", "return_reason", "waste", "amount_by",
]  # fmt: skip
_COLUMNS = _HEAD_COLUMNS + _LINE_COLUMNS


def _head(sale: Sale) -> dict[str, Any]:
    return {
        "sale": sale.key,
        "kind": sale.kind,
        "business_day": sale.business_day,
        "sequence": sale.sequence,
        "training": "yes" if sale.training else "no",
        "sealed": sale.sealed,
        "currency": sale.currency,
        "due_minor": sale.totals.due_minor,
        "tenders": " ".join(f"{tender.kind}:{tender.amount_minor}" for tender in sale.tenders),
        "hash": sale.chain.hash,
        "started": sale.started,
        "language": sale.language,
        "customer": sale.customer or "",
        "rounding_minor": sale.totals.rounding_minor,
        "added_tax_minor": sale.totals.on_top_minor,
        "interventions": " ".join(f"{one.reason}:{one.by}" for one in sale.interventions),
        "signature": "" if sale.fiscal is UNSET else sale.fiscal.signature,
        "donation_to": "" if sale.donation is UNSET else sale.donation.to,
        "donation_minor": 0 if sale.donation is UNSET else sale.donation.amount_minor,
        "loads": " ".join(f"{load.card}:{load.amount_minor}:{load.hold}" for load in sale.loads or ()),
    }


def _line_cells(line: SaleLine) -> dict[str, Any]:
    cells = {column: getattr(line, column, "") for column in _LINE_COLUMNS}
    cells = {column: "" if value is UNSET else value for column, value in cells.items()}
    if isinstance(line.back, CameBack):
        cells |= {"return_reason": line.back.reason, "waste": "yes" if line.back.waste else "no"}
    cells["offers"] = " ".join(discount.offer for discount in line.discounts)
    cells["discount_minor"] = sum(discount.amount_minor for discount in line.discounts)
    cells["weight_g"] = "" if line.weight_g is None else line.weight_g
    return cells


def _csv(cells: list[Any]) -> str:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
