"""Together: two labels that came as one, because nothing ends a label of this scanner but silence. Pure.

A scanner without a suffix that reads a second label before anybody has listened to the first (both while the loop was
away, or within `silence_ms`) sends the two without anything between them. They are told apart only where that is
certain, by the lengths that GS1 gives to its numbers (General Specifications, section 3.3: 8, 12, 13 or 14 digits) and
by their check digits (section 7.9):

* with AIM identifiers the next one begins a label, if what stands before it is whole: 13 digits behind ]E0, 8 behind
  ]E4, and 2 or 5 more behind ]E3;
* digits without identifiers are two numbers if that is so in one way only. Two of 8 digits are left together: 16 digits
  are as likely the number of a member's card. So are GS1 element strings, whose (01) or (02) with its check digit
  speaks against chance.

What is in doubt stays one label: a code that nobody knows is said kindly, a wrong item is not.
"""

import re
from itertools import product

_LENGTHS = (8, 12, 13, 14)
_LABEL = re.compile(r"(?=(\]E0\d{13}|\]E4\d{8}|\]E3\d{13}(?:\d{2}|\d{5}))(?=\]E[034]\d|$))")
_ALL_DIGITS = re.compile(r"[0-9]+")


def apart(text: str) -> list[str]:
    """The labels in `text`, with their identifiers; itself where it is one, or nobody can tell."""
    return _by_identifier(text) if text.startswith("]") else _by_check_digit(text)


def _by_identifier(text: str) -> list[str]:
    found: list[str] = []
    place = 0
    while place < len(text):
        match = _LABEL.match(text, place)
        if match is None:
            return [text]
        found.append(match[1])
        place += len(match[1])
    return found or [text]


def _by_check_digit(text: str) -> list[str]:
    if not _ALL_DIGITS.fullmatch(text) or _is_element_string(text):
        return [text]
    pairs = [
        [text[:first], text[first:]]
        for first, second in product(_LENGTHS, repeat=2)
        if first + second == len(text) and len(text) > 16 and is_gtin(text[:first]) and is_gtin(text[first:])
    ]
    return pairs[0] if len(pairs) == 1 else [text]


def _is_element_string(text: str) -> bool:
    return text.startswith(("01", "02")) and is_gtin(text[2:16])


def is_gtin(digits: str) -> bool:
    """Whether the last digit is the check digit of the others: weights 3 and 1 from the right."""
    odd, even = (sum(int(digit) for digit in digits[start::-2]) for start in (-2, -1))
    return (3 * odd + even) % 10 == 0
