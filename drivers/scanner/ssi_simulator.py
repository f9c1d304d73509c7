"""Simulated SSI scanner: the device itself, packet by packet, with what goes wrong with it. It ships.

Written apart from the till's end (`ssi.py`). It acknowledges what it is told, sends a label again up to twice when that
is not acknowledged within ANSWER_MS, and then gives it up (`given_up`). Faults: `deaf` (it hears nothing), `garbles`
(so many of its next packets do not add up), `raw` (it is set to send labels as they are), `split_ms`, `unplug`.
"""

from drivers.scanner.simulator import Trigger

ANSWER_MS = 2_000
SENT_AT_MOST = 3
_RESEND, _DENIED = 1, 6


class SsiSimulator(Trigger):
    """A scanner that speaks SSI."""

    def __init__(self) -> None:
        super().__init__()
        self.enabled = True
        self.beeps: list[int] = []
        """The codes of the beeps that it was told to make."""
        self.deaf = False
        self.raw = False
        self.garbles = 0
        self.given_up = 0
        """Labels that no till has acknowledged."""
        self._heard = b""
        self._labels: list[bytes] = []
        self._sent = 0
        self._again_ms = 0
        self._now_ms = 0

    def scan(self, text: str, symbology: str = "]E0") -> None:
        """Somebody holds this label up; a scanner that is disabled sees none. Longer ones go on in the next packet."""
        if not self.enabled or not self.reachable:
            return
        if self.raw:
            self._say(f"{symbology}{text}\r".encode())
            return
        data = f"{symbology}{text}".encode()
        pieces = [data[start : start + 240] for start in range(0, len(data), 240)] or [b""]
        for number, piece in enumerate(pieces, 1):
            self._labels.append(self._packet(0xF3, 2 * (number < len(pieces)), b"\x0b" + piece))
        self._next()

    def unplug(self) -> None:
        """Pull the cable; what was not sent yet is gone."""
        super().unplug()
        self._heard, self._labels, self._sent = b"", [], 0

    def receive(self, data: bytes, now_ms: int) -> None:
        """As Simulator: packets, one after the other."""
        self._now_ms = now_ms
        if self.deaf:
            return
        self._heard += data
        while self._heard and len(self._heard) >= self._heard[0] + 2:
            size = self._heard[0] + 2
            body, self._heard = self._heard[:size], self._heard[size:]
            if size < 6 or sum(body[:-2]) + int.from_bytes(body[-2:], "big") & 0xFFFF:
                self._heard = b""
                self._answer(0xD1, bytes((_RESEND,)))
                return
            self._obey(body[1], body[4:-2])

    def _obey(self, opcode: int, data: bytes) -> None:
        if opcode in (0xE9, 0xEA):
            self.enabled = opcode == 0xE9
        elif opcode == 0xE6 and len(data) == 1:
            self.beeps.append(data[0])
        elif opcode == 0xD0:
            self._labels, self._sent = self._labels[1:], 0
            self._next()
            return
        else:
            self._answer(0xD1, bytes((_DENIED,)))
            return
        self._answer(0xD0)

    def advance(self, now_ms: int) -> None:
        """As Simulator."""
        self._now_ms = now_ms
        if self._labels and self._sent and now_ms >= self._again_ms:
            if self._sent == SENT_AT_MOST:
                self._labels, self._sent, self.given_up = self._labels[1:], 0, self.given_up + 1
            else:
                self._transmit()
        self._next()
        super().advance(now_ms)

    def deadline_ms(self) -> int | None:
        """As Simulator."""
        dues = (super().deadline_ms(), self._again_ms if self._labels and self._sent else None)
        return min((due for due in dues if due is not None), default=None)

    def _next(self) -> None:
        if self._labels and not self._sent:
            self._transmit()

    def _transmit(self) -> None:
        first = self._labels[0]
        self._sent, self._again_ms = self._sent + 1, self._now_ms + ANSWER_MS
        again = first if self._sent == 1 else self._packet(first[1], first[3] | 1, first[4:-2])
        garbled = self.garbles > 0
        self.garbles -= garbled
        self._say(again[:-1] + bytes((again[-1] ^ 0x10,)) if garbled else again)

    def _answer(self, opcode: int, data: bytes = b"") -> None:
        self._say(self._packet(opcode, 0, data))

    @staticmethod
    def _packet(opcode: int, status: int, data: bytes) -> bytes:
        body = bytes((4 + len(data), opcode, 0, status)) + data
        return body + (0x10000 - sum(body)).to_bytes(2, "big")
