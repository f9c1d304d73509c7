"""ccTalk's messages against makers' manuals, and the acceptor's event counter against anything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.cash_recycler.cctalk import codes as c
from drivers.cash_recycler.cctalk.credits import News, news_of
from drivers.cash_recycler.cctalk.frame import Ear, Message, pack, unpack

# --- frames -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "bytes_"),
    [
        (Message(3, 1, c.ENABLE_HOPPER, b"\xa5"), "03 01 01 A4 A5 B2"),
        (Message(1, 3, c.DONE), "01 00 03 00 FC"),
        (Message(3, 1, c.TEST_HOPPER), "03 00 01 A3 59"),
        (Message(3, 1, c.CIPHER_KEY), "03 00 01 A0 5C"),
        (Message(3, 1, c.DISPENSE, bytes.fromhex("DFD70A01")), "03 04 01 A7 DF D7 0A 01 90"),
        (Message(3, 1, c.PUMP_RNG, bytes.fromhex("5BDAAA6F9A5DC506")), "03 08 01 A1 5B DA AA 6F 9A 5D C5 06 43"),
        (Message(3, 1, c.HOPPER_STATUS), "03 00 01 A6 56"),
        (Message(1, 3, c.DONE, b"\0\0\7\3"), "01 04 03 00 00 00 07 03 EE"),
        (Message(2, 1, 0xE9, b"\1"), "02 01 01 E9 01 12"),
    ],
)
def test_messages_are_those_of_the_makers_manuals(message: Message, bytes_: str) -> None:
    block = bytes.fromhex(bytes_)
    assert pack(message) == block and unpack(block) == message


def test_the_crc_is_the_one_that_the_specification_names() -> None:
    """CRC-CCITT of "123456789", begun at 0, is 31C3 (the catalogue of parametrised CRC algorithms, XMODEM)."""
    message = Message(ord("1"), 0, ord("3"), b"")
    wide = pack(message, wide=True)
    assert unpack(wide, wide=True) == message and unpack(wide) is None
    block = pack(Message(0x28, 0, 0x31, bytes(7)), wide=True)
    assert [block[2], block[-1]] == list(_crc_ccitt(block[:2] + block[3:-1]).to_bytes(2, "little"))
    assert _crc_ccitt(b"123456789") == 0x31C3


def _crc_ccitt(data: bytes) -> int:
    """Bit by bit, as the polynomial x^16 + x^12 + x^5 + 1 is written."""
    value = 0
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1) ^ (0x1021 if value & 0x8000 else 0)
            value &= 0xFFFF
    return value


@settings(max_examples=500)
@given(st.integers(0, 255), st.binary(max_size=250), st.booleans(), st.booleans(), st.integers(1, 9))
def test_an_answer_is_heard_in_whatever_pieces_and_with_its_echo_or_without(
    header: int, data: bytes, wide: bool, echo: bool, size: int
) -> None:
    question = pack(Message(2, 1, c.CREDITS), wide=wide)
    answer = Message(1, 0 if wide else 2, header, data)
    line = (question if echo else b"") + pack(answer, wide=wide)
    ear = Ear(wide=wide)
    ear.expect(2, question)
    heard = [found for at in range(0, len(line), size) if (found := ear.feed(line[at : at + size]))]
    assert heard == [answer]


@settings(max_examples=500)
@given(st.binary(max_size=40), st.data())
def test_a_wrong_bit_is_no_answer(data: bytes, draw: st.DataObject) -> None:
    """One bit: the simple sum sees each of them."""
    line = bytearray(pack(Message(1, 2, c.DONE, data)))
    line[draw.draw(st.integers(0, len(line) - 1))] ^= 1 << draw.draw(st.integers(0, 7))
    ear = Ear()
    ear.expect(2, pack(Message(2, 1, c.CREDITS)))
    assert ear.feed(bytes(line)) is None


def test_coins_are_worth_what_their_names_say() -> None:
    names = {b"SE100A": 100, b"SE1K0A": 1_000, b"SE2K5B": 2_500, b"SE010A": 10, b"EU100A": 0, b"......": 0, b"SE": 0}
    assert {name: c.coin_minor(name, "SEK") for name in names} == names


# --- the event counter ------------------------------------------------------------------------------------------------


def test_what_is_new_is_read_as_in_the_makers_example() -> None:
    """Azkoyen Modular X6, 5.21: six events; coin 6, path 4; a string; no coin; coin 6, path 4; coin 13, path 2."""
    told = bytes((6, 6, 4, 0, 20, 0, 23, 6, 4, 13, 2))
    assert news_of(told, 1) == News(6, ((13, 2), (6, 4), (6, 4)), (23, 20))
    assert news_of(told, 5) == News(6, ((6, 4),))
    assert news_of(told, 6) == News(6)
    assert news_of(told, 0) == News(6, ((13, 2), (6, 4), (6, 4)), (23, 20), lost=1)
    assert news_of(told, -1) == News(6)


@settings(max_examples=500)
@given(st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=150))
def test_every_coin_counts_once_however_it_is_read(reads: list[list[int]]) -> None:
    """0 is an error; each inner list is what happened between two looks, and each look is taken twice."""
    event, rows, known, counted = 0, [(0, 0)] * 5, 0, []
    for happened in reads:
        for coin in happened:
            event = event % 255 + 1
            rows = [(coin, 1) if coin else (0, 1), *rows][:5]
        told = bytes((event, *(number for row in rows for number in row)))
        for _ in range(2):
            news = news_of(told, known)
            assert news.lost == 0 and not news.anew
            known = news.event
            counted += [coin for coin, _ in news.coins]
    assert counted == [coin for happened in reads for coin in happened if coin]


@settings(max_examples=500)
@given(st.binary(min_size=11, max_size=11), st.integers(-1, 255))
def test_never_more_coins_than_the_counter_has_passed(told: bytes, known: int) -> None:
    news = news_of(told, known)
    assert len(news.coins) + len(news.errors) <= 5
    assert known < 0 or news.event == told[0]
    if told[0] == known:
        assert news == News(known)


def test_an_acceptor_that_lost_its_power_has_lost_no_coin() -> None:
    assert news_of(bytes(11), 200) == News(0, anew=True)
    assert news_of(bytes((2, 0, 2, 0, 2)) + bytes(6), 200) == News(2, (), (2, 2), anew=True)
