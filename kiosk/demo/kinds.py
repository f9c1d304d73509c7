"""Kinds: as which make each device of the demo's counter can be had, and what the lane is told of it.

`config/demo.toml` has the first kind of each role; `kiosk demo --device card_terminal=nexo-json` puts another in its
place, played by the simulator that ships beside that driver. The bench page has one panel for each role, whatever the
kind; what can go wrong with each is in `bench/faults.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from drivers.badge_reader.simulator import BadgeReaderSimulator, KeyboardBadgeReaderSimulator
from drivers.card_terminal.nexo.simulator import DEMO_KEY, NexoSimulator
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.cash_recycler.essp_simulator import EsspSimulator
from drivers.cash_recycler.simulator import RecyclerSimulator
from drivers.scale.dialog06_simulator import Dialog06Simulator
from drivers.scale.hid_simulator import HidScaleSimulator
from drivers.scale.simulator import ScaleSimulator
from drivers.scanner.simulated_pos import PosScannerSimulator
from drivers.scanner.simulator import KeyboardScannerSimulator, ScannerSimulator
from drivers.scanner.ssi_simulator import SsiSimulator
from drivers.settings import nearest
from kiosk.demo.place import BADGES, BAGGING, CASH, COINS, LOOPBACK, SCALE, SCANNER, TERMINAL
from kiosk.demo.trouble import Trouble
from kiosk.world.cash_parts import HOPPERS, CashParts

SEK = 752
SHELF_BEARS_G = 60_000
_POI = "P400Plus-275008565"


class Kind(NamedTuple):
    """One make. `settings`: the lines of its table in the lane's configuration beside `driver` and `port`."""

    simulator: Callable[[], Any]
    settings: str = ""
    has_port: bool = True
    """False: its parts have ports of their own, in `settings`."""


class Role(NamedTuple):
    """One place on the counter: its well-known port, and who can stand there."""

    port: int
    kinds: Mapping[str, Kind]


def _at(port: int) -> str:
    return f'port = "socket://{LOOPBACK}:{port}"'


def _typing_scanner() -> KeyboardScannerSimulator:
    scanner = KeyboardScannerSimulator()
    scanner.aim = True
    return scanner


_EVERY_CLICK = "again_ms = 0"
_PLATE = "min_g = 100\nmax_g = 15000\nstep_g = 5"
_SHELF = f"max_g = {SHELF_BEARS_G}"
_KEY = f'key_id = "{DEMO_KEY.identifier}"\nkey_version = {DEMO_KEY.version}\npassphrase = "{DEMO_KEY.passphrase}"'
_HOPPERS = ", ".join(
    f'{{ address = {one.address}, value_minor = {one.value_minor}, path = {one.path}, order = "{one.order}" }}'
    for one in HOPPERS
)
_TWO_MAKERS = f"""
[devices.cash_recycler.parts.notes]
driver = "essp"
{_at(CASH)}

[devices.cash_recycler.parts.coins]
driver = "cctalk"
{_at(COINS)}
hoppers = [{_HOPPERS}]
"""

ROLES: dict[str, Role] = {
    "scanner": Role(
        SCANNER,
        {
            "serial": Kind(ScannerSimulator, _EVERY_CLICK),
            "evdev": Kind(_typing_scanner, _EVERY_CLICK),
            "hid_pos": Kind(PosScannerSimulator, _EVERY_CLICK),
            "ssi": Kind(SsiSimulator, _EVERY_CLICK),
        },
    ),
    "scale": Role(
        SCALE,
        {
            "toledo8217": Kind(ScaleSimulator, _PLATE),
            "dialog06": Kind(Dialog06Simulator, _PLATE),
            "hid": Kind(HidScaleSimulator, _PLATE),
        },
    ),
    "bagging_scale": Role(
        BAGGING,
        {
            "toledo8217": Kind(lambda: ScaleSimulator(max_g=SHELF_BEARS_G), _SHELF),
            "hid": Kind(lambda: HidScaleSimulator(max_g=SHELF_BEARS_G), _SHELF),
        },
    ),
    "card_terminal": Role(
        TERMINAL,
        {
            "zvt": Kind(lambda: ZvtSimulator(currency=SEK)),
            "nexo-xml": Kind(lambda: NexoSimulator("xml", poi_id=_POI), f'poi_id = "{_POI}"'),
            "nexo-json": Kind(lambda: NexoSimulator("json", poi_id=_POI), f'poi_id = "{_POI}"\n{_KEY}'),
        },
    ),
    "cash_recycler": Role(
        CASH,
        {
            "ssp": Kind(RecyclerSimulator),
            "essp": Kind(EsspSimulator),
            "joined": Kind(CashParts, _TWO_MAKERS, has_port=False),
        },
    ),
    "badge_reader": Role(BADGES, {"serial": Kind(BadgeReaderSimulator), "evdev": Kind(KeyboardBadgeReaderSimulator)}),
}
USUAL: Mapping[str, str] = {role: next(iter(found.kinds)) for role, found in ROLES.items()}
"""What stands there when nothing else is said."""


def chosen(words: Iterable[str]) -> dict[str, str]:
    """The kind of every role; `words` such as `scale=dialog06`. Raises Trouble, naming what can be chosen."""
    kinds = dict(USUAL)
    for word in words:
        role, _, kind = word.partition("=")
        if role not in ROLES:
            raise Trouble(f"--device {word}: the demo has no choice of {role!r}; {nearest(role, ROLES)}")
        if kind not in ROLES[role].kinds:
            raise Trouble(f"--device {word}: the demo has no {role} {kind!r}; {nearest(kind, ROLES[role].kinds)}")
        kinds[role] = kind
    return kinds


def tables(kinds: Mapping[str, str]) -> dict[str, str]:
    """What stands in the lane's configuration in place of demo.toml's own tables, by device."""
    return {role: _table(role, kind) for role, kind in kinds.items() if kind != USUAL[role]}


def _table(role: str, kind: str) -> str:
    found = ROLES[role].kinds[kind]
    lines = [f'driver = "{kind}"', *([_at(ROLES[role].port)] if found.has_port else []), found.settings]
    return "\n".join(lines).strip()
