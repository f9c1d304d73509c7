"""compose.yaml: read by the rules of the Compose Specification that it uses (compose-spec.io), since there is no Docker
here to run it; its commands, by the programs' own readers; a shop that is founded as its text says; and the clustered
brokers' access list, beside the one that a real Mosquitto is tested with."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from sqlalchemy.engine import make_url

from store.__main__ import _parser
from store.certificates import hosts_of
from store.config import Config, read_config
from store.founding import Plan, found

CONFIG = Path(__file__).parents[2] / "config"
TOP = {"name", "services", "networks", "volumes", "secrets", "configs"}
SERVICE = {
    "image", "command", "entrypoint", "environment", "networks", "secrets", "configs", "volumes", "depends_on", "ports",
    "restart", "healthcheck", "hostname", "deploy",
}  # fmt: skip
"""Of its keys those that we use, each as the specification spells it."""
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
BROUGHT = ("./shop", "./secrets")
"""What the text on top tells people to make first."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((CONFIG / "compose.yaml").read_text(encoding="utf-8")))


def names(value: Any) -> set[str]:
    """Of a list or a mapping, both of which the specification takes."""
    return set(value or ())


def test_every_key_is_one_of_the_specification(compose: dict[str, Any]) -> None:
    assert {key for key in compose if not key.startswith("x-")} <= TOP
    for name, service in compose["services"].items():
        assert names(service) <= SERVICE and "image" in service, name
        assert service["restart"] == "unless-stopped", f"{name} comes back after a restart of the machine"


def test_whatever_is_named_is_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name, service in services.items():
        for kind in ("networks", "secrets"):
            assert names(service.get(kind)) <= names(compose[kind]), (name, kind)
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            brought = source.startswith(BROUGHT)
            assert brought or source in compose["volumes"] or (CONFIG / source).is_file(), (name, source)
        waits = service.get("depends_on", {})
        assert names(waits) <= names(services)
        for on, how in waits.items() if isinstance(waits, dict) else ():
            assert how["condition"] in CONDITIONS
            assert how["condition"] != "service_healthy" or "healthcheck" in services[on], (name, on)


def test_the_brokers_know_each_other_and_the_door_knows_them(compose: dict[str, Any]) -> None:
    brokers = [name for name in compose["services"] if name.startswith("broker")]
    assert len(brokers) == 3
    door = (CONFIG / "broker-cluster/haproxy.cfg").read_text()
    for name in brokers:
        service = compose["services"][name]
        seeds = service["environment"]["EMQX_CLUSTER__STATIC__SEEDS"]
        assert service["environment"]["EMQX_NODE__NAME"] == f"emqx@{name}.brokers"
        assert f"emqx@{name}.brokers" in seeds and f"{name}.brokers:8883" in door
        assert service["networks"]["brokers"]["aliases"] == [f"{name}.brokers"], "the others find it by that name"
        assert service["environment"]["EMQX_LISTENERS__TCP__DEFAULT__ENABLE"] == "false", "nobody speaks without TLS"


