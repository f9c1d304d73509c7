"""Signers: the published example, a key of our own judged by its public half, and keys that are none."""

import base64
import hashlib
import hmac
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from kiosk.app.signer import NoSigner, Signer, SoftwareSigner, missing, rsa_signer, simulated_signer
from kiosk.checkout.duties import Fiscal
from kiosk.checkout.effects import SignSale
from kiosk.checkout.events import SaleSigned, SignerFailed
from kiosk.checkout.signing import Unsigned
from kiosk.values.settings import BadSettings

OSLO = ZoneInfo("Europe/Oslo")
ORDER = SignSale(Unsigned("s001/k01/2016-11-24/000002", 2, 1_479_980_340_000, 100, 96), "")


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 1024)


def answer(signer: Signer, order: SignSale = ORDER) -> SaleSigned:
    (event,) = signer.sign(order)
    assert isinstance(event, SaleSigned)
    return event


def test_the_example_of_the_norwegian_validator() -> None:
    """Its text `0;2016-11-24;10:39:00;2;1.00;0.96` under the key `SkatteetatenSign` (validator.js, HMAC-SHA1-128)."""
    signer = SoftwareSigner("x", "1", OSLO, lambda text: hmac.new(b"SkatteetatenSign", text, hashlib.sha1).digest())
    signed = answer(signer)
    assert (signed.date, signed.time) == ("2016-11-24", "10:39:00")
    assert signed.signature == "iHh68DWCU3G42eL/7vOGUMSkvMM="


def test_an_rsa_signature_is_judged_by_the_public_key(key: rsa.RSAPrivateKey, tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(pem(key))
    signed = answer(rsa_signer(file, "7", OSLO), SignSale(ORDER.request, "abc"))
    public, signature = key.public_key(), base64.b64decode(signed.signature)
    public.verify(signature, b"abc;2016-11-24;10:39:00;2;1.00;0.96", padding.PKCS1v15(), hashes.SHA1())
    with pytest.raises(InvalidSignature):
        public.verify(signature, b"abc;2016-11-24;10:39:00;2;1.00;0.95", padding.PKCS1v15(), hashes.SHA1())
    assert signed.key == "7"


def test_the_same_request_gets_the_same_signature(key: rsa.RSAPrivateKey, tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(pem(key))
    for signer in (simulated_signer(OSLO), rsa_signer(file, "1", OSLO)):
        assert answer(signer) == answer(signer)
        assert answer(signer) != answer(signer, SignSale(ORDER.request, "other"))


@pytest.mark.parametrize("content", [b"", b"not a key", pem(ec.generate_private_key(ec.SECP256R1()))])
def test_what_is_no_key_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(content)
    with pytest.raises(BadSettings, match=r"^fiscal\.key_file: "):
        rsa_signer(file, "1", OSLO)


def test_a_key_of_another_size_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(pem(rsa.generate_private_key(65537, 2048)))
    with pytest.raises(BadSettings, match="1024 bits"):
        rsa_signer(file, "1", OSLO)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"none\.pem cannot be read"):
        rsa_signer(tmp_path / "none.pem", "1", OSLO)


def test_a_lane_without_a_signer_says_so() -> None:
    assert NoSigner().sign(ORDER) == [SignerFailed(number=2, why="this lane has no signer")]


@pytest.mark.parametrize(
    ("wanted", "has", "live", "lacks"),
    [
        ("tse", "", True, "TSE"), ("tse", "simulated-hmac-sha1-128", True, "TSE"), ("tse", "", False, ""),
        ("rsa-sha1-1024", "rsa-sha1-1024", True, ""), ("rsa-sha1-1024", "", True, "TSE"), ("", "", True, ""),
    ],
)  # fmt: skip
def test_what_a_lane_lacks(wanted: str, has: str, live: bool, lacks: str) -> None:
    assert missing(Fiscal(wanted, "TSE"), has, live=live) == lacks  # type: ignore[arg-type]  # one of the kinds
