"""A machine becomes a till by a code: once, soon, only at the shop that made it, and as nobody else."""

import signal
import ssl
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from adopting import HOST, SECRET, Shop, answers, opened, real_now_utc_ms, request_of
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from patience import until
from selling import BREAD, Till, on, said
from serving import Served
from sqlalchemy.engine import Engine

from kiosk.__main__ import main as kiosk
from kiosk.app import adopting
from kiosk.app.config import read_config
from kiosk.demo.ports import free_port
from kiosk.wire.adoption import LONG, BadCode, pin_of, read_code, spelt
from store.__main__ import main
from store.adoption import (
    LIFE_MS,
    CannotAdopt,
    Knock,
    Offer,
    WrongCode,
    adopt,
    certificates,
    codes,
    make_code,
    withdraw,
)
from store.adoption_door import MOST_ADDRESSES, MOST_WRONG, PAUSE_MS, Tries
from store.adoption_schema import adoption
from store.api import make_app
from store.certificates import NotOurs, common_name
from store.founding import Plan, found
from store.ingest import take
from store.users import add_user


@pytest.fixture
def shop(tmp_path: Path, engine: Engine) -> Shop:
    return Shop(tmp_path / "shop", engine, real_now_utc_ms())


@pytest.fixture
def door(shop: Shop) -> Iterator[Shop]:
    with opened(shop):
        yield shop


def offered(shop: Shop, till: str = "k02", secret: bytes = SECRET, *, keeps_journal: bool = False) -> Offer:
    return make_code(shop.engine, shop.config, till, secret, "u4", shop.now_utc_ms, keeps_journal=keeps_journal)


def knocked(shop: Shop, offer: Offer, request: bytes, till: str = "") -> str:
    knock = Knock(read_code(offer.code).secret, request, "192.0.2.7", till)
    return adopt(shop.engine, shop.config, knock, shop.now_utc_ms).certificate


# --- the whole way ----------------------------------------------------------------------------------------------------


def test_one_command_makes_a_machine_a_till(door: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    offer = offered(door)
    folder = tmp_path / "machine"
    typed = offer.code.lower().replace("-", " ").replace("0", "o")
    assert kiosk(["adopt", door.url, typed, "--folder", str(folder)]) == 0, capsys.readouterr().err
    assert "This machine is till k02 of Corner shop." in capsys.readouterr().out
    config = read_config(folder / "kiosk.toml")
    assert (config.lane.store, config.lane.till, config.lane.name) == ("s001", "k02", "Corner shop")
    assert config.link.broker.startswith("mqtts://127.0.0.1:")
    assert stat.S_IMODE((folder / "till.key").stat().st_mode) == 0o600
    assert {path.name for path in folder.iterdir()} == {"kiosk.toml", "ca.crt", "till.crt", "till.key"}
    told = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", str(door.folder / "ca.crt"),
         config.link.cert], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert common_name((folder / "till.crt").read_bytes()) == "s001/k02"
    assert [(one.till, one.how) for one in certificates(door.engine)] == [("k02", "adopted")]
    (code,) = codes(door.engine)
    assert (code.till, code.by, code.address) == ("k02", "u4", "127.0.0.1") and code.used_utc_ms == door.now_utc_ms


