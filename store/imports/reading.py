"""Reading: an exported file as a table of cells, whatever wrote it; pure.

Spreadsheets change what they save: a byte order mark before it, semicolons or tabs for commas, Windows letters for
UTF-8, sixteen bits a letter. All of that is told from the file itself. What cannot be told is refused in words, and a
line that has not the columns of its heading is named by its number: a shifted cell would put a price into a name.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from io import StringIO

import msgspec

LARGEST_BYTES = 64 * 1024 * 1024
MOST_PROBLEMS = 20
CELL_LONGEST = 10_000
_DELIMITERS = ",;\t|"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"), (b"\xff\xfe", "utf-16", "UTF-16"), (b"\xfe\xff", "utf-16", "UTF-16"))
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class BadImport(ValueError):
    """The file cannot be taken, and nothing of it was; one problem a line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class BadCell(ValueError):
    """What a cell should be instead."""


class Table(msgspec.Struct, frozen=True):
    """A heading and the lines below it, each with the number of the line on which it begins."""

    heading: tuple[str, ...]
    lines: tuple[tuple[int, Mapping[str, str]], ...]
    encoding: str
    delimiter: str


def read_table(data: bytes) -> Table:
    """The table in these bytes. BadImport."""
    text, encoding = decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = _delimiter(first)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    problems: list[str] = []
    lines: list[tuple[int, Mapping[str, str]]] = []
    heading: tuple[str, ...] = ()
    begins = 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells):
                if not heading:
                    heading = _heading(cells)
                elif problem := _line_problem(begins, cells, heading):
                    problems.append(problem)
                else:
                    lines.append((begins, dict(zip(heading, cells, strict=True))))
            begins = reader.line_num + 1
    except csv.Error as error:
        unclosed = "unexpected end of data" in str(error)
        problems.append(f"line {begins}: {'a quotation mark is never closed' if unclosed else f'not CSV: {error}'}")
    if problems:
        raise BadImport(cut(problems))
    if not lines:
        raise BadImport(["there is nothing below the heading" if heading else "the file is empty"])
    return Table(heading, tuple(lines), encoding, delimiter)


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and what its letters were written in. BadImport."""
    if len(data) > LARGEST_BYTES:
        raise BadImport([f"the file is larger than {LARGEST_BYTES >> 20} MiB"])
    if data.startswith(_EXCEL):
        raise BadImport(["this is an Excel workbook; save it as CSV UTF-8 and import that"])
    marked = next(((codec, name) for bom, codec, name in _BOMS if data.startswith(bom)), None)
    for codec, name in [marked] if marked else [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if any(char < " " and char not in "\t\r\n" for char in text):
            break
        return text, name
    raise BadImport(["this is no text; save it as CSV UTF-8 and import that"])


def cut(problems: list[str]) -> list[str]:
    """As many as somebody reads, and how many more there are."""
    more = len(problems) - MOST_PROBLEMS
    return problems if more <= 0 else [*problems[:MOST_PROBLEMS], f"and {more} more"]


def _delimiter(first: str) -> str:
    """What stands most often between the names of the heading, outside its quotation marks."""
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=lambda sign: (bare.count(sign), -_DELIMITERS.index(sign)))


def _heading(cells: list[str]) -> tuple[str, ...]:
    """Empty names at the end are a spreadsheet's; the same name twice is not to be told apart. BadImport."""
    twice = sorted({name for name in cells if name and cells.count(name) > 1})
    if twice:
        raise BadImport([f"line 1: the column {shown(name)} is there twice" for name in twice])
    return tuple(name or f"#{place}" for place, name in enumerate(cells, start=1))


def _line_problem(line: int, cells: list[str], heading: tuple[str, ...]) -> str:
    if len(cells) != len(heading):
        return f"line {line}: has {len(cells)} cells where the heading names {len(heading)} columns"
    if any(len(cell) > CELL_LONGEST for cell in cells):
        return f"line {line}: a cell is longer than {CELL_LONGEST} characters"
    return ""


# --- one cell ---------------------------------------------------------------------------------------------------------


def shown(cell: str) -> str:
    """A cell as a message has it."""
    return repr(cell if len(cell) <= 40 else f"{cell[:40]}…")


def text(cell: str, longest: int = 300) -> str:
    """Words on one line. BadCell."""
    if len(cell) > longest:
        raise BadCell(f"longer than {longest} characters")
    if any(ord(char) < 32 or ord(char) == 127 for char in cell):
        raise BadCell("contains a control character")
    return cell


def scaled(cell: str, digits: int) -> int:
    """`12.5`, `1,250.00`, `$ 1 250,50` as a whole number of the unit with so many decimals. BadCell.

    Of two signs the last is the decimal one, and one that comes again stands between thousands. `1,250` could be either
    and is refused rather than guessed; so is `1.250`, unless three decimals are expected, which programs write so.
    """
    bare = re.sub(r"^[^\d.,+-]{1,4}(?=[\d+-])|(?<=\d)[^\d.,]{1,4}$", "", cell.replace("\u2212", "-")).strip()
    bare = re.sub(r"(?<=\d)[ \u00a0\u202f'](?=\d{3}(?!\d))", "", bare)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", bare) and not (digits >= 3 and "." in bare):
        raise BadCell(f"{shown(cell)} could be two numbers; write it without thousands, or with another decimal")
    found = re.fullmatch(
        r"([+-]?)(\d{1,12}|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:([.,])(\d{1,8}))?", bare, re.ASCII
    )
    if found is None or (found[3] and found[3] in found[2]):
        raise BadCell(f"must be a number such as 1250.50, not {shown(cell)}")
    sign, whole, decimals = found[1], re.sub(r"[.,]", "", found[2]), found[4] or ""
    if len(decimals.rstrip("0")) > digits:
        raise BadCell(f"must be {f'a number with at most {digits} decimals' if digits else 'whole'}, not {shown(cell)}")
    number = int(whole + decimals[:digits].ljust(digits, "0"))
    return -number if sign == "-" else number
