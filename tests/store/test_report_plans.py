"""How PostgreSQL answers a long report: the tenth month is planned like the first, whose plan fits what it asks."""

import sqlalchemy as sa

from store.database import engine_at
from store.report_shapes import reading
from store.schema import sale

MONTHS = 20


def test_every_month_of_a_report_is_planned_for_itself(postgres: str) -> None:
    engine = engine_at(postgres.format("head"))
    with reading(engine) as connection:
        for month in range(MONTHS):
            asked = sa.select(sa.func.count()).where(sale.c.business_day >= f"2026-{month:02}-01")
            assert connection.scalar(asked) == 0
        told = "SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements"
        generic, custom = connection.exec_driver_sql(told).one()
    engine.dispose()
    assert generic == 0, "a plan for any month"
    assert custom > MONTHS / 2, "the driver has the server keep what is asked again and again"
