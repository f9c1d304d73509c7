"""Programs and operators close days, explain differences and fetch the bookkeeping; who may not is told why."""

import json
from pathlib import Path
from typing import Any

import pytest
from closing import DAY, Lane
from fastapi.testclient import TestClient
from msgspec.structs import replace
from selling import BREAD, ROWS, on, said
from sqlalchemy.engine import Engine
from test_bookkeeping import read_sie
from test_day_close import LATER, cash
from test_payouts import CONFIG, file_of, paid_with, row

from kiosk.checkout.sale import seal
from store.__main__ import main
from store.api import make_app
from store.ingest import take
from store.parts import Parts, make_parts
from store.users import add_user

MANAGER, CASHIER = "8642", "1357"


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def parts(engine: Engine) -> Parts:
    made = make_parts(CONFIG, engine, lambda: LATER, _raise)
    made.prices.replace(ROWS, LATER, "test")
    add_user(engine, "Eva", "manager", MANAGER)
    add_user(engine, "Bo", "cashier", CASHIER)
    return made


@pytest.fixture
def web(parts: Parts) -> TestClient:
    return TestClient(make_app(parts))


@pytest.fixture
def lane(engine: Engine) -> Lane:
    return Lane(engine)


def says(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    return str(answer.json()["detail"])


def test_a_day_from_its_sales_to_its_file(web: TestClient, lane: Lane) -> None:
    sales = [paid_with(lane, 2, "0175"), cash(lane, (BREAD, 1))]
    lane.send(sales[1])
    assert "not closed yet: k01" in says(web.post(f"/api/v1/days/{DAY}/close", json={"pin": MANAGER}), 409)
    lane.z(sales)
    lane.settle({"visa": 6580})
    counted = web.post(f"/api/v1/days/{DAY}/counts", json={"pin": CASHIER, "till": "k01", "pieces": {"1000": 3}})
    assert counted.json() == {"counted_minor": 3000}
    assert "Bo is cashier" in says(web.post(f"/api/v1/days/{DAY}/close", json={"pin": CASHIER}), 403)
    closed = web.post(f"/api/v1/days/{DAY}/close", json={"pin": MANAGER})
    assert closed.status_code == 201 and closed.json()["by"] == "u1"
    assert "nothing has changed" in says(web.post(f"/api/v1/days/{DAY}/close", json={"pin": MANAGER}), 409)
    (work,) = web.get("/api/v1/differences").json()
    assert (work["what"], work["amount"], work["note"]) == ("desk", -290, "counted by u2")
    path = f"/api/v1/differences/{work['n']}/end"
    assert "say in the note" in says(web.post(path, json={"pin": MANAGER, "reason": "other"}), 409)
    assert web.post(path, json={"pin": MANAGER, "reason": "wrong_change"}).json()["by"] == "u1"
    assert web.get("/api/v1/differences").json() == []
    file_, path = file_of(row("175", "65,80", "0,82")), "/api/v1/payouts?profile=bank"
    assert "a manager closes days" in says(web.post(path, content=file_, headers={"Kassa-Pin": CASHIER}), 403)
    assert web.post(path, content=file_).status_code == 422
    paid = web.post(path, content=file_, headers={"Kassa-Pin": MANAGER})
    assert paid.json() == {"lines": 1, "new": 1, "matched": 1}
    day = web.get(f"/api/v1/days/{DAY}").json()
    assert (day["state"], day["turnover_minor"], day["in_transit_minor"]) == ("closed", 9870, 0)
    assert web.get("/api/v1/days").json()[-1]["business_day"] == DAY
    file = web.get(f"/api/v1/days/{DAY}/export?format=sie")
    assert file.headers["content-disposition"] == f'attachment; filename="s001-{DAY}.si"'
    ((head, lines),) = read_sie(file.content)[1]
    assert head[:2] == ["K", "1"] and ["1686", "{}", "65.80"] in [line[:3] for line in lines]
    text = web.get(f"/api/v1/bookkeeping?from=2026-11-01&to={DAY}&format=csv").text
    assert f"{DAY};K1;1686;" in text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("days/2026-11-31", 422),
        ("days/today", 422),
        (f"days/{DAY}/export", 404),
        (f"days/{DAY}/export?format=pdf", 422),
    ],
)
def test_what_there_is_not_is_said(web: TestClient, path: str, status: int) -> None:
    says(web.get(f"/api/v1/{path}"), status)


