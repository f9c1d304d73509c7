"""Variable measure: the price or the weight inside a number that a shop's own scale prints.

GS1 leaves the prefixes 02 and 20 to 29 to each country (restricted circulation numbers, General Specifications,
sections 2.1.11 and 2.1.12), so which digits mean what is a rule of the jurisdiction pack: a layout of thirteen letters.

    I  identifies the item, the prefix included        K  check digit of the value alone (section 7.9.5 and before)
    V  the value, in `decimals` decimal places         C  check digit of the whole number, always the last

The price book lists such an item under its number with zeros for V and K. Whoever wrote that list may have written a
zero for C too, so both spellings are tried. A twelve digit number is meant with a zero before it (prefix 02).
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from kiosk.values.barcode import check_digit, value_check_digit

LENGTH = 13
MINOR_DIGITS = 2
"""Of every currency that has a pack."""
_KILOGRAM_DIGITS = 3


class VariableMeasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the numbers of one prefix are read."""

    layout: str
    value: Literal["price", "weight"]
    decimals: int


class Measured(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What such a number says: under which codes the item may be listed, and its price or its weight."""

    keys: tuple[str, ...]
    price_minor: int | None = None
    weight_g: int | None = None


def rule_fault(prefix: str, rule: VariableMeasure) -> str:
    """What is wrong with a rule of a pack; empty: nothing."""
    layout = rule.layout
    if prefix not in ("02", *(str(number) for number in range(20, 30))):
        return f"{prefix} is no prefix of variable measure: 02 and 20 to 29 are"
    if len(layout) != LENGTH or set(layout) - set("IVKC") or layout.find("C") != LENGTH - 1:
        return f"the layout {layout!r} must be thirteen letters of I, V and K, and C at the end"
    if layout[:3] != "III" or "V" not in layout or "V" * layout.count("V") not in layout or layout.count("K") > 1:
        return f"the layout {layout!r} must begin with III and have its V together, with at most one K"
    if "K" in layout and layout.count("V") not in (4, 5):
        return f"the layout {layout!r}: a check digit of the value is defined for four or five digits"
    most = MINOR_DIGITS if rule.value == "price" else _KILOGRAM_DIGITS
    return "" if 0 <= rule.decimals <= most else f"decimals must be 0 to {most} for a {rule.value}"


def measured(gtin: str, rules: Mapping[str, VariableMeasure]) -> Measured | None:
    """What a GTIN of fourteen digits says by these rules; None if it is no such number, or its value is misprinted."""
    number = gtin[1:]
    rule = rules.get(number[:2])
    if gtin[:1] != "0" or rule is None:
        return None
    value = _digits(number, rule.layout, "V")
    check = _digits(number, rule.layout, "K")
    if check and check != value_check_digit(value):
        return None
    keys = _keys(number, rule.layout)
    if rule.value == "price":
        return Measured(keys, price_minor=int(value) * 10 ** (MINOR_DIGITS - rule.decimals))
    return Measured(keys, weight_g=int(value) * 10 ** (_KILOGRAM_DIGITS - rule.decimals))


def _digits(number: str, layout: str, letter: str) -> str:
    return "".join(digit for digit, place in zip(number, layout, strict=True) if place == letter)


def _keys(number: str, layout: str) -> tuple[str, ...]:
    """The item's number without its value, in the spellings of a price book."""
    item = "".join(digit if place == "I" else "0" for digit, place in zip(number[:-1], layout, strict=False))
    thirteen = (item + check_digit(item), item + "0")
    twelve = tuple(code[1:] for code in thirteen if code.startswith("0"))
    return tuple(dict.fromkeys((*thirteen, *twelve, *("0" + code for code in thirteen))))
