"""Scale: the produce scale as the checkout sees it, and what may be sold from it.

The plate's figures are the scale's own (EN 45501: Max, Min and e stand on every scale for trade): a load below Min or
above Max is not sold by. What is charged is the net weight, the load less the item's tare. Only a load at rest is sold,
and never twice: after a sale the scale must first show something else at rest, so that neither the next line nor the
next shopper pays for what was sold already.
"""

from typing import Literal

import msgspec

SCALE = "scale"
"""Its name in the configuration."""

Verdict = Literal["ready", "away", "fault", "heavy", "under", "moving", "empty", "twice", "light"]
"""Why a load cannot be sold now, or that it can."""


class Plate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands on the scale's plate, in grams: Min, Max and e."""

    min_g: int = 100
    max_g: int = 15_000
    step_g: int = 5


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the scale says: `grams` with everything that lies on it, None while it shows nothing."""

    grams: int | None = None
    stable: bool = False
    trouble: Literal["", "over", "under", "zero", "unit"] = ""


def verdict(reading: Reading, plate: Plate, tare_g: int, sold_g: int | None) -> Verdict:
    """Whether this load can be sold as an item with that tare. `sold_g`: the load that was sold last, if it may still
    lie there."""
    match reading.trouble:
        case "over":
            return "heavy"
        case "under":
            return "under"
        case "zero" | "unit":
            return "fault"
    if reading.grams is None or not reading.stable:
        return "moving"
    if reading.grams <= 0:
        return "empty"
    if sold_g is not None:
        return "twice"
    if reading.grams > plate.max_g:
        return "heavy"
    return "light" if reading.grams < plate.min_g or reading.grams <= tare_g else "ready"


def is_another(reading: Reading, plate: Plate, sold_g: int) -> bool:
    """Whether the scale shows, at rest, something else than the load that was sold: nothing, or a step apart."""
    return reading.stable and reading.grams is not None and abs(reading.grams - sold_g) > plate.step_g