def test_what_has_no_account_is_named_instead_of_a_file(web: TestClient, lane: Lane) -> None:
    sold = cash(lane, (BREAD, 1))
    odd = replace(sold.totals, tax=(replace(sold.totals.tax[0], rate_bp=1400),))
    lane.send(replace(sold, totals=odd))
    web.post(f"/api/v1/days/{DAY}/close", json={"pin": MANAGER, "without": True})
    assert "bookkeeping.accounts.sales.1400" in says(web.get(f"/api/v1/days/{DAY}/export"), 409)


def test_a_payout_that_cannot_be_read_is_refused(web: TestClient) -> None:
    assert "line 2, column Belopp" in says(
        web.post("/api/v1/payouts?profile=bank", content=file_of(row("1", "x")), headers={"Kassa-Pin": MANAGER}), 422
    )
    assert "no profile" in says(web.post("/api/v1/payouts?profile=x", content=b"", headers={"Kassa-Pin": MANAGER}), 422)


def test_the_metrics_have_an_alarm(web: TestClient, lane: Lane) -> None:
    assert 'kassa_store_differences_open{what="conflict"} 0' in web.get("/metrics").text
    sold = lane.sell((BREAD, 1))
    lane.send(sold)
    assert take(lane.engine, on("sale"), said(seal(replace(sold, language="en"))), LATER).outcome == "refused"
    assert 'kassa_store_differences_open{what="conflict"} 1' in web.get("/metrics").text


# --- the shell --------------------------------------------------------------------------------------------------------


@pytest.fixture
def config(tmp_path: Path, existing_url: str) -> str:
    file = tmp_path / "store.toml"
    file.write_text(
        f'[store]\nid = "s001"\n[database]\nurl = "{existing_url}"\n[payouts.bank]\n'
        'columns = { amount = "Belopp", paid = "Utbetalningsdag", receipt = "Kvitto", kind = "Typ" }\n'
    )
    return str(file)


def test_the_same_from_the_shell(
    lane: Lane, config: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--config", config])
        out, err = capfdbinary.readouterr()
        return code, out.decode("cp437"), err.decode()

    sales = [paid_with(lane, 2, "0175")]
    assert run("day", "close", DAY) == (1, "", f"store: k01 has not closed {DAY} yet; add --without to close without\n")
    lane.z(sales, counted_minor=0, difference_minor=-500)
    lane.settle({"visa": 6580})
    assert run("day", "close", DAY) == (0, f"{DAY} is closed\n", "")
    assert f"{DAY}  closed_with_differences" in run("day", "list")[1]
    _, out, _ = run("day", "differences")
    assert "k01 drawer z1: expected 500, told 0, differs by -500" in out
    assert run("day", "explain", "99", "accepted")[0] == 1
    assert run("day", "explain", out.partition(":")[0], "cash_missing")[0] == 0
    assert '"state": "in_transit"' in run("day", "show", DAY, "--format", "json")[1]
    file = tmp_path / "ub.csv"
    file.write_bytes(file_of(row("175", "65,80")))
    assert run("day", "payout", str(file), "--profile", "bank")[1].startswith("1 lines, 1 of them new, 1 of those")
    assert "k01 payout visa: expected 6580, told 6580" in run("day", "show", DAY)[1]
    assert '#KONTO 1686 "Fordringar för kontokort och kuponger"' in run("day", "export", DAY)[1]
    assert json.dumps(run("day", "export", "2026-11-01")[2]).count("not closed") == 1
