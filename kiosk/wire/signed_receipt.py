"""Signed receipt: what was bought, small enough for a QR code and true without asking anybody (Ed25519, RFC 8032).

`KASSA1.<content>.<signature>`, both in base64url without padding. The content is deflated JSON; the signature is over
`KASSA1.<content>`, as it stands. Who has the shop's public key can tell offline that not a unit was changed, and what
was paid for what: enough for a return while the store is away. A long receipt drops its names first and then its lines;
what is left still names the sale and its sums.

Pure: the lane has the key that signs, lanes and store have the ones that check.
"""

import base64
import zlib
from collections.abc import Callable

import msgspec

from kiosk.checkout.sale import Sale, SaleLine

HEAD = "KASSA1"
DEMO, DEMO_SEED = "demo", b"Kassa demo key: proves nothing!!"
"""Names the key that everybody may know, and its 32 bytes: the same for ever, for everybody."""
ROOM = 900
"""Characters that a QR code on a receipt still holds with modules that a phone can read. On the screen's 376 pixels
too: they are at most version 24 at level M (ISO/IEC 18004: 113 modules, 121 with the quiet zone), so a module is three
pixels, half a millimetre on a ten-inch screen."""
_LARGEST = 100_000
"""Of content when it is inflated: nobody shall fill our memory with a QR code."""
Sign = Callable[[bytes], bytes]
Fits = Callable[[bytes, bytes], bool]
"""(signature, what it is over) -> whether one of the shop's keys made it."""


class ReceiptItem(msgspec.Struct, frozen=True, array_like=True):
    """One line as a return needs it: discounts are taken off `amount_minor`, the deposit stands beside it."""

    line: int
    gtin: str
    name: str
    count: int
    weight_g: int | None
    amount_minor: int
    tax_bp: int
    deposit_minor: int


class SignedReceipt(msgspec.Struct, frozen=True, array_like=True):
    """What is signed. `hash` is the sale's own, so that the store's record is tied to the paper."""

    sale: str
    kind: str
    sealed: str
    currency: str
    due_minor: int
    hash: str
    items: tuple[ReceiptItem, ...]


class NotSigned(Exception):
    """The text is no signed receipt, or something in it was changed. The message is one line for a person."""


def signed(sale: Sale, sign: Sign, room: int = ROOM) -> str:
    """The signed receipt of a sealed sale, in at most `room` characters if its sums alone fit that."""
    return signed_lines(sale, sign, room) or _signed(msgspec.structs.replace(_content(sale), items=()), sign)


def signed_lines(sale: Sale, sign: Sign, room: int = ROOM) -> str:
    """The signed receipt with all its lines, or empty if `room` characters do not hold them."""
    whole = _content(sale)
    nameless = msgspec.structs.replace(whole, items=tuple(msgspec.structs.replace(i, name="") for i in whole.items))
    texts = (_signed(content, sign) for content in (whole, nameless))
    return next((text for text in texts if len(text) <= room), "")


def proven(text: str, fits: Fits) -> SignedReceipt:
    """The content of a signed receipt that was not changed. NotSigned."""
    head, _, rest = text.strip().partition(".")
    content, _, signature = rest.partition(".")
    if head != HEAD or not signature:
        raise NotSigned("this is no signed receipt: it begins with KASSA1 and has three parts")
    try:
        ours = fits(_bytes(signature), f"{HEAD}.{content}".encode())
    except ValueError:
        ours = False
    if not ours:
        raise NotSigned("the signature does not fit the content: it was changed, or another shop signed it")
    try:
        inflater = zlib.decompressobj()
        return msgspec.json.decode(inflater.decompress(_bytes(content), _LARGEST), type=SignedReceipt)
    except (zlib.error, ValueError, msgspec.DecodeError):
        raise NotSigned("it was signed by this shop in a form that this version does not know") from None


def _content(sale: Sale) -> SignedReceipt:
    items = tuple(_item(line) for line in sale.lines)
    return SignedReceipt(sale.key, sale.kind, sale.sealed, sale.currency, sale.totals.due_minor, sale.chain.hash, items)


def _item(line: SaleLine) -> ReceiptItem:
    amount = line.amount_minor + sum(discount.amount_minor for discount in line.discounts)
    return ReceiptItem(
        line.line, line.gtin, line.name, line.count, line.weight_g, amount, line.tax_bp, line.deposit_minor
    )


def _signed(content: SignedReceipt, sign: Sign) -> str:
    text = f"{HEAD}.{_text(zlib.compress(msgspec.json.encode(content), 9))}"
    return f"{text}.{_text(sign(text.encode()))}"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    """ValueError for what is no base64url, or is written in a second way."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _text(data) != text:
        raise ValueError("not the one spelling")
    return data
