"""Deposit slip: what a signed slip of empties says, as text. Pure; whether the signature is right others know.

`<number>.<amount in minor units>.<currency>.<YYMMDD>.<signature>`: for instance `KD-M1-000123.1200.SEK.261126.` and 86
characters of base64url (Ed25519, RFC 8032). The part before the first point is the slip's number in the shop's books,
the same as on a slip that is not signed. Signed is `KASSA-SLIP1.` and all that stands before the signature, so that no
other text that the shop signs can be read as a slip. It fits a QR code of 45 modules on the paper of a bottle machine.
"""

import re
from datetime import date

import msgspec

LONGEST = 160
"""Characters of a signed slip; more than this is none."""
_HEAD = "KASSA-SLIP1."
_SHAPE = re.compile(
    r"(?P<number>[!-\-/-~]{1,40})\.(?P<amount>[1-9][0-9]{0,7})\.(?P<currency>[A-Z]{3})\."
    r"(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)\.(?P<signature>[A-Za-z0-9_-]{86})",
    re.ASCII,
)


class DepositSlip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the slip says of itself. `code` is the whole text, by which the store can check it anew."""

    number: str
    amount_minor: int
    currency: str
    issued: date
    code: str

    @property
    def signed(self) -> bytes:
        """What the signature is made of."""
        return signed_part(self.number, self.amount_minor, self.currency, self.issued)

    @property
    def signature(self) -> str:
        """As it is written: base64url of 64 bytes, without padding."""
        return self.code.rpartition(".")[2]


def signed_part(number: str, amount_minor: int, currency: str, issued: date) -> bytes:
    """What must be signed."""
    return f"{_HEAD}{number}.{amount_minor}.{currency}.{issued:%y%m%d}".encode()


def written(number: str, amount_minor: int, currency: str, issued: date, signature: str) -> str:
    """The slip's text. AssertionError for what would not be read back."""
    code = f"{number}.{amount_minor}.{currency}.{issued:%y%m%d}.{signature}"
    assert read(code) is not None, f"{number} {amount_minor} {currency} is no slip"
    return code


def read(code: str) -> DepositSlip | None:
    """What a text says if it has the shape of a signed slip; None: it has not."""
    shape = _SHAPE.fullmatch(code) if len(code) <= LONGEST else None
    if shape is None:
        return None
    try:
        issued = date(2000 + int(shape["year"]), int(shape["month"]), int(shape["day"]))
    except ValueError:
        return None
    return DepositSlip(shape["number"], int(shape["amount"]), shape["currency"], issued, code)
