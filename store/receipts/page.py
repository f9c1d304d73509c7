"""The page behind the QR code: the receipt's own lines, as HTML that a phone shows without anything else.

Pure. The lines are the same that were printed (`kiosk.checkout.receipt`). No script, no font, no picture from
anywhere: the page works on a bad line and tells nobody who reads it.
"""

from datetime import tzinfo
from html import escape

import msgspec

from kiosk.checkout.duties import ReceiptDuties
from kiosk.checkout.receipt import Printed, ReceiptLine, receipt
from kiosk.checkout.sale import Sale
from store.receipts.words import known_language, local_time, page_words, wording

CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Shop(msgspec.Struct, frozen=True):
    """The head of every receipt of this shop."""

    name: str
    legal: tuple[str, ...]
    zone: tzinfo
    demo: bool
    duties: ReceiptDuties = ReceiptDuties()


def receipt_lines(sale: Sale, shop: Shop) -> list[ReceiptLine]:
    """The receipt of a sale in the language that it was made in, line by line."""
    words = wording(sale.language, sale.currency)
    marks = (
        (True, shop.duties.electronic_heading),
        (sale.kind == "sale" and not sale.training, shop.duties.sale_heading),
        (sale.kind == "return" and not sale.training, shop.duties.return_heading or words.returned),
        (sale.training, shop.duties.training_heading),
        (shop.demo, words.demo),
    )
    printed = Printed(
        shop=shop.name,
        local_time=local_time(sale.sealed, shop.zone),
        legal=shop.legal,
        headings=tuple(heading for holds, heading in marks if holds and heading),
    )
    return list(receipt(sale, words, printed))


def receipt_page(sale: Sale, shop: Shop) -> str:
    """The same as a page."""
    body = "\n".join(_line(line) for line in receipt_lines(sale, shop))
    return _page(sale.language, page_words(sale.language).title, f'<main class="paper">\n{body}\n</main>')


def not_here_page(language: str) -> str:
    """For an address that nobody knows: it may be wrong, or the sale is still on its way."""
    words = page_words(language)
    body = f'<main class="paper"><h1>{escape(words.not_here)}</h1><p>{escape(words.not_here_yet)}</p></main>'
    return _page(language, words.not_here, body)


def _line(line: ReceiptLine) -> str:
    if line.kind == "rule":
        return "<hr>"
    if line.kind == "feed":
        return '<p class="feed"></p>'
    if line.kind == "qr":
        return ""
    classes = " ".join(filter(None, (line.align, "bold" if line.bold else "", "tall" if line.tall else "")))
    indent = len(line.text) - len(line.text.lstrip())
    inset = f' style="padding-left:{indent}ch"' if indent else ""
    right = f"<b>{escape(line.right)}</b>" if line.right else ""
    return f'<p class="{classes}"{inset}><span>{escape(line.text.strip())}</span>{right}</p>'


def _page(language: str, title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="{known_language(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
{body}
</body>
</html>
"""


_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; background: #EAF0EA; color: #12211B;
  font: 16px/1.45 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.paper { max-width: 26rem; margin: 0 auto; padding: 24px 20px 28px; background: #fff; border-radius: 16px;
  border-top: 6px solid #0B6448; box-shadow: 0 1px 3px rgba(18, 33, 27, .18); }
.paper p { display: flex; justify-content: space-between; gap: 16px; margin: 0; font-variant-numeric: tabular-nums; }
.paper p span { overflow-wrap: anywhere; }
.paper p b { font-weight: inherit; white-space: nowrap; }
.paper .centre { justify-content: center; text-align: center; }
.paper .bold { font-weight: 700; }
.paper .tall { font-size: 1.25rem; line-height: 1.6; }
.paper .feed { height: .75rem; }
.paper hr { border: 0; border-top: 1px dashed #7B8A82; margin: 12px 0; }
.paper h1 { margin: 0 0 8px; font-size: 1.35rem; line-height: 1.25; }
@media print { body { background: #fff; padding: 0; } .paper { box-shadow: none; border: 0; } }
"""
