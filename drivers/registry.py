"""Registry: from `[devices.NAME]` tables of the configuration to devices.

The name says what kind of device it is ("scanner"; of two, "scanner.hand" and "scanner.flatbed"), the key `driver`
which of the kind's drivers runs it, the rest are that driver's own settings. One row of DRIVERS per driver; a driver's
module is imported only when it is wanted, so that a missing extra package stops nobody else.

A driver's module has a Struct `Settings` and `make(name, settings) -> Device`, and for `driver = "simulated"`
`make_simulated(name, settings) -> (Device, simulator)` beside it. A driver that works through another device (the
drawer on the printer's kick connector) names the setting that says which: `make` gets that device too.
"""

import importlib
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from drivers.device import Device, DeviceError
from drivers.settings import decode, nearest

SIMULATED = "simulated"
O = TypeVar("O")  # noqa: E741  # any other


Ability = Literal["price", "zero"]
"""What only some scales can do at the till's word: work out prices, be zeroed."""


class Driver(NamedTuple):
    """Where a driver lives; `through` is its setting that names another device which it needs."""

    module: str
    through: str = ""
    can: tuple[Ability, ...] = ()


DRIVERS: dict[str, dict[str, Driver]] = {
    "scanner": {
        "serial": Driver("drivers.scanner.driver_serial"),
        "evdev": Driver("drivers.scanner.driver_evdev"),
        "hid_pos": Driver("drivers.scanner.driver_hid_pos"),
        "ssi": Driver("drivers.scanner.driver_ssi"),
        "single_cable": Driver("drivers.scanner.driver_single_cable"),
    },
    "keypad": {"evdev": Driver("drivers.keypad.driver")},
    "touch": {"evdev": Driver("drivers.touch.driver")},
    "headphones": {"evdev": Driver("drivers.headphones.driver")},
    "scale": {
        "toledo8217": Driver("drivers.scale.driver_toledo8217", can=("zero",)),
        "dialog06": Driver("drivers.scale.driver_dialog06", can=("price",)),
        "single_cable": Driver("drivers.scale.driver_single_cable", through="scanner"),
        "hid": Driver("drivers.scale.driver_hid", can=("zero",)),
    },
    "bagging_scale": {
        "toledo8217": Driver("drivers.scale.driver_toledo8217", can=("zero",)),
        "hid": Driver("drivers.scale.driver_hid", can=("zero",)),
    },
    "pos_printer": {"escpos": Driver("drivers.pos_printer.driver")},
    "card_terminal": {
        "zvt": Driver("drivers.card_terminal.zvt.driver"),
        "nexo-xml": Driver("drivers.card_terminal.nexo.driver_xml"),
        "nexo-json": Driver("drivers.card_terminal.nexo.driver_json"),
    },
    "qr_payment": {"http": Driver("drivers.qr_payment.driver")},
    "cash_recycler": {
        "ssp": Driver("drivers.cash_recycler.driver"),
        "essp": Driver("drivers.cash_recycler.essp"),
        "cctalk": Driver("drivers.cash_recycler.cctalk.driver"),
        "joined": Driver("drivers.cash_recycler.joined"),
    },
    "lights": {"gpio": Driver("drivers.lights.driver"), "lcus": Driver("drivers.lights.driver_lcus")},
    "keylock": {"gpio": Driver("drivers.keylock.driver")},
    "door": {"gpio": Driver("drivers.door.driver")},
    "button": {"gpio": Driver("drivers.button.driver")},
    "badge_reader": {
        "serial": Driver("drivers.badge_reader.driver_serial"),
        "evdev": Driver("drivers.badge_reader.driver_evdev"),
    },
    "gate": {"gpio": Driver("drivers.gate.driver"), "lcus": Driver("drivers.gate.driver_lcus")},
    "cash_drawer": {
        "gpio": Driver("drivers.cash_drawer.driver"),
        "printer": Driver("drivers.cash_drawer.printer_kick", through="printer"),
    },
}
"""By kind, then by driver. The first driver of a kind is the one that is simulated."""

Tables = Mapping[str, Mapping[str, Any]]


def make_devices(tables: Tables, lane: Mapping[str, object] | None = None) -> list[Device]:
    """Every device of the configuration, those that others work through first.

    `lane` has facts about the lane (`currency`) that a driver takes for a setting of that name where its own table
    names none. Raises DeviceError, naming the table, for whatever cannot be meant.
    """
    flat = device_tables(tables)
    made: dict[str, Device] = {}
    for name in sorted(flat, key=lambda name: bool(_driver(name, flat[name]).through)):
        made[name] = make_device(name, flat[name], lane, made)
    return list(made.values())


def check_devices(tables: Tables, lane: Mapping[str, object] | None = None) -> None:
    """Whether every table can be meant, as far as that is seen without touching a device. Raises DeviceError."""
    flat = device_tables(tables)
    for name, table in flat.items():
        driver, simulated = _driver(name, table), table.get("driver") == SIMULATED
        module = _load(name, driver)
        settings = _settings(name, {**_nowhere(module), **table} if simulated else table, module, lane)
        if driver.through and not simulated:
            _other(name, driver.through, getattr(settings, driver.through), dict.fromkeys(flat))


