"""The audit file, judged by its schema's order, by its own sums and by the tax office's rule of signatures."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as Xml
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.__main__ import main
from kiosk.app.signer import SIMULATED, SIMULATED_KEY, simulated_signer
from kiosk.checkout.basket import Basket, Line
from kiosk.checkout.day import Day, untold
from kiosk.checkout.effects import SignSale
from kiosk.checkout.events import Restarted, SaleSigned, StaffSignedIn
from kiosk.checkout.fiscal import signed as finish
from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank
from kiosk.checkout.pricing import totals
from kiosk.checkout.sale import CameBack, Donation, Sale, Tender, Totals
from kiosk.checkout.state import State
from kiosk.checkout.visit import keep, seal_basket
from kiosk.storage.journal import Batch, open_journal
from kiosk.storage.saf_t import Company, Happened, NothingSold, Period, audit_file
from kiosk.values.moment import Moment
from kiosk.values.money import Money

OSLO = ZoneInfo("Europe/Oslo")
LANE = Lane("s001", "k01", currency="NOK", languages=("en",), jurisdiction="no", signer=SIMULATED)
FIRST_MS = 1_795_425_220_002
DAY_MS = 86_400_000
BREAD = Item("1", "Brød & frø <fersk>", Money(3290), "food", 1500, "1", category="bread/dark")
BEER = Item("2", "Pils", Money(3990), "alcohol", 2500, "1", category="drinks", deposit=Money(200))
ORDER = {
    "auditfile": "header company",
    "header": "fiscalYear startDate endDate curCode dateCreated timeCreated softwareDesc softwareVersion"
    " softwareCompanyName auditfileVersion",
    "company": "companyIdent companyName taxRegistrationCountry? taxRegIdent? vatCodeDetails? articles? basics?"
    " location*",
    "vatCodeDetails": "vatCodeDetail*",
    "vatCodeDetail": "vatCode dateOfEntry vatDesc? standardVatCode",
    "articles": "article*",
    "article": "artID dateOfEntry artGroupID? artDesc",
    "basics": "basic*",
    "basic": "basicType basicID predefinedBasicID? basicDesc",
    "location": "name? cashregister*",
    "cashregister": "registerID event* cashtransaction*",
    "event": "eventID eventType transID? empID? eventDate eventTime eventText? eventReport?",
    "eventReport": "reportID reportType companyIdent companyName reportDate reportTime registerID reportTotalCashSales"
    " reportArtGroups reportPayments reportCashSalesVat reportOpeningChangeFloat reportReceiptNum reportOpenCashBoxNum"
    " reportReceiptCopyNum reportReceiptCopyAmnt reportReceiptProformaNum reportReceiptProformaAmnt reportReturnNum"
    " reportReturnAmnt reportDiscountNum reportDiscountAmnt reportVoidTransNum reportVoidTransAmnt reportCorrLines"
    " reportPriceInquiries reportOtherCorrs reportReceiptDeliveryNum reportReceiptDeliveryAmnt reportTrainingNum"
    " reportTrainingAmnt reportGrandTotalSales reportGrandTotalReturn reportGrandTotalSalesNet",
    "reportTotalCashSales": "totalCashSaleAmnt",
    "reportArtGroups": "reportArtGroup+",
    "reportArtGroup": "artGroupID artGroupNum artGroupAmnt",
    "reportPayments": "reportPayment+",
    "reportPayment": "paymentType paymentNum paymentAmnt",
    "reportCashSalesVat": "reportCashSaleVat+",
    "reportCashSaleVat": "vatCode? vatPerc cashSaleAmnt vatAmnt vatAmntTp?",
    "reportCorrLines": "reportCorrLine+",
    "reportCorrLine": "corrLineType corrLineNum corrLineAmnt",
    "reportPriceInquiries": "reportPriceInquiry+",
    "reportPriceInquiry": "priceInquiryGroup priceInquiryNum priceInquiryAmnt",
    "reportOtherCorrs": "reportOtherCorr+",
    "reportOtherCorr": "otherCorrType otherCorrNum otherCorrAmnt",
    "cashtransaction": "nr transID transType? transAmntIn transAmntEx amntTp transDate transTime ctLine* vat* discount*"
    " raise* rounding? payment* signature keyVersion receiptNum? voidTransaction? trainingID?",
    "ctLine": "nr lineID lineType artGroupID? artID? qnt? lineAmntIn lineAmntEx amntTp vat? discount*",
    "vat": "vatCode? vatPerc? vatAmnt vatAmntTp? vatBasAmnt?",
    "discount": "dscTp dscAmnt",
    "raise": "raiseType raiseAmnt",
    "rounding": "roundingAmnt?",
    "payment": "paymentType paidAmnt curCode? exchRt? paymentRefID?",
}
"""The order of elements that the schema asks for (v 1.00), of those that we write or that it demands."""


class Till:
    """Seals and signs sales, one a day."""

    def __init__(self) -> None:
        self.state: State = replace(blank(LANE), chain="5eed")
        self.sales: list[Sale] = []
        self._signer = simulated_signer(OSLO)

    def sell(self, *lines: Line, kind: str = "sale", days: int = 0, gives: int = 0) -> None:
        at = Moment(FIRST_MS + days * DAY_MS, 0, f"2026-11-{23 + days}")
        gift = Donation("Red Cross", gives) if gives else None
        basket = Basket(lines=lines, started_utc_ms=at.utc_ms - 60_000, donation=gift)
        due = totals(basket).due.minor + gives
        tenders = (Tender("card", due, f"a{len(self.sales)}", None),) if kind != "void" else ()
        self.state, effects = seal_basket(self.state, basket, kind, tenders, at)
        orders = [effect for effect in effects if isinstance(effect, SignSale)]
        if orders:
            (signed,) = self._signer.sign(orders[0])
            assert isinstance(signed, SaleSigned)
            self._seal(signed)
        else:
            self.sales.append(next(e.sale for e in effects if hasattr(e, "sale")))

    def _seal(self, signed: SaleSigned) -> None:
        self.state, effects = finish(self.state, signed)
        self.sales.append(next(e.sale for e in effects if hasattr(e, "sale")))


@pytest.fixture(scope="module")
def till() -> Till:
    till = Till()
    till.sell(Line(1, BREAD, count=3), Line(2, BEER, count=2))
    till.sell(Line(1, BREAD), kind="void")
    till.sell(Line(1, replace(BREAD, gtin="3", name="Bananer", sold_by="kg"), weight_g=412), days=1)
    till.sell(Line(1, BREAD), kind="return", days=1)
    till.sell(Line(1, BEER), days=2, gives=210)
    return till


def written(till: Till, first: str = "2026-11-23", last: str = "2026-11-25", days: tuple[Day, ...] = ()) -> Xml.Element:
    period = Period(first, last, datetime(2026, 11, 26, 10, 40, tzinfo=OSLO))
    events = [Happened(1, "Restarted", FIRST_MS), Happened(2, "Touched", FIRST_MS)]
    text = "".join(
        audit_file(
            lambda: till.sales, events, period, Company("Selskapet ASA", "999999999MVA"), OSLO, "0.1.0", untold(days)
        )
    )
    return Xml.fromstring(text.replace(' xmlns="urn:StandardAuditFile-Taxation-CashRegister:NO"', "", 1))


def order_faults(element: Xml.Element) -> Iterator[str]:
    if element.tag in ORDER:
        pattern = "".join(
            f"(?:{m[1]} ){m[2]}" for m in (re.match(r"(\w+)([?*+]?)", word) for word in ORDER[element.tag].split()) if m
        )
        found = "".join(f"{child.tag} " for child in element)
        if not re.fullmatch(pattern, found):
            yield f"{element.tag}: {found}"
    for child in element:
        yield from order_faults(child)


def test_training_is_told_as_training_and_its_baskets_as_nobodys(till: Till) -> None:
    """In Skatteetaten's own codes: 13023 on, 13017 a receipt of it, 13024 off."""
    told = ("StaffSignedIn", False), ("TrainingBegan", False), ("BasketSaved", True), ("ReceiptPrinted", True)
    told = (*told, ("TrainingEnded", True), ("ReceiptPrinted", False))
    events = [Happened(n, kind, FIRST_MS + n * 1_000, practised) for n, (kind, practised) in enumerate(told)]
    day = Period("2026-11-23", "2026-11-25", datetime(2026, 11, 26, 10, 40, tzinfo=OSLO))
    company = Company("Selskapet ASA", "999999999")
    text = "".join(audit_file(lambda: till.sales, events, day, company, OSLO, "0.1.0"))
    found = re.findall(r"<eventID>[JT].*?<eventType>(.*?)</eventType>.*?<eventTime>(.*?)</eventTime>", text)
    kinds, times = zip(*found, strict=True)
    assert kinds == ("EMPIN", "TRAINON", "TRAINREC", "TRAINOFF", "SALREC")
    assert [int(at[-2:]) - int(times[0][-2:]) for at in times] == [0, 1, 3, 4, 5]
    for code in ("13017", "13023", "13024"):
        assert text.count(f"<predefinedBasicID>{code}</predefinedBasicID>") == 1


