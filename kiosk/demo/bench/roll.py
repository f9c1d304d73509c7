"""Roll: the printer's paper as HTML. Pure.

Every line stands as it was printed, in a fixed pitch; a QR code and a barcode are drawn as the printer would, so that a
phone can read them from the page. A line that came as dots is shown as its dots.
"""

from base64 import b64encode
from collections.abc import Iterable
from html import escape

import barcode  # type: ignore[import-untyped]  # python-barcode carries no types
import segno

from drivers.pos_printer.paper import PaperLine, Receipt
from drivers.pos_printer.typesetting import DOTS_A_COLUMN


def paper_html(receipts: Iterable[Receipt]) -> str:
    """The whole roll, oldest first."""
    return "".join(_receipt(receipt) for receipt in receipts)


def _receipt(receipt: Receipt) -> str:
    lines = "".join(_line(line) for line in receipt.lines)
    return f'<div class="b-receipt{"" if receipt.cut else " hanging"}" data-testid="receipt">{lines}</div>'


def _line(line: PaperLine) -> str:
    classes = " ".join(["b-line", line.align, *(["bold"] if line.bold else []), *(["tall"] if line.tall else [])])
    return f'<div class="{classes}">{_marks(line)}</div>'


def _marks(line: PaperLine) -> str:
    match line.kind:
        case "qr":
            return qr_svg(line.text)
        case "barcode":
            return code128_svg(line.text)
        case "picture":
            return picture_img(line)
        case _:
            return escape(line.text) or "&nbsp;"


def picture_img(line: PaperLine) -> str:
    """The printed dots, as wide on the page as on the paper: a column of text is 12 of them."""
    png = b64encode(line.picture.png(tall=line.tall)).decode()
    width_ch = 8 * line.picture.width_bytes / DOTS_A_COLUMN
    return f'<img class="b-dots" alt="" style="width:{width_ch:.2f}ch" src="data:image/png;base64,{png}">'


def qr_svg(text: str) -> str:
    """A QR code, 4 modules of quiet zone included (ISO/IEC 18004); one that is an address can also be clicked."""
    drawn: str = segno.make(text, error="m", micro=False).svg_inline(border=4, omitsize=True)
    said = f'class="b-qr" data-testid="qr" data-text="{escape(text)}"'
    if text.startswith(("http://", "https://")):
        return f'<a {said} href="{escape(text)}" target="_blank" rel="noopener">{drawn}</a>'
    return f"<span {said}>{drawn}</span>"


def code128_svg(text: str) -> str:
    """A Code 128 as bars (ISO/IEC 15417), with its text below."""
    modules: str = barcode.get("code128", text).build()[0]
    bars = "".join(f'<rect x="{x}" width="1" height="40"/>' for x, module in enumerate(modules) if module == "1")
    drawn = f'<svg viewBox="-10 0 {len(modules) + 20} 40" preserveAspectRatio="none">{bars}</svg>'
    return f'<span class="b-bars" data-text="{escape(text)}">{drawn}<br>{escape(text)}</span>'
