"""A database that a test gets is as fresh as a copy of its own, whatever the test before it did."""

from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from lending import Lending, administrator

from store.database import engine_at
from store.lane_config_schema import lane_change

CHANGE = {"till": "k01", "number": 1, "text": "", "by": "", "why": "", "made_utc_ms": 1, "state": "kept"}


@pytest.fixture
def books(postgres: str) -> Iterator[Lending]:
    """Databases that no other test has had."""
    with administrator(postgres) as connection:
        yield Lending(postgres, "head", connection)


def test_what_a_test_wrote_is_gone_its_numbers_begin_anew_and_nobody_of_it_is_left(
    books: Lending, postgres: str
) -> None:
    with books.lent() as first:
        left = engine_at(postgres.format(first))
        with left.begin() as connection:
            assert connection.execute(lane_change.insert().values(CHANGE)).inserted_primary_key[0] == 1
        open_still = left.connect()
        assert open_still.scalar(sa.select(sa.func.count()).select_from(lane_change)) == 1
    with books.lent() as second:
        with pytest.raises(sa.exc.OperationalError):
            open_still.execute(sa.text("SELECT 1"))
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            administrator(postgres, first)
        other = engine_at(postgres.format(second))
        with other.begin() as connection:
            assert connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            assert connection.scalar(sa.select(sa.func.count()).select_from(lane_change)) == 0
            assert connection.execute(lane_change.insert().values(CHANGE)).inserted_primary_key[0] == 1
        other.dispose()
    left.dispose()


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE lane_change RENAME TO lost",
        "ALTER TABLE lane_change ALTER why DROP NOT NULL",
        "ALTER TABLE lane_change ALTER sent SET DEFAULT 'x'",
        "CREATE UNIQUE INDEX cut ON lane_change ((1))",
        "CREATE TABLE of_tomorrow (x integer)",
        "DROP TABLE lane_change",
        "UPDATE alembic_version SET version_num = '9999'",
        "SELECT nextval(pg_get_serial_sequence('lane_change', 'n'))",
    ],
)
def test_one_that_was_changed_is_not_lent_again(books: Lending, postgres: str, change: str) -> None:
    with books.lent() as first, administrator(postgres, first) as inside:
        inside.execute(change)
    with books.lent() as second, administrator(postgres, second) as inside:
        assert inside.execute("SELECT count(why) FROM lane_change").fetchone() == (0,)
        columns = "SELECT is_nullable, to_regclass('lost') FROM information_schema.columns WHERE column_name = 'why'"
        assert ("YES", None) not in inside.execute(columns + " AND table_name = 'lane_change'").fetchall()
        assert inside.execute("SELECT to_regclass('cut'), to_regclass('of_tomorrow')").fetchone() == (None, None)
        assert inside.execute("SELECT version_num FROM alembic_version").fetchone() != ("9999",)
        assert inside.execute("SELECT nextval(pg_get_serial_sequence('lane_change', 'n'))").fetchone() == (1,)
        assert inside.execute(
            "INSERT INTO lane_change (till, number, text, by, why, made_utc_ms, state)"
            " VALUES ('', 1, '', '', '', 1, '') RETURNING sent"
        ).fetchone() == ("",)
