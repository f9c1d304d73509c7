"""Lanes of the version before: what they say is booked, and what they hear they can read.

`tests/golden/wire_before` holds what an earlier version's own encoder said, byte for byte, one file a message, and in
`heard.schema.json` what its decoder took (JSON Schema, told by its own types; it refused fields that it did not know).
They are never written anew by today's code: that would only prove that we understand ourselves.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from patience import raise_it
from selling import BREAD, NOW, ROWS, Till, on
from sqlalchemy.engine import Engine

from kiosk.checkout.sale import Chain, seal
from kiosk.values.canonical import canonical_json
from kiosk.wire import asking
from kiosk.wire.codec import decode, encode, envelope
from kiosk.wire.messages import Ack, Answer, Ask
from kiosk.wire.topics import Address
from store import schema
from store.answering import answer
from store.config import Config, StoreTable
from store.database import writing
from store.ingest import take
from store.parts import Parts, make_parts
from store.quarantine_schema import aside
from store.users import add_user

BEFORE = Path(__file__).parents[1] / "golden" / "wire_before"
HEARD = json.loads((BEFORE / "heard.schema.json").read_text())
SALES = ("sale.sale", "sale.return", "sale.void", "sale.training")
BOOKED = (*SALES, "stock.sale", "stock.return", "event.event")
ASKED = sorted(path.stem for path in BEFORE.glob("ask.*.json"))
TOLD = ("state.state", "basket.basket", "will.will", "health.health")


def payload(name: str) -> bytes:
    return (BEFORE / f"{name}.json").read_bytes()


def refused_at(value: Any, schema: dict[str, Any], place: str = "") -> list[str]:
    """Where the older decoder stops: a strict reading of the part of JSON Schema that its types are told in."""
    if "$ref" in schema:
        return refused_at(value, HEARD["components"][schema["$ref"].rpartition("/")[2]], place)
    if "anyOf" in schema:
        tried = [refused_at(value, one, place) for one in schema["anyOf"]]
        return [] if any(not one for one in tried) else min(tried, key=len)
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{place}: {value!r} is no word of its list"]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return [f"{place}: {value!r} is no {schema['type']}"]
    if isinstance(value, list):
        return [
            why for n, one in enumerate(value) for why in refused_at(one, schema.get("items") or {}, f"{place}/{n}")
        ]
    return _refused_fields(value, schema, place) if isinstance(value, dict) else []


def _refused_fields(value: dict[str, Any], schema: dict[str, Any], place: str) -> list[str]:
    known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    wrong = [f"{place}/{name} is missing" for name in schema.get("required", ()) if name not in value]
    for name, one in value.items():
        if name in known:
            wrong += refused_at(one, known[name], f"{place}/{name}")
        elif more is False:
            wrong.append(f"{place}/{name} is unknown")
        elif isinstance(more, dict):
            wrong += refused_at(one, more, f"{place}/{name}")
    return wrong


def heard(name: str, data: Any) -> list[str]:
    return refused_at(msgspec.json.decode(msgspec.json.encode(data)), HEARD["components"][name])


class Wire:
    """A link that keeps the bytes."""

    def __init__(self) -> None:
        self.said: list[tuple[str, bytes]] = []

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        self.said.append((topic, payload))


@pytest.fixture
def database() -> str:
    """These tests are about what is said, not about the books."""
    return "sqlite"


@pytest.fixture
def shop(engine: Engine) -> Parts:
    parts = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: NOW, raise_it)
    parts.prices.replace(ROWS, NOW, "test")
    parts.clerk.link = Wire()
    add_user(engine, "Eva", "supervisor", "4711", badge="b1")
    return parts


def answers(parts: Parts) -> list[bytes]:
    assert isinstance(parts.clerk.link, Wire)
    return [payload for topic, payload in parts.clerk.link.said if "/k01/" in topic]


def send(parts: Parts, what: Any, payload: bytes) -> dict[str, Any]:
    """The data of what the lane hears of it."""
    before = len(answers(parts))
    parts.clerk.put(Address("s001", "k01", what), payload)
    parts.clerk.turn()
    (said,) = answers(parts)[before:]
    return dict(json.loads(said)["data"])


def test_what_it_sends_is_booked_once_and_acknowledged_as_it_understands(shop: Parts) -> None:
    for name in (*BOOKED, *BOOKED):
        told = send(shop, name.partition(".")[0], payload(name))
        assert told["ids"] == [json.loads(payload(name))["id"]] and not told.get("refused")
        assert heard("Ack", told) == []
    with shop.engine.connect() as connection:
        found = connection.execute(sa.select(schema.sale.c.sequence, schema.sale.c.kind)).all()
        assert connection.scalar(sa.select(sa.func.count()).select_from(aside)) == 0
    assert sorted(map(tuple, found)) == [(1, "sale"), (2, "return"), (3, "void"), (4, "sale")]


@pytest.mark.parametrize("name", TOLD)
def test_what_it_tells_of_itself_is_on_the_board(shop: Parts, name: str) -> None:
    what = "state" if name == "will.will" else name.partition(".")[0]
    shop.clerk.put(Address("s001", "k01", what), payload(name))  # type: ignore[arg-type]  # a word of the topic
    shop.clerk.turn()
    assert shop.lanes.find("k01") is not None


def test_it_can_read_the_answer_to_each_of_its_questions(shop: Parts) -> None:
    for booked in BOOKED:
        send(shop, booked.partition(".")[0], payload(booked))
    unanswered = set()
    for name in ASKED:
        told, kind = send(shop, "ask", payload(name)), name.partition(".")[2]
        assert heard("Answer", told) == [] and told["kind"] == kind
        if told.get("error"):
            unanswered.add(kind)
        else:
            assert heard(HEARD["answers"][kind], told["data"]) == []
    assert unanswered == {"picture", "certificate"}  # the shop has no such picture and gives no certificates


def test_it_can_read_a_sale_of_a_machine_that_replaced_another(shop: Parts) -> None:
    """Which machine sealed it no lane asks, and the older decoder refuses a link that says it."""
    sold = Till().sell((BREAD, 1))
    second = seal(replace(sold, chain=Chain(sold.chain.previous, segment=2)))
    send(shop, "sale", payload("sale.sale"))
    with writing(shop.engine) as connection:
        body = canonical_json(msgspec.to_builtins(second)).decode()
        connection.execute(sa.update(schema.sale).where(schema.sale.c.key == second.key).values(body=body))
    told = send(shop, "ask", payload("ask.sale"))
    assert told["data"]["sale"]["sequence"] == 1 and heard("SaleAnswer", told["data"]) == []


def test_the_older_decoder_is_told_apart_from_todays() -> None:
    """So that the tests above can fail: it refuses a field that it does not know."""
    assert heard("ExitAnswer", {"type": "ExitAnswer", "state": "valid", "surprise": 1}) == ["/surprise is unknown"]
    assert heard("ExitAnswer", {"type": "ExitAnswer", "state": "perhaps"}) != []


# --- the other way ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ASKED)
def test_todays_lane_ignores_the_fields_of_a_newer_stores_answer(shop: Parts, name: str) -> None:
    ask = decode(payload(name)).data
    assert isinstance(ask, Ask)
    today = answer(shop.engine, shop.config, "k01", ask, NOW)
    newer = json.loads(encode(envelope(today, id="s001/answer/1", source="/kassa/s001", time="2026-11-23T09:13:40Z")))
    newer["surprise"] = newer["data"]["surprise"] = 1
    if not today.error:
        newer["data"]["data"]["surprise"] = {"deep": [1]}
    read = decode(json.dumps(newer).encode()).data
    kind = asking.KINDS[ask.kind][1]
    assert isinstance(read, Answer) and asking.answered(read, kind) == asking.answered(today, kind)
    assert today.error or asking.answered(read, kind) is not None


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("kassa.sale.v1", "kassa.sale.v0", "update the sender"),
        ("kassa.sale.v1", "kassa.sale.v2", "update this one"),
        ('"training":', '"surprise":1,"training":', "surprise"),
    ],
)
def test_a_sale_that_is_not_understood_is_kept_and_its_lane_is_told_in_words(
    engine: Engine, was: str, now: str, says: str
) -> None:
    strange = payload("sale.sale").replace(was.encode(), now.encode(), 1)
    taken = take(engine, on("sale"), strange, NOW)
    assert taken.outcome == "refused" and says in taken.reason
    assert isinstance(taken.ack, Ack) and heard("Ack", taken.ack) == []
    with engine.connect() as connection:
        kept = connection.execute(sa.select(aside.c.payload, aside.c.reason)).one()
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.sale)) == 0
    assert kept.payload == strange and says in kept.reason


def test_a_question_that_only_a_newer_lane_asks_is_answered_in_words(shop: Parts) -> None:
    newer = payload("ask.gaps").replace(b'"kind":"gaps"', b'"kind":"weather"')
    assert "does not know the question 'weather'" in send(shop, "ask", newer)["error"]
    more = payload("ask.gaps").replace(b'"kind":"gaps"', b'"kind":"gaps","surprise":1')
    assert send(shop, "ask", more)["data"] == {"sequences": []}


def test_words_that_nobody_knows_yet_are_shown_as_they_are(shop: Parts) -> None:
    newer = json.loads(payload("health.health"))
    newer["data"]["devices"]["scanner"]["status"] = "dreaming"
    shop.clerk.put(Address("s001", "k01", "health"), json.dumps(newer).encode())
    shop.clerk.turn()
    lane = shop.lanes.find("k01")
    assert lane is not None and lane.health is not None and lane.health.devices["scanner"].status == "dreaming"
