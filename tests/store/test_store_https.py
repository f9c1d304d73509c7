"""HTTPS as a shop has it: an authority of its own, which each device is told to trust; and a screen on the wall."""

import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, Page, expect
from serving import Served
from signing import PIN, sign_in

from store.__main__ import main

pytestmark = pytest.mark.slow


def _written(path: Path, *parts: bytes) -> str:
    path.write_bytes(b"".join(parts))
    return str(path)


def _certificates(folder: Path) -> tuple[str, str, str]:
    """Certificate, key and authority, as files."""
    now = datetime.now(UTC)

    def certificate(name: str, key: ec.EllipticCurvePrivateKey, by: str, signer: ec.EllipticCurvePrivateKey) -> bytes:
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, by)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=name == by, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
            .sign(signer, hashes.SHA256())
        )
        return made.public_bytes(serialization.Encoding.PEM)

    authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    key = own.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return (
        _written(folder / "cert.pem", certificate("store", own, "shop", authority)),
        _written(folder / "key.pem", key),
        _written(folder / "ca.pem", certificate("shop", authority, "shop", authority)),
    )


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Path:
    cert, key, ca = _certificates(tmp_path)
    file = tmp_path / "store.toml"
    file.write_text(
        f'[store]\nid = "s001"\nname = "Corner shop"\nmode = "demo"\n[database]\nurl = "{database_url}"\n'
        f'[http]\nlisten = "127.0.0.1:0"\ncert = "{cert}"\nkey = "{key}"\nca = "{ca}"\n'
    )
    assert main(["user", "add", "Anna", "--role", "supervisor", "--pin", PIN, "--config", str(file)]) == 0
    return file


@pytest.fixture
def store(config: Path) -> Iterator[Served]:
    served = Served(config)
    yield served
    assert served.end() == 0


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 390, "height": 844}, ignore_https_errors=True)
    yield opened
    opened.close()


def test_a_device_gets_the_authority_trusts_it_and_is_served_safely(store: Served, tmp_path: Path) -> None:
    """Once it has what /trust hands out, nothing more is asked of it."""
    assert store.url.startswith("https://")
    with httpx.Client(verify=False, trust_env=False) as stranger:
        shown, handed = stranger.get(f"{store.url}/trust").text, stranger.get(f"{store.url}/trust/ca.crt")
    assert handed.headers["content-type"] == "application/x-x509-ca-cert"
    print_ = sha256(handed.content).hexdigest().upper()
    assert ":".join(print_[at : at + 2] for at in range(0, 64, 2)) in shown.replace("<wbr>", "")
    for system in ("iPhone", "Android", "Windows", "Mac"):
        assert system in shown
    trusting = ssl.create_default_context(cadata=handed.content)
    with httpx.Client(verify=trusting, trust_env=False, base_url=store.url) as device:
        answer = device.post("/sign-in", data={"name": "Anna", "pin": PIN}, headers={"origin": store.url})
        assert answer.status_code == 303 and "Secure" in answer.headers["set-cookie"]
        assert answer.headers["set-cookie"].startswith("__Host-kassa=")


def test_over_https_a_browser_may_notify_and_a_screen_on_the_wall_keeps_its_page_and_no_other(
    store: Served, page: Page
) -> None:
    sign_in(page, store.url)
    assert page.evaluate("window.isSecureContext && 'Notification' in window && 'wakeLock' in navigator")
    page.goto(f"{store.url}/board")
    page.get_by_role("button", name="Keep this screen here").click()
    expect(page.get_by_text("Corner shop")).to_be_visible()
    expect(page.get_by_role("button", name="Keep this screen here")).to_have_count(0)
    page.goto(store.url)
    expect(page.get_by_label("PIN")).to_be_visible()
    page.goto(f"{store.url}/board")
    expect(page.get_by_text("Corner shop")).to_be_visible()


@pytest.mark.parametrize(
    ("spoilt", "says"), [("cert.pem", "http.cert and http.key"), ("ca.pem", "http.ca"), ("key.pem", "http.cert")]
)
def test_a_certificate_that_is_none_is_named(config: Path, spoilt: str, says: str) -> None:
    (config.parent / spoilt).write_text("nothing of the kind")
    command = [sys.executable, "-m", "store", "serve", "--config", str(config)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert says in ended.stderr.splitlines()[-1]