def test_no_secret_stands_in_it(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for key, value in service.get("environment", {}).items():
            secret = re.search(r"PASSWORD(?!_FILE)|COOKIE|SECRET|TOKEN", key)
            assert not secret or str(value).startswith("${"), key


def _rights(text: str) -> set[tuple[str, str]]:
    """Of Mosquitto's list: (verb, topic), the name as `@` for a till and `=` for the store."""
    found = set()
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["pattern"]:
            found.add((words[1], words[2].replace("%u", "@")))
        elif words[:1] == ["topic"]:
            found.add((words[1], words[2].replace("/s001/", "/=/")))
    return found


def _rights_of_emqx(text: str) -> set[tuple[str, str]]:
    verbs = {"publish": "write", "subscribe": "read"}
    found = set()
    for who, verb, topics in re.findall(
        r"\{allow, (all|\{.*?\}\}), (publish|subscribe), \[(.*?)\]\}\.", text, re.DOTALL
    ):
        own = "@" if who == "all" else "="
        found |= {(verbs[verb], topic.replace("${username}", own)) for topic in re.findall(r'"([^"]+)"', topics)}
    return found


def test_the_clustered_brokers_let_tills_and_stores_do_the_same_as_a_shops_mosquitto() -> None:
    ours = _rights((CONFIG / "mosquitto/kassa.acl").read_text(encoding="utf-8"))
    theirs = (CONFIG / "broker-cluster/acl.conf").read_text(encoding="utf-8")
    assert len(ours) == 24 and _rights_of_emqx(theirs) == ours
    assert theirs.rstrip().endswith("{deny, all}.")


# --- what it tells our own programs -----------------------------------------------------------------------------------

SHOP = "/var/lib/kassa/shop"
TEXT = (CONFIG / "compose.yaml").read_text(encoding="utf-8")


class Founded:
    """The shop that the text on top makes, with the lines of store.toml changed that it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "shop"
        found(self.folder, Plan("s001", "Shop", "door.example", ("k01",)), 1_764_000_000_000)
        said = self.folder.joinpath("store.toml").read_text().replace(str(self.folder.resolve()), SHOP)
        self.changed = dict(re.findall(r"^#   \[\w+\] +(\w+) = (\".*\")$", TEXT, re.MULTILINE))
        for key, value in self.changed.items():
            said, count = re.subn(rf"^{key} = .*$", f"{key} = {value}", said, flags=re.MULTILINE)
            assert count == 1, key
        changed = folder / "store.toml"
        changed.write_text(said)
        self.text, self.config = said, read_config(changed)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return Founded(tmp_path_factory.mktemp("compose"))


def _commands(compose: dict[str, Any]) -> list[list[str]]:
    """Of the services and of the text on top, from `store` on."""
    told = [shlex.split(line) for line in re.findall(r"^#   docker .*? (store .*)$", TEXT, re.MULTILINE)]
    run = [service["command"] for service in compose["services"].values() if "command" in service]
    return [*told, *run]


def test_every_command_is_one_that_the_store_takes(compose: dict[str, Any]) -> None:
    commands = _commands(compose)
    assert [words[1] for words in commands] == ["init", "user", "serve", "serve"]
    for program, *words in commands:
        said = vars(_parser().parse_args(words))
        assert program == "store" and str(said.get("folder") or said["config"]).startswith(SHOP), words
    assert [vars(_parser().parse_args(words[1:]))["only"] for words in commands[2:]] == [None, "ingest"]


def test_store_and_brokers_find_each_other_by_a_name_that_their_certificate_has(
    compose: dict[str, Any], shop: Founded
) -> None:
    assert set(shop.changed) == {"url", "broker", "broker_pid_file"}
    broker = urlsplit(shop.config.link.broker)
    door = compose["services"]["door"]
    assert broker.scheme == "mqtts" and broker.hostname in door["networks"]["brokers"]["aliases"]
    assert broker.hostname in hosts_of((shop.folder / "broker/broker.crt").read_bytes())
    assert str(broker.port) in {port.partition(":")[2] for port in door["ports"]}
    assert f"bind :{broker.port}\n" in (CONFIG / "broker-cluster/haproxy.cfg").read_text()


def test_the_console_listens_where_its_ports_lead(compose: dict[str, Any], shop: Founded) -> None:
    led = {port.partition(":")[2] for port in compose["services"]["console"]["ports"]}
    heard = [shop.config.http.listen, shop.config.adoption.listen]
    assert {address.rpartition(":")[2] for address in heard} == led
    assert all(address.startswith("0.0.0.0:") for address in heard), "a port leads to no loopback"


def test_whatever_is_mounted_was_founded_and_whatever_is_set_is_mounted(compose: dict[str, Any], shop: Founded) -> None:
    for name, service in compose["services"].items():
        for source in (volume.partition(":")[0] for volume in service.get("volumes", [])):
            if source.startswith("./shop"):
                assert shop.folder.parent.joinpath(source).exists(), (name, source)
    for name in ("console", "ingest"):
        assert f"./shop:{SHOP}" in compose["services"][name]["volumes"]
    for line in shop.text.splitlines():
        for path in re.findall(r'"(/[^"]*)"', line):
            assert path.startswith(SHOP), line
    assert str(shop.folder) not in shop.text


def test_the_store_knows_the_way_into_the_database(compose: dict[str, Any], shop: Founded) -> None:
    books, url = compose["services"]["books"], make_url(shop.config.database.url)
    assert (url.get_backend_name(), url.host, url.password) == ("postgresql", "books", None)
    assert (books["environment"]["POSTGRES_USER"], books["environment"]["POSTGRES_DB"]) == (url.username, url.database)
    (line,) = re.findall(r'pgpass \("(.*?)"', TEXT)
    assert line.split(":")[:4] == [url.host, "5432", url.database, url.username]
    for name in ("console", "ingest"):
        assert compose["services"][name]["environment"]["PGPASSFILE"] == "/run/secrets/pgpass"
    program, *words = books["healthcheck"]["test"][1:]
    asked = subprocess.run([program, *words, "--port=1", "--timeout=1"], capture_output=True, check=False)
    assert asked.returncode == 2, f"it understands what it is told, and nobody answers there: {asked.stderr!r}"


def test_several_processes_share_what_must_be_shared(shop: Founded) -> None:
    config: Config = shop.config
    assert config.pictures.folder.startswith(SHOP), "workers answer for pictures that the console's process fetched"
    assert config.adoption.broker_pid_file == "", "there is no Mosquitto here to be told"
