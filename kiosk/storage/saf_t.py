"""SAF-T Cash Register: sealed sales as the audit file that Norway's tax administration reads.

Element names, their order and their types are those of the schema `Norwegian_SAF-T_Cash_Register_Schema_v_1.00.xsd`
and of the code lists that Skatteetaten publishes (github.com/Skatteetaten/saf-t). Sales go out one by one, so that a
year fits in no memory; what stands before them (articles, groups, rates) is gathered in a first reading.

Not verified with Skatteetaten: that `12999` (other) is the right code for cards, since a terminal does not tell debit
from credit; that groups of goods may be the shop's own under `04003`. Events are exported as long as the journal keeps
the visit (`[storage] keep_days`), sales and signatures for ever. A sale without a signature says `0` there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, tzinfo

import msgspec
from msgspec import UNSET

from kiosk.checkout.day_report import DEPOSIT, Elsewhere, day_reports, group_of
from kiosk.checkout.sale import FiscalMark, LateSignature, Sale, SaleLine, is_container
from kiosk.checkout.signing import decimal, signatures_of, turnover_sign
from kiosk.storage.markup import group, percent, text
from kiosk.storage.saf_t_report import Company, report_xml
from kiosk.values.money import Money, share

NAMESPACE = "urn:StandardAuditFile-Taxation-CashRegister:NO"
STANDARD_VAT = {2500: "3", 1500: "31", 1111: "32", 1200: "33"}
"""SAF-T's standard tax codes of turnover by rate; everything else is 0."""
TENDERS = {
    "card": ("12999", "Card"),
    "external": ("12999", "Card at a terminal of its own"),
    "cash": ("12001", "Cash"),
    "gift_card": ("12005", "Gift card"),
    "voucher": ("12010", "Voucher"),
    "qr": ("12011", "Payment app"),
}
EVENTS = {
    "Restarted": ("POSSTART", "13001", "POS application start"),
    "StaffSignedIn": ("EMPIN", "13003", "Employee log in"),
    "StaffSignedOut": ("EMPOUT", "13004", "Employee log out"),
    "BasketSaved": ("SUSPEND", "13010", "Suspend transaction"),
    "BasketRecalled": ("RESUME", "13011", "Resume transaction"),
    "ReceiptPrinted": ("SALREC", "13012", "Sales receipt printed"),
    "ReprintAsked": ("COPYREC", "13014", "Copy receipt"),
    "LineVoided": ("LINEDELETE", "13999", "Delete line"),
}
PRACTISED = {kind: EVENTS[kind] for kind in ("Restarted", "StaffSignedIn", "StaffSignedOut")} | {
    "ReceiptPrinted": ("TRAINREC", "13017", "Training receipt"),
}
"""What of training is told. Its baskets and lines are nobody's."""
TRAINING_ON, TRAINING_OFF = ("TRAINON", "13023", "Training mode on"), ("TRAINOFF", "13024", "Training mode off")
Z_REPORT, VOID = ("ZREP", "13009", "Z report"), ("VOIDREC", "13028", "Void receipt")
DONATION = ("10", "DONATION", "10999", "Gift to charity")
CARD_LOAD = ("10", "GIFTCARD", "10999", "Put on a gift card")
"""Paid with a sale and no part of it: an amount raised, which the code list knows as a tip or as other."""
_DAY, _TIME = "%Y-%m-%d", "%H:%M:%S"


class NothingSold(Exception):
    """There is no sale of that time, and a file about nothing is none."""


class Happened(msgspec.Struct, frozen=True):
    """One event of the journal: its number, its type's name, UTC, and whether it was training."""

    seq: int
    kind: str
    utc_ms: int
    practised: bool = False


class Period(msgspec.Struct, frozen=True):
    """What the file is about, and when it was made."""

    from_day: str
    to_day: str
    made: datetime


