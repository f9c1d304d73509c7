"""Repeats: a label that is read again and again while it lies before the scanner is one scan. Pure.

Scanners guard against it themselves, since they see the label leave: Zebra's "Timeout Between Decodes, Same Symbol" is
0.5 s as delivered (DS4308 Product Reference Guide, parameter 137), and Datalogic's "safety time" wants at least 400 ms
without the code. This is for those that have no such setting, or have it off. It is shorter than theirs, so that of two
equal items that somebody holds up one after the other both count; a third label between them ends it at once.

Each repeat begins the time anew: a label that is forgotten on the glass counts once, however long it lies there.
"""

from collections.abc import Sequence
from typing import Protocol

from drivers.scanner.label import Label

AGAIN_MS = 400


class Ear(Protocol):
    """Understands one kind of scanner's bytes."""

    def receive(self, data: bytes, now_ms: int) -> Sequence[Label]:
        """Bytes in, labels out."""

    def deadline_ms(self) -> int | None:
        """When silence will mean something."""

    def silence(self, now_ms: int) -> Sequence[Label]:
        """Nothing more has come by now."""

    def reset(self) -> Sequence[Label]:
        """The line was lost."""


class WithoutRepeats:
    """A scanner's ear that counts a label once."""

    def __init__(self, ear: Ear, again_ms: int = AGAIN_MS) -> None:
        """`again_ms` 0: every label counts."""
        self._ear, self._again_ms = ear, again_ms
        self._last: Label | None = None
        self._last_ms = 0
        self.deadline_ms, self.reset = ear.deadline_ms, ear.reset

    def receive(self, data: bytes, now_ms: int) -> list[Label]:
        """As Ear."""
        return [label for label in self._ear.receive(data, now_ms) if self._counts(label, now_ms)]

    def silence(self, now_ms: int) -> list[Label]:
        """As Ear."""
        return [label for label in self._ear.silence(now_ms) if self._counts(label, now_ms)]

    def _counts(self, label: Label, now_ms: int) -> bool:
        again = label == self._last and now_ms - self._last_ms < self._again_ms
        self._last, self._last_ms = label, now_ms
        return not again
