"""Signed receipt: what was bought, small enough for a QR code and true without asking anybody (Ed25519, RFC 8032).

`KASSA1.<content>.<signature>`, both in base64url without padding. The content is deflated JSON; the signature is over
`KASSA1.<content>`, as it stands. Who has the shop's public key can tell offline that not a unit was changed, and what
was paid for what: enough for a return while the store is away. A long receipt drops its names first and then its lines;
what is left still names the sale and its sums.
"""

import base64
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.checkout.sale import Sale, SaleLine
from kiosk.values.settings import BadSettings

HEAD = "KASSA1"
DEMO = "demo"
"""Names the key that everybody may know."""
ROOM = 900
"""Characters that a QR code on a receipt still holds with modules that a phone can read. On the screen's 376 pixels
too: they are at most version 24 at level M (ISO/IEC 18004: 113 modules, 121 with the quiet zone), so a module is three
pixels, half a millimetre on a ten-inch screen."""
_LARGEST = 100_000
"""Of content when it is inflated: nobody shall fill our memory with a QR code."""


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


def sign(sale: Sale, key: Ed25519PrivateKey, room: int = ROOM) -> str:
    """The signed receipt of a sealed sale, in at most `room` characters if its sums alone fit that."""
    return sign_lines(sale, key, room) or _signed(msgspec.structs.replace(_content(sale), items=()), key)


def sign_lines(sale: Sale, key: Ed25519PrivateKey, room: int = ROOM) -> str:
    """The signed receipt with all its lines, or empty if `room` characters do not hold them."""
    whole = _content(sale)
    nameless = msgspec.structs.replace(whole, items=tuple(msgspec.structs.replace(i, name="") for i in whole.items))
    texts = (_signed(content, key) for content in (whole, nameless))
    return next((text for text in texts if len(text) <= room), "")


def verify(text: str, key: Ed25519PublicKey) -> SignedReceipt:
    """The content of a signed receipt that was not changed. NotSigned."""
    head, _, rest = text.strip().partition(".")
    content, _, signature = rest.partition(".")
    if head != HEAD or not signature:
        raise NotSigned("this is no signed receipt: it begins with KASSA1 and has three parts")
    try:
        key.verify(_bytes(signature), f"{HEAD}.{content}".encode())
    except (InvalidSignature, ValueError):
        raise NotSigned("the signature does not fit the content: it was changed, or another shop signed it") from None
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


def _signed(content: SignedReceipt, key: Ed25519PrivateKey) -> str:
    text = f"{HEAD}.{_text(zlib.compress(msgspec.json.encode(content), 9))}"
    return f"{text}.{_text(key.sign(text.encode()))}"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    """ValueError for what is no base64url, or is written in a second way."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _text(data) != text:
        raise ValueError("not the one spelling")
    return data


# --- keys -------------------------------------------------------------------------------------------------------------


_DEMO_KEY = Ed25519PrivateKey.from_private_bytes(b"Kassa demo key: proves nothing!!")
"""Deterministic, and known to everybody."""


def receipt_signer(key_file: str) -> Callable[[Sale], str] | None:
    """What signs this lane's receipts on paper; None if no key is named. BadSettings."""
    key = _signing_key(key_file)
    return None if key is None else lambda sale: sign(sale, key)


def screen_signer(key_file: str) -> Callable[[Sale], str] | None:
    """The same for the screen, where it is the only receipt: one that would lose its lines is empty. BadSettings."""
    key = _signing_key(key_file)
    return None if key is None else lambda sale: sign_lines(sale, key)


def _signing_key(key_file: str) -> Ed25519PrivateKey | None:
    if not key_file:
        return None
    return _DEMO_KEY if key_file == DEMO else private_key(Path(key_file), "receipts.signing_key_file")


def private_key(path: Path, setting: str) -> Ed25519PrivateKey:
    """The private key in a PEM file that this setting names. BadSettings."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise BadSettings(f"{setting}: {path} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadSettings(f"{setting}: {path} is no private key in PEM without a password") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadSettings(f"{setting}: {path} must be an Ed25519 key (openssl genpkey -algorithm ed25519)")
    return key


def public_key(name: str) -> Ed25519PublicKey:
    """The public key in a PEM file, of its private key too; `demo` is the demo's. BadSettings."""
    if name == DEMO:
        return _DEMO_KEY.public_key()
    try:
        data = Path(name).read_bytes()
        key = (
            serialization.load_pem_private_key(data, password=None).public_key()
            if b"PRIVATE KEY" in data
            else serialization.load_pem_public_key(data)
        )
    except OSError as error:
        raise BadSettings(f"--key: {name} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadSettings(f"--key: {name} is no key in PEM without a password") from None
    if not isinstance(key, Ed25519PublicKey):
        raise BadSettings(f"--key: {name} is no Ed25519 key")
    return key


def main(text: str, *, key: str) -> int:
    """`kiosk receipt TEXT --key FILE`: what a signed receipt says, if nothing in it was changed; exit 1 otherwise."""
    known = public_key(key)
    try:
        content = verify(sys.stdin.read() if text == "-" else text, known)
    except NotSigned as problem:
        sys.stderr.write(f"kiosk receipt: {problem}\n")
        return 1
    sys.stdout.write(f"{content.sale} {content.kind} {content.sealed} {content.due_minor} {content.currency}\n")
    for item in content.items:
        much = f"{item.weight_g} g" if item.weight_g is not None else str(item.count)
        sys.stdout.write(f"  {item.line} {item.gtin} {item.name} {much} {item.amount_minor} {item.deposit_minor}\n")
    return 0
