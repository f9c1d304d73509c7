"""Bytes that no terminal should send: twenty thousand damaged conversations on each kind of line, from one seed.

Nothing may come out of the driver but its own two words for a broken line; no more than one message may be held; and
money is only ever believed of a message that says so itself. `KASSA_FUZZ=2000000` asks for more.
"""

import os
import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from drivers.card_terminal.zvt import messages, settlement
from drivers.card_terminal.zvt.apdu import LONGEST, NotZvt, Stream
from drivers.card_terminal.zvt.preparing import baseline_of
from drivers.card_terminal.zvt.protocol import Client
from drivers.card_terminal.zvt.recovery import Case, judge
from drivers.card_terminal.zvt.serial_block import T1_MS, T2_MS, SerialBlocks
from drivers.card_terminal.zvt.session import Terms
from drivers.card_terminal.zvt.simulated.faults import Faults
from drivers.card_terminal.zvt.simulated.serial import SerialSide
from drivers.card_terminal.zvt.wire import WireBroken
from drivers.events import (
    Acknowledge,
    Authorize,
    HardwareEvent,
    Settle,
    TerminalApproved,
    TerminalCompleted,
    TerminalDeclined,
    TerminalPrint,
    TerminalRecord,
)

INPUTS = int(os.environ.get("KASSA_FUZZ", "20000"))
CONVERSATIONS = max(1, INPUTS // 20)
NUMBERED = TerminalApproved | TerminalPrint | TerminalCompleted | TerminalDeclined
AMOUNT = bytes.fromhex("04000000001250")
ENQUIRED = TerminalRecord(1_250, "29001234", "0175", "000312", result="00")


class Tape:
    """Everything that the simulated terminal said, message by message."""

    def __init__(self, till: Any) -> None:
        self.said: list[bytes] = []
        take = till.terminal.take

        def taken() -> bytes:
            data = take()
            if data:
                self.said.append(data)
            return data

        till.terminal.take = taken


@pytest.fixture
def tape(till: Any) -> Tape:
    """An approval, a decline, and the end of day."""
    tape = Tape(till)
    till.pay(1_250)
    till.terminal.decline_next()
    till.pay(1_250, "a2")
    till.command(Settle("s1"))
    till.on_event = lambda event: (
        till.command(Acknowledge(event.ticket, event.message)) if isinstance(event, TerminalPrint) else None
    )
    till.rest(10_000)
    return tape


def damaged(dice: random.Random, data: bytes) -> bytes:
    """The bytes, with one to three things wrong."""
    raw = bytearray(data)
    for _ in range(dice.randint(1, 3)):
        at, size = dice.randrange(len(raw) + 1), dice.randint(1, 6)
        match dice.randrange(6):
            case 0 if raw:
                raw[at % len(raw)] ^= 1 << dice.randrange(8)
            case 1 if raw:
                raw[at % len(raw)] = dice.choice((0x00, 0x06, 0x10, 0x15, 0x82, 0xFF, dice.randrange(256)))
            case 2:
                del raw[at : at + size]
            case 3:
                raw[at:at] = dice.randbytes(size)
            case 4:
                raw[at:at] = raw[at : at + 4 * size]
            case _:
                del raw[at:]
    return bytes(raw)


def pieces(dice: random.Random, data: bytes) -> Iterator[bytes]:
    """In one piece, byte by byte, or cut anywhere."""
    size = dice.choice((1, 7, 64, len(data) or 1))
    for start in range(0, len(data), size):
        yield data[start : start + size]


def test_damaged_messages_on_a_connection_are_read_without_an_error(tape: Tape) -> None:
    dice, stream = random.Random(20_007), Stream()
    for _ in range(INPUTS):
        stream.reset()
        with suppress(NotZvt):
            for piece in pieces(dice, damaged(dice, dice.choice(tape.said))):
                for apdu in stream.receive(piece, 0):
                    _make_use_of(messages.parse(apdu))
                assert len(stream._waiting) <= LONGEST


def _make_use_of(message: messages.Message) -> None:
    """Whatever a procedure may do with it."""
    if isinstance(message, messages.Status):
        settlement.counts(message)
        for baseline in (None, baseline_of(ENQUIRED)):
            verdict = judge(Case(1_250, baseline, None, "29001234", message))
            assert verdict != "paid" or (message.record.amount_minor == 1_250 and message.result == "00")


def test_damaged_blocks_on_a_serial_line_are_read_without_an_error(tape: Tape) -> None:
    dice, wire, side = random.Random(9_600), SerialBlocks(), SerialSide(Faults())
    for number in range(INPUTS):
        wire.reset()
        side.reset()
        now_ms = number * 10
        if dice.random() < 0.5:
            wire.send(messages.POSITIVE, now_ms, once=dice.random() < 0.5)
        side.send(dice.choice(tape.said), now_ms)
        with suppress(NotZvt, WireBroken):
            for piece in pieces(dice, damaged(dice, side.out)):
                now_ms += dice.choice((0, 0, 0, 1, T1_MS, T2_MS))
                for apdu in wire.receive(piece, now_ms):
                    _make_use_of(messages.parse(apdu))
                assert len(wire._reader._plain) <= LONGEST
            wire.advance(now_ms + T1_MS)
            assert not wire._reader.inside


def payment(tape: Tape) -> list[bytes]:
    """What the terminal says from the registration to the end of the first payment."""
    said = b"".join(tape.said)
    order = said.index(bytes.fromhex("800000 04ff"))
    register = said.index(bytes.fromhex("800000 060f"))
    registered = said.index(bytes.fromhex("800000"), register + 3)
    end = said.index(bytes.fromhex("060f00"), order) + 3
    return [said[register:registered], *_one_by_one(said[order:end])]


def _one_by_one(data: bytes) -> Iterator[bytes]:
    while data:
        size = 5 + int.from_bytes(data[3:5], "little") if data[2] == 0xFF else 3 + data[2]
        yield data[:size]
        data = data[size:]


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


def test_the_tape_as_it_was_is_a_payment(tape: Tape) -> None:
    played = Played(Stream())
    for data in payment(tape):
        played.hear(data)
    assert played.paid


def test_a_damaged_conversation_pays_only_what_a_message_of_it_says(tape: Tape) -> None:
    dice, said, paid = random.Random(1), payment(tape), 0
    for _ in range(CONVERSATIONS):
        played, heard = Played(Stream()), list(said)
        at = dice.randrange(len(heard))
        match dice.randrange(4):
            case 0:
                heard.insert(at, dice.choice(tape.said))
            case 1:
                del heard[at]
            case _:
                heard[at] = damaged(dice, heard[at])
        for data in heard:
            for piece in pieces(dice, data):
                played.hear(piece)
        played.wait()
        paid += played.paid
        approved = any(b"\x27\x00" in message and AMOUNT in message for message in heard)
        assert approved or not played.paid
    assert paid, "some of the damage does not matter"


def test_a_decline_never_becomes_an_approval_on_a_serial_line(tape: Tape) -> None:
    """The checksum sees to it, whatever the noise does to the block that says no."""
    dice, side = random.Random(2), SerialSide(Faults())
    no = next(message for message in tape.said if b"\x27\x05" in message)
    said = [message.replace(b"\x27\x00", b"\x27\x05") for message in payment(tape)]
    said = [no if message[:2] == b"\x04\x0f" else message for message in said]
    for _ in range(CONVERSATIONS):
        played, at = Played(SerialBlocks()), dice.randrange(len(said))
        for number, message in enumerate(said):
            side.reset()
            for one in _one_by_one(message):
                side.send(one, 0)
                block, side.out = side.out, b""
                side.receive(b"\x06", 0)
                for piece in pieces(dice, damaged(dice, block)) if number == at else [block]:
                    played.hear(piece)
                played.hear(b"\x06\x06")
        played.wait()
        assert not any(isinstance(event, TerminalApproved | TerminalCompleted) for event in played.events)


def test_any_one_bit_of_a_block_is_noticed(tape: Tape) -> None:
    side = SerialSide(Faults())
    for message in {message for data in tape.said for message in _one_by_one(data)}:
        side.reset()
        side.send(message, 0)
        whole = SerialBlocks().receive(side.out, 0)
        for bit in range(8 * len(side.out)):
            block = bytearray(side.out)
            block[bit // 8] ^= 1 << bit % 8
            heard = SerialBlocks().receive(bytes(block), 0)
            assert heard in ([], whole), f"bit {bit} of {message.hex()}"
