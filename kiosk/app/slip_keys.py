"""Slip keys: whose deposit slips this shop believes, and how it signs its own (Ed25519, RFC 8032).

A bottle machine has a key of its own, and so may the lanes have, where staff take empties back. Who is believed is a
list of public keys (`[deposits] slip_keys`), so a machine that is sold or stolen is struck off it.
"""

import base64
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.app.signed_receipt import private_key, public_key
from kiosk.values.deposit_slip import DepositSlip, signed_part, written
from kiosk.wire.signed_receipt import DEMO


class SlipKeys:
    """Checks slips; with no key it believes none."""

    def __init__(self, keys: Sequence[Ed25519PublicKey] = ()) -> None:
        self._keys = tuple(keys)

    def believes(self, slip: DepositSlip) -> bool:
        """Whether one of the keys has signed what it says."""
        return any(_is_signed(slip, key) for key in self._keys)


NO_KEYS = SlipKeys()


def slip_keys(names: Sequence[str]) -> SlipKeys:
    """The keys in these PEM files; `demo` is the demo's, which proves nothing. BadSettings."""
    return SlipKeys([demo_key().public_key() if name == DEMO else public_key(name) for name in names])


SignSlip = Callable[[str, int, str, date], str]
"""(number, minor units, currency, issued) -> the whole text of the slip."""


def slip_signer(name: str) -> SignSlip | None:
    """What signs this lane's own slips; None if no key is named. `demo` proves nothing. BadSettings."""
    if not name:
        return None
    key = demo_key() if name == DEMO else private_key(Path(name), "deposits.signing_key_file")
    return lambda number, amount_minor, currency, issued: sign(key, number, amount_minor, currency, issued)


def sign(key: Ed25519PrivateKey, number: str, amount_minor: int, currency: str, issued: date) -> str:
    """The whole text of a slip."""
    signature = base64.urlsafe_b64encode(key.sign(signed_part(number, amount_minor, currency, issued)))
    return written(number, amount_minor, currency, issued, signature.rstrip(b"=").decode("ascii"))


def demo_key() -> Ed25519PrivateKey:
    """Known to everybody."""
    return Ed25519PrivateKey.from_private_bytes(b"Kassa demo slip: worth nothing!!")


def _is_signed(slip: DepositSlip, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(base64.urlsafe_b64decode(slip.signature + "=="), slip.signed)
    except InvalidSignature:
        return False
    return True
