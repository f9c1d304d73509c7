"""Story: what happens in a shop as text that a shopkeeper can read, one act or expectation a line.

    # Bread by card
    scan 9520001200014
    tap "Pay"
    wait 3 s
    tap card
    expect screen 14a-receipt-choice

Empty lines and what follows a `#` mean nothing. A line is understood by the phrase that fits it; phrases are learnt by
a Grammar with blanks: `{count}` whole number, `{time}` `90 s`, `{money}` `25.90`, `{text}` anything in double quotes,
`{rest}` the rest of the line, any other name one word.
"""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

Act = Callable[..., Any]
_UNITS = {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000}
_BLANK = re.compile(r"\{(\w+)\}")
_COMMENT = re.compile(r'^((?:[^"#]|"[^"]*")*)#.*$')


class StoryError(Exception):
    """A line that cannot be told, or that did not come true. One line of text for a person, or a few."""


class Line(NamedTuple):
    """One line that means something, and where it stands."""

    number: int
    text: str


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a story."""
    for number, raw in enumerate(text.splitlines(), start=1):
        said = _COMMENT.sub(r"\1", raw).strip()
        if said:
            yield Line(number, said)


def _time(text: str) -> int:
    number, unit = text.split()
    return int(number) * _UNITS[unit]


def _money(text: str) -> int:
    whole, _, cents = text.partition(".")
    return int(whole + cents)


_BLANKS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "count": (r"-?\d+", int),
    "time": (r"-?\d+ (?:ms|s|min|h)", _time),
    "money": (r"\d+\.\d\d", _money),
    "text": (r'"[^"]*"', lambda quoted: quoted[1:-1]),
    "rest": (r".*", str),
}
_WORD = (r"\S+", str)


class Phrase(NamedTuple):
    """A line with blanks, and what it does. `fixed` fills what has no blank."""

    pattern: str
    form: re.Pattern[str]
    blanks: tuple[str, ...]
    act: Act
    fixed: dict[str, Any]


class Grammar:
    """The phrases of one kind, or of several together."""

    def __init__(self, *others: "Grammar") -> None:
        self.phrases: list[Phrase] = [phrase for other in others for phrase in other.phrases]

    def says(self, pattern: str, **fixed: Any) -> Callable[[Act], Act]:
        """Teach a phrase: the function below gets the stage, the blanks by name, and what is fixed."""

        def learn(act: Act) -> Act:
            parts = _BLANK.split(pattern)
            self.phrases.append(Phrase(pattern, _form(parts), tuple(parts[1::2]), act, fixed))
            return act

        return learn

    def understand(self, text: str) -> tuple[Act, dict[str, Any]]:
        """What to do, and with what: the phrase with the fewest blanks. StoryError with the nearest if none fits."""
        for phrase in sorted(self.phrases, key=lambda phrase: len(phrase.blanks)):
            if found := phrase.form.fullmatch(text):
                values = zip(phrase.blanks, found.groups(), strict=True)
                filled = {name: _BLANKS.get(name, _WORD)[1](value) for name, value in values}
                return phrase.act, {**phrase.fixed, **filled}
        patterns = [phrase.pattern for phrase in self.phrases]
        near = get_close_matches(text, patterns, 1, 0.3)
        raise StoryError(f"nobody knows how to: {text}" + (f"; did you mean: {near[0]}" if near else ""))


def _form(parts: list[str]) -> re.Pattern[str]:
    """Text and blanks by turns."""
    pieces = [f"({_BLANKS.get(part, _WORD)[0]})" if n % 2 else re.escape(part) for n, part in enumerate(parts)]
    return re.compile("".join(pieces))
