"""What people open says what the report says, to programs that are not ours: openpyxl, pypdf and Python's csv."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pypdf
import pytest

from store.report_files import as_data, written
from store.report_shapes import Head, Report
from store.report_words import shown

REPORT = Report(
    "products", "Top sellers",
    (
        Head("product", "Product", "product"), Head("name", "Name", "text"), Head("currency", "Currency", "currency"),
        Head("items", "Items", "count"), Head("goods_minor", "Goods", "money"), Head("weight_g", "By weight", "grams"),
        Head("quick_permille", "Within a minute", "permille"), Head("clear_ms", "Time to clear", "ms"),
    ),
    (
        ("9520000000011", "Rågbröd, grovt", "SEK", 1200, 3948050, 0, 667, 61_500),
        ("4011", "=HYPERLINK(\"http://x\")", "SEK", -3, -7470, 1412, None, None),
    ),
    ((None, None, "SEK", 1197, 3940580, 1412, 667, 61_500),), ("product",), 2,
)  # fmt: skip


def test_csv_and_json_carry_whole_units_and_a_name_is_never_a_formula() -> None:
    rows = list(csv.reader(StringIO(written(REPORT, "csv", "SEK").decode())))
    assert rows[0] == list(REPORT.columns)
    assert rows[1] == ["9520000000011", "Rågbröd, grovt", "SEK", "1200", "3948050", "0", "667", "61500"]
    assert rows[2][1] == '\'=HYPERLINK("http://x")' and rows[2][4] == "-7470" and rows[2][6] == ""
    data = json.loads(written(REPORT, "json", "SEK"))
    assert data == json.loads(json.dumps(as_data(REPORT)))
    assert data["rows"][1]["clear_ms"] is None and data["totals"][0]["goods_minor"] == 3940580


def test_a_workbook_has_numbers_that_can_be_added_up() -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(REPORT, "xlsx", "SEK")))["Top sellers"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [head.title for head in REPORT.heads]
    assert rows[1] == ["9520000000011", "Rågbröd, grovt", "SEK", 1200, 39480.5, 0, 0.667, 61.5]
    assert rows[2][1] == '=HYPERLINK("http://x")' and sheet["B3"].data_type == "s", "a text, whatever it begins with"
    assert sheet["E2"].number_format == "#,##0.00" and rows[3][4] == 39405.8
    assert sheet.freeze_panes == "A2"


def test_a_page_has_every_row_and_its_heads_on_every_page() -> None:
    long = Report(REPORT.name, REPORT.title, REPORT.heads, REPORT.rows * 60, REPORT.totals, REPORT.by, 120)
    pages = pypdf.PdfReader(BytesIO(written(long, "pdf", "SEK"))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert len(pages) > 2 and all("Time to clear" in text for text in texts)
    assert sum(text.count("39,480.50") for text in texts) == 60
    assert "Together" in texts[-1] and "39,405.80" in texts[-1]
    assert written(long, "pdf", "SEK") == written(long, "pdf", "SEK"), "the same report is the same file"


def test_nothing_is_said_in_words() -> None:
    empty = Report(REPORT.name, REPORT.title, REPORT.heads, ())
    assert "Nothing in this period." in pypdf.PdfReader(BytesIO(written(empty, "pdf", "SEK"))).pages[0].extract_text()
    assert written(empty, "csv", "SEK").decode().count("\n") == 1
    assert openpyxl.load_workbook(BytesIO(written(empty, "xlsx", "SEK"))).active.max_row == 1


@pytest.mark.parametrize(
    ("value", "unit", "says"),
    [
        (1234567, "money", "12,345.67"), (-5, "money", "-0.05"), (667, "permille", "66.7 %"),
        (1412, "grams", "1.412 kg"),
        (59_400, "ms", "59 s"), (59_600, "ms", "1 min 00 s"), (7_800_000, "ms", "2 h 10 min"), (1333, "milli", "1.33"),
        (-1336, "milli", "-1.33"), (None, "money", ""), (4, "basket", "4 to 6"), (51, "basket", "51 or more"),
        (1, "basket", "1"), (17, "hour", "17:00"), (-1, "hour", "Unknown"), (600, "rate", "6 %"),
        (550, "rate", "5.5 %"),
        ("", "group", "No group"), (1, "weekday", "Monday"), (0, "weekday", "Unknown"), (30, "days", "30 d"),
    ],
)  # fmt: skip
def test_values_are_shown_as_people_read_them(value: str | int | None, unit: str, says: str) -> None:
    assert shown(value, unit, "SEK") == says
