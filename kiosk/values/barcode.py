"""Barcode: what a label says about the thing it is on, whatever symbology carried it.

Every product code ends up as one GTIN of fourteen digits (GS1 General Specifications, section 3.3: shorter GTINs are
filled up with zeros on the left), so EAN-8, EAN-13, UPC-A, UPC-E, ITF-14, GS1-128, GS1 DataBar and a GS1 Digital Link
all meet in the same row of the price book. What else the label carries (batch, dates, weight, price, serial) is kept
beside it.

biip knows the standard; this file only decides which of its readers a label is for, by the AIM symbology identifier
(ISO/IEC 15424) where the scanner sends one. A label is anything that somebody may print and hold before a scanner,
so the length is capped before anything looks at it, only printable ASCII and GS get through, and *any* exception of
biip means "not a code": 5.2 raises IndexError for `]`, `]Y` and `]YK`. Hence the wide `except`.
"""

import msgspec
from biip import ParseConfig, ParseError
from biip.checksums import gs1_price_weight_check_digit, gs1_standard_check_digit
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementStrings
from biip.gs1_messages import GS1Message
from biip.gtin import Gtin
from biip.upc import Upc

LABEL_LONGEST = 512
"""Characters of a label that is not an address; GS1-128 ends at 48, GS1 DataMatrix element strings far below this."""
LINK_LONGEST = 2048
"""Characters of a GS1 Digital Link."""
GS = "\x1d"
"""Separates element strings (GS1 General Specifications, section 7.8.6)."""

_GTIN_LENGTHS = (8, 12, 13, 14)
_PLU_LENGTHS = (4, 5)
_EAN_13_WITH_ADD_ON = "]E3"
_ADD_ON_ALONE = ("]E1", "]E2")
_EAN_8 = "]E4"
_EAN_13_OR_UPC = "]E0"
_ELEMENT_STRINGS = ("]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1")
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)
"""A misprinted date must not keep a thing from being sold, nor may the answer hang on biip's look at the clock."""


