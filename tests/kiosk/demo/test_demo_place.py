"""The demo's configurations, and the two that operators copy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from drivers.registry import make_devices
from kiosk.app.config import Config, read_config
from kiosk.demo.devices import Devices
from kiosk.demo.place import MAIL, PRINTER, SCANNER, TERMINAL, Place, Ports, placed, with_tables
from store.config import Config as StoreConfig
from store.config import read_config as read_store_config

CONFIG = Path(__file__).parents[3] / "config"
PORTS = Ports(broker=40_001, console=40_002, bench=40_003, debug=40_004)


@pytest.fixture
def counter() -> Iterator[Devices]:
    devices = Devices()
    devices.start()
    yield devices
    devices.close()


@pytest.fixture
def place(tmp_path: Path, counter: Devices) -> Place:
    made = Place(tmp_path / "demo", PORTS)
    made.write(CONFIG, counter.ports)
    return made


def test_lane_and_store_find_each_other(place: Place, counter: Devices) -> None:
    lane, store = read_config(place.kiosk_config), read_store_config(place.store_config)
    assert lane.link.broker == store.link.broker == "mqtt://127.0.0.1:40001"
    assert lane.lane.store == store.store.id
    assert lane.receipts.public_url == store.receipts.public_url == place.console_url
    assert f"http://{store.http.listen}" == place.console_url
    assert f"http://{lane.debug.listen}" == place.debug_url
    assert store.smtp.url == f"smtp://127.0.0.1:{counter.ports[MAIL]}"
    assert lane.receipts.email, "a receipt can be had by e-mail"
    assert lane.lane.mode == store.store.mode == "demo"


def test_the_lane_finds_its_devices(place: Place, counter: Devices) -> None:
    lane = read_config(place.kiosk_config)
    ports = {name: table.get("port", "") for name, table in lane.devices.items()}
    assert ports["scanner"] == f"socket://127.0.0.1:{counter.ports[SCANNER]}"
    assert ports["pos_printer"] == f"socket://127.0.0.1:{counter.ports[PRINTER]}"
    assert ports["card_terminal"] == f"socket://127.0.0.1:{counter.ports[TERMINAL]}"
    made = make_devices(lane.devices, {"currency": lane.lane.currency})
    assert {device.name for device in made} >= {"scanner", "pos_printer", "card_terminal", "lights", "cash_drawer"}
    for device in made:
        device.close()


def test_everything_is_written_in_the_demo_s_folder(place: Place) -> None:
    assert read_config(place.kiosk_config).storage.path == str(place.journal)
    assert read_store_config(place.store_config).database.url == f"sqlite:///{place.books}"
    assert f"listener {PORTS.broker} 127.0.0.1" in place.broker_config.read_text()


def test_ports_that_change_places_are_not_replaced_twice(tmp_path: Path) -> None:
    text = 'a = "http://127.0.0.1:8080"\nb = "127.0.0.1:8082"'
    assert placed(text, tmp_path, {8080: 8082, 8082: 8080}) == 'a = "http://127.0.0.1:8082"\nb = "127.0.0.1:8080"'


def test_another_device_takes_the_place_of_the_one_that_has_its_name_and_of_no_other() -> None:
    text = (
        '[devices.scanner]\ndriver = "a"  # one\nagain_ms = 0\n\n[devices.scanner.exit]\ndriver = "b"\n\n[devices.x]\n'
    )
    changed = with_tables(text, {"scanner": 'driver = "c"', "x": "y = 1"})
    assert msgspec.toml.decode(changed) == {
        "devices": {"scanner": {"driver": "c", "exit": {"driver": "b"}}, "x": {"y": 1}}
    }


def defaults(kind: Any) -> dict[str, Any]:
    """Every key of a configuration with its default, as TOML would give it; what must be named has none."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            found[field.encode_name] = defaults(field.type)
        elif field.default is not msgspec.NODEFAULT:
            found[field.encode_name] = msgspec.to_builtins(field.default, builtin_types=())
        elif field.default_factory is not msgspec.NODEFAULT:
            found[field.encode_name] = msgspec.to_builtins(field.default_factory())
        else:
            found[field.encode_name] = None
    return found


@pytest.mark.parametrize(("file", "kind"), [("kiosk.toml", Config), ("store.toml", StoreConfig)])
def test_the_example_names_every_key_with_its_default(file: str, kind: Any) -> None:
    written = msgspec.toml.decode((CONFIG / file).read_text())
    for table, keys in defaults(kind).items():
        if table in ("devices", "payouts"):  # tables that are named by whoever writes them
            continue
        assert written[table].keys() == keys.keys(), table
        differing = {k: v for k, v in keys.items() if v is not None and _plain(written[table][k]) != _plain(v)}
        assert differing == {}, table


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | list) else value
