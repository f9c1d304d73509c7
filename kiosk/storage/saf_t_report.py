"""SAF-T report: a Z report as the audit file has it, with every element that its schema asks for, in its order.

What a lane never does (proforma receipts, deliveries on credit) is counted as nothing, and a list of nothing has one
entry that says so, because the schema wants at least one.
"""

from datetime import datetime

import msgspec

from kiosk.checkout.day_report import NOTHING, Counted, DayReport
from kiosk.checkout.signing import decimal
from kiosk.storage.markup import group, percent, text

NONE = "None"


class Company(msgspec.Struct, frozen=True):
    """Who owes the file: name and organisation number (nine digits, with `MVA` behind it where registered)."""

    name: str
    number: str


def report_xml(report: DayReport, register: str, company: Company, when: datetime) -> str:
    """`eventReport` of one business day; `when` is when the day was closed, by the shop's wall clock."""
    other = report.elsewhere
    parts = (
        text("reportID", f"Z{report.business_day}"),
        text("reportType", "Z report"),
        text("companyIdent", company.number),
        text("companyName", company.name[:100]),
        text("reportDate", f"{when:%Y-%m-%d}"),
        text("reportTime", f"{when:%H:%M:%S}"),
        text("registerID", register),
        group("reportTotalCashSales", ("totalCashSaleAmnt", decimal(report.turnover_minor))),
        _list("reportArtGroup", "artGroup", "artGroupID", report.by_group),
        _list("reportPayment", "payment", "paymentType", {k.upper(): v for k, v in report.by_tender.items()}),
        _rates(report),
        text("reportOpeningChangeFloat", decimal(other.opening_float_minor)),
        text("reportReceiptNum", str(report.receipts)),
        text("reportOpenCashBoxNum", str(other.drawer_openings)),
        _counted("reportReceiptCopy", other.copies),
        _counted("reportReceiptProforma", NOTHING),
        _counted("reportReturn", report.returns),
        _counted("reportDiscount", report.discounts),
        _counted("reportVoidTrans", report.voids),
        _list("reportCorrLine", "corrLine", "corrLineType", {"Delete line": other.lines_removed}),
        _inquiries(other.price_inquiries),
        _list("reportOtherCorr", "otherCorr", "otherCorrType", {}),
        _counted("reportReceiptDelivery", NOTHING),
        _counted("reportTraining", report.training),
        text("reportGrandTotalSales", decimal(report.grand_sales_minor)),
        text("reportGrandTotalReturn", decimal(report.grand_returns_minor)),
        text("reportGrandTotalSalesNet", decimal(report.grand_net_minor)),
    )
    return f"<eventReport>{''.join(parts)}</eventReport>"


def _list(name: str, stem: str, key: str, entries: dict[str, Counted]) -> str:
    """`reportPayments` of `reportPayment`s and their like."""
    rows = (
        group(name, (key, what[:35]), (f"{stem}Num", str(c.count)), (f"{stem}Amnt", decimal(c.amount_minor)))
        for what, c in (entries or {NONE: NOTHING}).items()
    )
    return f"<{name}s>{''.join(rows)}</{name}s>"


def _inquiries(asked: Counted) -> str:
    rows = (
        ("priceInquiryGroup", NONE),
        ("priceInquiryNum", str(asked.count)),
        ("priceInquiryAmnt", decimal(asked.amount_minor)),
    )
    return f"<reportPriceInquiries>{group('reportPriceInquiry', *rows)}</reportPriceInquiries>"


def _counted(stem: str, counted: Counted) -> str:
    return text(f"{stem}Num", str(counted.count)) + text(f"{stem}Amnt", decimal(counted.amount_minor))


def _rates(report: DayReport) -> str:
    rows = [
        group(
            "reportCashSaleVat",
            ("vatCode", str(rate.rate_bp)),
            ("vatPerc", percent(rate.rate_bp)),
            ("cashSaleAmnt", decimal(rate.net_minor)),
            ("vatAmnt", decimal(rate.tax_minor)),
            ("vatAmntTp", "D" if rate.tax_minor < 0 else "C"),
        )
        for rate in report.by_rate
    ]
    nothing = group("reportCashSaleVat", ("vatPerc", "0.00"), ("cashSaleAmnt", "0.00"), ("vatAmnt", "0.00"))
    return f"<reportCashSalesVat>{''.join(rows) or nothing}</reportCashSalesVat>"
