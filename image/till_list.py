"""Till list: one CSV that says what is different on each till; every fault told by line and column.

A row is a till, a column a setting of kiosk.toml: by its full name (`display.rotate`), or by one of the short names of
`SHORT`. What a spreadsheet makes of it is read: UTF-8 with or without a mark, commas or semicolons. An empty cell says
nothing. Pure: the file's bytes come in.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

SHORT = {
    "till": "lane.till",
    "number": "lane.number",
    "address": "network.address",
    "gateway": "network.gateway",
    "dns": "network.dns",
    "ssid": "network.ssid",
    "country": "network.country",
    "ntp": "clock.ntp",
    "rtc": "clock.rtc",
}
TILL, PASSWORD = "till", "password"
"""`password`: the Wi-Fi's; it becomes a file of its own."""
LISTS = ("network.dns", "clock.ntp", "lane.languages", "lane.needs", "tenders.accept", "receipts.legal")
"""Settings of several words in one cell, with spaces between; `receipts.legal` is one line a semicolon."""
ONCE = ("till", "number", "address")
"""Two tills cannot have the same."""
Value = str | int | bool | list[str]


class Fault(NamedTuple):
    """What is wrong; `line` from 1, `column` from 1 or 0 for none, with its name."""

    line: int
    column: int
    name: str
    why: str

    def __str__(self) -> str:
        where = f", column {self.column} ({self.name})" if self.column else ""
        return f"line {self.line}{where}: {self.why}"


class BadList(Exception):
    """The list is not used at all."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Row(NamedTuple):
    """One till. `settings` by their names in kiosk.toml; `columns`: where each was written, and how it was called."""

    line: int
    till: str
    password: str
    settings: dict[str, Value]
    columns: dict[str, tuple[int, str]]


def read(content: bytes, known: Mapping[str, Any]) -> list[Row]:
    """The tills. `known`: every setting of kiosk.toml that a column may name. Raises BadList with every fault."""
    reader = csv.reader(io.StringIO(_text(content), newline=""), delimiter=_delimiter(content), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise BadList([Fault(reader.line_num, 0, "", f"the quotation marks are wrong: {error}")]) from None
    if len(lines) < 2:
        raise BadList([Fault(1, 0, "", "a row of names and at least one till are needed")])
    names = [cell.strip() for cell in lines[0][1]]
    faults = list(_header_faults(lines[0][0], names, known))
    if faults:
        raise BadList(faults)
    rows = [(line, cells) for line, cells in lines[1:]]
    faults = [*_shape_faults(rows, names), *_twice(rows, names)]
    if faults:
        raise BadList(sorted(faults))
    return [_row(line, cells, names) for line, cells in rows]


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadList([Fault(1, 0, "", "this is UTF-16: save it as CSV UTF-8")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        begins = content.rfind(b"\n", 0, error.start) + 1
        near = content[begins : error.start].decode("utf-8", "replace")[-20:]
        raise BadList([Fault(line, 0, "", f"behind {near!r} is no UTF-8: save it as CSV UTF-8")]) from None


def _delimiter(content: bytes) -> str:
    head = content.partition(b"\n")[0]
    return ";" if head.count(b";") > head.count(b",") else ","


def _header_faults(line: int, names: list[str], known: Mapping[str, Any]) -> Iterator[Fault]:
    from kiosk.values.settings import nearest

    if TILL not in names:
        yield Fault(line, 0, "", f"there is no column {TILL!r}")
    good = [*SHORT, PASSWORD, *known]
    for at, name in enumerate(names, 1):
        if name not in good and not name.startswith("devices."):
            yield Fault(line, at, name, f"this is no setting; {nearest(name, good)}" if name else "it has no name")
        elif name in names[: at - 1]:
            yield Fault(line, at, name, "it is there twice")
        elif name in ("lane.till", "lane.store") or (name in SHORT.values() and _short(name) in names):
            yield Fault(line, at, name, "it is there twice" if _short(name) in names else "it is the shop's own")


def _short(name: str) -> str:
    return next((short for short, full in SHORT.items() if full == name), "")


def _shape_faults(rows: list[tuple[int, list[str]]], names: list[str]) -> Iterator[Fault]:
    for line, cells in rows:
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            yield Fault(line, len(names) + 1, "", f"there are {len(cells)} cells and {len(names)} names")
        elif not _cell(cells, names.index(TILL)):
            yield Fault(line, names.index(TILL) + 1, TILL, "which till is it?")


def _twice(rows: list[tuple[int, list[str]]], names: list[str]) -> Iterator[Fault]:
    for name in ONCE:
        if name not in names:
            continue
        at = names.index(name)
        first: dict[str, int] = {}
        for line, cells in rows:
            value = _cell(cells, at).partition("/")[0]
            if value and value in first:
                yield Fault(line, at + 1, name, f"{value} is in line {first[value]} too")
            first.setdefault(value, line)


def _cell(cells: list[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _row(line: int, cells: list[str], names: list[str]) -> Row:
    settings: dict[str, Value] = {}
    columns: dict[str, tuple[int, str]] = {}
    for at, name in enumerate(names):
        cell, full = _cell(cells, at), SHORT.get(name, name)
        columns[full] = at + 1, name
        if cell and name not in (TILL, PASSWORD):
            settings[full] = _value(full, cell)
    password = cells[names.index(PASSWORD)] if PASSWORD in names and names.index(PASSWORD) < len(cells) else ""
    return Row(line, _cell(cells, names.index(TILL)), password, settings, columns)


def _value(name: str, cell: str) -> Value:
    """As TOML has it where that is more than text: `90`, `true`, `[1, 2]`; a short name's is text as it stands."""
    if name in LISTS:
        return [word.strip() for word in (cell.split(";") if name == "receipts.legal" else cell.split())]
    if name in SHORT.values():
        return cell
    try:
        value: Value = msgspec.toml.decode(f"value = {cell}")["value"]
    except msgspec.DecodeError:
        return cell
    return value if isinstance(value, str | int | bool | list) else cell
