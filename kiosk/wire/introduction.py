"""Introduction: a machine that nobody has adopted shows a short code; whoever types it at the store adopts the machine.

The two ends have nothing in common but the code, which the machine makes up, shows on its own screen and never sends.
Both prove that they know it, each over what the other must not have swapped: the machine's key and the authority of
the shop that it talks to.

    machine                                            store
    key K, code C; s = scrypt(C, salt K)
    {request for K, HMAC(s, machine, A, K)}   ---->    keeps it; nobody is believed yet, nothing is given away
                                                       somebody signed in types C: s = scrypt(C, salt K) fits the proof
    is HMAC(s, store, A, K, answer) right?    <----    {certificate for K and settings, HMAC(s, store, A, K, answer)}

A is the SHA-256 of the authority's certificate, which each end takes from where it has it: the machine from the line,
the store from its own folder. So a strange store learns no code and cannot answer; somebody between the two has
another A, and the code fits nothing at the real store; a strange machine is adopted only by somebody who types what
stands on its screen. Whoever listened could try all codes at home: 40 bits, each a scrypt of 16 MiB with the machine's
key as salt, in the half hour that a code lives. That is some hundred thousand graphics cards.

The machine's *number* is no secret: four letters of its key, on both screens, so that of three new machines on one desk
everybody means the same.
"""

import hashlib
import hmac
import re

import msgspec

from kiosk.wire.adoption import CROCKFORD, BadCode, in_crockford

CODE_BYTES, CODE_LONG = 5, 8
LIFE_MS = 30 * 60_000
"""After so long the machine shows another code."""
_N, _R, _P = 1 << 14, 8, 1
_MISREAD = str.maketrans("ILO", "110")


class Waiting(msgspec.Struct, frozen=True, tag_field="state", tag="waiting"):
    """What the store answers until somebody has typed the code. `console`: where browsers find it; empty: not told."""

    console: str = ""


class Introduced(msgspec.Struct, frozen=True, tag_field="state", tag="introduced"):
    """What it answers then: `adopted` is the JSON of an Adopted as a text, over which `proof` stands."""

    adopted: str
    proof: str


def new_code(chance: bytes) -> str:
    """A code of CODE_BYTES random bytes, as it is kept: eight letters."""
    return in_crockford(chance)


def shown(code: str) -> str:
    """As people read it: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def typed(text: str) -> str:
    """The code as somebody typed it, with or without the dash, in any case. BadCode."""
    plain = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
    if strange := [letter for letter in plain if letter not in CROCKFORD]:
        raise BadCode(f"{strange[0]!r} is in no code: letters and digits, as the machine shows them")
    if len(plain) != CODE_LONG:
        raise BadCode(f"a machine's code has {CODE_LONG} characters, this has {len(plain)}")
    return plain


def number_of(key_digest: str) -> str:
    """What the machine with this key (SHA-256 of it, hexadecimal) is called until it has a name."""
    return in_crockford(bytes.fromhex(key_digest)[:5])[:4]


def stretched(code: str, key_digest: str) -> bytes:
    """What the proofs are made with. Takes some 50 ms of a store's processor, and some 200 of a machine's."""
    salt = bytes.fromhex(key_digest)
    return hashlib.scrypt(code.encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=64 << 20, dklen=32)


def machines_proof(secret: bytes, authority_der: bytes, key_digest: str) -> str:
    """The machine's, hexadecimal."""
    return _proof(secret, b"machine", authority_der, key_digest, "")


def stores_proof(secret: bytes, authority_der: bytes, key_digest: str, adopted: str) -> str:
    """The store's, over what it answers."""
    return _proof(secret, b"store", authority_der, key_digest, adopted)


def same(one: str, other: str) -> bool:
    """Whether two proofs are equal, told in the same time whatever they are."""
    return hmac.compare_digest(one.encode(), other.encode())


def _proof(secret: bytes, whose: bytes, authority_der: bytes, key_digest: str, adopted: str) -> str:
    parts = (whose, hashlib.sha256(authority_der).digest(), bytes.fromhex(key_digest), adopted.encode())
    said = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.new(secret, said, hashlib.sha256).hexdigest()
