"""Certificates are renewed before they end, and nobody thinks of it: the shop's own, each lane's over its link."""

import os
import re
import signal
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from adopting import HOST, Shop, opened, real_now_utc_ms, request_of
from cryptography import x509
from patience import DEADLINE_S, until
from selling import on
from sqlalchemy.engine import Engine

from kiosk.app.config_tables import LinkTable
from kiosk.app.identity import Identity
from kiosk.app.inbox import Inbox
from kiosk.app.link import Connected
from kiosk.app.mqtt import Mqtt
from kiosk.app.renewing import LOOK_EVERY_MS, Renewing
from kiosk.values.moment import Moment
from kiosk.wire.asking import CertificateAnswer, CertificateAsk, answered, question
from store import answering
from store.adoption import RENEW_EVERY_MS, certificates
from store.caretaker import Caretaker
from store.certificates import LEAF_DAYS, common_name, due

DAY_MS = 86_400_000


@pytest.fixture
def shop(tmp_path: Path, engine: Engine) -> Shop:
    return Shop(tmp_path / "shop", engine, real_now_utc_ms())


def asked(shop: Shop, ask: CertificateAsk, till: str = "k01") -> tuple[CertificateAnswer | None, str]:
    """As over the link: the till is whoever the broker let speak."""
    assert on("ask", till).till == till
    answer = answering.answer(shop.engine, shop.config, till, question("q1", ask), shop.now_utc_ms)
    return answered(answer, CertificateAnswer), answer.error


def lane_of(shop: Shop) -> Renewing:
    """The lane k01 as `store init` made it, its background done at once."""
    place = shop.folder / "tills/k01"
    return Renewing(Identity(place / "till.crt", place / "till.key"), lambda job: list(job()) and None)


def test_a_lane_renews_before_the_end_and_asks_for_nothing_until_then(shop: Shop) -> None:
    lane, certificate = lane_of(shop), shop.folder / "tills/k01/till.crt"
    assert lane.ask(Moment(shop.now_utc_ms, 0, "")) is None
    shop.now_utc_ms += (LEAF_DAYS - 50) * DAY_MS
    assert due(certificate.read_bytes(), shop.now_utc_ms)
    assert lane.ask(Moment(shop.now_utc_ms, LOOK_EVERY_MS - 1, "")) is None, "it looks now and then"
    ask = lane.ask(Moment(shop.now_utc_ms, LOOK_EVERY_MS, ""))
    assert ask is not None and lane.ask(Moment(shop.now_utc_ms, LOOK_EVERY_MS, "")) is None
    lane.heard(None)  # the store is away, or refuses
    assert due(certificate.read_bytes(), shop.now_utc_ms)
    answer, _ = asked(shop, ask)
    lane.heard(answer)
    assert common_name(certificate.read_bytes()) == "s001/k01" and not due(certificate.read_bytes(), shop.now_utc_ms)
    assert [(one.till, one.how) for one in certificates(shop.engine)] == [("k01", "renewed")]


def test_the_answer_is_the_same_again_and_a_till_gets_one_a_day(shop: Shop) -> None:
    ask = CertificateAsk(request=request_of().decode())
    first, _ = asked(shop, ask)
    assert first is not None and asked(shop, ask)[0] == first
    other = CertificateAsk(request=request_of().decode())
    assert asked(shop, other) == (None, "k01 has a certificate of today; a till gets one a day")
    assert asked(shop, other, "k02")[0] is not None
    shop.now_utc_ms += RENEW_EVERY_MS
    assert asked(shop, other)[0] is not None


def test_rubbish_is_answered_in_words(shop: Shop) -> None:
    assert "no certificate request" in asked(shop, CertificateAsk(request="rubbish"))[1]


def test_a_store_that_was_not_founded_says_so(shop: Shop) -> None:
    from msgspec.structs import replace

    from store.config import AdoptionTable

    config = replace(shop.config, adoption=AdoptionTable())
    ask = question("q1", CertificateAsk(request=request_of().decode()))
    answer = answering.answer(shop.engine, config, "k01", ask, shop.now_utc_ms)
    assert "this store adopts no tills" in answer.error


# --- the shop's own ---------------------------------------------------------------------------------------------------


