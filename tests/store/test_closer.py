"""The calendar closes days: at once when all tills have, after a while without them, and again when something comes."""

from datetime import UTC, datetime

from closing import DAY, Lane
from selling import BREAD
from sqlalchemy.engine import Engine

from store import differences
from store.closer import Closer
from store.closing_days import view
from store.config import Config, StoreTable

CONFIG = Config(store=StoreTable(id="s001"))


def utc(day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


class Clock:
    """Stockholm is an hour ahead: a day of 23 November is closed from 04:00 UTC on the 24th."""

    now = utc(23, 20)

    def __call__(self) -> int:
        return self.now


def closer_of(engine: Engine, clock: Clock, config: Config = CONFIG) -> Closer:
    return Closer(config, engine, clock)


def test_a_day_is_closed_when_its_time_has_come(engine: Engine) -> None:
    lane, clock = Lane(engine), Clock()
    closer = closer_of(engine, clock)
    lane.send(sold := lane.sell((BREAD, 1)), now=clock.now)
    assert closer.turn() == []
    lane.z([sold])
    lane.settle({"visa": 3290})
    clock.now = utc(24, 3, 59)
    assert closer.turn() == []
    clock.now = utc(24, 4)
    assert closer.turn() == [DAY]
    assert closer.turn() == []
    assert view(engine, CONFIG, DAY, clock.now).state == "closed"


def test_it_waits_for_a_till_and_then_names_it(engine: Engine) -> None:
    lane, clock = Lane(engine), Clock()
    closer = closer_of(engine, clock)
    lane.send(lane.sell((BREAD, 1)), now=clock.now)
    clock.now = utc(24, 6, 59)
    assert closer.turn() == []
    clock.now = utc(24, 7)
    assert closer.turn() == [DAY]
    assert view(engine, CONFIG, DAY, clock.now).closings[0].missing == ("k01",)


def test_a_late_sale_is_a_correction_at_the_next_look(engine: Engine) -> None:
    lane, clock = Lane(engine), Clock()
    closer = closer_of(engine, clock)
    sales = [lane.sell((BREAD, 1)), lane.sell((BREAD, 2))]
    lane.send(sales[0], now=clock.now)
    lane.z(sales)
    lane.settle({"visa": 9870})
    clock.now = utc(24, 9)
    assert closer.turn() == [DAY]
    assert {one.what for one in differences.open_ones(engine)} == {"receipts", "settlement"}
    clock.now = utc(30, 9)
    lane.send(sales[1], now=clock.now)
    assert closer.turn() == [DAY]
    assert [row.revision for row in view(engine, CONFIG, DAY, clock.now).closings] == [1, 2]
    assert differences.open_ones(engine) == []


def test_where_people_close_the_calendar_does_not(engine: Engine) -> None:
    lane, clock = Lane(engine), Clock()
    config = Config(store=StoreTable(id="s001"), day=CONFIG.day.__class__(closes=""))
    lane.send(sold := lane.sell((BREAD, 1)), now=clock.now)
    lane.z([sold])
    clock.now = utc(28, 9)
    assert closer_of(engine, clock, config).turn() == []
