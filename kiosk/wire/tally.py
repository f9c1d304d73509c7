"""Tally: which rows a price book has, as a number that each row has its own part in.

The digest of a book is of all its rows in order, so whoever changes one price must read a hundred thousand to know the
new digest. The tally is the sum of every row's SHA-256, modulo 2^256: what has gone is taken off, what has come is put
on. It tells a mistake as surely as the digest does. It is no proof against somebody who makes up rows to fit, and need
not be: a book comes over a line on which only the store may speak.
"""

import hashlib
from collections.abc import Iterable

_MODULUS = 1 << 256
NOTHING = "0" * 64
"""The tally of a book without rows."""


def tally(lines: Iterable[bytes]) -> str:
    """Of rows, each as its canonical JSON, in whatever order: 64 hexadecimal digits."""
    return retold(NOTHING, (), lines)


def retold(before: str, gone: Iterable[bytes], come: Iterable[bytes]) -> str:
    """The tally of a book in which these rows have gone and come since it was `before`."""
    total = int(before, 16) + _sum(come) - _sum(gone)
    return f"{total % _MODULUS:064x}"


def _sum(lines: Iterable[bytes]) -> int:
    return sum(int.from_bytes(hashlib.sha256(line).digest(), "big") for line in lines)
