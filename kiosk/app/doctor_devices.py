"""Doctor, of devices: each one opened by its own driver and turned until it has said how it is.

Only on a lane that is not running: a port has one reader. Whether it is running its journal's lock tells.
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from drivers.device import Device, DeviceError, Identified
from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent
from drivers.registry import Tables, device_tables, make_device
from kiosk.app.config import Config
from kiosk.app.doctor import Finding, is_there
from kiosk.app.turning import tick_ms, wait
from kiosk.storage.ownership import Owned, Ownership

IDENTITY_MS = 1_500
"""So long the devices that are there may take to say which they are."""
PATIENCE_MS = 6_000
"""The slowest that anything may say how it is; a line that is being opened gives up after five seconds."""


def devices(
    config: Config, tried: Callable[[Device, Collection[Device]], Iterator[Finding]] | None = None
) -> Iterator[Finding]:
    """A line for each, and one for each that the lane needs and does not have; `tried` has it do something besides."""
    try:
        tables = device_tables(config.devices)
        lock = Ownership(Path(config.storage.path)) if is_there(Path(config.storage.path)) else None
    except Owned:
        yield Finding("devices", "look", "the lane is running and has them: staff see them under Health & tests")
        return
    except OSError as trouble:
        yield Finding("devices", "wrong", f"{trouble.filename}: {trouble.strerror}; ask as the lane's own user")
        return
    needs = config.lane.needs
    for need in needs:
        if need not in tables:
            yield Finding(need, "wrong", f"lane.needs names it and there is no [devices.{need}]: write one of the two")
    made, refused = _made(tables, config.lane.currency)
    said = listen(list(made.values()), PATIENCE_MS)
    identities = identify({name: made[name] for name, how in said.items() if isinstance(how, DeviceOnline)})
    try:
        for name, table in tables.items():
            if name in refused:
                yield Finding(name, "wrong", refused[name])
                continue
            yield _finding(name, str(table["driver"]), said.get(name), identities.get(name, ""), needed=name in needs)
            if tried is not None and isinstance(said.get(name), DeviceOnline):
                yield from tried(made[name], made.values())
    finally:
        for device in made.values():
            device.close()
        if lock is not None:
            lock.close()


def _made(tables: Tables, currency: str) -> tuple[dict[str, Device], dict[str, str]]:
    """Those that can be made, and why the others cannot. Twice, since one may work through another below it."""
    made: dict[str, Device] = {}
    refused: dict[str, str] = {}
    for name, table in [*tables.items()] * 2:
        if name not in made:
            try:
                made[name] = make_device(name, table, {"currency": currency}, made)
                refused.pop(name, None)
            except DeviceError as problem:
                refused[name] = str(problem)
    return made, refused


def _finding(name: str, driver: str, said: HardwareEvent | None, identity: str, *, needed: bool) -> Finding:
    if isinstance(said, DeviceOnline):
        return Finding(name, "ok", ", ".join(filter(None, (driver, said.detail, identity))))
    why = said.why if isinstance(said, DeviceOffline) else "it does not answer: is it on, is the port right?"
    return Finding(name, "wrong" if needed else "look", f"{driver}: {why}")


def listen(made: list[Device], patience_ms: int) -> dict[str, HardwareEvent]:
    """What each said first of being there or not, until all have or the patience is over."""
    said: dict[str, HardwareEvent] = {}
    until_ms = tick_ms() + patience_ms
    while len(said) < len(made) and (now_ms := tick_ms()) < until_ms:
        for device in made:
            for event in device.service(now_ms):
                if isinstance(event, DeviceOnline | DeviceOffline):
                    said.setdefault(event.device, event)
        wait(made)
    return said


def identify(there: dict[str, Device]) -> dict[str, str]:
    """Maker, model and firmware of those that tell them."""
    asked = {name: device for name, device in there.items() if isinstance(device, Identified)}
    until_ms = tick_ms() + IDENTITY_MS
    while tick_ms() < until_ms and sum(device.identify(tick_ms()) for device in asked.values()):  # every one is asked
        for device in there.values():
            device.service(tick_ms())
        wait(there.values())
    return {name: device.identity for name, device in asked.items()}
