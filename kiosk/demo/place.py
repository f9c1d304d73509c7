"""Place: where one demo lives: a folder, its ports, and the configurations made for both.

`config/demo.toml` and `config/demo-store.toml` are whole configurations with the well-known ports. The demo writes
copies in which every address, and the folder, is replaced by what this machine has free, so that a demo starts beside
whatever else runs here.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

LOOPBACK = "127.0.0.1"
STAFF, MANAGER = "Alex", "Kim"
STAFF_PIN, MANAGER_PIN = "1234", "2468"
STAFF_BADGE = "KB-100001"
BROKER, CONSOLE, BENCH, DEBUG = 1883, 8080, 8081, 8082
SCANNER, SCALE, PRINTER, TERMINAL, PROVIDER, BAGGING = 5001, 5002, 9100, 20007, 5003, 5004
CASH, KEYPAD, JACK, BADGES, COINS = 5005, 5006, 5007, 5008, 5014
GATE, EXIT_READER, KEYLOCK, DOOR, BUTTON = 5009, 5010, 5011, 5012, 5013
MAIL = 1025
FOLDER = "build/demo"
"""What the two files in `config/` call the demo's folder."""


class Ports(NamedTuple):
    """Where this demo's own servers listen."""

    broker: int
    console: int
    bench: int
    debug: int


class Place:
    """One demo's folder and addresses."""

    def __init__(
        self,
        folder: Path,
        ports: Ports,
        size: tuple[int, int] | None = None,
        tables: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`size`: of the lane's panel in pixels, `tables`: of its devices, where they are not those of `demo.toml`."""
        self.folder, self.ports, self._size, self._tables = folder.absolute(), ports, size, tables
        self.logs = self.folder / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)

    @property
    def kiosk_config(self) -> Path:
        """The lane's configuration."""
        return self.folder / "kiosk.toml"

    @property
    def store_config(self) -> Path:
        """The store's."""
        return self.folder / "store.toml"

    @property
    def broker_config(self) -> Path:
        """Mosquitto's."""
        return self.folder / "mosquitto.conf"

    @property
    def journal(self) -> Path:
        """The lane's journal."""
        return self.folder / "kiosk.db"

    @property
    def books(self) -> Path:
        """The store's database."""
        return self.folder / "store.db"

    @property
    def token(self) -> Path:
        """What the bench page shows the store's API, to ask it for its products."""
        return self.folder / "token"

    @property
    def console_url(self) -> str:
        """The store's pages."""
        return f"http://{LOOPBACK}:{self.ports.console}"

    @property
    def bench_url(self) -> str:
        """The bench page."""
        return f"http://{LOOPBACK}:{self.ports.bench}"

    @property
    def debug_url(self) -> str:
        """The lane's debug port."""
        return f"http://{LOOPBACK}:{self.ports.debug}"

    def neighbour_config(self, number: int) -> Path:
        """The configuration of another lane."""
        return self.folder / f"kiosk-k{number:02d}.toml"

    def write_neighbour(self, templates: Path, number: int, debug: int, devices: Mapping[int, int]) -> None:
        """Another lane: like the first, with a name, a journal and devices of its own."""
        ports = {BROKER: self.ports.broker, CONSOLE: self.ports.console, DEBUG: debug, **devices}
        text = placed((templates / "demo.toml").read_text(encoding="utf-8"), self.folder, ports)
        own = {'till = "k01"': f'till = "k{number:02d}"', 'number = "1"': f'number = "{number}"'}
        own["/kiosk.db"] = f"/kiosk-k{number:02d}.db"
        for before, after in own.items():
            assert before in text, f"demo.toml has no {before}"
            text = text.replace(before, after, 1)
        self.neighbour_config(number).write_text(text)

    def write(self, templates: Path, devices: Mapping[int, int]) -> None:
        """The configurations. `templates`: the folder of `demo.toml`; `devices`: real ports by well-known ones."""
        ports = {BROKER: self.ports.broker, CONSOLE: self.ports.console, DEBUG: self.ports.debug, **devices}
        for template, path in (("demo.toml", self.kiosk_config), ("demo-store.toml", self.store_config)):
            text = with_tables((templates / template).read_text(encoding="utf-8"), self._tables)
            text = placed(text, self.folder, ports)
            path.write_text(_sized(text, self._size) if self._size else text)
        self.broker_config.write_text(broker_settings(self.ports.broker))


def placed(text: str, folder: Path, ports: Mapping[int, int]) -> str:
    """A configuration with its loopback ports and the demo's folder replaced, all at once."""
    text = re.sub(rf"\b{re.escape(LOOPBACK)}:(\d+)", lambda found: f"{LOOPBACK}:{ports[int(found[1])]}", text)
    database = f"sqlite:///{FOLDER}/"
    return text.replace(database, f"sqlite:///{folder}/").replace(f'"{FOLDER}/', f'"{folder}/')


def with_tables(text: str, tables: Mapping[str, str]) -> str:
    """A configuration with other devices in the place of its own of the same names."""
    for name, table in tables.items():
        text = re.sub(rf"(?ms)^\[devices\.{name}\].*?(?=^\[|\Z)", f"[devices.{name}]\n{table}\n\n", text)
    return text


def _sized(text: str, size: tuple[int, int]) -> str:
    """The lane's configuration with another panel; the store's has none."""
    return re.sub(r"(?m)^size = \[.*\]$", f"size = [{size[0]}, {size[1]}]", text)


def broker_settings(port: int) -> str:
    """A Mosquitto that is reached only from this machine, keeps nothing on disk and knows nobody."""
    return (
        f"listener {port} {LOOPBACK}\nallow_anonymous true\npersistence false\n"
        "max_packet_size 2000000\nlog_dest stderr\n"
    )