def audit_file(
    sales: Callable[[], Iterable[Sale]],
    events: Iterable[Happened],
    period: Period,
    company: Company,
    zone: tzinfo,
    software: str,
    elsewhere: Mapping[str, Elsewhere] | None = None,
) -> Iterator[str]:
    """The file, piece by piece. `sales` gives all sealed sales of the lane in their order, as often as it is called;
    those outside the period are only read for late signatures and grand totals. `elsewhere`: what no sale tells of a
    day. NothingSold if there is no sale in it."""
    whole = _Gathered(sales(), period)
    first = whole.first
    if first is None:
        raise NothingSold(f"there is no sale from {period.from_day} to {period.to_day}")
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<auditfile xmlns="{NAMESPACE}">\n'
    yield _header(first, period, software)
    yield f"<company>{text('companyIdent', company.number)}{text('companyName', company.name[:100])}"
    yield text("taxRegistrationCountry", "NO") + text("taxRegIdent", company.number)
    yield from _master_data(whole)
    yield f"<location>{text('name', first.store)}<cashregister>{text('registerID', first.till)}\n"
    for number, kind, utc_ms in _happened(events):
        yield _event(number, kind, datetime.fromtimestamp(utc_ms // 1000, zone)) + "\n"
    for void in whole.voids:
        yield _event(f"V{void.sequence}", VOID[0], _when(void, zone), transaction=trans_id(void)) + "\n"
    for report in day_reports(sales(), elsewhere):
        if last := whole.days.get(report.business_day):
            closed = _when(last, zone)
            told = report_xml(report, first.till, company, closed)
            yield _event(f"Z{report.business_day}", Z_REPORT[0], closed, report=told) + "\n"
    for sale in sales():
        if whole.has(sale) and sale.kind != "void" and not sale.training:
            yield _transaction(sale, whole.signatures.get(sale.key), zone) + "\n"
    yield "</cashregister></location></company>\n</auditfile>\n"


def _happened(events: Iterable[Happened]) -> Iterator[tuple[str, str, int]]:
    """(eventID, eventType, UTC) of what the file tells. Training begins and ends with the event before its border."""
    before: Happened | None = None
    for event in events:
        if event.practised != (before is not None and before.practised):
            border = TRAINING_ON if event.practised else TRAINING_OFF
            yield f"T{event.seq}", border[0], (before or event).utc_ms
        told = (PRACTISED if event.practised else EVENTS).get(event.kind)
        if told is not None:
            yield f"J{event.seq}", told[0], event.utc_ms
        before = event


class _Gathered:
    """What must be known before the first sale is written."""

    def __init__(self, sales: Iterable[Sale], period: Period) -> None:
        self._period = period
        self.first: Sale | None = None
        self.articles: dict[str, tuple[SaleLine, str]] = {}
        self.groups: dict[str, None] = {}
        self.rates: dict[int, str] = {}
        self.tenders: set[str] = set()
        self.donates = self.loads = False
        self.voids: list[Sale] = []
        self.days: dict[str, Sale] = {}
        self.signatures: dict[str, LateSignature] = {}
        for sale in sales:
            self.signatures |= signatures_of((sale,))
            if self.has(sale):
                self._take(sale)

    def has(self, sale: Sale) -> bool:
        """Whether the sale is of the period."""
        return self._period.from_day <= sale.business_day <= self._period.to_day

    def _take(self, sale: Sale) -> None:
        self.first = self.first or sale
        if sale.training:
            return
        self.days[sale.business_day] = sale
        if sale.kind == "void":
            self.voids.append(sale)
            return
        for line in sale.lines:
            if not is_container(line):
                self.groups[group_of(line)] = None
                self.articles.setdefault(line.gtin, (line, sale.business_day))
                self.rates.setdefault(line.tax_bp, sale.business_day)
            if line.deposit_minor:
                self.groups[DEPOSIT] = None
                self.articles.setdefault(DEPOSIT, (msgspec.structs.replace(line, gtin=DEPOSIT), sale.business_day))
            self.rates.setdefault(deposit_rate_bp(line), sale.business_day)
        self.donates = self.donates or sale.donation is not UNSET
        self.loads = self.loads or sale.loads is not UNSET
        self.tenders |= {tender.kind for tender in sale.tenders}


# --- pieces -----------------------------------------------------------------------------------------------------------


def trans_id(sale: Sale) -> str:
    """What the file calls a sale of this lane: day and sequence number; 35 characters hold no more."""
    return f"{sale.business_day}/{sale.sequence:06d}"


def deposit_rate_bp(line: SaleLine) -> int:
    """The rate of the deposit, 0 where the law does not tax it."""
    return line.deposit_tax_bp or 0


def _header(first: Sale, period: Period, software: str) -> str:
    rows = (
        ("fiscalYear", period.from_day[:4]),
        ("startDate", period.from_day),
        ("endDate", period.to_day),
        ("curCode", first.currency),
        ("dateCreated", f"{period.made:{_DAY}}"),
        ("timeCreated", f"{period.made:{_TIME}}"),
        ("softwareDesc", "Kassa"),
        ("softwareVersion", software[:20]),
        ("softwareCompanyName", "Kassa, open source"),
        ("auditfileVersion", "1.0"),
    )
    return "<header>" + "".join(text(name, said) for name, said in rows) + "</header>\n"


def _master_data(whole: _Gathered) -> Iterator[str]:
    rates = "".join(
        group(
            "vatCodeDetail",
            ("vatCode", str(bp)),
            ("dateOfEntry", day),
            ("vatDesc", f"VAT {percent(bp)} %"),
            ("standardVatCode", STANDARD_VAT.get(bp, "0")),
        )
        for bp, day in sorted(whole.rates.items())
    )
    yield f"<vatCodeDetails>{rates}</vatCodeDetails>\n<articles>"
    for code, (line, day) in whole.articles.items():
        deposit = code == DEPOSIT
        yield group(
            "article",
            ("artID", code),
            ("dateOfEntry", day),
            ("artGroupID", DEPOSIT if deposit else group_of(line)[:35]),
            ("artDesc", "Pant" if deposit else line.name[:999]),
        )
    yield "</articles>\n<basics>"
    for kind, name, code, told in _basics(whole):
        described = (("predefinedBasicID", code),) if code else ()
        yield group("basic", ("basicType", kind), ("basicID", name), *described, ("basicDesc", told))
    yield "</basics>\n"


def _basics(whole: _Gathered) -> Iterator[tuple[str, str, str, str]]:
    """(type, id, predefined code, text) of everything that is referred to; ids of groups are marked, to stay unique."""
    yield from (("04", name[:35], "04003", name) for name in whole.groups)
    yield from (("05", "SAL", "", "Sale line"), ("05", "RET", "", "Return line"))
    yield from (("11", "CASHSAL", "11001", "Cash sale"), ("11", "RETURNSAL", "11006", "Return sale"))
    if whole.donates:
        yield DONATION
    if whole.loads:
        yield CARD_LOAD
    yield from (("12", kind.upper(), *TENDERS[kind]) for kind in sorted(whole.tenders))
    yield from (
        ("13", *event)
        for event in dict.fromkeys((*EVENTS.values(), *PRACTISED.values(), TRAINING_ON, TRAINING_OFF, Z_REPORT, VOID))
    )


def _event(number: str, kind: str, when: datetime, *, transaction: str = "", report: str = "") -> str:
    rows = [("eventID", number), ("eventType", kind), *([("transID", transaction)] if transaction else [])]
    told = "".join(text(name, said) for name, said in (*rows, ("eventDate", f"{when:{_DAY}}")))
    return f"<event>{told}{text('eventTime', f'{when:{_TIME}}')}{report}</event>"


def _transaction(sale: Sale, given: LateSignature | None, zone: tzinfo) -> str:
    sign, when = turnover_sign(sale), _when(sale, zone)
    number = str(sale.fiscal.number) if isinstance(sale.fiscal, FiscalMark) else str(sale.sequence)
    day, time = (given.date, given.time) if given else (f"{when:{_DAY}}", f"{when:{_TIME}}")
    amount = sign * (sale.totals.due_minor - sale.totals.rounding_minor)
    tax = sign * sum(rate.tax_minor for rate in sale.totals.tax)
    returned = sale.kind == "return"
    head = (
        ("nr", number),
        ("transID", trans_id(sale)),
        ("transType", "RETURNSAL" if returned else "CASHSAL"),
        ("transAmntIn", decimal(amount)),
        ("transAmntEx", decimal(amount - tax)),
        ("amntTp", "D" if returned else "C"),
        ("transDate", day),
        ("transTime", time),
    )
    foot = (
        ("signature", given.signature if given else "0"),
        ("keyVersion", given.key if given else "0"),
        ("voidTransaction", "false"),
        ("trainingID", "false"),
    )
    rates = (_vat(rate.rate_bp, sign * rate.net_minor, sign * rate.tax_minor, returned) for rate in sale.totals.tax)
    return (
        f"<cashtransaction>{''.join(text(name, said) for name, said in head)}{''.join(_lines(sale, number))}"
        f"{''.join(rates)}{_raise(sale)}"
        f"{group('rounding', ('roundingAmnt', decimal(sign * sale.totals.rounding_minor)))}"
        f"{''.join(_payment(t.kind, sign * t.amount_minor, sale.currency, t.attempt) for t in sale.tenders)}"
        f"{''.join(text(name, said) for name, said in foot)}</cashtransaction>"
    )


def _raise(sale: Sale) -> str:
    gift = 0 if sale.donation is UNSET else sale.donation.amount_minor
    raised = ((DONATION, gift), (CARD_LOAD, sale.loaded_minor))
    return "".join(
        group("raise", ("raiseType", kind[1]), ("raiseAmnt", decimal(minor))) for kind, minor in raised if minor
    )


class _Part(msgspec.Struct, frozen=True):
    """One line of a transaction: goods, or the deposit of goods. `tax_minor` is its share of its rate's tax."""

    group: str
    code: str
    count: str
    taxed_minor: int
    rate_bp: int
    tax_minor: int = 0
    off_minor: int = 0


def _parts(sale: Sale) -> list[_Part]:
    parts = []
    for line in sale.lines:
        off = sum(discount.amount_minor for discount in line.discounts)
        much = f"{line.weight_g // 1000}.{line.weight_g % 1000:03d}" if line.weight_g is not None else str(line.count)
        goods = _Part(group_of(line)[:35], line.gtin, much, line.amount_minor + off, line.tax_bp, off_minor=-off)
        if not is_container(line):
            parts.append(goods)
        if line.deposit_minor:
            parts.append(_Part(DEPOSIT, DEPOSIT, str(line.count), line.deposit_minor, deposit_rate_bp(line)))
    for rate in sale.totals.tax:
        mine = [n for n, part in enumerate(parts) if part.rate_bp == rate.rate_bp]
        weights = [abs(parts[n].taxed_minor) for n in mine]
        if any(weights):
            for n, tax in zip(mine, share(Money(rate.tax_minor), weights), strict=True):
                parts[n] = msgspec.structs.replace(parts[n], tax_minor=tax.minor)
    return parts


def _lines(sale: Sale, number: str) -> Iterator[str]:
    sign, returned = turnover_sign(sale), sale.kind == "return"
    on_top = sale.totals.on_top_minor != 0
    for place, part in enumerate(_parts(sale), start=1):
        tax = sign * part.tax_minor
        net = sign * part.taxed_minor - (0 if on_top else tax)
        rows = (
            ("nr", number),
            ("lineID", str(place)),
            ("lineType", "RET" if returned else "SAL"),
            ("artGroupID", part.group),
            ("artID", part.code),
            ("qnt", f"-{part.count}" if returned else part.count),
            ("lineAmntIn", decimal(net + tax)),
            ("lineAmntEx", decimal(net)),
            ("amntTp", "D" if returned else "C"),
        )
        told = "".join(text(name, said) for name, said in rows)
        off = group("discount", ("dscTp", "OFFER"), ("dscAmnt", decimal(sign * part.off_minor)))
        yield f"<ctLine>{told}{_vat(part.rate_bp, net, tax, returned)}{off if part.off_minor else ''}</ctLine>"


def _vat(rate_bp: int, net_minor: int, tax_minor: int, returned: bool) -> str:
    return group(
        "vat",
        ("vatCode", str(rate_bp)),
        ("vatPerc", percent(rate_bp)),
        ("vatAmnt", decimal(tax_minor)),
        ("vatAmntTp", "D" if returned else "C"),
        ("vatBasAmnt", decimal(net_minor)),
    )


def _payment(kind: str, amount_minor: int, currency: str, reference: str) -> str:
    rows = (("paymentType", kind.upper()), ("paidAmnt", decimal(amount_minor)), ("curCode", currency))
    return group("payment", *rows, ("exchRt", "1.000000"), ("paymentRefID", reference))


def _when(sale: Sale, zone: tzinfo) -> datetime:
    """When it was sealed, by the shop's wall clock."""
    return datetime.fromisoformat(sale.sealed).astimezone(zone)
