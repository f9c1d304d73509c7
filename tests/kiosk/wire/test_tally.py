"""The tally of a price book follows every change of it, and no other book has it."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.tally import NOTHING, retold, tally

lines = st.lists(st.binary(max_size=12), max_size=12)


@given(lines, st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows: list[bytes], dice: object) -> None:
    mixed = list(rows)
    dice.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis's own Random
    assert tally(mixed) == tally(rows)


@given(lines, lines, lines)
def test_it_follows_what_has_gone_and_come(stay: list[bytes], gone: list[bytes], come: list[bytes]) -> None:
    assert retold(tally([*stay, *gone]), gone, come) == tally([*stay, *come])


def test_it_is_the_sum_of_the_rows_own_digests() -> None:
    """SHA-256 of "abc" is of FIPS 180-4's examples: https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values"""
    abc = 0xBA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD
    assert tally([b"abc"]) == f"{abc:064x}"
    assert tally([b"abc", b"abc"]) == f"{2 * abc % 2**256:064x}"
    assert tally([]) == NOTHING == retold(tally([b"abc"]), [b"abc"], [])


def test_a_row_that_is_missing_or_there_twice_shows() -> None:
    assert len({tally(rows) for rows in ([b"a", b"b"], [b"a"], [b"a", b"b", b"b"], [b"ab"], [b"a", b"c"])}) == 5
