"""Oddities: the names most likely to break something: every script, the longest, the shortest, quotes and marks."""

import unicodedata
from collections.abc import Iterable

from kiosk.wire.price_csv import PriceRow, PriceRows

MARKS = ('"', "'", "“", "«", "„", "*", "**", "{", "%", "&", "<", ">", "\\", "♥", "€", "\u00ad", "  ")
OF_EACH = 2


def choose(rows: PriceRows) -> PriceRows:
    """Some of each kind, none twice, in a steady order."""
    by_length = sorted(rows, key=lambda row: len(row.name))
    by_word = sorted(rows, key=lambda row: max(map(len, row.name.split()), default=0))
    chosen = [*by_length[:OF_EACH], *by_length[-OF_EACH:], *by_word[-OF_EACH:]]
    for script in sorted({script for row in rows for script in scripts(row.name)}):
        chosen += _first(row for row in rows if script in scripts(row.name))
    for mark in MARKS:
        chosen += _first(row for row in rows if mark in row.name)
    return tuple({row.code: row for row in chosen}.values())


def _first(rows: Iterable[PriceRow]) -> list[PriceRow]:
    return [row for row, _ in zip(rows, range(OF_EACH), strict=False)]


def scripts(name: str) -> frozenset[str]:
    """The scripts of its letters by their Unicode names' first word, and `control` for what is no letter at all."""
    return frozenset(_script(char) for char in name if char.isalpha() or unicodedata.category(char)[0] == "C")


def _script(char: str) -> str:
    return unicodedata.name(char, "CONTROL").split()[0].lower()
