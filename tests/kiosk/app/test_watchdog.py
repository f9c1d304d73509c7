"""What systemd hears: ready, a beat at half the interval, goodbye. A real datagram socket listens."""

import socket
from pathlib import Path

from kiosk.app.watchdog import Watchdog


def test_beats_at_half_the_interval(tmp_path: Path) -> None:
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address)
        manager.setblocking(False)
        watchdog = Watchdog({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "10000000"})
        watchdog.ready()
        for now_ms in (0, 1_000, 4_999, 5_000, 5_001):
            watchdog.beat(now_ms)
        watchdog.stopping()
        heard = [manager.recv(64) for _ in range(4)]
    assert heard == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_how_it_is_is_said_when_it_has_changed(tmp_path: Path) -> None:
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address)
        manager.setblocking(False)
        watchdog = Watchdog({"NOTIFY_SOCKET": address})
        for text in ("waits for printer", "waits for printer", "well", "well"):
            watchdog.status(text)
        watchdog.stopping()
        heard = [manager.recv(64) for _ in range(3)]
    assert heard == [b"STATUS=waits for printer", b"STATUS=well", b"STOPPING=1"]


def test_without_systemd_nothing_is_said() -> None:
    watchdog = Watchdog({})
    watchdog.ready()
    watchdog.beat(0)
    assert watchdog.deadline_ms() is None
