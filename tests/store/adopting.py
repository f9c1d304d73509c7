"""A founded shop whose door is open on this machine, and the clock that it goes by, for the tests about adoption."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace
from patience import raise_it, until
from sqlalchemy.engine import Engine

from kiosk.app.clock import SystemClock
from kiosk.demo.ports import free_port
from store.adoption_door import Door
from store.config import Config, DatabaseTable, LinkTable, read_config
from store.founding import Plan, found
from store.parts import Parts, make_parts

HOST = "127.0.0.1"
SECRET = b"\x01\x02\x03\x04\x05"


class Shop:
    """The shop, its door, and its moment."""

    def __init__(self, folder: Path, engine: Engine, now_utc_ms: int) -> None:
        self.folder, self.engine, self.now_utc_ms = folder, engine, now_utc_ms
        found(folder, Plan("s001", "Corner shop", HOST, ("k01",), free_port(), free_port()), now_utc_ms)
        config = read_config(folder / "store.toml")
        self.config: Config = replace(config, link=LinkTable(), database=DatabaseTable())
        self.parts: Parts = make_parts(self.config, engine, lambda: self.now_utc_ms, raise_it)
        self.door = Door(self.parts, raise_it)

    @property
    def url(self) -> str:
        """Where machines knock."""
        return f"https://{HOST}:{self.door.port}"


@contextmanager
def opened(shop: Shop) -> Iterator[Shop]:
    """With its door open."""
    shop.door.start()
    until(lambda: answers(shop.door.port), "the door does not open")
    try:
        yield shop
    finally:
        shop.door.stop()


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection((HOST, port), 1).close()
    except OSError:
        return False
    return True


def real_now_utc_ms() -> int:
    """TLS asks this machine's clock whether a certificate is good."""
    from zoneinfo import ZoneInfo

    return SystemClock(ZoneInfo("UTC"), 0).now().utc_ms


def request_of(key: ec.EllipticCurvePrivateKey | None = None) -> bytes:
    """A certificate request, of a new machine if no key is named."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    signed = builder.sign(key or ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM)
