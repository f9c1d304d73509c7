"""Every screen in its pixels: what is written can be read on what is behind it, and no control is like its ground.

`make test` looks at a set of at most 310 pictures, pairwise: any two settings meet in some picture, and each screen is
seen with each setting on and off, because its two looks have nothing in common. A screen meets two of the sizes there.
`make a11y ALL=1` looks at the whole product (`KASSA_EVERY_LOOK=1`).
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from typing import Any, NamedTuple

import pytest
from in_pixels import faults
from msgspec.structs import replace

from kiosk.checkout.settings import Settings
from kiosk.ui import gallery
from kiosk.ui.panel import Panel
from kiosk.ui.scene import Scene
from kiosk.ui.shots import WORDS, ZONE
from kiosk.ui.show import scene as make_scene
from kiosk.ui.words import Words, load
from tests.kiosk.ui.screens.test_combinations import SIZES, Longer

MOST = 310


class Look(NamedTuple):
    """How a screen is seen."""

    size: tuple[int, int]
    language: str
    high_contrast: bool
    large_text: bool
    lower_controls: bool
    longer: bool


_OFF_ON = (False, True)
EVERY = tuple(Look(*one) for one in product(SIZES[:5], ("en", "ar"), _OFF_ON, _OFF_ON, _OFF_ON, _OFF_ON))


def _pairs(look: Look) -> frozenset[Any]:
    return frozenset(combinations(enumerate(look), 2))


def chosen() -> dict[str, tuple[Look, Look]]:
    """Greedy: of each screen the look whose pairs were met the fewest times, and of its opposites the one likewise."""
    dice, met, out = random.Random(1), Counter[Any](), {}
    pairs = {look: _pairs(look) for look in EVERY}
    for stop in gallery.STOPS:
        looks: list[Look] = []
        for _ in range(2):
            able = [
                look for look in EVERY if not any(a == b for seen in looks for a, b in zip(seen, look, strict=True))
            ]
            dice.shuffle(able)
            looks.append(min(able, key=lambda look: sum(met[pair] for pair in pairs[look])))
            met.update(pairs[looks[-1]])
        out[stop] = (looks[0], looks[1])
    return out


CHOSEN = chosen()


@cache
def _words(language: str) -> Words:
    return load(WORDS, (language,), currency="SEK", territory="se", zone=ZONE)[language]


def seen(stop: str, look: Look) -> Scene:
    """The screen, seen so."""
    state, view = gallery.visit_to(stop, look.language)
    settings = Settings(
        high_contrast=look.high_contrast, large_text=look.large_text, lower_controls=look.lower_controls
    )
    words: Any = Longer(_words(look.language)) if look.longer else _words(look.language)
    return make_scene(replace(state, settings=settings), replace(view, panel=Panel(look.size)), words)


def _wrong(stop: str) -> Iterator[str]:
    for look in EVERY if os.environ.get("KASSA_EVERY_LOOK") else CHOSEN[stop]:
        for fault in faults(seen(stop, look)):
            yield f"{stop} {tuple(look)}: {fault}"


@pytest.mark.parametrize("stop", gallery.STOPS)
def test_what_is_painted_can_be_read_and_told_apart(stop: str) -> None:
    wrong = list(_wrong(stop))
    assert not wrong, "\n".join(wrong)


def test_any_two_settings_meet_in_few_pictures() -> None:
    looks = [look for two in CHOSEN.values() for look in two]
    assert set().union(*map(_pairs, looks)) == set().union(*map(_pairs, EVERY))
    assert len(looks) <= MOST
