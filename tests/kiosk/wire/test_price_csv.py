"""A price book file is understood whole, or refused with the place of every mistake."""

import msgspec
import pytest

from kiosk.wire.price_csv import BadPriceBook, PriceRow, book_digest, read_csv, spelt_twice, write_csv

COLUMNS = "gtin,plu,name,name.en,price_minor,sold_by,tax_class,tax_bp,category,age_limit,deposit_minor,blocked"
GOOD = f"""{COLUMNS},content,content_unit
7310865004703,,Mjölk,Milk,1590,each,food,,dairy/milk,,,,1.5,l
,4011,"Bananer, lösa",Bananas,2490,kg,food,,fruit,,,no,,
9521234000013,,"6"" öl",,1990,,,2500,drinks,18,200,yes,,
"""


def _problems(text: str) -> tuple[str, ...]:
    with pytest.raises(BadPriceBook) as caught:
        read_csv(text)
    return caught.value.problems


def test_every_column_lands_in_its_field() -> None:
    milk, bananas, beer = read_csv(GOOD)
    assert milk == PriceRow(
        gtin="7310865004703",
        name="Mjölk",
        names={"en": "Milk"},
        price_minor=1590,
        tax_class="food",
        category="dairy/milk",
        content_thousandths=1500,
        content_unit="l",
    )
    assert (bananas.code, bananas.sold_by, bananas.name) == ("4011", "kg", "Bananer, lösa")
    assert (beer.name, beer.tax_bp, beer.age_limit, beer.deposit_minor, beer.blocked) == ('6" öl', 2500, 18, 200, True)


def test_column_order_byte_order_mark_and_semicolons_do_not_matter() -> None:
    text = "\ufeffname;tax_class;price_minor;gtin\nMjölk;food;1590;7310865004703\n"
    assert read_csv(text)[0].gtin == "7310865004703"


def test_zeros_that_a_spreadsheet_ate_come_back() -> None:
    assert read_csv("gtin,name,price_minor,tax_class\n17082877499,Jerky,1,food\n")[0].gtin == "017082877499"


