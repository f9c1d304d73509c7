"""Dialect: what the two ways to speak with nexo terminals have in common, from settings to a device. One shape.

A dialect says what is its own (version, TCP port, schemes, binding, how much the terminal wants to be told); the rest,
and `make`, `assemble` and `make_simulated` of its driver, are here.
"""

from collections.abc import Callable
from typing import Generic, Literal, Protocol, TypeVar
from urllib.parse import urlsplit

import msgspec

from drivers.card_terminal.nexo.binding import Binding
from drivers.card_terminal.nexo.driver import NexoTerminal, address, check, host_of, real_surroundings
from drivers.card_terminal.nexo.messages import Parties
from drivers.card_terminal.nexo.session import Surroundings, Terms
from drivers.card_terminal.nexo.simulator import NexoSimulator
from drivers.card_terminal.nexo.visitors import Door
from drivers.device import Device
from drivers.ports.listening_socket import ListeningSocket, listening_address
from drivers.ports.memory_port import MemoryPort
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.settings import Positive
from drivers.simulated import OpenPort, SimulatedDevice


class Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of both.

    `poi_id`: the terminal's POIID. `sale_id`: this till's SaleID. `currency`: the lane's if none is named.
    `reconciles`: whether the terminal is asked to close its totals at the end of day; one that has none says so.
    `listen`: this machine's address and port where the terminal sends what it shows and prints ("192.168.1.10:11001");
    the same is set in the terminal. Empty: it is not listened to.
    """

    port: str = ""
    poi_id: str = ""
    sale_id: str = ""
    currency: str = ""
    reconciles: bool = True
    listen: str = ""
    connect_ms: Positive = 5_000
    answer_ms: Positive = 5_000
    finish_ms: Positive = 130_000
    ask_every_ms: Positive = 10_000
    confirm_ms: Positive = 30_000
    give_up_ms: Positive = 180_000
    probe_ms: Positive = 15_000
    language: str = "en"
    """Of the simulated terminal."""


S = TypeVar("S", bound=Common)
S_contra = TypeVar("S_contra", bound=Common, contravariant=True)


class Opening(Protocol[S_contra]):
    """How a line to the terminal is opened."""

    def __call__(self, where: str, settings: S_contra) -> OpenPort:
        """`where` has scheme, host and port."""


class Dialect(msgspec.Struct, Generic[S], frozen=True):
    """One of them."""

    kind: Literal["xml", "json"]
    version: Literal["3.0", "3.1"]
    tcp_port: int
    schemes: tuple[str, ...]
    login_first: bool
    diagnoses: bool
    binding: Callable[[str, S, Surroundings], Binding]
    """Raises DeviceError, naming the device, for what it cannot be made of."""
    simulator: Callable[[S, str], NexoSimulator]
    """The terminal that speaks so, in this currency."""
    operator_language: Callable[[S], str] = lambda settings: "en"
    opening: Opening[S] = lambda where, settings: open_port(where)

    def terms(self, name: str, settings: S) -> Terms:
        """The settings as the client understands them. Raises DeviceError."""
        check(name, settings.currency, {"poi_id": settings.poi_id, "sale_id": settings.sale_id})
        return Terms(
            parties=Parties(self.version, settings.sale_id, settings.poi_id),
            currency=settings.currency,
            host=host_of(settings.port),
            language=self.operator_language(settings),
            login_first=self.login_first,
            diagnoses=self.diagnoses,
            reconciles=settings.reconciles,
            listens=bool(settings.listen),
            connect_ms=settings.connect_ms,
            answer_ms=settings.answer_ms,
            finish_ms=settings.finish_ms,
            ask_every_ms=settings.ask_every_ms,
            confirm_ms=settings.confirm_ms,
            give_up_ms=settings.give_up_ms,
            probe_ms=settings.probe_ms,
        )

    def assemble(
        self,
        name: str,
        settings: S,
        main: OpenPort,
        surroundings: Surroundings,
        side: OpenPort | None = None,
        door: Door | None = None,
    ) -> NexoTerminal:
        """The terminal on these lines. Raises DeviceError."""
        agreed, binding = self.terms(name, settings), self.binding(name, settings, surroundings)
        return NexoTerminal(name, main, agreed, binding, surroundings, side, door)

    def make(self, name: str, settings: S) -> Device:
        """The terminal at `settings.port`. Raises DeviceError."""
        where = address(name, settings.port, self.tcp_port, self.schemes)
        door = _door(name, settings.listen, where) if settings.listen else None
        return self.assemble(name, settings, self.opening(where, settings), real_surroundings(), door=door)

    def make_simulated(self, name: str, settings: S) -> tuple[Device, NexoSimulator]:
        """A terminal in memory, with the simulator to play with."""
        simulator = self.simulator(settings, self.terms(name, settings).currency)

        def build(main: OpenPort) -> Device:
            door = SimulatedDoor(simulator) if settings.listen else None
            return self.assemble(name, settings, main, real_surroundings(), lambda: _side(simulator), door)

        return SimulatedDevice(simulator, build), simulator


class SimulatedDoor:
    """The terminal comes in whenever it has something to say."""

    def __init__(self, simulator: NexoSimulator) -> None:
        self._simulator = simulator
        simulator.caller.listened_to = True

    def fileno(self) -> int | None:
        """As Door: none in memory."""
        return None

    def accept(self) -> Port | None:
        """As Door."""
        caller = self._simulator.caller
        return MemoryPort(caller, lambda: self._simulator.now_ms) if caller.wants_line else None

    def close(self) -> None:
        """As Door."""
        self._simulator.caller.listened_to = False


def _door(name: str, listen: str, terminal: str) -> ListeningSocket:
    """Where a terminal at that address comes in; nobody else, if it is named by its number."""
    host = urlsplit(terminal).hostname or ""
    return ListeningSocket(listening_address(name, listen), host if host.replace(".", "").isdigit() else "")


def _side(simulator: NexoSimulator) -> MemoryPort:
    return MemoryPort(simulator.side, lambda: simulator.now_ms)
