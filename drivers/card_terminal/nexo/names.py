"""Names: the ServiceID of a message pair, at most ten characters.

An order that moves money gets one that is made from what it is for. The attempt's own name counts up and is on the
till's disk before anything is sent, so the same attempt has the same ServiceID after any restart, and no other has it:
its status can always be asked. All else gets a ServiceID by chance.
"""

import hashlib

LONGEST = 10
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALL = len(_DIGITS) ** LONGEST


def service_id(what: str) -> str:
    """Of this attempt (or whatever moves money once), always the same."""
    return from_bytes(hashlib.sha256(what.encode()).digest())


def from_bytes(chance: bytes) -> str:
    """Ten digits of base 36 out of at least eight bytes."""
    number, text = int.from_bytes(chance, "big") % _ALL, ""
    for _ in range(LONGEST):
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text
