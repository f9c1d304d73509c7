"""An exit code opens one gate once: asked twice, by two gates at once, too late, before its sale is here."""

import threading

import pytest
from fastapi.testclient import TestClient
from selling import BREAD, NOW, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import ExitAsk
from kiosk.checkout.sale import Sale
from kiosk.checkout.sale import exit_code as code_of
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store.api import make_app
from store.config import Config, StoreTable
from store.exit_codes import VALID_MS, answer, use
from store.ingest import take
from store.parts import make_parts
from store.vouchers import Asker


@pytest.fixture
def sale(engine: Engine) -> Sale:
    sold = Till().sell((BREAD, 1))
    take(engine, on("sale"), said(sold), NOW)
    return sold


def test_it_opens_once(engine: Engine, sale: Sale) -> None:
    code = code_of(sale)
    first = use(engine, code, "north-1", NOW)
    assert (first.state, first.sale) == ("valid", sale.key)
    assert use(engine, code, "north-2", NOW).state == use(engine, code, "south-1", NOW).state == "used"


def test_the_same_question_hears_the_same_answer_however_late(engine: Engine, sale: Sale) -> None:
    code = code_of(sale)
    assert use(engine, code, "north-1", NOW) == use(engine, code, "north-1", NOW + 2 * VALID_MS)


def test_the_same_sale_twice_is_not_two_openings(engine: Engine, sale: Sale) -> None:
    use(engine, code_of(sale), "north-1", NOW)
    assert take(engine, on("sale"), said(sale), NOW).outcome == "same"
    assert use(engine, code_of(sale), "north-2", NOW).state == "used"


def test_of_two_gates_at_once_one_opens(engine: Engine, sale: Sale) -> None:
    answers: list[str] = []
    start = threading.Barrier(4)

    def ask(gate: int) -> None:
        start.wait()
        answers.append(use(engine, code_of(sale), f"gate{gate}-1", NOW).state)

    gates = [threading.Thread(target=ask, args=(gate,)) for gate in range(4)]
    for gate in gates:
        gate.start()
    for gate in gates:
        gate.join()
    assert sorted(answers) == ["used", "used", "used", "valid"]


def test_after_two_hours_it_is_too_old(engine: Engine, sale: Sale) -> None:
    assert use(engine, code_of(sale), "a", NOW + VALID_MS).state == "too_old"
    assert use(engine, code_of(sale), "b", NOW + VALID_MS - 1).state == "valid"


def test_only_a_real_sale_has_one(engine: Engine) -> None:
    till = Till()
    for sold in (till.sell((BREAD, 1), kind="void"), till.sell((BREAD, 1), training=True)):
        assert take(engine, on("sale"), said(sold), NOW).outcome == "new"
        assert use(engine, code_of(sold), "north-1", NOW).state == "unknown"


def test_a_gate_asks_over_http_and_reads_small_letters(engine: Engine, sale: Sale) -> None:
    parts = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: NOW, lambda bug: None)
    web = TestClient(make_app(parts))
    there = f"/api/v1/exit-codes/{code_of(sale).lower()}/use"
    assert web.post(there, json={"id": "north-1"}).json() == {"state": "valid", "sale": sale.key}
    assert web.post(there, json={"id": "north-2"}).json()["state"] == "used"
    assert web.post("/api/v1/exit-codes/9520001200014/use", json={"id": "n"}).json() == {"state": "unknown", "sale": ""}
    for bad in ({}, {"id": ""}, {"id": "a b"}, {"id": "n", "more": 1}):
        assert web.post(there, json=bad).status_code == 422


def test_a_gate_that_is_wired_to_a_lane_asks_through_it(engine: Engine, sale: Sale) -> None:
    asker, ask = Asker("k01", "k01-000002-q1", NOW), ExitAsk(code=code_of(sale))
    assert answer(engine, asker, ask).state == "valid"
    assert answer(engine, asker, ask).state == "valid", "the same question hears the same"
    assert answer(engine, Asker("k02", "k02-000001-q1", NOW), ask).state == "used"


def test_what_a_lane_opened_for_by_its_own_word_is_used(engine: Engine, sale: Sale) -> None:
    opened = {"id": "k01-000002-q1", "code": code_of(sale), "how": "lane"}
    event = event_message("s001", "k01", 7, "gate.opened", opened, "2026-11-24T10:00:00.000Z")
    assert take(engine, on("event"), encode(event), NOW).outcome == "new"
    assert use(engine, code_of(sale), "north-1", NOW).state == "used"
