"""Is it genuine? What the checkout sealed and a lane signed, told in sentences to whoever holds the receipt."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import FastAPI
from fastapi.testclient import TestClient
from msgspec.structs import replace
from selling import BREAD, NOW, WATER, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.sale import Sale, receipt_token, seal
from kiosk.values.settings import BadSettings
from kiosk.wire.signed_receipt import signed
from store.config import Config, ReceiptsTable, StoreTable
from store.database import writing
from store.ingest import take
from store.receipts.genuine import public_keys
from store.receipts.route import receipt_router
from store.schema import sale

KEY = Ed25519PrivateKey.from_private_bytes(b"1" * 32)


@pytest.fixture
def sales(engine: Engine) -> list[Sale]:
    till = Till()
    return [till.sell((BREAD, 2)), till.sell((WATER, 1)), till.sell((BREAD, 1))]


@pytest.fixture
def web(engine: Engine, tmp_path: Path) -> TestClient:
    pem = tmp_path / "lane.pem"
    pem.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    app = FastAPI()
    receipts = ReceiptsTable(signing_keys=(str(pem),))
    app.include_router(receipt_router(engine, Config(store=StoreTable(id="s001"), receipts=receipts)))
    return TestClient(app)


def _told(web: TestClient, one: Sale) -> str:
    return web.get(f"/r/{receipt_token(one)}/check?lang=en").text


def test_a_receipt_as_it_was_sealed(web: TestClient, engine: Engine, sales: list[Sale]) -> None:
    for one in sales:
        take(engine, on("sale"), said(one), NOW)
    assert "is as the checkout sealed it" in _told(web, sales[1]) and "without a gap" in _told(web, sales[1])
    assert f"{receipt_token(sales[1])}/check?lang=sv" in web.get(f"/r/{receipt_token(sales[1])}?lang=sv").text


def test_one_after_a_gap(web: TestClient, engine: Engine, sales: list[Sale]) -> None:
    take(engine, on("sale"), said(sales[0]), NOW)
    take(engine, on("sale"), said(sales[2]), NOW)
    assert "has not reached us yet" in _told(web, sales[2])
    take(engine, on("sale"), said(sales[1]), NOW)
    assert "without a gap" in _told(web, sales[2])


def test_one_that_somebody_wrote_over_in_our_books(web: TestClient, engine: Engine, sales: list[Sale]) -> None:
    take(engine, on("sale"), said(sales[0]), NOW)
    with writing(engine) as connection:
        body = connection.scalar(sa.select(sale.c.body))
        assert body is not None
        connection.execute(sa.update(sale).values(body=body.replace("Rye bread", "Rye brood")))
    assert "not as the checkout sealed it" in _told(web, sales[0])


def _asked(web: TestClient, text: str) -> str:
    return web.post("/check?lang=en", data={"text": text}).text


def test_a_signed_receipt(web: TestClient, engine: Engine, sales: list[Sale]) -> None:
    text = signed(sales[0], KEY.sign)
    early = _asked(web, text)
    assert "nothing in it was changed" in early and "has not reached" in early and "Rye bread" in early
    take(engine, on("sale"), said(sales[0]), NOW)
    assert "It stands in the shop" in _asked(web, text)


def test_a_signed_receipt_of_another_sale_under_the_same_number(
    web: TestClient, engine: Engine, sales: list[Sale]
) -> None:
    take(engine, on("sale"), said(sales[0]), NOW)
    other = seal(replace(sales[0], language="fi"))
    assert "another sale under this number" in _asked(web, signed(other, KEY.sign))


@pytest.mark.parametrize("change", [lambda t: t[:-4] + "AAAA", lambda t: t.upper(), lambda t: "", lambda t: "<b>x</b>"])
def test_what_was_changed_is_not_ours(web: TestClient, sales: list[Sale], change: "type[str]") -> None:
    page = _asked(web, change(signed(sales[0], KEY.sign)))
    assert "has not signed this text" in page and "Rye bread" not in page and "<b>x" not in page


def test_another_shops_signature_is_not_ours(web: TestClient, sales: list[Sale]) -> None:
    other = Ed25519PrivateKey.from_private_bytes(b"2" * 32)
    assert "has not signed this text" in _asked(web, signed(sales[0], other.sign))


def test_a_text_without_end_is_refused(web: TestClient) -> None:
    assert web.post("/check", data={"text": "K" * 100_000}).status_code == 422


def test_a_key_that_is_none_keeps_the_store_from_starting(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="cannot be read"):
        public_keys([str(tmp_path / "no.pem")])
    (tmp_path / "bad.pem").write_text("x")
    with pytest.raises(BadSettings, match="no public key"):
        public_keys([str(tmp_path / "bad.pem")])
