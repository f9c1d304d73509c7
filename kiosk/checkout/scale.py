"""Scale: the produce scale as the checkout sees it, and what may be sold from it.

The plate's figures are the scale's own (EN 45501: Max, Min and e stand on every scale for trade): a load below Min or
above Max is not sold by. What is charged is the net weight, the load less the item's tare. Only a load at rest is sold,
and never twice: after a sale the scale must first show something else at rest, so that neither the next line nor the
next shopper pays for what was sold already.

A scale that works out prices (`Plate.computes`) is told unit price and tare, and its sum is what is charged: then no
load is ready before the scale has priced it as this item.

Weights are sold by only under certificates (`Trade`): of the scale, and of the part of this program that weighs, which
is known by its version and checksum. Until somebody has written their numbers down the screen says so.
"""

from typing import Literal

import msgspec

SCALE = "scale"
"""Its name in the configuration."""

Verdict = Literal["ready", "away", "fault", "heavy", "under", "moving", "empty", "twice", "light", "lift"]
"""Why a load cannot be sold now, or that it can."""

Trouble = Literal[
    "", "over", "under", "zero", "unit", "light", "unmoved", "calibration", "refused", "checksum", "fault"
]
"""What keeps the scale itself from showing a weight, in the words of `drivers.events`."""


class Plate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands on the scale's plate, in grams: Min, Max and e."""

    min_g: int = 100
    max_g: int = 15_000
    step_g: int = 5
    computes: bool = False
    """Whether it works out prices, which then count."""
    zeroes: bool = True
    """Whether it can be told to take its load for nothing; of others that is their own key's."""


class Trade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By what right weights are sold by here: the part that weighs, and the numbers of the certificates."""

    version: str = ""
    checksum: str = ""
    """SHA-256 of the part's files, hexadecimal."""
    certificates: tuple[str, ...] = ()
    """Of the scale and of the part that weighs; empty: not for trade."""


class Priced(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a price-computing scale has worked out: the net weight, at this price per kilogram, costs `sum_minor`."""

    unit_minor: int
    tare_g: int
    sum_minor: int


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the scale says: `grams` with everything that lies on it, None while it shows nothing."""

    grams: int | None = None
    stable: bool = False
    trouble: Trouble = ""
    priced: Priced | None = None


_TROUBLES: dict[Trouble, Verdict] = {"over": "heavy", "under": "under", "light": "empty"}


def verdict(reading: Reading, plate: Plate, tare_g: int, sold_g: int | None, unit_minor: int = 0) -> Verdict:
    """Whether this load can be sold as an item with that tare and price per kilogram. `sold_g`: the load that was sold
    last, if it may still lie there."""
    if reading.trouble == "unmoved":
        return "lift" if sold_g is None else "twice"
    if reading.trouble:
        return _TROUBLES.get(reading.trouble, "fault")
    if reading.grams is None or not reading.stable:
        return "moving"
    if reading.grams <= 0:
        return "empty"
    if sold_g is not None:
        return "twice"
    if plate.computes and not is_priced(reading, tare_g, unit_minor):
        return "moving"
    if reading.grams > plate.max_g:
        return "heavy"
    return "light" if reading.grams < plate.min_g or reading.grams <= tare_g else "ready"


def is_priced(reading: Reading, tare_g: int, unit_minor: int) -> bool:
    """Whether the scale has worked out what this load costs as such an item."""
    return reading.priced is not None and (reading.priced.unit_minor, reading.priced.tare_g) == (unit_minor, tare_g)


def is_another(reading: Reading, plate: Plate, sold_g: int) -> bool:
    """Whether the scale shows, at rest, something else than the load that was sold: nothing, or a step apart."""
    if reading.trouble == "light":
        return True
    return reading.stable and reading.grams is not None and abs(reading.grams - sold_g) > plate.step_g
