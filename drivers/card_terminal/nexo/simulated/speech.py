"""Speech: what the simulated terminal hears and says, before it is put into the bytes of one binding."""

from typing import Literal

import msgspec


class Asked(msgspec.Struct, frozen=True):
    """A request of a till. `fields` are the few that the terminal looks at, by names of its own."""

    category: str
    service_id: str
    sale_id: str
    poi_id: str
    fields: dict[str, str]


class Deal(msgspec.Struct, frozen=True):
    """A transaction as it is told. `amount_minor` None: not told."""

    transaction_id: str
    timestamp: str
    amount_minor: int | None
    currency: str
    payment_type: str
    brand: str = ""
    pan: str = ""
    approval: str = ""
    entry_mode: str = ""
    customer: tuple[str, ...] = ()
    merchant: tuple[str, ...] = ()
    signature: bool = False


class Sum(msgspec.Struct, frozen=True):
    """A total of one brand."""

    brand: str
    kind: Literal["Debit", "Credit"]
    count: int
    amount_minor: int


class Said(msgspec.Struct, frozen=True):
    """An answer. `repeated`: the answer that a status tells again."""

    asked: Asked
    result: str = "Success"
    condition: str = ""
    detail: str = ""
    deal: Deal | None = None
    repeated: "Said | None" = None
    sums: tuple[Sum, ...] = ()


def money(amount_minor: int) -> str:
    """As it is written on the wire: `12.5` and `12`, as terminals like to."""
    whole, rest = divmod(amount_minor, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
