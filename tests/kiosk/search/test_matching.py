"""What a typed word may mean: case, accents, beginnings, slips; and what it must not mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search.matching import NO_MATCH, allowed, cost, cost_with_slips, fold, words_of

_WORD = st.text("abcdeåö", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ÄPPLEN", "applen"), ("Crème", "creme"), ("grønn", "gronn"), ("Æble", "aeble"), ("Weiß", "weiss"), ("ﬁ", "fi")],
)
def test_what_a_keyboard_lacks_does_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_are_letters_and_digits() -> None:
    assert words_of("Kvisttomater, 1,5 kg (eko)") == ("kvisttomater", "1", "5", "kg", "eko")


@pytest.mark.parametrize(
    ("typed", "word", "fits"),
    [
        ("tomat", "tomat", 0),
        ("tom", "tomat", 1),
        ("mat", "tomat", 2),
        ("ma", "tomat", NO_MATCH),
        ("x", "tomat", NO_MATCH),
    ],
)
def test_without_slips(typed: str, word: str, fits: int) -> None:
    assert cost(typed, word) == fits


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("bannan", "bananer"), ("banna", "bananer"), ("bnan", "banan"), ("banabn", "banan"), ("tomst", "tomater"),
        ("potais", "potatis"), ("gukra", "gurka"), ("aplen", "applen"), ("champinjion", "champinjoner"),
        ("chapminjo", "champinjoner"), ("apelsner", "apelsiner"),
    ],
)  # fmt: skip
def test_a_slip_is_forgiven(typed: str, word: str) -> None:
    assert cost_with_slips(typed, word) < NO_MATCH


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("gul", "gurka"),
        ("lok", "lime"),
        ("paron", "morot"),
        ("kiwi", "citron"),
        ("tomat", "potatis"),
        ("mango", "banan"),
    ],
)
def test_another_thing_is_not_meant(typed: str, word: str) -> None:
    assert cost_with_slips(typed, word) == NO_MATCH


@given(_WORD, _WORD)
def test_every_beginning_is_found_and_costs_least(word: str, more: str) -> None:
    typed, whole = fold(word), fold(word + more)
    assert cost(typed, whole) <= 1
    assert cost(typed, whole) <= cost_with_slips(typed, whole)


@given(_WORD.filter(lambda word: len(word) >= 4), st.integers(0, 8), st.sampled_from("xyz"))
def test_any_one_wrong_letter_is_forgiven_from_four_on(word: str, place: int, other: str) -> None:
    typed = fold(word)
    at = place % len(typed)
    assert allowed(typed) >= 1
    assert cost_with_slips(typed[:at] + other + typed[at + 1 :], typed) < NO_MATCH
    if at + 1 < len(typed):
        swapped = typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
        assert cost_with_slips(swapped, typed) < NO_MATCH
