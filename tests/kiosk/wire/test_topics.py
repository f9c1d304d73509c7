"""A topic says who speaks, so nobody may talk their way into another's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire import topics

names = st.from_regex(topics.NAME, fullmatch=True)


@given(names, names, st.sampled_from([*topics.FROM_TILL, *topics.FROM_STORE]))
def test_a_topic_taken_apart_is_what_it_was_made_of(store: str, till: str, what: topics.What) -> None:
    assert topics.parse_topic(topics.till_topic(store, till, what)) == topics.Address(store, till, what)


@given(st.text(max_size=60))
def test_nothing_else_is_a_topic(text: str) -> None:
    assert topics.parse_topic(text) is None


@pytest.mark.parametrize(
    "topic",
    [
        "kassa/v1/s001/pricebook",
        "kassa/v1/s001/k01/sale/",
        "kassa/v1/s001/k01/sale\n",
        "kassa/v1/s001/K01/sale",
        "kassa/v1/s001/+/sale",
        "kassa/v2/s001/k01/sale",
        "kassa/v1/s001/k01/sales",
        "x/kassa/v1/s001/k01/sale",
    ],
)
def test_what_looks_alike_is_not(topic: str) -> None:
    assert topics.parse_topic(topic) is None


@pytest.mark.parametrize("name", ["", "+", "#", "a/b", "A", "a" * 33, "a\n"])
def test_a_name_that_reaches_beyond_its_place_has_no_topic(name: str) -> None:
    with pytest.raises(AssertionError):
        topics.till_topic("s001", name, "sale")
    with pytest.raises(AssertionError):
        topics.price_book_topic(name)
    with pytest.raises(AssertionError):
        topics.every_till(name, "sale")


def test_the_names_that_other_people_depend_on() -> None:
    assert topics.till_topic("s001", "k01", "ack") == "kassa/v1/s001/k01/ack"
    assert topics.price_book_topic("s001") == "kassa/v1/s001/pricebook"
    assert topics.every_till("s001", "sale") == "kassa/v1/s001/+/sale"
