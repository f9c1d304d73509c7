"""The benches of the books still run: small here, so that nobody finds it out on the day of the measurement."""

import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import booking
import reporting
from shop_year import Year

from store.database import open_books
from store.reports import make_report
from store.rollup_care import differences
from store.schema import sale


def test_sales_are_booked_beside_the_same_rows_bare(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bare on SQLite, whatever ours is on: a second empty database is not to be had here."""
    monkeypatch.setattr(booking, "SALES", 200)
    figures = booking.ours_and_bare(database_url, f"sqlite:///{tmp_path}/bare.db")
    assert figures["ours_ms"] > figures["bare_ms"] > 0


def test_a_made_up_year_is_what_the_books_would_have_made_of_it(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_books(database_url)
    reporting._make(engine, database_url, Year(1, sales_a_day=4))
    with engine.connect() as connection:
        count = connection.scalar(sa.select(sa.func.count()).select_from(sale))
    assert count == 365 * 4
    assert f"{count} sales" in capsys.readouterr().out
    wrong = [one.told() for one in differences(engine) if one.day < "2025-03"]
    assert wrong == [], "until the month in which summer time begins, which a repeated month knows nothing of"
    for report in reporting.asked(1000):
        assert make_report(engine, report, reporting.ZONE).found >= 0
