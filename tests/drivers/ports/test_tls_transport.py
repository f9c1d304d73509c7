"""TLS: the standard library's own HTTP server is the judge, and a certificate that nobody vouches for is none."""

import selectors
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from drivers.events import DeviceOnline, HardwareEvent, Prepare, TerminalRefused
from drivers.qr_payment.driver import Settings, make


class _Provider(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(204 if self.path == "/v1/ping" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "provider")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kind = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, *kind))
    return pem, secret


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Address and certificate of a server that Python ships."""
    pem, secret = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    server = HTTPServer(("127.0.0.1", 0), _Provider)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}", str(pem)
    server.shutdown()
    server.server_close()


def first_word(url: str, ca: str) -> HardwareEvent | None:
    """What a till hears first when it asks the provider for something."""
    device = make("qr_payment", Settings(port=url, ca=ca, merchant="m", currency="SEK"))
    heard = device.command(Prepare("t"), 0)
    try:
        for now_ms in range(1, 400):
            if heard:
                return heard[0]
            with selectors.DefaultSelector() as selector:
                if (fd := device.fileno()) is not None:
                    selector.register(fd, selectors.EVENT_READ)
                selector.select(0.05)
            heard = device.service(now_ms)
        return None
    finally:
        device.close()


def test_a_provider_with_a_certificate_that_we_know_is_there(provider: tuple[str, str]) -> None:
    assert isinstance(first_word(*provider), DeviceOnline)


def test_one_that_nobody_vouches_for_is_not(provider: tuple[str, str]) -> None:
    heard = first_word(provider[0], "")
    assert isinstance(heard, TerminalRefused) and heard.why == "unreachable"
