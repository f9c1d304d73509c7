"""Report files: a report as text, CSV, JSON, a workbook or a page to print.

CSV and JSON carry whole minor units, grams and milliseconds: a program adds them up without losing a cent. What people
open (XLSX, PDF, table) shows them as people write them; in the workbook they stay numbers that can be added up.
"""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from babel.numbers import get_currency_precision
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from store.report_shapes import Report, Row
from store.report_words import is_number, shown

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(report: Report, form: str, currency: str) -> bytes:
    """The file: `table`, `csv`, `json`, `xlsx` or `pdf`. `currency` is the shop's, for amounts that name none."""
    match form:
        case "csv":
            return _csv(report).encode()
        case "json":
            return (json.dumps(as_data(report), ensure_ascii=False) + "\n").encode()
        case "xlsx":
            return _workbook(report, currency)
        case "pdf":
            return _page(report, currency)
        case _:
            return "".join(f"{line}\n" for line in _table(report)).encode()


def as_data(report: Report) -> dict[str, object]:
    """As it is answered to programs."""
    return {
        "report": report.name,
        "rows": [dict(zip(report.columns, row, strict=True)) for row in report.rows],
        "totals": [dict(zip(report.columns, row, strict=True)) for row in report.totals],
        "found": report.found,
    }


def _csv(report: Report) -> str:
    text = StringIO()
    rows = [[_safe(cell) for cell in row] for row in report.rows]
    csv.writer(text, lineterminator="\n").writerows([report.columns, *rows])
    return text.getvalue()


