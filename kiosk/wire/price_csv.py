"""Price book rows, as a spreadsheet gives them (CONTRACT, section 4) and as they travel from store to till.

A price book is imported whole or not at all: reading collects every bad cell, named by line and column, and only a text
without one becomes rows. An unknown column is an error too, for a misspelt `age_limit` would otherwise sell wine to
children. Codes keep the spelling of the file: the lookup tries the spellings of a scanned code, the likeliest first. A
spreadsheet that ate the leading zeros of a UPC-A is forgiven.

`book_digest` is how a store and its tills know that they hold the same book: SHA-256 over the canonical JSON of every
row, one a line, in the order of their codes.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from io import StringIO
from typing import Any, Literal

import msgspec

from kiosk.checkout.freshness import read_rule
from kiosk.values.canonical import canonical_json

PRICE_LARGEST_MINOR = 100_000_000
_TEXT_LONGEST = 300
_SHOWN = 40
_NOT_UTF8 = "is not UTF-8 text; save the file as CSV UTF-8"
_GTIN_LENGTHS = (8, 12, 13, 14)
_IN_STORE = ("2", "02", "04")
"""Restricted circulation numbers (GS1 General Specifications, section 2.1.11): the shop's own, whose last digits may
stand for a weight, so that their check digit says nothing."""


class BadPriceBook(Exception):
    """The text is no price book. `problems` names every bad cell: `line 7, column price_minor: ...`."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class PriceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One product: at least one of `gtin` and `plu`, and of `tax_class` and `tax_bp` (which wins).

    Encoded with all its fields: msgspec leaves out a default only when it is the same object, not an equal one, and the
    digest of a book must not hang on that. A till keeps a row as it was said, so that fields which it does not know (a
    newer store's) count in the digest too; it only does not read them.
    """

    gtin: str = ""
    plu: str = ""
    """Four or five digits, for loose goods that are picked or typed."""
    name: str
    names: dict[str, str] = {}
    """Name by language (BCP 47)."""
    price_minor: int
    """Gross price of one, or of one kilogram when `sold_by` is `kg`."""
    sold_by: Literal["each", "kg"] = "each"
    tax_class: str = ""
    tax_bp: int | None = None
    """A rate that no jurisdiction changes, in basis points."""
    category: str = ""
    """Path with `/`."""
    age_limit: int = 0
    weight_g: int = 0
    weight_seen: int = 0
    """How many were seen on the shop's bagging scales; mean and spread of what they weighed follow."""
    weight_mean_mg: int = 0
    weight_spread_mg: int = 0
    tare_g: int = 0
    deposit_minor: int = 0
    picture: str = ""
    blocked: bool = False
    max_quantity: int = 0
    """0: no limit of its own."""
    pick_keys: str = ""
    """Search words, separated by spaces."""
    staff_only: bool = False
    """Not for self-service: staff put it into the basket."""
    open_price: bool = False
    """Staff key the price."""
    recalled: str = ""
    """Batches (AI 10) that must not be sold, separated by spaces."""
    short_date: str = ""
    """What is taken off near the last day: `3:20 1:50` (`kiosk.checkout.freshness`); empty: the lane's own rule."""
    content_thousandths: int = 0
    """How much is inside, in thousandths of `content_unit`, for the unit price; 0: not said."""
    content_unit: str = ""

    @property
    def code(self) -> str:
        """What identifies the row: its GTIN, or its PLU for goods without one."""
        return self.gtin or self.plu


PriceRows = tuple[PriceRow, ...]


def read_csv(text: str, tax_classes: Collection[str] = ()) -> PriceRows:
    """The rows of a price book file, in its order. BadPriceBook if there is anything wrong with it.

    `tax_classes` are those that there are; empty: any. Decode a file as UTF-8 with `surrogateescape`, so that bytes
    which are none can be told by line and column.
    """
    return _Reader(text.removeprefix("\ufeff"), tax_classes).read()


def spelt_twice(rows: Iterable[PriceRow]) -> PriceRows:
    """Rows that no scan reaches: their GTIN is another row's with fewer leading zeros, and the longer one is sold."""
    by_gtin: dict[str, list[PriceRow]] = {}
    for row in rows:
        if row.gtin:
            by_gtin.setdefault(row.gtin.zfill(14), []).append(row)
    return tuple(row for same in by_gtin.values() for row in sorted(same, key=lambda one: -len(one.gtin))[1:])


def write_csv(rows: Iterable[PriceRow]) -> Iterator[str]:
    """The lines of a file that `read_csv` reads back as the same rows."""
    kept = list(rows)
    languages = sorted({language for row in kept for language in row.names})
    columns = [*CELLS, *(f"name.{language}" for language in languages)]
    yield _csv_line(columns)
    for row in kept:
        yield _csv_line([cell_text(row, column) for column in columns])


def book_digest(rows: Iterable[PriceRow]) -> str:
    """SHA-256 in hexadecimal of a whole price book, whatever the order of its rows."""
    return lines_digest(canonical_json(row) for row in sorted(rows, key=lambda row: row.code))


def lines_digest(lines: Iterable[bytes]) -> str:
    """The same from each row's canonical JSON, already in the order of the rows' codes."""
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line)
        whole.update(b"\n")
    return whole.hexdigest()


