"""Blank cards: gift cards with nothing on them yet, made many at once and printed as bar codes.

Stuck onto cards they hang on a shelf and are worth nothing to a thief; a checkout that scans one sells it, and what is
paid for it is put on it then (`loading`). The bar code is Code 128 (ISO/IEC 15417), which has letters and puts two
digits into a symbol: about 41 mm. A number is printed once: of two cards with it, whoever comes first has the money.
"""

import secrets
from collections.abc import Callable, Sequence
from functools import partial

from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.engine import Connection

from store.labels import BAR, Sheet, fonts, laid_out, points
from store.vouchers import Voucher, issue, new_number

_QUIET = 10
"""Modules of white at each side (ISO/IEC 15417, 4.3)."""
_NAME, _NUMBER = 11, 9
"""Sizes of the shop's name and of the number, in points."""


def make_blank(
    connection: Connection,
    count: int,
    currency: str,
    now_utc_ms: int,
    draw: Callable[[str], str] = secrets.choice,
) -> list[str]:
    """Put so many into the books, with nothing on them; their numbers. `draw` one digit of ten."""
    numbers = [new_number("gift_card", draw) for _ in range(count)]
    for number in numbers:
        issue(connection, Voucher(number, "gift_card", currency, 0, issued_utc_ms=now_utc_ms))
    return numbers


def card_sheet(numbers: Sequence[str], shop: str, layout: str = "a4-24") -> bytes:
    """Their bar codes as PDF, on the sheets that shelf labels are printed on. UnknownSheet."""
    return laid_out(numbers, partial(_draw, shop), layout, "Gift cards")


def _draw(shop: str, canvas: Canvas, number: str, left: int, top: int, sheet: Sheet) -> None:
    """The shop above, the bar code, the number below, all in the middle."""
    regular, bold = fonts()
    middle = left + points(sheet.width_mm) // 2
    pad, height = points(4), points(sheet.height_mm)
    canvas.setFont(bold, _NAME)
    canvas.drawCentredString(middle, top - pad - _NAME, _fitting(shop, bold, points(sheet.width_mm) - 2 * pad))
    bars = height - 2 * pad - 2 * _NAME - 2 * _NUMBER
    code = Code128(number, barWidth=BAR, barHeight=bars, quiet=True, lquiet=_QUIET * BAR, rquiet=_QUIET * BAR)
    code.drawOn(canvas, middle - int(code.width) // 2, top - height + pad + 2 * _NUMBER)
    canvas.setFont(regular, _NUMBER)
    canvas.drawCentredString(middle, top - height + pad + _NUMBER // 2, number)


def _fitting(text: str, font: str, width: int) -> str:
    """As much of it as has room."""
    if pdfmetrics.stringWidth(text, font, _NAME) <= width:
        return text
    kept = next(n for n in range(len(text), -1, -1) if pdfmetrics.stringWidth(text[:n] + "…", font, _NAME) <= width)
    return f"{text[:kept].rstrip()}…"
