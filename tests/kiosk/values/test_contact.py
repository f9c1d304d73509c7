"""A telephone number or an e-mail address, in one spelling; whatever else is typed is neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.values.contact import LONGEST, kind_of, read_contact


@pytest.mark.parametrize(
    ("typed", "kept", "kind"),
    [
        ("0701234567", "0701234567", "phone"),
        (" 070-123 45 67 ", "0701234567", "phone"),
        ("+46 (70) 123 45 67", "+46701234567", "phone"),
        ("112233", "112233", "phone"),
        ("Sam.Svensson+shop@Example.co.uk", "sam.svensson+shop@example.co.uk", "email"),
        ("o'neill_1@a-b.example", "o'neill_1@a-b.example", "email"),
        (f"{'a' * 64}@example.com", f"{'a' * 64}@example.com", "email"),
    ],
)
def test_one_spelling(typed: str, kept: str, kind: str) -> None:
    assert read_contact(typed) == kept
    assert kind_of(kept) == kind


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "12345", "1" * 16, "+", "++46701234567", "070x123456", "sam", "sam@", "@example.com", "sam@example",
        "sam@@example.com", "sam@ex@ample.com", ".sam@example.com", "sam.@example.com", "sam..s@example.com",
        "sam@-example.com", "sam@example-.com", "sam@example..com", "sam@example.c", "sam@127.0.0.1",
        "sam s@example.com",
        "sam@example.com\nBcc: kim@example.com", "säm@example.com", "०७०१२३४५६७", f"{'a' * 65}@example.com",
        f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example.com",
    ],
)  # fmt: skip
def test_rubbish(typed: str) -> None:
    assert read_contact(typed) is None


@given(st.text(st.sampled_from("ab1 @.-_+\n\0("), max_size=40))
def test_what_is_kept_is_read_again_as_itself_and_has_no_odd_character(typed: str) -> None:
    kept = read_contact(typed)
    if kept is not None:
        assert read_contact(kept) == kept
        assert len(kept) <= LONGEST
        assert all("!" <= char <= "~" for char in kept)
