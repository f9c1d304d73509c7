"""An import changes no more prices alone than whoever imports may change by hand, on the way in and on the way out."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from nicegui.testing.user_simulation import user_simulation
from selling import BREAD, NOW, ROWS
from sqlalchemy.engine import Engine

from store.api import make_app
from store.config import Config, PricesTable, StoreTable
from store.console.imports_view import ImportsView
from store.guard import Guard
from store.imports.reading import BadImport
from store.imports.undo import undo
from store.parts import Parts, make_parts
from store.price_batches import Limits
from store.tokens import add_token

TWICE = BREAD.price_minor * 2


@pytest.fixture
def database() -> str:
    """What is asked here is who may, not what a database does with it."""
    return "sqlite"


@pytest.fixture
def clock() -> list[int]:
    """What time it is: one number, to be put on."""
    return [NOW]


@pytest.fixture
def parts(engine: Engine, clock: list[int]) -> Parts:
    config = Config(store=StoreTable(id="s001"), prices=PricesTable(approve_above_percent=30, approve_above_rows=3))
    made = make_parts(config, engine, lambda: clock[0], _raise)
    made.prices.replace(ROWS, NOW, "test")
    return made


@pytest.fixture
def web(parts: Parts) -> Iterator[TestClient]:
    app = make_app(parts)
    app.add_middleware(Guard, parts=parts)
    yield TestClient(app)


def _raise(bug: BaseException) -> None:
    raise bug


def _as(engine: Engine, name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {add_token(engine, name, 'manager', NOW)}"}


def _file(*prices: tuple[str, int]) -> str:
    lines = [f"x{code},{code},{minor / 100:.2f},6%" for code, minor in prices]
    return "\n".join(["Name,Barcode,Sales Price,Sales Taxes", *lines, ""])


def _import(web: TestClient, text: str, whose: dict[str, str]) -> tuple[int, dict[str, Any]]:
    how = {"profile": "odoo", "kind": "products", "name": "prices.csv"}
    answer = web.post("/api/v1/imports", params=how, content=text.encode(), headers=whose)
    return answer.status_code, answer.json()


def _price(parts: Parts) -> int:
    return parts.prices.row(BREAD.code).price_minor


def test_prices_beyond_the_limit_wait_for_somebody_else_in_and_out(web: TestClient, parts: Parts) -> None:
    one, other = _as(parts.engine, "office"), _as(parts.engine, "owner")
    status, told = _import(web, _file((BREAD.gtin, TWICE)), one)
    assert status == 202 and told["batch"]["needs_approval"] == f"{BREAD.code} changes by more than 30 per cent"
    assert (told["by"], _price(parts)) == ("token:office", BREAD.price_minor), "nothing is charged before"
    assert web.post(told["batch"]["approve"], headers=one).status_code == 409, "not by whoever imported it"
    assert web.post(told["batch"]["approve"], headers=other).json()["state"] == "started"
    assert _price(parts) == TWICE
    back = web.post(f"/api/v1/imports/{told['id']}/undo", headers=one)
    assert (back.status_code, _price(parts)) == (202, TWICE)
    assert web.post(back.json()["batch"]["approve"], headers=one).status_code == 409
    assert web.post(back.json()["batch"]["approve"], headers=other).status_code == 200
    assert parts.prices.row(BREAD.code) == BREAD


def test_many_new_products_wait_and_are_called_off_by_undoing(web: TestClient, parts: Parts) -> None:
    one = _as(parts.engine, "office")
    codes = ("9520000000059", "9520000000066", "9520000000073", "9520000000035")
    status, told = _import(web, _file(*((code, 1000) for code in codes)), one)
    assert status == 202 and told["batch"]["needs_approval"] == "4 changes, more than 3"
    back = web.post(f"/api/v1/imports/{told['id']}/undo", headers=one)
    assert back.status_code == 200 and back.json()["undone_by"] == "token:office"
    (batch,) = web.get("/api/v1/price-batches", headers=one).json()
    assert batch["state"] == "cancelled" and len(parts.prices.rows()) == len(ROWS)
    with pytest.raises(BadImport, match="undone before"):
        undo(parts.engine, told["id"], "u1", NOW, Limits())


def test_within_the_limit_it_is_in_use_at_once(web: TestClient, parts: Parts) -> None:
    status, told = _import(web, _file((BREAD.gtin, BREAD.price_minor + 10)), _as(parts.engine, "office"))
    assert status == 201 and "batch" not in told and _price(parts) == BREAD.price_minor + 10


def _stands(web: TestClient, whose: dict[str, str]) -> tuple[str, int]:
    (one,) = web.get("/api/v1/imports", headers=whose).json()
    return one["state"], one["undone_utc_ms"]


def test_an_import_that_was_called_off_is_not_shown_as_done(web: TestClient, parts: Parts) -> None:
    one, other = _as(parts.engine, "office"), _as(parts.engine, "owner")
    _, told = _import(web, _file((BREAD.gtin, TWICE)), one)
    assert _stands(web, one) == ("waiting", 0)
    assert web.post(_cancel(told), headers=other).status_code == 200
    assert (_stands(web, one), _price(parts)) == (("called off", 0), BREAD.price_minor)
    again = web.post(f"/api/v1/imports/{told['id']}/undo", headers=one)
    assert again.status_code == 409 and "called off before it changed anything" in again.json()["detail"]


def test_an_import_whose_way_out_was_called_off_stands_and_may_be_taken_out_again(
    web: TestClient, parts: Parts, clock: list[int]
) -> None:
    one, other = _as(parts.engine, "office"), _as(parts.engine, "owner")
    _, told = _import(web, _file((BREAD.gtin, TWICE)), one)
    web.post(told["batch"]["approve"], headers=other)
    assert _stands(web, one)[0] == "done"
    out = f"/api/v1/imports/{told['id']}/undo"
    back = web.post(out, headers=one).json()
    assert _stands(web, one)[0] == "undo waits"
    assert web.post(out, headers=one).status_code == 409, "not twice at a time"
    web.post(_cancel(back), headers=other)
    assert (_stands(web, one)[0], _price(parts)) == ("undo called off", TWICE)
    clock[0] += 1000
    again = web.post(out, headers=one)
    assert again.status_code == 202
    web.post(again.json()["batch"]["approve"], headers=other)
    assert (_stands(web, one)[0], _price(parts)) == ("undone", BREAD.price_minor)


def test_the_page_says_what_was_called_off(web: TestClient, parts: Parts, clock: list[int]) -> None:
    one, other = _as(parts.engine, "office"), _as(parts.engine, "owner")
    _, first = _import(web, _file((BREAD.gtin, TWICE)), one)
    web.post(_cancel(first), headers=other)
    clock[0] += 1000
    _, second = _import(web, _file((BREAD.gtin, TWICE)), one)
    web.post(second["batch"]["approve"], headers=other)
    back = web.post(f"/api/v1/imports/{second['id']}/undo", headers=one).json()
    web.post(_cancel(back), headers=other)

    async def look() -> None:
        async with user_simulation(root=lambda: ImportsView(parts)) as user:
            await user.open("/")
            await user.should_see("Called off under Prices: nothing was changed", retries=100)
            await user.should_see("Taking it out was called off under Prices: it stands", retries=100)
            await user.should_see(marker=f"undo-{second['id']}", retries=100)
            await user.should_not_see(marker=f"undo-{first['id']}")

    asyncio.run(look())


def _cancel(told: dict[str, Any]) -> str:
    return str(told["batch"]["approve"]).removesuffix("approve") + "cancel"
