"""Simulated: a driver and its simulator turned together, as one Device, for `driver = "simulated"`.

The driver under it is the real one and talks to its simulator in bytes, over a MemoryPort. Since there is no file
descriptor that would wake the loop, the host asks to be served again at once as long as bytes move in either
direction, and otherwise when the simulator or the driver wants something.

Every driver's `make_simulated` is three lines:

    simulator = ThingSimulator()
    return SimulatedDevice(simulator, lambda open_port: Thing(name, open_port, settings)), simulator
"""

from collections.abc import Callable

from drivers.device import Device, Identified, Simulator, WithoutDescriptor
from drivers.events import Command, HardwareEvent
from drivers.ports.memory_port import MemoryPort
from drivers.ports.port import Port

OpenPort = Callable[[], Port]


class _Watched:
    """A simulator's bytes, counted."""

    def __init__(self, port: MemoryPort, moved: Callable[[], None]) -> None:
        self._port = port
        self._moved = moved

    def fileno(self) -> int | None:
        return None

    @property
    def ready(self) -> bool:
        return self._port.ready

    def read(self) -> bytes:
        data = self._port.read()
        if data:
            self._moved()
        return data

    def write(self, data: bytes) -> int:
        if data:
            self._moved()
        return self._port.write(data)

    def close(self) -> None:
        self._port.close()


class SimulatedDevice(WithoutDescriptor):
    """A Device whose other end is `simulator`. Touch the simulator between two calls of the loop, in its thread."""

    def __init__(self, simulator: Simulator, make: Callable[[OpenPort], Device]) -> None:
        """`make` builds the driver over the port that it is given."""
        self.simulator = simulator
        self._now_ms = 0
        self._restless = True
        self._plugged = simulator.reachable
        self._device = make(self._open)
        self.name = self._device.name

    def _open(self) -> Port:
        return _Watched(MemoryPort(self.simulator, lambda: self._now_ms), self._stir)

    def _stir(self) -> None:
        self._restless = True

    def deadline_ms(self) -> int | None:
        """Now while bytes move or the plug does; otherwise the earlier of the driver's and the simulator's."""
        if self._restless or self._plugged != self.simulator.reachable:
            return self._now_ms
        deadlines = (self._device.deadline_ms(), self.simulator.deadline_ms())
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """Let the simulator live up to now, then the driver."""
        self._now_ms, self._restless = now_ms, False
        self.simulator.advance(now_ms)
        self._plugged = self.simulator.reachable
        return self._device.service(now_ms)

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """As the driver's."""
        self._now_ms = now_ms
        return self._device.command(command, now_ms)

    @property
    def identity(self) -> str:
        """As the driver's, if it has one."""
        return self._device.identity if isinstance(self._device, Identified) else ""

    def identify(self, now_ms: int) -> bool:
        """As the driver's, if it can."""
        return isinstance(self._device, Identified) and self._device.identify(now_ms)

    def close(self) -> None:
        """As the driver's."""
        self._device.close()
