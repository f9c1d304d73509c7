"""Reorder list on paper: one table for each supplier, as A4."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from store.console.words import much
from store.reorder import Proposal

_HEAD = ("Code", "Their code", "Product", "Available", "Packs", "Buy")
_WIDTHS = tuple(width * mm for width in (31, 25, 62, 22, 15, 25))
_LINES = TableStyle(
    [
        ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
        ("FONTSIZE", (0, 0), (-1, -1), 9),
        ("ALIGN", (3, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 1, colors.HexColor("#B9C4BD")),
    ]
)


def reorder_pdf(found: Iterable[Proposal], shop: str, day: str) -> bytes:
    """The whole list; one line if there is nothing to buy."""
    styles = getSampleStyleSheet()
    parts: list[Flowable] = [Paragraph(escape(f"{shop}: to order, {day}"), styles["Heading1"])]
    for supplier, lines in groupby(found, key=lambda one: one.supplier):
        parts.append(Paragraph(escape(supplier or "No supplier named"), styles["Heading2"]))
        rows = [_HEAD, *(_row(one, styles["BodyText"]) for one in lines)]
        parts += [Table(rows, _WIDTHS, repeatRows=1, style=_LINES, hAlign="LEFT"), Spacer(1, 4 * mm)]
    if len(parts) == 1:
        parts.append(Paragraph("There is enough of everything.", styles["BodyText"]))
    paper = BytesIO()
    SimpleDocTemplate(
        paper, pagesize=A4, title=f"{shop}: to order", leftMargin=15 * mm, rightMargin=15 * mm, topMargin=15 * mm
    ).build(parts)
    return paper.getvalue()


def _row(one: Proposal, style: object) -> Sequence[object]:
    name = Paragraph(escape(one.name), style)
    available = much(one.available_count, one.available_g)
    return (one.gtin, one.supplier_code, name, available, str(one.packs), much(one.buy_count, one.buy_g))
