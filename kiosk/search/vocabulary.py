"""Vocabulary: all words of a shelf, each once, so that a typed word is held against words and not against goods. Pure.

Thirty thousand products share their words, and a sorted list of them is a tree: what begins alike stands together.
Beginnings are one stretch of it; parts inside words are found in one long string of them all. For slips the tree is
walked letter by letter with one row of the distance's table (`matching.next_row`) for each beginning, and a branch is
left as soon as no row can come back to few enough slips.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from kiosk.search.matching import BEGINNING, EXACT, INSIDE, INSIDE_FROM, NO_MATCH, SLIPPED, allowed, next_row

_LAST = "\U0010ffff"
"""No letter comes after it."""
Span = tuple[int, int]


class Vocabulary:
    """The words of numbered things."""

    def __init__(self, words: Iterable[frozenset[str]]) -> None:
        """`words` of thing 0, thing 1 and so on; all folded."""
        where: dict[str, list[int]] = {}
        for number, own in enumerate(words):
            for word in own:
                where.setdefault(word, []).append(number)
        self._words = sorted(where)
        self._where = [where[word] for word in self._words]
        self._text = "\n" + "\n".join(self._words) + "\n"
        self._starts = _starts(self._words)

    def find(self, typed: str) -> dict[int, int]:
        """The things that a typed word means without a slip, and what each match costs."""
        first, last = self._beginning(typed, (0, len(self._words)))
        found = [(INSIDE, place) for place in self._containing(typed)] if len(typed) >= INSIDE_FROM else []
        found += [(BEGINNING, place) for place in range(first, last)]
        found += [(EXACT, first)] if first < last and self._words[first] == typed else []
        return self._things(found)

    def find_with_slips(self, typed: str) -> dict[int, int]:
        """The same where slips are forgiven too."""
        most = allowed(typed)
        if not most:
            return self.find(typed)
        everything = (0, len(self._words))
        slipped: dict[int, int] = {}
        for slips, span in self._walk(typed, most, "", everything, [], list(range(len(typed) + 1))):
            for place in range(*span):
                slipped[place] = min(slips, slipped.get(place, NO_MATCH))
        found = self._things(sorted(((SLIPPED + n, place) for place, n in slipped.items()), reverse=True))
        return found | self.find(typed)

    def _walk(
        self, typed: str, most: int, so_far: str, span: Span, before: list[int], row: list[int]
    ) -> Iterator[tuple[int, Span]]:
        """Every stretch of words whose beginning is the typed word but for so many slips."""
        if row[-1] <= most:
            yield row[-1], span
        if min(row) > most and (not before or min(before) >= most):
            return
        at, last = span
        while at < last:
            if len(self._words[at]) == len(so_far):
                at += 1
                continue
            longer = self._words[at][: len(so_far) + 1]
            below = self._beginning(longer, (at, last))
            yield from self._walk(typed, most, longer, below, row, next_row(typed, longer, before, row))
            at = below[1]

    def _beginning(self, with_: str, span: Span) -> Span:
        return bisect_left(self._words, with_, *span), bisect_left(self._words, with_ + _LAST, *span)

    def _containing(self, part: str) -> Iterator[int]:
        at = self._text.find(part)
        while at >= 0:
            yield bisect_right(self._starts, at) - 1
            at = self._text.find(part, self._text.index("\n", at))

    def _things(self, found: list[tuple[int, int]]) -> dict[int, int]:
        """Of prices and words, the dearest first: the cheapest stays."""
        things: dict[int, int] = {}
        for price, place in found:
            things.update(dict.fromkeys(self._where[place], price))
        return things


def _starts(words: list[str]) -> list[int]:
    """Where each word begins in the long string."""
    starts, at = [], 1
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return starts
