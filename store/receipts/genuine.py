"""Genuine: whether a receipt is what the checkout sealed and what the shop signed, in sentences for whoever holds it.

Two questions. Of a receipt behind its address: is our record still what the till sealed (its hash is over all that it
says), and does it follow the one before it? Of a signed receipt, the text in a QR code: did one of this shop's lanes
sign it (Ed25519, RFC 8032), and do our books agree? Pure but for the books; keys are arguments.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy.engine import Engine

from kiosk.checkout.sale import link_hash
from kiosk.values.settings import BadSettings
from kiosk.wire.signed_receipt import DEMO, DEMO_SEED, NotSigned, SignedReceipt, proven
from store.ledger import Entry, find

_BREAKS = ("chain", "sequence")


class Verdict(msgspec.Struct, frozen=True):
    """Whether all is well, the sentences that say so, and what a signed receipt says of itself."""

    good: bool
    sentences: tuple[str, ...]
    receipt: SignedReceipt | None = None


def public_keys(names: Sequence[str]) -> tuple[Ed25519PublicKey, ...]:
    """The keys in these PEM files; `demo` is the demo's, which proves nothing. BadSettings."""
    demo = Ed25519PrivateKey.from_private_bytes(DEMO_SEED).public_key()
    return tuple(demo if name == DEMO else _public_key(name) for name in names)


def of_record(entry: Entry, say: Callable[[str], str]) -> Verdict:
    """Of a sale in our books."""
    if link_hash(entry.sale) != entry.sale.chain.hash:
        return Verdict(False, (say("Something in our record is not as the checkout sealed it. Please ask the shop."),))
    as_sealed = say("This receipt is as the checkout sealed it.")
    if any(flag.reason in _BREAKS for flag in entry.flags):
        missing = say("The receipt before it has not reached us yet, or was altered. Please ask the shop.")
        return Verdict(False, (as_sealed, missing))
    return Verdict(True, (as_sealed, say("It follows the receipt before it without a gap.")))


def of_signed(engine: Engine, text: str, keys: Sequence[Ed25519PublicKey], say: Callable[[str], str]) -> Verdict:
    """Of the text of a signed receipt."""
    try:
        content = proven(text, lambda signature, over: any(_fits(key, signature, over) for key in keys))
    except NotSigned:
        return Verdict(False, (say("This shop has not signed this text, or something in it was changed."),))
    signed = say("This shop has signed this receipt, and nothing in it was changed.")
    entry = find(engine, content.sale)
    if entry is None:
        return Verdict(True, (signed, say("It has not reached the shop’s books yet.")), content)
    if entry.sale.chain.hash != content.hash:
        other = say("The shop’s books have another sale under this number. Please ask the shop.")
        return Verdict(False, (signed, other), content)
    return Verdict(True, (signed, say("It stands in the shop’s books.")), content)


def _fits(key: Ed25519PublicKey, signature: bytes, over: bytes) -> bool:
    try:
        key.verify(signature, over)
    except InvalidSignature:
        return False
    return True


def _public_key(name: str) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(Path(name).read_bytes())
    except OSError as error:
        raise BadSettings(f"receipts.signing_keys: {name} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadSettings(f"receipts.signing_keys: {name} is no public key in PEM") from None
    if not isinstance(key, Ed25519PublicKey):
        raise BadSettings(f"receipts.signing_keys: {name} must be an Ed25519 key")
    return key
