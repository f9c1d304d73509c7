"""Wire: how messages travel. Two of one shape: `apdu.Stream` on TCP, `serial_block.SerialBlocks` on serial lines."""

from typing import Protocol

from drivers.card_terminal.zvt.apdu import Apdu


class WireBroken(Exception):
    """The other side does not confirm what we send: the line is as good as lost."""


class Wire(Protocol):
    """Messages to bytes and back. Pure: time is handed in."""

    def reset(self) -> None:
        """A new connection: nothing of the old one counts."""

    def send(self, apdu: Apdu, now_ms: int, *, once: bool = False) -> None:
        """Queue a message; `once`: never repeat it unless the other side says that it did not get it."""

    def receive(self, data: bytes, now_ms: int) -> list[Apdu]:
        """The messages completed by these bytes. Raises NotZvt."""

    def advance(self, now_ms: int) -> None:
        """Let time pass. Raises WireBroken."""

    def deadline_ms(self) -> int | None:
        """When `advance` has something to do."""

    def take(self) -> bytes:
        """The bytes to write now; empties the queue."""
