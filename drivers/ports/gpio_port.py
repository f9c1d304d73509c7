"""GPIO port: lamps, drawers and sensors on pins, through gpiozero, with a pin factory named in the configuration.

| factory | library | for |
|---|---|---|
| `gpiod` | libgpiod v2 (`gpiod`) | any current kernel; ours, below, because gpiozero has none |
| `lgpio`, `rpigpio` | lgpio, RPi.GPIO | other systems |
| `mock` | gpiozero's own | simulation and tests |
| `wire` | ours (`wire.py`) | contacts that are played in another process; outputs have none |

What is named is what is used: a factory that cannot be had is a DeviceError that says what to install, never another
one in its place, since a lamp that is silently not lit is worse than a till that does not start.

Pins are numbered as on the Broadcom chip. `gpiod` finds the line called `GPIO17` on whichever chip has it; on a board
without line names, name the chip (`chip = "/dev/gpiochip0"`) and the number is the line's offset. Each pin is one line
request, because a request is what the kernel gives a file descriptor, and edges are waited for there: no threads.
"""

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple

from gpiozero import GPIOZeroError
from gpiozero.exc import PinInvalidFunction, PinInvalidPull, PinSetInput
from gpiozero.pins import Factory, Pin

from drivers.device import DeviceError
from drivers.ports.wire import WireFactory

FactoryName = Literal["gpiod", "lgpio", "rpigpio", "mock"]
InputFactoryName = FactoryName | Literal["wire"]
CONSUMER = "kassa"
# module, class, what pip installs
OTHERS = {
    "lgpio": ("gpiozero.pins.lgpio", "LGPIOFactory", "kassa[lgpio]"),
    "rpigpio": ("gpiozero.pins.rpigpio", "RPiGPIOFactory", "kassa[rpigpio]"),
    "mock": ("gpiozero.pins.mock", "MockFactory", "kassa"),
}
READS_PER_TURN = 16
"""A contact that never rests must not stop the loop; what is left wakes it again."""
PULLS = {"up": "PULL_UP", "down": "PULL_DOWN", "floating": "DISABLED"}
EDGES = {"both": "BOTH", "rising": "RISING", "falling": "FALLING", "none": "NONE"}


def open_factory(name: InputFactoryName, chip: str = "") -> Any:
    """The pin factory of that name. Raises DeviceError if it is not installed, or not for this machine."""
    if name == "wire":
        with _mendable(f"the wire to {chip}"):
            return WireFactory(chip)
    if name == "gpiod":
        return GpiodFactory(_library("gpiod", "gpiod", "kassa[device]"), _chips(chip), by_offset=bool(chip))
    module, kind, package = OTHERS[name]
    with _mendable(f'the pin factory "{name}"'):
        return getattr(_library(module, name, package), kind)()


def _library(module: str, factory: str, package: str) -> Any:
    try:
        return import_module(module)
    except ImportError as missing:
        raise DeviceError(
            f'the pin factory "{factory}" needs {missing.name or module}; install it with: pip install "{package}"'
        ) from missing


def _chips(chip: str) -> list[str]:
    if chip:
        return [chip]
    return sorted(str(path) for path in Path("/dev").glob("gpiochip*"))


@contextmanager
def claiming(pin: int) -> Iterator[None]:
    """Whatever goes wrong while a pin is claimed, in words that name it."""
    with _mendable(f"GPIO pin {pin}"):
        yield


@contextmanager
def _mendable(what: str) -> Iterator[None]:
    try:
        yield
    except GPIOZeroError as refusal:
        raise DeviceError(f"{what} cannot be used: {refusal}") from refusal
    except OSError as refusal:
        advice = {
            errno.EBUSY: "another program or device holds it",
            errno.EACCES: "add the kiosk's user to the group gpio",
            errno.EPERM: "add the kiosk's user to the group gpio",
        }
        reason = advice.get(refusal.errno or 0, refusal.strerror or str(refusal))
        raise DeviceError(f"{what} cannot be used: {reason}") from refusal


