"""A whole purchase by hand in every language of the demo's lane, lying and upright, the upright one for weak eyes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from at_the_bench import Demo, Demos, Shopper, eventually

from kiosk.checkout.settings import USUAL, Settings
from kiosk.ui.words import LANGUAGES, Words, load
from kiosk.values.money import Money

pytestmark = pytest.mark.slow

SIZES = LYING, UPRIGHT = "1280x800", "1080x1920"
WORDS = Path(__file__).parents[2] / "config/words"
SPOKEN = tuple(tag for tag in LANGUAGES if tag == "en" or (WORDS / f"{tag}.po").exists())
CATALOGUES = load(WORDS, SPOKEN, currency="SEK", territory="SE", zone=ZoneInfo("Europe/Stockholm"))
CHOCOLATE, COFFEE = "9520001310010", "9520001300011"
FOR_WEAK_EYES = {
    "Large text": Settings(large_text=True),
    "High contrast": Settings(large_text=True, high_contrast=True),
}
"""What is touched, one after the other, and what the lane is then set to."""


@pytest.fixture(scope="module", params=SIZES, ids=("lying", "upright"))
def demos(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demos]:
    """A demo whose panel lies, and one whose panel stands."""
    with Demos(lambda: Demo(tmp_path_factory.mktemp("demo"), request.param)) as demos:
        yield demos


def _buys(shopper: Shopper, words: Words, switches: Mapping[str, Settings]) -> None:
    """Choose the language, make it easier to read, scan two things, pay by card, take the paper, go."""
    demo, say = shopper.demo, words.say
    sold = len(demo.api("sales"))
    _chooses(shopper, words.language)
    shopper.say = say
    if switches:
        shopper.touch(say("Accessibility"))
        shopper.sees("20a-accessibility")
        for switch, wanted in switches.items():
            shopper.touch(say(switch))  # larger text moves the next of them
            eventually(switch, lambda wanted=wanted: _settings(demo) == wanted)
        shopper.touch(say("Done"))
    shopper.scan(CHOCOLATE)
    shopper.scan(COFFEE)
    shopper.sees_text(words.amount(Money(9_780)))
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert (sales[0]["due_minor"], sales[0]["flags"]) == (9_780, [])
    assert _settings(demo) == USUAL, "the next shopper begins as the shop has chosen"


def _chooses(shopper: Shopper, language: str) -> None:
    """On the welcome screen, or on the sheet of all languages where that has no room for it."""
    name = LANGUAGES[language][1]
    shopper.sees("01-welcome")
    if shopper.demo.state()["language"] == language:
        return
    if not shopper.offers(name):
        shopper.touch("More languages")
        shopper.sees("01-languages")
        while not shopper.offers(name):
            shopper.touch("More languages")
    shopper.touch(name)
    eventually(name, lambda: shopper.demo.state()["language"] == language)
    shopper.sees("01-welcome")


def _settings(demo: Demo) -> Settings:
    return msgspec.convert(demo.state()["settings"], Settings)


@pytest.mark.parametrize("language", SPOKEN)
def test_a_purchase(shopper: Shopper, language: str) -> None:
    _buys(shopper, CATALOGUES[language], FOR_WEAK_EYES if shopper.demo.size == UPRIGHT else {})
