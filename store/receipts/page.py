"""The page behind the QR code: the receipt's own lines, as HTML that a phone shows without anything else.

Pure. The lines are the same that were printed (`kiosk.checkout.receipt`), in the language that the shopper had at the
lane, or in another one of the shop's. No script, no font, no picture from anywhere: the page works on a bad line and
tells nobody who reads it.
"""

import re
from datetime import tzinfo
from html import escape

import msgspec

from kiosk.checkout.duties import ReceiptDuties
from kiosk.checkout.receipt import Printed, ReceiptLine, receipt
from kiosk.checkout.sale import Sale
from store.receipts.words import direction, known_language, local_time, own_name, sayer, wording

SOON_S = 10
_TIMES = re.compile(r"^([0-9]+|[0-9.,\xa0\u202f]+ kg) x ([0-9])")
"""Printers of paper may lack the sign."""
CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Shop(msgspec.Struct, frozen=True):
    """The head of every receipt of this shop."""

    name: str
    legal: tuple[str, ...]
    zone: tzinfo
    demo: bool
    duties: ReceiptDuties = ReceiptDuties()
    languages: tuple[str, ...] = ("en",)
    """Those that a page can be read in."""


def receipt_lines(sale: Sale, shop: Shop, language: str = "") -> list[ReceiptLine]:
    """The receipt of a sale line by line, in this language or else the one that it was made in."""
    words = wording(language or sale.language, sale.currency)
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


def receipt_page(sale: Sale, shop: Shop, language: str = "", check: str = "") -> str:
    """The same as a page. `check` is where its genuineness is told; without it the page leads nowhere (mail)."""
    language = language or sale.language
    say = sayer(language)
    body = "\n".join(_line(line) for line in receipt_lines(sale, shop, language))
    asks = say("Is it genuine?")
    more = f'<p class="centre"><a href="{escape(check)}">{escape(asks)}</a></p>'
    foot = f'<nav>{more}<p class="centre">{_languages(shop, language)}</p></nav>' if check else ""
    return page(language, say("Your receipt"), f'<main class="paper">\n{body}\n</main>\n{foot}')


def soon_page(language: str) -> str:
    """For an address whose sale has not come yet: who scans the code at the lane may be faster than the lane."""
    say = sayer(language)
    return page(
        language,
        say("Your receipt is on its way"),
        told(
            say("Your receipt is on its way"),
            say("The checkout is still sending it. This page looks again by itself."),
        ),
        again_s=SOON_S,
    )


def not_here_page(language: str) -> str:
    """For an address that can be none of ours."""
    say = sayer(language)
    title = say("There is no receipt at this address")
    return page(language, title, told(title, say("Check the address, or ask the shop.")))


def told(title: str, *sentences: str) -> str:
    """A heading and what it says, on paper."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return f'<main class="paper"><h1>{escape(title)}</h1>{said}</main>'


def _languages(shop: Shop, language: str) -> str:
    """Every other language as a link, each called as its readers call it."""
    others = [tag for tag in shop.languages if tag != known_language(language)]
    return " ".join(f'<a href="?lang={tag}" lang="{tag}" dir="auto">{escape(own_name(tag))}</a>' for tag in others)


def _line(line: ReceiptLine) -> str:
    if line.kind == "rule":
        return "<hr>"
    if line.kind == "feed":
        return '<p class="feed"></p>'
    if line.kind == "qr":
        return ""
    classes = " ".join(filter(None, (line.align, "bold" if line.bold else "", "tall" if line.tall else "")))
    indent, text = len(line.text) - len(line.text.lstrip()), _TIMES.sub(r"\1 × \2", line.text.strip())
    inset = f' style="padding-inline-start:{indent}ch"' if indent else ""
    right = f'<b dir="auto">{escape(line.right)}</b>' if line.right else ""
    return f'<p class="{classes}"{inset}><span dir="auto">{escape(text)}</span>{right}</p>'


def page(language: str, title: str, body: str, again_s: int = 0) -> str:
    """A whole page; with `again_s` the browser asks for it again after so many seconds."""
    again = f'<meta http-equiv="refresh" content="{again_s}">\n' if again_s else ""
    return f"""<!doctype html>
<html lang="{known_language(language)}" dir="{direction(language)}">
<head>
<meta charset="utf-8">
{again}<meta name="viewport" content="width=device-width, initial-scale=1">
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
nav { max-width: 26rem; margin: 20px auto 0; }
nav p { margin: 0 0 12px; text-align: center; }
a, button { color: #0B6448; font-weight: 600; }
nav a { display: inline-block; padding: 10px 8px; min-height: 44px; }
textarea { width: 100%; min-height: 9rem; font: inherit; padding: 10px;
  border: 2px solid #55645C; border-radius: 10px; }
button { min-height: 48px; padding: 0 24px; font: inherit; font-weight: 700; color: #fff; background: #0B6448;
  border: 0; border-radius: 12px; margin-top: 12px; }
.told p { display: block; margin: 8px 0; }
.told a { display: inline-block; padding: 12px 0; }
.told .row { display: flex; margin: 0; }
@media print { nav { display: none; } body { background: #fff; padding: 0; } .paper { box-shadow: none; border: 0; } }
"""
