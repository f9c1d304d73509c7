"""Reorder: how much of each product the shop wants to have, and what to buy so that it has it.

A rule says when to buy (available below the minimum), up to what (`fill_to`, or the minimum itself) and in which packs.
Available is what orders of other channels do not wait for; what suppliers have been asked for is counted with it
(`purchase_orders.on_order`), so nothing is bought twice. What is proposed is whole packs, never less than is missing.
"""

import csv
from collections.abc import Collection, Iterable, Sequence
from io import StringIO
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store.database import writing
from store.purchase_order import MOST_LINES, Line, Order
from store.purchase_orders import make_in, on_order
from store.schema import price
from store.stock import all_on_hand
from store.stock_schema import stock_rule

LARGEST = 10**9
_NUMBERS = ("minimum_count", "fill_to_count", "pack_count", "minimum_g", "fill_to_g", "pack_g", "safety_count")


class BadRules(ValueError):
    """One line for each thing that is wrong."""


class Rule(msgspec.Struct, frozen=True):
    """Of one product. Pieces for what is sold by piece, grams for loose goods."""

    gtin: str
    minimum_count: int = 0
    fill_to_count: int = 0
    pack_count: int = 1
    minimum_g: int = 0
    fill_to_g: int = 0
    pack_g: int = 1
    safety_count: int | None = None
    """Never offered by other channels; None: as the configuration says."""
    supplier: str = ""
    supplier_code: str = ""


class Proposal(msgspec.Struct, frozen=True):
    """What to buy of one product."""

    supplier: str
    supplier_code: str
    gtin: str
    name: str
    available_count: int
    available_g: int
    buy_count: int
    buy_g: int
    packs: int
    on_order_count: int = 0
    on_order_g: int = 0


