"""Ports: where a server will listen that another program starts, given to nobody else until then.

A port of which the system says that it is free belongs to nobody as soon as one has looked, and a broker needs a second
to take it: two demos that start together would give out the same. So each has a token: the UDP port of the same number,
on which nothing is ever said. The system gives that to one process of the machine and takes it back when the process
ends, however it ends. The numbers lie below those from which a system serves whoever wants any port (RFC 6335, section
6: from 49152; Linux: from 32768), so that no client's own end of a connection takes one either.
"""

import os
import socket
from collections.abc import Iterator

from kiosk.demo.place import BENCH, CONSOLE, LOOPBACK, Ports

_NUMBERS = range(20_000, 30_000)
_APART = 61
"""Between the first numbers that two processes try which start one after the other: an address of one that has just
ended, to which somebody may still want to go, is not given out again at once."""
_tokens: dict[int, socket.socket] = {}


def choose_ports() -> Ports:
    """The well-known ports of the two pages where they are to be had; otherwise, and for the rest, others."""
    console, bench = (wanted if _take(wanted) else free_port() for wanted in (CONSOLE, BENCH))
    return Ports(broker=free_port(), console=console, bench=bench, debug=free_port())


def free_ports(count: int) -> list[int]:
    """As many, each as by `free_port`."""
    return [free_port() for _ in range(count)]


def free_port() -> int:
    """A TCP port of loopback on which nobody listens. It is this process's to give away until that ends or gives it
    back."""
    return next(port for port in _untried if _take(port))


def give_back(port: int) -> None:
    """Nobody will listen there any more: another process may have it."""
    _tokens.pop(port).close()


def _in_turn() -> Iterator[int]:
    begin = os.getpid() * _APART % len(_NUMBERS)
    yield from _NUMBERS[begin:]
    yield from _NUMBERS[:begin]
    raise AssertionError(f"each of this machine's ports from {_NUMBERS[0]} to {_NUMBERS[-1]} is taken")


_untried = _in_turn()


def _take(port: int) -> bool:
    """Whether it is ours from now on."""
    token = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        token.bind((LOOPBACK, port))
        socket.create_server((LOOPBACK, port)).close()
    except OSError:  # somebody has the token, or listens without having asked for it
        token.close()
        return False
    _tokens[port] = token
    return True
