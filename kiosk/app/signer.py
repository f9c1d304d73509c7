"""Signer: who vouches for sales, behind one door. Software with a key, a simulated one, later a device of its own.

A signer is told a request (`SignSale`) and answers with an event, at once or, from a device, through the inbox. What it
owes is one thing: a number that it has signed before gets the same signature again, and never another content.

The method is that of Norway's cash register regulation: a signature over
`previous;transDate;transTime;nr;transAmntIn;transAmntEx`, the previous one being `0` at first, dates and times local,
amounts with two decimals, in Base64. (Skatteetaten, requirements for digital signatures in cash register systems; the
fields and formats as its published validator checks them: github.com/Skatteetaten/saf-t.) RSA-SHA1-1024 is signed with
a key file of the shop; HMAC-SHA1-128, the method's other form, with a key that everybody may know is the simulated one.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from kiosk.checkout.duties import Fiscal
from kiosk.checkout.effects import SignSale
from kiosk.checkout.events import Event, SaleSigned, SignerFailed
from kiosk.checkout.signing import signed_text
from kiosk.values.moment import local
from kiosk.values.settings import BadSettings

RSA, SIMULATED = "rsa-sha1-1024", "simulated-hmac-sha1-128"
KEY_BITS = 1024
SIMULATED_KEY = b"Kassa simulation"
"""128 bits that vouch for nothing: demo and training only."""


class Signer(Protocol):
    """What the hands need."""

    method: str
    """What a sale's record calls it."""

    def sign(self, order: SignSale) -> list[Event]:
        """The answer, if it is there at once."""
        ...


class NoSigner:
    """A lane where nothing is signed."""

    method = ""

    def sign(self, order: SignSale) -> list[Event]:
        """Only after a change of configuration in the middle of a sale: it is sealed as an outage."""
        return [SignerFailed(number=order.request.number, why="this lane has no signer")]


class SoftwareSigner:
    """Signs with a key in memory. A text always gets the same signature, so it need not remember what it signed."""

    def __init__(self, method: str, key: str, zone: tzinfo, seal: Callable[[bytes], bytes]) -> None:
        """`key` names the version of the key; `seal` signs bytes."""
        self.method, self._key, self._zone, self._seal = method, key, zone, seal

    def sign(self, order: SignSale) -> list[Event]:
        """At once."""
        day, time = local_parts(order.request.at_utc_ms, self._zone)
        text = signed_text(order.previous, day, time, order.request)
        signature = base64.b64encode(self._seal(text.encode("utf-8"))).decode("ascii")
        number = order.request.number
        return [SaleSigned(number=number, date=day, time=time, signature=signature, key=self._key)]


def local_parts(utc_ms: int, zone: tzinfo) -> tuple[str, str]:
    """Date and time of the shop's wall clock, as they are signed."""
    when = local(utc_ms, zone)
    return f"{when:%Y-%m-%d}", f"{when:%H:%M:%S}"


def simulated_signer(zone: tzinfo) -> SoftwareSigner:
    """Deterministic, for demo and training."""
    return SoftwareSigner(
        SIMULATED, "simulated", zone, lambda text: hmac.new(SIMULATED_KEY, text, hashlib.sha1).digest()
    )


def rsa_signer(path: Path, key_version: str, zone: tzinfo) -> SoftwareSigner:
    """With the shop's private key (PEM, 1024 bits as the method asks). BadSettings."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise BadSettings(f"fiscal.key_file: {path} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadSettings(f"fiscal.key_file: {path} is no private key in PEM without a password") from None
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size != KEY_BITS:
        raise BadSettings(
            f"fiscal.key_file: {path} must be an RSA key of {KEY_BITS} bits; that is what the method asks"
        )
    # SHA-1 is weak, and it is what the regulation asks for: our own chain beside it is SHA-256.
    return SoftwareSigner(RSA, key_version, zone, lambda text: key.sign(text, padding.PKCS1v15(), hashes.SHA1()))


def missing(duty: Fiscal, method: str, *, live: bool) -> str:
    """What a lane of this mode lacks that the law asks for, as the law calls it; empty: nothing."""
    if not live or not duty.signer or method == duty.signer:
        return ""
    return duty.name or duty.signer
