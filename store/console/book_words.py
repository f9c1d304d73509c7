"""Words of the price book: products and offers as people read and type them. Pure; times are handed in."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date

from kiosk.checkout.offers.hours import runs
from kiosk.wire.leaflet import hours_of
from kiosk.wire.offers_csv import Entry, OfferRow
from kiosk.wire.price_csv import PriceRow, cell_text
from store.book_edits import Edit, fields_between
from store.console.words import amount, price_typed
from store.price_book import Change

FIELDS = {
    "gtin": "Bar code (GTIN)",
    "plu": "PLU",
    "name": "Name",
    "price_minor": "Price",
    "sold_by": "Sold by",
    "tax_class": "Tax group",
    "tax_bp": "Rate of its own, basis points",
    "category": "Category",
    "content": "Content",
    "content_unit": "Unit of the content",
    "age_limit": "Age limit",
    "deposit_minor": "Deposit",
    "weight_g": "Weighs, g",
    "tare_g": "Tare, g",
    "max_quantity": "At most in a basket",
    "pick_keys": "Search words",
    "short_date": "Less near its last day",
    "recalled": "Recalled batches",
    "picture": "Picture",
    "blocked": "Blocked: not sold",
    "staff_only": "Sold by staff only",
    "open_price": "Staff key the price",
}
"""What a column of a product is called."""
MONEY = ("price_minor", "deposit_minor")
KINDS = {
    "multibuy": "Several of one product",
    "mix_and_match": "Several of a choice",
    "meal_deal": "One of each course",
    "percent": "Per cent off",
    "amount": "Amount off",
    "member_price": "For members",
    "coupon": "With a coupon",
}
GIVES = {
    "pay": "Pay for so many",
    "price_minor": "Costs together",
    "percent": "Per cent off",
    "amount_minor": "Amount off",
}
STATES = {"runs": "Runs now", "today": "Not at this hour", "comes": "To come", "over": "Over"}
WEEKDAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}


def language(tag: str) -> str:
    """`Swedish`; the tag itself of one that nobody knows."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (ValueError, LookupError):
        return tag


def missing(entry: Entry, languages: Iterable[str]) -> list[str]:
    """The languages of the shop in which it has no name of its own."""
    return [tag for tag in languages if not entry.names.get(tag)]


def told_missing(entry: Entry, languages: Sequence[str]) -> str:
    """`No name in Swedish, Finnish`; empty if it has all."""
    tags = missing(entry, languages)
    if len(tags) == len(languages) > 3:
        return "No names in other languages"
    more = f" and {len(tags) - 3} more languages" if len(tags) > 4 else ""
    return f"No name in {', '.join(language(tag) for tag in (tags[:3] if more else tags))}{more}" if tags else ""


def cells_shown(row: PriceRow | None, currency: str) -> dict[str, str]:
    """What the fields of a form say of a product; of a new one nothing but that it is sold by the piece."""
    if row is None:
        return {column: "each" if column == "sold_by" else "" for column in FIELDS}
    cells = {column: cell_text(row, column) for column in FIELDS}
    for column in MONEY:
        minor: int = getattr(row, column)
        cells[column] = typed_again(minor, currency) if minor or column == "price_minor" else ""
    cells["content"] = cells["content"].rstrip("0").rstrip(".") if "." in cells["content"] else cells["content"]
    return cells


def cells_typed(shown: Mapping[str, str], currency: str, money: Iterable[str] = MONEY) -> tuple[
    dict[str, str], dict[str, str]
]:  # fmt: skip
    """The cells of a file that what was typed stands for; and what is no amount, by column."""
    cells, wrong = dict(shown), {}
    for column in money:
        text = shown.get(column, "").strip()
        minor = price_typed(text, currency) if text else None
        if text and minor is None:
            wrong[column] = f"{text!r} is not an amount such as 12.90"
        cells[column] = "" if minor is None else str(minor)
    if "content" in cells:
        cells["content"] = cells["content"].replace(",", ".")
    return cells, wrong


def typed_again(minor: int, currency: str) -> str:
    """An amount as a field shows it: `1234.50`."""
    return amount(minor, currency).replace(",", "")


def told_unit_price(row: PriceRow, currency: str) -> str:
    """`65.80/kg`: what so much costs as a shelf label must say; empty if the content is not known."""
    if row.sold_by == "kg":
        return f"{amount(row.price_minor, currency)}/kg"
    if not row.content_thousandths or not row.content_unit:
        return f"{amount(row.price_minor, currency)} each"
    unit = (2 * row.price_minor * 1000 + row.content_thousandths) // (2 * row.content_thousandths)
    return f"{amount(unit, currency)}/{row.content_unit}"


