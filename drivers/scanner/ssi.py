"""SSI: Zebra's Simple Serial Interface, the till's end. Pure; times are handed in. It hears labels and has its say.

    length  opcode  source  status  data...  checksum high  checksum low

The length counts all but the checksum, which is the two's complement of the sum of what it counts. Source 0 is the
scanner, 4 the till; bit 0 of the status says that the packet is sent again, bit 1 that the label goes on in the next
(SE-923 Integration Guide 70-37052-01, section 6; DS9908 Product Reference Guide, SSI Interface).

A label comes as DECODE_DATA: a byte for its symbology, then its text with whatever prefix and suffix the scanner is set
to. The byte is not used: the scanner is to send the AIM identifier as a prefix, as other scanners do. A label is
acknowledged each time that it comes, and counts once if it comes again because the scanner did not hear that. The
scanner tries three times (DS9908, Decoded Data Transmission), so what does not add up is not answered.

What the till says goes one by one: SCAN_ENABLE, SCAN_DISABLE and BEEP are each said at most three times until the
scanner acknowledges them. A beep that cannot be said at once is not said.
"""

from drivers.events import ScanGarbled
from drivers.scanner.label import LABEL_LONGEST, TOO_LONG, Label, read

SCAN_ENABLE, SCAN_DISABLE, BEEP = 0xE9, 0xEA, 0xE6
CMD_ACK, CMD_NAK, DECODE_DATA = 0xD0, 0xD1, 0xF3
"""SSI Commands: SP72 Product Reference Guide."""
SCANNER, TILL = 0x00, 0x04
AGAIN, GOES_ON = 1 << 0, 1 << 1
SHORT_HIGH, SHORT_LOW = 0x00, 0x05
"""Beep codes: one short beep, high or low (MK1000 Product Reference Guide, table 5-8)."""
HEAD, CHECKSUM = 4, 2
SILENCE_MS = 100
"""A packet that pauses for so long is broken off: our own choice, a hundred bytes at 9,600 baud."""
ANSWER_MS = 1_000
TRIES = 3
ACKNOWLEDGED_MOST = 16
"""At once: a scanner waits for each, so a crowd of packets is a flood."""
NO_PACKET = "no SSI packet: is the scanner set to SSI, and to send decode data as packets?"
_ENDS = b"\r\n\t"


def checksum(body: bytes) -> bytes:
    """Of everything before it."""
    return (-sum(body) & 0xFFFF).to_bytes(CHECKSUM, "big")


def packet(opcode: int, data: bytes = b"", *, source: int = TILL, status: int = 0) -> bytes:
    """The bytes of one. At most 251 of data."""
    body = bytes((HEAD + len(data), opcode, source, status)) + data
    return body + checksum(body)


class Ssi:
    """One scanner: its ear, and what it is told."""

    def __init__(self, device: str) -> None:
        """`device` names the scanner in what is reported."""
        self._device = device
        self._heard = bytearray()
        self._last_byte_ms = 0
        self._noise = False
        self._last_packet = b""
        self._label = b""
        self._acknowledge = 0
        self._say: list[tuple[int, bytes]] = []
        self._tries = 0
        self._again_ms = 0

    # --- the ear ------------------------------------------------------------------------------------------------------

    def receive(self, data: bytes, now_ms: int) -> list[Label]:
        """Bytes from the scanner; the labels that they complete, in order."""
        if data:
            self._last_byte_ms = now_ms
        labels: list[Label] = []
        for byte in data:
            if not self._noise and (self._heard or byte):  # a null between packets only wakes
                self._heard.append(byte)
                labels += self._whole()
        return labels

    def deadline_ms(self) -> int | None:
        """When silence will end what has come."""
        return self._last_byte_ms + SILENCE_MS if self._heard or self._noise else None

    def silence(self, now_ms: int) -> list[Label]:
        """Nothing more has come by now: what is not whole is none, and the next byte begins a packet."""
        due_ms = self.deadline_ms()
        if due_ms is None or now_ms < due_ms:
            return []
        self._heard.clear()
        self._noise = False
        return [ScanGarbled(device=self._device, why=NO_PACKET)]

    def reset(self) -> list[Label]:
        """The line was lost: nothing that was half said counts, on either side."""
        self._heard.clear()
        self._say.clear()
        self._noise, self._last_packet, self._label, self._acknowledge, self._tries = False, b"", b"", 0, 0
        return []

    def _whole(self) -> list[Label]:
        """What the packet says that is complete now, if one is; a lie makes noise of all up to the next silence."""
        heard = self._heard
        if heard[0] < HEAD or (len(heard) > 2 and heard[2] != SCANNER):
            return self._spoilt()
        if len(heard) < heard[0] + CHECKSUM:
            return []
        body, told = bytes(heard[:-CHECKSUM]), bytes(heard[-CHECKSUM:])
        if checksum(body) != told:
            return self._spoilt()
        heard.clear()
        return self._obey(body)

    def _spoilt(self) -> list[Label]:
        self._heard.clear()
        self._noise = True
        return []

    def _obey(self, body: bytes) -> list[Label]:
        opcode, status, data = body[1], body[3], body[HEAD:]
        if opcode == CMD_ACK:
            self._taken()
            return []
        if opcode == CMD_NAK:
            self._again_ms = 0
            return []
        self._acknowledge = min(self._acknowledge + 1, ACKNOWLEDGED_MOST)
        same = body[:3] + bytes((status & ~AGAIN,)) + data
        repeated, self._last_packet = bool(status & AGAIN) and same == self._last_packet, same
        if opcode != DECODE_DATA or repeated or not data:
            return []
        return self._add(data[1:], goes_on=bool(status & GOES_ON))

    def _add(self, text: bytes, *, goes_on: bool) -> list[Label]:
        self._label = (self._label + text)[: LABEL_LONGEST + len(_ENDS) + 1]
        if goes_on:
            return []
        label, self._label = self._label.rstrip(_ENDS), b""
        if len(label) > LABEL_LONGEST:
            return [ScanGarbled(device=self._device, why=TOO_LONG)]
        found = read(self._device, label)
        return [] if found is None else [found]

    # --- what it is told (as Host) ------------------------------------------------------------------------------------

    def enable(self, enabled: bool) -> bytes:
        """Read labels, or none. Said by `take`; what was not said yet of that is said no more."""
        self._say = [*self._say[:1], (SCAN_ENABLE if enabled else SCAN_DISABLE, b"")]
        if self._tries == 0:
            self._say = self._say[-1:]
        return b""

    def beep(self, good: bool, enabled: bool) -> bytes:
        """Beep once, high or low; nothing while another word waits to be acknowledged."""
        if not self._say:
            self._say.append((BEEP, bytes((SHORT_HIGH if good else SHORT_LOW,))))
        return b""

    def due_ms(self) -> int | None:
        """When it has something to say."""
        if self._acknowledge or (self._say and self._tries == 0):
            return 0
        return self._again_ms if self._say else None

    def take(self, now_ms: int) -> bytes:
        """What is to be said now: acknowledgements first."""
        said, self._acknowledge = packet(CMD_ACK) * self._acknowledge, 0
        if self._say and (self._tries == 0 or now_ms >= self._again_ms):
            if self._tries == TRIES:
                self._taken()  # it may be set to acknowledge nothing
                return said + self.take(now_ms)
            opcode, data = self._say[0]
            said += packet(opcode, data, status=AGAIN if self._tries else 0)
            self._tries, self._again_ms = self._tries + 1, now_ms + ANSWER_MS
        return said

    def _taken(self) -> None:
        del self._say[:1]
        self._tries = 0
