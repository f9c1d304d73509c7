"""libgpiod without a kernel: chips, lines and requests played, as far as our pin factory asks for them."""

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from types import SimpleNamespace
from typing import Any

PI = "/dev/gpiochip0"
BARE = "/dev/gpiochip1"


class Value(Enum):
    INACTIVE = 0
    ACTIVE = 1


class Direction(Enum):
    AS_IS = 1
    INPUT = 2
    OUTPUT = 3


class Bias(Enum):
    AS_IS = 1
    UNKNOWN = 2
    DISABLED = 3
    PULL_UP = 4
    PULL_DOWN = 5


class Edge(Enum):
    NONE = 1
    RISING = 2
    FALLING = 3
    BOTH = 4


@dataclass
class LineSettings:
    direction: Direction = Direction.AS_IS
    edge_detection: Edge = Edge.NONE
    bias: Bias = Bias.AS_IS
    output_value: Value = Value.INACTIVE
    debounce_period: timedelta = timedelta(0)


class EdgeEvent:
    class Type(Enum):
        RISING_EDGE = 1
        FALLING_EDGE = 2

    def __init__(self, event_type: Type, timestamp_ns: int) -> None:
        self.event_type, self.timestamp_ns, self.Type = event_type, timestamp_ns, EdgeEvent.Type


@dataclass
class Wire:
    """One line of a chip, from the kernel's side. `history` is every level that an output ever had.

    `tell` hears of each (`high`, `low`), and that it was `released`.
    """

    settings: LineSettings = field(default_factory=LineSettings)
    level: bool = False
    held: bool = False
    history: list[bool] = field(default_factory=list)
    request: "LineRequest | None" = None
    tell: Callable[[str], None] = lambda what: None

    def configure(self, settings: LineSettings) -> None:
        self.settings = settings
        if settings.direction.name == "OUTPUT":
            self.drive(settings.output_value.name == "ACTIVE")
        elif settings.bias.name.startswith("PULL"):
            self.level = settings.bias.name == "PULL_UP"

    def drive(self, level: bool) -> None:
        self.level = level
        self.history.append(level)
        self.tell("high" if level else "low")

    def touch(self, level: bool) -> None:
        """Somebody outside changes an input."""
        rising, self.level = level, level
        wanted = {"BOTH", "RISING" if rising else "FALLING"}
        if self.request is not None and self.settings.edge_detection.name in wanted:
            kind = EdgeEvent.Type.RISING_EDGE if rising else EdgeEvent.Type.FALLING_EDGE
            self.request.edges.append(EdgeEvent(kind, 1_500_000_000))
            os.write(self.request.bell, b"!")


class LineRequest:
    def __init__(self, wires: dict[int, Wire], values: Any) -> None:
        self.wires, self.edges, self._values = wires, [], values
        self._fd, self.bell = os.pipe()
        for wire in wires.values():
            wire.held, wire.request = True, self

    @property
    def fd(self) -> int:
        return self._fd

    def get_value(self, line: int) -> Any:
        return self._values.ACTIVE if self.wires[line].level else self._values.INACTIVE

    def set_value(self, line: int, value: Value) -> None:
        assert self.wires[line].settings.direction.name == "OUTPUT"
        self.wires[line].drive(value is self._values.ACTIVE)

    def reconfigure_lines(self, config: dict[int, LineSettings]) -> None:
        for line, settings in config.items():
            self.wires[line].configure(settings)

    def wait_edge_events(self, timeout: float | None = None) -> bool:
        assert timeout == 0, "nothing may wait here"
        return bool(self.edges)

    def read_edge_events(self, max_events: int | None = None) -> list[EdgeEvent]:
        os.read(self._fd, len(self.edges))
        edges, self.edges = self.edges, []
        return edges

    def release(self) -> None:
        os.close(self._fd)
        os.close(self.bell)
        for wire in self.wires.values():
            wire.held, wire.request = False, None
            wire.tell("released")


class FakeGpiod:
    """The module. The first chip names its lines as a Raspberry Pi does, the second has none."""

    def __init__(self, words: Any = None) -> None:
        """`words`: the module whose settings and enumerations are used; without one our own."""
        ours = SimpleNamespace(Value=Value, Direction=Direction, Bias=Bias, Edge=Edge)
        self.LineSettings = words.LineSettings if words else LineSettings
        self.line = words.line if words else ours
        self.wires = {path: {offset: Wire() for offset in range(28)} for path in (PI, BARE)}
        self.refusal = 0

    def Chip(self, path: str) -> "FakeChip":
        if path not in self.wires:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory")
        return FakeChip(path)

    def request_lines(self, path: str, config: dict[int, LineSettings], consumer: str | None = None) -> LineRequest:
        if self.refusal or any(self.wires[path][offset].held for offset in config):
            raise OSError(self.refusal or errno.EBUSY, "Device or resource busy")
        assert consumer == "kassa"
        request = LineRequest({offset: self.wires[path][offset] for offset in config}, self.line.Value)
        request.reconfigure_lines(config)
        return request


class FakeChip:
    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> "FakeChip":
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def get_info(self) -> Any:
        return SimpleNamespace(num_lines=28)

    def line_offset_from_id(self, id: str) -> int:
        if self._path == PI and id.startswith("GPIO") and int(id[4:]) < 28:
            return int(id[4:])
        raise OSError(errno.ENOENT, "No such file or directory")
