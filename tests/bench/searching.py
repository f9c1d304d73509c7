"""A key pressed in the picker's search -> what is found, among thirty thousand goods in three languages each."""

import random
from statistics import median
from time import perf_counter_ns

from kiosk.search.shelf import Entry, Shelf
from kiosk.values.money import Money

GOODS, WORDS, QUERIES = 30_000, 12_000, 120
_SOUNDS = tuple(first + vowel for first in "bklmnrstv" for vowel in "aeiouä")


def searches() -> dict[str, float]:
    """Of every key: median and the slowest, in milliseconds; with slips among them."""
    dice = random.Random(30)
    words = ["".join(dice.choice(_SOUNDS) for _ in range(dice.randint(2, 5))) for _ in range(WORDS)]

    def name() -> str:
        return " ".join(dice.choice(words) for _ in range(dice.randint(2, 4)))

    goods = (Entry(str(number), name(), Money(100), {"en": name(), "de": name()}) for number in range(GOODS))
    shelf = Shelf(goods)
    shelf.search("a", "sv")
    took = []
    for number in range(QUERIES):
        typed = dice.choice(words)
        typed = typed if number % 2 else f"{typed[:2]}x{typed[3:]}"
        for length in range(1, len(typed) + 1):
            started = perf_counter_ns()
            shelf.search(typed[:length], "sv")
            took.append((perf_counter_ns() - started) / 1e6)
    return {"median_ms": round(median(took), 3), "worst_ms": round(max(took), 3)}
