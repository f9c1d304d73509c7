"""Orders to suppliers over HTTP and in the shell: from what is short to what has come, and what cannot be in words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from patience import raise_it
from pypdf import PdfReader
from selling import BREAD, NOW, ROWS
from sqlalchemy.engine import Engine

from store import acts, reorder, stock
from store.__main__ import main
from store.api import make_app
from store.config import Config, StoreTable
from store.guard import Guard
from store.parts import make_parts
from store.price_book import PriceBook
from store.reorder import Rule
from store.tokens import add_token

ORDERS = "/purchase-orders"


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    rule = Rule(BREAD.code, minimum_count=10, fill_to_count=30, pack_count=8, supplier="Bakery", supplier_code="B-1")
    reorder.set_rules(engine, [rule], now_utc_ms=NOW)
    return engine


class Office:
    """Programs that ask, by role."""

    def __init__(self, engine: Engine) -> None:
        parts = make_parts(Config(StoreTable(id="s001", currency="SEK")), engine, lambda: NOW, raise_it)
        app = make_app(parts)
        app.add_middleware(Guard, parts=parts)
        self._web = TestClient(app)
        self._tokens = {role: add_token(engine, role, role, NOW) for role in ("cashier", "supervisor")}

    def asks(self, method: str, path: str, body: object = None, role: str = "supervisor") -> Response:
        headers = {"authorization": f"Bearer {self._tokens[role]}"}
        answer: Response = self._web.request(method, f"/api/v1{path}", json=body, headers=headers)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
        return answer

    def does(self, method: str, path: str, body: object = None) -> Any:
        answer = self.asks(method, path, body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


@pytest.fixture
def office(books: Engine) -> Iterator[Office]:
    yield Office(books)


def test_what_is_short_is_ordered_sent_and_comes_in_two_deliveries(office: Office, books: Engine) -> None:
    office.does("PUT", "/suppliers", {"name": "Bakery", "email": "orders@bakery.example", "lead_days": 2})
    assert [one["name"] for one in office.does("GET", "/suppliers")] == ["Bakery"]
    (made,) = office.does("POST", "/purchase-orders-proposed", {"supplier": "Bakery"})
    assert (made["state"], made["lines"][0]["gtin"], made["lines"][0]["count"]) == ("draft", BREAD.code, 32)
    assert office.does("POST", "/purchase-orders-proposed", {"supplier": "Bakery"}) == []
    one = f"{ORDERS}/{made['number']}"
    amended = office.does("PUT", one, {"lines": [{"gtin": BREAD.code, "count": 24, "price_minor": 1_250}]})
    assert amended["lines"][0]["count"] == 24
    assert office.does("POST", f"{one}/send", {})["state"] == "sent"
    delivery = {"lines": [{"gtin": BREAD.code, "count": 10}], "note": "DN-1"}
    assert office.does("POST", f"{one}/receive", delivery)["state"] == "sent"
    assert office.asks("POST", f"{one}/receive", delivery).status_code == 422, "a delivery note is taken once"
    assert office.does("POST", f"{one}/give-up", {"gtins": [BREAD.code]})["state"] == "closed"
    assert stock.levels(books, [BREAD.code])[BREAD.code].count == 10
    assert [order["number"] for order in office.does("GET", f"{ORDERS}?state=closed&supplier=Bakery")] == [1]
    assert office.does("GET", f"{ORDERS}?state=open") == []
    told = {act.who for act in acts.latest(books) if act.kind in ("purchase", "api")}
    assert told == {"token:supervisor"}


def test_one_is_read_as_the_supplier_gets_it(office: Office, tmp_path: Path) -> None:
    office.does("POST", ORDERS, {"supplier": "Bakery", "lines": [{"gtin": BREAD.code, "count": 3}]})
    assert office.does("GET", f"{ORDERS}/1")["supplier"] == "Bakery"
    assert BREAD.code in office.asks("GET", f"{ORDERS}/1?format=csv").text
    (tmp_path / "order.pdf").write_bytes(office.asks("GET", f"{ORDERS}/1?format=pdf").content)
    assert "Rye bread" in PdfReader(tmp_path / "order.pdf").pages[0].extract_text()


BAKERY = {"supplier": "Bakery", "lines": [{"gtin": BREAD.code, "count": 3}]}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("GET", f"{ORDERS}/9", None, 404, "9"),
        ("GET", f"{ORDERS}/0", None, 422, "number"),
        ("GET", f"{ORDERS}?state=lost", None, 422, "state"),
        ("POST", ORDERS, {**BAKERY, "lines": [{"gtin": "99999999", "count": 1}]}, 404, "99999999"),
        ("POST", ORDERS, {**BAKERY, "lines": []}, 422, "lines"),
        ("POST", ORDERS, {**BAKERY, "lines": [{"gtin": BREAD.code, "count": -1}]}, 422, "count"),
        ("POST", ORDERS, {**BAKERY, "expected": "soon"}, 422, "soon"),
        ("POST", ORDERS, {**BAKERY, "discount": 5}, 422, "discount"),
        ("PUT", f"{ORDERS}/9", {"lines": BAKERY["lines"]}, 404, "9"),
        ("POST", f"{ORDERS}/1/send", {"mail": True}, 422, "[smtp]"),
        ("POST", f"{ORDERS}/1/receive", {"lines": [{"gtin": BREAD.code, "count": 1}]}, 422, "draft"),
        ("POST", f"{ORDERS}/1/receive", {"lines": [{"gtin": BREAD.code, "count": 1}], "place": "Moon!"}, 422, "place"),
        ("POST", f"{ORDERS}/1/give-up", {}, 422, "draft"),
        ("POST", f"{ORDERS}/9/drop", {}, 404, "9"),
        ("PUT", "/suppliers", {"name": "", "email": "x"}, 422, "name"),
        ("PUT", "/suppliers", {"name": "Bakery", "email": "no address"}, 422, "address"),
    ],
)
def test_what_cannot_be_is_a_problem_in_words(
    office: Office, method: str, path: str, body: object, status: int, said: str
) -> None:
    office.does("POST", ORDERS, BAKERY)
    before = office.does("GET", f"{ORDERS}/1")
    answer = office.asks(method, path, body)
    assert answer.status_code == status and said in answer.json()["detail"], answer.text
    assert office.does("GET", f"{ORDERS}/1") == before


def test_a_dropped_draft_is_not_sent(office: Office) -> None:
    office.does("POST", ORDERS, BAKERY)
    assert office.does("POST", f"{ORDERS}/1/drop")["state"] == "dropped"
    answer = office.asks("POST", f"{ORDERS}/1/send", {})
    assert answer.status_code == 422 and "dropped" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/suppliers"), ("PUT", "/suppliers"), ("GET", ORDERS), ("GET", f"{ORDERS}/1"), ("POST", ORDERS),
        ("PUT", f"{ORDERS}/1"), ("POST", "/purchase-orders-proposed"), ("POST", f"{ORDERS}/1/send"),
        ("POST", f"{ORDERS}/1/receive"), ("POST", f"{ORDERS}/1/give-up"), ("POST", f"{ORDERS}/1/drop"),
    ],
)  # fmt: skip
def test_what_the_shop_buys_and_for_how_much_is_not_a_cashiers(office: Office, method: str, path: str) -> None:
    assert office.asks(method, path, {}, role="cashier").status_code == 403


def test_the_shell_orders_sends_and_receives(
    books: Engine, existing_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "store.toml"
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{existing_url}"\n')

    def store(*words: str) -> tuple[int, str, str]:
        code = main(["purchase", *words, "--config", str(file)])
        return code, *capsys.readouterr()

    assert store("propose", "Bakery")[:2] == (0, "order 1 to Bakery: draft, 1 lines, 1 not yet here\n")
    assert store("propose", "Bakery")[:2] == (0, "there is enough of everything from Bakery\n")
    assert BREAD.code in store("show", "1")[1]
    assert store("show", "1", "--pdf", str(tmp_path / "1.pdf"))[0] == 0
    assert "Rye bread" in PdfReader(tmp_path / "1.pdf").pages[0].extract_text()
    code, _, said = store("show", "1", "--pdf", str(tmp_path / "nowhere" / "1.pdf"))
    assert code == 1 and "cannot be written" in said
    code, _, said = store("receive", "1")
    assert code == 1 and "draft" in said
    assert "sent" in store("send", "1")[1]
    code, _, said = store("send", "1", "--mail")
    assert code == 1 and "[smtp]" in said
    assert "closed, 1 lines, 0 not yet here" in store("receive", "1", "--note", "DN-1")[1]
    assert stock.levels(books, [BREAD.code])[BREAD.code].count == 32
    code, _, said = store("drop", "9")
    assert code == 1 and "9" in said
    assert store("list")[1].startswith("order 1 to Bakery: closed")
