"""Words of goods: kinds, reasons and states as people read them; amounts as people type them. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from babel.dates import format_date

from store.channel_order import Line, Order
from store.console.words import much
from store.stock import Movement, OnHand
from store.stock_slips import SlipLine

KINDS = {
    "sale": "Sold",
    "return": "Brought back",
    "void": "Void",
    "delivery": "Delivery",
    "count": "Counted",
    "waste": "Waste",
    "transfer": "Moved",
    "order": "Shipped online order",
}
REASONS = {
    "damaged": "Damaged",
    "expired": "Past its date",
    "theft": "Stolen",
    "own_use": "Used by the shop",
    "given_away": "Given away",
    "recalled": "Recalled",
    "other": "Other",
}
STATES = {
    "reserved": "To be sent",
    "part_shipped": "Partly sent",
    "shipped": "Sent",
    "cancelled": "Cancelled",
}
EVENTS = {
    "sale.booked": "Sales",
    "stock.changed": "Stock",
    "order.changed": "Online orders",
    "price.changed": "Prices",
}
HAPPENED = {
    "placed": "Placed",
    "amended": "Changed",
    "shipped": "Sent",
    "cancelled": "Cancelled",
    "returned": "Brought back",
}


def signed(count: int, weight_g: int) -> str:
    """`+12`, `-0.412 kg`"""
    plus = "+" if count > 0 or (not count and weight_g > 0) else ""
    return plus + much(count, weight_g)


def level_words(level: OnHand | None) -> str:
    """`25`, or `25, 15 free` where online orders wait for some of it; nothing of what never moved."""
    if level is None:
        return ""
    there = much(level.count, level.weight_g)
    if level.reserved_count or level.reserved_g:
        return f"{there}, {much(level.available_count, level.available_g)} free"
    return there


def is_short(level: OnHand | None) -> bool:
    """Whether there is less than nothing, or less than online orders wait for."""
    return level is not None and (level.available_count < 0 or level.available_g < 0)


def typed_pieces(text: str) -> int | None:
    """`12`; None if that is no number of pieces."""
    text = text.strip()
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None


def typed_grams(text: str) -> int | None:
    """Grams of `1.250`, `1,25`, `3`, which are kilograms; None if that is no weight."""
    found = re.fullmatch(r"([0-9]{1,5})(?:[.,]([0-9]{1,3}))?", text.strip().removesuffix("kg").strip())
    return int(found[1] + (found[2] or "").ljust(3, "0")) if found else None


def kilos(weight_g: int) -> str:
    """`1.250`, for a field."""
    return f"{weight_g // 1000}.{weight_g % 1000:03d}"


def day(iso: str) -> str:
    """`25 Nov 2026`; as it came if that is no day."""
    try:
        return format_date(date.fromisoformat(iso), "d MMM y", locale="en")
    except ValueError:
        return iso


def about_line(line: SlipLine) -> str:
    """`9520000000011, batch L77, until 2026-11-30`"""
    parts = [line.gtin]
    parts += [f"batch {line.batch}"] if line.batch else []
    parts += [f"until {day(line.expiry)}"] if line.expiry else []
    return ", ".join(parts)


def about_movement(moved: Movement, places: dict[str, str]) -> str:
    """`Waste, Damaged, Shop floor, batch L77, dropped by a shopper`"""
    parts = [KINDS.get(moved.kind, moved.kind), REASONS.get(moved.reason, ""), places.get(moved.place, moved.place)]
    parts += [f"batch {moved.batch}" if moved.batch else "", moved.note, moved.sale_key or ""]
    return ", ".join(part for part in parts if part)


def order_lines(order: Order) -> Iterable[tuple[str, str]]:
    """(what, how much) of each line; what the price book does not know says so."""
    for line in order.lines:
        yield _named(line), _of_it(line)


def _named(line: Line) -> str:
    if line.gtin:
        return line.name or line.gtin
    return f"{line.name or 'A product'} (no product here has the code {line.said or 'that is empty'})"


def _of_it(line: Line) -> str:
    ordered = much(line.count, line.weight_g)
    notes = []
    if line.shipped_count or line.shipped_g:
        notes.append(f"{much(line.shipped_count, line.shipped_g)} sent")
    if line.released_count or line.released_g:
        notes.append(f"{much(line.released_count, line.released_g)} cancelled")
    if line.returned_count:
        notes.append(f"{line.returned_count} brought back")
    return f"{ordered} ({', '.join(notes)})" if notes else ordered
