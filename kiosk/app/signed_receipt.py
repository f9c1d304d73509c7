"""Signed receipt, the lane's end: the key that signs it, the keys that check it, and the command that reads one.

What it is and how it is written stands in `kiosk.wire.signed_receipt`.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.checkout.sale import Sale
from kiosk.values.settings import BadSettings
from kiosk.wire.signed_receipt import DEMO, DEMO_SEED, ROOM, NotSigned, SignedReceipt, proven, signed, signed_lines


def sign(sale: Sale, key: Ed25519PrivateKey, room: int = ROOM) -> str:
    """The signed receipt of a sealed sale, in at most `room` characters if its sums alone fit that."""
    return signed(sale, key.sign, room)


def sign_lines(sale: Sale, key: Ed25519PrivateKey, room: int = ROOM) -> str:
    """The signed receipt with all its lines, or empty if `room` characters do not hold them."""
    return signed_lines(sale, key.sign, room)


def verify(text: str, key: Ed25519PublicKey) -> SignedReceipt:
    """The content of a signed receipt that was not changed. NotSigned."""

    def fits(signature: bytes, over: bytes) -> bool:
        try:
            key.verify(signature, over)
        except InvalidSignature:
            return False
        return True

    return proven(text, fits)


# --- keys -------------------------------------------------------------------------------------------------------------


_DEMO_KEY = Ed25519PrivateKey.from_private_bytes(DEMO_SEED)


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
