"""compose.yaml: read by the rules of the Compose Specification that it uses (compose-spec.io), since there is no Docker
here to run it; and the clustered brokers' access list, beside the one that a real Mosquitto is tested with."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

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
