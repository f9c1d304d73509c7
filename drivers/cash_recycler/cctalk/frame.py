"""Frame: one message of ccTalk, without I/O.

    simple checksum    to  length  from  header  data...  checksum       all bytes add up to 0, modulo 256
    CRC                to  length  low   header  data...  high           CRC-CCITT, begun at 0, of what is neither byte

The till is 1. Header 0 of an answer is "done", 5 "no"; an answer does not say which header it answers, so there is one
question on the line at a time. There is no first byte to look for: a message ends a silence of 50 ms. So what does not
begin as an answer must, or whose sum is wrong, is dropped to the last byte, and the question is asked again; nothing is
searched for in the rest, since one bit of noise in 256 would be a message there. The line is one wire for both
directions: most adapters hear their own till, and what it said comes back before the answer.
Sources: Crane Payment Innovations, "ccTalk Serial Communication Protocol, Generic Specification", part 1; frames in the
tests are those of makers' manuals (Suzohapp Flow, Azkoyen Modular X6, Alberici).
"""

from binascii import crc_hqx
from typing import NamedTuple

TILL = 1
AROUND = 5
"""Bytes of a message beside its data."""
LONGEST = AROUND + 255


class Message(NamedTuple):
    """Addresses, header and data. With the CRC nobody says who it is from: 0."""

    to: int
    sender: int
    header: int
    data: bytes = b""


def pack(message: Message, *, wide: bool = False) -> bytes:
    """The bytes of a message; `wide` has the CRC. At most 255 of data."""
    head, rest = bytes((message.to, len(message.data))), bytes((message.header,)) + message.data
    if wide:
        crc = crc_hqx(head + rest, 0)
        return head + bytes((crc & 0xFF,)) + rest + bytes((crc >> 8,))
    body = head + bytes((message.sender,)) + rest
    return body + bytes((-sum(body) & 0xFF,))


def size_of(head: bytes) -> int:
    """How long the message is that begins so; before that is known, more than there is."""
    return AROUND + head[1] if len(head) > 1 else AROUND


def unpack(block: bytes, *, wide: bool = False) -> Message | None:
    """A whole message; None: it is damaged."""
    if len(block) < AROUND or len(block) != size_of(block):
        return None
    message = Message(block[0], 0 if wide else block[2], block[3], block[4:-1])
    return message if pack(message, wide=wide) == block else None


class Ear:
    """What the till hears after a question."""

    def __init__(self, *, wide: bool = False) -> None:
        self._wide = wide
        self._heard = bytearray()
        self._echo = b""
        self._asked = 0

    def expect(self, address: int, question: bytes) -> None:
        """The question that goes out now; what was heard before is nothing."""
        self._heard.clear()
        self._asked, self._echo = address, question

    def again(self) -> None:
        """The question goes out once more."""
        self._heard.clear()

    def feed(self, data: bytes) -> Message | None:
        """The answer, when it is whole. Holds at most one message."""
        self._heard += data[: 2 * LONGEST]
        heard = bytes(self._heard)
        if heard and self._echo.startswith(heard) and len(heard) < len(self._echo):
            return None  # the beginning of our own words
        heard = heard.removeprefix(self._echo)
        if len(heard) < size_of(heard):
            return None
        self._heard.clear()
        message = unpack(heard, wide=self._wide)  # nobody says anything behind an answer
        if message is None or message.to != TILL or (message.sender != self._asked and not self._wide):
            return None
        return message
