"""Report words: a report's values as people read them. Pure."""

from store.console import words
from store.dimensions import DIMENSIONS, read

_NUMBERS = ("count", "money", "grams", "permille", "ms", "milli", "days")


def is_number(unit: str) -> bool:
    """Whether a column of this unit is numbers, which stand at the right."""
    return unit in _NUMBERS


def shown(value: str | int | None, unit: str, currency: str) -> str:
    """One cell; nothing for what means nothing."""
    if value is None:
        return ""
    if unit in DIMENSIONS:
        return read(unit, value)
    if isinstance(value, str):
        return value
    match unit:
        case "money":
            return words.amount(value, currency)
        case "grams":
            return words.much(0, value) if value else ""
        case "permille":
            return f"{_decimal(value, 1)} %"
        case "milli":
            return _decimal(value // 10 if value >= 0 else -(-value // 10), 2)
        case "ms":
            return duration(value)
        case "days":
            return f"{words.much(value, 0)} d"
        case _:
            return words.much(value, 0)


def _decimal(value: int, digits: int) -> str:
    whole, part = divmod(abs(value), 10**digits)
    return f"{'-' if value < 0 else ''}{words.much(whole, 0)}.{part:0{digits}d}"


def duration(ms: int) -> str:
    """`12 s`, `1 min 05 s`, `2 h 10 min`."""
    seconds = (ms + 500) // 1000
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
