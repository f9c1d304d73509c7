"""Imports as an operator types them and as another program sends them: looked at, done, listed, undone, refused."""

from pathlib import Path
from typing import Any

import pytest
from exports import ODOO_PRODUCTS, ODOO_QUANTS, SQUARE_CARDS, SQUARE_CUSTOMERS
from fastapi.testclient import TestClient
from selling import BREAD, NOW, ROWS
from sqlalchemy.engine import Engine

from store.__main__ import main
from store.api import make_app
from store.config import Config, StoreTable
from store.database import engine_at
from store.parts import make_parts
from store.price_book import PriceBook


class Shell:
    def __init__(self, folder: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.config, self.engine, self._capsys = folder / "store.toml", engine_at(url), capsys
        self.config.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{url}"\n')

    def run(self, *words: str, code: int = 0) -> str:
        """What it writes; to the error channel, if the code is another than 0."""
        assert main(["import", *words, "--config", str(self.config)]) == code
        said = self._capsys.readouterr()
        return said.err if code else said.out


@pytest.fixture
def shell(tmp_path: Path, existing_url: str, capsys: pytest.CaptureFixture[str]) -> Shell:
    made = Shell(tmp_path, existing_url, capsys)
    PriceBook(made.engine).replace(ROWS, NOW, "test")
    return made


def test_an_operator_looks_imports_and_undoes(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text(ODOO_PRODUCTS.replace(",", ";"), encoding="utf-16")
    looked = shell.run("odoo", "products", str(file), "--preview")
    assert "1 to add, 2 to change, 0 as they are, 1 left out" in looked
    assert f"line 2: change {BREAD.code} Rye bread: 34.90 SEK, was 32.90 SEK" in looked
    assert "nothing was changed" in looked and shell.run("list").count("\n") == 1
    done = shell.run("odoo", "products", str(file))
    assert "1 added, 2 changed, 1 left out" in done
    id_ = done.split()[-1]
    assert f"{id_},odoo,products,products.csv,1,2,1,no,done" in shell.run("list")
    assert f"import {id_} is undone" in shell.run("undo", id_)
    assert "was undone before" in shell.run("undo", id_, code=1)
    assert PriceBook(shell.engine).row(BREAD.code) == BREAD


def test_an_operator_is_told_what_is_wrong_and_that_nothing_was_done(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    assert "cannot be read" in shell.run("square", "members", str(file), code=1)
    file.write_text(SQUARE_CUSTOMERS)
    said = shell.run("square", "members", str(file), code=1)
    assert "confirm that these people have agreed" in said and "store: nothing was imported" in said
    assert "2 added" in shell.run("square", "members", str(file), "--agreed")


@pytest.fixture
def web(engine: Engine) -> TestClient:
    def fail(bug: BaseException) -> None:
        raise bug

    parts = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: NOW, fail)
    parts.prices.replace(ROWS, NOW, "test")
    return TestClient(make_app(parts))


def sent(web: TestClient, text: str, status: int = 201, **query: Any) -> Any:
    answer = web.post("/api/v1/imports", content=text.encode(), params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_program_sends_a_file_and_takes_it_back(web: TestClient) -> None:
    look = sent(web, ODOO_QUANTS, profile="odoo", kind="stock", preview=True)
    assert (look["change"], look["leave"]) == (2, 1)
    assert look["lines"][0] == {
        "line": 2, "what": "change", "code": BREAD.code, "name": "Rye bread", "told": "20 pieces, was 0",
    }  # fmt: skip
    done = sent(web, ODOO_QUANTS, profile="odoo", kind="stock", name="quants.csv")
    assert web.get(f"/api/v1/stock/{BREAD.code}").json()["count"] == 20
    assert web.get("/api/v1/imports").json() == [{**done, "state": "done"}]
    assert web.post(f"/api/v1/imports/{done['id']}/undo").json()["kept"] == 0
    assert web.get(f"/api/v1/stock/{BREAD.code}").json()["count"] == 0
    assert web.post(f"/api/v1/imports/{done['id']}/undo").status_code == 409
    assert web.post("/api/v1/imports/0123456789ab/undo").status_code == 404


def test_a_program_hears_every_problem(web: TestClient) -> None:
    bad = sent(web, SQUARE_CARDS.replace("SEK", "EUR"), 422, profile="square", kind="gift-cards")
    assert bad["problems"] == [f"line {n}, column balance_money: EUR is not SEK" for n in (1, 2)]
    assert sent(web, "", 422, profile="odoo", kind="products")["problems"] == ["the file is empty"]
    sent(web, "x", 422, profile="excel", kind="products")
