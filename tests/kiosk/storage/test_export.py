"""Sealed sales come out complete, and other programs can read them."""

import csv
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.checkout.sale import SaleLine
from kiosk.storage.export import csv_lines, main, poslog_json
from kiosk.storage.journal import Journal
from kiosk.world.cuts import Traffic


def test_poslog_is_one_json_document_with_every_sale(sold: Journal) -> None:
    document = json.loads("".join(poslog_json(sold.sales())))
    sale, void, _ = document["POSLog"]["Transaction"]
    assert (sale["TransactionID"], sale["SequenceNumber"]) == ("s001/k01/2026-11-18/000001", 1)
    assert (sale["CancelFlag"], void["CancelFlag"]) == (False, True)
    retail = sale["RetailTransaction"]
    assert [item["Sale"]["Quantity"] for item in retail["LineItem"]] == [1, 2]
    assert retail["Total"]["TransactionGrandAmount"] == sum(tender["Amount"] for tender in retail["Tender"]) == 5570
    assert retail["Tender"][0]["CreditDebit"]["PrimaryAccountNumber"] == "************4021"
    assert void["Chain"]["Previous"] == sale["Chain"]["Hash"]


def test_poslog_of_no_sale_is_still_json() -> None:
    assert json.loads("".join(poslog_json([])))["POSLog"]["Transaction"] == []


def test_poslog_comes_one_transaction_a_line(sold: Journal) -> None:
    assert len("".join(poslog_json(sold.sales())).splitlines()) == 4


def test_csv_has_a_line_for_every_line_item(sold: Journal) -> None:
    rows = list(csv.DictReader("".join(csv_lines(sold.sales())).splitlines()))
    assert [(row["sequence"], row["name"], row["count"]) for row in rows] == [
        ("1", "Mjölk", "1"),
        ("1", "Cola", "2"),
        ("2", "Cola", "1"),
        ("3", "Mjölk", "1"),
    ]
    goods = sum(int(row["amount_minor"]) + int(row["deposit_minor"]) for row in rows if row["sequence"] == "1")
    assert goods == int(rows[0]["due_minor"]) == 5570
    assert rows[0]["tenders"] == "card:5570"


def test_names_with_every_oddity_survive_csv(traffic: Traffic) -> None:
    odd = 'Räksmörgås, 6" "extra"\nمياه'
    sale = traffic.truths[-1].sales[0]
    line: SaleLine = replace(sale.lines[0], name=odd)
    text = "".join(csv_lines([replace(sale, lines=(line,))]))
    assert [row["name"] for row in csv.DictReader(text.splitlines(keepends=True))] == [odd]


def test_the_command_takes_the_business_days_that_were_asked_for(
    path: Path, sold: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    sold.close()
    assert main(path, format="csv", from_day="2026-11-18", to_day="2026-11-18") == 0
    assert len(capsys.readouterr().out.splitlines()) == 5
    assert main(path, format="csv", from_day="2026-11-19", to_day="2026-12-31") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_the_command_refuses_a_day_that_is_none_and_a_file_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for day in ("18/11/2026", "20261118", "2026-W47-3", "2026-02-30"):
        assert main(tmp_path / "x.db", format="csv", from_day=day, to_day="2026-12-31") == 2
        assert "write it as 2026-11-23" in capsys.readouterr().err
    assert main(tmp_path / "x.db", format="csv", from_day="2026-11-19", to_day="2026-11-18") == 2
    assert "the earlier one comes first" in capsys.readouterr().err
    assert main(tmp_path / "x.db", format="csv", from_day="2026-11-18", to_day="2026-12-31") == 1
    assert "there is no database at" in capsys.readouterr().err
