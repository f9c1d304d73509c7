"""Blocks on a serial line: the standard's bytes, garbling, silence, and the order that must never be doubled."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card_terminal.zvt import serial_block
from drivers.card_terminal.zvt.apdu import Apdu, encode
from drivers.card_terminal.zvt.messages import authorization
from drivers.card_terminal.zvt.serial_block import T1_MS, T2_MS, SerialBlocks, crc16_kermit, wrap
from drivers.card_terminal.zvt.simulated import serial as simulated_serial
from drivers.card_terminal.zvt.simulated.faults import Faults
from drivers.card_terminal.zvt.simulated.serial import SerialSide
from drivers.card_terminal.zvt.simulated.wire import checksum
from drivers.card_terminal.zvt.wire import WireBroken

ACK, NAK = b"\x06", b"\x15"
POSITIVE = Apdu(0x8000)


def test_the_checksum_is_kermit() -> None:
    assert crc16_kermit(b"123456789") == 0x2189


@settings(max_examples=500)
@given(st.binary(max_size=100))
def test_both_sides_compute_the_same_checksum_in_different_ways(data: bytes) -> None:
    assert crc16_kermit(data).to_bytes(2, "little") == checksum(data)


@pytest.mark.parametrize(
    ("apdu", "block"),
    [
        (POSITIVE, "10 02 80 00 00 10 03 F5 1F"),
        (authorization(1_250, 978), "10 02 06 01 0A 04 00 00 00 00 12 50 49 09 78 10 03 13 1D"),
        (authorization(1_050, 978), "10 02 06 01 0A 04 00 00 00 00 10 10 50 49 09 78 10 03 45 15"),
    ],
)
def test_blocks_are_those_of_the_standard(apdu: Apdu, block: str) -> None:
    assert wrap(apdu) == bytes.fromhex(block)


def test_a_block_is_confirmed_and_read_byte_by_byte() -> None:
    wire, found = SerialBlocks(), []
    for byte in wrap(Apdu(0x040F, b"\x10\x10\x03")):
        found += wire.receive(bytes((byte,)), 0)
    assert found == [Apdu(0x040F, b"\x10\x10\x03")]
    assert wire.take() == ACK


def test_a_garbled_block_is_asked_for_again() -> None:
    wire, block = SerialBlocks(), bytearray(wrap(POSITIVE))
    block[3] ^= 0x01
    assert wire.receive(bytes(block), 0) == []
    assert wire.take() == NAK
    assert wire.receive(wrap(POSITIVE), 0) == [POSITIVE]


def test_a_block_that_stops_is_asked_for_again() -> None:
    wire = SerialBlocks()
    wire.receive(wrap(POSITIVE)[:4], 0)
    assert wire.deadline_ms() == T1_MS
    wire.advance(T1_MS)
    assert wire.take() == NAK
    assert wire.receive(wrap(POSITIVE), T1_MS) == [POSITIVE]


def test_one_block_waits_for_the_confirmation_of_the_other() -> None:
    wire = SerialBlocks()
    wire.send(POSITIVE, 0)
    wire.send(Apdu(0x0501), 0)
    assert wire.take() == wrap(POSITIVE)
    wire.receive(ACK, 10)
    assert wire.take() == wrap(Apdu(0x0501))


def test_silence_repeats_twice_and_then_the_line_is_lost() -> None:
    wire = SerialBlocks()
    wire.send(POSITIVE, 0)
    for tries in (1, 2):
        wire.take()
        wire.advance(tries * T2_MS)
        assert wire.take() == wrap(POSITIVE)
    with pytest.raises(WireBroken):
        wire.advance(3 * T2_MS)


def test_a_payment_is_not_repeated_after_silence_because_it_may_have_been_taken() -> None:
    wire = SerialBlocks()
    wire.send(authorization(1_250, 978), 0, once=True)
    wire.take()
    with pytest.raises(WireBroken):
        wire.advance(T2_MS)
    assert wire.take() == b""


def test_a_payment_is_repeated_after_a_refusal_of_the_block() -> None:
    wire = SerialBlocks()
    wire.send(authorization(1_250, 978), 0, once=True)
    wire.take()
    wire.receive(NAK, 10)
    assert wire.take() == wrap(authorization(1_250, 978))


@settings(max_examples=500)
@given(st.lists(st.binary(max_size=40), max_size=5), st.integers(1, 9))
def test_the_terminals_own_code_reads_our_blocks(contents: list[bytes], piece: int) -> None:
    ours, theirs, heard = SerialBlocks(), SerialSide(Faults()), []
    for content in contents:
        ours.send(Apdu(0x06D1, content), 0)
    while data := ours.take():
        for start in range(0, len(data), piece):
            heard += theirs.receive(data[start : start + piece], 0)
        ours.receive(theirs.out, 0)
        theirs.out = b""
    assert heard == [("06d1", content) for content in contents]


def test_noise_between_blocks_is_not_a_message() -> None:
    wire = SerialBlocks()
    assert wire.receive(b"\x00\xff\x10\x41garbage" + wrap(POSITIVE), 0) == [POSITIVE]
    assert encode(POSITIVE) == b"\x80\x00\x00"


@pytest.mark.parametrize("content", [b"\x10" * 20, b"\xaa" * 20])
def test_a_block_longer_than_any_is_not_kept(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(serial_block, "LONGEST", 10)
    wire, found = SerialBlocks(), []
    for byte in wrap(Apdu(0x06D1, content)):
        found += wire.receive(bytes((byte,)), 0)
    assert found == []
    assert wire.take() == NAK
    for byte in wrap(POSITIVE):
        found += wire.receive(bytes((byte,)), 0)
    assert found == [POSITIVE]


@pytest.mark.parametrize("noise", [b"\x00\xff", b"\x10\x10", b"\x10\x41", b"\x02\x03"])
def test_the_terminals_side_passes_noise_over_and_reads_on(noise: bytes) -> None:
    theirs = SerialSide(Faults())
    assert theirs.receive(noise * 20_000, 0) == []
    assert theirs.receive(wrap(POSITIVE), 0) == [("8000", b"")]


def test_the_terminals_side_gives_a_block_without_an_end_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated_serial, "BLOCK_LONGEST", 100)
    theirs = SerialSide(Faults())
    assert theirs.receive(b"\x10\x02" + b"\xaa" * 99, 0) == []
    assert theirs.receive(wrap(POSITIVE), 0) == [("8000", b"")]
    assert theirs.out == NAK + ACK
