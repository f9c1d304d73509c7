"""Report filters: what a filter that somebody wrote means to the database. Pure.

`category` and `department` also take what lies below them, `group` is one word of a member's groups, and what is made
out of days (weeks, weekdays) becomes the days that it is made of.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from store.dimensions import DIMENSIONS

NONE = "-"
"""How nothing is written: no group, nobody."""


class BadFilter(ValueError):
    """The value means nothing; the message says what would."""


def condition(
    name: str, column: "sa.ColumnElement[Any]", values: Sequence[str], days: Sequence[str]
) -> "sa.ColumnElement[bool]":
    """What a row must be to count. `days` are the days of the period. BadFilter."""
    plain = ["" if value == NONE else value for value in values]
    match name:
        case "category" | "department":
            return sa.or_(*(_within(column, value) for value in plain))
        case "group":
            return sa.or_(*(_one_of(column, value) for value in plain))
        case "weekday" | "week":
            fold = DIMENSIONS[name].fold
            assert fold is not None, "both are folded out of days"
            wanted = set(_numbers(name, plain) if DIMENSIONS[name].number else plain)
            return column.in_([day for day in days if fold(day) in wanted])
        case _:
            return column.in_(_numbers(name, plain) if DIMENSIONS[name].number else plain)


def _within(column: "sa.ColumnElement[str]", category: str) -> "sa.ColumnElement[bool]":
    start = f"{category}/"
    below = sa.func.substr(column, 1, len(start)) == start
    return sa.or_(column == category, below) if category else column == ""


def _one_of(column: "sa.ColumnElement[str]", word: str) -> "sa.ColumnElement[bool]":
    return (" " + column + " ").contains(f" {word} ", autoescape=True) if word else column == ""


def _numbers(name: str, values: Sequence[str]) -> list[int]:
    try:
        return [int(value) for value in values]
    except ValueError:
        example = {"hour": "17", "weekday": "1 for Monday", "basket": "4", "rate": "600 for 6 %"}[name]
        raise BadFilter(f"{name} {', '.join(map(repr, values))}: write a number, such as {example}") from None
