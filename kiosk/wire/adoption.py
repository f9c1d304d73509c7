"""Adoption: how a machine that knows nobody becomes a till of a shop, by a code that somebody types on it.

The code is all that the two ends have in common, so it carries both proofs. Its first eight characters are a secret of
40 bits: who knows it is the machine that the shop expects. The other sixteen are the first 80 bits of the SHA-256 of
the shop's authority, which the machine fetches before it trusts anybody: who has another authority is not this shop,
and hears no secret (as kubeadm's `--discovery-token-ca-cert-hash` does it). The private key never leaves the machine:
it sends a certificate request (PKCS #10, RFC 2986). Letters are Crockford's base 32: no I, L, O, U to be misread.
"""

import base64
import hashlib
import re

import msgspec

from kiosk.checkout.succession import Succession

SECRET_BYTES, PIN_BYTES = 5, 10
SECRET_LONG, LONG = 8, 24
"""Characters of the secret, and of all."""

_RFC_4648, CROCKFORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPELL, _READ = str.maketrans(_RFC_4648, CROCKFORD), str.maketrans(CROCKFORD, _RFC_4648)
_MISREAD = str.maketrans("ILO", "110")


class BadCode(ValueError):
    """This was mistyped. The message is one line for a person."""


class AdoptionCode(msgspec.Struct, frozen=True):
    """What somebody typed: the shop's secret as it is sent, and what its authority must look like."""

    secret: str
    pin: bytes


class Adopted(msgspec.Struct, frozen=True, kw_only=True):
    """What the shop answers: who the machine is now, its certificate (PEM), and what its kiosk.toml has to say."""

    store: str
    till: str
    name: str
    certificate: str
    broker: str
    currency: str
    jurisdiction: str
    timezone: str
    day_starts: str
    mode: str
    succession: Succession | None = None
    """If it replaces a machine that has sold."""


def pin_of(authority_der: bytes) -> bytes:
    """What a code says of this authority's certificate (DER)."""
    return hashlib.sha256(authority_der).digest()[:PIN_BYTES]


def in_crockford(content: bytes) -> str:
    """These bytes in Crockford's base 32, five bits a letter."""
    return base64.b32encode(content).decode("ascii").rstrip("=").translate(_SPELL)


def spelt(secret: bytes, authority_der: bytes) -> str:
    """The code, as it is shown: six groups of four."""
    text = in_crockford(secret + pin_of(authority_der))
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def read_code(text: str) -> AdoptionCode:
    """The code as somebody typed it, with or without dashes, in any case. BadCode."""
    plain = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
    if strange := [letter for letter in plain if letter not in CROCKFORD]:
        raise BadCode(f"{strange[0]!r} is in no code: letters and digits, as the console shows them")
    if len(plain) != LONG:
        raise BadCode(f"a code has {LONG} characters, this has {len(plain)}: type all six groups")
    whole = base64.b32decode(plain.translate(_READ) + "=" * (-LONG % 8))
    return AdoptionCode(plain[:SECRET_LONG], whole[SECRET_BYTES:])