# --- offers -----------------------------------------------------------------------------------------------------------


def offer_state(row: OfferRow, local: datetime) -> str:
    """A key of STATES."""
    day = local.date().isoformat()
    if runs(hours_of(row), local):
        return "runs"
    if row.last_day and row.last_day < day:
        return "over"
    return "comes" if row.first_day > day else "today"


def told_gives(row: OfferRow, currency: str) -> str:
    """`3 for 2`, `2 for 45.00`, `20 % off`, `10.00 off from 100.00`."""
    together = f"{row.need} for " if row.need > 1 else ""
    if row.pay is not None:
        return f"{together}{row.pay}"
    if row.price_minor is not None:
        return f"{together or 'for '}{amount(row.price_minor, currency)}"
    off = f"{(row.percent_bp or 0) // 100} %" if row.percent_bp is not None else amount(row.amount_minor or 0, currency)
    from_ = f" from {amount(row.spend_minor, currency)}" if row.spend_minor else ""
    return f"{off} off{f' {row.need}' if row.need > 1 else ''}{from_}"


def told_when(row: OfferRow) -> str:
    """`23 Nov – 29 Nov, Wed, 16:00–19:00`; `Always` if nothing bounds it."""
    days = _days(row.first_day, row.last_day)
    weekdays = " ".join(list(WEEKDAYS.values())[day - 1] for day in row.weekdays)
    hours = f"{row.since or '00:00'}–{row.until or '24:00'}" if row.since or row.until else ""
    return ", ".join(part for part in (days, weekdays, hours) if part) or "Always"


def _days(first: str, last: str) -> str:
    if first and last:
        return f"{_day(first)} – {_day(last)}"
    return f"from {_day(first)}" if first else f"until {_day(last)}" if last else ""


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), "d MMM y", locale="en")


def told_items(row: OfferRow, names: Mapping[str, str]) -> str:
    """`Rye bread, fruit and Water`: what it is for, place by place. `names`: of products by code."""
    return " + ".join(", ".join(told_item(item, names) for item in place) for place in row.items)


def told_item(item: str, names: Mapping[str, str]) -> str:
    """One product, category, or everything."""
    if item == "all":
        return "Everything"
    return f"all of {item.removeprefix('category:')}" if item.startswith("category:") else names.get(item, item)


def new_id(name: str, taken: Iterable[str]) -> str:
    """An id for an offer of this name that no other has: `three-for-two`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32] or "offer"
    used = set(taken)
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, len(used) + 3))) if name not in used)


# --- changes ----------------------------------------------------------------------------------------------------------


def told_edit(edit: Edit, currency: str) -> str:
    """One line about what an edit does."""
    if edit.becomes is None:
        return f"{edit.name}: ends" if isinstance(edit.was, OfferRow) else f"{edit.name}: no longer sold"
    if edit.was is None:
        return f"{edit.name}: new"
    return f"{edit.name}: {told_fields(edit.was, edit.becomes, currency)}"


def told_fields(was: Entry, becomes: Entry, currency: str) -> str:
    """`price 12.90 is now 13.90, name in Swedish, picture`."""
    told = []
    for field in fields_between(was, becomes):
        if field == "names":
            tags = sorted({*was.names, *becomes.names})
            told += [f"name in {language(t)}" for t in tags if was.names.get(t) != becomes.names.get(t)]
        elif field == "price_minor":
            before, now = (amount(one, currency) if one is not None else "none" for one in _prices(was, becomes))
            told.append(f"price {before} is now {now}")
        else:
            told.append(FIELDS.get(field, field.replace("_", " ")).split(",")[0].split(":")[0].lower())
    return ", ".join(told) or "as it is"


def _prices(was: Entry, becomes: Entry) -> tuple[int | None, int | None]:
    return was.price_minor, becomes.price_minor


def told_change(change: Change, currency: str, at_most: int = 200) -> list[str]:
    """What a version of the price book changed, line by line."""
    gone = [(row, "Offer ended" if isinstance(row, OfferRow) else "No longer sold") for row in change.removed]
    lines = [f"{what}: {row.name} ({row.code})" for row, what in gone]
    lines += [f"{new.name} ({new.code}): {told_fields(old, new, currency)}" for old, new in change.changed]
    lines += [f"{'New offer' if isinstance(row, OfferRow) else 'New'}: {row.name} ({row.code})" for row in change.added]
    return lines if len(lines) <= at_most else [*lines[:at_most], f"and {len(lines) - at_most} more"]