def test_a_z_report_tells_what_no_sale_does(till: Till) -> None:
    """Receipts of training (kassasystemforskrifta § 2-8-2), copies, the drawer and what was taken out, as counted."""
    closed = (
        Day(number=1, business_day="2026-11-23", opening_minor=50_000, training=2, training_minor=6580, copies=1,
            copies_minor=3290, drawer_openings=3),
        Day(number=2, business_day="2026-11-23", opening_minor=70_000, training=1, training_minor=1000,
            lines_removed=4, lines_removed_minor=990, price_checks=5),
    )  # fmt: skip
    first, second, *_ = written(till, days=closed).iter("eventReport")
    figures = {child.tag: child.text for child in first.iter()}
    assert (figures["reportTrainingNum"], figures["reportTrainingAmnt"]) == ("3", "75.80")
    assert (figures["reportReceiptCopyNum"], figures["reportReceiptCopyAmnt"]) == ("1", "32.90")
    assert (figures["reportOpenCashBoxNum"], figures["reportOpeningChangeFloat"]) == ("3", "500.00")
    assert (figures["corrLineNum"], figures["corrLineAmnt"], figures["priceInquiryNum"]) == ("4", "9.90", "5")
    assert (
        figures["totalCashSaleAmnt"]
        == {c.tag: c.text for c in next(written(till).iter("eventReport")).iter()}["totalCashSaleAmnt"]
    )
    assert {child.tag: child.text for child in second.iter()}["reportTrainingNum"] == "0"


