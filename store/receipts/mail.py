"""The receipt as an e-mail: the same lines as text and as HTML, and nothing else. Pure.

Whatever happens between the mail server's yes and our book, the same mail goes out again byte by byte: its date, its
Message-ID and the borders of its parts follow from the question that asked for it, so a mail program shows it once.
"""

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from kiosk.checkout.receipt import ReceiptLine
from kiosk.checkout.sale import Sale
from store.receipts.page import Shop, receipt_lines, receipt_page
from store.receipts.words import sayer

COLUMNS = 42


def receipt_mail(sale: Sale, shop: Shop, to: str, sender: str, id_: str, made_utc_ms: int) -> EmailMessage:
    """One mail. `id_` is the question's; the addresses are checked ones (`kiosk.values.contact`)."""
    stamp = sha256(f"{sale.key} {id_}".encode()).hexdigest()[:32]
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_one_line(shop.name), addr_spec=sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = _one_line(f"{sayer(sale.language)('Your receipt')}: {shop.name}")
    message["Date"] = format_datetime(datetime.fromtimestamp(made_utc_ms // 1000, UTC))
    message["Message-ID"] = f"<{stamp}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    text = "".join(f"{_as_text(line)}\n" for line in receipt_lines(sale, shop) if line.kind != "qr")
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(receipt_page(sale, shop), subtype="html", cte="quoted-printable")
    message.set_boundary(f"kassa-{stamp}")
    return message


def _one_line(text: str) -> str:
    """A header is one line, whatever a configuration says."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _as_text(line: ReceiptLine) -> str:
    if line.kind == "rule":
        return "-" * COLUMNS
    if line.kind == "feed":
        return ""
    if line.align == "centre":
        return line.text.strip().center(COLUMNS).rstrip()
    if not line.right:
        return line.text
    if len(line.text) + len(line.right) < COLUMNS:
        return line.text + line.right.rjust(COLUMNS - len(line.text))
    return f"{line.text}\n{line.right.rjust(COLUMNS)}"
