"""A simulator behind a real socket: one plug, one line, a thread or a hand that turns it."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drivers.ports.serving import SimulatorServer
from drivers.ports.tcp_port import TcpPort


@pytest.fixture
def server(echo: Any, crank: Any) -> Iterator[SimulatorServer[Any]]:
    server = SimulatorServer(echo, ("127.0.0.1", 0), crank)
    yield server
    server.close()


def refused(server: SimulatorServer) -> bool:
    """Whether a new connection is turned away."""
    with socket.socket() as client:
        return client.connect_ex(server.address) != 0


def test_it_says_where_it_is(server: SimulatorServer[Any]) -> None:
    assert server.address[1] > 0
    assert server.url == f"socket://127.0.0.1:{server.address[1]}"


def test_unplugged_it_cuts_and_refuses_and_comes_back_at_the_same_place(
    server: SimulatorServer[Any], echo: Any
) -> None:
    address = server.address
    client = socket.create_connection(address, timeout=5)
    server.turn(1_000)
    assert client.recv(100) == b"hello;"
    with server.hands() as device:
        device.receive(b"last words", 0)
        device.reachable = False
    server.turn(1_000)
    assert client.recv(100) == b"last words"
    assert client.recv(100) == b""
    assert refused(server)
    assert echo.lines == 0
    with server.hands() as device:
        device.reachable = True
    server.turn(1_000)
    assert server.address == address
    again = socket.create_connection(address, timeout=5)
    server.turn(1_000)
    assert again.recv(100) == b"hello;"
    client.close()
    again.close()


def test_a_new_line_takes_the_place_of_a_dead_one(server: SimulatorServer[Any], echo: Any) -> None:
    dead = socket.create_connection(server.address, timeout=5)
    server.turn(1_000)
    alive = socket.create_connection(server.address, timeout=5)
    server.turn(1_000)
    assert echo.lines == 1
    assert dead.recv(100) == b"hello;"
    assert dead.recv(100) == b""
    assert alive.recv(100) == b"hello;"
    dead.close()
    alive.close()


def test_it_wakes_for_the_simulators_own_time(server: SimulatorServer[Any], echo: Any, crank: Any) -> None:
    client = socket.create_connection(server.address, timeout=5)
    server.turn(1_000)
    echo.say_at(40)
    crank.ms = 40
    server.turn(60_000)
    assert client.recv(100) == b"hello;tick;"
    client.close()


def test_more_than_the_wire_takes_at_once(server: SimulatorServer[Any], read_until: Callable[..., bytes]) -> None:
    port = TcpPort(*server.address)
    read_until(port, b"hello;", server.turn)
    with server.hands() as device:
        device.receive(b"x" * 8_000_000 + b".", 0)
    assert len(read_until(port, b".", server.turn)) == 8_000_001
    port.close()


def test_a_thread_can_turn_it(server: SimulatorServer[Any], read_until: Callable[..., bytes]) -> None:
    server.start()
    port = TcpPort(*server.address)
    assert read_until(port, b"hello;") == b"hello;"
    with server.hands() as device:
        device.receive(b"said by a person", 0)
    assert read_until(port, b"person") == b"said by a person"
    server.close()
    server.close()
    port.close()
