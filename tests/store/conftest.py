"""The store's books in a folder of the test, and a real broker for whoever asks for one."""

import select
import socket
import subprocess
import sys
from collections.abc import Iterator
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


def start_broker(folder: Path, port: int, settings: str = "allow_anonymous true") -> "subprocess.Popen[bytes]":
    """A private Mosquitto on loopback that answers when this returns."""
    config = folder / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\npersistence false\nmax_packet_size 2000000\n{settings}\n")
    broker = subprocess.Popen([MOSQUITTO, "-c", str(config), "-v"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert broker.stderr is not None
    heard = b""
    while b" running" not in heard:
        ready, _, _ = select.select([broker.stderr], [], [], 10)
        more = ready and broker.stderr.read1(4096)  # type: ignore[attr-defined]
        assert more, f"the broker did not start: {heard.decode()}"
        heard += more
    return broker


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[int]:
    """The port of a real broker."""
    port = free_port()
    process = start_broker(tmp_path, port)
    yield port
    process.terminate()
    process.communicate(timeout=10)
