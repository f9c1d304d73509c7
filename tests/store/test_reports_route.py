"""Reports over HTTP: as JSON, as a file, and every no in words."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from selling import BREAD, NOW, ROWS, WATER, Till, on, said
from sqlalchemy.engine import Engine

from store.api import make_app
from store.config import Config, StoreTable
from store.ingest import take
from store.parts import make_parts

AT = 1_795_521_600_000
"""24 November 2026, 13:00 in the shop."""


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def web(engine: Engine) -> TestClient:
    parts = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: AT, _raise)
    parts.prices.replace(ROWS, NOW, "test")
    for name, much in (("k01", 2), ("k02", 3)):
        take(engine, on("sale", name), said(Till(name).sell((BREAD, much), (WATER, 1))), NOW)
    return TestClient(make_app(parts))


def test_every_report_is_described_and_answers(web: TestClient) -> None:
    there: list[dict[str, Any]] = web.get("/api/v1/reports").json()
    assert {"sales", "products", "slow", "stock", "tax", "tenders", "loss"} <= {one["name"] for one in there}
    for one in there:
        for by in one["by"]:
            answer = web.get(f"/api/v1/reports/{one['name']}", params={"by": by})
            assert answer.status_code == 200, (one["name"], by, answer.text)


def test_a_report_is_split_filtered_and_cut(web: TestClient) -> None:
    asked = {"by": "till,hour", "where": ["till=k02"], "period": "yesterday"}
    answer = web.get("/api/v1/reports/sales", params=asked).json()
    (row,) = answer["rows"]
    assert (row["till"], row["hour"], row["items"], row["due_minor"]) == ("k02", 10, 4, 3 * 3290 + 1190 + 100)
    assert answer["totals"][0]["due_minor"] == row["due_minor"]
    assert web.get("/api/v1/reports/sales", params={"period": "today"}).json()["rows"] == []
    cut = web.get("/api/v1/reports/products", params={"limit": 1}).json()
    assert [one["product"] for one in cut["rows"]] == [BREAD.code] and cut["found"] == 2
    assert cut["totals"][0]["items"] == 7, "the sum is of everything, also of what is not shown"


def test_a_report_is_a_file(web: TestClient) -> None:
    answer = web.get("/api/v1/reports/sales", params={"format": "xlsx"})
    assert answer.headers["content-disposition"] == 'attachment; filename="sales.xlsx"'
    assert openpyxl.load_workbook(BytesIO(answer.content)).active["A2"].value == "2026-11-23"
    assert web.get("/api/v1/reports/sales?format=csv").text.startswith("day,currency,sales")
    assert web.get("/api/v1/reports/sales?format=pdf").content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("horoscope", 404, "there is bagging"),
        ("sales?by=moon", 422, "there is day"),
        ("sales?where=till", 422, "write it as till=k01"),
        ("sales?where=hour=noon", 422, "write a number"),
        ("sales?from=monday", 422, "from"),
        ("sales?format=doc", 422, "format"),
    ],
)
def test_a_no_is_a_problem_in_words(web: TestClient, path: str, status: int, says: str) -> None:
    answer = web.get(f"/api/v1/reports/{path}")
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]


def test_a_schedule_is_kept_over_http_and_taken_away(web: TestClient) -> None:
    wish = {"report": "sales", "by": ["hour"], "where": {"till": ["k01"]}, "period": "yesterday", "form": "pdf",
            "address": "boss@example.com", "every": "day", "hour": 6}  # fmt: skip
    made = web.post("/api/v1/report-schedules", json=wish)
    assert made.status_code == 201 and made.json()["due"] == "2026-11-25T05:00:00Z"
    assert [one["id"] for one in web.get("/api/v1/report-schedules").json()] == [made.json()["id"]]
    assert web.delete(f"/api/v1/report-schedules/{made.json()['id']}").status_code == 204
    assert web.delete(f"/api/v1/report-schedules/{made.json()['id']}").status_code == 404
    for change, says in (
        ({"address": "boss"}, "no e-mail"),
        ({"report": "moon"}, "no report"),
        ({"by": ["moon"]}, "day"),
    ):
        answer = web.post("/api/v1/report-schedules", json=wish | change)
        assert answer.status_code == 422 and says in answer.json()["detail"]
