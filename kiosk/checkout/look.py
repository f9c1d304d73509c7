"""Look: what a lane keeps of its audits: the period's lots, and the look that staff are taking. The nouns only."""

from typing import Literal

import msgspec

from kiosk.checkout.events import ItemFound


class AuditDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One period of lots: a business day, or what is left of it when the shop changes the rate.

    `number` counts the lane's periods from 1 (0: none yet) and never goes back, whatever its clock does; `day` is ISO
    8601. `visits` have reached paying; `owed`: one was drawn and nobody has looked since.
    """

    number: int = 0
    day: str = ""
    rate_permille: int = 0
    visits: int = 0
    owed: bool = False
    called_utc_ms: tuple[int, ...] = ()
    """When staff were called to look in the last hour, for whatever reason."""


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A look that staff take: what they have scanned out of the bag. `extra` is more than the basket has."""

    stage: Literal["partial", "full"] = "partial"
    seen: tuple[str, ...] = ()
    extra: tuple[ItemFound, ...] = ()
