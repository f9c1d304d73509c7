"""A revoked till is heard neither by the broker nor by the books, until a machine is adopted under its name."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from adopting import HOST, SECRET, Shop, real_now_utc_ms, request_of
from msgspec.structs import replace
from patience import DEADLINE_S
from selling import BREAD, NOW, ROWS, Till, said
from sqlalchemy.engine import Engine

from kiosk.wire.asking import StaffAsk, question
from kiosk.wire.topics import Address
from store.acts import latest
from store.adoption import Knock, adopt, make_code
from store.answering import answer
from store.certificates import Pair, issue, list_age_ms, listed, new_authority, revocation_list, serial
from store.config import LinkTable, read_config
from store.founding import LIST
from store.ingest import take
from store.price_book import PriceBook
from store.revocation import CannotRevoke, is_revoked, revocations, revoke_certificate, revoke_till
from store.turning_away import TurningAway

DAY_MS = 86_400_000


@pytest.fixture
def shop(tmp_path: Path, engine: Engine) -> Shop:
    PriceBook(engine).replace(ROWS, NOW, "test")
    return Shop(tmp_path / "shop", engine, real_now_utc_ms())


def _judged(shop: Shop, certificate: Path) -> subprocess.CompletedProcess[str]:
    command = ["openssl", "verify", "-crl_check", "-CAfile", str(shop.folder / "ca.crt"), "-CRLfile"]
    return subprocess.run(
        [*command, str(shop.folder / LIST), str(certificate)], capture_output=True, text=True, check=False
    )


def test_openssl_believes_it_until_it_is_on_the_list(shop: Shop) -> None:
    till, away = shop.folder / "tills/k01/till.crt", TurningAway(shop.config, shop.engine, lambda: shop.now_utc_ms)
    assert not away.turn() and _judged(shop, till).returncode == 0
    (one,) = revoke_till(shop.engine, shop.folder, "k01", "u1", "stolen", shop.now_utc_ms)
    assert int(one.serial, 16) == serial(till.read_bytes()) and one.name == "s001/k01"
    assert away.turn()
    assert "certificate revoked" in _judged(shop, till).stderr
    assert _judged(shop, shop.folder / "link.crt").returncode == 0
    (act,) = latest(shop.engine)
    assert (act.kind, act.till, act.about, act.who) == ("revoke", "k01", "k01: stolen", "u1")


def test_the_list_is_made_anew_once_a_day_and_whoever_has_run_out_leaves_it(shop: Shop) -> None:
    away = TurningAway(shop.config, shop.engine, lambda: shop.now_utc_ms)
    revoke_till(shop.engine, shop.folder, "k01", "", "", shop.now_utc_ms)
    away.turn()
    away.turn()
    first = (shop.folder / LIST).read_bytes()
    away.turn()
    assert (shop.folder / LIST).read_bytes() == first
    shop.now_utc_ms += DAY_MS + 60_000
    away.turn()
    anew = (shop.folder / LIST).read_bytes()
    assert anew != first and listed(anew) == listed(first) and 0 <= list_age_ms(anew, shop.now_utc_ms) < 1_000
    shop.now_utc_ms += 400 * DAY_MS
    away.turn()
    assert not listed((shop.folder / LIST).read_bytes())


def test_of_two_lists_made_in_one_second_the_second_is_the_younger() -> None:
    authority = new_authority("x", NOW)
    first = revocation_list(authority, {}, NOW)
    assert list_age_ms(revocation_list(authority, {7: NOW}, NOW, first), NOW) == list_age_ms(first, NOW) - 1000


def test_the_books_take_nothing_of_it_and_answer_nothing_until_it_is_adopted_again(shop: Shop) -> None:
    engine, address, till = shop.engine, Address("s001", "k01", "sale"), Till()
    first, second = said(till.sell((BREAD, 1))), said(till.sell((BREAD, 2)))
    assert take(engine, address, first, NOW).outcome == "new"
    revoke_till(engine, shop.folder, "k01", "u1", "", shop.now_utc_ms)
    refused = take(engine, address, second, NOW)
    assert refused.outcome == "refused" and refused.reason.startswith("the certificate of k01 is revoked")
    other = Address("s001", "k02", "sale")
    assert take(engine, other, said(Till("k02").sell((BREAD, 1))), NOW).outcome == "new", "nobody else suffers"
    ask = question("k01-1", StaffAsk())
    assert "revoked" in answer(engine, shop.config, "k01", ask, NOW).error
    shop.now_utc_ms += 1
    make_code(engine, shop.config, "k01", SECRET, "u1", shop.now_utc_ms, keeps_journal=True)
    adopt(engine, shop.config, Knock(_secret(), request_of()), shop.now_utc_ms)
    assert not is_revoked(engine, "k01") and take(engine, address, second, NOW).outcome == "new"
    assert not answer(engine, shop.config, "k01", ask, NOW).error


def _secret() -> str:
    from kiosk.wire.adoption import read_code, spelt

    return read_code(spelt(SECRET, b"x")).secret


def test_a_certificate_of_any_kind_is_revoked_once_and_one_of_others_never(shop: Shop) -> None:
    program = issue(Pair((shop.folder / "ca.crt").read_bytes(), (shop.folder / "ca.key").read_bytes()), "board", NOW)
    (one,) = revoke_certificate(shop.engine, shop.folder, program.certificate, "", "", NOW)
    assert one.name == "board" and not one.till and len(revocations(shop.engine)) == 1
    with pytest.raises(CannotRevoke, match="before"):
        revoke_certificate(shop.engine, shop.folder, program.certificate, "", "", NOW)
    other = new_authority("Other", NOW)
    with pytest.raises(CannotRevoke, match="another authority"):
        revoke_certificate(shop.engine, shop.folder, issue(other, "s001/k01", NOW).certificate, "", "", NOW)
    with pytest.raises(CannotRevoke, match="k99"):
        revoke_till(shop.engine, shop.folder, "k99", "", "", NOW)


class Broker:
    """The shop's real Mosquitto."""

    def __init__(self, shop: Shop) -> None:
        conf = shop.folder / "broker/mosquitto.conf"
        self.pid_file = shop.folder / "broker/mosquitto.pid"
        found = re.search(r"listener (\d+)", conf.read_text())
        assert found is not None
        self.port, self.shop = found[1], shop
        self.process = subprocess.Popen(["mosquitto", "-c", str(conf)], stderr=subprocess.PIPE)
        self.says(b"running")

    def says(self, word: bytes) -> None:
        """Wait for a line of its log."""
        assert self.process.stderr is not None
        while word not in self.process.stderr.readline():
            assert self.process.poll() is None, "the broker does not take its configuration"

    def command(self, program: str, *more: str) -> list[str]:
        place = self.shop.folder / "tills/k01"
        own = ("--cafile", str(self.shop.folder / "ca.crt"), "--cert", str(place / "till.crt"))
        key = ("--key", str(place / "till.key"))
        return [program, "-V", "5", "-q", "1", "-h", HOST, "-p", self.port, *own, *key, *more]

    def hears(self) -> bool:
        command = self.command("mosquitto_pub", "-t", "kassa/v1/s001/k01/state", "-m", "x")
        return subprocess.run(command, capture_output=True, timeout=DEADLINE_S, check=False).returncode == 0


