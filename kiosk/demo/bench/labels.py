"""Labels: what a scanner would say of a code that somebody typed. Pure.

A scanner tells the kind of barcode by its symbology identifier (ISO/IEC 15424). Whoever types a code does not; so it is
guessed as the shop's own labels would have it, unless the text begins with an identifier of its own: `]C10109520...`.
"""

import re
from typing import NamedTuple

_OWN = re.compile(r"(\][A-Za-z][0-9A-Za-z])(.*)", re.DOTALL)
_DIGITS = {8: "]E4", 13: "]E0", 14: "]I1"}
LONG = 10_000


class Label(NamedTuple):
    """What the scanner sends."""

    text: str
    symbology: str


class Oddity(NamedTuple):
    """A label that nobody should ever meet, and what it is called on the page."""

    name: str
    says: str
    label: Label


def label_of(typed: str) -> Label:
    """The label with this text."""
    own = _OWN.fullmatch(typed)
    if own is not None:
        return Label(own[2], own[1])
    if re.fullmatch(r"[0-9]{12}", typed):  # UPC-A travels as EAN-13
        return Label(f"0{typed}", "]E0")
    if typed.isascii() and typed.isdigit() and len(typed) in _DIGITS:
        return Label(typed, _DIGITS[len(typed)])
    if typed.startswith(("http://", "https://")):
        return Label(typed, "]Q1")
    return Label(typed, "]C1" if re.match(r"01[0-9]{14}", typed) else "]C0")


FRESH = (
    Oddity("cheese", "Cheese, 0.412 kg", Label("2395200104121", "]E0")),
    Oddity("meatballs", "Meatballs, 45.90", Label("2095200145901", "]E0")),
    Oddity("priced", "Beef marked 42.50", Label("0109520001220012\x1d39224250", "]d2")),
    Oddity("recalled", "Beef, batch called back", Label("0109520001220012\x1d10L2611", "]d2")),
    Oddity("old", "Beef past its date", Label("0109520001220012\x1d17260101", "]d2")),
)
"""Labels that say more than which product it is, from the demo's catalogue."""
WALLET = (
    Oddity("member", "Member card", Label("KM-1000001", "]Q1")),
    Oddity("coupon", "Coupon, 10 off 100", Label("KC-TEN-0001", "]C0")),
    Oddity("once", "Coupon, used once", Label("KC-ONCE-0001", "]C0")),
    Oddity("gift", "Gift card, 100", Label("KG-1000001", "]C0")),
    Oddity("voucher", "Voucher, 50", Label("KV-1000001", "]C0")),
    Oddity("slip", "Bottle slip, 12", Label("KD-1000001", "]C0")),
    Oddity("nobody", "Card of nobody", Label("KM-9999999", "]Q1")),
)
"""What a shopper has in the wallet; the demo's store knows all but the last."""
ODDITIES = (
    Oddity("unknown", "unknown", Label("9529999999993", "]E0")),
    Oddity("misread", "misread", Label("9520001200015", "]E0")),
    Oddity("long", "10,000 digits", Label("7" * LONG, "]Q1")),
    Oddity("control", "control codes", Label("95\x00\x1b[2J\x07\x7f\x1d20", "]C0")),
    Oddity("empty", "empty", Label("", "]C0")),
)
