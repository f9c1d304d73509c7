"""Config money: what a lane takes and how much, and what it asks before (`[tenders]`, `[limits]`, `[charity]`,
`[bags]`).
"""

from collections.abc import Iterator

import msgspec

from kiosk.checkout.carrier_bags import KINDS
from kiosk.checkout.lane import Charity, Limit
from kiosk.checkout.sale import TenderKind

TAKEN: tuple[TenderKind, ...] = ("card", "gift_card", "cash", "qr", "external")
"""What this version can take; a shop's voucher and a deposit slip come with `gift_card`."""


MOST_OF_A_SLIP = 99_999_999
"""Minor units that a signed slip has room for."""


class LimitTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[tenders.limits.KIND]`: what this kind may pay of one basket, in minor units; 0: no limit."""

    least_minor: int = 0
    most_minor: int = 0


class TendersTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[tenders]`: what this lane takes, in the order of the payment screen."""

    accept: tuple[TenderKind, ...] = ("card",)
    limits: dict[TenderKind, LimitTable] = {}

    @property
    def of_each_kind(self) -> tuple[Limit, ...]:
        """What the checkout needs of the limits."""
        return tuple(Limit(kind, limit.least_minor, limit.most_minor) for kind, limit in self.limits.items())

    def problems(self) -> Iterator[str]:
        """What cannot be meant."""
        if not self.accept or len(set(self.accept)) < len(self.accept):
            yield "tenders.accept: name at least one kind, each once"
        for kind in (kind for kind in self.accept if kind not in TAKEN):
            yield f"tenders.accept: {kind!r} cannot be taken by this version; choose from {', '.join(TAKEN)}"
        for kind, limit in self.limits.items():
            if limit.least_minor < 0 or (limit.most_minor and limit.most_minor < limit.least_minor):
                yield f"tenders.limits.{kind}: least_minor is 0 or more, most_minor 0 (no limit) or at least as much"


class LimitsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[limits]`, in minor units: what a basket may cost here unless staff serve it (0: no limit), and what staff pay
    out at once for empties (0: they take none)."""

    basket_minor: int = 0
    containers_minor: int = 50_000

    def problems(self) -> Iterator[str]:
        """What cannot be meant."""
        if self.basket_minor < 0:
            yield "limits.basket_minor: 0 (no limit) or more"
        if not 0 <= self.containers_minor <= MOST_OF_A_SLIP:
            yield f"limits.containers_minor: 0 (staff take no empties) to {MOST_OF_A_SLIP}"


MOST_AMOUNTS = 4
MOST_ON_A_CARD = 1_000_000


class CharityTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[charity]`: whether shoppers are asked before paying to round up, for whom, and to multiples of what."""

    enabled: bool = False
    name: str = ""
    step_minor: int = 1_000

    @property
    def asked_for(self) -> Charity | None:
        """What the checkout needs of it."""
        return Charity(self.name, self.step_minor) if self.enabled else None

    def problems(self) -> Iterator[str]:
        """What cannot be meant."""
        if self.enabled and not self.name.strip():
            yield "charity.name: whom is it for?"
        if self.step_minor < 1:
            yield f"charity.step_minor: {self.step_minor} is nothing to round up to"


class GiftCardsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[gift_cards]`: what shoppers can put on a gift card that they scan, in minor units."""

    amounts_minor: tuple[int, ...] = ()

    def problems(self) -> Iterator[str]:
        """What cannot be meant."""
        if len(self.amounts_minor) > MOST_AMOUNTS:
            yield f"gift_cards.amounts_minor: {MOST_AMOUNTS} at most have room on the screen"
        if any(not 0 < minor <= MOST_ON_A_CARD for minor in self.amounts_minor):
            yield f"gift_cards.amounts_minor: each is from 1 to {MOST_ON_A_CARD}"
        if len(set(self.amounts_minor)) != len(self.amounts_minor):
            yield "gift_cards.amounts_minor: one is named twice"


class BagsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[bags]`: codes of the carrier bags that shoppers are asked for before they pay."""

    codes: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        """What cannot be asked so."""
        if len(self.codes) > KINDS:
            yield f"bags.codes: {len(self.codes)} kinds; the screen asks for {KINDS} at most"
        if len(set(self.codes)) < len(self.codes):
            yield "bags.codes: one code stands there twice"
