"""Look: what a lane keeps of its audits: the day's visits, and the look that staff are taking. The nouns only."""

from typing import Literal

import msgspec

from kiosk.checkout.events import ItemFound

Why = Literal["", "random", "carried", "value", "risk", "done"]
"""Why a visit is looked at; `carried`: the one before it was drawn and left; `done`: it was."""


class AuditDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A business day's lots: visits that have reached paying, and whether a look is owed."""

    day: str = ""
    visits: int = 0
    owed: bool = False


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A look that staff take: what they have scanned out of the bag. `extra` is more than the basket has."""

    stage: Literal["partial", "full"] = "partial"
    seen: tuple[str, ...] = ()
    extra: tuple[ItemFound, ...] = ()
