"""Plan: what an import would do, line by line, worked out from the file and from what is there; pure.

A line adds, changes, finds its thing as it says already (same), or is left out with the reason. What the file does not
speak of is never touched: a product keeps its age limit and its picture, a member who is known keeps everything.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import msgspec

from kiosk.values.contact import kind_of, read_contact
from kiosk.values.money import Money
from kiosk.values.tax import tax_on_top
from kiosk.wire.price_csv import PRICE_LARGEST_MINOR, PriceRow
from store.imports.reading import BadCell, BadImport, scaled
from store.imports.wanted import Card, Options, Person, Product, Quantity, Refusals
from store.vouchers import Voucher

What = Literal["add", "change", "same", "leave"]
_MOST = 1_000_000


class NewMember(msgspec.Struct, frozen=True):
    """Who becomes a member, and by what they are known."""

    first_name: str
    email: str
    keys: tuple[str, ...]
    wants_offers: bool


class Target(msgspec.Struct, frozen=True):
    """What must come or go so that there is what the file says."""

    code: str
    count: int
    weight_g: int


Doing = PriceRow | NewMember | Target | Voucher


class Step(msgspec.Struct, frozen=True):
    """What becomes of one line; `told` is what changes or why it is left out. `before` and `after` of a price."""

    line: int
    what: What
    code: str
    name: str
    told: str = ""
    doing: Doing | None = None
    was_minor: int | None = None


class Plan(msgspec.Struct, frozen=True):
    """All of it."""

    steps: tuple[Step, ...]

    def count(self, what: What) -> int:
        """How many lines do so."""
        return sum(step.what == what for step in self.steps)

    @property
    def doing(self) -> tuple[Step, ...]:
        """Those that do anything."""
        return tuple(step for step in self.steps if step.doing is not None)


# --- products ---------------------------------------------------------------------------------------------------------


def plan_products(
    wanted: Iterable[Product], known: Mapping[str, PriceRow], options: Options, rates_bp: Mapping[str, int]
) -> Plan:
    """`known` are the rows in use by `same_code`, `rates_bp` the rates of the classes of tax today. BadImport."""
    refused, steps = Refusals(), []
    lines: dict[str, int] = {}
    for one in wanted:
        if one.leave:
            steps.append(Step(one.line, "leave", one.code, one.name, one.leave))
            continue
        key = same_code(one.code)
        if key in lines:
            refused.problems.append(f"line {one.line}: {one.code} is already on line {lines[key]}")
            continue
        lines[key] = one.line
        try:
            steps.append(_product(one, known.get(key), options, rates_bp))
        except BadCell as bad:
            refused.problems.append(f"line {one.line}: {bad}")
    refused.check()
    return Plan(tuple(steps))


def same_code(code: str) -> str:
    """One spelling for a GTIN with and without its leading zeros; a PLU is itself."""
    return code.zfill(14) if len(code) > 5 else code


def _product(one: Product, old: PriceRow | None, options: Options, rates_bp: Mapping[str, int]) -> Step:
    if not one.name:
        raise BadCell("a product has no name")
    if old is None:
        is_plu = len(one.code) <= 5
        if one.tax_bp is None and not options.tax_class:
            raise BadCell(f"nothing says how {one.name} is taxed; choose a class of tax for what the file is silent on")
        fits = one.tax_bp in (None, rates_bp.get(options.tax_class))
        row = PriceRow(
            gtin="" if is_plu else one.code, plu=one.code if is_plu else "", name=one.name, price_minor=0,
            sold_by="kg" if one.by_kg else "each", category=one.category,
            tax_class=options.tax_class if fits else "", tax_bp=None if fits else one.tax_bp,
        )  # fmt: skip
    else:
        row = msgspec.structs.replace(
            old, name=one.name, category=one.category or old.category, sold_by="kg" if one.by_kg else old.sold_by,
            tax_bp=old.tax_bp if one.tax_bp in (None, _rate(old, rates_bp)) else one.tax_bp,
        )  # fmt: skip
    price = _price_minor(one, row, options, rates_bp)
    row = msgspec.structs.replace(row, price_minor=price)
    if old is None:
        return Step(one.line, "add", row.code, row.name, doing=row)
    if row == old:
        return Step(one.line, "same", row.code, row.name)
    return Step(one.line, "change", row.code, row.name, _differs(old, row), row, old.price_minor)


def _price_minor(one: Product, row: PriceRow, options: Options, rates_bp: Mapping[str, int]) -> int:
    if not options.without_tax:
        return one.price_minor
    rate = _rate(row, rates_bp)
    if rate is None:
        raise BadCell(f"{one.name}: a price without tax needs a rate, and {row.tax_class!r} has none")
    price = one.price_minor + tax_on_top(Money(one.price_minor), rate).minor
    if price > PRICE_LARGEST_MINOR:
        raise BadCell(f"{one.name} costs more than a lane can charge")
    return price


def _rate(row: PriceRow, rates_bp: Mapping[str, int]) -> int | None:
    return row.tax_bp if row.tax_bp is not None else rates_bp.get(row.tax_class)


def _differs(old: PriceRow, new: PriceRow) -> str:
    """Which of what an import can change is another now; the price is shown apart."""
    names = {"name": "name", "category": "category", "sold_by": "sold by", "tax_bp": "tax"}
    parts = []
    for field, said in names.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after and field == "tax_bp":
            parts.append(f"tax {after // 100}.{after % 100:02} %")
        elif before != after:
            parts.append(f"{said} was {before or 'empty'}")
    return ", ".join(parts)


# --- members ----------------------------------------------------------------------------------------------------------


def plan_members(wanted: Iterable[Person], known: Collection[str], options: Options) -> Plan:
    """`known` are all cards, numbers and addresses that somebody has. BadImport."""
    if not options.agreed:
        raise BadImport(["nobody becomes a member without consent; confirm that these people have agreed"])
    refused, steps = Refusals(), []
    lines: dict[str, int] = {}
    for one in wanted:
        keys = []
        for typed in (one.email, one.phone):
            if typed and (key := read_contact(typed)) is None:
                refused.problems.append(f"line {one.line}: {typed[:40]!r} is neither a number nor an address")
            elif typed and key is not None:
                keys.append(key)
        steps.append(_person(one, tuple(dict.fromkeys(keys)), known, lines))
    refused.check()
    return Plan(tuple(steps))


def _person(one: Person, keys: tuple[str, ...], known: Collection[str], lines: dict[str, int]) -> Step:
    def left(why: str) -> Step:
        return Step(one.line, "leave", "", one.first_name, why)

    if one.leave:
        return left(one.leave)
    if not keys:
        return left("has neither a telephone number nor an address")
    if before := next((lines[key] for key in keys if key in lines), 0):
        return left(f"has the number or address of line {before}")
    if any(key in known for key in keys):
        return Step(one.line, "same", keys[0], one.first_name, "is a member already")
    lines.update(dict.fromkeys(keys, one.line))
    email = next((key for key in keys if kind_of(key) == "email"), "")
    made = NewMember(one.first_name[:60], email, keys, one.wants_offers)
    return Step(one.line, "add", keys[0], made.first_name, "wants offers" if one.wants_offers else "", made)


# --- stock ------------------------------------------------------------------------------------------------------------


def plan_stock(wanted: Iterable[Quantity], known: Mapping[str, PriceRow], there: Mapping[str, tuple[int, int]]) -> Plan:
    """`there` is (pieces, grams) of each code at the place. Lines of one product are summed. BadImport."""
    refused, steps = Refusals(), []
    sums: dict[str, tuple[Quantity, int]] = {}
    for one in wanted:
        row = known.get(same_code(one.code)) if one.code else None
        if row is None:
            steps.append(Step(one.line, "leave", one.code, one.name, "is not in the price book"))
            continue
        try:
            much = scaled(one.cell or "0", 3 if row.sold_by == "kg" else 0)
        except BadCell as bad:
            refused.cell(one.line, one.column, bad)
            continue
        first, before = sums.get(row.code, (one, 0))
        sums[row.code] = (first, before + much)
    refused.check()
    steps += [
        _level(first, known[same_code(code)], much, there.get(code, (0, 0))) for code, (first, much) in sums.items()
    ]
    return Plan(tuple(sorted(steps, key=lambda step: step.line)))


def _level(first: Quantity, row: PriceRow, much: int, there: tuple[int, int]) -> Step:
    by_kg = row.sold_by == "kg"
    if not 0 <= much <= _MOST * (1000 if by_kg else 1):
        return Step(first.line, "leave", row.code, row.name, "a shelf cannot hold that many")
    now, unit = (there[1], "g") if by_kg else (there[0], "pieces")
    if now == much:
        return Step(first.line, "same", row.code, row.name, f"{much} {unit}")
    target = Target(row.code, 0 if by_kg else much - now, much - now if by_kg else 0)
    return Step(first.line, "change", row.code, row.name, f"{much} {unit}, was {now}", target)


# --- gift cards -------------------------------------------------------------------------------------------------------


def plan_cards(wanted: Iterable[Card], known: Collection[str], options: Options, now_utc_ms: int) -> Plan:
    """`known` are the numbers that were issued before. BadImport."""
    refused, steps = Refusals(), []
    lines: dict[str, int] = {}
    for one in wanted:
        if one.number in lines:
            refused.problems.append(f"line {one.line}: {one.number} is already on line {lines[one.number]}")
        lines[one.number] = one.line
        if one.leave:
            steps.append(Step(one.line, "leave", one.number, "", one.leave))
        elif one.number in known:
            steps.append(Step(one.line, "same", one.number, "", "was issued before"))
        elif one.expires_utc_ms and one.expires_utc_ms <= now_utc_ms:
            steps.append(Step(one.line, "leave", one.number, "", "has expired"))
        else:
            made = Voucher(one.number, "gift_card", options.currency, one.left_minor, expires_utc_ms=one.expires_utc_ms)
            steps.append(Step(one.line, "add", one.number, "", doing=made))
    refused.check()
    return Plan(tuple(steps))
