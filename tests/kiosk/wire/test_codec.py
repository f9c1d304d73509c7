"""The codec reads what we send and nothing else; every message is golden, so that no field changes by accident."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect

from kiosk.checkout.sale import (
    CardSlipData,
    Chain,
    ClearedIntervention,
    Discount,
    Sale,
    SaleLine,
    TaxTotal,
    Tender,
    Totals,
    link_hash,
    seal,
)
from kiosk.wire import asking, asyncapi, codec, outgoing
from kiosk.wire import messages as m
from kiosk.wire.codec import LARGEST_BYTES, BadMessage, decode, encode, envelope, read_data
from kiosk.wire.price_csv import PriceRow

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden" / "wire"
AT = "2026-11-23T09:13:40.002Z"

SALE = seal(
    Sale(
        store="s001", till="k01", business_day="2026-11-23", sequence=42, kind="sale", training=False,
        started="2026-11-23T09:12:03.120Z", sealed=AT, currency="SEK", language="sv", price_book="17", customer=None,
        lines=(
            SaleLine(
                line=1, gtin="07310865004703", name="Läsk", category="drinks/soft", entry="scan", count=2,
                weight_g=None, unit_price_minor=1590, amount_minor=3180,
                discounts=(Discount("2for25", -680),), tax_bp=600, deposit_minor=200, price_book="17",
            ),
        ),
        totals=Totals(2500, 200, 0, 2700, (TaxTotal(600, 2358, 142),)),
        tenders=(
            Tender(
                "card", 2700, "k01-000042-1",
                CardSlipData("Visa", "************4021", "29001234", "0175", "000312", "831000"),
            ),
        ),
        interventions=(ClearedIntervention("age", "2026-11-23T09:12:30.000Z", AT, "u7", "console"),),
        chain=Chain("0" * 64),
    )
)  # fmt: skip
ASK = asking.question("k01-7", asking.PriceBookAsk(since="16", version="17", offset=500))
PART = asking.PriceBookPart(
    version="17",
    kind="delta",
    offset=500,
    total=501,
    rows=(PriceRow(gtin="9520000000011", name="Bread", price_minor=3290, tax_class="food"),),
    items=1200,
    digest="0" * 64,
)
TILL = {"store": "s001", "till": "k01"}
HOME = "/kassa/s001"

EXAMPLES: dict[str, m.Envelope[Any]] = {
    "sale": outgoing.sale_message(SALE),
    "stock": outgoing.stock_message(SALE),
    "event": outgoing.event_message("s001", "k01", 9, "intervention.opened", {"reason": "age", "detail": ""}, AT),
    "state": outgoing.till_message(
        m.LaneState(
            **TILL,
            online=True,
            phase="scanning",
            mode="demo",
            staff_needed=(m.StaffNeed(reason="age", since=AT),),
            items=3,
            due_minor=2700,
            currency="SEK",
            price_book="17",
            software="0.1.0",
            number="4",
        ),
        id="s001/k01/state/1",
        at=AT,
        **TILL,
    ),
    "basket": outgoing.till_message(
        m.OpenBasket(
            **TILL,
            started_utc_ms=1_795_425_123_120,
            currency="SEK",
            due_minor=2700,
            lines=(
                m.BasketLine(
                    line=1,
                    gtin="07310865004703",
                    name="Water",
                    count=2,
                    unit_price_minor=1250,
                    amount_minor=2700,
                ),
            ),
        ),
        id="s001/k01/basket/1",
        at=AT,
        **TILL,
    ),
    "will": outgoing.last_will("s001", "k01", at=AT, number="4", software="0.1.0"),
    "health": outgoing.till_message(
        m.Health(
            **TILL,
            devices={
                "scanner": m.DeviceHealth(status="ok"),
                "scale": m.DeviceHealth(status="lost", why="no answer", since=AT),
            },
            paper="low",
            disk_free_mib=812,
            temperature_c=51,
            clock_offset_ms=-12,
            outbox=3,
        ),
        id="s001/k01/health/1",
        at=AT,
        **TILL,
    ),
    "ask": outgoing.till_message(ASK, id="s001/k01/ask/7", at=AT, **TILL),
    "answer": envelope(asking.answer(ASK, PART), id="s001/answer/7", source=HOME, time=AT),
    "answer_none": envelope(asking.no_answer(ASK, "not now"), id="s001/answer/8", source=HOME, time=AT),
    "ack": envelope(
        m.Ack(ids=(SALE.key,), refused=(m.Refusal(id="x", reason="unreadable"),)), id="s001/ack/1", source=HOME, time=AT
    ),
    "command": envelope(
        m.Command(id="c1", kind="close", staff="u7", expires=AT), id="s001/command/c1", source=HOME, time=AT
    ),
    "result": outgoing.till_message(
        m.Result(id="c1", done=False, why="expired"), id="s001/k01/result/c1", at=AT, **TILL
    ),
    "pricebook": envelope(
        m.PriceBookHead(version="17", items=1200, digest="0" * 64), id="s001/pricebook/17", source=HOME, time=AT
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_message_on_the_wire_is_golden(name: str) -> None:
    """To approve a change that is meant: delete the file, run this once, read the difference."""
    golden = GOLDEN / f"{name}.json"
    said = json.dumps(json.loads(encode(EXAMPLES[name])), indent=1, ensure_ascii=False) + "\n"
    if not golden.exists():
        golden.write_text(said)
        pytest.fail(f"{golden} was missing and has been written: read it, then run this again")
    assert said == golden.read_text()


def test_every_type_has_an_example() -> None:
    assert {example.type for example in EXAMPLES.values()} == set(m.TYPES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_was_said_is_what_is_heard(name: str) -> None:
    assert decode(encode(EXAMPLES[name])) == EXAMPLES[name]


def test_a_sale_has_the_fields_that_were_promised() -> None:
    data = json.loads(encode(EXAMPLES["sale"]))["data"]
    assert set(data) == {
        "store", "till", "business_day", "sequence", "kind", "training", "started", "sealed", "currency", "language",
        "price_book", "customer", "lines", "totals", "tenders", "interventions", "chain",
    }  # fmt: skip
    assert {
        "line", "gtin", "name", "category", "entry", "count", "weight_g", "unit_price_minor", "amount_minor",
        "discounts", "tax_bp", "deposit_minor", "price_book",
    } <= set(data["lines"][0])  # fmt: skip
    assert set(data["totals"]) == {"goods_minor", "deposit_minor", "rounding_minor", "due_minor", "tax"}
    assert {"kind", "amount_minor", "attempt", "card"} <= set(data["tenders"][0])
    assert {"scheme", "masked", "terminal", "receipt", "trace", "authorization"} <= set(data["tenders"][0]["card"])
    assert {"reason", "opened", "cleared", "by", "where"} <= set(data["interventions"][0])
    assert set(data["chain"]) == {"previous", "hash"}


def test_the_hash_on_the_wire_can_be_worked_out_from_the_wire() -> None:
    """By a stranger with an RFC 8785 library and a hash, without our code."""
    import hashlib

    import rfc8785

    data = json.loads(encode(EXAMPLES["sale"]))["data"]
    claimed = data["chain"].pop("hash")
    assert claimed == hashlib.sha256(data["chain"]["previous"].encode() + rfc8785.dumps(data)).hexdigest()
    assert claimed == link_hash(SALE)


@given(st.binary(max_size=200))
def test_noise_is_a_bad_message(noise: bytes) -> None:
    with pytest.raises(BadMessage):
        decode(noise)


@given(st.data())
def test_a_damaged_message_is_heard_as_a_message_or_refused(data: st.DataObject) -> None:
    payload = bytearray(encode(EXAMPLES["sale"]))
    for _ in range(data.draw(st.integers(1, 4))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(decode(bytes(payload)), m.Envelope)
    except BadMessage as bad:
        assert bad.why


def _sale_with(**changes: object) -> bytes:
    message = json.loads(encode(EXAMPLES["sale"]))
    message["data"].update(changes)
    return json.dumps(message).encode()


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (_sale_with(sequence="42"), "Expected `int`"),
        (_sale_with(surprise=1), "surprise"),
        (_sale_with(sequence=2**60), "too large"),
        (_sale_with(language="s\0v"), "NUL"),
        (_sale_with(kind="gift"), "gift"),
        (b'{"specversion":"1.0","type":"kassa.sale.v9","id":"x"}', "unknown type"),
        (b'{"specversion":"0.3","type":"kassa.sale.v1","id":"x"}', "CloudEvents"),
        (b"[" * 100_000, "no JSON"),
        (b'{"type":"x","a":' + b"[" * 100_000, "recursion"),
        (b" " * (LARGEST_BYTES + 1), "bytes"),
        (b"", "no JSON"),
        (b"null", "no JSON"),
    ],
)
def test_what_is_wrong_is_said(payload: bytes, why: str) -> None:
    with pytest.raises(BadMessage, match=why):
        decode(payload)


@pytest.mark.parametrize("spaces", [(",", ":"), (" ,\n", "\t:\r\n ")])
@pytest.mark.parametrize("strange", [2**53, -(2**53), 10**16, 2**64, 1.5e30, -1.5, "a\0b"])
@given(st.data())
def test_a_strange_value_is_refused_wherever_it_stands(
    strange: object, spaces: tuple[str, str], data: st.DataObject
) -> None:
    message = json.loads(encode(EXAMPLES["sale"]))
    within: Any = message["data"]
    while isinstance(within, dict | list):
        place = data.draw(st.sampled_from([*within] if isinstance(within, dict) else range(len(within))))
        last, within = within, within[place] if within[place] not in ([], {}) else None
    last[place] = strange
    with pytest.raises(BadMessage):
        decode(json.dumps(message, separators=spaces).encode())


def _is_open(kind: inspect.Type) -> bool:
    """Whether any JSON fits somewhere in there."""
    match kind:
        case inspect.StructType():
            return any(_is_open(field.type) for field in kind.fields)
        case inspect.UnionType():
            return any(map(_is_open, kind.types))
        case inspect.VarTupleType() | inspect.ListType():
            return _is_open(kind.item_type)
        case inspect.TupleType():
            return any(map(_is_open, kind.item_types))
        case _:
            return not isinstance(kind, inspect.IntType | inspect.StrType | inspect.BoolType | inspect.NoneType
                                  | inspect.LiteralType | inspect.EnumType)  # fmt: skip


def test_what_is_not_walked_through_has_no_open_field() -> None:
    assert _is_open(inspect.type_info(m.LaneEvent))
    assert not any(_is_open(inspect.type_info(m.TYPES[name])) for name in codec._CLOSED)


def test_deep_data_is_refused() -> None:
    deep: Any = 1
    for _ in range(60):
        deep = [deep]
    lane_event = outgoing.event_message("s001", "k01", 1, "x", {"deep": deep}, AT)
    with pytest.raises(BadMessage, match="deep"):
        decode(encode(lane_event))


def test_a_fraction_is_refused() -> None:
    lane_event = outgoing.event_message("s001", "k01", 1, "x", {"amount": 1.5}, AT)
    with pytest.raises(BadMessage, match="no place"):
        decode(encode(lane_event))


def test_a_bad_message_says_whose_it_is() -> None:
    with pytest.raises(BadMessage) as bad:
        decode(_sale_with(sequence="42"))
    assert bad.value.id == SALE.key


def test_the_data_of_a_newer_till_can_still_be_kept() -> None:
    assert read_data(_sale_with(surprise=1))["surprise"] == 1
    with pytest.raises(BadMessage):
        read_data(b'{"type":"kassa.sale.v1"}')


def test_attributes_that_a_bridge_adds_are_ignored() -> None:
    message = json.loads(encode(EXAMPLES["ack"]))
    message["traceparent"] = "00-0"
    assert decode(json.dumps(message).encode()) == EXAMPLES["ack"]


def test_the_description_is_the_code() -> None:
    assert (ROOT / "config" / "asyncapi.yaml").read_text() == asyncapi.text(), (
        "run: python -m kiosk.wire.asyncapi > config/asyncapi.yaml"
    )


def test_the_description_is_the_same_from_every_python() -> None:
    """Python 3.13 takes the indentation out of docstrings, older ones keep it."""
    said = [schema.get("description", "") for schema in asyncapi.document()["components"]["schemas"].values()]
    assert any("\n" in text for text in said)
    assert [text for text in said if "\n " in text] == []


def test_the_description_describes_every_type_and_points_nowhere_else() -> None:
    described = msgspec.yaml.decode(asyncapi.text())
    in_channels = {name for channel in described["channels"].values() for name in channel["messages"]}
    assert in_channels == set(m.TYPES)

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [value["$ref"]] if "$ref" in value else [r for v in value.values() for r in references(v)]
        return [r for v in value for r in references(v)] if isinstance(value, list) else []

    for reference in references(described):
        place = described
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_a_foreign_tool_reads_a_message() -> None:
    """jq and python -m json.tool know nothing of us."""
    tool = shutil.which("jq")
    command = [tool, "-e", ".data.totals.due_minor"] if tool else ["python3", "-m", "json.tool"]
    done = subprocess.run(command, input=encode(EXAMPLES["sale"]), capture_output=True, check=True)
    assert b"2700" in done.stdout
