"""`driver = "nexo-json"`: nexo 3.0 in encrypted JSON over HTTPS, as terminals with a local Terminal API speak it."""

import re

import msgspec

from drivers.card_terminal.nexo.driver import NexoTerminal, address, check, host_of, real_surroundings
from drivers.card_terminal.nexo.json_binding import JsonBinding, Key
from drivers.card_terminal.nexo.messages import Parties
from drivers.card_terminal.nexo.session import Surroundings, Terms
from drivers.card_terminal.nexo.simulator import NexoSimulator
from drivers.device import Device, DeviceError
from drivers.ports.memory_port import MemoryPort
from drivers.ports.open import open_port
from drivers.settings import NotNegative, Positive
from drivers.simulated import OpenPort, SimulatedDevice

DEFAULT_PORT = 8_443
_CERTIFIED = r"({poi_id}|legacy-terminal-certificate)\.(test|live)\.terminal\.adyen\.com"
"""The common name of a terminal's certificate: its own POIID, or one for all terminals of an older make."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[devices.card_terminal]` with `driver = "nexo-json"`.

    `port`: `https://host[:port]` (8443 if not named), or `socket://host:port` to a proxy on this machine. `poi_id`: the
    terminal's POIID, its model and serial number (`P400Plus-275008565`). `sale_id`: this till's SaleID. `key_id`,
    `key_version`, `passphrase`: the shared key, as the terminal has it. `ca`: the PEM file of its maker's root
    certificate. `currency`: the lane's if none is named.
    """

    port: str = ""
    poi_id: str = ""
    sale_id: str = "Kassa"
    key_id: str = ""
    key_version: NotNegative = 1
    passphrase: str = ""
    ca: str = ""
    currency: str = ""
    reconciles: bool = True
    connect_ms: Positive = 5_000
    answer_ms: Positive = 5_000
    finish_ms: Positive = 130_000
    ask_every_ms: Positive = 10_000
    confirm_ms: Positive = 30_000
    give_up_ms: Positive = 180_000
    probe_ms: Positive = 15_000
    language: str = "en"
    """Of the simulated terminal."""


def terms(name: str, settings: Settings) -> Terms:
    """The settings as the client understands them. Raises DeviceError."""
    check(name, settings.currency, {"poi_id": settings.poi_id, "sale_id": settings.sale_id})
    if not settings.key_id or not settings.passphrase:
        raise DeviceError(f"{name}: no shared key; write key_id, key_version and passphrase as the terminal has them")
    return Terms(
        parties=Parties("3.0", settings.sale_id, settings.poi_id),
        currency=settings.currency,
        host=host_of(settings.port),
        login_first=False,
        diagnoses=True,
        reconciles=settings.reconciles,
        connect_ms=settings.connect_ms,
        answer_ms=settings.answer_ms,
        finish_ms=settings.finish_ms,
        ask_every_ms=settings.ask_every_ms,
        confirm_ms=settings.confirm_ms,
        give_up_ms=settings.give_up_ms,
        probe_ms=settings.probe_ms,
    )


def key_of(settings: Settings) -> Key:
    """The shared key."""
    return Key(settings.key_id, settings.key_version, settings.passphrase)


def assemble(
    name: str, settings: Settings, main: OpenPort, surroundings: Surroundings, side: OpenPort | None = None
) -> NexoTerminal:
    """The terminal on these lines. Raises DeviceError."""
    agreed, binding = terms(name, settings), JsonBinding(key_of(settings), surroundings.chance)
    return NexoTerminal(name, main, agreed, binding, surroundings, side)


def make(name: str, settings: Settings) -> Device:
    """The terminal at `settings.port`. Raises DeviceError."""
    where = address(name, settings.port, DEFAULT_PORT, ("https", "socket"))
    certified = _CERTIFIED.format(poi_id=re.escape(settings.poi_id))
    return assemble(name, settings, open_port(where, ca=settings.ca, name=certified), real_surroundings())


def make_simulated(name: str, settings: Settings) -> tuple[Device, NexoSimulator]:
    """A terminal in memory, with the simulator to play with."""
    agreed, key = terms(name, settings), key_of(settings)
    simulator = NexoSimulator(
        "json", currency=agreed.currency, language=settings.language, poi_id=settings.poi_id, key=key
    )

    def build(main: OpenPort) -> Device:
        return assemble(name, settings, main, real_surroundings(), lambda: _side(simulator))

    return SimulatedDevice(simulator, build), simulator


def _side(simulator: NexoSimulator) -> MemoryPort:
    return MemoryPort(simulator.side, lambda: simulator.now_ms)