def test_two_spellings_of_one_code_are_two_rows() -> None:
    text = "gtin,name,price_minor,tax_class\n017082877499,A,1,food\n0017082877499,B,2,food\n"
    assert [row.price_minor for row in read_csv(text)] == [1, 2]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "7310865004703,Milk,15.90,food",
            "line 2, column price_minor: must be a whole number from 0 to 100000000, not '15.90'",
        ),
        (
            "7310865004704,Milk,1590,food",
            "line 2, column gtin: 7310865004704 has a wrong check digit: it should end in 3",
        ),
        ("731086500470A,Milk,1590,food", "line 2, column gtin: must be 8 to 14 digits, not '731086500470A'"),
        ("7310865004703,,1590,food", "line 2, column name: is empty"),
        (",Milk,1590,food", "line 2, column gtin or plu: is empty"),
        ("7310865004703,Milk,1590,", "line 2, column tax_class or tax_bp: is empty"),
        ("7310865004703,Mi\x07lk,1590,food", "line 2, column name: contains a control character"),
        ("7310865004703,Milk,1590", "line 2: has 3 cells where line 1 names 4 columns"),
        (
            "7310865004703,Mi\u2028lk,x,food",
            "line 2, column price_minor: must be a whole number from 0 to 100000000, not 'x'",
        ),
        (
            "7310865004703,Bröd,1590,food".encode("latin-1").decode(errors="surrogateescape"),
            "line 2, column name: is not UTF-8 text; save the file as CSV UTF-8",
        ),
        (
            f"7310865004703,Milk,{'9' * 999},food",
            f"line 2, column price_minor: must be a whole number from 0 to 100000000, not '{'9' * 40}…'",
        ),
        ('7310865004703,"Mi"lk,1590,food', "line 2: not a CSV file: ',' expected after '\"'"),
        ('7310865004703,"Milk,1590,food\n7310865004703,Milk,1590,food', "line 2: a quotation mark is never closed"),
        (f"7310865004703,{'M' * 200_000},1590,food", "line 2: not a CSV file: field larger than field limit (131072)"),
        ("", "line 2: there is no product in the file"),
        ("٧٣١٠٨٦٥٠٠٤٧٠٣,Milk,1590,food", "line 2, column gtin: must be 8 to 14 digits, not '٧٣١٠٨٦٥٠٠٤٧٠٣'"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(row: str, problem: str) -> None:
    assert _problems(f"gtin,name,price_minor,tax_class\n{row}\n") == (problem,)


def test_a_class_that_no_lane_could_tax_is_named() -> None:
    text = "gtin,name,price_minor,tax_class,tax_bp\n7310865004703,A,1,{},{}\n"
    known = {"food", "alcohol"}
    for wrong, hint in (("fooood", "did you mean food?"), ("xyz", "there are alcohol, food")):
        with pytest.raises(BadPriceBook) as caught:
            read_csv(text.format(wrong, 600), known)
        assert caught.value.problems == (f"line 2, column tax_class: no lane could tax '{wrong}'; {hint}",)
    assert read_csv(text.format("food", ""), known) and read_csv(text.format("", 600), known)


def test_a_header_of_another_encoding_is_told_once() -> None:
    text = "gtin,name\n".encode("utf-16").decode(errors="surrogateescape")
    assert _problems(text) == ("line 1: is not UTF-8 text; save the file as CSV UTF-8",)


def test_all_problems_are_told_at_once_and_lines_count_as_an_editor_counts() -> None:
    text = "gtin,name,price_minor,tax_class\n7310865004703,Milk,x,food\n\n9521234000013,Beer,-1,alcohol\n"
    assert [problem.partition(":")[0] for problem in _problems(text)] == [
        "line 2, column price_minor",
        "line 4, column price_minor",
    ]


def test_a_code_that_is_there_twice_names_both_lines() -> None:
    text = "gtin,name,price_minor,tax_class\n7310865004703,A,1,food\n7310865004703,B,2,food\n"
    assert _problems(text) == ("line 3, column gtin: 7310865004703 is already on line 2",)


def test_a_misspelt_column_is_an_error_with_the_nearest_good_one() -> None:
    text = "gtin,name,price_minor,tax_class,age_limt\n7310865004703,A,1,food,18\n"
    assert _problems(text) == ("line 1, column age_limt: a price book has no such column; did you mean age_limit?",)


@pytest.mark.parametrize("text", ["", "\x00", 'gtin,name\n"unclosed', "%PDF-1.7\n1 0 obj"])
def test_what_is_no_table_is_refused_in_words(text: str) -> None:
    assert _problems(text)


def test_an_export_reads_back_as_the_same_rows() -> None:
    rows = read_csv(GOOD)
    assert read_csv("".join(write_csv(rows))) == rows


def test_the_digest_is_of_the_content_and_not_of_the_order() -> None:
    milk, bananas, beer = read_csv(GOOD)
    assert book_digest([beer, milk, bananas]) == book_digest([milk, bananas, beer])
    assert book_digest([milk, bananas]) != book_digest([milk, beer])


def test_the_digest_is_the_same_after_a_journey() -> None:
    rows = read_csv("gtin,name,price_minor,sold_by,tax_class\n95200019,Bread,1590,each,food\n")
    travelled = msgspec.convert(msgspec.to_builtins(rows), tuple[PriceRow, ...])
    assert book_digest(travelled) == book_digest(rows)


def test_one_product_under_two_spellings_is_told_the_longer_one_is_sold() -> None:
    short, long_, other = (PriceRow(gtin=g, name="x", price_minor=1) for g in ("96385074", "0000096385074", "73513537"))
    loose = PriceRow(plu="4011", name="x", price_minor=1)
    assert spelt_twice((long_, other, loose, short)) == (short,)
    assert spelt_twice((other, loose, short)) == ()


def test_what_only_staff_sell_and_what_dates_and_batches_mean() -> None:
    text = "gtin,name,price_minor,tax_class,staff_only,open_price,recalled,short_date\n"
    (row,) = read_csv(text + "9520001220012,Beef,6990,food,yes,no,L1 L2,3:20 1:50\n")
    assert (row.staff_only, row.open_price, row.recalled, row.short_date) == (True, False, "L1 L2", "3:20 1:50")
    assert read_csv("".join(write_csv([row]))) == (row,)
    with pytest.raises(BadPriceBook) as bad:
        read_csv(text + "9520001220012,Beef,6990,food,perhaps,,,3:20 1:10\n")
    assert [problem.partition(":")[0] for problem in bad.value.problems] == [
        "line 2, column staff_only",
        "line 2, column short_date",
    ]
