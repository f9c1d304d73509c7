"""Payout CSV: an acquirer's file read as its profile in store.toml says. Pure.

Acquirers write what they like: semicolons and decimal commas, thousands with blanks or points, days in any order, a
byte order mark, Windows letters, sums below. What a profile names is read strictly: a line that cannot be read is named
by its number and column and nothing of the file is taken.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import StringIO

import msgspec

from store.close_config import PayoutColumns, PayoutProfile

LARGEST_BYTES = 20 * 1024 * 1024
_MOST_PROBLEMS = 20
_LARGEST_MINOR = 10**12
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class BadPayouts(ValueError):
    """The file cannot be taken; one problem a line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class PayoutLine(msgspec.Struct, frozen=True):
    """One payment as the acquirer pays it. Days are ISO 8601; `sold_day` is empty where the file does not say."""

    place: int
    paid_day: str
    sold_day: str
    reference: str
    terminal: str
    receipt: str
    trace: str
    authorization: str
    scheme: str
    gross_minor: int
    fee_minor: int
    id: str = ""
    """Digest of the rest, and of how often it stood in the file before: the same line of another file is the same."""


def read_payouts(data: bytes, profile: PayoutProfile, currency: str, digits: int) -> tuple[PayoutLine, ...]:
    """The lines of the file. BadPayouts."""
    if len(data) > LARGEST_BYTES:
        raise BadPayouts([f"the file is larger than {LARGEST_BYTES >> 20} MiB"])
    rows = _rows(_text(data, profile.encoding), profile)
    problems: list[str] = []
    lines: list[PayoutLine] = []
    for place, row in rows:
        try:
            line = _line(place, row, profile, currency, digits)
        except _BadCell as bad:
            problems.append(f"line {place}, column {bad.column}: {bad.why}")
            if len(problems) == _MOST_PROBLEMS:
                break
            continue
        if line is not None:
            lines.append(line)
    if problems:
        raise BadPayouts([*problems, "nothing was taken in"])
    return tuple(_with_ids(lines))


class _BadCell(Exception):
    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


def _text(data: bytes, encoding: str) -> str:
    known = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    try:
        return data.decode(known or encoding or "utf-8")
    except LookupError:
        raise BadPayouts([f"payouts: encoding {encoding!r} is not known"]) from None
    except UnicodeDecodeError as error:
        if known or encoding:
            raise BadPayouts([f"the file is not {known or encoding}: byte {error.start} cannot be read"]) from None
    return data.decode("cp1252", "replace")


def _rows(text: str, profile: PayoutProfile) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line number, column -> cell) of each line below the heading. BadPayouts for a column that is missing."""
    many = csv.reader(StringIO(text, newline=""), delimiter=profile.delimiter)
    try:
        for _ in range(profile.skip_lines):
            next(many, None)
        heading = [cell.strip() for cell in next(many, [])]
        wanted = [name for name in msgspec.structs.asdict(profile.columns).values() if name]
        if gone := [name for name in wanted if name not in heading]:
            there = "".join(c for c in ", ".join(heading) if c.isprintable()) or "nothing"
            raise BadPayouts([f"there is no column {gone[0]!r} in the heading: {there}", "nothing was taken in"])
        for row in many:
            if any(cell.strip() for cell in row):
                yield many.line_num, dict(zip(heading, (cell.strip() for cell in row), strict=False))
    except csv.Error as error:
        raise BadPayouts([f"line {many.line_num}: {error}", "nothing was taken in"]) from None


def _line(place: int, row: Mapping[str, str], profile: PayoutProfile, currency: str, digits: int) -> PayoutLine | None:
    columns = profile.columns
    kind = _cell(row, columns.kind)
    if kind.casefold() in {word.casefold() for word in profile.ignore}:
        return None
    if (said := _cell(row, columns.currency)) and said.upper() != currency:
        raise _BadCell(columns.currency, f"{said} is not {currency}")
    gross = _minor(row, columns.amount, profile, digits)
    if kind.casefold() in {word.casefold() for word in profile.refunds}:
        gross = -abs(gross)
    return PayoutLine(
        place=place,
        paid_day=_day(row, columns.paid, profile),
        sold_day=_day(row, columns.sold, profile) if _cell(row, columns.sold) else "",
        reference=_cell(row, columns.reference),
        terminal=_cell(row, columns.terminal),
        receipt=_cell(row, columns.receipt),
        trace=_cell(row, columns.trace),
        authorization=_cell(row, columns.authorization),
        scheme=_cell(row, columns.scheme).casefold(),
        gross_minor=gross,
        fee_minor=_fee(row, profile, gross, digits),
    )


def _fee(row: Mapping[str, str], profile: PayoutProfile, gross: int, digits: int) -> int:
    """What the acquirer keeps: as it says, or what the net amount leaves. Both must agree if both are there."""
    columns: PayoutColumns = profile.columns
    fee = None
    if _cell(row, columns.fee):
        fee = _minor(row, columns.fee, profile, digits)
        fee = abs(fee) if profile.fee_sign == "absolute" else fee
    if not _cell(row, columns.net):
        return fee or 0
    net = _minor(row, columns.net, profile, digits)
    if fee is not None and gross - fee != net:
        raise _BadCell(columns.net, "is not the amount less the fee")
    return gross - net


def _cell(row: Mapping[str, str], column: str) -> str:
    return (row.get(column) or "").strip().lstrip("'")[:100] if column else ""


def _day(row: Mapping[str, str], column: str, profile: PayoutProfile) -> str:
    text = _cell(row, column)
    try:
        return datetime.strptime(text, profile.date_format).replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        raise _BadCell(column, f"{text!r} is no day such as {profile.date_format}") from None


def _minor(row: Mapping[str, str], column: str, profile: PayoutProfile, digits: int) -> int:
    """`-1 234,50`, `1.234,5`, `1234`; the other sign of the two only stands between thousands."""
    text, other = _cell(row, column), "." if profile.decimal == "," else ","
    bare = re.sub(rf"(?<=\d)[\s\u00a0\u202f'{re.escape(other)}](?=\d{{3}}(?!\d))", "", text).replace("\u2212", "-")
    found = re.fullmatch(rf"([+-]?)(\d{{1,12}})(?:{re.escape(profile.decimal)}(\d+))?(-?)", bare)
    if found is None or len((found[3] or "").rstrip("0")) > digits or (found[1] and found[4]):
        raise _BadCell(column, f"{text!r} is no amount such as 1234{profile.decimal}50")
    minor = int(found[2] + (found[3] or "")[:digits].ljust(digits, "0"))
    if minor > _LARGEST_MINOR:
        raise _BadCell(column, f"{text!r} is larger than anybody pays out")
    return -minor if "-" in (found[1], found[4]) else minor


def _with_ids(lines: list[PayoutLine]) -> Iterator[PayoutLine]:
    seen: Counter[bytes] = Counter()
    for line in lines:
        said = msgspec.json.encode(msgspec.structs.replace(line, place=0), order="sorted")
        seen[said] += 1
        yield msgspec.structs.replace(line, id=hashlib.sha256(b"%d" % seen[said] + said).hexdigest())
