"""Report names: what the codes of products and staff are called, for reports."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.schema import price, sale_line, staff

_AT_ONCE = 500


def names_of(connection: Connection, dimension: str, values: Sequence[Any]) -> dict[Any, str] | None:
    """Value -> name; None for a dimension whose values are read as they are."""
    match dimension:
        case "product":
            return products(connection, values)
        case "staff":
            return {row.id: row.name for row in connection.execute(sa.select(staff.c.id, staff.c.name))}
        case _:
            return None


def products(connection: Connection, codes: Sequence[str]) -> dict[str, str]:
    """As the price book calls them now; what is in it no more, as one of its receipts did."""
    known: dict[str, str] = {}
    for some in _slices(codes):
        query = sa.select(price.c.code, price.c.name).where(price.c.until.is_(None), price.c.code.in_(some))
        known |= {row.code: row.name for row in connection.execute(query)}
    for code in codes:
        if code not in known:
            sold = sa.select(sale_line.c.name).where(sale_line.c.gtin == code).limit(1)
            known[code] = connection.scalar(sold) or ""
    return known


def _slices(codes: Sequence[str]) -> list[Sequence[str]]:
    return [codes[start : start + _AT_ONCE] for start in range(0, len(codes), _AT_ONCE)]
