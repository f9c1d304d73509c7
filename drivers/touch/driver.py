"""Touch: `driver = "evdev"`, a touch screen grabbed from the kernel's input devices.

It takes no commands. A finger that rests on the panel when it goes is lifted without having acted, and one that
rests on it when it comes back does nothing until it is lifted.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from drivers.device import DeviceError
from drivers.events import FingerMoved
from drivers.listening import Listening
from drivers.ports.input_port import is_elsewhere
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.ports.touch_port import open_touch
from drivers.settings import NotNegative
from drivers.simulated import SimulatedDevice
from drivers.touch.contacts import Axes, ContactReader, Span
from drivers.touch.leading import LeadingFinger, Move
from drivers.touch.matrix import IDENTITY, TURNS, Matrix, read_matrix
from drivers.touch.simulator import TouchSimulator

Opening = Callable[[], tuple[Port, Axes]]
Units = Annotated[int, msgspec.Meta(ge=2)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.touch]` with `driver = "evdev"`.

    `port` is a path, /dev/input/by-id/..., or a pattern for the device's name; socket://host:port where another
    machine reads the records: that one cannot be asked how far its axes go, so `units` says it.
    """

    port: str
    rotate: Literal[0, 90, 180, 270] = 0
    """How the digitizer is turned against the panel that it lies on, degrees clockwise."""
    matrix: tuple[float, float, float, float, float, float] = IDENTITY
    """libinput's six numbers, after `rotate`."""
    calibration: str = ""
    """A file of six numbers that stand in for `matrix` once it is there; `kiosk touch calibrate` writes it."""
    palm_size: NotNegative = 0
    """A contact as large as this (ABS_MT_TOUCH_MAJOR) is a palm; 0: only the panel itself knows."""
    units: tuple[Units, Units] = (4096, 4096)


class _Ear:
    """What a panel says, in places on the panel. Told what its numbers mean each time that it is opened."""

    def __init__(self, device: str, matrix: Matrix, palm_size: int) -> None:
        self._device, self._matrix, self._palm_size = device, matrix, palm_size
        self._reader = ContactReader()
        self.start(Axes(Span(0, 1), Span(0, 1)))

    def start(self, axes: Axes) -> None:
        self._axes = axes
        self._reader.start(axes.slots)
        self._leading = LeadingFinger(axes, self._palm_size)

    def receive(self, data: bytes, now_ms: int) -> list[FingerMoved]:
        moved: list[FingerMoved] = []
        for frame in self._reader.receive(data):
            moves = self._leading.lose() if frame is None else self._leading.follow(frame)
            moved += [self._said(move) for move in moves]
        return moved

    def deadline_ms(self) -> int | None:
        return None

    def silence(self, now_ms: int) -> list[FingerMoved]:
        return []

    def reset(self) -> list[FingerMoved]:
        return [self._said(move) for move in self._leading.lose()]

    def _said(self, move: Move) -> FingerMoved:
        x, y = self._matrix.point(self._axes.x.share(move.x), self._axes.y.share(move.y))
        return FingerMoved(device=self._device, way=move.way, x=x, y=y)


class Touch(Listening):
    """One touch screen."""

    def __init__(self, name: str, opening: Opening, matrix: Matrix = IDENTITY, palm_size: int = 0) -> None:
        """`opening` opens the panel anew and says what its numbers mean."""
        ear = _Ear(name, matrix, palm_size)

        def open_port() -> Port:
            port, axes = opening()
            ear.start(axes)
            return port

        super().__init__(name, open_port, ear)


def make(name: str, settings: Settings) -> Touch:
    """The touch screen called `settings.port`. Raises DeviceError if evdev is not installed, or for wild numbers."""
    matrix = matrix_of(settings)
    if is_elsewhere(settings.port):
        return Touch(name, _beside(open_port(settings.port), settings), matrix, settings.palm_size)
    return Touch(name, open_touch(settings.port), matrix, settings.palm_size)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, TouchSimulator]:
    """The same driver with a simulated touch screen at the other end."""
    simulator = TouchSimulator(settings.units)
    matrix, palm_size = matrix_of(settings), settings.palm_size
    device = SimulatedDevice(simulator, lambda o: Touch(name, _beside(o, settings), matrix, palm_size))
    return device, simulator


def matrix_of(settings: Settings) -> Matrix:
    """From the digitizer to the panel. Raises DeviceError for a file or numbers that cannot be meant."""
    matrix = Matrix(*settings.matrix)
    if matrix.is_wild:
        raise DeviceError("matrix: with these numbers no finger would find a button; 1 0 0 0 1 0 changes nothing")
    file = Path(settings.calibration)
    try:
        if settings.calibration and file.exists():
            matrix = read_matrix(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as problem:
        raise DeviceError(f"calibration: {file}: {problem}") from None
    return matrix.after(TURNS[settings.rotate])


def _beside(opening: Callable[[], Port], settings: Settings) -> Opening:
    wide, high = settings.units
    axes = Axes(Span(0, wide - 1), Span(0, high - 1))
    return lambda: (opening(), axes)