def test_a_till_gets_a_new_certificate_and_keeps_its_settings(door: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "machine"
    adopting.adopt(door.url, offered(door).code, folder)
    settings = folder / "kiosk.toml"
    settings.write_text(settings.read_text() + '\n[devices.scanner]\ndriver = "simulated"\n')
    old = (folder / "till.crt").read_bytes(), settings.read_text()
    with pytest.raises(adopting.CannotAdopt, match="this machine is a till"):
        adopting.adopt(door.url, offered(door, secret=b"22222").code, folder)
    with pytest.raises(adopting.CannotAdopt, match="this code is for k03, and this machine is k02"):
        adopting.adopt(door.url, offered(door, "k03", b"33333").code, folder, again=True)
    adopting.adopt(door.url, offered(door, secret=b"44444").code, folder, again=True)
    assert settings.read_text() == old[1]
    assert common_name((folder / "till.crt").read_bytes()) == "s001/k02"
    assert (folder / "till.crt").read_bytes() != old[0]


def test_another_shop_at_that_address_hears_no_secret(
    door: Shop, tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(Shop(tmp_path / "other", engine, door.now_utc_ms)) as other:
        sent: list[object] = []
        monkeypatch.setattr(adopting, "asked", lambda *what: sent.append(what))
        with pytest.raises(adopting.CannotAdopt, match="is not the shop that made this code"):
            adopting.adopt(other.url, offered(door).code, tmp_path / "machine")
    assert not sent and not (tmp_path / "machine").exists()


def test_what_was_interrupted_is_done_again_with_the_same_code(
    door: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shop's answer is lost on its way."""
    code, ask = offered(door).code, adopting.asked

    def lost(*what: object) -> bytes:
        ask(*what)  # type: ignore[arg-type]
        raise adopting.CannotAdopt("cannot be reached")

    monkeypatch.setattr(adopting, "asked", lost)
    with pytest.raises(adopting.CannotAdopt):
        adopting.adopt(door.url, code, tmp_path / "machine")
    assert not (tmp_path / "machine/kiosk.toml").exists()
    monkeypatch.undo()
    adopting.adopt(door.url, code, tmp_path / "machine")
    assert read_config(tmp_path / "machine/kiosk.toml").lane.till == "k02"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:1", "is no address such as https://"),
        ("https://127.0.0.1:seven", "is no address such as https://"),
        ("https://127.0.0.1:1", "cannot be reached: .*refused"),
    ],
)
def test_an_address_that_is_none_is_said_so(shop: Shop, tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(adopting.CannotAdopt, match=says):
        adopting.adopt(url, offered(shop).code, tmp_path / "machine")


def test_the_name_must_be_the_one_that_the_console_shows(door: Shop, tmp_path: Path) -> None:
    url = door.url.replace("127.0.0.1", "127.0.0.2")
    with pytest.raises(adopting.CannotAdopt, match="its certificate does not fit"):
        adopting.adopt(url, offered(door).code, tmp_path / "machine")


# --- codes ------------------------------------------------------------------------------------------------------------


def test_a_code_is_used_once_but_by_the_same_machine(shop: Shop) -> None:
    offer = offered(shop)
    mine = request_of()
    first = knocked(shop, offer, mine)
    shop.now_utc_ms += 60_000
    assert knocked(shop, offer, mine) == first and len(certificates(shop.engine)) == 1
    with pytest.raises(CannotAdopt, match="used already, for k02"):
        knocked(shop, offer, request_of())


def test_a_code_that_is_late_withdrawn_or_followed_by_another_opens_nothing(shop: Shop) -> None:
    late = offered(shop)
    shop.now_utc_ms += LIFE_MS
    with pytest.raises(CannotAdopt, match="too old"):
        knocked(shop, late, request_of())
    before, after = offered(shop, secret=b"00001"), offered(shop, secret=b"00002")
    with pytest.raises(CannotAdopt, match="too old or was withdrawn"):
        knocked(shop, before, request_of())
    withdraw(shop.engine, codes(shop.engine)[0].n, shop.now_utc_ms)
    with pytest.raises(CannotAdopt, match="withdrawn"):
        knocked(shop, after, request_of())
    assert not certificates(shop.engine)


def test_a_code_that_nobody_made_opens_nothing(shop: Shop) -> None:
    offered(shop)
    with pytest.raises(WrongCode, match="nobody here made this code"):
        adopt(shop.engine, shop.config, Knock("ZZZZZZZZ", request_of()), shop.now_utc_ms)


def test_the_books_do_not_know_the_code(shop: Shop) -> None:
    secret = read_code(offered(shop).code).secret
    with shop.engine.connect() as connection:
        row = connection.execute(sa.select(adoption)).mappings().one()
    assert secret not in str(dict(row))


def test_a_till_that_has_sold_is_not_begun_again(shop: Shop) -> None:
    take(shop.engine, on("sale"), said(Till().sell((BREAD, 1))), shop.now_utc_ms)
    with pytest.raises(CannotAdopt, match="k01 has sold before"):
        offered(shop, "k01")
    assert offered(shop, "k01", keeps_journal=True).till == "k01"


def test_a_request_that_is_none_costs_no_code(shop: Shop) -> None:
    offer = offered(shop)
    rsa_key = rsa.generate_private_key(65537, 2048)
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    other_kind = builder.sign(rsa_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    for request in (b"", b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n", other_kind, _another_signature()):
        with pytest.raises(NotOurs):
            knocked(shop, offer, request)
    assert knocked(shop, offer, request_of())


def _another_signature() -> bytes:
    """A request for a key that whoever asks does not have."""
    form = serialization.Encoding.DER
    one, two = (x509.load_pem_x509_csr(request_of()) for _ in range(2))
    mixed = one.public_bytes(form).replace(_point(one), _point(two))
    return x509.load_der_x509_csr(mixed).public_bytes(serialization.Encoding.PEM)


def _point(request: x509.CertificateSigningRequest) -> bytes:
    key = request.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


@given(st.binary(min_size=5, max_size=5), st.binary(max_size=80), st.integers(0, LONG - 1), st.sampled_from("0A9Z"))
def test_a_code_is_read_as_it_was_made_and_one_wrong_letter_is_another_code(
    secret: bytes, authority: bytes, at: int, letter: str
) -> None:
    code = spelt(secret, authority)
    read = read_code(code)
    assert read.pin == pin_of(authority) and read_code(code.lower()) == read
    plain = code.replace("-", "")
    wrong = plain[:at] + letter + plain[at + 1 :]
    assert (read_code(wrong) == read) == (wrong == plain)


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_a_sentence(text: str) -> None:
    try:
        assert len(read_code(text).secret) == 8
    except BadCode as error:
        assert str(error)


# --- the door ---------------------------------------------------------------------------------------------------------


def test_whoever_guesses_waits_and_nothing_else_is_behind_the_door(door: Shop) -> None:
    trust = str(door.folder / "ca.crt")
    body = {"code": "ZZZZZZZZ", "request": request_of().decode()}
    good = {**body, "code": read_code(offered(door).code).secret}
    with httpx.Client(base_url=door.url, verify=ssl.create_default_context(cafile=trust)) as client:
        assert client.get("/adopt/authority").text == (door.folder / "ca.crt").read_text()
        for path in ("/", "/api/v1/products", "/metrics", "/openapi.json", "/adopt/ca.key"):
            assert client.get(path).status_code == 404
        for _ in range(MOST_WRONG):
            assert client.post("/adopt", json=body).status_code == 403
        refused = client.post("/adopt", json=good)
        assert refused.status_code == 429 and "five minutes" in refused.json()["detail"]
        door.now_utc_ms += PAUSE_MS
        assert client.post("/adopt", json=good).status_code == 200
        assert client.post("/adopt", json={**body, "more": 1}).status_code == 422


def test_only_so_many_addresses_are_remembered() -> None:
    tries = Tries()
    for n in range(MOST_WRONG):
        assert tries.may("192.0.2.1", n)
        tries.count("192.0.2.1", n)
    assert not tries.may("192.0.2.1", 20) and tries.may("192.0.2.2", 20)
    assert tries.may("192.0.2.1", 9 + PAUSE_MS)
    for n in range(MOST_ADDRESSES):
        tries.count(f"2001:db8::{n:x}", 20)
    assert tries.may("192.0.2.1", 20) and len(tries._wrong) == MOST_ADDRESSES


# --- the shell --------------------------------------------------------------------------------------------------------


def test_the_shell_makes_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "shop"
    assert main(["init", str(folder), "--host", "kassa.local"]) == 0
    capsys.readouterr()
    assert main(["till", "adopt", "k02", "--config", str(folder / "store.toml")]) == 0
    (command,) = [line.strip() for line in capsys.readouterr().out.splitlines() if "kiosk adopt" in line]
    assert command.startswith("kiosk adopt https://kassa.local:8443 ")
    assert read_code(command.rsplit(" ", 1)[1])
    assert main(["till", "adopt", "K 2", "--config", str(folder / "store.toml")]) == 1
    assert "is no name of a till" in capsys.readouterr().err


def test_a_store_without_the_folder_adopts_nobody(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "store.toml"
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "sqlite:///{tmp_path}/x.db"\n')
    assert main(["till", "adopt", "k02", "--config", str(file)]) == 1
    assert "name the folder of `store init` in [adoption]" in capsys.readouterr().err


# --- for programs -----------------------------------------------------------------------------------------------------


def test_a_program_makes_a_code_with_an_operators_pin(shop: Shop) -> None:
    add_user(shop.engine, "Otto", "operator", "9753", any_pin=True)
    add_user(shop.engine, "Bo", "cashier", "1357", any_pin=True)
    client = TestClient(make_app(shop.parts))
    refused = client.post("/api/v1/adoptions", json={"till": "k07", "pin": "1357"})
    assert refused.status_code == 403 and "Bo is cashier" in refused.json()["detail"]
    made = client.post("/api/v1/adoptions", json={"till": "k07", "pin": "9753"})
    assert made.status_code == 201 and made.json()["command"].endswith(made.json()["code"])
    (listed,) = client.get("/api/v1/adoptions").json()
    assert listed["till"] == "k07" and "code" not in listed
    assert client.post(f"/api/v1/adoptions/{listed['n']}/withdrawn", json={"pin": "9753"}).status_code == 204
    with pytest.raises(CannotAdopt, match="withdrawn"):
        knocked(shop, Offer("k07", made.json()["code"], "", 0), request_of())
    assert client.get("/api/v1/certificates").json() == []


# --- the whole store as a process -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_store_as_it_was_founded_adopts_a_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, port = tmp_path / "shop", free_port()
    found(folder, Plan("s001", "Corner shop", HOST, ("k01",), free_port(), port), real_now_utc_ms())
    settings = folder / "store.toml"
    settings.write_text(settings.read_text().replace('listen = "0.0.0.0:8080"', 'listen = "127.0.0.1:0"'))
    store = Served(settings)
    try:
        until(lambda: answers(port), "the door does not open")
        assert main(["till", "adopt", "k02", "--config", str(settings)]) == 0
        command = capsys.readouterr().out.splitlines()[-1].split()
        assert command[:3] == ["kiosk", "adopt", f"https://{HOST}:{port}"]
        assert kiosk([*command[1:], "--folder", str(tmp_path / "k02")]) == 0, capsys.readouterr().err
    finally:
        assert store.end(signal.SIGTERM) == 0
    assert read_config(tmp_path / "k02/kiosk.toml").lane.till == "k02"