@pytest.fixture
def broker(shop: Shop) -> Iterator[Broker]:
    broker = Broker(shop)
    yield broker
    broker.process.terminate()
    broker.process.wait(DEADLINE_S)


def test_a_real_broker_turns_it_away_and_ends_the_connection_that_it_has(shop: Shop, broker: Broker) -> None:
    link = read_config(shop.folder / "store.toml").link
    adoption = replace(shop.config.adoption, broker_pid_file=str(broker.pid_file))
    config = replace(shop.config, adoption=adoption, link=LinkTable(link.broker, link.ca, link.cert, link.key))
    away = TurningAway(config, shop.engine, lambda: shop.now_utc_ms)
    listens = broker.command("mosquitto_sub", "-d", "-i", "kassa-s001-k01", "-t", "kassa/v1/s001/k01/answer")
    connected = subprocess.Popen(listens, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    broker.says(b"as kassa-s001-k01 ")
    assert broker.hears()
    revoke_till(shop.engine, shop.folder, "k01", "", "stolen", shop.now_utc_ms)
    assert away.turn(), "the list is written, and somebody may still be connected"
    broker.says(b"Reloading")
    assert not broker.hears() and connected.poll() is None
    assert not away.turn()
    connected.wait(DEADLINE_S)  # its session was taken over, and it may not come again
    assert not broker.hears()
