"""Identity: the key and certificate by which the broker knows this lane; replaced, they fit each other at any moment.

A new key is made here and waits beside the old one (`till.key.new`) until the shop has vouched for it. Its certificate
is written beside the old one too (`till.crt.new`), whole and on the disk; from then on the new pair counts. Two files
cannot be replaced at once, so `settle` is what replaces them, and does the rest after a power cut between the two:
called before anybody reads them, it makes the pair fit.
"""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

RENEW_DAYS = 60
"""So long before its end a certificate is replaced; a lane that is switched off for a season is still known."""


class NotForUs(Exception):
    """This certificate does not fit our key. One line for a person."""


class Identity:
    """One lane's pair of files."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self.certificate, self.key = certificate, key

    def settle(self) -> None:
        """Finish what was begun. OSError."""
        fresh = _beside(self.certificate)
        if not fresh.exists():
            return
        if _beside(self.key).exists():
            _beside(self.key).replace(self.key)
            _sync_folder(self.key.parent)
        fresh.replace(self.certificate)
        _sync_folder(self.certificate.parent)

    def request(self) -> bytes:
        """A certificate request (PKCS #10, PEM) for the key that waits; one is made if none does. OSError."""
        key = self._waiting() or self._new_key()
        # The shop writes the name that it knows us by; ours says nothing.
        builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def waiting_digest(self) -> str:
        """SHA-256 of the public key that `request` is about, hexadecimal: by it the shop knows the machine."""
        key = self._waiting()
        assert key is not None, "no request was made yet"
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return hashlib.sha256(key.public_key().public_bytes(serialization.Encoding.DER, form)).hexdigest()

    def name(self) -> str:
        """Who the certificate says that we are, if it fits our key; empty: nobody."""
        try:
            read = x509.load_pem_x509_certificate(self.certificate.read_bytes())
            key = serialization.load_pem_private_key(self.key.read_bytes(), password=None)
        except (OSError, ValueError, TypeError):
            return ""
        found = read.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        fits = isinstance(key, ec.EllipticCurvePrivateKey) and read.public_key() == key.public_key()
        return str(found[0].value) if found and fits else ""

    def take(self, certificate: bytes) -> None:
        """The shop's answer to `request`; it is ours from now on. NotForUs, OSError."""
        key = self._waiting()
        try:
            fits = key is not None and x509.load_pem_x509_certificate(certificate).public_key() == key.public_key()
        except ValueError as error:
            raise NotForUs(f"this is no certificate in PEM: {error}") from error
        if not fits:
            raise NotForUs("this certificate is about another key than the one that was made here")
        written(_beside(self.certificate), certificate)
        self.settle()

    def due(self, now_utc_ms: int) -> bool:
        """Whether it is to be replaced: it ends soon or has ended. False if there is none that can be read."""
        try:
            read = x509.load_pem_x509_certificate(self.certificate.read_bytes())
        except (OSError, ValueError):
            return False
        return read.not_valid_after_utc - datetime.fromtimestamp(now_utc_ms // 1000, UTC) < timedelta(days=RENEW_DAYS)

    def _waiting(self) -> ec.EllipticCurvePrivateKey | None:
        try:
            key = serialization.load_pem_private_key(_beside(self.key).read_bytes(), password=None)
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return key if isinstance(key, ec.EllipticCurvePrivateKey) else None

    def _new_key(self) -> ec.EllipticCurvePrivateKey:
        key = ec.generate_private_key(ec.SECP256R1())
        form = serialization.PrivateFormat.PKCS8
        pem = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
        written(_beside(self.key), pem, mode=0o600)
        return key


def written(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """A file that is there whole, or as it was before, and survives a power cut. OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode, exist_ok=False)  # before there is anything in it to be read
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _sync_folder(path.parent)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
