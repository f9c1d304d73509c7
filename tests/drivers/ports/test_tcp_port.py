"""Our own socket port against the simulators' server: the same bytes as in memory, over a real wire."""

import errno
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drivers.ports import tcp_port
from drivers.ports.port import PortLost
from drivers.ports.serving import SimulatorServer
from drivers.ports.tcp_port import TcpPort
from kiosk.demo.ports import free_port


@pytest.fixture
def server(echo: Any, crank: Any) -> Iterator[SimulatorServer[Any]]:
    server = SimulatorServer(echo, ("127.0.0.1", 0), crank)
    yield server
    server.close()


def test_both_ways(server: SimulatorServer[Any], echo: Any, read_until: Callable[..., bytes]) -> None:
    port = TcpPort(*server.address)
    assert read_until(port, b"hello;", server.turn) == b"hello;"
    assert port.ready
    port.write(b"abc")
    assert read_until(port, b"abc", server.turn) == b"abc"
    port.close()
    server.turn(1_000)
    assert echo.lines == 0


def test_a_name_is_looked_up_without_waiting(server: SimulatorServer[Any], read_until: Callable[..., bytes]) -> None:
    port = TcpPort("localhost", server.address[1])
    assert not port.ready
    assert read_until(port, b"hello;", server.turn) == b"hello;"
    port.close()


def test_a_name_that_nobody_knows(read_until: Callable[..., bytes]) -> None:
    port = TcpPort("nobody.invalid", 1)
    with pytest.raises(PortLost, match=r"nobody.invalid"):
        read_until(port, b"never")
    port.close()


def test_every_address_of_a_name_is_tried(
    server: SimulatorServer[Any], read_until: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    port_number = server.address[1]
    monkeypatch.setattr(tcp_port, "_look_up", lambda host, port: [("127.0.0.2", port), ("127.0.0.1", port)])
    port = TcpPort("kiosk.example", port_number)
    assert read_until(port, b"hello;", server.turn) == b"hello;"
    port.close()


def test_a_closed_door_is_a_lost_port(read_until: Callable[..., bytes]) -> None:
    with pytest.raises(PortLost, match="refused"):
        read_until(TcpPort("127.0.0.1", free_port()), b"never")


def test_an_address_on_a_network_that_is_not_there_is_a_lost_port() -> None:
    with pytest.raises(PortLost, match="cannot be reached"):
        TcpPort("fe80::1%nowhere0", 9_100)


def test_a_kind_of_address_that_this_machine_cannot_do_is_a_lost_port(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*words: int) -> socket.socket:
        raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")

    monkeypatch.setattr(tcp_port.socket, "socket", none)
    with pytest.raises(PortLost, match="not supported"):
        TcpPort("::1", 9_100)


def test_the_end_of_the_stream_is_a_lost_port(server: SimulatorServer[Any], read_until: Callable[..., bytes]) -> None:
    port = TcpPort(*server.address)
    read_until(port, b"hello;", server.turn)
    server.close()
    with pytest.raises(PortLost, match="closed the connection"):
        read_until(port, b"never")
    port.close()
    port.close()


def test_a_peer_that_does_not_read_makes_it_take_nothing(crank: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = TcpPort(*deaf.getsockname())
        port.write(b"")
        taken = 1
        while taken:
            taken = port.write(b"x" * 1_000_000)
        assert port.ready
        port.close()
