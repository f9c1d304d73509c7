"""The vocabulary finds what a comparison with every single word finds, and at the same cost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.search.matching import NO_MATCH, cost, cost_with_slips
from kiosk.search.vocabulary import Vocabulary

WORD = st.text("abcd", min_size=1, max_size=9)


@settings(max_examples=400)
@given(st.lists(st.frozensets(WORD, max_size=4), max_size=8), WORD)
def test_it_finds_what_each_word_alone_says(things: list[frozenset[str]], typed: str) -> None:
    def slow(forgiving: bool) -> dict[int, int]:
        found = {}
        for number, words in enumerate(things):
            prices = [cost(typed, word) for word in words]
            prices += [cost_with_slips(typed, word) for word in words] if forgiving else []
            if min(prices, default=NO_MATCH) < NO_MATCH:
                found[number] = min(prices)
        return found

    vocabulary = Vocabulary(things)
    assert vocabulary.find(typed) == slow(forgiving=False)
    assert vocabulary.find_with_slips(typed) == slow(forgiving=True)
