"""Ports for servers that come later: however many demos and tests run side by side, none gets another's."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from kiosk.demo import ports
from kiosk.demo.place import BENCH, CONSOLE, LOOPBACK
from kiosk.demo.ports import choose_ports, free_port, free_ports, give_back

EACH = 40
OTHERS = f"""
import os, sys
os.getpid = lambda: 1
from kiosk.demo.ports import choose_ports, free_ports
print(*choose_ports(), *free_ports({EACH}), flush=True)
sys.stdin.read()
"""
"""Another process, which begins where each of its like begins, and keeps what it has while it is let."""


@pytest.fixture
def begun_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process, too."""
    monkeypatch.setattr("os.getpid", lambda: 1)
    monkeypatch.setattr(ports, "_untried", ports._in_turn())


@pytest.fixture
def others() -> Iterator[list["subprocess.Popen[str]"]]:
    """Four that start together."""
    command = [sys.executable, "-c", OTHERS]
    found = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    yield found
    for one in found:
        one.kill()
        one.communicate()


def test_nobody_gets_what_another_has_though_nobody_listens_yet(
    others: list["subprocess.Popen[str]"], begun_alike: None
) -> None:
    given = [*free_ports(EACH), *choose_ports()]
    for one in others:
        assert one.stdout is not None
        given += [int(port) for port in one.stdout.readline().split()]
    assert len(set(given)) == len(given) == 5 * (EACH + 4)


def test_what_a_process_had_is_free_when_it_has_ended(
    others: list["subprocess.Popen[str]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert others[0].stdout is not None
    port = int(others[0].stdout.readline().split()[-1])
    monkeypatch.setattr(ports, "_untried", iter([port, *range(19_000, 19_100)]))
    assert free_port() != port, "it is held"
    others[0].kill()
    others[0].wait()
    monkeypatch.setattr(ports, "_untried", iter([port]))
    assert free_port() == port


def test_a_port_on_which_somebody_listens_who_never_asked_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, free = free_ports(2)
    give_back(taken)
    give_back(free)
    monkeypatch.setattr(ports, "_untried", iter([taken, free]))
    with closing(socket.create_server((LOOPBACK, taken))):
        assert free_port() == free


def test_the_two_pages_have_their_well_known_addresses_only_once() -> None:
    first, second = choose_ports(), choose_ports()
    assert len({*first, *second}) == 8
    assert second.console != CONSOLE and second.bench != BENCH
