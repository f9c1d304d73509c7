"""Item events: what the produce scale says, and what somebody does about an item that is not simply scanned."""

from typing import Literal

from kiosk.checkout.events.fact import Fact


class WeightShown(Fact, frozen=True, kw_only=True):
    """The produce scale says something new. `grams` with all that lies on it; None: it shows no weight now."""

    grams: int | None
    stable: bool
    trouble: Literal["", "over", "under", "zero", "unit"] = ""


class WeighingAccepted(Fact, frozen=True, kw_only=True):
    """`Add`, while the scale showed this load (gross)."""

    gross_g: int


class WeighingLeft(Fact, frozen=True):
    """`Back` or `Wrong item`, on 05."""


ItemEvent = WeightShown | WeighingAccepted | WeighingLeft
