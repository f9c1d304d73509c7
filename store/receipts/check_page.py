"""The pages that tell whether a receipt is genuine: a verdict in sentences, and the form for a signed receipt. Pure."""

from datetime import tzinfo
from html import escape

from store.receipts.genuine import Verdict
from store.receipts.page import page
from store.receipts.words import local_time, sayer, wording

FORM_CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
TEXT_LONGEST = 8_000


def verdict_page(verdict: Verdict, language: str, back: str) -> str:
    """What came out, for a receipt in our books."""
    say = sayer(language)
    receipt = say("Your receipt")
    link = f'<p><a href="{escape(back)}">{escape(receipt)}</a></p>'
    return page(language, say("Is it genuine?"), f'<main class="paper told">{_verdict(verdict, language)}{link}</main>')


def form_page(language: str, zone: tzinfo, verdict: Verdict | None = None, text: str = "") -> str:
    """The form, above it what came out for the text that was sent, if any."""
    say = sayer(language)
    title, check = say("Check a signed receipt"), say("Check")
    how = say("Read the QR code on the receipt with your phone and put its text here.")
    body = f"""<main class="paper told"><h1>{escape(title)}</h1>
{_verdict(verdict, language, zone) if verdict is not None else ""}
<form method="post" action="?lang={escape(language)}">
<p><label for="text">{escape(how)}</label></p>
<textarea id="text" name="text" maxlength="{TEXT_LONGEST}" dir="ltr" required>{escape(text)}</textarea>
<button type="submit">{escape(check)}</button>
</form></main>"""
    return page(language, title, body)


def _verdict(verdict: Verdict, language: str, zone: tzinfo | None = None) -> str:
    mark = "✓" if verdict.good else "✗"
    first, *rest = verdict.sentences
    said = f"<h1>{mark} {escape(first)}</h1>" + "".join(f"<p>{escape(sentence)}</p>" for sentence in rest)
    receipt = verdict.receipt
    if receipt is None or zone is None:
        return said
    words = wording(language, receipt.currency)
    lines = "".join(
        f'<p class="row"><span>{item.count} × {escape(item.name or item.gtin)}</span>'
        f'<b dir="auto">{escape(words.money(item.amount_minor + item.deposit_minor))}</b></p>'
        for item in receipt.items
    )
    total = f"{words.money(receipt.due_minor)} {escape(receipt.currency)}"
    return (
        f"{said}<p>{escape(receipt.sale)}<br>{escape(local_time(receipt.sealed, zone))}</p>{lines}"
        f'<p class="row bold"><span>{escape(words.total)}</span><b dir="auto">{total}</b></p>'
    )