# --- one cell ---------------------------------------------------------------------------------------------------------
# A reader of cells returns its value or raises ValueError saying what the cell should be. Empty cells never reach it.


def _shown(cell: str) -> str:
    return repr(cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…")


def _text(cell: str) -> str:
    if any("\udc80" <= char <= "\udcff" for char in cell):
        raise ValueError(_NOT_UTF8)
    if len(cell) > _TEXT_LONGEST:
        raise ValueError(f"longer than {_TEXT_LONGEST} characters")
    if any(ord(char) < 32 or ord(char) == 127 for char in cell):
        raise ValueError("contains a control character")
    return cell


def _known(tax_class: str, tax_classes: Collection[str]) -> None:
    if tax_class not in tax_classes:
        near = get_close_matches(tax_class, tax_classes, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(tax_classes))}"
        raise ValueError(f"no lane could tax {_shown(tax_class)}; {hint}")


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(cell: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,12}", cell) or not low <= int(cell) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}, not {_shown(cell)}")
        return int(cell)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in words:
            raise ValueError(f"must be {' or '.join(words)}, not {_shown(cell)}")
        return cell

    return read


def _yes_or_no(cell: str) -> bool:
    word = cell.lower()
    if word not in ("0", "1", "no", "yes", "false", "true"):
        raise ValueError(f"must be yes or no, not {_shown(cell)}")
    return word in ("1", "yes", "true")


def _gtin(cell: str) -> str:
    if not re.fullmatch(r"[0-9]{8,14}", cell):
        raise ValueError(f"must be 8 to 14 digits, not {_shown(cell)}")
    gtin = cell if len(cell) in _GTIN_LENGTHS else cell.zfill(12)
    expected = _check_digit(gtin[:-1])
    if gtin[-1] != expected and not gtin.startswith(_IN_STORE):
        raise ValueError(f"{cell} has a wrong check digit: it should end in {expected}")
    return gtin


def _check_digit(digits: str) -> str:
    """GS1 General Specifications, section 7.9.1."""
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-weighted % 10)


def _plu(cell: str) -> str:
    if not re.fullmatch(r"[0-9]{4,5}", cell):
        raise ValueError(f"must be 4 or 5 digits, not {_shown(cell)}")
    return cell


def read_code(cell: str) -> tuple[str, str]:
    """A GTIN or a PLU as (gtin, plu), one of them empty. ValueError says what it should be."""
    return ("", _plu(cell)) if len(cell) <= 5 else (_gtin(cell), "")


def _thousandths(cell: str) -> int:
    found = re.fullmatch(r"([0-9]{1,6})(?:\.([0-9]{1,3}))?", cell)
    if not found:
        raise ValueError(f"must be a number with at most three decimals and a point, not {_shown(cell)}")
    return int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))


def _short_date(cell: str) -> str:
    read_rule(_text(cell))
    return cell


_GRAMS = _whole(0, 1_000_000)

CELLS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "gtin": ("gtin", _gtin),
    "plu": ("plu", _plu),
    "name": ("name", _text),
    "price_minor": ("price_minor", _whole(0, PRICE_LARGEST_MINOR)),
    "sold_by": ("sold_by", _one_of("each", "kg")),
    "tax_class": ("tax_class", _text),
    "tax_bp": ("tax_bp", _whole(0, 10_000)),
    "category": ("category", _text),
    "age_limit": ("age_limit", _whole(0, 99)),
    "weight_g": ("weight_g", _GRAMS),
    "weight_seen": ("weight_seen", _whole(0, 1_000_000_000)),
    "weight_mean_mg": ("weight_mean_mg", _whole(0, 1_000_000_000)),
    "weight_spread_mg": ("weight_spread_mg", _whole(0, 1_000_000_000)),
    "tare_g": ("tare_g", _GRAMS),
    "deposit_minor": ("deposit_minor", _whole(0, PRICE_LARGEST_MINOR)),
    "picture": ("picture", _text),
    "blocked": ("blocked", _yes_or_no),
    "max_quantity": ("max_quantity", _whole(0, 9_999)),
    "pick_keys": ("pick_keys", _text),
    "staff_only": ("staff_only", _yes_or_no),
    "open_price": ("open_price", _yes_or_no),
    "recalled": ("recalled", _text),
    "short_date": ("short_date", _short_date),
    "content": ("content_thousandths", _thousandths),
    "content_unit": ("content_unit", _text),
}
"""Column of the file -> (field of PriceRow, reader of one cell)."""

NEEDED = (("gtin", "plu"), ("name",), ("price_minor",), ("tax_class", "tax_bp"))
"""Of each of these columns a row has at least one."""

_LANGUAGE = re.compile(r"name\.[A-Za-z0-9-]{2,35}")


# --- one row ----------------------------------------------------------------------------------------------------------


