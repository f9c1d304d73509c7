"""Offers, as a spreadsheet gives them (CONTRACT, section 4) and as they travel from store to till.

An offer names what it is for: codes of products, and categories with `category:` before their path, separated by
`|`; `all` for everything. A meal deal has one such list for each of its courses, with `+` between them. Like a price
book, a file of offers is taken whole or not at all: what contradicts itself, speaks of a product that the price book
has not, or excludes in a circle is told by line and column.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from csv import DictReader, Error
from datetime import date, time
from difflib import get_close_matches
from io import StringIO
from typing import Literal

import msgspec

from kiosk.wire import offers_together
from kiosk.wire.price_csv import PRICE_LARGEST_MINOR, BadPriceBook, PriceRow

PREFIX = "offer:"
"""An offer's code in the price book is this and its name."""
Kind = Literal["multibuy", "percent", "amount", "meal_deal", "mix_and_match", "coupon", "member_price"]
KINDS: tuple[Kind, ...] = ("multibuy", "percent", "amount", "meal_deal", "mix_and_match", "coupon", "member_price")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_GIVES = ("pay", "price_minor", "percent", "amount_minor")
MAY_GIVE: dict[Kind, tuple[str, ...]] = {
    "multibuy": ("pay", "price_minor"),
    "mix_and_match": ("pay", "price_minor"),
    "meal_deal": ("price_minor", "percent", "amount_minor"),
    "percent": ("percent",),
    "amount": ("amount_minor",),
    "coupon": _GIVES,
    "member_price": ("price_minor", "percent", "amount_minor"),
}
"""The columns of which each kind has exactly one."""
COLUMNS = (
    "offer", "kind", "name", "items", "need", *_GIVES, "whole", "spend_minor", "from", "to", "weekdays", "since",
    "until", "priority", "excludes", "groups", "coupon", "once", "offline", "limit",
)  # fmt: skip


class OfferRow(msgspec.Struct, frozen=True, kw_only=True):
    """One offer, as its row says it. Exactly one of `pay`, `price_minor`, `percent_bp` and `amount_minor` is there."""

    offer: str
    kind: Kind
    name: str
    names: dict[str, str] = {}
    """Name by language (BCP 47)."""
    items: tuple[tuple[str, ...], ...]
    """What each place of a bundle may be: product codes, `category:PATH`, `all`."""
    need: int = 1
    pay: int | None = None
    """So many of a bundle are paid: the dearest."""
    price_minor: int | None = None
    percent_bp: int | None = None
    amount_minor: int | None = None
    whole: bool = False
    """On all that it is for at once, after every other offer."""
    spend_minor: int = 0
    first_day: str = ""
    """ISO 8601, included; empty: always was."""
    last_day: str = ""
    weekdays: tuple[int, ...] = ()
    since: str = ""
    """Hour of the day, `16:00`."""
    until: str = ""
    priority: int = 0
    excludes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    coupon: str = ""
    """Code of the coupon that opens it; with a `*` at its end, every code that begins so."""
    once: bool = False
    """Each code of the coupon may be used once: the store issues them, and is asked."""
    offline: Literal["", "accept", "refuse"] = ""
    """What a till does with such a coupon while the store is away; empty: what it does with all of them."""
    limit: int = 0

    @property
    def code(self) -> str:
        """What identifies it among the entries of a price book."""
        return PREFIX + self.offer


OfferRows = tuple[OfferRow, ...]
Entry = PriceRow | OfferRow
"""What a price book consists of, each under its code."""


def decode_entry(code: str, text: str | bytes) -> Entry:
    """The entry that was written as JSON under this code."""
    if code.startswith(PREFIX):
        return msgspec.json.decode(text, type=OfferRow)
    return msgspec.json.decode(text, type=PriceRow)


def read_offers(text: str, products: Collection[PriceRow]) -> OfferRows:
    """The offers of a file, in its order, for these products. BadPriceBook if there is anything wrong with it."""
    lines = StringIO(text.removeprefix("\ufeff"), newline="")
    first = text.partition("\n")[0]
    reader = DictReader(lines, delimiter=";" if ";" in first and "," not in first else ",", strict=True)
    found: dict[int, OfferRow] = {}
    try:
        problems = list(_header_problems([column.strip() for column in reader.fieldnames or ()]))
        if not problems:
            for cells in reader:
                problems += _take(reader.line_num, cells, found)
    except Error as error:
        raise BadPriceBook([f"line {reader.line_num}: not a CSV file: {error}"]) from error
    together = offers_together.problems({f"line {line}": row for line, row in found.items()}, products)
    problems += [f"{one.place}, column {one.column}: {one.what}" for one in together]
    if problems:
        raise BadPriceBook(problems)
    return tuple(found.values())


