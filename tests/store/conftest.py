"""The store's books in a folder of the test, and a real broker for whoever asks for one."""

import os
import pwd
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

sys.path.insert(0, str(Path(__file__).parent))

from store.database import open_books

MOSQUITTO = "/usr/sbin/mosquitto"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/books/store.db"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    books = open_books(database_url)
    yield books
    books.dispose()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _start(folder: Path, port: int, settings: str) -> "subprocess.Popen[bytes]":
    """A private Mosquitto on loopback that answers when this returns."""
    config = folder / f"mosquitto-{port}.conf"
    who = pwd.getpwuid(os.getuid()).pw_name  # started by root it would become somebody who cannot read our files
    config.write_text(f"listener {port} 127.0.0.1\nuser {who}\npersistence false\n{settings}\n")
    broker = subprocess.Popen([MOSQUITTO, "-c", str(config), "-v"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert broker.stderr is not None
    heard = b""
    while b" running" not in heard:
        ready, _, _ = select.select([broker.stderr], [], [], 10)
        more = ready and broker.stderr.read1(4096)  # type: ignore[attr-defined]
        assert more, f"the broker did not start: {heard.decode()}"
        heard += more
    # From here on nobody reads: a full pipe would stop the broker.
    threading.Thread(target=broker.stderr.read, daemon=True).start()
    return broker


@pytest.fixture
def start_broker(tmp_path: Path) -> Iterator[Callable[[str], int]]:
    """Starts a real broker with these settings and gives its port."""
    started: list[subprocess.Popen[bytes]] = []

    def start(settings: str) -> int:
        port = free_port()
        started.append(_start(tmp_path, port, settings))
        return port

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def broker(start_broker: Callable[[str], int]) -> int:
    """The port of a broker that everybody may use."""
    return start_broker("allow_anonymous true")
