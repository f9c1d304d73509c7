"""Amounts: decimals on the wire, minor units everywhere else.

Only currencies of two decimals (ISO 4217) are taken: with others the makers of terminals do not agree about the places.
"""

import re
from decimal import Decimal

CURRENCIES = frozenset(("BGN", "CHF", "CZK", "DKK", "EUR", "GBP", "HUF", "NOK", "PLN", "RON", "SEK", "USD"))
_WRITTEN = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2})0{0,4})?")


def decimal_of(amount_minor: int) -> Decimal:
    """1250 is 12.50."""
    return Decimal(amount_minor).scaleb(-2)


def minor_of(written: object) -> int | None:
    """`12.5`, `12.50` or `12` (as text, or as a number of JSON) are 1250, 1250 and 1200; None for what is no amount,
    has more than two decimals or is not plainly written: never rounded, never guessed."""
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        return None
    found = _WRITTEN.fullmatch(str(written)) if not isinstance(written, int) or written < 10**9 else None
    if found is None:
        return None
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
