"""The same terminal over real sockets: the shipped simulator behind its own server, and behind the standard library's
HTTP server with TLS, which is no code of ours."""

import select
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from drivers.card_terminal.nexo import driver_json, driver_xml
from drivers.card_terminal.nexo.simulator import DEMO_KEY, NexoSimulator
from drivers.device import Device
from drivers.events import (
    Abort,
    Authorize,
    DeviceOffline,
    Enquire,
    Prepare,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalReady,
    TerminalRefused,
)
from drivers.ports.serving import SimulatorServer
from kiosk.demo.ports import free_port

PATIENCE_S = 20
POI = "P400Plus-275008565"
QUICK: Any = {"currency": "SEK", "poi_id": POI, "ask_every_ms": 50, "confirm_ms": 100, "give_up_ms": 5_000}
SHARED: Any = {"key_id": DEMO_KEY.identifier, "key_version": DEMO_KEY.version, "passphrase": DEMO_KEY.passphrase}


def clock() -> int:
    return time.monotonic_ns() // 1_000_000


def drive(device: Device, pump: Callable[[], object], wanted: type) -> Any:
    """Turn the device as the loop does, until the wanted event."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        pump()
        fd = device.fileno()
        readers = [fd] if fd is not None else []
        select.select(readers, readers if device.wants_write else [], [], 0.005)
        for event in device.service(clock()):
            if isinstance(event, wanted):
                return event
    raise AssertionError(f"no {wanted.__name__} within {PATIENCE_S} s")


def settings_of(kind: str, url: str, **more: Any) -> Device:
    if kind == "xml":
        return driver_xml.make("card", driver_xml.Settings(port=url, **QUICK, **more))
    return driver_json.make("card", driver_json.Settings(port=url, **QUICK, **SHARED, **more))


# --- the shipped server ----------------------------------------------------------------------------------------------


@pytest.fixture
def server(kind: Any) -> Iterator[SimulatorServer[NexoSimulator]]:
    terminal = NexoSimulator(kind, poi_id=POI, bank_ms=20)
    server = SimulatorServer(terminal, ("127.0.0.1", 0), clock, terminal.side)
    yield server
    server.close()


def prepared(device: Device, pump: Callable[[], object]) -> str:
    device.command(Prepare("a1"), clock())
    return str(drive(device, pump, TerminalReady).baseline)


@pytest.mark.parametrize("fault", ["", "one_byte", "chunked"])
def test_a_payment_over_a_socket_in_any_pieces(server: Any, kind: str, fault: str) -> None:
    device = settings_of(kind, server.url)
    with server.hands() as terminal:
        terminal.faults.one_byte, terminal.faults.chunked = fault == "one_byte", fault == "chunked"

    def pump() -> None:
        server.turn()
        terminal.tap_card()

    device.command(Authorize("a1", 1_250, prepared(device, pump)), clock())
    completed = drive(device, pump, TerminalCompleted)
    device.close()
    assert [entry.amount_minor for entry in terminal.journal.standing] == [1_250]
    assert int(completed.record.receipt) == terminal.journal.last.trace


def test_a_cable_pulled_from_a_socket_is_a_doubt_that_is_settled(server: Any, kind: str) -> None:
    device = settings_of(kind, server.url)
    baseline = prepared(device, server.turn)
    device.command(Authorize("a1", 1_250, baseline), clock())
    with server.hands() as terminal:

        def until_it_waits() -> None:
            server.turn()
            if terminal.wants == "card":
                terminal.tap_card()
                terminal.unplug()

        drive(device, until_it_waits, TerminalInDoubt)
        terminal.plug()
    device.command(Enquire("a1", 1_250, baseline), clock())
    completed = drive(device, server.turn, TerminalCompleted)
    device.close()
    assert completed.message == 0
    assert len(terminal.journal.charges) == 1


def test_a_payment_that_waits_for_a_card_is_stopped_over_the_side_line(server: Any, kind: str) -> None:
    device = settings_of(kind, server.url)
    device.command(Authorize("a1", 1_250, prepared(device, server.turn)), clock())
    asked: list[str] = []

    def stop_when_it_waits() -> None:
        server.turn()
        if not asked and terminal.wants == "card":
            asked.append("abort")
            device.command(Abort("a1"), clock())

    with server.hands() as terminal:
        declined = drive(device, stop_when_it_waits, TerminalDeclined)
    device.close()
    assert asked and declined.ticket == "a1"
    assert not terminal.journal.charges


def test_a_port_on_which_nobody_listens_is_told(kind: str) -> None:
    device = settings_of(kind, f"socket://127.0.0.1:{free_port()}", connect_ms=200)
    device.command(Prepare("a1"), clock())
    assert drive(device, lambda: None, TerminalRefused).why == "unreachable"
    device.close()


# --- a server that is no code of ours --------------------------------------------------------------------------------


class Desk:
    """Where one request waits for its answer, as a door of the terminal."""

    line = 0

    def __init__(self) -> None:
        self.said: list[Any] = []

    def answer(self, _: int, said: Any) -> None:
        self.said.append(said)


class Shop:
    """The terminal's core, behind Python's own HTTP server."""

    def __init__(self, kind: Any) -> None:
        self.terminal = NexoSimulator(kind, poi_id=POI, bank_ms=20)
        self.turn = threading.Condition()
        self.paths: set[tuple[str, str]] = set()

    def serve(self, body: bytes) -> bytes | None:
        desk: Any = Desk()
        with self.turn:
            self.terminal.now_ms = clock()
            self.terminal.hear(desk, body)
            while not desk.said:
                self.turn.wait(0.005)
                self.terminal.turn(clock())
            said = desk.said[0]
            return None if said is None else self.terminal.bytes_of(said, "")


def handler(shop: Shop) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            shop.paths.add((self.path, self.headers["content-type"]))
            body = shop.serve(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(204 if body is None else 200)
            self.send_header("content-length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    return Handler


@contextmanager
def listening(shop: Shop, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(shop))
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"{'socket' if context is None else 'https'}://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def until_card(shop: Shop, then: Callable[[], object]) -> Callable[[], None]:
    """Do it once, as soon as the terminal waits for a card."""
    done: list[bool] = []

    def pump() -> None:
        with shop.turn:
            if shop.terminal.wants == "card" and not done:
                done.append(True)
                then()

    return pump


def test_python_s_own_server_hears_a_payment_and_an_abort_beside_the_next(kind: str) -> None:
    shop = Shop(kind)
    with listening(shop) as url:
        device = settings_of(kind, url)
        device.command(Authorize("a1", 1_250, prepared(device, lambda: None)), clock())
        completed = drive(device, until_card(shop, shop.terminal.tap_card), TerminalCompleted)
        device.command(Prepare("a2"), clock())
        drive(device, lambda: None, TerminalReady)
        device.command(Authorize("a2", 500, ""), clock())
        declined = drive(device, until_card(shop, lambda: device.command(Abort("a2"), clock())), TerminalDeclined)
        device.close()
    assert (completed.record.amount_minor, declined.why) == (1_250, "cancelled")
    assert [entry.amount_minor for entry in shop.terminal.journal.standing] == [1_250]
    wanted = {
        "xml": ("/EPASSaleToPOI/3.1", "application/xml; charset=utf-8"),
        "json": ("/nexo/", "application/json"),
    }
    assert shop.paths == {wanted[kind]}


# --- whose certificate it is -----------------------------------------------------------------------------------------


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, str]:
    """A server's context with a certificate for that name, and the PEM file of the authority that made it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context, str(pem)


