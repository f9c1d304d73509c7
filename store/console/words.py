"""Words of the console: what lanes and books say, as people read it. Pure; times are handed in."""

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_currency_precision

from kiosk.values.moment import rfc3339 as rfc3339_of

_LANGUAGE = "en"
PHASES = {
    "welcome": "Free",
    "scanning": "Scanning",
    "paying": "Choosing how to pay",
    "card": "Paying by card",
    "doubt": "Payment in doubt",
    "receipt": "Paid",
    "thanks": "Paid",
    "closed": "Closed",
    "returning": "Taking goods back",
    "offline": "Never heard",
}
REASONS = {
    "age": "Check age",
    "help": "Shopper asks for help",
    "bank": "Payment in doubt",
    "recall": "Basket waits for recall",
    "paper": "Receipt not printed",
    "device": "Device lost",
    "disk": "Disk full",
    "reversal": "Charge to be given back",
    "refund": "Money to be paid back",
    "bag": "Bagging area",
    "item": "Item waits for staff",
    "cash": "Shopper pays in cash",
    "external": "Card terminal wanted",
    "signature": "Signature to be compared",
    "payback": "Cash to be handed back",
    "drawer": "Cash drawer",
    "door": "Door open",
    "gate": "Exit gate stayed shut",
    "audit": "Basket to be looked at",
    "payout": "Change stopped in the machine",
    "approval": "A second person is asked for",
}
ACTS = {
    "LineRemoved": "take out",
    "PriceChanged": "another price",
    "DiscountGiven": "a discount",
    "DrawerAsked": "open the drawer",
    "GateAsked": "open the exit gate",
    "CashMoved": "cash into or out of the drawer",
    "DrawerCounted": "count the drawer",
    "BoxCounted": "count the cash machine’s box",
    "MachineEmptied": "empty the cash machine",
    "DayClosed": "close the day",
    "DaySlipAsked": "print a report",
    "HoursOverridden": "sell outside the shop’s hours",
    "DoubtSettled": "settle a payment in doubt",
    "ReversalSettled": "settle a charge to be given back",
    "RefundSettled": "settle a repayment in doubt",
    "PayoutSettled": "settle change in doubt",
    "PieceReturned": "take a piece back against the shop’s rule",
    "ReturnConfirmed": "pay a return back",
    "TrainingBegan": "begin training",
    "PartTried": "try a part of the checkout",
}
"""What an act of staff is called that needs a second person."""
HELP = {"item": "an item", "price": "a price", "paying": "paying", "other": "something else"}
"""What the shopper's call is about, if they said so."""
FOUND = {
    "place": "Not in the bagging area yet",
    "takeback": "Taken out of the basket, still in the bagging area",
    "extra": "Something that nobody scanned",
    "missing": "Something is gone",
    "emptied": "The bagging area was emptied",
    "differs": "Not in the basket",
    "blocked": "Blocked by the shop",
    "staff_only": "Sold by staff only",
    "past_best": "Past its date",
    "unknown": "Not in the price book",
    "shop_hours": "Outside the shop’s hours",
    "no_clock": "Its clock is not set: staff look at date and hour",
}
"""What a lane found, beside a call."""
TENDERS = {
    "cash": "cash",
    "card": "card",
    "gift_card": "gift card",
    "voucher": "voucher",
    "qr": "payment app",
    "external": "separate terminal",
}
KINDS = {"sale": "Sale", "return": "Return", "void": "Void"}
FLAGS = {
    "hash": "altered after sealing",
    "chain": "sale before it missing",
    "sequence": "number used twice",
    "key": "odd number or day",
    "line": "line does not add up",
    "totals": "totals do not add up",
    "tax": "VAT does not fit",
    "tender": "payment does not fit",
    "discount": "nothing gives that discount",
    "return": "come back twice, or at another amount or tax",
    "voucher": "voucher used before, or kept for nobody",
    "price_book": "unknown price book",
    "price": "price differs",
    "stock": "stock report differs",
    "conflict": "another sale under its key",
}