def test_every_element_is_where_the_schema_wants_it(till: Till) -> None:
    assert list(order_faults(written(till))) == []


def test_a_wrong_order_is_seen() -> None:
    assert list(order_faults(Xml.fromstring("<discount><dscAmnt/><dscTp/></discount>")))


def values(element: Xml.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path)]


def minor(text: str) -> int:
    assert re.fullmatch(r"-?\d+\.\d\d", text)
    return int(text.replace(".", ""))


def test_the_lines_of_a_transaction_add_up_to_it(till: Till) -> None:
    for sale in written(till).iter("cashtransaction"):
        for field in ("AmntIn", "AmntEx"):
            assert sum(map(minor, values(sale, f"ctLine/line{field}"))) == minor(values(sale, f"trans{field}")[0])
        given = sum(map(minor, values(sale, "raise/raiseAmnt")))
        assert sum(map(minor, values(sale, "payment/paidAmnt"))) == minor(values(sale, "transAmntIn")[0]) + given


def test_a_gift_to_charity_is_raised_beside_the_sale(till: Till) -> None:
    *_, last = written(till).iter("cashtransaction")
    assert values(last, "raise/raiseAmnt") == ["2.10"]


def test_every_reference_leads_somewhere_and_every_name_is_one(till: Till) -> None:
    file = written(till)
    basics = values(file, "company/basics/basic/basicID")
    articles = values(file, "company/articles/article/artID")
    assert len(set(basics)) == len(basics) and len(set(articles)) == len(articles)
    register = "company/location/cashregister/"
    assert set(values(file, f"{register}event/eventType")) <= set(basics)
    assert set(values(file, f"{register}cashtransaction/ctLine/lineType")) <= set(basics)
    assert set(values(file, f"{register}cashtransaction/payment/paymentType")) <= set(basics)
    assert set(values(file, f"{register}cashtransaction/raise/raiseType")) <= set(basics)
    assert set(values(file, f"{register}cashtransaction/ctLine/artID")) <= set(articles)


def test_the_tax_office_can_check_every_signature_from_the_file_alone(till: Till) -> None:
    previous = "0"
    for sale in written(till).iter("cashtransaction"):
        fields = ("transDate", "transTime", "nr", "transAmntIn", "transAmntEx")
        text = ";".join((previous, *(values(sale, field)[0] for field in fields)))
        previous = base64.b64encode(hmac.new(SIMULATED_KEY, text.encode(), hashlib.sha1).digest()).decode()
        assert values(sale, "signature") == [previous]


def test_a_return_is_negative_and_a_void_is_an_event(till: Till) -> None:
    file = written(till)
    back = next(s for s in file.iter("cashtransaction") if values(s, "transType") == ["RETURNSAL"])
    assert (values(back, "transAmntIn"), values(back, "amntTp")) == (["-32.90"], ["D"])
    assert values(back, "ctLine/qnt") == ["-1"]
    voids = [e for e in file.iter("event") if values(e, "eventType") == ["VOIDREC"]]
    assert [values(e, "transID") for e in voids] == [["2026-11-23/000002"]]


