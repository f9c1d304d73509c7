"""Damaged conversations: money is only ever believed of a message that says so itself, whatever else goes wrong.

The messages one by one are rows of `tests/drivers/parsers/terminals.py`; here whole payments are played to a client,
one message of each damaged, left out or put in. A twentieth as many as of the rows, for each is twenty messages.
"""

import random

from drivers.card_terminal.zvt.apdu import Stream
from drivers.card_terminal.zvt.protocol import Client
from drivers.card_terminal.zvt.serial_block import SerialBlocks
from drivers.card_terminal.zvt.session import Terms
from drivers.card_terminal.zvt.simulated.faults import Faults
from drivers.card_terminal.zvt.simulated.serial import SerialSide
from drivers.events import (
    Acknowledge,
    Authorize,
    HardwareEvent,
    TerminalApproved,
    TerminalCompleted,
    TerminalDeclined,
    TerminalPrint,
)
from tests.drivers.mutations import COUNT, mutated, pieces
from tests.drivers.parsers.terminals import AMOUNT, MESSAGES, ONE_BY_ONE, one_by_one

CONVERSATIONS = max(1, COUNT // 20)
NUMBERED = TerminalApproved | TerminalPrint | TerminalCompleted | TerminalDeclined


def damaged(dice: random.Random, data: bytes) -> bytes:
    """The bytes, with one to three mishaps."""
    for _ in range(dice.randint(1, 3)):
        data = mutated(data, ONE_BY_ONE, dice)
    return data


def payment() -> list[bytes]:
    """What the terminal says from the registration to the end of the first payment."""
    said = b"".join(MESSAGES)
    order = said.index(bytes.fromhex("800000 04ff"))
    register = said.index(bytes.fromhex("800000 060f"))
    registered = said.index(bytes.fromhex("800000"), register + 3)
    end = said.index(bytes.fromhex("060f00"), order) + 3
    return [said[register:registered], *one_by_one(said[order:end])]


class Played:
    """A client that pays while a tape plays the terminal; it keeps and acknowledges everything."""

    def __init__(self, wire: Stream | SerialBlocks) -> None:
        self.client = Client("card", Terms(idle_hang_up_ms=None), wire)
        self.now_ms = 0
        self.events: list[HardwareEvent] = []
        self._note(self.client.command(Authorize("a1", 1_250, ""), 0))
        self._note(self.client.opened(0))

    def _note(self, events: list[HardwareEvent]) -> None:
        while events:
            self.events += events
            numbered = [event for event in events if isinstance(event, NUMBERED) and event.message]
            events = [
                event for one in numbered for event in self.client.command(Acknowledge("a1", one.message), self.now_ms)
            ]
        self.client.take()

    def hear(self, data: bytes) -> None:
        if self.client.take_hang_up():
            self._note(self.client.opened(self.now_ms))
        self._note(self.client.received(data, self.now_ms))
        self.now_ms += 5

    def wait(self) -> None:
        for _ in range(4):
            self.now_ms += 60_000
            self._note(self.client.advance(self.now_ms))

    @property
    def paid(self) -> bool:
        return any(isinstance(event, TerminalCompleted) for event in self.events)


def test_the_tape_as_it_was_is_a_payment() -> None:
    played = Played(Stream())
    for data in payment():
        played.hear(data)
    assert played.paid


def test_a_damaged_conversation_pays_only_what_a_message_of_it_says() -> None:
    dice, said, paid = random.Random(1), payment(), 0
    for _ in range(CONVERSATIONS):
        played, heard = Played(Stream()), list(said)
        at = dice.randrange(len(heard))
        match dice.randrange(4):
            case 0:
                heard.insert(at, dice.choice(MESSAGES))
            case 1:
                del heard[at]
            case _:
                heard[at] = damaged(dice, heard[at])
        for data in heard:
            for piece in pieces(data, dice):
                played.hear(piece)
        played.wait()
        paid += played.paid
        approved = any(b"\x27\x00" in message and AMOUNT in message for message in heard)
        assert approved or not played.paid
    assert paid, "some of the damage does not matter"


def test_a_decline_never_becomes_an_approval_on_a_serial_line() -> None:
    """The checksum sees to it, whatever the noise does to the block that says no."""
    dice, side = random.Random(2), SerialSide(Faults())
    no = next(message for message in MESSAGES if b"\x27\x05" in message)
    said = [message.replace(b"\x27\x00", b"\x27\x05") for message in payment()]
    said = [no if message[:2] == b"\x04\x0f" else message for message in said]
    for _ in range(CONVERSATIONS):
        played, at = Played(SerialBlocks()), dice.randrange(len(said))
        for number, message in enumerate(said):
            side.reset()
            for one in one_by_one(message):
                side.send(one, 0)
                block, side.out = side.out, b""
                side.receive(b"\x06", 0)
                for piece in pieces(damaged(dice, block), dice) if number == at else [block]:
                    played.hear(piece)
                played.hear(b"\x06\x06")
        played.wait()
        assert not any(isinstance(event, TerminalApproved | TerminalCompleted) for event in played.events)


def test_any_one_bit_of_a_block_is_noticed() -> None:
    side = SerialSide(Faults())
    for message in {message for data in MESSAGES for message in one_by_one(data)}:
        side.reset()
        side.send(message, 0)
        whole = SerialBlocks().receive(side.out, 0)
        for bit in range(8 * len(side.out)):
            block = bytearray(side.out)
            block[bit // 8] ^= 1 << bit % 8
            heard = SerialBlocks().receive(bytes(block), 0)
            assert heard in ([], whole), f"bit {bit} of {message.hex()}"