def _header_problems(header: list[str]) -> Iterator[str]:
    for column in header:
        if column not in COLUMNS and not re.fullmatch(r"name\.[A-Za-z0-9-]{2,35}", column):
            near = get_close_matches(column, COLUMNS, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield f"line 1, column {column}: offers have no such column{hint}"
        if header.count(column) > 1:
            yield f"line 1, column {column}: is there twice"
    yield from (f"line 1, column {column}: is missing" for column in ("offer", "kind", "items") if column not in header)


# --- one row ----------------------------------------------------------------------------------------------------------


def _take(line: int, cells: Mapping[str | None, object], found: dict[int, OfferRow]) -> list[str]:
    """Read one row into `found`; its problems."""
    if None in cells or any(cell is None for cell in cells.values()):
        return [f"line {line}: has more or fewer cells than line 1 names columns"]
    named = {str(column).strip(): str(cell).strip() for column, cell in cells.items()}
    if not any(named.values()):
        return []
    offer, wrong = read_cells(named)
    if offer is not None:
        found[line] = offer
    return [f"line {line}, column {column}: {what}" for column, what in wrong]


def read_cells(cells: Mapping[str, str]) -> tuple[OfferRow | None, list[tuple[str, str]]]:
    """The offer of these cells by column (`offer`, `kind` and `items` are there); or None, and what is wrong:
    (column, what it should be)."""
    reader = _Cells(dict(cells))
    offer = reader.offer()
    return (None if reader.problems else offer), reader.problems


def cells_of(row: OfferRow) -> dict[str, str]:
    """The cells that `read_cells` reads back as this offer: every column, those of its names behind."""
    numbers = {
        "need": row.need if row.need > 1 else None,
        "pay": row.pay,
        "price_minor": row.price_minor,
        "percent": None if row.percent_bp is None else row.percent_bp // 100,
        "amount_minor": row.amount_minor,
        "spend_minor": row.spend_minor or None,
        "priority": row.priority or None,
        "limit": row.limit or None,
    }
    words = {
        "offer": row.offer,
        "kind": row.kind,
        "name": row.name,
        "items": " + ".join("|".join(place) for place in row.items),
        "whole": "yes" if row.whole else "",
        "from": row.first_day,
        "to": row.last_day,
        "weekdays": " ".join(DAYS[day - 1] for day in row.weekdays),
        "since": row.since,
        "until": row.until,
        "excludes": " ".join(row.excludes),
        "groups": " ".join(row.groups),
        "coupon": row.coupon,
        "once": "yes" if row.once else "",
        "offline": row.offline,
    }
    told = words | {column: "" if number is None else str(number) for column, number in numbers.items()}
    return {column: told[column] for column in COLUMNS} | {f"name.{tag}": name for tag, name in row.names.items()}


def _listed(part: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in part.split("|") if item.strip())


class _Cells:
    """The cells of one row, and what is wrong with them."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells
        self.problems: list[tuple[str, str]] = []

    def offer(self) -> OfferRow:
        """The row. It means something only if there are no problems."""
        kind = self._kind()
        percent = self._number("percent", 1, 100)
        need = self._number("need", 1, 99)
        row = OfferRow(
            offer=self._matching("offer", r"[A-Za-z0-9_.-]{1,40}", "letters, digits, - _ and ."),
            kind=kind,
            name=self.cells.get("name") or self.cells["offer"],
            names={c[5:]: text for c, text in self.cells.items() if c.startswith("name.") and text},
            items=tuple(_listed(part) for part in self.cells["items"].split("+")),
            need=1 if need is None else need,
            pay=self._number("pay", 0, 98),
            price_minor=self._number("price_minor", 0, PRICE_LARGEST_MINOR),
            percent_bp=None if percent is None else percent * 100,
            amount_minor=self._number("amount_minor", 1, PRICE_LARGEST_MINOR),
            whole=self._yes("whole"),
            spend_minor=self._number("spend_minor", 0, PRICE_LARGEST_MINOR) or 0,
            first_day=self._day("from"),
            last_day=self._day("to"),
            weekdays=self._weekdays(),
            since=self._hour("since"),
            until=self._hour("until"),
            priority=self._number("priority", -99, 99) or 0,
            excludes=tuple(self.cells.get("excludes", "").split()),
            groups=tuple(self.cells.get("groups", "").split()),
            coupon=self._matching(
                "coupon", r"[A-Za-z0-9-]{4,40}\*?", "4 to 40 letters and digits, perhaps with a * behind"
            ),
            once=self._yes("once"),
            offline=self._offline(),
            limit=self._number("limit", 1, 999) or 0,
        )
        if not self.problems:
            self._check(row)
        return row

    def _wrong(self, column: str, what: str) -> None:
        self.problems.append((column, what))

    def _kind(self) -> Kind:
        for kind in KINDS:
            if self.cells["kind"] == kind:
                return kind
        self._wrong("kind", f"must be {', '.join(KINDS)}, not {self.cells['kind'][:40]!r}")
        return "percent"

    def _yes(self, column: str) -> bool:
        cell = self.cells.get(column, "").lower()
        if cell not in ("", "yes", "no", "1", "0", "true", "false"):
            self._wrong(column, f"must be yes or no, not {cell[:40]!r}")
        return cell in ("yes", "1", "true")

    def _offline(self) -> Literal["", "accept", "refuse"]:
        match self.cells.get("offline", ""):
            case "" | "accept" | "refuse" as word:
                return word
            case other:
                self._wrong("offline", f"must be accept or refuse, not {other[:40]!r}")
        return ""

    def _matching(self, column: str, pattern: str, what: str) -> str:
        cell = self.cells.get(column, "")
        if (cell or column == "offer") and not re.fullmatch(pattern, cell):
            self._wrong(column, f"must be {what}, not {cell[:40]!r}")
        return cell

    def _number(self, column: str, low: int, high: int) -> int | None:
        cell = self.cells.get(column, "")
        if not cell:
            return None
        if not re.fullmatch(r"-?[0-9]{1,12}", cell) or not low <= int(cell) <= high:
            self._wrong(column, f"must be a whole number from {low} to {high}, not {cell[:40]!r}")
            return None
        return int(cell)

    def _day(self, column: str) -> str:
        cell = self.cells.get(column, "")
        try:
            return date.fromisoformat(cell).isoformat() if cell else ""
        except ValueError:
            self._wrong(column, f"must be a day like 2026-11-23, not {cell[:40]!r}")
            return ""

    def _hour(self, column: str) -> str:
        cell = self.cells.get(column, "")
        try:
            return time.fromisoformat(cell).strftime("%H:%M") if cell else ""
        except ValueError:
            self._wrong(column, f"must be an hour like 16:00, not {cell[:40]!r}")
            return ""

    def _weekdays(self) -> tuple[int, ...]:
        words = self.cells.get("weekdays", "").lower().split()
        if wrong := [word for word in words if word not in DAYS]:
            self._wrong("weekdays", f"must be of {' '.join(DAYS)}, not {wrong[0][:40]!r}")
            return ()
        return tuple(sorted({DAYS.index(word) + 1 for word in words}))

    # --- what contradicts itself ---

    def _check(self, row: OfferRow) -> None:
        given = [column for column in _GIVES if self.cells.get(column)]
        may = MAY_GIVE[row.kind]
        if len(given) != 1 or given[0] not in may:
            self._wrong(
                " or ".join(may), f"a {row.kind} has one of these, this one has {' and '.join(given) or 'none'}"
            )
        if row.pay is not None and row.pay >= row.need:
            self._wrong("pay", f"{row.pay} of {row.need} is no offer: fewer are paid than are needed")
        if row.kind == "multibuy" and row.need < 2:
            self._wrong("need", "a multibuy needs 2 or more")
        if any(not part for part in row.items):
            self._wrong("items", "is empty, or has nothing on one side of a +")
        if (len(row.items) > 1) is not (row.kind == "meal_deal"):
            self._wrong("items", "a meal deal has courses with + between them, and only a meal deal")
        if row.kind == "meal_deal" and self.cells.get("need"):
            self._wrong("need", "a meal deal needs one of each course, and nothing here")
        if (row.kind == "coupon") is not bool(row.coupon):
            self._wrong("coupon", "a coupon has its code here, and only a coupon")
        if (row.once or row.offline) and not row.once * bool(row.coupon):
            self._wrong("once", "only a coupon is used once, and only then a till must know what to do offline")
        if row.whole and (row.need != 1 or (row.percent_bp is None and row.amount_minor is None) or len(row.items) > 1):
            self._wrong("whole", "an offer on the whole is a percentage or an amount off, and needs nothing")
        if row.spend_minor and not row.whole:
            self._wrong("spend_minor", "only an offer on the whole asks for it")
        if row.first_day and row.last_day and row.last_day < row.first_day:
            self._wrong("to", f"{row.last_day} is before the first day, {row.first_day}")
        if row.since and row.since == row.until:
            self._wrong("until", "is the hour at which it begins")
