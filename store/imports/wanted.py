"""Wanted: what any system's export says, in our nouns; pure.

A profile (`odoo.py`, `square.py`) turns the lines of a file into these; what they would change is worked out from them
alone, so that one more system is one more profile and nothing else. `leave` says why a line is left out though nothing
in it is wrong: it is shown, and stops nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple, TypeVar

import msgspec

from kiosk.wire.price_csv import PRICE_LARGEST_MINOR
from store.imports.reading import BadCell, BadImport, Table, cut, scaled, text

T = TypeVar("T")
Kind = Literal["products", "members", "stock", "gift-cards"]
KINDS: tuple[Kind, ...] = ("products", "members", "stock", "gift-cards")


class Options(msgspec.Struct, frozen=True):
    """What a file does not say and somebody must. `digits` are the currency's."""

    currency: str
    digits: int
    tax_class: str = ""
    """Of products whose tax the file does not say."""
    without_tax: bool = False
    """Prices of the file are net."""
    agreed: bool = False
    """The people in the file have agreed to be members of this shop."""
    location: str = ""
    """Which of the other system's locations this shop is."""
    place: str = "floor"
    """Where in this shop its goods are."""


class Product(msgspec.Struct, frozen=True):
    """A product; `code` is its GTIN or PLU. `tax_bp` None: the file does not say."""

    line: int
    code: str
    name: str
    price_minor: int
    category: str = ""
    by_kg: bool = False
    tax_bp: int | None = None
    leave: str = ""


class Person(msgspec.Struct, frozen=True):
    """Somebody by name, telephone and address as the file has them."""

    line: int
    first_name: str
    email: str
    phone: str
    wants_offers: bool = False
    leave: str = ""


class Quantity(msgspec.Struct, frozen=True):
    """How much of a product there is; read when it is known whether pieces or kilograms are meant."""

    line: int
    code: str
    name: str
    column: str
    cell: str


class Card(msgspec.Struct, frozen=True):
    """A gift card and what is left on it; `expires_utc_ms` 0: never."""

    line: int
    number: str
    left_minor: int
    expires_utc_ms: int = 0
    leave: str = ""


class Profile(NamedTuple):
    """How one system's exports are read: for each kind, from the bytes of a file. All of them raise BadImport."""

    products: Callable[[bytes, Options], tuple[Product, ...]]
    members: Callable[[bytes, Options], tuple[Person, ...]]
    stock: Callable[[bytes, Options], tuple[Quantity, ...]]
    gift_cards: Callable[[bytes, Options], tuple[Card, ...]]


class Refusals:
    """Collects what is wrong, by line and column, so that whoever mends the file sees all of it at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def cell(self, line: int, column: str, what: object) -> None:
        """One bad cell."""
        self.problems.append(f"line {line}, column {column}: {what}")

    def check(self) -> None:
        """BadImport if there was anything."""
        if self.problems:
            raise BadImport(cut(self.problems))


class Line(NamedTuple):
    """One line of a table with ways to read its cells. BadCell carries the column in front."""

    number: int
    cells: Mapping[str, str]

    def has(self, *columns: str) -> str:
        """The first of these columns that is there and not empty; else empty."""
        return next((column for column in columns if self.cells.get(column)), "")

    def text(self, *columns: str, longest: int = 300) -> str:
        """The words in the first of these that has some. BadColumn."""
        column = self.has(*columns)
        return self._read(column, lambda cell: text(cell, longest)) if column else ""

    def scaled(self, column: str, digits: int, largest: int = PRICE_LARGEST_MINOR, empty: int = 0) -> int:
        """A number of this column from 0 on. BadColumn."""
        if not self.cells.get(column):
            return empty
        number = self._read(column, lambda cell: scaled(cell, digits))
        if not 0 <= number <= largest:
            raise BadColumn(column, f"must be from 0 to {largest // 10**digits}, not {self.cells[column][:40]}")
        return number

    def _read(self, column: str, read: Callable[[str], T]) -> T:
        try:
            return read(self.cells[column])
        except BadCell as bad:
            raise BadColumn(column, str(bad)) from None


class BadColumn(Exception):
    """A cell of this column is wrong."""

    def __init__(self, column: str, what: str) -> None:
        super().__init__(what)
        self.column, self.what = column, what


def each_line(table: Table, one: Callable[[Line], T | None]) -> tuple[T, ...]:
    """What `one` makes of every line, without the lines that it says nothing of. BadImport names all that are bad."""
    wanted: list[T] = []
    refused = Refusals()
    for number, cells in table.lines:
        try:
            made = one(Line(number, cells))
        except BadColumn as bad:
            refused.cell(number, bad.column, bad.what)
            continue
        if made is not None:
            wanted.append(made)
    refused.check()
    return tuple(wanted)


def column_of(heading: Iterable[str], what: str, *names: str) -> str:
    """The first of these names in the heading. BadImport says what is missing, and what there is."""
    known = tuple(heading)
    if found := next((name for name in names if name in known), ""):
        return found
    there = ", ".join(name for name in known if not name.startswith("#"))[:300]
    raise BadImport([f"line 1: there is no column for {what} ({' or '.join(names)}); there is {there}"])
