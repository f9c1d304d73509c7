"""A signed slip is read back as it was written, and nothing else is read as one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.values.deposit_slip import LONGEST, read, signed_part, written

DAY = date(2026, 11, 26)
SLIP = written("KD-M1-000123", 1_200, "SEK", DAY, "A-z_" * 21 + "09")


@given(
    number=st.text(st.sampled_from("KD-019/#az"), min_size=1, max_size=40),
    amount=st.integers(1, 99_999_999),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    signature=st.text(st.sampled_from("azAZ09-_"), min_size=86, max_size=86),
)
def test_it_is_read_back(number: str, amount: int, day: date, signature: str) -> None:
    slip = read(written(number, amount, "NOK", day, signature))
    assert slip is not None
    assert (slip.number, slip.amount_minor, slip.currency, slip.issued) == (number, amount, "NOK", day)
    assert slip.signature == signature
    assert slip.signed == signed_part(number, amount, "NOK", day)


@pytest.mark.parametrize(
    "text",
    [
        "", "KD-1", "KD-1.1200.SEK.261126.", SLIP[:-1], SLIP + "A", SLIP.replace("261126", "261131"),
        SLIP.replace(".1200.", ".01200."), SLIP.replace(".1200.", ".0."), SLIP.replace("SEK", "kr."),
        SLIP.replace("KD-M1", "KD.M1"), SLIP.replace(".1200.", ".１２００."), f" {SLIP}", "KD-" + "1" * LONGEST,
    ],
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    assert read(text) is None
