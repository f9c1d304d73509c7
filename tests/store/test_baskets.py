"""A suspended basket is given once, also to two lanes at once; what its coupons hold goes with it."""

import threading
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from selling import NOW
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import BasketAnswer, BasketAsk
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from kiosk.wire.topics import Address
from store.baskets import LISTED_MS, give, listed
from store.database import engine_at, writing
from store.ingest import take
from store.schema import hold
from store.vouchers import Asker, write_hold

ASK = BasketAsk(till="k01", code="7QF2")
BASKET = {"lines": [], "coupons": [{"code": "KC-1", "offer": "ten", "hold": "k01-q1"}]}


def report(engine: Engine, till: str, n: int, kind: str, data: dict[str, Any]) -> None:
    message = event_message("s001", till, n, kind, data, "2026-11-24T09:00:00.000Z")
    assert take(engine, Address("s001", till, "event"), encode(message), NOW).outcome in ("new", "same")


def shared(engine: Engine, n: int = 1, code: str = "7QF2") -> None:
    data = {"code": code, "items": 2, "due_minor": 6580, "parked_utc_ms": NOW, "basket": BASKET}
    report(engine, "k01", n, "basket.shared", data)


def ask(engine: Engine, till: str, id_: str, now: int = NOW) -> BasketAnswer:
    return give(engine, Asker(till, id_, now), ASK)


def codes(engine: Engine, till: str = "k02", now: int = NOW) -> Sequence[str]:
    return [one.code for one in listed(engine, Asker(till, "", now)).baskets]


def test_one_question_has_it_and_hears_the_same_as_often_as_it_asks(engine: Engine) -> None:
    shared(engine)
    shared(engine)
    assert codes(engine) == ["7QF2"]
    assert ask(engine, "k02", "q1") == ask(engine, "k02", "q1") == BasketAnswer(state="ok", basket=BASKET)
    assert ask(engine, "k01", "q2") == BasketAnswer(state="in_use", at="k02")
    assert ask(engine, "k03", "q1").basket is None
    assert codes(engine) == []


def test_what_was_let_go_may_be_had_again_and_never_by_the_same_question(engine: Engine) -> None:
    shared(engine)
    ask(engine, "k02", "q1")
    report(engine, "k02", 1, "hold.released", {"id": "q1"})
    assert ask(engine, "k02", "q1").basket is None
    assert codes(engine) == ["7QF2"]
    assert ask(engine, "k03", "q2").state == "ok"


def test_a_release_that_overtakes_its_question_counts(engine: Engine) -> None:
    shared(engine)
    report(engine, "k02", 1, "hold.released", {"id": "q1"})
    assert ask(engine, "k02", "q1").basket is None
    assert ask(engine, "k03", "q2").state == "ok"


def test_brought_back_it_is_gone_for_good_and_its_own_lane_hears_so(engine: Engine) -> None:
    shared(engine)
    ask(engine, "k02", "q1")
    assert listed(engine, Asker("k01", "", NOW)).gone == ()
    report(engine, "k02", 1, "basket.recalled", {"by": "u1", "code": "7QF2", "till": "k01", "hold": "q1"})
    report(engine, "k02", 2, "hold.released", {"id": "q1"})
    assert ask(engine, "k03", "q2") == BasketAnswer(state="gone", at="k02")
    assert listed(engine, Asker("k01", "", NOW)).gone == ("7QF2",)
    assert listed(engine, Asker("k02", "", NOW)).gone == ()


def test_a_lane_that_is_dark_for_days_still_has_it(engine: Engine) -> None:
    shared(engine)
    ask(engine, "k02", "q1")
    assert ask(engine, "k03", "q2", NOW + 3 * LISTED_MS).state == "in_use"


def test_another_lane_cannot_report_it_away(engine: Engine) -> None:
    shared(engine)
    ask(engine, "k02", "q1")
    report(engine, "k03", 1, "basket.recalled", {"hold": "q1"})
    report(engine, "k03", 2, "hold.released", {"id": "q1"})
    assert ask(engine, "k01", "q2").state == "in_use"


def test_its_coupons_go_with_it(engine: Engine) -> None:
    with writing(engine) as connection:
        write_hold(connection, Asker("k01", "k01-q1", NOW), "KC-1", "coupon", 1, "held")
    shared(engine)
    ask(engine, "k02", "q1")
    with engine.connect() as connection:
        assert connection.scalar(sa.select(hold.c.till).where(hold.c.id == "k01-q1")) == "k02"


def test_nonsense_in_a_report_is_a_basket_that_nobody_gets(engine: Engine) -> None:
    report(engine, "k01", 1, "basket.shared", {"code": "7QF2", "items": "many", "basket": []})
    assert ask(engine, "k02", "q1").basket is None


def test_two_lanes_at_once(engine: Engine, database_url: str) -> None:
    shared(engine)
    heard: list[BasketAnswer] = []
    engines = {till: engine_at(database_url) for till in ("k02", "k03")}

    def want(till: str, n: int) -> threading.Thread:
        return threading.Thread(target=lambda: heard.append(ask(engines[till], till, f"{till}-{n}")))

    threads = [want(till, n) for till in engines for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in engines.values():
        each.dispose()
    assert sorted(answer.state for answer in heard) == ["in_use"] * 5 + ["ok"]
