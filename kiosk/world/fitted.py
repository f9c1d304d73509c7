"""Fitted: what only some counters have around them: a staff key, doors, buttons, a badge reader, an exit gate with its
reader.

Like the rest of the counter it outlives the lane's process: a door that is open stays open, a relay stays closed.
"""

from collections.abc import Callable

from drivers.badge_reader.badges import Badges
from drivers.badge_reader.simulator import BadgeReaderSimulator
from drivers.button import driver as button
from drivers.device import Device, Simulator
from drivers.door import driver as door
from drivers.gate.driver_lcus import LcusGate
from drivers.gate.driver_lcus import Settings as GateSettings
from drivers.keylock import driver as keylock
from drivers.lcus.simulator import LcusSimulator
from drivers.listening import Listening
from drivers.pins.contact_simulator import ContactSimulator
from drivers.ports.port import Port
from drivers.scanner.driver import Scanner
from drivers.scanner.protocol import ScannerProtocol
from drivers.scanner.simulator import ScannerSimulator
from kiosk.app.gate import EXIT_READER

_MODULES = {"keylock": keylock, "door": door, "button": button}
_QR = "]Q1"


class Fitted:
    """Those of these names (`Lane.fitted`)."""

    def __init__(self, names: tuple[str, ...], line: Callable[[Simulator], Callable[[], Port]]) -> None:
        """`line`: a line in memory to a simulator, for a lane that starts."""
        self._names, self._line = names, line
        self._closed = {name: self._kind(name) == "door" for name in names if self._kind(name) in _MODULES}
        self._contacts: dict[str, ContactSimulator] = {}
        self._cut: set[str] = set()
        self.badge_reader = BadgeReaderSimulator()
        self.exit_reader = ScannerSimulator()
        self.gate = LcusSimulator()

    @staticmethod
    def _kind(name: str) -> str:
        return name.partition(".")[0]

    def devices(self) -> list[Device]:
        """Fresh drivers for a lane that starts."""
        return [device for name in self._names for device in self._of(name)]

    def _of(self, name: str) -> list[Device]:
        match self._kind(name):
            case "badge_reader":
                return [Listening(name, self._line(self.badge_reader), Badges(name, ScannerProtocol(name)))]
            case "gate":
                reader = Scanner(EXIT_READER, self._line(self.exit_reader), ScannerProtocol(EXIT_READER))
                return [LcusGate(name, self._line(self.gate), GateSettings(port="memory")), reader]
        module = _MODULES[self._kind(name)]
        device, self._contacts[name] = module.make_simulated(name, module.Settings())
        self.move(name, self._closed[name])
        if name in self._cut:
            self.cut(name)
        return [device]

    def simulators(self) -> tuple[Simulator, ...]:
        """Those that speak in bytes."""
        spoken = {"badge_reader": (self.badge_reader,), "gate": (self.gate, self.exit_reader)}
        return tuple(one for name in self._names for one in spoken.get(self._kind(name), ()))

    def move(self, name: str, closed: bool) -> None:
        """Turn the key, open or shut a door. Raises KeyError if this counter has none of this name."""
        self._closed[name] = closed
        contact = self._contacts[name]
        contact.close_contact() if closed else contact.open_contact()

    def cut(self, name: str) -> None:
        """Cut the cable of a contact. Raises KeyError as `move`."""
        self._cut.add(name)
        self._contacts[name].cut()

    def mend(self, name: str) -> None:
        """Mend it."""
        self._cut.discard(name)
        self._contacts[name].mend()

    def bounce(self, name: str, times: int) -> None:
        """Metal on metal: it closes and opens so often within a moment, and stands as before."""
        self._contacts[name].bounce(times)

    def show_code(self, code: str) -> None:
        """Somebody holds a code before the reader at the exit."""
        self.exit_reader.scan(code, _QR)

    @property
    def openings(self) -> int:
        """How often the gate was told to open."""
        return sum(self.gate.closings.values())