def test_a_store_renews_its_own_and_leaves_those_of_the_tills(shop: Shop) -> None:
    told: list[bool] = []
    caretaker = Caretaker(shop.config, shop.engine, lambda: shop.now_utc_ms, lambda: told.append(True))
    caretaker.turn()
    assert not told
    shop.now_utc_ms += (LEAF_DAYS - 50) * DAY_MS
    caretaker.turn()
    for name in ("link.crt", "console.crt", "broker/broker.crt"):
        assert not due((shop.folder / name).read_bytes(), shop.now_utc_ms)
    assert due((shop.folder / "tills/k01/till.crt").read_bytes(), shop.now_utc_ms)
    caretaker.turn()
    assert told == [True]


def test_the_door_shows_the_new_certificate_at_once(shop: Shop) -> None:
    with opened(shop):
        before = ssl.get_server_certificate((HOST, shop.door.port))
        shop.now_utc_ms += (LEAF_DAYS - 50) * DAY_MS
        Caretaker(shop.config, shop.engine, lambda: shop.now_utc_ms, shop.door.renewed).turn()
        until(lambda: ssl.get_server_certificate((HOST, shop.door.port)) != before, "it shows the old one")
        shown = ssl.get_server_certificate((HOST, shop.door.port))
    assert x509.load_pem_x509_certificate(shown.encode()) == x509.load_pem_x509_certificate(
        (shop.folder / "console.crt").read_bytes()
    )


# --- with a real broker -----------------------------------------------------------------------------------------------


@pytest.fixture
def broker(shop: Shop) -> Iterator["subprocess.Popen[bytes]"]:
    conf = shop.folder / "broker/mosquitto.conf"
    started = subprocess.Popen(["mosquitto", "-c", str(conf)], stderr=subprocess.PIPE)
    assert started.stderr is not None
    while b"running" not in started.stderr.readline():
        assert started.poll() is None, "the broker does not take its configuration"
    yield started
    started.terminate()
    started.wait(DEADLINE_S)


def _port(shop: Shop) -> int:
    found = re.search(r"listener (\d+)", (shop.folder / "broker/mosquitto.conf").read_text())
    assert found is not None
    return int(found[1])


def test_the_broker_shows_its_new_certificate_when_it_is_told_to(shop: Shop, broker: "subprocess.Popen[bytes]") -> None:
    before = ssl.get_server_certificate((HOST, _port(shop)))
    shop.now_utc_ms += (LEAF_DAYS - 50) * DAY_MS
    Caretaker(shop.config, shop.engine, lambda: shop.now_utc_ms).turn()
    broker.send_signal(signal.SIGHUP)
    until(lambda: ssl.get_server_certificate((HOST, _port(shop))) != before, "it shows the old one")


def _interrupt(shop: Shop) -> None:
    """Somebody else under the lane's client id: the broker ends the lane's connection (MQTT 5, 3.1.3.1)."""
    own = [f"--{what}={shop.folder}/{file}" for what, file in (("cafile", "ca.crt"), ("cert", "link.crt"))]
    command = ["mosquitto_pub", "-V", "5", "-h", HOST, "-p", str(_port(shop)), "-i", "kassa-s001-k01"]
    for option in (*own, f"--key={shop.folder}/link.key"):
        command += option.split("=")
    subprocess.run([*command, "-t", "kassa/v1/s001/pricebook", "-n"], check=True, timeout=DEADLINE_S)


def test_a_lane_comes_back_with_its_new_certificate(shop: Shop, broker: "subprocess.Popen[bytes]") -> None:
    place = shop.folder / "tills/k01"
    table = LinkTable(
        broker=f"mqtts://{HOST}:{_port(shop)}", ca=str(shop.folder / "ca.crt"),
        cert=str(place / "till.crt"), key=str(place / "till.key"),
    )  # fmt: skip
    inbox = Inbox()
    lane = Mqtt(table, "s001", "k01", inbox, "2026-11-24T00:00:00Z")
    try:
        until(lambda: any(isinstance(one, Connected) for one in inbox.take()), "the lane is not heard")
        identity = Identity(place / "till.crt", place / "till.key")
        answer, _ = asked(shop, CertificateAsk(request=identity.request().decode()), "k09")  # told apart by its name
        assert answer is not None
        identity.take(answer.certificate.encode())
        _interrupt(shop)
        assert broker.stderr is not None
        os.set_blocking(broker.stderr.fileno(), False)
        log = broker.stderr
        until(lambda: b"u's001/k09'" in (log.read() or b""), "the lane does not come back with it")
    finally:
        lane.close()
