"""Receipt lines on so many columns: no amount is ever cut, no word is lost."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.paper import lay_out
from kiosk.checkout.receipt import ReceiptLine

_WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=60)


@given(st.lists(_WORDS, min_size=1, max_size=12), st.integers(0, 10**9), st.sampled_from([32, 42]))
def test_the_amount_stands_whole_at_the_right_and_no_letter_is_lost(words: list[str], minor: int, columns: int) -> None:
    amount = f"{minor / 100:.2f}"
    rows = lay_out(ReceiptLine(" ".join(words), amount), columns)
    assert all(len(row.text) <= columns for row in rows)
    assert rows[-1].text.endswith(amount) and len(rows[-1].text) == columns
    text = "".join(row.text for row in rows).removesuffix(amount)
    assert "".join(text.split()) == "".join(words)


def test_an_indented_line_keeps_its_indent() -> None:
    assert [row.text for row in lay_out(ReceiptLine("  2 x 15.90"), 42)] == ["  2 x 15.90"]


def test_an_empty_line_is_a_line() -> None:
    assert len(lay_out(ReceiptLine(""), 42)) == 1


def test_the_terminals_own_lines_keep_their_spaces() -> None:
    rows = lay_out(ReceiptLine("Total          110,70", as_is=True), 42)
    assert [row.text for row in rows] == ["Total          110,70"]
    assert [row.text for row in lay_out(ReceiptLine("x" * 50, as_is=True), 42)] == ["x" * 42, "x" * 8]
