"""Losses' words: what the list says of each. Pure."""

from collections.abc import Mapping

import msgspec

from store.console.words import money
from store.losses import Loss

_KIND = {
    "sale": "A sale that is not here",
    "payment": "A card payment without a sale",
    "basket": "A basket that was open",
    "hold": "Something that is still held",
    "unsent": "Messages that were not sent",
}


class LossShown(msgspec.Struct, frozen=True):
    """A row."""

    n: int
    title: str
    detail: str


def shown(one: Loss, currency: str) -> LossShown:
    """One that is open."""
    amount = "" if one.amount_minor is None else f" · {money(one.amount_minor, currency)}"
    return LossShown(one.n, f"{one.till} · {_KIND[one.kind]}{amount}", _sentence(one.detail))


def over(one: Loss, names: Mapping[str, str]) -> tuple[str, str]:
    """One that has ended: what it was, and what became of it."""
    return f"{one.till} · {_KIND[one.kind]}", f"Closed{f' by {names.get(one.by, one.by)}' if one.by else ''}: {one.why}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
