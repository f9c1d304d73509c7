"""Scale: joins a line to whatever protocol the scale speaks. UnifiedPOS category Scale.

A scale that is away, or does not answer, is reported once and asked on until it is back.
"""

from collections.abc import Callable

from drivers.events import Command, HardwareEvent, PriceScale, ZeroScale
from drivers.ports.line import Line
from drivers.ports.port import Port
from drivers.scale.talk import Talk


class Talking:
    """A line and the talk on it: what every device with a scale in it does, whatever commands it takes."""

    def __init__(self, name: str, open_port: Callable[[], Port], talk: Talk) -> None:
        self.name = name
        self._line = Line(open_port)
        self._talk = talk

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the line's next try, or the next question."""
        deadlines = (self._line.deadline_ms(), self._talk.deadline_ms() if self._line.is_open else None)
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        turn = self._line.service(now_ms)
        happened = self._talk.opened() if turn.change == "opened" else []
        happened += self._talk.receive(turn.data, now_ms) if turn.data else []
        if turn.change == "lost":
            return happened + self._talk.lost(turn.why)
        if self._line.is_open:
            question, told = self._talk.request(now_ms)
            happened += told
            self._line.send(question)
            self._line.flush(now_ms)
        return happened

    def close(self) -> None:
        """As Device."""
        self._line.close()


class Scale(Talking):
    """One scale."""

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """`ZeroScale` and `PriceScale`; whoever sends another has mistaken the device."""
        match command:
            case ZeroScale():
                self._talk.zero()
            case PriceScale():
                self._talk.price(command)
            case _:
                raise AssertionError(f"{self.name} is a scale and takes no {type(command).__name__}")
        return []
