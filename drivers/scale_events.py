"""Scale events and commands, in the words of UnifiedPOS Scale: part of the vocabulary in `events.py`."""

from typing import Literal

import msgspec

from drivers.reported import Reported

WeightTrouble = Literal[
    "", "over", "under", "zero", "unit", "light", "unmoved", "calibration", "refused", "checksum", "fault"
]  # fmt: skip
"""Why a scale shows no weight that counts: `over` its capacity, `under` zero, `zero` (outside its zero range: somebody
must empty it and zero it), `unit` (not set to kilograms), `light` (less than it weighs), `unmoved` (the load has not
moved since it was weighed last), `calibration` (it must be calibrated), `refused` (it does not take this unit price or
tare), `checksum` (it does not believe that this till's weighing part is the approved one), `fault` (it is broken)."""


class Priced(msgspec.Struct, frozen=True):
    """What a price-computing scale has worked out: net weight (load less `tare_g`) times price per kilogram."""

    unit_price_minor: int
    tare_g: int
    sales_price_minor: int


class WeightSeen(Reported, frozen=True, kw_only=True):
    """What a scale says, sent when it changes. `grams` with all that lies on it, as it shows them; None: it shows none.

    `stable`: at rest, as the scale itself judges. `priced`: only of a scale that works out prices.
    """

    grams: int | None
    stable: bool
    trouble: WeightTrouble = ""
    priced: Priced | None = None


class PriceScale(msgspec.Struct, frozen=True, tag=True):
    """Weigh at this price per kilogram, less this tare; no price: weigh no more. Only price-computing scales listen."""

    unit_price_minor: int | None = None
    tare_g: int = 0


class ZeroScale(msgspec.Struct, frozen=True, tag=True):
    """Take the scale's load for nothing, as a person does with its zero key; a scale that is not near zero refuses."""