def read_row(
    cells: Mapping[str, str], tax_classes: Collection[str] = ()
) -> tuple[PriceRow | None, list[tuple[str, str]]]:
    """The row of these cells by column; or None, and what is wrong: (column, what it should be)."""
    fields: dict[str, Any] = {"names": {}}
    problems = []
    for column, value in ((column, cell.strip()) for column, cell in cells.items() if cell.strip()):
        try:
            _read_cell(column, value, fields, tax_classes)
        except ValueError as error:
            problems.append((column, str(error)))
    if not problems:
        problems = [
            (" or ".join(needed), "is empty") for needed in NEEDED if not any(column in fields for column in needed)
        ]
    return (None if problems else PriceRow(**fields)), problems


def _read_cell(column: str, cell: str, fields: dict[str, Any], tax_classes: Collection[str]) -> None:
    if column not in CELLS:
        fields["names"][column.partition(".")[2]] = _text(cell)
        return
    field, read = CELLS[column]
    fields[field] = read(cell)
    if column == "tax_class" and tax_classes:
        _known(cell, tax_classes)


# --- a whole file -----------------------------------------------------------------------------------------------------


class _Reader:
    """Walks one file, collecting rows and problems."""

    def __init__(self, text: str, tax_classes: Collection[str]) -> None:
        first = text.partition("\n")[0]
        lines = StringIO(text, newline="")
        self.reader = csv.reader(lines, delimiter=";" if ";" in first and "," not in first else ",", strict=True)
        self.tax_classes = tax_classes
        self.problems: list[str] = []
        self.lines_by_code: dict[str, int] = {}

    def read(self) -> PriceRows:
        header = [column.strip() for column in next(self._cells(), [])]
        self._check_header(header)
        if self.problems:
            raise BadPriceBook(self.problems)
        rows = [row for line, cells in self._records() if (row := self._row(line, header, cells))]
        if not rows and not self.problems:
            self.problems.append("line 2: there is no product in the file")
        if self.problems:
            raise BadPriceBook(self.problems)
        return tuple(rows)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """(line on which it begins, cells) of every record that is not blank."""
        begins = self.reader.line_num + 1
        for cells in self._cells():
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = self.reader.line_num + 1

    def _cells(self) -> Iterator[list[str]]:
        """The records as they come. BadPriceBook where the quotation marks are wrong: nothing behind can be trusted."""
        begins = self.reader.line_num + 1
        try:
            for cells in self.reader:
                yield cells
                begins = self.reader.line_num + 1
        except csv.Error as error:
            unclosed = "unexpected end of data" in str(error)
            what = "a quotation mark is never closed" if unclosed else f"not a CSV file: {error}"
            raise BadPriceBook([*self.problems, f"line {begins}: {what}"]) from error

    def _check_header(self, header: list[str]) -> None:
        if any("\udc80" <= char <= "\udcff" for column in header for char in column):
            self.problems.append(f"line 1: {_NOT_UTF8}")
            return
        for column in header:
            if column not in CELLS and not _LANGUAGE.fullmatch(column):
                near = get_close_matches(column, CELLS, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                self._problem(1, column, f"a price book has no such column{hint}")
            if header.count(column) > 1 and f"line 1, column {column}: is there twice" not in self.problems:
                self._problem(1, column, "is there twice")
        for needed in NEEDED:
            if not any(column in header for column in needed):
                self._problem(1, " or ".join(needed), "is missing")

    def _row(self, line: int, header: list[str], cells: list[str]) -> PriceRow | None:
        """The row, or None and at least one more problem."""
        if len(cells) != len(header):
            self.problems.append(f"line {line}: has {len(cells)} cells where line 1 names {len(header)} columns")
            return None
        row, problems = read_row(dict(zip(header, cells, strict=True)), self.tax_classes)
        for column, what in problems:
            self._problem(line, column, what)
        if row is not None:
            self._check_unique(line, row)
        return row

    def _check_unique(self, line: int, row: PriceRow) -> None:
        for column, code in (("gtin", row.gtin), ("plu", row.plu)):
            if code in self.lines_by_code:
                self._problem(line, column, f"{code} is already on line {self.lines_by_code[code]}")
            elif code:
                self.lines_by_code[code] = line

    def _problem(self, line: int, column: str, what: str) -> None:
        self.problems.append(f"line {line}, column {column}: {what}")


def cell_text(row: PriceRow, column: str) -> str:
    """The cell that `read_csv` understands as this row's value; empty for a default."""
    if column.startswith("name."):
        return row.names.get(column.removeprefix("name."), "")
    value = getattr(row, CELLS[column][0])
    if column == "content":
        return f"{value // 1000}.{value % 1000:03d}" if value else ""
    if value is True or value is False:
        return "yes" if value else ""
    if column in ("price_minor", "tax_bp"):
        return "" if value is None else str(value)
    return str(value or "")


def _csv_line(cells: list[str]) -> str:
    return (
        ",".join('"' + cell.replace('"', '""') + '"' if re.search('[",;\r\n]', cell) else cell for cell in cells) + "\n"
    )
