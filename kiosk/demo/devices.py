"""Devices: the counter's simulated devices, each behind a real socket of this process.

The simulators are the ones that ship beside the drivers; the lane reaches them through its real drivers.
They live here and not in the lane, so that a lane that is killed comes back to the same terminal with the same journal.
"""

import time
from collections.abc import Mapping
from typing import Any

from drivers.badge_reader.simulator import BadgeReaderSimulator
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.cash_recycler.simulator import RecyclerSimulator
from drivers.headphones.simulator import JackSimulator
from drivers.keypad.simulator import KeypadSimulator
from drivers.ports.serving import SimulatorServer
from drivers.pos_printer.simulator import REAL_LINE_MS, PrinterSimulator
from drivers.qr_payment.simulator import ProviderSimulator
from drivers.scale.simulator import ScaleSimulator
from drivers.scanner.simulator import ScannerSimulator
from kiosk.demo.mail_catcher import MailCatcher
from kiosk.demo.place import (
    BADGES,
    BAGGING,
    CASH,
    JACK,
    KEYPAD,
    LOOPBACK,
    MAIL,
    PRINTER,
    PROVIDER,
    SCALE,
    SCANNER,
    TERMINAL,
)

SEK = 752
COLUMNS = 42
SHELF_BEARS_G = 60_000
CARD_PIN = "1234"
"""The simulated card's."""


class Devices:
    """A scanner, two scales, a receipt printer with a drawer on it, a card terminal,
    a cash machine, a keypad, a jack for headphones, a badge reader; a provider of QR payments and a mail server."""

    def __init__(self) -> None:
        """They listen at once, at free ports."""
        anywhere = (LOOPBACK, 0)
        self.scanner = SimulatorServer(ScannerSimulator(), anywhere, tick_ms)
        self.scale = SimulatorServer(ScaleSimulator(), anywhere, tick_ms)
        self.bagging = SimulatorServer(ScaleSimulator(max_g=SHELF_BEARS_G), anywhere, tick_ms)
        self.printer = SimulatorServer(PrinterSimulator(COLUMNS, REAL_LINE_MS), anywhere, tick_ms)
        self.terminal = SimulatorServer(ZvtSimulator(currency=SEK), anywhere, tick_ms)
        with self.terminal.hands() as terminal:
            terminal.card_pin = CARD_PIN
        self.provider = SimulatorServer(ProviderSimulator(), anywhere, tick_ms)
        self.cash = SimulatorServer(RecyclerSimulator(), anywhere, tick_ms)
        self.keypad = SimulatorServer(KeypadSimulator(), anywhere, tick_ms)
        self.jack = SimulatorServer(JackSimulator(), anywhere, tick_ms)
        self.badges = SimulatorServer(BadgeReaderSimulator(), anywhere, tick_ms)
        self.mail = SimulatorServer(MailCatcher(), anywhere, tick_ms)
        self._servers = (
            self.scanner,
            self.scale,
            self.bagging,
            self.printer,
            self.terminal,
            self.provider,
            self.cash,
            self.keypad,
            self.jack,
            self.badges,
            self.mail,
        )

    @property
    def ports(self) -> Mapping[int, int]:
        """Their ports, by the well-known ones that `config/demo.toml` names."""
        named: dict[int, SimulatorServer[Any]] = {
            SCANNER: self.scanner,
            SCALE: self.scale,
            BAGGING: self.bagging,
            PRINTER: self.printer,
            TERMINAL: self.terminal,
            PROVIDER: self.provider,
            CASH: self.cash,
            KEYPAD: self.keypad,
            JACK: self.jack,
            BADGES: self.badges,
            MAIL: self.mail,
        }
        return {port: server.address[1] for port, server in named.items()}

    def start(self) -> None:
        """Turn them, each in a thread of its own."""
        for server in self._servers:
            server.start()

    def close(self) -> None:
        """Stop them."""
        for server in self._servers:
            server.close()


def tick_ms() -> int:
    """Milliseconds that never jump."""
    return time.monotonic_ns() // 1_000_000
