"""Shelf: everything that can be picked, made once from a price book, then asked at every key that is pressed. Pure.

A search is a few typed words; each must mean some word of an entry (its names in all languages, its search words, its
number), and the better they fit the earlier the entry stands. Slips are forgiven only when nothing fits without them:
who types well is not shown what somebody else might have meant.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

import msgspec

from kiosk.search.matching import NO_MATCH, cost, cost_with_slips, words_of
from kiosk.values.money import Money

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
        self._words = tuple(
            frozenset(words_of(" ".join((entry.name, *entry.names.values(), entry.keys, entry.code))))
            for entry in self._entries
        )
        sizes: dict[str, int] = {}
        for entry in self._entries:
            sizes[entry.tab] = sizes.get(entry.tab, 0) + 1
        largest = sorted((tab for tab in sizes if tab), key=lambda tab: (-sizes[tab], tab))[:TABS]
        self.tabs = (POPULAR, *largest, EVERYTHING)

    def listed(self, tab: str, language: str, picked: Mapping[str, int]) -> tuple[Entry, ...]:
        """What stands under a tab: by the alphabet, under Popular what was picked most first (`picked`: by code)."""
        key = alphabetical(language)
        shown = [entry for entry in self._entries if tab in (POPULAR, EVERYTHING, entry.tab)]
        shown.sort(key=lambda entry: (key(entry.name_in(language)), entry.code))
        if tab == POPULAR:
            shown.sort(key=lambda entry: -picked.get(entry.code, 0))
        return tuple(shown)

    def search(self, typed: str, language: str) -> tuple[Entry, ...]:
        """What the typed words mean, the best first; nothing for nothing."""
        words = words_of(typed)
        if not words:
            return ()
        return self._found(words, cost, language) or self._found(words, _either, language)

    def _found(self, typed: tuple[str, ...], price: Callable[[str, str], int], language: str) -> tuple[Entry, ...]:
        key = alphabetical(language)
        found = []
        for entry, words in zip(self._entries, self._words, strict=True):
            costs = [min((price(one, word) for word in words), default=NO_MATCH) for one in typed]
            if max(costs) < NO_MATCH:
                found.append((sum(costs), key(entry.name_in(language)), entry.code, entry))
        return tuple(entry for *_, entry in sorted(found, key=lambda one: one[:3]))


def _either(typed: str, word: str) -> int:
    return min(cost(typed, word), cost_with_slips(typed, word))


def alphabetical(language: str) -> Callable[[str], tuple[int, ...]]:
    """A sorting key by the alphabet of a language: in Swedish å, ä and ö stand after z."""
    own = _ALPHABETS.get(language.partition("-")[0], "")

    def key(name: str) -> tuple[int, ...]:
        return tuple(place for char in name.casefold() for place in _places(char, own))

    return key


def _places(char: str, own: str) -> tuple[int, ...]:
    if char in own:
        return (0x10000 + own.index(char),)
    return tuple(ord(plain) for word in words_of(char) for plain in word) or (0,)