class Barcode(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A product code. Texts are as printed; dates are YYMMDD, day 00 meaning the month's last day."""

    gtin: str
    """Fourteen digits with a right check digit."""
    or_gtin: str = ""
    """The second reading of eight digits that are right both as EAN-8 and as UPC-E."""
    batch: str = ""
    """AI 10."""
    expiry: str = ""
    """AI 17, expiration date."""
    best_before: str = ""
    """AI 15."""
    serial: str = ""
    """AI 21."""
    weight_g: int | None = None
    """AI 310n: net weight."""
    price_digits: int | None = None
    """AI 392n (or 390n): price on the label, a whole number of `price_decimals` decimal places."""
    price_decimals: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The spellings under which a price book may list this product, the likeliest first."""
        return tuple(spelling for gtin in (self.gtin, self.or_gtin) if gtin for spelling in _spellings(gtin))


class Plu(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A price look-up number of loose goods: four or five digits, only ever typed."""

    code: str

    @property
    def keys(self) -> tuple[str, ...]:
        """As a Barcode's."""
        return (self.code,)


def parse(text: str, symbology: str = "") -> Barcode | None:
    """What a scanned label says; None when it is no product code. Never raises.

    `symbology` is the AIM identifier (`]E0`) if the driver has already taken it off the text; one that is still in
    front of the text is understood too.
    """
    if not _plausible(text):
        return None
    if not symbology and text.startswith("]"):
        symbology, text = text[:3], text[3:]
    try:
        return _read(text.strip(), symbology)
    except Exception:  # noqa: BLE001 - whatever a label makes biip raise, it is not a code
        return None


def parse_typed(text: str) -> Barcode | Plu | None:
    """What somebody typed from under the bars, or a PLU; spaces and hyphens do not count. Never raises."""
    if len(text) > LABEL_LONGEST:
        return None
    digits = text.replace(" ", "").replace("-", "")
    if not _is_number(digits):
        return None
    return Plu(digits) if len(digits) in _PLU_LENGTHS else parse(digits)


def check_digit(digits: str) -> str:
    """The last digit of a number that begins with these (General Specifications, section 7.9.1)."""
    return str(gs1_standard_check_digit(digits))


def value_check_digit(digits: str) -> str:
    """The check digit of four or five digits of price or weight (sections 7.9.3 to 7.9.5)."""
    return str(gs1_price_weight_check_digit(digits))


def _plausible(text: str) -> bool:
    longest = LINK_LONGEST if _is_link(text) else LABEL_LONGEST
    return 0 < len(text) <= longest and all(" " <= char <= "~" or char == GS for char in text)


def _is_link(text: str) -> bool:
    start = text[3:] if text.startswith("]") else text
    return start[:8].lower().startswith(("http://", "https://"))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _read(text: str, symbology: str) -> Barcode | None:
    """The reader that fits. May raise whatever biip raises."""
    if _is_link(text):
        return _from_elements(GS1DigitalLinkURI.parse(text, config=_CONFIG).element_strings)
    if symbology in _ELEMENT_STRINGS:
        return _from_elements(GS1Message.parse(text.lstrip(GS), config=_CONFIG).element_strings)
    if symbology in _ADD_ON_ALONE:
        return None
    if symbology == _EAN_13_WITH_ADD_ON:
        text = text[:13]
    if _is_number(text) and len(text) in _GTIN_LENGTHS:
        return _from_digits(text, symbology)
    if not symbology and (GS in text or text.startswith("01")):
        return _from_elements(GS1Message.parse(text.lstrip(GS), config=_CONFIG).element_strings)
    return None


def _from_digits(digits: str, symbology: str) -> Barcode | None:
    """A bare GTIN. Eight digits may also be UPC-E, whose check digit is that of the UPC-A they stand for."""
    readings = [_gtin(digits)]
    if len(digits) == 8 and symbology != _EAN_8:
        readings.append(_upc_e(digits))
    if symbology == _EAN_13_OR_UPC:
        readings.reverse()
    first, *second = [reading for reading in readings if reading] or [""]
    return Barcode(first, or_gtin="".join(second)) if first else None


def _gtin(digits: str) -> str:
    """The fourteen digits, or nothing if the check digit is wrong."""
    try:
        return Gtin.parse(digits).as_gtin_14()
    except ParseError:
        return ""


def _upc_e(digits: str) -> str:
    """The same of eight digits taken as UPC-E."""
    try:
        return Upc.parse(digits).as_upc_a().zfill(14)
    except ParseError:
        return ""


def _from_elements(elements: GS1ElementStrings) -> Barcode | None:
    """Element strings make a product code when AI 01 is among them with a right check digit."""
    product = elements.get(ai="01")
    if product is None or product.gtin is None:
        return None
    price = elements.get(ai="392") or elements.get(ai="390")
    weight = elements.get(ai="310")
    return Barcode(
        gtin=product.gtin.as_gtin_14(),
        batch=_value(elements, "10"),
        expiry=_value(elements, "17"),
        best_before=_value(elements, "15"),
        serial=_value(elements, "21"),
        weight_g=_grams(int(weight.value), int(weight.ai.ai[3])) if weight else None,
        price_digits=int(price.value) if price else None,
        price_decimals=int(price.ai.ai[3]) if price else 0,
    )


def _value(elements: GS1ElementStrings, ai: str) -> str:
    element = elements.get(ai=ai)
    return element.value if element else ""


def _grams(digits: int, decimals: int) -> int:
    """Kilograms with that many decimal places as grams, half a gram rounded up."""
    unit: int = 10**decimals
    return (digits * 2000 + unit) // (2 * unit)


def _spellings(gtin: str) -> tuple[str, ...]:
    """A GTIN-14, then without its leading zeros at each shorter GTIN length that still holds it."""
    return (gtin, *(gtin[-length:] for length in (13, 12, 8) if not gtin[:-length].strip("0")))
