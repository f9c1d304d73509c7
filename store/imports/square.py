"""Square: its item library and its customers as CSV, its gift cards as its API lists them; pure.

Columns of the item library: Square help, *Import items online* (article 5153), and exports that people have published;
`Current Quantity SHOP` and `Tax - NAME (10.25%)` are one column for each location and each tax, and `Archived` is Y or
N. Columns of customers: *Import & export customers* (article 6632), whose `Email Subscription Status` is Subscribed,
Unsubscribed or Unknown. No file of gift cards with their numbers is documented, so they are read as `GET
/v2/gift-cards` answers: a list of the objects of developer.squareup.com/reference/square/objects/GiftCard.
"""

import re

import msgspec

from kiosk.wire.price_csv import read_code
from store.imports.reading import BadImport, Table, decoded, read_table
from store.imports.wanted import (
    BadColumn,
    Card,
    Line,
    Options,
    Person,
    Product,
    Profile,
    Quantity,
    Refusals,
    column_of,
    each_line,
)

_TAX = re.compile(r"Tax - .*\((\d{1,2})(?:\.(\d{1,2}))? ?%\)")
_QUANTITY = "Current Quantity"
_ONLY_ONE = "Regular"
"""What Square calls the variation of an item that has one."""
_MOST_MINOR = 10_000_00


def products(data: bytes, options: Options) -> tuple[Product, ...]:
    """Of the item library, a product for each variation. BadImport."""
    table = read_table(data)
    name = column_of(table.heading, "the name", "Item Name")
    price = column_of(table.heading, "the price", "Price")
    column_of(table.heading, "the code", "GTIN", "SKU")
    rates = {column: _bp(found) for column in table.heading if (found := _TAX.fullmatch(column))}

    def one(line: Line) -> Product | None:
        if not line.cells[name]:
            return None
        unit = line.text("Unit and Precision").lower()
        taxes = [rate for column, rate in rates.items() if line.cells[column].upper() == "Y"]
        is_priced = line.cells[price].lower() not in ("", "variable")
        return Product(
            line.number,
            code := code_in(line),
            _name(line, name),
            line.scaled(price, options.digits) if is_priced else 0,
            category=line.text("Reporting Category", "Category", "Categories").partition(",")[0],
            by_kg="kg" in unit.split(),
            tax_bp=taxes[0] if len(taxes) == 1 else None,
            leave=_leave(line, code, unit, is_priced=is_priced),
        )

    return each_line(table, one)


def members(data: bytes, _options: Options) -> tuple[Person, ...]:
    """Of the customer directory. BadImport."""
    table = read_table(data)
    first = column_of(table.heading, "the name", "First Name")
    column_of(table.heading, "a number or an address", "Email Address", "Phone Number")

    def one(line: Line) -> Person:
        wants_offers = line.text("Email Subscription Status").lower() == "subscribed"
        phone = line.text("Phone Number").lstrip("'")
        return Person(line.number, line.text(first), line.text("Email Address"), phone, wants_offers)

    return each_line(table, one)


def stock(data: bytes, options: Options) -> tuple[Quantity, ...]:
    """Of the item library, the quantities of one location. BadImport."""
    table = read_table(data)
    name, column = column_of(table.heading, "the name", "Item Name"), _quantity_column(table, options.location)
    column_of(table.heading, "the code", "GTIN", "SKU")

    def one(line: Line) -> Quantity | None:
        if not line.cells[name] or not line.cells[column]:
            return None
        return Quantity(line.number, code_in(line), _name(line, name), column, line.cells[column])

    return each_line(table, one)


class _Money(msgspec.Struct):
    amount: int
    currency: str


class _GiftCard(msgspec.Struct):
    gan: str
    state: str
    balance_money: _Money


class _GiftCards(msgspec.Struct):
    gift_cards: list[_GiftCard]


def gift_cards(data: bytes, options: Options) -> tuple[Card, ...]:
    """The answer of ListGiftCards, saved as it came. BadImport."""
    try:
        found = msgspec.json.decode(decoded(data)[0].removeprefix("\ufeff"), type=_GiftCards).gift_cards
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise BadImport([f"this is not what Square's gift cards API answers: {error}"]) from None
    refused, cards = Refusals(), []
    for place, one in enumerate(found, start=1):
        left, money = one.balance_money.amount, one.balance_money
        if money.currency != options.currency:
            refused.cell(place, "balance_money", f"{money.currency[:10]} is not {options.currency}")
        if not 0 <= left <= _MOST_MINOR:
            refused.cell(place, "balance_money", f"{left} is not an amount of a gift card")
        if not re.fullmatch(r"[A-Za-z0-9-]{4,64}", one.gan):
            refused.cell(place, "gan", f"{one.gan[:40]!r} is no number of a card")
        leave = "" if one.state == "ACTIVE" else f"is {one.state[:20].lower()}"
        cards.append(Card(place, one.gan, left, leave=leave or ("" if left else "nothing is left on it")))
    refused.check()
    if not cards:
        raise BadImport(["there is no gift card in the file"])
    return tuple(cards)


PROFILE = Profile(products, members, stock, gift_cards)


def code_in(line: Line) -> str:
    """The GTIN, which must be one; else an SKU that happens to be a code. BadColumn."""
    if cell := line.cells.get("GTIN", ""):
        try:
            return "".join(read_code(cell))
        except ValueError as error:
            raise BadColumn("GTIN", str(error)) from None
    try:
        return "".join(read_code(line.text("SKU")))
    except ValueError:
        return ""


def _name(line: Line, column: str) -> str:
    name, variation = line.text(column), line.text("Variation Name")
    return name if variation in ("", _ONLY_ONE, name) else f"{name} {variation}"


def _leave(line: Line, code: str, unit: str, *, is_priced: bool) -> str:
    if line.text("Archived").upper() == "Y":
        return "is archived"
    if not code:
        return "has neither a GTIN nor a PLU"
    if unit and "kg" not in unit.split():
        return f"is sold by {unit[:40]}, lanes sell by piece or kg"
    return "" if is_priced else "has no price of its own"


def _bp(found: "re.Match[str]") -> int:
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0") or 0)


def _quantity_column(table: Table, location: str) -> str:
    """The column of one location. BadImport."""
    columns = {name.removeprefix(_QUANTITY).strip(): name for name in table.heading if name.startswith(_QUANTITY)}
    if location in columns:
        return columns[location]
    if location or not columns:
        there = ", ".join(columns) or f"no column that begins with {_QUANTITY}"
        raise BadImport([f"line 1: there is no location {location!r}; there is {there}"])
    if len(columns) > 1:
        raise BadImport([f"the file has several locations; say which is this shop: {', '.join(columns)}"])
    return next(iter(columns.values()))
