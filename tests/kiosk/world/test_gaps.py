"""A sale that the store has lost after it had acknowledged it comes into the books once more."""

import sqlalchemy as sa
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.world.shops import FACTS
from kiosk.world.stage import Stage
from store import schema
from store.database import writing

BREAD = "9520001200014"
_PARTS = (schema.sale_line, schema.sale_tax, schema.sale_tender, schema.sale_flag, schema.stock_movement)


def _given_up(stage: Stage) -> None:
    """A visit that ends with nothing bought is sealed too."""
    stage.act(lambda: stage.top.scanner.scan(BREAD, "]E0"))
    stage.wait(1_000)
    for event in (e.StaffSignedIn(staff="u2", name="Bo", role="cashier"), e.ShoppingStopped()):
        stage.act(lambda event=event: stage.lane.running.say(event))  # type: ignore[misc]  # bound now
    stage.wait(60_000)


def test_what_the_store_lost_between_two_sales_is_there_after_the_next_connection() -> None:
    stage = Stage(replace(FACTS, languages=("en",)))
    for _ in range(3):
        _given_up(stage)
    whole = stage.office.sales()
    assert len(whole) == 3 and not stage.lane.journal.outbox.length()
    lost = whole[1].key
    with writing(stage.office._engine) as books:
        for table in _PARTS:
            books.execute(sa.delete(table).where(table.c.sale_key == lost))
        books.execute(sa.delete(schema.stock_report).where(schema.stock_report.c.sale_key == lost))
        books.execute(sa.delete(schema.sale).where(schema.sale.c.key == lost))
    assert [sale.key for sale in stage.office.sales()] == [whole[0].key, whole[2].key]
    for up in (False, True):
        stage.act(lambda up=up: stage.shop.wire.set_up(up))  # type: ignore[misc]  # bound now
        stage.wait(20_000)
    assert stage.office.sales() == whole and stage.office.flags() == []
    assert not stage.lane.journal.outbox.length()
    stage.close()
