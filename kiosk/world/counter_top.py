"""Counter top: the devices of one world as things, which outlive the lane's process and its power.

Each is the shipped simulator that speaks the device's bytes; the lane gets the real driver on a line in memory. When
the lane dies its lines drop, and the terminal, the printer and the drawer go on with what they know.
"""

import hashlib
from collections.abc import Callable
from itertools import count
from typing import Literal

from drivers.card_terminal.nexo import driver_json, driver_xml
from drivers.card_terminal.nexo.dialect import SimulatedDoor
from drivers.card_terminal.nexo.session import Surroundings
from drivers.card_terminal.nexo.simulator import DEMO_KEY, NexoSimulator
from drivers.card_terminal.zvt import driver as zvt
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.cash_drawer.printer_kick import PrinterKickDrawer
from drivers.cash_recycler.driver import Recycler
from drivers.cash_recycler.protocol import Host
from drivers.cash_recycler.simulator import RecyclerSimulator
from drivers.device import Device, Simulator, WithoutDescriptor
from drivers.events import Command, HardwareEvent, SetLights
from drivers.headphones.driver import Headphones
from drivers.headphones.simulator import JackSimulator
from drivers.keypad.driver import Keypad
from drivers.keypad.simulator import KeypadSimulator
from drivers.ports.memory_port import MemoryPort
from drivers.ports.port import Port
from drivers.pos_printer import driver as printing
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.simulator import PrinterSimulator
from drivers.qr_payment.driver import QrPayment
from drivers.qr_payment.protocol import Terms
from drivers.qr_payment.simulator import ProviderSimulator
from drivers.scale.dialog06 import Dialog06
from drivers.scale.dialog06_simulator import Dialog06Simulator
from drivers.scale.driver import Scale
from drivers.scale.simulator import ScaleSimulator
from drivers.scale.talk import Talk
from drivers.scale.toledo8217 import Toledo8217
from drivers.scanner.driver import Scanner
from drivers.scanner.host import MAKERS
from drivers.scanner.protocol import ScannerProtocol
from drivers.scanner.simulator import ScannerSimulator
from kiosk.checkout.scale import Plate
from kiosk.world.cash_parts import CashParts
from kiosk.world.fitted import Fitted

PRINTER = "TM-T88V"
SHELF_BEARS_G = 60_000
HOST = MAKERS["datalogic"]
PHONES = Terms("pay.example", "m1", "SEK", "Phone")
SEK = zvt.CURRENCIES["SEK"]
NEXO_XML = driver_xml.Settings(port="memory", poi_id="LANE4", currency="SEK", listen="memory")
NEXO_JSON = driver_json.Settings(
    port="memory",
    listen="memory",
    poi_id="P400Plus-275008565",
    currency="SEK",
    key_id=DEMO_KEY.identifier,
    key_version=DEMO_KEY.version,
    passphrase=DEMO_KEY.passphrase,
)


def _surroundings() -> Surroundings:
    """A wall clock that stands, and chance that falls the same way every time."""
    throws = count()
    return Surroundings(
        lambda: "2026-11-23T10:00:00.000+01:00",
        lambda size: hashlib.sha256(b"throw %d" % next(throws)).digest()[:size],
    )


class Lamps(WithoutDescriptor):
    """The light tower as somebody sees it from across the shop."""

    def __init__(self) -> None:
        self.name = "lights"
        self.shown = SetLights()
        self._since_ms = 0

    def deadline_ms(self) -> int | None:
        """Never."""
        return None

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """Lamps say nothing."""
        return []

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """Remember what is lit."""
        if isinstance(command, SetLights) and command != self.shown:
            self.shown, self._since_ms = command, now_ms
        return []

    def pulses(self, now_ms: int) -> bool:
        """Whether they pulse now, or are steady."""
        return now_ms < self._since_ms + self.shown.pulse_ms

    def close(self) -> None:
        """Dark."""
        self.shown = SetLights()


def _cash_machine(has: bool, of_parts: bool) -> RecyclerSimulator | None:
    if not has:
        return None
    return CashParts() if of_parts else RecyclerSimulator()


_CHECKSUM, _POLYNOMIAL, _PRICE_STEP_MINOR = 0x1D06, 0x18005, 5
"""What a scale that works out prices asks a till for, and what it rounds them to: not as the till itself would."""


def _priced() -> Dialog06Simulator:
    scale = Dialog06Simulator(polynomial=_POLYNOMIAL)
    scale.price_step_minor = _PRICE_STEP_MINOR
    return scale