@pytest.mark.parametrize(
    "name", [f"{POI}.test.terminal.adyen.com", "legacy-terminal-certificate.live.terminal.adyen.com"]
)
def test_a_payment_over_tls_to_the_terminal_that_was_meant(tmp_path: Path, name: str) -> None:
    context, ca = certified(tmp_path, name)
    shop = Shop("json")
    with listening(shop, context) as url:
        device = settings_of("json", url, ca=ca)
        device.command(Authorize("a1", 1_250, prepared(device, lambda: None)), clock())
        drive(device, until_card(shop, shop.terminal.tap_card), TerminalCompleted)
        device.close()
    assert len(shop.terminal.journal.standing) == 1


@pytest.mark.parametrize(
    "name",
    [
        "P400Plus-999.test.terminal.adyen.com",
        f"{POI}.test.terminal.example.com",
        f"{POI}xtest.terminal.adyen.com",
        f"x{POI}.test.terminal.adyen.com",
        f"{POI}.test.terminal.adyen.com.example",
    ],
)
def test_another_terminals_certificate_is_not_believed(tmp_path: Path, name: str) -> None:
    context, ca = certified(tmp_path, name)
    shop = Shop("json")
    with listening(shop, context) as url:
        device = settings_of("json", url, ca=ca, connect_ms=1_000)
        device.command(Prepare("a1"), clock())
        assert "certificate" in drive(device, lambda: None, DeviceOffline).why
        device.close()
    assert shop.terminal.heard == []


def test_a_certificate_that_nobody_vouches_for_is_none(tmp_path: Path) -> None:
    context, _ = certified(tmp_path, f"{POI}.test.terminal.adyen.com")
    shop = Shop("json")
    with listening(shop, context) as url:
        device = settings_of("json", url, connect_ms=1_000)
        device.command(Prepare("a1"), clock())
        drive(device, lambda: None, DeviceOffline)
        device.close()
    assert shop.terminal.heard == []
