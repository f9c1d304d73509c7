"""Codes: labels that are no products. The shop prints them itself, so it says how each kind begins (`[codes]`).

The price book is asked first: a code that the shop sells is a product, whatever it begins with. A member card that is
also a product is therefore sold when it is scanned; its number can still be typed where members are asked for it.
"""

from typing import Literal

import msgspec

Kind = Literal["member", "coupon", "voucher", "deposit", "gift_card", "basket"]
KINDS: tuple[Kind, ...] = ("member", "coupon", "voucher", "deposit", "gift_card", "basket")
LONGEST = 40
"""Characters of such a code; more than this is none."""


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the shop's own codes begin; a kind without a beginning is not used here."""

    member: tuple[str, ...] = ("KM-",)
    coupon: tuple[str, ...] = ("KC-",)
    voucher: tuple[str, ...] = ("KV-",)
    deposit: tuple[str, ...] = ("KD-",)
    gift_card: tuple[str, ...] = ("KG-",)
    basket: tuple[str, ...] = ("KB-",)

    def kind_of(self, text: str) -> Kind | None:
        """What this code is, by the longest beginning that fits; None: none of these."""
        if not 0 < len(text) <= LONGEST or not all(" " < char <= "~" for char in text):
            return None
        fitting = [(len(start), kind) for kind in KINDS for start in getattr(self, kind) if text.startswith(start)]
        return max(fitting)[1] if fitting else None

    def basket_of(self, text: str) -> tuple[str, str] | None:
        """Lane and code of a suspended basket, from its slip: `KB-k01-7QF2`; None if this is no such slip."""
        if self.kind_of(text) != "basket":
            return None
        start = max((start for start in self.basket if text.startswith(start)), key=len)
        till, _, code = text.removeprefix(start).rpartition("-")
        return (till, code.upper()) if till and code else None

    def basket_slip(self, till: str, code: str) -> str:
        """What the barcode of a basket's slip says; empty where the shop uses no such codes, or it were too long."""
        text = f"{self.basket[0]}{till}-{code}" if self.basket else ""
        return text if len(text) <= LONGEST else ""


USUAL = Codes()
"""Of a shop that has said nothing else."""
