"""Odoo: what its lists export as CSV; pure.

A heading is the field's label, or its technical name if "I want to update data" was ticked (Odoo documentation,
*Export and import data*). Labels are those of the fields in github.com/odoo/odoo: `product.template` in
addons/product/models/product_template.py, its `taxes_id` in addons/account ("Sales Taxes", before that "Customer
Taxes"), `uom_id` ("Unit", before that "Unit of Measure"), `qty_available`; `stock.quant` in
addons/stock/models/stock_quant.py; `res.partner` in odoo/addons/base; `loyalty.card` in
addons/loyalty/models/loyalty_card.py, whose `points` are the balance of a gift card. A column through another record
is `Product/Barcode`. Further lines of one record (its second tag, say) have neither name nor code, and are no products.
"""

import re

from kiosk.wire.price_csv import read_code
from store.coupons import BadCoupons, end_of
from store.imports.reading import BadImport, Table, read_table
from store.imports.wanted import (
    BadColumn,
    Card,
    Line,
    Options,
    Person,
    Product,
    Profile,
    Quantity,
    column_of,
    each_line,
)

NAME = ("Name", "name")
BARCODE = ("Barcode", "barcode", "Product/Barcode", "product_id/barcode")
REFERENCE = (
    "Internal Reference", "default_code", "Product/Internal Reference", "product_id/default_code",
)  # fmt: skip
PRICE = ("Sales Price", "list_price")
CATEGORY = ("Product Category", "categ_id")
UNIT = ("Unit", "Unit of Measure", "uom_id")
TAXES = ("Sales Taxes", "Customer Taxes", "taxes_id")
ON_HAND = ("Quantity On Hand", "qty_available", "Quantity", "quantity")
LOCATION = ("Location", "location_id")
LABEL = ("Product", "product_id", "Product/Name", *NAME)
_PERCENT = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))? ?%")
_YES = ("True", "TRUE", "true", "1")


def products(data: bytes, options: Options) -> tuple[Product, ...]:
    """Of Products or Product Variants. BadImport."""
    table = read_table(data)
    name, price = (column_of(table.heading, *what) for what in (("the name", *NAME), ("the price", *PRICE)))
    column_of(table.heading, "the code", *BARCODE, *REFERENCE)

    def one(line: Line) -> Product | None:
        if not line.cells[name] and not line.has(*BARCODE, *REFERENCE):
            return None
        return Product(
            line.number,
            code := code_in(line),
            line.text(name),
            line.scaled(price, options.digits),
            category=line.text(*CATEGORY).replace(" / ", "/"),
            by_kg=line.text(*UNIT).lower() == "kg",
            tax_bp=_rate_bp(line.text(*TAXES)),
            leave="" if code else "has neither a barcode nor a PLU",
        )

    return each_line(table, one)


def members(data: bytes, _options: Options) -> tuple[Person, ...]:
    """Of Contacts. BadImport."""
    table = read_table(data)
    name = column_of(table.heading, "the name", *NAME)
    column_of(table.heading, "a number or an address", "Email", "email", "Phone", "phone", "Mobile", "mobile")

    def one(line: Line) -> Person | None:
        whole = line.text(name)
        email, phone = line.text("Email", "email"), line.text("Mobile", "mobile", "Phone", "phone")
        if not (whole or email or phone):
            return None
        company = line.text("Is a Company", "is_company") in _YES
        return Person(line.number, whole.partition(" ")[0], email, phone, leave="is a company" if company else "")

    return each_line(table, one)


def stock(data: bytes, options: Options) -> tuple[Quantity, ...]:
    """Of Products with their quantity on hand, or of Locations (quants). BadImport."""
    table = read_table(data)
    column = column_of(table.heading, "the quantity", *ON_HAND)
    column_of(table.heading, "the code", *BARCODE, *REFERENCE)
    here = _location(table, options.location)

    def one(line: Line) -> Quantity | None:
        if here and line.text(*LOCATION) != here:
            return None
        if not line.has(*LABEL, *BARCODE, *REFERENCE):
            return None
        return Quantity(line.number, code_in(line), line.text(*LABEL), column, line.cells[column])

    return each_line(table, one)


def gift_cards(data: bytes, options: Options) -> tuple[Card, ...]:
    """Of a gift card program's cards. BadImport."""
    table = read_table(data)
    code = column_of(table.heading, "the card's number", "Code", "code")
    points = column_of(table.heading, "what is left", "Points", "points")

    def one(line: Line) -> Card:
        number, left = line.text(code, longest=64), line.scaled(points, options.digits)
        if not number:
            raise BadColumn(code, "is empty")
        column = line.has("Expiration Date", "expiration_date")
        try:
            end = end_of(line.text(column))
        except BadCoupons as bad:
            raise BadColumn(column, str(bad)) from None
        return Card(line.number, number, left, end, leave="" if left else "nothing is left on it")

    return each_line(table, one)


PROFILE = Profile(products, members, stock, gift_cards)


def code_in(line: Line) -> str:
    """The barcode, which must be one; else an internal reference that happens to be a code. BadColumn."""
    column = line.has(*BARCODE)
    if column:
        try:
            return "".join(read_code(line.cells[column]))
        except ValueError as error:
            raise BadColumn(column, str(error)) from None
    try:
        return "".join(read_code(line.text(*REFERENCE)))
    except ValueError:
        return ""


def _rate_bp(taxes: str) -> int | None:
    """The rate in a tax's name, `25% G`; None unless there is exactly one."""
    found = _PERCENT.findall(taxes)
    if len(found) != 1:
        return None
    whole, part = found[0]
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def _location(table: Table, wanted: str) -> str:
    """The location that is asked for; all lines if the file has one, or says of none. BadImport."""
    column = next((name for name in LOCATION if name in table.heading), "")
    there = sorted({cells[column] for _, cells in table.lines if cells[column]}) if column else []
    if wanted and wanted not in there:
        raise BadImport([f"there is no location {wanted!r}; there is {', '.join(there[:20]) or 'none in the file'}"])
    if not wanted and len(there) > 1:
        raise BadImport([f"the file has several locations; say which is this shop: {', '.join(there[:20])}"])
    return wanted
