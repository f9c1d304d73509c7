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


USUAL = Codes()
"""Of a shop that has said nothing else."""
