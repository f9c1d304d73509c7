"""Label words: what stands on the shelf for a row of the price book, in the shop's way of writing amounts. Pure."""

from decimal import Decimal

from babel.numbers import format_decimal, get_currency_precision

from kiosk.wire.price_csv import PriceRow
from store.labels import Label, unit_price_minor


def label_of(row: PriceRow, currency: str, price_minor: int | None = None, language: str = "en") -> Label:
    """The label of a row, at its own price or at another that it shall have."""
    minor = row.price_minor if price_minor is None else price_minor
    found = unit_price_minor(minor, row.content_thousandths, row.content_unit)
    if row.sold_by == "kg":
        found = (minor, "kg")
    unit = f"{_amount(found[0], currency, language)} {currency}/{found[1]}" if found else ""
    deposit = f"+ deposit {_amount(row.deposit_minor, currency, language)}" if row.deposit_minor else ""
    return Label(row.code, row.names.get(language, row.name), _amount(minor, currency, language), unit, deposit)


def _amount(minor: int, currency: str, language: str) -> str:
    digits = get_currency_precision(currency) if currency else 2
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(Decimal(minor).scaleb(-digits), pattern, language))
