"""Exported files as they really come: marks before them, semicolons, Windows letters, numbers of every country."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.imports.reading import BadCell, BadImport, read_table, scaled

ROWS = "Name,Price\nGlögg,12\nÅl,13\n"
SEMICOLONS = ROWS.replace(",", ";")


@pytest.mark.parametrize(
    ("data", "encoding", "delimiter"),
    [
        (ROWS.encode(), "UTF-8", ","),
        (b"\xef\xbb\xbf" + ROWS.encode(), "UTF-8", ","),
        (SEMICOLONS.encode("cp1252"), "Windows-1252", ";"),
        (ROWS.replace(",", "\t").encode("utf-16"), "UTF-16", "\t"),
        (b"\xfe\xff" + SEMICOLONS.encode("utf-16-be"), "UTF-16", ";"),
        (ROWS.replace("\n", "\r\n").encode(), "UTF-8", ","),
        (('"Name, of it",Price\n' + ROWS.partition("\n")[2]).encode(), "UTF-8", ","),
    ],
)
def test_a_file_is_read_however_it_was_saved(data: bytes, encoding: str, delimiter: str) -> None:
    table = read_table(data)
    assert (table.encoding, table.delimiter) == (encoding, delimiter)
    assert [list(cells.values()) for _, cells in table.lines] == [["Glögg", "12"], ["Ål", "13"]]
    assert [line for line, _ in table.lines] == [2, 3]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"Name,Price\n", "nothing below the heading"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\x00\x01\x02", "no text"),
        (b"\xff\xfea", "no text"),
        (b"Name,Name\n1,2\n", "'Name' is there twice"),
        (b"Name,Price\n\nBread,1\nWater\n", "line 4: has 1 cells where the heading names 2"),
        (b'Name,Price\n"Bread,1\n', "line 2: a quotation mark is never closed"),
        (b'Name,Price\n"Br"ead,1\n', "line 2: not CSV"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(BadImport, match=".*" + said.replace("(", r"\(")):
        read_table(data)


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("12", 1200), ("12.5", 1250), ("12,50", 1250), ("1,250.00", 125_000), ("1.250,00", 125_000), ("$25.00", 2500),
        ("£4,250.00", 425_000), ("1 250,50 kr", 125_050), ("1\u00a0250", 125_000), ("32000.00 €", 3_200_000),
        ("1,234,567", 123_456_700), ("-3.00", -300), ("0.10", 10), ("59.000", None), ("1,250", None), ("12.345", None),
        ("1.2.3", None), ("", None), ("twelve", None), ("0x10", None), ("1e3", None), ("١٢", None), ("0.125", None),
    ],
)  # fmt: skip
def test_an_amount_is_what_its_country_means_or_refused(cell: str, minor: int | None) -> None:
    if minor is None:
        with pytest.raises(BadCell):
            scaled(cell, 2)
    else:
        assert scaled(cell, 2) == minor


def test_kilograms_have_three_decimals_and_pieces_none() -> None:
    assert (scaled("1.250", 3), scaled("12.5", 3), scaled("12.0", 0)) == (1250, 12_500, 12)
    with pytest.raises(BadCell, match="must be whole"):
        scaled("12.5", 0)
    with pytest.raises(BadCell, match="two numbers"):
        scaled("1,250", 3)


@given(st.integers(0, 10**9), st.sampled_from([("", "."), (",", "."), (".", ","), (" ", ","), ("'", ".")]))
@settings(max_examples=500)
def test_every_way_of_writing_an_amount_is_the_amount(minor: int, signs: tuple[str, str]) -> None:
    thousands, point = signs
    written = f"{minor // 100:,}".replace(",", thousands) + f"{point}{minor % 100:02}"
    assert scaled(written, 2) == minor


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode()))
@settings(max_examples=500)
def test_rubbish_is_refused_in_words_or_a_table(data: bytes) -> None:
    try:
        table = read_table(data)
    except BadImport as bad:
        assert bad.problems and all(bad.problems)
    else:
        assert all(len(cells) == len(table.heading) for _, cells in table.lines)
