"""Many rows in one go say the same as one by one, whatever stands in them, on both databases."""

import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from store.bulk import add_rows, insert_rows
from store.database import writing

HERE = sa.MetaData()
THINGS = sa.Table(
    "bulk_thing",
    HERE,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text),
    sa.Column("number", sa.BigInteger),
    sa.Column("yes", sa.Boolean),
    sa.Column("rest", sa.Text, nullable=False, server_default="as it was"),
)
LEVELS = sa.Table(
    "bulk_level",
    HERE,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("untold", sa.Boolean, nullable=False),
)
texts = st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
numbers = st.none() | st.integers(-(2**63), 2**63 - 1)
rows = st.lists(st.tuples(texts, numbers, st.none() | st.booleans()), min_size=1, max_size=8)
AWKWARD = [
    "",
    "NULL",
    "null",
    '"',
    "\\",
    '\\"',
    "{a,b}",
    "a,b",
    " lead",
    "tail ",
    "\n\t",
    "%s %(n)s",
    ":n",
    "å日🥛",
    None,
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(one, n, None) for n, one in enumerate(AWKWARD)])
@given(rows)
def test_what_is_read_back_is_what_was_put_in(
    engine: Engine, told: list[tuple[str | None, int | None, bool | None]]
) -> None:
    made = [{"n": n, "text": text, "number": number, "yes": yes} for n, (text, number, yes) in enumerate(told)]
    HERE.create_all(engine)
    with writing(engine) as connection:
        connection.execute(sa.delete(THINGS))
        insert_rows(connection, THINGS, made)
    with engine.connect() as connection:
        found = connection.execute(sa.select(THINGS).order_by(THINGS.c.n)).mappings().all()
    assert [dict(row) for row in found] == [{**row, "rest": "as it was"} for row in made]


def test_numbers_are_added_to_what_is_there_and_the_rest_becomes_as_said(engine: Engine) -> None:
    HERE.create_all(engine)
    with writing(engine) as connection:
        add_rows(connection, LEVELS, [{"code": '"a"', "count": 3, "untold": False}])
        again = [{"code": '"a"', "count": -5, "untold": True}, {"code": "b", "count": 1, "untold": False}]
        add_rows(connection, LEVELS, again)
        add_rows(connection, LEVELS, [])
    with engine.connect() as connection:
        found = connection.execute(sa.select(LEVELS).order_by(LEVELS.c.code)).all()
    assert [tuple(row) for row in found] == [('"a"', -2, True), ("b", 1, False)]
