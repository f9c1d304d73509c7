"""A line without a wire behaves as one with."""

from typing import Any

import pytest

from drivers.ports.memory_port import MemoryPort, memory_pair
from drivers.ports.port import READ_LARGEST, PortLost


def test_what_is_written_is_received_and_what_is_said_is_read(echo: Any, crank: Any) -> None:
    port = MemoryPort(echo, crank)
    assert port.ready
    assert port.fileno() is None
    assert port.read() == b"hello;"
    assert port.write(b"abc") == 3
    assert port.read() == b"abc"
    assert port.read() == b""


def test_time_passes_for_the_simulator_while_it_is_read(echo: Any, crank: Any) -> None:
    port = MemoryPort(echo, crank)
    port.read()
    echo.say_at(50)
    assert port.read() == b""
    crank.ms = 50
    assert port.read() == b"tick;"


def test_an_unplugged_device_refuses(echo: Any, crank: Any) -> None:
    echo.reachable = False
    with pytest.raises(PortLost, match="unplugged"):
        MemoryPort(echo, crank)
    assert echo.lines == 0


def test_unplugging_loses_the_line_after_what_was_under_way(echo: Any, crank: Any) -> None:
    port = MemoryPort(echo, crank)
    port.write(b"last words")
    echo.reachable = False
    assert port.read() == b"hello;last words"
    with pytest.raises(PortLost):
        port.read()
    with pytest.raises(PortLost):
        port.write(b"x")


def test_what_is_said_while_nobody_listens_is_gone(echo: Any, crank: Any) -> None:
    MemoryPort(echo, crank).close()
    assert echo.lines == 0
    echo.receive(b"to nobody", 0)
    assert MemoryPort(echo, crank).read() == b"hello;"


def test_closing_twice_is_closing_once(echo: Any, crank: Any) -> None:
    port = MemoryPort(echo, crank)
    port.close()
    port.close()
    assert echo.lines == 0
    assert not port.ready


def test_one_read_gives_so_much_and_the_rest_the_next_time(echo: Any, crank: Any) -> None:
    port = MemoryPort(echo, crank)
    port.read()
    port.write(b"x" * (READ_LARGEST + 1))
    assert len(port.read()) == READ_LARGEST
    assert len(port.read()) == 1


def test_a_cable_has_two_ends_and_some_room() -> None:
    ours, theirs = memory_pair(room=3)
    assert ours.write(b"abcd") == 3
    assert ours.write(b"d") == 0
    assert theirs.read() == b"abc"
    theirs.write(b"!")
    theirs.close()
    assert ours.read() == b"!"
    with pytest.raises(PortLost):
        ours.read()
    with pytest.raises(PortLost):
        ours.write(b"x")