class CounterTop:
    """Scanner, keypad, jack, printer, terminal, lamps; maybe scale, bagging shelf, phones, cash machine, the fitted."""

    def __init__(
        self,
        clock: Callable[[], int],
        *,
        plate: Plate | None = None,
        bagging: bool = False,
        phones: bool = False,
        cash_machine: bool = False,
        cash_parts: bool = False,
        fitted: tuple[str, ...] = (),
    ) -> None:
        """`clock` gives the tick that all believe in. A scale is asked all the time: only who needs one has it.

        `fitted`: what else there is (`Lane.fitted`).
        """
        self.shelf = ScaleSimulator(max_g=SHELF_BEARS_G) if bagging else None
        self._clock = clock
        self.scanner = ScannerSimulator(HOST)
        self.keypad = KeypadSimulator()
        self.jack = JackSimulator()
        self.printer = PrinterSimulator()
        self.terminal: ZvtSimulator | NexoSimulator = ZvtSimulator(currency=SEK)
        self._surroundings = _surroundings()
        self.plate = plate
        self.scale = _priced() if self._computes else ScaleSimulator()
        self.lamps = Lamps()
        self.provider = ProviderSimulator() if phones else None
        self.recycler = _cash_machine(cash_machine, cash_parts)
        self._ports: list[MemoryPort] = []
        self.fitted = Fitted(fitted, self._line)

    def _printer_and_drawer(self) -> list[Device]:
        line = self._line(self.printer)
        printer = printing.assemble("pos_printer", printing.Settings(), DocumentEncoder(PRINTER), line)
        return [printer, PrinterKickDrawer("cash_drawer", printer)]

    def devices(self) -> list[Device]:
        """Fresh drivers for a lane that starts, by the names of the configuration."""
        shelf = (
            [Scale("bagging_scale", self._line(self.shelf), Toledo8217("bagging_scale"))]
            if self.shelf is not None
            else []
        )
        return [
            *shelf,
            Scanner("scanner", self._line(self.scanner), ScannerProtocol("scanner"), host=HOST, beeps=True),
            Keypad("keypad", self._line(self.keypad)),
            Headphones("headphones", self._line(self.jack)),
            *self._printer_and_drawer(),
            self._card_terminal("card_terminal"),
            self.lamps,
            *self.fitted.devices(),
            *([Scale("scale", self._line(self.scale), self._talk())] if self.plate is not None else []),
            *self._cash(),
            *([QrPayment("qr_payment", self._line(self.provider), PHONES)] if self.provider is not None else []),
        ]

    def _cash(self) -> list[Device]:
        if self.recycler is None:
            return []
        if isinstance(self.recycler, CashParts):
            return [self.recycler.devices("cash_recycler", self._line)]
        return [Recycler("cash_recycler", self._line(self.recycler), Host("cash_recycler", "SEK"))]

    @property
    def _computes(self) -> bool:
        return self.plate is not None and self.plate.computes

    def _talk(self) -> Talk:
        if not self._computes:
            return Toledo8217("scale")
        return Dialog06("scale", checksum=_CHECKSUM, polynomial=_POLYNOMIAL, step_minor=_PRICE_STEP_MINOR)

    def change_terminal(self, speaks: Literal["nexo-xml", "nexo-json"]) -> None:
        """Somebody puts another card terminal there, and its driver into the configuration. The lane must be dark."""
        if speaks == "nexo-xml":
            self.terminal = NexoSimulator("xml", poi_id=NEXO_XML.poi_id)
        else:
            self.terminal = NexoSimulator("json", poi_id=NEXO_JSON.poi_id)

    def _card_terminal(self, name: str) -> Device:
        terminal = self.terminal
        if isinstance(terminal, ZvtSimulator):
            return zvt.ZvtTerminal(name, self._line(terminal), zvt.Settings(port="memory", currency="SEK"))
        lines = (self._line(terminal), self._surroundings, self._line(terminal.side), SimulatedDoor(terminal))
        if terminal.kind == "xml":
            return driver_xml.assemble(name, NEXO_XML, *lines)
        return driver_json.assemble(name, NEXO_JSON, *lines)

    def _line(self, simulator: Simulator) -> Callable[[], Port]:
        def open_port() -> Port:
            port = MemoryPort(simulator, self._clock)
            self._ports.append(port)
            return port

        return open_port

    def advance(self) -> None:
        """Let the things do what is due."""
        for simulator in self._simulators():
            simulator.advance(self._clock())

    def deadline_ms(self) -> int | None:
        """When one of them does something of its own accord."""
        dues = [due for simulator in self._simulators() if (due := simulator.deadline_ms()) is not None]
        return min(dues, default=None)

    def drop_lines(self) -> None:
        """The lane's process is gone, and its end of every line with it."""
        for port in self._ports:
            port.close()
        self._ports.clear()

    def _simulators(self) -> tuple[Simulator, ...]:
        scale = (self.scale,) if self.plate is not None else ()
        shelf = (self.shelf,) if self.shelf is not None else ()
        provider = (self.provider,) if self.provider is not None else ()
        recycler: tuple[Simulator, ...] = (self.recycler,) if self.recycler is not None else ()
        if isinstance(self.recycler, CashParts):
            recycler = (*recycler, self.recycler.coins)
        always = (self.scanner, self.keypad, self.jack, self.printer, self.terminal)
        return (*always, *scale, *shelf, *provider, *recycler, *self.fitted.simulators())