def test_empties_are_a_return_of_deposit_alone(till: Till) -> None:
    beer = till.sales[0].lines[1]
    empty = replace(
        beer, line=1, unit_price_minor=0, amount_minor=0, deposit_minor=-400, back=CameBack("container", True)
    )
    paid = (Tender("cash", -400, "k01-000009-back", None),)
    back = replace(till.sales[3], lines=(empty,), totals=Totals(0, -400, 0, -400, ()), tenders=paid)
    only = Till()
    only.sales = [back]
    file = written(only)
    (sale,) = file.iter("cashtransaction")
    assert (values(sale, "ctLine/artID"), values(sale, "ctLine/qnt")) == (["deposit"], ["-2"])
    assert values(sale, "ctLine/lineAmntIn") == values(sale, "payment/paidAmnt") == ["-4.00"]
    assert values(file, "company/articles/article/artID") == ["deposit"]
    (report,) = file.iter("eventReport")
    assert values(report, "reportArtGroups/reportArtGroup/artGroupID") == ["deposit"]
    assert (values(report, "reportReturnNum"), values(report, "reportReturnAmnt")) == (["1"], ["4.00"])


def test_each_day_has_its_report_and_the_grand_totals_grow(till: Till) -> None:
    reports = list(written(till).iter("eventReport"))
    assert [values(r, "reportReceiptNum")[0] for r in reports] == ["1", "1", "1"]
    grand = [minor(values(r, "reportGrandTotalSalesNet")[0]) for r in reports]
    turnover = [minor(values(r, "reportTotalCashSales/totalCashSaleAmnt")[0]) for r in reports]
    assert grand == [sum(turnover[: n + 1]) for n in range(3)]


def test_a_period_leaves_the_rest_out_but_counts_on(till: Till) -> None:
    file = written(till, "2026-11-25", "2026-11-25")
    assert len(list(file.iter("cashtransaction"))) == 1
    assert minor(values(file, ".//reportGrandTotalSales")[0]) > minor(values(file, ".//transAmntIn")[0])


def test_a_period_without_sales_is_no_file(till: Till) -> None:
    with pytest.raises(NothingSold, match="no sale from 2027"):
        written(till, "2027-01-01", "2027-12-31")


def test_the_command(till: Till, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kiosk.db"
    journal = open_journal(path)
    at = Moment(FIRST_MS, 0, "2026-11-23")
    began = (Restarted(at=at, lane=LANE), StaffSignedIn(at=at, staff="u1", name="Ola", role="cashier"))
    journal.write(Batch(events=began, sales=tuple(till.sales)))
    journal.close()
    ask = ["export", str(path), "--format", "saf-t-cash-register", "--from", "2026-11-23", "--to", "2026-11-25"]
    assert main(ask) == 2
    assert "--organisation" in capsys.readouterr().err
    assert main([*ask, "--company", "Selskapet ASA", "--organisation", "99"]) == 2
    assert main([*ask, "--company", "A", "--organisation", "999999999", "--timezone", "Mars"]) == 2
    capsys.readouterr()
    assert main([*ask, "--company", "Selskapet ASA", "--organisation", "999999999MVA"]) == 0
    file = Xml.fromstring(capsys.readouterr().out.partition("\n")[2])
    kinds = [element.text for element in file.iter() if element.tag.endswith("eventType")]
    assert kinds[:2] == ["POSSTART", "EMPIN"]
    empty = ["--from", "2001-01-01", "--to", "2001-01-02"]
    assert main([*ask[:4], *empty, "--company", "A", "--organisation", "999999999"]) == 1


def test_the_sales_are_sealed_as_a_lane_seals_them(till: Till) -> None:
    """So that the file is about what a lane really writes."""
    state, _ = keep(replace(till.state, chain=till.sales[0].chain.previous), till.sales[0])
    assert state.chain == till.sales[0].chain.hash


def test_the_days_can_be_had_as_json_too(till: Till, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kiosk.db"
    journal = open_journal(path)
    journal.write(Batch(sales=tuple(till.sales)))
    journal.close()
    assert main(["export", str(path), "--format", "day-report", "--from", "2026-11-24", "--to", "2026-11-25"]) == 0
    days = [msgspec.json.decode(line) for line in capsys.readouterr().out.splitlines()]
    assert [day["business_day"] for day in days] == ["2026-11-24", "2026-11-25"]
    assert days[0]["returns"] == {"count": 1, "amount_minor": 3290}
    assert days[1]["grand_sales_minor"] == sum(s.totals.due_minor for s in till.sales if s.kind == "sale")
