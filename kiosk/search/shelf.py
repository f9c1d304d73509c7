"""Shelf: everything that can be picked, made once from a price book, then asked at every key that is pressed. Pure.

A search is a few typed words; each must mean some word of an entry (its names in all languages, its search words, its
number), and the better they fit the earlier the entry stands. Slips are forgiven only when nothing fits without them:
who types well is not shown what somebody else might have meant.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from kiosk.search.matching import words_of
from kiosk.search.vocabulary import Vocabulary
from kiosk.values.money import Money

Find = Callable[[str], dict[int, int]]
"""The things that a typed word means, and at what cost."""
POPULAR, EVERYTHING = "popular", "everything"
TABS = 4
"""Categories that have a tab of their own."""
_ALPHABETS = {"sv": "åäö", "fi": "åäö", "nb": "æøå", "no": "æøå", "nn": "æøå", "da": "æøå", "et": "õäöü"}
"""Letters that stand after z, in their order (the others are their plain letters)."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to pick. `code` is its row's; `price` of one, or of a kilogram."""

    code: str
    name: str
    price: Money
    names: dict[str, str] = {}
    sold_by: Literal["each", "kg"] = "each"
    picture: str = ""
    category: str = ""
    keys: str = ""

    def name_in(self, language: str) -> str:
        """As an Item's."""
        return self.names.get(language) or self.name

    @property
    def tab(self) -> str:
        """The first part of its category."""
        return self.category.partition("/")[0]


class Shelf:
    """The goods of one price book."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = tuple(entries)
        self._vocabulary = Vocabulary(
            frozenset(words_of(" ".join((entry.name, *entry.names.values(), entry.keys, entry.code))))
            for entry in self._entries
        )
        self._orders: dict[str, _Order] = {}
        sizes: dict[str, int] = {}
        for entry in self._entries:
            sizes[entry.tab] = sizes.get(entry.tab, 0) + 1
        largest = sorted((tab for tab in sizes if tab), key=lambda tab: (-sizes[tab], tab))[:TABS]
        self.tabs = (POPULAR, *largest, EVERYTHING)

    def listed(self, tab: str, language: str, picked: Mapping[str, int]) -> tuple[Entry, ...]:
        """What stands under a tab: by the alphabet, under Popular what was picked most first (`picked`: by code)."""
        shown = self._order(language).entries
        if tab == POPULAR and picked:
            return tuple(sorted(shown, key=lambda entry: -picked.get(entry.code, 0)))
        return shown if tab in (POPULAR, EVERYTHING) else tuple(entry for entry in shown if entry.tab == tab)

    def search(self, typed: str, language: str) -> tuple[Entry, ...]:
        """What the typed words mean, the best first; nothing for nothing."""
        words = words_of(typed)
        if not words:
            return ()
        find, forgive = self._vocabulary.find, self._vocabulary.find_with_slips
        return self._found(words, find, language) or self._found(words, forgive, language)

    def _found(self, typed: tuple[str, ...], find: Find, language: str) -> tuple[Entry, ...]:
        first, *others = (find(word) for word in typed)
        for other in others:
            first = {thing: price + other[thing] for thing, price in first.items() if thing in other}
        order = self._order(language)
        count = len(self._entries)
        best = sorted([price * count + order.rank[thing] for thing, price in first.items()])
        return tuple([order.entries[place % count] for place in best])

    def _order(self, language: str) -> "_Order":
        if language not in self._orders:
            key, named = alphabetical(language), self._entries
            things = sorted(range(len(named)), key=lambda i: (key(named[i].name_in(language)), named[i].code))
            rank = [0] * len(named)
            for place, thing in enumerate(things):
                rank[thing] = place
            self._orders[language] = _Order(tuple(named[thing] for thing in things), tuple(rank))
        return self._orders[language]


class _Order(NamedTuple):
    """The goods in the alphabet of one language, found once."""

    entries: tuple[Entry, ...]
    rank: tuple[int, ...]
    """Of each thing, by its number: its place among `entries`."""


def alphabetical(language: str) -> Callable[[str], tuple[int, ...]]:
    """A sorting key by the alphabet of a language: in Swedish å, ä and ö stand after z."""
    own = _ALPHABETS.get(language.partition("-")[0], "")

    def key(name: str) -> tuple[int, ...]:
        return tuple(place for char in name.casefold() for place in _places(char, own))

    return key


@lru_cache(maxsize=2048)
def _places(char: str, own: str) -> tuple[int, ...]:
    if char in own:
        return (0x10000 + own.index(char),)
    return tuple(ord(plain) for word in words_of(char) for plain in word) or (0,)
