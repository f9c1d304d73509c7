"""Signing: where the law wants every sale vouched for, it is signed in two breaths, between payment and seal.

First the sale is drafted and what shall be signed is kept in the state: on disk before the signer hears of it. Its
answer is an event; when that comes the sale is sealed with the signature in it. So a power cut between the breaths
loses nothing, and the same request under the same number is asked again: a signer answers a number that it has
signed before with the signature that it gave. Nothing is ever signed twice as something else.

A signer that does not answer stops no shopper for long: after a while the sale is sealed as an outage, without a
signature. Then everything is sealed so, until the signer has signed what it owes, in order, because each signature
stands upon the one before. The late ones travel in the next sale that is sealed, so the chain holds them for ever.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import msgspec
from msgspec.structs import replace

from kiosk.checkout.sale import FiscalMark, LateSignature, Sale

SIGNED_KINDS = ("sale", "return")


class Unsigned(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One sale as the signer is told of it: when, and its amount with and without tax. `number` counts them without gap
    on this lane; it is not the sale's sequence number, which voids use too."""

    key: str
    number: int
    at_utc_ms: int
    amount_minor: int
    net_minor: int


class Signing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A drafted sale that waits for its signature, and what the shopper has asked for meanwhile."""

    sale: Sale
    request: Unsigned
    since_tick: int
    wish: Literal["", "print", "qr", "none", "staff", "gift", "email"] = ""


class Signatures(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a lane must remember of its signatures."""

    count: int = 0
    """Numbers given so far."""
    last: str = ""
    """The latest signature, upon which the next one stands."""
    owed: tuple[Unsigned, ...] = ()
    """Sealed in an outage, the oldest first."""
    asked_tick: int = 0
    """When the signer was last asked for the oldest of these."""
    late: tuple[LateSignature, ...] = ()
    """Given since, and not in a sealed sale yet."""


def turnover_sign(sale: Sale) -> int:
    """What makes a return negative turnover, in whichever sign its record has its amounts."""
    return -1 if sale.kind == "return" and sale.totals.due_minor > 0 else 1


def unsigned(draft: Sale, number: int, at_utc_ms: int) -> Unsigned:
    """What the signer is told of a draft. Cash rounding is no turnover, so it is not in the amounts."""
    sign = turnover_sign(draft)
    amount = sign * (draft.totals.due_minor - draft.totals.rounding_minor)
    tax = sign * sum(rate.tax_minor for rate in draft.totals.tax)
    return Unsigned(draft.key, number, at_utc_ms, amount, amount - tax)


def marked(draft: Sale, mark: FiscalMark, signatures: Signatures) -> Sale:
    """The draft with its mark, and with the late signatures that it carries along."""
    return replace(draft, fiscal=replace(mark, late=signatures.late))


def signed_text(previous: str, day: str, time: str, request: Unsigned) -> str:
    """What is signed: the signature before it (`0` at first), local date and time, number, amounts (see the signer)."""
    number, with_tax, without = request.number, decimal(request.amount_minor), decimal(request.net_minor)
    return f"{previous or '0'};{day};{time};{number};{with_tax};{without}"


def decimal(minor: int) -> str:
    """Minor units with two decimals and a point: `-1250.00`."""
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def signatures_of(sales: Iterable[Sale]) -> dict[str, LateSignature]:
    """Every signature in these sealed sales by the key of the sale that it is for, the late ones included."""
    found: dict[str, LateSignature] = {}
    for sale in sales:
        if isinstance(sale.fiscal, FiscalMark):
            mark = sale.fiscal
            if mark.signature:
                own = LateSignature(sale.key, mark.number, mark.date, mark.time, mark.signature, mark.key)
                found[sale.key] = own
            found |= {late.sale: late for late in mark.late}
    return found


def signature_faults(sales: Iterable[Sale], holds: Callable[[str, str], bool]) -> Iterator[str]:
    """What is wrong with the signatures of a lane's sealed sales, from its first on; `holds` checks (text, signature).

    A sale of the end that still waits for its late signature is no fault; a gap before another signature is.
    """
    sales = tuple(sales)
    given = signatures_of(sales)
    previous, gap = "", ""
    for expected, sale in enumerate((s for s in sales if isinstance(s.fiscal, FiscalMark)), start=1):
        own = given.get(sale.key)
        if own is None:
            gap = gap or sale.key
            continue
        if own.number != expected:
            yield f"sale {sale.key} has the number {own.number} where {expected} was due"
        if gap:
            yield f"sale {gap} was never signed, but sale {sale.key} after it was"
        text = signed_text(previous, own.date, own.time, unsigned(sale, own.number, 0))
        if not holds(text, own.signature):
            yield f"sale {sale.key}: its signature is not that of its content"
        previous, gap = own.signature, ""
