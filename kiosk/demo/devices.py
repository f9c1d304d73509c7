"""Devices: the counter's simulated devices, each behind a real socket of this process.

The simulators are the ones that ship beside the drivers; the lane reaches them through its real drivers.
They live here and not in the lane, so that a lane that is killed comes back to the same terminal with the same journal.
"""

import time
from collections.abc import Mapping
from typing import Any, TypeVar

from drivers.badge_reader.simulator import BadgeReaderSimulator, KeyboardBadgeReaderSimulator
from drivers.card_terminal.nexo.simulator import NexoSimulator
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.cash_recycler.simulator import RecyclerSimulator
from drivers.device import Simulator
from drivers.headphones.simulator import JackSimulator
from drivers.keypad.simulator import KeypadSimulator
from drivers.lcus.simulator import LcusSimulator
from drivers.pins.wired_contact import WiredContact
from drivers.ports.serving import SimulatorServer
from drivers.pos_printer.simulator import REAL_LINE_MS, PrinterSimulator
from drivers.qr_payment.simulator import ProviderSimulator
from drivers.scale.dialog06_simulator import Dialog06Simulator
from drivers.scale.hid_simulator import HidScaleSimulator
from drivers.scale.simulator import ScaleSimulator
from drivers.scanner.simulator import ScannerSimulator
from kiosk.demo import place
from kiosk.demo.kinds import ROLES, USUAL
from kiosk.demo.mail_catcher import MailCatcher
from kiosk.demo.ports import free_port, give_back
from kiosk.world.cash_parts import CashParts

COLUMNS = 42
CARD_PIN = "1234"
"""The simulated card's."""
KEY_PIN, DOOR_PIN, BUTTON_PIN = 5, 6, 13
"""As `config/demo.toml` has them."""
S = TypeVar("S", bound=Simulator)
Scale = ScaleSimulator | Dialog06Simulator | HidScaleSimulator
Terminal = ZvtSimulator | NexoSimulator
BadgeReader = BadgeReaderSimulator | KeyboardBadgeReaderSimulator


class Devices:
    """Scanner, scales, receipt printer with a drawer on it, card terminal, cash machine, keypad, jack for headphones,
    badge reader, key, door, button, exit gate with its reader; a provider of QR payments and a mail server."""

    def __init__(self, kinds: Mapping[str, str] = USUAL) -> None:
        """`kinds`: which of each there is. They listen at once; a port stays theirs while they are unplugged."""
        self.ports: dict[int, int] = {}
        """Their ports, by the well-known ones that `config/demo.toml` names."""
        self._kinds, self._servers = kinds, list[SimulatorServer[Any]]()
        self.scanner: SimulatorServer[Any] = self._one("scanner")
        self.scale: SimulatorServer[Scale] = self._one("scale")
        self.bagging: SimulatorServer[Scale] = self._one("bagging_scale")
        self.terminal: SimulatorServer[Terminal] = self._one("card_terminal")
        with self.terminal.hands() as terminal:
            terminal.card_pin = CARD_PIN
        self.cash: SimulatorServer[RecyclerSimulator] = self._one("cash_recycler")
        with self.cash.hands() as machine:
            if isinstance(machine, CashParts):
                self._served(place.COINS, machine.coins, self.cash)
        self.badges: SimulatorServer[BadgeReader] = self._one("badge_reader")
        self.printer = self._served(place.PRINTER, PrinterSimulator(COLUMNS, REAL_LINE_MS))
        self.provider = self._served(place.PROVIDER, ProviderSimulator())
        self.keypad = self._served(place.KEYPAD, KeypadSimulator())
        self.jack = self._served(place.JACK, JackSimulator())
        self.gate = self._served(place.GATE, LcusSimulator())
        self.exit_reader = self._served(place.EXIT_READER, ScannerSimulator())
        self.keylock = self._served(place.KEYLOCK, WiredContact(KEY_PIN))
        self.door = self._served(place.DOOR, WiredContact(DOOR_PIN, closed=True))
        self.button = self._served(place.BUTTON, WiredContact(BUTTON_PIN))
        self.mail = self._served(place.MAIL, MailCatcher())

    def _one(self, role: str) -> SimulatorServer[Any]:
        """Of the kind that was chosen."""
        found = ROLES[role]
        return self._served(found.port, found.kinds[self._kinds[role]].simulator())

    def _served(self, port: int, simulator: S, part_of: SimulatorServer[Any] | None = None) -> SimulatorServer[S]:
        """`part_of`: the one in whose hands it is, too."""
        side = getattr(simulator, "side", None)
        server = SimulatorServer(simulator, (place.LOOPBACK, free_port()), tick_ms, side, part_of)
        self._servers.append(server)
        self.ports[port] = server.address[1]
        return server

    def start(self) -> None:
        """Turn them, each in a thread of its own."""
        for server in self._servers:
            server.start()

    def close(self) -> None:
        """Stop them. Idempotent."""
        for server in self._servers:
            server.close()
        while self.ports:
            give_back(self.ports.popitem()[1])


def tick_ms() -> int:
    """Milliseconds that never jump."""
    return time.monotonic_ns() // 1_000_000