def to_buy(available: int, minimum: int, fill_to: int, pack: int) -> int:
    """Pieces or grams, in whole packs; 0 while there is enough."""
    if available >= minimum:
        return 0
    missing = max(fill_to, minimum) - available
    return -(-missing // max(1, pack)) * max(1, pack)


def proposals(engine: Engine, supplier: str = "") -> list[Proposal]:
    """What to buy now, by supplier and name; of one supplier if it is said."""
    with engine.connect() as connection:
        return proposals_in(connection, supplier)


def proposals_in(connection: Connection, supplier: str = "") -> list[Proposal]:
    """The same, as this transaction sees it."""
    stock, coming, rule = all_on_hand().subquery(), on_order(), stock_rule.c
    joined = stock_rule.join(stock, stock.c.gtin == rule.gtin, isouter=True)
    joined = joined.join(coming, coming.c.gtin == rule.gtin, isouter=True)
    count, weight_g = sa.func.coalesce(stock.c.available_count, 0), sa.func.coalesce(stock.c.available_g, 0)
    more, more_g = sa.func.coalesce(coming.c.count, 0), sa.func.coalesce(coming.c.weight_g, 0)
    numbers = [column.label(name) for column, name in
               ((count, "now_count"), (weight_g, "now_g"), (more, "more"), (more_g, "more_g"))]  # fmt: skip
    query = sa.select(stock_rule, stock.c.name, *numbers).select_from(joined)
    query = query.where(sa.or_(count + more < rule.minimum_count, weight_g + more_g < rule.minimum_g))
    if supplier:
        query = query.where(rule.supplier == supplier)
    rows = connection.execute(query).all()
    names = names_of(connection, [row.gtin for row in rows if not row.name])
    found = [_proposal(row, row.name or names.get(row.gtin, "")) for row in rows]
    return sorted(found, key=lambda one: (one.supplier, one.name, one.gtin))


def _proposal(row: Any, name: str) -> Proposal:
    buy_count = to_buy(row.now_count + row.more, row.minimum_count, row.fill_to_count, row.pack_count)
    buy_g = to_buy(row.now_g + row.more_g, row.minimum_g, row.fill_to_g, row.pack_g)
    packs = buy_count // max(1, row.pack_count) + buy_g // max(1, row.pack_g)
    about = (row.supplier, row.supplier_code, row.gtin, name, row.now_count, row.now_g)
    return Proposal(*about, buy_count, buy_g, packs, row.more, row.more_g)


def order_proposed(
    engine: Engine, supplier: str, *, now_utc_ms: int, expected: str = "", staff: str = ""
) -> list[Order]:
    """What is proposed of this supplier as drafts, one unless it is very long; none if there is enough. BadOrder."""
    with writing(engine) as connection:
        lines = [
            Line(one.gtin, one.name, one.supplier_code, one.buy_count, one.buy_g)
            for one in proposals_in(connection, supplier)
            if one.supplier == supplier
        ]
        return [
            make_in(
                connection, supplier, lines[first : first + MOST_LINES], now_utc_ms=now_utc_ms, expected=expected,
                note="", staff=staff,
            )
            for first in range(0, len(lines), MOST_LINES)
        ]  # fmt: skip


def names_of(connection: Connection, codes: Sequence[str]) -> dict[str, str]:
    """What the price book in use calls these."""
    query = sa.select(price.c.code, price.c.name).where(price.c.code.in_(codes), price.c.until.is_(None))
    return {row.code: row.name for row in connection.execute(query)}


def rule_of(engine: Engine, gtin: str) -> Rule:
    """One that wants nothing, if there is none."""
    columns = [getattr(stock_rule.c, name) for name in Rule.__struct_fields__]
    with engine.connect() as connection:
        found = connection.execute(sa.select(*columns).where(stock_rule.c.gtin == gtin)).first()
    return Rule(*found) if found is not None else Rule(gtin)


def rules(engine: Engine) -> list[Rule]:
    """All, by code."""
    columns = [getattr(stock_rule.c, name) for name in Rule.__struct_fields__]
    with engine.connect() as connection:
        return [Rule(*row) for row in connection.execute(sa.select(*columns).order_by(stock_rule.c.gtin))]


def set_rules(engine: Engine, new: Iterable[Rule], *, now_utc_ms: int, staff: str = "") -> int:
    """In place of what there was for these products; how many."""
    rows = [{**msgspec.structs.asdict(rule), "changed_utc_ms": now_utc_ms, "staff": staff} for rule in new]
    if rows:
        with writing(engine) as connection:
            gone = sa.delete(stock_rule).where(stock_rule.c.gtin == sa.bindparam("code"))
            connection.execute(gone, [{"code": row["gtin"]} for row in rows])
            connection.execute(sa.insert(stock_rule), rows)
    return len(rows)


def suppliers(engine: Engine) -> list[str]:
    """Everybody that a rule names."""
    query = sa.select(stock_rule.c.supplier).where(stock_rule.c.supplier != "").distinct()
    with engine.connect() as connection:
        return sorted(connection.scalars(query))


# --- as a spreadsheet -------------------------------------------------------------------------------------------------


def read_rules(text: str, known: Collection[str]) -> list[Rule]:
    """Rules of a CSV file with the fields of `Rule` as columns, in any order; only `gtin` must be there. BadRules."""
    reader = csv.DictReader(StringIO(text.lstrip("\ufeff"), newline=""))
    columns = reader.fieldnames or []
    problems = [f"there is no column {name!r}" for name in columns if name not in Rule.__struct_fields__]
    if "gtin" not in columns:
        problems.append("the column 'gtin' is missing")
    if problems:
        raise BadRules("\n".join(problems))
    found: dict[str, Rule] = {}
    for row in reader:
        at = f"line {reader.line_num}"
        fields = {name: (value or "").strip() for name, value in row.items() if name is not None}
        if None in row:  # where csv keeps cells that have no column
            problems.append(f"{at}: there are more cells than columns")
        if fields["gtin"] not in known:
            problems.append(f"{at}, column gtin: no product has the code {fields['gtin'][:40]!r}")
        elif fields["gtin"] in found:
            problems.append(f"{at}, column gtin: {fields['gtin']} is there twice")
        values, wrong = _numbers(fields)
        problems += [f"{at}, {why}" for why in wrong]
        said: dict[str, Any] = {name: fields.get(name, "")[:200] for name in ("supplier", "supplier_code")}
        found[fields["gtin"]] = Rule(fields["gtin"], **said, **values)
    if problems:
        raise BadRules("\n".join(problems))
    return list(found.values())


def _numbers(fields: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, int] = {}
    wrong: list[str] = []
    for name in _NUMBERS:
        text = fields.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 10 and (int(text) or not name.startswith("pack")):
            values[name] = int(text)
        elif text:
            wrong.append(f"column {name}: {text[:40]!r} is not a whole number up to {LARGEST}")
    return values, wrong


def rules_csv(found: Iterable[Rule]) -> str:
    """What `read_rules` reads."""
    return csv_text(Rule.__struct_fields__, (msgspec.structs.astuple(rule) for rule in found))


def proposals_csv(found: Iterable[Proposal]) -> str:
    """For a spreadsheet, or a supplier's web page."""
    return csv_text(Proposal.__struct_fields__, (msgspec.structs.astuple(one) for one in found))


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A header and rows, with nothing in them that a spreadsheet runs."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def _safe(cell: object) -> object:
    """A spreadsheet takes text that begins so for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