DEVICES = {
    "bagging_scale": "Bag shelf",
    "button": "Help button",
    "door": "Door",
    "gate": "Exit gate",
    "headphones": "Headphones",
    "keylock": "Staff key",
    "lights": "Light tower",
    "pos_printer": "Receipt printer",
    "qr_payment": "QR payment",
    "touch": "Touch screen",
}
"""As on the lanes' own screens; what is not here is called as it is in the lane's file."""


def device(name: str) -> str:
    """`Receipt printer`, `Scanner (exit)`: a device by its name in the lane's file."""
    kind, _, own = name.partition(".")
    called = said(kind, DEVICES)
    return f"{called} ({own.replace('_', ' ')})" if own and own.lower() not in called.lower() else called


def sentence(text: str) -> str:
    """With a large first letter; all others as they were, for among them are names."""
    return f"{text[:1].upper()}{text[1:]}"


def named(why: str, names: Mapping[str, str]) -> str:
    """`Week 49 (by Anna)` of `Week 49 (by u1)`: the books keep who it was by number, people read names."""
    return re.sub(r"\(by ([^()]+)\)$", lambda found: f"(by {names.get(found[1], found[1])})", why)


def counted(number: int, one: str, many: str = "") -> str:
    """`1 price`, `2 prices`, `0 prices`"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def said(word: str, words: dict[str, str]) -> str:
    """The word as people say it; one that a newer till uses as it is."""
    return words.get(word, word.replace("_", " ").replace(".", " ").capitalize())


def money(minor: int, currency: str) -> str:
    """`1,234.50 SEK`"""
    return f"{amount(minor, currency)} {currency}".rstrip()


def amount(minor: int, currency: str) -> str:
    """`1,234.50`"""
    digits = get_currency_precision(currency) if currency else 2
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(Decimal(minor).scaleb(-digits), pattern, _LANGUAGE)


def rate(rate_bp: int) -> str:
    """`12 %`, `5.5 %`"""
    return format_decimal(Decimal(rate_bp).scaleb(-2), "#,##0.##", _LANGUAGE) + " %"


def price_typed(text: str, currency: str) -> int | None:
    """Minor units of what somebody typed (`32.90`, `32,9`, `32`); None if that is no price."""
    digits = get_currency_precision(currency)
    found = re.fullmatch(r"([0-9]{1,9})(?:[.,]([0-9]+))?", text.strip())
    if found is None or len(found[2] or "") > digits:
        return None
    return int(found[1] + (found[2] or "").ljust(digits, "0"))


def much(count: int, weight_g: int) -> str:
    """`12`, `-0.412 kg`, or both for what is sold either way."""
    kilos = format_decimal(Decimal(weight_g).scaleb(-3), "#,##0.000", _LANGUAGE) + " kg"
    if not weight_g:
        return format_decimal(count, "#,##0", _LANGUAGE)
    return kilos if not count else f"{format_decimal(count, '#,##0', _LANGUAGE)} + {kilos}"


def mebibytes(mib: int) -> str:
    """`512 MiB`, `71 GiB`"""
    return f"{mib >> 10:,} GiB" if mib >> 10 >= 10 else f"{mib:,} MiB"


def utc(utc_ms: int) -> str:
    """RFC 3339 of UTC milliseconds, for `clock`."""
    return rfc3339_of(utc_ms)


def clock(rfc3339: str, zone: tzinfo) -> str:
    """`23 Nov, 10:13` on the shop's clock; as it came if that is no time."""
    try:
        moment = datetime.fromisoformat(rfc3339)
    except ValueError:
        return rfc3339
    return format_datetime(moment, "d MMM, HH:mm", tzinfo=zone, locale=_LANGUAGE)


def day(iso: str) -> str:
    """`25 Feb 2027`; as it came if that is no day."""
    try:
        return format_date(date.fromisoformat(iso), "d MMM y", locale=_LANGUAGE)
    except ValueError:
        return iso


def ago(rfc3339: str, now_utc_ms: int) -> str:
    """How long since: `just now`, `4 min`, `3 h`, `2 d`; empty if that is no time."""
    try:
        moment = datetime.fromisoformat(rfc3339)
    except ValueError:
        return ""
    minutes = max(0, now_utc_ms // 1000 - int(moment.timestamp())) // 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"
