"""Barcode reading: which of biip's readers a label is for, and what it found.

biip knows the standard; this file only decides which of its readers a label is for, by the AIM symbology identifier
(ISO/IEC 15424) where the scanner sends one. It reads tables of some thousand lines when it is imported, so `barcode`
imports this file with the first label.
"""

from biip import ParseConfig, ParseError
from biip.checksums import gs1_price_weight_check_digit, gs1_standard_check_digit
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementStrings
from biip.gs1_messages import GS1Message
from biip.gtin import Gtin
from biip.upc import Upc

from kiosk.values.barcode import GS, Barcode, is_link, is_number

_GTIN_LENGTHS = (8, 12, 13, 14)
_EAN_13_WITH_ADD_ON = "]E3"
_ADD_ON_ALONE = ("]E1", "]E2")
_EAN_8 = "]E4"
_EAN_13_OR_UPC = "]E0"
_ELEMENT_STRINGS = ("]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1")
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)
"""A misprinted date must not keep a thing from being sold, nor may the answer hang on biip's look at the clock."""


def read(text: str, symbology: str) -> Barcode | None:
    """The reader that fits. May raise whatever biip raises."""
    if is_link(text):
        return _from_elements(GS1DigitalLinkURI.parse(text, config=_CONFIG).element_strings)
    if symbology in _ELEMENT_STRINGS:
        return _from_elements(GS1Message.parse(text.lstrip(GS), config=_CONFIG).element_strings)
    if symbology in _ADD_ON_ALONE:
        return None
    if symbology == _EAN_13_WITH_ADD_ON:
        text = text[:13]
    if is_number(text) and len(text) in _GTIN_LENGTHS:
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


def standard_check_digit(digits: str) -> int:
    """Of a number that begins with these (General Specifications, section 7.9.1)."""
    return gs1_standard_check_digit(digits)


def value_check_digit(digits: str) -> int:
    """Of four or five digits of price or weight (sections 7.9.3 to 7.9.5)."""
    return gs1_price_weight_check_digit(digits)