def settings_of(name: str, table: Mapping[str, Any]) -> type[msgspec.Struct]:
    """What the driver of this table can be told. Raises DeviceError if there is none."""
    settings: type[msgspec.Struct] = _load(name, _driver(name, table)).Settings
    return settings


def drivers_of(name: str) -> tuple[str, ...]:
    """What `driver` may be in the table of this name. Raises DeviceError if there is no such device."""
    return (*_drivers(name), SIMULATED)


def make_device(
    name: str,
    table: Mapping[str, Any],
    lane: Mapping[str, object] | None = None,
    others: Mapping[str, Device] | None = None,
) -> Device:
    """One device; `others` are those that it may work through."""
    if table.get("driver") == SIMULATED:
        return simulate(name, table, lane)[0]
    driver = _driver(name, table)
    module = _load(name, driver)
    settings = _settings(name, table, module, lane)
    through = [_other(name, driver.through, getattr(settings, driver.through), others or {})] if driver.through else []
    device: Device = _named(name, lambda: module.make(name, settings, *through))
    return device


def simulate(name: str, table: Mapping[str, Any], lane: Mapping[str, object] | None = None) -> tuple[Device, Any]:
    """A simulated device, and the simulator itself for whoever plays the shopper."""
    driver = next(iter(_drivers(name).values()))
    module = _load(name, driver)
    settings = _settings(name, {**_nowhere(module), **table}, module, lane)
    device, simulator = _named(name, lambda: module.make_simulated(name, settings))
    return device, simulator


def abilities(name: str, table: Mapping[str, Any]) -> tuple[Ability, ...]:
    """What the device of this table can do beside what all of its kind can; nothing, if there is no such driver."""
    try:
        return _driver(name, table).can
    except DeviceError:  # said when the device is made
        return ()


def device_tables(tables: Tables) -> dict[str, Mapping[str, Any]]:
    """The tables by the devices' full names: `[devices.scanner.hand]` becomes `scanner.hand`.

    Beside `[devices.scanner]` there may be others of the kind, such as `[devices.scanner.exit]`: a table in it that has
    a driver of its own is no setting.
    """
    flat: dict[str, Mapping[str, Any]] = {}
    for name, table in tables.items():
        tables_in_it = {part: value for part, value in table.items() if isinstance(value, Mapping)}
        none_of_its_own = bool(table) and "driver" not in table and len(tables_in_it) == len(table)
        others = {part: value for part, value in tables_in_it.items() if none_of_its_own or "driver" in value}
        if not none_of_its_own:
            flat[name] = {key: value for key, value in table.items() if key not in others}
        flat |= {f"{name}.{part}": value for part, value in others.items()}
    return flat


def _named(name: str, make: Callable[[], Any]) -> Any:
    """What is made; a refusal names the table."""
    try:
        return make()
    except DeviceError as refusal:
        raise DeviceError(
            str(refusal) if f"devices.{name}" in str(refusal) else f"devices.{name}: {refusal}"
        ) from refusal


def _drivers(name: str) -> dict[str, Driver]:
    kind = name.partition(".")[0]
    if kind not in DRIVERS:
        raise DeviceError(f"devices.{name}: there is no device called {kind!r}; {nearest(kind, DRIVERS)}")
    return DRIVERS[kind]


def _driver(name: str, table: Mapping[str, Any]) -> Driver:
    known = _drivers(name)
    wanted = table.get("driver")
    if wanted == SIMULATED:
        return next(iter(known.values()))
    names = [*known, SIMULATED]
    if not isinstance(wanted, str):
        raise DeviceError(f"devices.{name}: the key 'driver' is missing; choose one of {', '.join(names)}")
    if wanted not in known:
        raise DeviceError(f"devices.{name}: there is no driver {wanted!r}; {nearest(wanted, names)}")
    return known[wanted]


def _nowhere(module: ModuleType) -> dict[str, str]:
    """The port of a device that is simulated."""
    fields = {field.encode_name for field in msgspec.structs.fields(module.Settings)}
    return {"port": ""} if "port" in fields else {}


def _other(name: str, key: str, wanted: str, others: Mapping[str, O]) -> O:
    if wanted not in others:
        raise DeviceError(f"devices.{name}: {key} = {wanted!r} names no device; {nearest(wanted, others)}")
    return others[wanted]


def _load(name: str, driver: Driver) -> ModuleType:
    try:
        return importlib.import_module(driver.module)
    except ModuleNotFoundError as missing:
        raise DeviceError(
            f"devices.{name}: its driver needs the Python package {missing.name}: install it"
        ) from missing


def _settings(name: str, table: Mapping[str, Any], module: ModuleType, lane: Mapping[str, object] | None) -> Any:
    fields = {field.encode_name for field in msgspec.structs.fields(module.Settings)}
    facts = {key: value for key, value in (lane or {}).items() if key in fields}
    own = {key: value for key, value in table.items() if key != "driver"}
    return decode(module.Settings, {**facts, **own}, f"devices.{name}")
