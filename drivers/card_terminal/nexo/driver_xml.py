"""`driver = "nexo-xml"`: nexo 3.1 in XML over HTTP, as PAX terminals in the Nordic countries speak it."""

from typing import Literal

import msgspec

from drivers.card_terminal.nexo.driver import NexoTerminal, address, check, host_of, real_surroundings
from drivers.card_terminal.nexo.messages import Parties
from drivers.card_terminal.nexo.session import Surroundings, Terms
from drivers.card_terminal.nexo.simulator import NexoSimulator
from drivers.card_terminal.nexo.xml_binding import XmlBinding
from drivers.device import Device
from drivers.ports.memory_port import MemoryPort
from drivers.ports.open import open_port
from drivers.settings import Positive
from drivers.simulated import OpenPort, SimulatedDevice

DEFAULT_PORT = 11_000


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[devices.card_terminal]` with `driver = "nexo-xml"`.

    `port`: `socket://host[:port]` (11000 if not named). `poi_id`: the terminal's POIID, which chooses its parameters.
    `sale_id`: this till's SaleID. `currency`: the lane's if none is named. `operator_language`: that of the terminal's
    own menus. `reconciles`: whether the terminal closes its totals when it is asked.
    """

    port: str = ""
    poi_id: str = ""
    sale_id: str = "1"
    currency: str = ""
    operator_language: Literal["sv", "no", "fi", "da", "en"] = "sv"
    reconciles: bool = False
    connect_ms: Positive = 3_000
    answer_ms: Positive = 5_000
    finish_ms: Positive = 180_000
    ask_every_ms: Positive = 10_000
    confirm_ms: Positive = 30_000
    give_up_ms: Positive = 180_000
    probe_ms: Positive = 15_000
    language: str = "en"
    """Of the simulated terminal."""


def terms(name: str, settings: Settings) -> Terms:
    """The settings as the client understands them. Raises DeviceError."""
    check(name, settings.currency, {"poi_id": settings.poi_id, "sale_id": settings.sale_id})
    return Terms(
        parties=Parties("3.1", settings.sale_id, settings.poi_id),
        currency=settings.currency,
        host=host_of(settings.port),
        language=settings.operator_language,
        login_first=True,
        diagnoses=False,
        reconciles=settings.reconciles,
        connect_ms=settings.connect_ms,
        answer_ms=settings.answer_ms,
        finish_ms=settings.finish_ms,
        ask_every_ms=settings.ask_every_ms,
        confirm_ms=settings.confirm_ms,
        give_up_ms=settings.give_up_ms,
        probe_ms=settings.probe_ms,
    )


def assemble(
    name: str, settings: Settings, main: OpenPort, surroundings: Surroundings, side: OpenPort | None = None
) -> NexoTerminal:
    """The terminal on these lines. Raises DeviceError."""
    return NexoTerminal(name, main, terms(name, settings), XmlBinding(), surroundings, side)


def make(name: str, settings: Settings) -> Device:
    """The terminal at `settings.port`. Raises DeviceError."""
    return assemble(
        name, settings, open_port(address(name, settings.port, DEFAULT_PORT, ("socket",))), real_surroundings()
    )


def make_simulated(name: str, settings: Settings) -> tuple[Device, NexoSimulator]:
    """A terminal in memory, with the simulator to play with."""
    agreed = terms(name, settings)
    simulator = NexoSimulator("xml", currency=agreed.currency, language=settings.language, poi_id=settings.poi_id)

    def build(main: OpenPort) -> Device:
        return assemble(name, settings, main, real_surroundings(), lambda: _side(simulator))

    return SimulatedDevice(simulator, build), simulator


def _side(simulator: NexoSimulator) -> MemoryPort:
    return MemoryPort(simulator.side, lambda: simulator.now_ms)
