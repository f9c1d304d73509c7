"""A shop is founded in one command, and its broker hears nobody but its own, each only as itself."""

import re
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import DEADLINE_S
from selling import BREAD, NOW, Till, said

from kiosk.app.config import read_config as kiosk_config
from kiosk.demo.ports import free_port
from store.__main__ import main
from store.certificates import LEAF_DAYS, NotOurs, Pair, common_name, due, fingerprint, hosts_of, issue, new_authority
from store.config import read_config
from store.database import open_books
from store.founding import CannotFound, Plan, add_till, found, renew

DAY_MS = 86_400_000
HOST = "127.0.0.1"


@pytest.fixture
def shop(tmp_path: Path, port: int) -> Path:
    folder = tmp_path / "shop"
    found(folder, Plan("s001", 'Corner "shop"', HOST, ("k01", "k02"), port), _now_ms())
    return folder


def _now_ms() -> int:
    """The broker asks this machine's clock whether a certificate is good."""
    said_s = subprocess.run(["date", "+%s"], check=True, capture_output=True, text=True).stdout
    return int(said_s) * 1000


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def running(shop: Path) -> Iterator[Path]:
    """With its real broker."""
    conf = shop / "broker/mosquitto.conf"
    broker = subprocess.Popen(["mosquitto", "-c", str(conf)], stderr=subprocess.PIPE)
    assert broker.stderr is not None
    while b"running" not in broker.stderr.readline():
        assert broker.poll() is None, "the broker does not take its configuration"
    yield shop
    broker.terminate()
    broker.wait(10)


def _publish(shop: Path, topic: str, payload: bytes, name: str = "") -> subprocess.CompletedProcess[bytes]:
    port = re.search(r"listener (\d+)", (shop / "broker/mosquitto.conf").read_text())
    assert port is not None
    place = shop / "tills" / name
    own = ("--cert", str(place / "till.crt"), "--key", str(place / "till.key")) if name else ()
    command = ["mosquitto_pub", "-V", "5", "-q", "1", "-d", "-h", HOST, "-p", port[1], "--cafile", str(shop / "ca.crt")]
    return subprocess.run(
        [*command, *own, "-t", topic, "-s"], input=payload, capture_output=True, timeout=DEADLINE_S, check=False
    )


def test_the_broker_hears_a_till_as_itself_and_as_nobody_else(running: Path) -> None:
    sale = said(Till("k01").sell((BREAD, 1)))
    mine = _publish(running, "kassa/v1/s001/k01/sale", sale, "k01")
    assert mine.returncode == 0 and b"Not authorized" not in mine.stderr + mine.stdout
    other = _publish(running, "kassa/v1/s001/k02/sale", sale, "k01")
    assert b"Not authorized" in other.stderr + other.stdout
    assert _publish(running, "kassa/v1/s001/k01/sale", sale).returncode != 0, "nobody without a certificate"


def test_a_certificate_of_another_shop_is_worth_nothing(running: Path, tmp_path: Path) -> None:
    found(tmp_path / "other", Plan("s001", "Other", HOST, ("k01",)), _now_ms())
    for name in ("till.crt", "till.key"):
        (running / "tills/k02" / name).write_bytes((tmp_path / "other/tills/k01" / name).read_bytes())
    assert _publish(running, "kassa/v1/s001/k02/state", b"x", "k02").returncode != 0


