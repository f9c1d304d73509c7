"""Labels: what hangs on the shelf, as PDF to be printed and cut: name, price, price of a comparable unit, bar code.

The unit price is what a kilogram, a litre or a metre of it costs (Directive 98/6/EC: it must be on the shelf, clearly
legible), rounded half up to the minor unit. EAN-13 and EAN-8 are drawn at 80 to 100 per cent of their size (GS1 General
Specifications 5.2.3: 80 per cent is the smallest); goods with a PLU only have its number.

Letters are Noto Sans, which knows Latin, Greek and Cyrillic, from the distribution's package; where it is missing PDF's
own Helvetica takes its place, and letters that it lacks are question marks.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.eanbc import Ean8BarcodeWidget, Ean13BarcodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONTS = Path("/usr/share/fonts/truetype/noto")
_UNITS = {"g": ("kg", 1_000), "kg": ("kg", 1), "ml": ("l", 1_000), "cl": ("l", 100), "l": ("l", 1), "m": ("m", 1),
          "cm": ("m", 100), "pcs": ("pcs", 1)}  # fmt: skip


class Label(msgspec.Struct, frozen=True):
    """What stands on one label; all amounts are texts in the shop's way of writing them."""

    code: str
    name: str
    price: str
    unit_price: str = ""
    """`132.25 SEK/kg`; empty where there is none."""
    note: str = ""
    """`+ deposit 1.00`, `per kg`."""


class Sheet(NamedTuple):
    """A sheet of labels: columns, rows, size of one and margins of the page, in millimetres."""

    columns: int
    rows: int
    width_mm: int
    height_mm: int
    left_mm: int
    top_mm: int


SHEETS = {
    "a4-24": Sheet(3, 8, 70, 36, 0, 4),
    "a4-10": Sheet(2, 5, 105, 57, 0, 6),
    "roll": Sheet(1, 1, 60, 36, 0, 0),
}
"""Label sheets of A4 that any office sells, and a roll of labels of 60 x 36 mm."""


BAR = Fraction(3, 4)
"""A module of the bar code in points: 0.265 mm, 80 per cent of the nominal 0.33 mm."""


Thing = TypeVar("Thing")
Draw = Callable[[Canvas, Thing, int, int, Sheet], None]


class UnknownSheet(LookupError):
    """There is no such sheet; the message names those that there are."""


def unit_price_minor(price_minor: int, content_thousandths: int, content_unit: str) -> tuple[int, str] | None:
    """What a comparable unit of it costs, and which; None if the content is not known. Rounded half up."""
    known = _UNITS.get(content_unit.strip().lower())
    if known is None or content_thousandths <= 0:
        return None
    unit, parts = known
    twice = 2 * price_minor * 1_000 * parts + content_thousandths
    return twice // (2 * content_thousandths), unit


def sheet_of(labels: Sequence[Label], layout: str = "a4-24") -> bytes:
    """The labels as PDF, as many pages as they take. UnknownSheet."""
    return laid_out(labels, _draw, layout, "Shelf labels")


def laid_out(things: Sequence[Thing], draw: Draw[Thing], layout: str, title: str) -> bytes:
    """Anything on such sheets as PDF: `draw` draws one, its left and upper edge in points. UnknownSheet."""
    if layout not in SHEETS:
        raise UnknownSheet(f"there is no sheet {layout}: there is {', '.join(SHEETS)}")
    sheet = SHEETS[layout]
    roll = layout == "roll"
    page = (points(sheet.width_mm), points(sheet.height_mm)) if roll else (points(210), points(297))
    out = BytesIO()
    canvas = Canvas(out, pagesize=page, invariant=True)
    canvas.setTitle(title)
    for place, thing in enumerate(things):
        on_page = place % (sheet.columns * sheet.rows)
        if place and not on_page:
            canvas.showPage()
        column, row = on_page % sheet.columns, on_page // sheet.columns
        left = points(sheet.left_mm + column * sheet.width_mm)
        top = page[1] - points(sheet.top_mm + row * sheet.height_mm)
        draw(canvas, thing, left, top, sheet)
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, label: Label, left: int, top: int, sheet: Sheet) -> None:
    """Name above, price large on the right, bar code on the left, unit price below the price."""
    regular, bold = fonts()
    pad, width = points(3), points(sheet.width_mm)
    inside = width - 2 * pad
    size = 11
    for line in _lines(label.name, bold, size, inside)[:2]:
        top -= size + 2
        canvas.setFont(bold, size)
        canvas.drawString(left + pad, top - 2, line)
    price_px = _largest(label.price, bold, inside - points(34), 30)
    base = top - 6 - price_px
    canvas.setFont(bold, price_px)
    canvas.drawRightString(left + width - pad, base, label.price)
    canvas.setFont(regular, 8)
    for line in (label.unit_price, label.note):
        if line:
            base -= 10
            canvas.drawRightString(left + width - pad, base, line)
    _bar_code(canvas, label.code, left + pad, top - 5 - points(16))


def _bar_code(canvas: Canvas, code: str, x: int, y: int) -> None:
    regular, _ = fonts()
    if len(code) not in (8, 12, 13):
        canvas.setFont(regular, 9)
        canvas.drawString(x, y + 4, code)
        return
    widget = Ean8BarcodeWidget(code) if len(code) == 8 else Ean13BarcodeWidget(code.zfill(13))
    widget.barWidth, widget.barHeight, widget.fontName = BAR, points(13), regular
    x0, y0, x1, y1 = widget.getBounds()
    drawing = Drawing(x1 - x0, y1 - y0)
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, x, y)


def points(millimetres: int) -> int:
    """Points, of which 72 are an inch."""
    return millimetres * 7_200 // 2_540


@lru_cache(maxsize=1)
def fonts() -> tuple[str, str]:
    """Names of the regular and the bold face."""
    files = (_FONTS / "NotoSans-Regular.ttf", _FONTS / "NotoSans-Bold.ttf")
    if not all(file.is_file() for file in files):
        return "Helvetica", "Helvetica-Bold"
    for name, file in zip(("KassaRegular", "KassaBold"), files, strict=True):
        pdfmetrics.registerFont(TTFont(name, str(file)))
    return "KassaRegular", "KassaBold"


def _lines(text: str, font: str, size: int, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pdfmetrics.stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _largest(text: str, font: str, width: int, most: int) -> int:
    """The largest size in which a price fits: it is never shortened."""
    return next((size for size in range(most, 8, -1) if pdfmetrics.stringWidth(text, font, size) <= width), 8)
