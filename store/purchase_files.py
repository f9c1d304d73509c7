"""Purchase files: an order as the supplier reads it: on paper (A4), as CSV, and as the mail that carries both."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from store.config import Config
from store.console.words import amount, money, much
from store.labels import fonts
from store.purchase_order import Line, Order
from store.purchase_orders import Supplier
from store.reorder import csv_text

_COLUMNS = ("order", "gtin", "supplier_code", "name", "count", "weight_g", "price_minor", "expected")
_HEAD = ("Your number", "Our code", "Product", "Quantity", "Price", "Amount")
_WIDTHS = tuple(width * mm for width in (28, 31, 61, 22, 18, 20))


def order_csv(order: Order) -> str:
    """A line a line, for the supplier's program."""
    rows = (
        (order.number, line.gtin, line.supplier_code, line.name, line.count, line.weight_g, line.price_minor,
         order.expected)
        for line in order.lines
        if line.count or line.weight_g
    )  # fmt: skip
    return csv_text(_COLUMNS, rows)


def order_pdf(order: Order, supplier: Supplier, config: Config, day: str) -> bytes:
    """On paper; `day` is written on it as the order's."""
    plain, strong = fonts()
    body = ParagraphStyle("body", fontName=plain, fontSize=9, leading=12)
    title = ParagraphStyle("title", fontName=strong, fontSize=16, leading=22)
    about = [f"{config.name}, {day}", f"To: {supplier.name}"]
    about += [f"Our number at yours: {supplier.account}"] if supplier.account else []
    about += [f"Please deliver by {order.expected}"] if order.expected else []
    about += [order.note] if order.note else []
    parts: list[Flowable] = [Paragraph(escape(f"Purchase order {order.number}"), title)]
    parts += [Paragraph(escape(text), body) for text in about]
    rows = [_HEAD, *(_row(line, body, config.store.currency) for line in order.lines if line.count or line.weight_g)]
    if order.total_minor:
        rows.append(("", "", "", "", "", money(order.total_minor, config.store.currency)))
    looks = TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, 0), strong),
            ("FONTNAME", (0, 1), (-1, -1), plain),
            ("FONTSIZE", (0, 0), (-1, -1), 9),
            ("ALIGN", (3, 0), (-1, -1), "RIGHT"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 1, HexColor("#B9C4BD")),
        ]
    )
    parts += [Spacer(1, 4 * mm), Table(rows, _WIDTHS, repeatRows=1, style=looks, hAlign="LEFT")]
    if order.total_minor:
        parts.append(Paragraph("Prices are without tax.", body))
    paper = BytesIO()
    SimpleDocTemplate(
        paper, pagesize=A4, title=f"Purchase order {order.number}", author=config.name, leftMargin=15 * mm,
        rightMargin=15 * mm, topMargin=15 * mm, invariant=1,
    ).build(parts)  # fmt: skip
    return paper.getvalue()


def _row(line: Line, style: ParagraphStyle, currency: str) -> Sequence[object]:
    name = Paragraph(escape(line.name), style)
    price = "" if line.price_minor is None else amount(line.price_minor, currency) + ("/kg" if line.weight_g else "")
    cost = "" if line.amount_minor is None else amount(line.amount_minor, currency)
    return line.supplier_code, line.gtin, name, much(line.count, line.weight_g), price, cost


def order_mail(order: Order, supplier: Supplier, config: Config, day: str) -> EmailMessage:
    """To the supplier, with both files. Date and Message-ID follow from the order, so a mail that may have gone already
    goes out again as the same mail."""
    sender, name = config.smtp.sender, f"order-{order.number}"
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_one_line(config.name), addr_spec=sender)
    message["To"] = Address(addr_spec=order.mail_to)
    message["Subject"] = _one_line(f"Purchase order {order.number}: {config.name}")
    message["Date"] = format_datetime(datetime.fromtimestamp(order.sent_utc_ms // 1000, UTC))
    at = sender.rpartition("@")[2]
    message["Message-ID"] = f"<purchase-{config.store.id}-{order.number}-{order.sent_utc_ms}@{at}>"
    message.set_content(_text(order, supplier, config), cte="quoted-printable")
    paper = order_pdf(order, supplier, config, day)
    message.add_attachment(paper, maintype="application", subtype="pdf", filename=f"{name}.pdf")
    table = order_csv(order).encode()
    message.add_attachment(table, maintype="text", subtype="csv", filename=f"{name}.csv")
    message.set_boundary(f"kassa-order-{order.number}-{order.sent_utc_ms}")
    return message


def _text(order: Order, supplier: Supplier, config: Config) -> str:
    lines = [f"Purchase order {order.number} of {config.name}"]
    lines += [f"Our number at yours: {supplier.account}"] if supplier.account else []
    lines += [f"Please deliver by {order.expected}"] if order.expected else []
    lines += ["", *(_said(line) for line in order.lines), ""]
    lines += [order.note, ""] if order.note else []
    lines.append("The order is attached, on paper and as a table.")
    return "".join(f"{line}\n" for line in lines)


def _said(line: Line) -> str:
    return f"{much(line.count, line.weight_g)} of {line.name or line.gtin} ({line.supplier_code or line.gtin})"


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
