"""TOML text: where each setting stands in a file, so that one can be named by its line and changed in its place.

A decoder gives values and forgets the text: comments, order, lines. People keep their comments in kiosk.toml, so what
changes one setting must leave the rest as they wrote it. Only text that a decoder has accepted is looked at here: what
is no TOML is the decoder's to refuse. Paths are keys from the outermost table inwards; in arrays an element is its
number, from 0. (TOML 1.0.0)
"""

import re
from collections.abc import Iterator

import msgspec

from kiosk.values.settings import BadSettings

Path = tuple[str, ...]

_AT_LINE = re.compile(r"\(at line (\d+)")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_COMMENT = re.compile(r"#[^\n]*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"[A-Za-z0-9_-]+|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d \d[^\s,\]}#]*|[^\s,\]}#]+")


class CannotPlace(ValueError):
    """The setting cannot be written into the text by itself; the message says what to do."""


class Entry(msgspec.Struct, frozen=True):
    """One setting, or with `table` the head of one. `text[start:end]` is its value; of a head, nothing behind it."""

    path: Path
    line: int
    """From 1."""
    start: int
    end: int
    table: bool = False
    inside: bool = False
    """It stands in an array or an inline table, which is an entry itself."""


class Layout(msgspec.Struct, frozen=True):
    """A text taken apart. `comments`: (start, end) of each."""

    entries: tuple[Entry, ...]
    comments: tuple[tuple[int, int], ...]


def layout(text: str) -> Layout:
    """Where everything stands in valid TOML. BadSettings for what a decoder would not have accepted either."""
    try:
        return _Reader(text).read()
    except RecursionError:
        raise BadSettings("its tables stand too deep in each other") from None


def line_of(found: Layout, path: Path) -> int:
    """The line of this setting, or of the nearest table around it; 0: of none."""
    lines: dict[Path, int] = {}
    for entry in found.entries:
        lines.setdefault(entry.path, entry.line)
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)


def line_of_error(text: str, why: str) -> int:
    """The line that a decoder's refusal of the whole text names; the last, where it is its end; 0: of none."""
    at = _AT_LINE.search(why)
    if at is not None:
        return int(at[1])
    return text.count("\n") + 1 if "(at end of document)" in why else 0


def with_value(text: str, path: Path, literal: str) -> str:
    """The text with this setting at this value, written as TOML; a new one goes to the others of its table.

    CannotPlace where the table around it is no table of its own.
    """
    found = layout(text)
    there = next((entry for entry in found.entries if entry.path == path and not entry.table), None)
    if there is not None:
        return text[: there.start] + literal + text[there.end :]
    around = path[:-1]
    line = f"{_written(path[-1])} = {literal}\n"
    if not around:
        return line + text
    if any(entry.path == around and not entry.table for entry in found.entries):
        raise CannotPlace(f"{'.'.join(around)} is written in one line there: change it as text")
    heads = [entry for entry in found.entries if entry.path == around and entry.table]
    if not heads:
        head = ".".join(_written(part) for part in around)
        ended = text if text.endswith("\n") or not text else text + "\n"
        return f"{ended}\n[{head}]\n{line}"
    at = _behind(text, found, heads[0])
    gap = "" if text[:at].endswith("\n") else "\n"
    return text[:at] + gap + line + text[at:]


