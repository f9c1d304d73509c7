"""Nothing that a till says is lost: what cannot be booked lies there, is seen, and is booked when it can be."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from patience import raise_it
from selling import BREAD, NOW, ROWS, WATER, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.sale import Sale
from kiosk.wire.codec import decode
from kiosk.wire.topics import Address
from store import booking, quarantine, schema
from store.__main__ import main
from store.api import make_app
from store.clerk import Clerk
from store.config import Config, StoreTable
from store.ingest import take
from store.lanes import Lanes
from store.ledger import counts
from store.parts import make_parts
from store.price_book import PriceBook
from store.quarantine import NotWaiting, dismiss, retry, waiting


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    return engine


def _newer(sale: Sale) -> bytes:
    """As a till of tomorrow might say it."""
    message = json.loads(said(sale))
    message["data"]["loyalty"] = {"points": 5}
    return json.dumps(message).encode()


def _mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of ours that cannot book what another can."""

    def spend(*_: Any) -> Any:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr(booking, "spend", spend)


def test_what_an_update_can_book_is_booked_by_a_try_and_not_lost(
    books: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sale = Till().sell((BREAD, 1))
    _mistaken(monkeypatch)
    assert take(books, on("sale"), said(sale), NOW).outcome == "refused"
    (kept,) = waiting(books, limit=9)
    assert (kept.till, kept.what, kept.id, kept.waits, kept.is_alarm) == ("k01", "sale", sale.key, True, False)
    again = retry(books, "s001", kept.n, "u3", NOW + 1)
    assert (again.outcome, again.tries, again.waits) == ("refused", 1, True) and "ZeroDivisionError" in again.why
    monkeypatch.undo()
    done = retry(books, "s001", kept.n, "u3", NOW + 2)
    assert (done.outcome, done.tries, done.staff, done.ended_utc_ms, done.waits) == ("booked", 2, "u3", NOW + 2, False)
    assert waiting(books, limit=9) == [] and waiting(books, limit=9, ended=True) == [done]
    assert counts(books).aside == 0 and counts(books).sales == 1
    with pytest.raises(NotWaiting, match="booked already"):
        retry(books, "s001", kept.n, "u3", NOW + 3)


def test_two_under_one_key_are_an_alarm_until_somebody_says_what_it_was(books: Engine) -> None:
    first, second = Till().sell((BREAD, 2)), Till().sell((WATER, 9))
    take(books, on("sale"), said(first), NOW)
    take(books, on("sale"), said(second), NOW)
    (kept,) = waiting(books, limit=9)
    assert kept.is_alarm and quarantine.payload(books, kept.n) == said(second)
    assert retry(books, "s001", kept.n, "", NOW).outcome == "refused"
    with pytest.raises(ValueError, match="why"):
        dismiss(books, kept.n, " ", "", NOW)
    done = dismiss(books, kept.n, "the till was set up twice", "u3", NOW)
    assert (done.outcome, done.why, done.waits) == ("dismissed", "the till was set up twice", False)
    with books.connect() as connection:
        assert connection.scalars(sa.select(schema.sale.c.body)).all() == [json_of(first)]


def json_of(sale: Sale) -> str:
    """As it is kept."""
    from kiosk.values.canonical import canonical_json

    return canonical_json(json.loads(said(sale))["data"]).decode()


@pytest.mark.parametrize(
    "payload",
    [
        b'{"specversion":"1.0",',
        said(Till().sell((BREAD, 1))).ljust((1 << 20) + 1),
        said(Till("k02").sell((BREAD, 1))),
        _newer(Till().sell((BREAD, 1))),
    ],
    ids=["malformed", "oversized", "forged", "newer"],
)
def test_whatever_is_wrong_with_it_it_is_kept_and_can_be_looked_at(books: Engine, payload: bytes) -> None:
    for _ in range(3):
        assert take(books, on("sale"), payload, NOW).outcome == "refused"
    (kept,) = waiting(books, limit=9)
    assert kept.reason and quarantine.payload(books, kept.n) == payload
    assert retry(books, "s001", kept.n, "", NOW).outcome == "refused"
    assert len(waiting(books, limit=9)) == 1 and counts(books).sales == 0


class _Ears:
    def __init__(self) -> None:
        self.heard = list[tuple[str, Any]]()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        self.heard.append((topic, decode(payload).data))


def test_a_till_hears_once_that_what_was_refused_is_booked(books: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    ears = _Ears()
    clerk = Clerk(Config(store=StoreTable(id="s001")), books, Lanes(), lambda: NOW, raise_it)
    clerk.link = ears
    sale = Till().sell((BREAD, 1))
    _mistaken(monkeypatch)
    clerk.put(Address("s001", "k01", "sale"), said(sale))
    clerk.turn()
    assert ears.heard[-1][1].refused[0].id == sale.key
    monkeypatch.undo()
    retry(books, "s001", waiting(books, limit=1)[0].n, "", NOW)
    for _ in range(3):
        clerk.turn()
    acks = [(topic, data.ids) for topic, data in ears.heard if topic.endswith("/ack") and data.ids]
    assert acks == [("kassa/v1/s001/k01/ack", (sale.key,))]


# --- over HTTP, and from the shell ------------------------------------------------------------------------------------


def test_programs_see_it_try_it_and_are_done_with_it(books: Engine) -> None:
    web = TestClient(make_app(make_parts(Config(store=StoreTable(id="s001")), books, lambda: NOW, raise_it)))
    take(books, on("sale"), b"garbage", NOW)
    (kept,) = web.get("/api/v1/quarantine").json()
    assert (kept["till"], kept["waits"], kept["alarm"], kept["size"]) == ("k01", True, False, 7)
    assert web.get("/api/v1/quarantine?till=k02").json() == []
    at = f"/api/v1/quarantine/{kept['n']}"
    assert web.get(f"{at}/payload").content == b"garbage"
    assert web.post(f"{at}/retry").json()["outcome"] == "refused"
    assert web.post(f"{at}/dismiss", json={"why": "  "}).status_code == 422
    assert web.post(f"{at}/dismiss", json={"why": "noise"}).json()["outcome"] == "dismissed"
    again = web.post(f"{at}/retry")
    assert again.status_code == 409 and "dismissed already" in again.json()["detail"]
    assert web.post("/api/v1/quarantine/999/retry").status_code == 404
    assert web.get("/api/v1/quarantine").json() == [] and len(web.get("/api/v1/quarantine?ended=true").json()) == 1


def test_operators_see_it_try_it_and_are_done_with_it(
    books: Engine, database_url: str, tmp_path: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "store.toml"
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{database_url}"\n')

    def store(*words: str) -> tuple[int, str, str]:
        code = main(["quarantine", *words, "--config", str(file)])
        return code, *capsys.readouterr()

    assert store("list") == (0, "nothing is in the quarantine\n", "")
    sale = Till().sell((BREAD, 1))
    with monkeypatch.context() as mistaken:
        _mistaken(mistaken)
        take(books, on("sale"), said(sale), NOW)
    take(books, on("event"), b"garb\xffage", NOW)
    code, listed, _ = store("list")
    assert code == 0 and sale.key in listed and "8 bytes that cannot be read" in listed
    assert store("show", "2") == (0, "garb\\xffage\n", "")
    code, tried, problem = store("retry", "--all")
    assert code == 1 and "1 booked\n2 refused: " in tried and "1 of 2 could not be booked" in problem
    assert store("dismiss", "2", "--why", "noise") == (0, "2 dismissed\n", "")
    assert store("list") == (0, "nothing is in the quarantine\n", "")
    assert store("retry", "2")[0] == 1 and store("retry")[0] == 1 and store("show", "9")[0] == 1
