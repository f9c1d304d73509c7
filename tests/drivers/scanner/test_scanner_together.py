"""Two labels that ran together are two where that is certain, and one where it is not."""

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.events import Scanned
from drivers.scanner.protocol import SILENCE_MS, ScannerProtocol
from drivers.scanner.together import apart, is_gtin

MILK, EGGS, GUM, CASE, SODA = "7310865004703", "9520000000103", "96385074", "19520000000100", "012345678905"


def numbered(length: int) -> st.SearchStrategy[str]:
    """Digits with their check digit."""
    bodies = st.text(string.digits, min_size=length - 1, max_size=length - 1)
    return bodies.map(lambda body: next(body + digit for digit in string.digits if is_gtin(body + digit)))


@pytest.mark.parametrize("number", [MILK, EGGS, GUM, CASE, SODA, "4006381333931"])
def test_check_digits_of_real_numbers(number: str) -> None:
    assert is_gtin(number)
    assert not is_gtin(number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (MILK + EGGS, [MILK, EGGS]),
        (MILK + MILK, [MILK, MILK]),
        (GUM + MILK, [GUM, MILK]),
        (MILK + SODA, [MILK, SODA]),
        (f"]E0{MILK}]E0{EGGS}", [f"]E0{MILK}", f"]E0{EGGS}"]),
        (f"]E0{MILK}]E4{GUM}]E3{EGGS}05", [f"]E0{MILK}", f"]E4{GUM}", f"]E3{EGGS}05"]),
    ],
)
def test_two_that_are_certain(text: str, labels: list[str]) -> None:
    assert apart(text) == labels


@pytest.mark.parametrize(
    "text",
    [
        MILK,
        f"]E0{MILK}",
        MILK + EGGS[:-1] + "9",
        GUM + GUM,  # sixteen digits: a member's card
        "0109520000000103" + "17261231",  # GS1 element strings
        f"]C101{CASE}17261231",
        f"]Q1https://example.org/]E0{MILK}",
        f"]E0{MILK}]Q1https://example.org/",
        f"]E0{MILK}{EGGS}",
        "KM-" + MILK + EGGS,
        "",
    ],
)
def test_what_is_in_doubt_stays_one(text: str) -> None:
    assert apart(text) == [text]


@settings(max_examples=500)
@given(st.sampled_from((8, 12, 13, 14)).flatmap(numbered), st.sampled_from((8, 12, 13, 14)).flatmap(numbered))
def test_nothing_is_lost_and_nothing_made_up(first: str, second: str) -> None:
    labels = apart(first + second)
    assert "".join(labels) == first + second
    assert labels == [first + second] or all(is_gtin(label) for label in labels)


@settings(max_examples=500)
@given(st.text(max_size=60))
def test_whatever_comes_is_told_whole(text: str) -> None:
    assert "".join(apart(text)) == text


def test_a_scanner_without_a_suffix_whose_two_scans_waited_while_nobody_listened() -> None:
    protocol = ScannerProtocol("scanner")
    assert protocol.receive((MILK + EGGS).encode(), 1_000) == []
    labels = protocol.silence(1_000 + SILENCE_MS)
    assert labels == [Scanned(device="scanner", symbology="", text=text) for text in (MILK, EGGS)]
    assert protocol.deadline_ms() is None


def test_where_a_suffix_ends_it_the_scanner_has_said_that_it_is_one() -> None:
    protocol = ScannerProtocol("scanner")
    (label,) = protocol.receive((MILK + EGGS + "\r").encode(), 1_000)
    assert isinstance(label, Scanned) and label.text == MILK + EGGS


def test_of_ten_thousand_numbers_of_a_kind_that_is_no_gtin_few_are_taken_for_two() -> None:
    dice = random.Random(7)
    numbers = ["".join(dice.choices(string.digits, k=26)) for _ in range(10_000)]
    assert sum(len(apart(number)) > 1 for number in numbers) < 300