class LineInfo(NamedTuple):
    """What gpiozero wants to know of a pin: its name, and its fixed pull (none that we know of)."""

    name: str
    number: int
    pull: str = ""


class _Board:
    """gpiozero's notion of a board, as far as it asks a factory for one: finding a pin by number."""

    def find_pin(self, name: int | str) -> Iterator[tuple[None, LineInfo]]:
        number = int(str(name).removeprefix("GPIO"))
        yield None, LineInfo(f"GPIO{number}", number)


class GpiodFactory(Factory):  # type: ignore[misc]  # gpiozero carries no types
    """Pins over libgpiod v2."""

    def __init__(self, gpiod: Any, chips: Sequence[str], *, by_offset: bool = False) -> None:
        """`gpiod` is the module; `chips` paths to look on; `by_offset`: a number is an offset if no line has its name.

        Raises DeviceError if there is no chip to look on.
        """
        super().__init__()
        if not chips:
            raise DeviceError("this machine has no GPIO (no /dev/gpiochip*); set factory to another one, or remove it")
        self.gpiod = gpiod
        self._chips = chips
        self._by_offset = by_offset
        self._pins: dict[int, GpiodPin] = {}

    def _get_board_info(self) -> _Board:
        return _Board()

    def pin(self, name: int | str) -> "GpiodPin":
        """The pin of that number, the same object each time until it is closed."""
        _, info = next(self.board_info.find_pin(name))
        if info.number not in self._pins:
            self._pins[info.number] = GpiodPin(self, info, *self._find(info))
        return self._pins[info.number]

    def forget(self, number: int) -> None:
        """A pin was closed."""
        self._pins.pop(number, None)

    def _find(self, info: LineInfo) -> tuple[str, int]:
        """(chip, offset) of a line. Raises DeviceError."""
        for path in self._chips:
            with _mendable(f"the GPIO chip {path}"), self.gpiod.Chip(path) as chip:
                offset = self._offset(chip, info)
            if offset is not None:
                return path, offset
        where = " or ".join(self._chips)
        raise DeviceError(f"no line called {info.name} on {where}; if its lines have no names, set chip to its path")

    def _offset(self, chip: Any, info: LineInfo) -> int | None:
        try:
            return int(chip.line_offset_from_id(info.name))
        except OSError as unknown:
            if unknown.errno != errno.ENOENT:
                raise
        return info.number if self._by_offset and info.number < chip.get_info().num_lines else None

    def close(self) -> None:
        """Release every pin."""
        for pin in list(self._pins.values()):
            pin.close()

    def ticks(self) -> float:
        """gpiozero times edges with this; nothing here does."""
        return time.monotonic()

    def ticks_diff(self, later: float, earlier: float) -> float:
        """Seconds between two ticks."""
        return later - earlier