def _safe(cell: str | int | None) -> str | int:
    """A name that a spreadsheet would take for a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _table(report: Report) -> Iterator[str]:
    lines = (report.columns, *report.rows)
    cells = [["" if cell is None else str(cell) for cell in row] for row in lines]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    right = [is_number(head.unit) for head in report.heads]
    for number, row in enumerate(cells):
        placed = [
            cell.rjust(width) if is_right and number else cell.ljust(width)
            for cell, width, is_right in zip(row, widths, right, strict=True)
        ]
        yield "  ".join(placed).rstrip()


# --- workbook ---------------------------------------------------------------------------------------------------------


def _workbook(report: Report, currency: str) -> bytes:
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": report.title, "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet(report.title[:31])
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    formats = {unit: book.add_format({"num_format": _pattern(unit, currency)}) for unit in _UNITS}
    strong = {
        unit: book.add_format({"num_format": _pattern(unit, currency), "bold": True, "top": 1}) for unit in _UNITS
    }
    for place, head in enumerate(report.heads):
        sheet.write_string(0, place, head.title, bold)
        widest = max([len(head.title), *(len(shown(row[place], head.unit, currency)) for row in report.rows[:200])])
        sheet.set_column(place, place, min(40, widest + 2))
    for number, row in enumerate((*report.rows, *report.totals), start=1):
        looks = formats if number <= len(report.rows) else strong
        for place, (cell, head) in enumerate(zip(row, report.heads, strict=True)):
            if isinstance(cell, int) and is_number(head.unit):
                sheet.write_number(number, place, _as_written(cell, head.unit, currency), looks[head.unit])
            elif cell is not None:
                sheet.write_string(number, place, shown(cell, head.unit, currency))
    sheet.freeze_panes(1, 0)
    if report.rows:
        sheet.autofilter(0, 0, len(report.rows), len(report.heads) - 1)
    book.close()
    return file.getvalue()


_UNITS = ("count", "money", "grams", "permille", "ms", "milli", "days")


def _pattern(unit: str, currency: str) -> str:
    digits = get_currency_precision(currency)
    patterns = {"money": "#,##0" + ("." + "0" * digits if digits else ""), "grams": "#,##0.000", "permille": "0.0%",
                "ms": "#,##0.0", "milli": "#,##0.000"}  # fmt: skip
    return patterns.get(unit, "#,##0")


def _as_written(value: int, unit: str, currency: str) -> Decimal:
    """Whole units: crowns, kilograms, seconds."""
    digits = {"money": get_currency_precision(currency), "grams": 3, "permille": 3, "ms": 3, "milli": 3}.get(unit, 0)
    return Decimal(value).scaleb(-digits)


# --- page -------------------------------------------------------------------------------------------------------------

_INK, _MUTED, _RULE, _BAND = HexColor("#12211B"), HexColor("#55645C"), HexColor("#C9D5CD"), HexColor("#EAF0EA")
_SIZE = 8
_NOTO = Path("/usr/share/fonts/truetype/noto")


@cache
def _fonts() -> tuple[str, str]:
    """(plain, bold): Noto Sans, which has the letters of all our languages but Arabic; where it is not, Helvetica."""
    files = {"KassaPlain": _NOTO / "NotoSans-Regular.ttf", "KassaBold": _NOTO / "NotoSans-Bold.ttf"}
    if not all(path.exists() for path in files.values()):
        return "Helvetica", "Helvetica-Bold"
    for name, path in files.items():
        pdfmetrics.registerFont(TTFont(name, str(path)))
    return "KassaPlain", "KassaBold"


def _page(report: Report, currency: str) -> bytes:
    file = BytesIO()
    pages = SimpleDocTemplate(
        file, pagesize=landscape(A4), leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=40,
        title=report.title, author="Kassa", invariant=1,
    )  # fmt: skip
    title = ParagraphStyle("title", fontName=_fonts()[1], fontSize=16, leading=20, textColor=_INK)
    cells = [[head.title for head in report.heads]]
    lines: list[Row] = [*report.rows, *report.totals]
    cells += [[shown(v, head.unit, currency) for v, head in zip(row, report.heads, strict=True)] for row in lines]
    if report.totals and len(report.heads) > 1:
        cells[1 + len(report.rows)][0] = "Together"
    body: list[object] = [Paragraph(escape(report.title), title), Spacer(1, 10)]
    body.append(_grid(report, cells, pages.width) if report.rows else Paragraph("Nothing in this period.", title))
    pages.build(body, onFirstPage=_footer, onLaterPages=_footer)
    return file.getvalue()


def _grid(report: Report, cells: list[list[str]], width: int) -> LongTable:
    """As wide as its texts want, squeezed where the page ends; what is too long wraps."""
    plain, strong_font = _fonts()
    wanted = [
        min(180, max(int(pdfmetrics.stringWidth(text, strong_font, _SIZE)) + 1 for text in column) + 10)
        for column in zip(*cells, strict=True)
    ]
    room = int(width)
    widths = [one * room // sum(wanted) for one in wanted] if sum(wanted) > room else wanted
    left = ParagraphStyle("cell", fontName=plain, fontSize=_SIZE, leading=10, textColor=_INK)
    right = ParagraphStyle("number", parent=left, alignment=2)
    bold = {True: ParagraphStyle("nb", parent=right, fontName=strong_font),
            False: ParagraphStyle("tb", parent=left, fontName=strong_font)}  # fmt: skip
    numbers = [is_number(head.unit) for head in report.heads]
    rows = []
    for place, row in enumerate(cells):
        strong = place == 0 or place > len(report.rows)
        styles = [bold[number] if strong else (right if number else left) for number in numbers]
        rows.append([Paragraph(escape(text), style) for text, style in zip(row, styles, strict=True)])
    style = [
        ("BACKGROUND", (0, 0), (-1, 0), _BAND),
        ("LINEBELOW", (0, 0), (-1, -1), 1, _RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ]
    return LongTable(rows, colWidths=widths, repeatRows=1, style=TableStyle(style), hAlign="LEFT")


def _footer(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont(_fonts()[0], 7)
    canvas.setFillColor(_MUTED)
    canvas.drawRightString(landscape(A4)[0] - 36, 24, str(document.page))
    canvas.restoreState()