def without(text: str, path: Path) -> str:
    """The text without this setting, which then has its default; unchanged if it is not there. CannotPlace."""
    there = next((entry for entry in layout(text).entries if entry.path == path and not entry.table), None)
    if there is None:
        return text
    if there.inside:
        raise CannotPlace(f"{'.'.join(path)} is part of a line: change it as text")
    start = text.rfind("\n", 0, _of_line(text, there.line)) + 1
    end = text.find("\n", there.end)
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def literal(value: object) -> str:
    """A plain value as TOML writes it: yes or no, whole numbers, text, lists and tables. AssertionError for others."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return '"' + "".join(_letter(letter) for letter in value) + '"'
        case list() | tuple():
            return f"[{', '.join(literal(one) for one in value)}]"
        case dict():
            pairs = ", ".join(f"{_written(str(key))} = {literal(one)}" for key, one in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
    raise AssertionError(f"{type(value).__name__} has no place in our settings")


def _letter(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08X}"


def _of_line(text: str, line: int) -> int:
    """Where a line begins."""
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at


def _behind(text: str, found: Layout, head: Entry) -> int:
    """Behind the last line of the table that begins here."""
    last = head
    for entry in found.entries[found.entries.index(head) + 1 :]:
        if entry.table:
            break
        last = entry if entry.end > last.end else last
    end = text.find("\n", last.end)
    return len(text) if end < 0 else end + 1


def _written(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Reader:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._entries: list[Entry] = []
        self._comments: list[tuple[int, int]] = []
        self._counted, self._lines = 0, 1
        self._arrays: dict[Path, int] = {}

    def read(self) -> Layout:
        table: Path = ()
        self._blank()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._head()
            else:
                self._pair(table, inside=False)
            self._blank()
        return Layout(tuple(self._entries), tuple(self._comments))

    def _head(self) -> Path:
        line, array = self._line(), self._text.startswith("[[", self._at)
        self._at += 2 if array else 1
        path = self._numbered(self._keys())
        if array:
            number = self._arrays.get(path, -1) + 1
            self._arrays[path] = number
            path = (*path, str(number))
        self._need("]]" if array else "]")
        self._entries.append(Entry(path, line, self._at, self._at, table=True))
        return path

    def _numbered(self, keys: Path) -> Path:
        """A table inside an array of tables is in its last element so far."""
        path: Path = ()
        for n, key in enumerate(keys):
            path = (*path, key)
            if path in self._arrays and n < len(keys) - 1:
                path = (*path, str(self._arrays[path]))
        return path

    def _pair(self, table: Path, *, inside: bool) -> None:
        line = self._line()
        path = (*table, *self._keys())
        self._need("=")
        self._skip(_SPACE)
        self._value(path, line, inside=inside)

    def _value(self, path: Path, line: int, *, inside: bool) -> None:
        start, place = self._at, len(self._entries)
        opening = self._text[self._at : self._at + 1]
        if opening in ("[", "{"):
            self._at += 1
            for number in self._until("]" if opening == "[" else "}"):
                if opening == "{":
                    self._pair(path, inside=True)
                else:
                    self._value((*path, str(number)), self._line(), inside=True)
        else:
            self._skip(_STRING if opening in ('"', "'") else _PLAIN, needed=True)
        self._entries.insert(place, Entry(path, line, start, self._at, inside=inside))

    def _until(self, closing: str) -> Iterator[int]:
        """The numbers of the elements up to the bracket, which is passed with them."""
        number = 0
        while True:
            self._blank()
            if self._text.startswith(closing, self._at):
                self._at += 1
                return
            yield number
            number += 1
            self._blank()
            if self._text.startswith(",", self._at):
                self._at += 1
            elif not self._text.startswith(closing, self._at):
                raise BadSettings(f"line {self._line()}: no {closing}")

    def _keys(self) -> Path:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            key = self._skip(_KEY, needed=True)
            keys.append(key[1:-1] if key[0] in "\"'" else key)
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return tuple(keys)
            self._at += 1

    def _need(self, what: str) -> None:
        if not self._text.startswith(what, self._at):
            raise BadSettings(f"line {self._line()}: no {what}")
        self._at += len(what)

    def _skip(self, pattern: re.Pattern[str], *, needed: bool = False) -> str:
        found = pattern.match(self._text, self._at)
        if found is None or (needed and found.end() == self._at):
            raise BadSettings(f"line {self._line()}: this cannot be read")
        self._at = found.end()
        return found[0]

    def _blank(self) -> None:
        start = self._at
        blank = self._skip(_BLANK)
        self._comments += [(start + c.start(), start + c.end()) for c in _COMMENT.finditer(blank)]

    def _line(self) -> int:
        self._lines += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._lines