class GpiodPin(Pin):  # type: ignore[misc]  # gpiozero carries no types
    """One line, held by one request from its first use until `close`."""

    def __init__(self, factory: GpiodFactory, info: LineInfo, chip: str, offset: int) -> None:
        """Claims the line as an input. Raises OSError if the kernel refuses."""
        self._factory = factory
        self._info = info
        self._offset = offset
        self._gpiod = factory.gpiod
        self._function, self._pull, self._edges = "input", "floating", "both"
        self._when_changed: Callable[[float, bool], None] | None = None
        self._bounce_s: float | None = None
        self._request = self._gpiod.request_lines(chip, config={offset: self._settings()}, consumer=CONSUMER)

    def __repr__(self) -> str:
        return self._info.name

    def close(self) -> None:
        """Let go of the line. Idempotent."""
        if self._request is not None:
            self._request.release()
            self._request = None
            self._factory.forget(self._info.number)

    def fileno(self) -> int | None:
        """What becomes readable on an edge; None while no edges are waited for."""
        return int(self._request.fd) if self._watching else None

    def service(self) -> None:
        """Read the edges that have come and tell `when_changed` of each: (seconds on the kernel's clock, level)."""
        for _ in range(READS_PER_TURN):
            if not self._watching or not self._request.wait_edge_events(timeout=0):
                return
            for edge in self._request.read_edge_events():
                if self._when_changed is not None:
                    self._when_changed(edge.timestamp_ns / 1e9, edge.event_type == edge.Type.RISING_EDGE)

    @property
    def _watching(self) -> bool:
        return self._when_changed is not None and self._request is not None

    def _settings(self, level: bool = False) -> Any:
        line = self._gpiod.line
        if self._function == "output":
            value = line.Value.ACTIVE if level else line.Value.INACTIVE
            return self._gpiod.LineSettings(direction=line.Direction.OUTPUT, output_value=value)
        edges = self._edges if self._when_changed is not None else "none"
        return self._gpiod.LineSettings(
            direction=line.Direction.INPUT,
            bias=getattr(line.Bias, PULLS[self._pull]),
            edge_detection=getattr(line.Edge, EDGES[edges]),
            debounce_period=timedelta(seconds=self._bounce_s or 0),
        )

    def _reconfigure(self, level: bool = False) -> None:
        self._request.reconfigure_lines({self._offset: self._settings(level)})

    # --- what gpiozero asks of a pin ----------------------------------------------------------------------------------

    def output_with_state(self, state: int) -> None:
        """Become an output at this level from the first moment, without a blip."""
        self._function = "output"
        self._reconfigure(bool(state))

    def _get_info(self) -> LineInfo:
        return self._info

    def _get_function(self) -> str:
        return self._function

    def _set_function(self, value: str) -> None:
        if value not in ("input", "output"):
            raise PinInvalidFunction(f'a pin is "input" or "output", not "{value}"')
        self._function = value
        self._reconfigure()

    def _get_state(self) -> bool:
        return bool(self._request.get_value(self._offset) == self._gpiod.line.Value.ACTIVE)

    def _set_state(self, value: int) -> None:
        if self._function == "input":
            raise PinSetInput(f"{self!r} is an input")
        values = self._gpiod.line.Value
        self._request.set_value(self._offset, values.ACTIVE if value else values.INACTIVE)

    def _get_pull(self) -> str:
        return self._pull

    def _set_pull(self, value: str) -> None:
        if value not in PULLS:
            raise PinInvalidPull(f'a pull is one of {", ".join(PULLS)}, not "{value}"')
        self._pull = value
        self._reconfigure()

    def _get_bounce(self) -> float | None:
        return self._bounce_s

    def _set_bounce(self, value: float | None) -> None:
        """Seconds for which the kernel wants a level steady before it tells of an edge."""
        self._bounce_s = value
        self._reconfigure()

    def _get_edges(self) -> str:
        return self._edges

    def _set_edges(self, value: str) -> None:
        self._edges = value
        self._reconfigure()

    def _get_when_changed(self) -> Callable[[float, bool], None] | None:
        return self._when_changed

    def _set_when_changed(self, value: Callable[[float, bool], None] | None) -> None:
        self._when_changed = value
        if self._request is not None:
            self._reconfigure()


class PinSimulator:
    """The Simulator verbs of a thing that is pins and no bytes: it is always there and has nothing to say."""

    reachable = True

    def connected(self, now_ms: int) -> None:
        """There is no line."""

    def disconnected(self, now_ms: int) -> None:
        """There is no line."""

    def receive(self, data: bytes, now_ms: int) -> None:
        """There are no bytes: a bug if there are."""
        raise AssertionError("pins take no bytes")

    def advance(self, now_ms: int) -> None:
        """Pins follow at once."""

    def deadline_ms(self) -> int | None:
        """Nothing to wait for."""
        return None

    def take(self) -> bytes:
        """Nothing to say."""
        return b""
