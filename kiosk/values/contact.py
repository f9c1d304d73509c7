"""Contact: a telephone number or an e-mail address as people type them, and as it is kept and compared.

Only the form is judged: whether somebody answers there, nobody knows here. A telephone number has at most the 15 digits
of ITU-T E.164; an e-mail address at most 254 characters, 64 of them before the at sign (RFC 5321, 4.5.3.1, where a path
of 256 has two angle brackets), and is kept in small letters.
"""

import re
from typing import Literal

LONGEST = 254
_BETWEEN_DIGITS = " -()/."
_PHONE = re.compile(r"\+?[0-9]{6,15}")
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_NAME = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_NAME}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]", re.ASCII)
_LOCAL_PART = 64


def plain_digits(text: str) -> str:
    """A telephone number without its spaces, hyphens and brackets; any other text as it is."""
    digits = "".join(char for char in text if char not in _BETWEEN_DIGITS)
    return digits if re.fullmatch(r"\+?[0-9]+", digits) else text


def read_contact(typed: str) -> str | None:
    """The number or address in the form in which it is kept; None if it is neither."""
    text = typed.strip().lower()
    if _PHONE.fullmatch(plain_digits(text)):
        return plain_digits(text)
    fits = len(text) <= LONGEST and len(text.partition("@")[0]) <= _LOCAL_PART
    return text if fits and _EMAIL.fullmatch(text) else None


def kind_of(contact: str) -> Literal["phone", "email"]:
    """Which of the two a contact is."""
    return "email" if "@" in contact else "phone"


def read_email(typed: str) -> str | None:
    """The address in the form in which it is kept; None if it is none."""
    contact = read_contact(typed)
    return contact if contact is not None and kind_of(contact) == "email" else None