def test_openssl_agrees_with_every_certificate(shop: Path) -> None:
    for path in shop.rglob("*.crt"):
        purpose = "sslclient" if path.name in ("till.crt", "link.crt") else "sslserver"
        more = [] if path.name == "ca.crt" else ["-purpose", purpose]
        told = subprocess.run(
            ["openssl", "verify", "-x509_strict", *more, "-CAfile", str(shop / "ca.crt"), str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stdout + told.stderr
    shown = subprocess.run(
        ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", str(shop / "ca.crt")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert fingerprint((shop / "ca.crt").read_bytes()) in shown.stdout


def test_what_was_written_is_ready_to_use(shop: Path) -> None:
    config = read_config(shop / "store.toml")
    assert config.name == 'Corner "shop"' and Path(config.link.key).is_file()
    kiosk = tomllib.loads((shop / "tills/k02/kiosk.toml").read_text())
    assert (kiosk["lane"]["store"], kiosk["lane"]["till"], kiosk["lane"]["name"]) == ("s001", "k02", 'Corner "shop"')
    keys = list(shop.rglob("*.key"))
    assert len(keys) == 6 and all(stat.S_IMODE(key.stat().st_mode) == 0o600 for key in keys)


def test_one_more_till(shop: Path) -> None:
    add_till(shop, "k03", NOW)
    assert common_name((shop / "tills/k03/till.crt").read_bytes()) == "s001/k03"
    before, after = ((shop / f"tills/{till}/kiosk.toml").read_text() for till in ("k02", "k03"))
    assert after == before.replace("k02", "k03")
    with pytest.raises(CannotFound, match="already"):
        add_till(shop, "k03", NOW)


def test_what_ends_soon_is_issued_anew_and_the_rest_is_left(shop: Path) -> None:
    old = (shop / "tills/k01/till.crt").read_bytes()
    soon = _now_ms() + (LEAF_DAYS - 50) * DAY_MS
    assert not renew(shop, _now_ms()) and due(old, soon)
    renewed = renew(shop, soon)
    new = (shop / "tills/k01/till.crt").read_bytes()
    assert "tills/k01/till.crt" in renewed and "ca.crt" not in renewed
    assert common_name(new) == common_name(old) and not due(new, soon)
    assert hosts_of((shop / "console.crt").read_bytes()) == (HOST, "kassa-store", "localhost", "::1")
    assert not renew(shop, soon)


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (Plan("S 1", "x", HOST, ("k01",)), "no name of a store"),
        (Plan("s1", "x", HOST, ("k/1",)), "no name of a till"),
        (Plan("s1", "x", HOST, ("k1", "k1")), "twice"),
        (Plan("s1", "x", "my shop", ("k1",)), "no host"),
        (Plan("s1", "x", HOST, (), jurisdiction="xx"), "no jurisdiction 'xx'"),
        (Plan("s1", "x", HOST, (), currency="kr"), "no currency"),
        (Plan("s1", "x", HOST, (), timezone="Mars/Base"), "no time zone"),
    ],
)
def test_a_bad_plan_writes_nothing(tmp_path: Path, plan: Plan, why: str) -> None:
    with pytest.raises(CannotFound, match=why):
        found(tmp_path / "shop", plan, NOW)
    assert not (tmp_path / "shop").exists()


def test_a_shop_is_never_written_over(shop: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    with pytest.raises(CannotFound, match=r"holds a shop already.*store till add"):
        found(shop, Plan("s001", "x", HOST, ("k01",)), NOW)
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").touch()
    with pytest.raises(CannotFound, match="not empty"):
        found(tmp_path / "mine", Plan("s001", "x", HOST, ("k01",)), NOW)
    with pytest.raises(CannotFound, match="is a file"):
        found(tmp_path / "mine/letter.txt", Plan("s001", "x", HOST, ("k01",)), NOW)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("there", [False, True], ids=["a new folder", "an empty folder"])
def test_a_disk_that_is_full_leaves_nothing_half_made(tmp_path: Path, there: bool) -> None:
    """No file may grow beyond 1 KiB there (RLIMIT_FSIZE), which some are larger than."""
    folder = tmp_path / "new/shop"
    if there:
        folder.mkdir(parents=True)
    init = ["init", str(folder), "--host", HOST]
    limited = ["bash", "-c", 'ulimit -f 1; exec "$@"', "bash", sys.executable, "-B", "-m", "store", *init]
    told = subprocess.run(limited, capture_output=True, text=True, check=False, timeout=120)
    assert told.returncode == 1 and "nothing was founded" in told.stderr and "Traceback" not in told.stderr
    assert list(folder.iterdir()) == [] if there else not (tmp_path / "new").exists()
    assert main(init) == 0


def test_what_a_cut_left_is_no_shop_and_is_founded_anew(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    (folder / "founding.part/broker").mkdir(parents=True)
    (folder / "founding.part/ca.key").write_text("half a k")
    written = found(folder, Plan("s001", "x", HOST, ("k01",)), NOW)
    assert sorted(written) == sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_a_folder_with_any_name_works_or_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / 'Åsas "shop" #1'
    found(folder, Plan("s001", "x", HOST, ("k01",)), NOW)
    config = read_config(folder / "store.toml")
    assert Path(config.http.cert).is_file() and config.adoption.folder == str(folder)
    open_books(config.database.url).dispose()
    assert (folder / "store.db").is_file()
    with pytest.raises(CannotFound, match="without"):
        found(tmp_path / "50%?", Plan("s001", "x", HOST, ("k01",)), NOW)


def test_tills_sell_by_the_shops_rules_also_those_that_come_later(tmp_path: Path) -> None:
    plan = Plan(
        "s001", "Butikk", HOST, ("k01",), mode="demo", currency="NOK", jurisdiction="no", timezone="Europe/Oslo"
    )
    found(tmp_path / "shop", plan, NOW)
    settings = tmp_path / "shop/store.toml"
    settings.write_text(settings.read_text().replace("Butikk", "Butikken"))
    add_till(tmp_path / "shop", "k02", NOW)
    first, second = (kiosk_config(tmp_path / f"shop/tills/{till}/kiosk.toml").lane for till in ("k01", "k02"))
    assert (first.mode, first.currency, first.jurisdiction, first.timezone) == ("demo", "NOK", "no", "Europe/Oslo")
    assert (second.name, second.mode, second.jurisdiction) == ("Butikken", "demo", "no")


def test_a_till_finds_its_files_beside_its_settings_wherever_they_are_carried(shop: Path, tmp_path: Path) -> None:
    card = tmp_path / "card"
    shop.joinpath("tills/k02").rename(card)
    link = kiosk_config(card / "kiosk.toml").link
    assert [Path(file).parent for file in (link.ca, link.cert, link.key)] == [card] * 3
    assert all(Path(file).is_file() for file in (link.ca, link.cert, link.key))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "shop"
    assert main(["init", str(folder), "--host", "kassa.local", "--till", "k01"]) == 0
    assert "mosquitto -c" in capsys.readouterr().out
    assert main(["till", "add", str(folder), "k02"]) == 0
    assert main(["certificates", "renew", str(folder)]) == 0
    assert "tills/k02/till.crt" in capsys.readouterr().out
    assert main(["init", str(folder), "--host", "kassa.local"]) == 1
    assert "holds a shop already" in capsys.readouterr().err


@given(st.binary(max_size=400))
def test_rubbish_is_no_certificate(data: bytes) -> None:
    with pytest.raises(NotOurs):
        common_name(data)


def test_a_key_that_is_not_the_authoritys_vouches_for_nobody() -> None:
    one, other = new_authority("a", NOW), new_authority("b", NOW)
    with pytest.raises(NotOurs, match="not the one"):
        issue(Pair(one.certificate, other.key), "s001/k01", NOW)
