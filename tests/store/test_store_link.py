"""With a real broker and foreign clients: what a till says reaches the books, and what it asks is answered."""

import json
import select
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from patience import DEADLINE_S, raise_it, until
from selling import BREAD, NOW, ROWS, Till, said
from sqlalchemy.engine import Engine
from strangers import asked

from kiosk.wire import asking
from kiosk.wire.codec import decode, encode
from kiosk.wire.messages import Ack, Answer, DeviceHealth, Health, LaneState, PriceBookHead
from kiosk.wire.outgoing import last_will, till_message
from store import schema
from store.config import Config, LinkTable, ReceiptsTable, StoreTable
from store.link import BadLink, Link
from store.parts import Parts, make_parts
from store.users import add_user

AT = "2026-11-23T09:13:40.002Z"


def _config(port: int, **link: str) -> Config:
    return Config(
        store=StoreTable(id="s001", name="Corner shop"),
        link=LinkTable(broker=f"mqtt://127.0.0.1:{port}", **link),
        receipts=ReceiptsTable(public_url="https://shop.example/"),
    )


class Listener:
    """mosquitto_sub, a client that knows nothing of us, told not to keep its lines to itself."""

    def __init__(self, port: int, topic: str, *options: str) -> None:
        command = [
            "stdbuf",
            "-oL",
            "mosquitto_sub",
            "-V",
            "5",
            "-q",
            "1",
            "-p",
            str(port),
            "-t",
            topic,
            "-v",
            "-d",
            *options,
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self._rest = b""

    def wait(self) -> "Listener":
        """Until the broker has taken the subscription."""
        self._read_until(b"Subscribed")
        return self

    def _read_until(self, mark: bytes) -> bytes:
        """The first line with the mark in it."""
        assert self.process.stdout is not None
        while True:
            while b"\n" in self._rest:
                line, self._rest = self._rest.split(b"\n", 1)
                if mark in line:
                    return line
            ready, _, _ = select.select([self.process.stdout], [], [], DEADLINE_S)
            assert ready, f"nothing with {mark!r} was heard"
            self._rest += self.process.stdout.read1(65536)  # type: ignore[attr-defined]

    def next(self) -> Any:
        """The data of the next message."""
        line = self._read_until(b'"specversion"')
        return decode(line[line.index(b" {") + 1 :]).data

    def close(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=DEADLINE_S)


@pytest.fixture
def hear(broker: int) -> Iterator[Callable[..., Listener]]:
    listeners: list[Listener] = []

    def listen(topic: str) -> Listener:
        listeners.append(Listener(broker, topic))
        return listeners[-1].wait()

    yield listen
    for listener in listeners:
        listener.close()


def _publish(port: int, topic: str, payload: bytes, *options: str) -> "subprocess.CompletedProcess[bytes]":
    command = ["mosquitto_pub", "-V", "5", "-q", "1", "-p", str(port), "-t", topic, "-s", *options]
    return subprocess.run(command, input=payload, capture_output=True, timeout=DEADLINE_S)


@pytest.fixture
def store(broker: int, engine: Engine) -> Iterator[Parts]:
    parts = make_parts(_config(broker), engine, lambda: NOW, raise_it)
    parts.prices.replace(ROWS, NOW, "test")
    parts.clerk.start()
    assert parts.link is not None
    parts.link.start()
    until(lambda: parts.link_up, "the store did not reach the broker")
    yield parts
    parts.link.stop()
    parts.clerk.stop()


@pytest.fixture
def head(store: Parts, hear: Callable[..., Listener]) -> Listener:
    """Whoever has heard this knows that the store has subscribed and works."""
    listener = hear("kassa/v1/s001/pricebook")
    assert listener.next().version == "1"
    return listener


def test_a_sale_is_acknowledged_when_it_is_in_the_books(
    broker: int, store: Parts, head: Listener, hear: Callable[..., Listener], database_url: str
) -> None:
    acks, sale = hear("kassa/v1/s001/k01/ack"), Till().sell((BREAD, 2))
    for _ in range(2):
        _publish(broker, "kassa/v1/s001/k01/sale", said(sale))
        assert acks.next() == Ack(ids=(sale.key,))
        assert asked(database_url, "SELECT key FROM sale") == sale.key


def test_garbage_from_anybody_harms_nobody(
    broker: int, store: Parts, head: Listener, hear: Callable[..., Listener]
) -> None:
    acks = hear("kassa/v1/s001/k01/ack")
    for what in ("sale", "stock", "event", "state", "health", "ask", "result"):
        for payload in (b"\xff\x00", b"{}", b"[" * 9000, b'{"specversion":"1.0","type":"kassa.ask.v1","id":"x"}'):
            _publish(broker, f"kassa/v1/s001/k01/{what}", payload)
    sale = Till().sell((BREAD, 2))
    _publish(broker, "kassa/v1/s001/k01/sale", said(sale))
    refused: set[str] = set()
    while not (ack := acks.next()).ids:  # those on sale, stock and event are told apart or, if they waited, at once
        refused |= {refusal.id for refusal in ack.refused}
    assert ack.ids == (sale.key,) and refused | {refusal.id for refusal in ack.refused} == {"x"}
    assert store.lanes.all() == []


def test_a_price_change_is_heard_at_once_and_its_rows_can_be_asked_for(
    broker: int, store: Parts, head: Listener, hear: Callable[..., Listener]
) -> None:
    answers = hear("kassa/v1/s001/k01/answer")
    store.prices.change_price(BREAD.code, 2990, NOW, "test")
    store.clerk.look()
    new = head.next()
    assert isinstance(new, PriceBookHead) and (new.version, new.items) == ("2", 3)
    ask = asking.question("k01-7", asking.PriceBookAsk(since="1"))
    message = till_message(ask, store="s001", till="k01", id="x", at=AT)
    _publish(broker, "kassa/v1/s001/k01/ask", encode(message))
    answer = answers.next()
    assert isinstance(answer, Answer) and answer.id == "k01-7"
    part = asking.answered(answer, asking.PriceBookPart)
    assert part is not None and part.rows == (replace(BREAD, price_minor=2990),) and part.digest == new.digest


def test_a_change_by_another_process_is_heard_too(store: Parts, head: Listener, database_url: str) -> None:
    """`store catalogue import` while the server runs."""
    columns = "version, items, digest, made_utc_ms, why"
    row = "SELECT 2, items, digest, 0, 'shell' FROM price_book WHERE version = 1"
    asked(database_url, f"INSERT INTO price_book ({columns}) {row}")
    assert head.next().version == "2"


def test_a_broker_that_forgot_everything_is_told_again(
    store: Parts,
    head: Listener,
    hear: Callable[..., Listener],
    stop_broker: Callable[[int], None],
    start_broker: Callable[..., int],
    broker: int,
) -> None:
    stop_broker(broker)
    until(lambda: not store.link_up, "the store did not notice")
    start_broker("allow_anonymous true", broker)
    until(lambda: store.link_up, "the store did not come back")
    assert hear("kassa/v1/s001/pricebook").next().version == "1"


def _ask(broker: int, answers: Listener, lookup: Any, kind: Any) -> Any:
    message = till_message(asking.question("1", lookup), store="s001", till="k01", id="x", at=AT)
    _publish(broker, "kassa/v1/s001/k01/ask", encode(message))
    return asking.answered(answers.next(), kind)


def test_a_till_hears_what_the_store_has_of_it_and_who_may_sign_in(
    broker: int, store: Parts, head: Listener, hear: Callable[..., Listener], engine: Engine
) -> None:
    answers, acks, till = hear("kassa/v1/s001/k01/answer"), hear("kassa/v1/s001/k01/ack"), Till()
    nothing = _ask(broker, answers, asking.ResumeAsk(), asking.ResumeAnswer)
    assert (nothing.sequence, nothing.hash) == (0, "")
    sales = [till.sell((BREAD, 1)) for _ in range(3)]
    for sale in sales:
        _publish(broker, "kassa/v1/s001/k01/sale", said(sale))
        acks.next()
    entry, _ = add_user(engine, "Eva", "supervisor", badge="b1")
    assert _ask(broker, answers, asking.ResumeAsk(), asking.ResumeAnswer) == asking.ResumeAnswer(
        sequence=3, hash=sales[-1].chain.hash, name="Corner shop", public_url="https://shop.example"
    )
    assert _ask(broker, answers, asking.StaffAsk(), asking.StaffAnswer) == asking.StaffAnswer(staff=(entry,))


def test_a_question_that_nobody_knows_is_answered_so(
    broker: int, store: Parts, head: Listener, hear: Callable[..., Listener]
) -> None:
    answers = hear("kassa/v1/s001/k01/answer")
    message = json.loads(
        encode(till_message(asking.question("9", asking.StaffAsk()), store="s001", till="k01", id="x", at=AT))
    )
    message["data"]["kind"] = "horoscope"
    _publish(broker, "kassa/v1/s001/k01/ask", json.dumps(message).encode())
    answer = answers.next()
    assert answer.id == "9" and "horoscope" in answer.error


def test_lanes_are_known_live_and_after_their_last_will(broker: int, store: Parts, head: Listener) -> None:
    state = LaneState(store="s001", till="k01", online=True, phase="scanning", items=3, due_minor=900, currency="SEK")
    health = Health(store="s001", till="k01", devices={"scanner": DeviceHealth(status="ok")}, outbox=4)
    address = {"store": "s001", "till": "k01", "id": "x", "at": AT}
    _publish(broker, "kassa/v1/s001/k01/state", encode(till_message(state, **address)), "-r")
    _publish(broker, "kassa/v1/s001/k01/health", encode(till_message(health, **address)), "-r")
    until(lambda: bool(store.lanes.all()) and store.lanes.all()[0].health is not None, "the lane was not heard")
    lane = store.lanes.all()[0]
    assert lane.online and lane.state == state and lane.health == health
    _publish(broker, "kassa/v1/s001/k01/state", encode(last_will("s001", "k01", at=AT)), "-r")
    until(lambda: not store.lanes.all()[0].online, "the last will was not heard")
    gone = store.lanes.all()[0].state
    assert gone is not None and gone.items == 3


def test_nobody_tells_of_another_lane(broker: int, store: Parts, head: Listener) -> None:
    state = LaneState(store="s001", till="k02", online=True)
    payload = encode(till_message(state, store="s001", till="k02", id="x", at=AT))
    _publish(broker, "kassa/v1/s001/k01/state", payload)
    until(lambda: store.clerk.counts["state", "refused"] == 1, "it was not refused")
    assert store.lanes.all() == []


# --- the broker as a shop has it -------------------------------------------------------------------------------------


@pytest.fixture
def guarded(tmp_path: Path, start_broker: Callable[[str], int]) -> int:
    """A broker with the access list that we ship."""
    passwords = tmp_path / "passwords"
    for name in ("s001", "s001/k01", "s001/k02"):
        create = [] if passwords.exists() else ["-c"]
        subprocess.run(
            ["mosquitto_passwd", "-b", *create, str(passwords), name, "secret"], check=True, capture_output=True
        )
    acl = Path(__file__).parents[2] / "config" / "mosquitto" / "kassa.acl"
    copy = tmp_path / "kassa.acl"
    copy.write_text(acl.read_text())
    for file in (passwords, copy):
        file.chmod(0o644)
    return start_broker(f"allow_anonymous false\npassword_file {passwords}\nacl_file {copy}")


def test_a_till_reaches_only_its_own_topics(guarded: int, engine: Engine, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("secret\n")
    parts = make_parts(_config(guarded, username="s001", password_file=str(password)), engine, lambda: NOW, raise_it)
    parts.prices.replace(ROWS, NOW, "test")
    parts.clerk.start()
    assert parts.link is not None
    parts.link.start()
    as_k01 = ("-u", "s001/k01", "-P", "secret")
    head = Listener(guarded, "kassa/v1/s001/pricebook", *as_k01)
    acks = Listener(guarded, "kassa/v1/s001/k01/ack", *as_k01)
    try:
        acks.wait()
        assert head.next().version == "1"
        sale = Till("k02").sell((BREAD, 1))
        denied = _publish(guarded, "kassa/v1/s001/k02/sale", said(sale), *as_k01)
        assert b"Not authorized" in denied.stderr
        mine = Till("k01").sell((BREAD, 1))
        _publish(guarded, "kassa/v1/s001/k01/sale", said(mine), *as_k01)
        assert acks.next().ids == (mine.key,)
        with engine.connect() as connection:
            assert connection.scalars(sa.select(schema.sale.c.key)).all() == [mine.key]
    finally:
        head.close()
        acks.close()
        parts.link.stop()
        parts.clerk.stop()


def test_a_wrong_password_is_in_the_log_and_not_a_mystery(
    guarded: int, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    password = tmp_path / "wrong"
    password.write_text("guess")
    parts = make_parts(_config(guarded, username="s001", password_file=str(password)), engine, lambda: NOW, raise_it)
    assert parts.link is not None
    heard = ""
    parts.link.start()

    def refused() -> bool:
        nonlocal heard
        heard += "".join(capsys.readouterr())
        return "link.refused" in heard

    until(refused, "nothing was logged")
    parts.link.stop()
    assert not parts.link_up


def test_a_link_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    table = LinkTable(broker="mqtts://127.0.0.1:1", ca=str(tmp_path / "none.pem"))
    with pytest.raises(BadLink, match=r"\[link\]"):
        Link(table, "s001", lambda *_: None, lambda: None)
