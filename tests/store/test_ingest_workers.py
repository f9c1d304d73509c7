"""Three workers as processes on one PostgreSQL and a real broker, one of them killed in the middle: every sale once."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from patience import until
from selling import BREAD, NOW, ROWS, WATER, Till, on, reported, said
from sqlalchemy.engine import Engine

from kiosk.checkout.sale import Sale
from kiosk.wire.codec import decode
from kiosk.wire.topics import till_topic
from store import schema
from store.__main__ import main
from store.ingest import take
from store.price_book import PriceBook

SALES, TILLS, AT_ONCE = 40, 6, 16
DEADLINE_S = 180
"""On a machine that has much else to do: only what never comes waits so long."""


class Worker:
    """A running `store serve --only ingest`."""

    def __init__(self, config: Path) -> None:
        command = [sys.executable, "-m", "store", "serve", "--only", "ingest", "--config", str(config)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, env=dict(os.environ), text=True)
        self.log: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.log += self.process.stderr

    def wait(self) -> None:
        """Until it hears the tills."""
        until(lambda: any("link.up" in line for line in self.log), "a worker did not come up", DEADLINE_S)

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(DEADLINE_S)


class Tills:
    """Lanes that say what they have sold, so many at a time, again and again until they hear that it is booked."""

    def __init__(self, port: int, queues: dict[str, list[tuple[str, str, bytes]]]) -> None:
        self.queues = {till: {id_: (topic, payload) for id_, topic, payload in rows} for till, rows in queues.items()}
        self.refused: list[Any] = []
        self.heard = 0
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        self._client.on_message = self._acknowledged
        self._subscribed = threading.Event()
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        self._client.subscribe("kassa/v1/s001/+/ack", qos=1)
        assert self._subscribed.wait(DEADLINE_S)

    def _acknowledged(self, _client: Any, _data: Any, message: Any) -> None:
        ack = decode(message.payload).data
        self.refused += ack.refused
        for queue in self.queues.values():
            for id_ in ack.ids:
                self.heard += queue.pop(id_, None) is not None

    def say(self) -> None:
        """What of each till's queue comes first."""
        for queue in self.queues.values():
            for topic, payload in list(queue.values())[:AT_ONCE]:
                self._client.publish(topic, payload, qos=1)

    @property
    def done(self) -> bool:
        return not any(self.queues.values())

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


def _queue(name: str) -> list[tuple[str, str, bytes]]:
    till, queue = Till(name), []
    for _ in range(SALES):
        sale = till.sell((BREAD, 1), (WATER, 2))
        queue.append((sale.key, till_topic("s001", name, "sale"), said(sale)))
        queue.append((f"{sale.key}/stock", till_topic("s001", name, "stock"), reported(sale)))
    return queue


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Workers are for PostgreSQL, unless a test says otherwise."""
    return str(getattr(request, "param", "postgresql"))


@pytest.fixture
def config(tmp_path: Path, broker: int, engine: Engine, database_url: str) -> Path:
    PriceBook(engine).replace(ROWS, NOW, "test")
    file = tmp_path / "store.toml"
    file.write_text(
        f'[store]\nid = "s001"\n[database]\nurl = "{database_url}"\n[link]\nbroker = "mqtt://127.0.0.1:{broker}"\n'
    )
    return file


@pytest.fixture
def start(config: Path) -> Iterator[Callable[[], Worker]]:
    workers: list[Worker] = []

    def started() -> Worker:
        workers.append(Worker(config))
        return workers[-1]

    yield started
    for worker in workers:
        if worker.process.poll() is None:
            worker.end(signal.SIGTERM)


@pytest.mark.slow
def test_three_workers_share_the_work_and_one_that_is_killed_costs_nothing(
    start: Callable[[], Worker], broker: int, engine: Engine
) -> None:
    workers = [start() for _ in range(3)]
    for worker in workers:
        worker.wait()
    tills = Tills(broker, {f"k{n:02}": _queue(f"k{n:02}") for n in range(TILLS)})
    tills.say()
    until(lambda: tills.heard > TILLS * SALES // 4, "nothing was booked", DEADLINE_S)
    assert workers[0].end(signal.SIGKILL) == -signal.SIGKILL
    workers.append(start())
    workers[-1].wait()

    def all_heard() -> bool:
        before = tills.heard
        tills.say()
        until(lambda: tills.done or tills.heard > before, "the others do not go on", DEADLINE_S)
        return tills.done

    while not all_heard():
        pass
    tills.close()
    assert tills.refused == []
    assert [worker.end(signal.SIGTERM) for worker in workers[1:]] == [0, 0, 0]
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.sale)) == TILLS * SALES
        assert connection.execute(sa.select(schema.sale_flag)).all() == []
        assert connection.execute(sa.select(schema.aside)).all() == []
        moved = sa.select(sa.func.sum(schema.stock_movement.c.count)).group_by(schema.stock_movement.c.gtin)
        assert sorted(connection.scalars(moved)) == [-2 * TILLS * SALES, -TILLS * SALES]
    levels = {json.loads(line)["level"] for worker in workers[1:] for line in worker.log}
    assert not levels & {"error", "critical"}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_two_workers_with_every_other_sale_of_a_lane_see_no_gap_where_there_is_none(engine: Engine) -> None:
    """Both look at the same neighbours at the same moment."""
    PriceBook(engine).replace(ROWS, NOW, "test")
    till = Till()
    sales = [till.sell((BREAD, 1)) for _ in range(40)]

    def work(mine: list[Sale]) -> None:
        for sale in mine:
            take(engine, on("sale"), said(sale), NOW)

    threads = [threading.Thread(target=work, args=(sales[start::2],)) for start in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.sale)) == len(sales)
        assert connection.execute(sa.select(schema.sale_flag)).all() == []


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_the_same_sale_with_two_workers_at_once_is_booked_once(engine: Engine) -> None:
    PriceBook(engine).replace(ROWS, NOW, "test")
    sale, outcomes, together = Till().sell((BREAD, 1)), list[str](), threading.Barrier(4)

    def work() -> None:
        together.wait(DEADLINE_S)
        outcomes.append(take(engine, on("sale"), said(sale), NOW).outcome)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["new", "same", "same", "same"]


def test_a_worker_needs_a_broker(tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "store.toml"
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{database_url}"\n')
    assert main(["serve", "--only", "ingest", "--config", str(file)]) == 1
    assert "without a broker" in capsys.readouterr().err
