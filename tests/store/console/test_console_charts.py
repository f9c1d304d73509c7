"""A chart shows what the table says, to the minor unit, in an order that people expect."""

from typing import Any

from store.console.charts import MOST_BARS, chart
from store.report_book import PRODUCTS, SALES, TENDERS
from store.report_shapes import Head, Report, Row


def report(name: str, by: tuple[str, ...], shown: str, *rows: Row, named: bool = False) -> Report:
    heads = [Head(one, one, one) for one in by] + ([Head("name", "Name", "text")] if named else [])
    return Report(name, name, (*heads, Head(shown, "Shown", "money")), rows, (), by, len(rows))


def drawn(options: dict[str, Any] | None) -> dict[str, Any]:
    assert options is not None
    return options


def test_days_run_along_the_bottom_and_a_second_split_is_a_line_each() -> None:
    rows: tuple[Row, ...] = (("2026-11-21", "k01", 10050), ("2026-11-22", "k02", -5), ("2026-11-23", "k01", 700))
    options = drawn(chart(report("sales", ("day", "till"), "due_minor", *rows), SALES, "SEK"))
    assert options["xAxis"]["data"] == ["2026-11-21", "2026-11-22", "2026-11-23"]
    assert [(one["name"], one["type"], one["data"]) for one in options["series"]] == [
        ("k01", "line", ["100.50", "0.00", "7.00"]), ("k02", "line", ["0.00", "-0.05", "0.00"]),
    ]  # fmt: skip


def test_products_stand_at_the_left_by_name_and_only_so_many() -> None:
    rows = [(str(n), f"Goods {n}", 100 * (50 - n)) for n in range(40)]
    options = drawn(chart(report("products", ("product",), "goods_minor", *rows, named=True), PRODUCTS, "JPY"))
    assert options["yAxis"]["data"] == [f"Goods {n}" for n in range(MOST_BARS)] and options["yAxis"]["inverse"]
    assert options["series"][0]["data"][0] == "5000", "a yen has no smaller unit"


def test_shares_are_a_ring_with_the_small_ones_together_and_nothing_below_nothing() -> None:
    rows = [(f"t{n}", 1000 - n) for n in range(10)] + [("cash", -500)]
    (ring,) = drawn(chart(report("tenders", ("tender",), "amount_minor", *rows), TENDERS, "SEK"))["series"]
    assert [one["name"] for one in ring["data"]][-2:] == ["T6", "Everything else"]
    assert ring["data"][-1]["value"] == "29.76"


def test_one_row_is_no_picture() -> None:
    assert chart(report("sales", ("till",), "due_minor", ("k01", 1)), SALES, "SEK") is None
    assert chart(report("slow", ("product",), "due_minor", ("1", 1), ("2", 2)), None, "SEK") is None
