"""Which of two versions is newer."""

from itertools import pairwise

import pytest

from kiosk.values.version import NoVersion, newer, same, version_key


def test_versions_stand_in_the_order_in_which_they_were_made() -> None:
    made = ["0.9", "1.2.0-beta2", "1.2.0rc1", "1.2.0", "1.2.0+20261127", "1.2.1", "1.9.3", "1.10", "2.0.0dev1", "2"]
    assert sorted(made, key=version_key) == made
    assert all(newer(later, earlier) for earlier, later in pairwise(made))


def test_a_trailing_zero_says_nothing() -> None:
    assert same("1.2", "1.2.0") and not newer("1.2.0", "1.2") and not same("1.2", "1.2.1")


@pytest.mark.parametrize("text", ["", "v1.2", "latest", "1..2", "1.2 ", "1" * 41, "../1", "1.2\n", "１.2"])
def test_what_is_no_version_is_refused_in_words(text: str) -> None:
    with pytest.raises(NoVersion, match="is no version such as"):
        version_key(text)
