"""Barcode: what a label says about the thing it is on, whatever symbology carried it.

Every product code ends up as one GTIN of fourteen digits (GS1 General Specifications, section 3.3: shorter GTINs are
filled up with zeros on the left), so EAN-8, EAN-13, UPC-A, UPC-E, ITF-14, GS1-128, GS1 DataBar and a GS1 Digital Link
all meet in the same row of the price book. What else the label carries (batch, dates, weight, price, serial) is kept
beside it.

A label is anything that somebody may print and hold before a scanner, so the length is capped before anything looks at
it, only printable ASCII and GS get through, and *any* exception of biip means "not a code": 5.2 raises IndexError for
`]`, `]Y` and `]YK`. Hence the wide `except`. biip's tables take a while to load (`barcode_reading`): `prepared` does
that when the first screen stands, and else the first label.
"""

import msgspec

LABEL_LONGEST = 512
"""Characters of a label that is not an address; GS1-128 ends at 48, GS1 DataMatrix element strings far below this."""
LINK_LONGEST = 2048
"""Characters of a GS1 Digital Link."""
GS = "\x1d"
"""Separates element strings (GS1 General Specifications, section 7.8.6)."""

_PLU_LENGTHS = (4, 5)


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


def prepared() -> tuple[()]:
    """A job for a thread in the background: load what reading needs, so that the first label does not wait for it."""
    from kiosk.values import barcode_reading  # noqa: F401

    return ()


def parse(text: str, symbology: str = "") -> Barcode | None:
    """What a scanned label says; None when it is no product code. Never raises.

    `symbology` is the AIM identifier (`]E0`) if the driver has already taken it off the text; one that is still in
    front of the text is understood too.
    """
    if not _plausible(text):
        return None
    if not symbology and text.startswith("]"):
        symbology, text = text[:3], text[3:]
    from kiosk.values import barcode_reading

    try:
        return barcode_reading.read(text.strip(), symbology)
    except Exception:  # noqa: BLE001 - whatever a label makes biip raise, it is not a code
        return None


def parse_typed(text: str) -> Barcode | Plu | None:
    """What somebody typed from under the bars, or a PLU; spaces and hyphens do not count. Never raises."""
    if len(text) > LABEL_LONGEST:
        return None
    digits = text.replace(" ", "").replace("-", "")
    if not is_number(digits):
        return None
    return Plu(digits) if len(digits) in _PLU_LENGTHS else parse(digits)


def check_digit(digits: str) -> str:
    """The last digit of a number that begins with these (General Specifications, section 7.9.1)."""
    from kiosk.values import barcode_reading

    return str(barcode_reading.standard_check_digit(digits))


def value_check_digit(digits: str) -> str:
    """The check digit of four or five digits of price or weight (sections 7.9.3 to 7.9.5)."""
    from kiosk.values import barcode_reading

    return str(barcode_reading.value_check_digit(digits))


def _plausible(text: str) -> bool:
    longest = LINK_LONGEST if is_link(text) else LABEL_LONGEST
    return 0 < len(text) <= longest and all(" " <= char <= "~" or char == GS for char in text)


def is_link(text: str) -> bool:
    """Whether it may be an address, a GS1 Digital Link among them; with or without the AIM identifier in front."""
    start = text[3:] if text.startswith("]") else text
    return start[:8].lower().startswith(("http://", "https://"))


def is_number(text: str) -> bool:
    """Whether all of it is digits."""
    return text.isascii() and text.isdigit()


def _spellings(gtin: str) -> tuple[str, ...]:
    """A GTIN-14, then without its leading zeros at each shorter GTIN length that still holds it."""
    return (gtin, *(gtin[-length:] for length in (13, 12, 8) if not gtin[:-length].strip("0")))
