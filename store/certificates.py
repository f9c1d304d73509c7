"""Certificates: a shop's own authority, and what it vouches for: broker, console, store, tills (X.509, RFC 5280).

Keys are P-256, which every till's chip signs with in a millisecond. A till's name is the common name of its
certificate; the broker takes it for who speaks, so a till that has only its own certificate can only be itself.
Validity begins a day early, because a Pi has no clock battery and may be behind. Leaves live 397 days, which is what
Apple's devices take at most (support.apple.com/102028); `due` tells when one is to be replaced. One that must not be
believed until then stands on the authority's revocation list, which is good as long as a leaf: who reads it finds it on
the store's own machine, and a list that has run out would turn everybody away.

Pure but for the random keys: the moment is an argument, nothing is written here.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS, LEAF_DAYS, RENEW_DAYS = 20 * 365, 397, 60
_EARLY = timedelta(days=1)


class Pair(msgspec.Struct, frozen=True):
    """A certificate and its private key, both PEM."""

    certificate: bytes
    key: bytes


class NotOurs(Exception):
    """These files are no certificate and key that fit each other. One line for a person."""


def new_authority(name: str, now_utc_ms: int) -> Pair:
    """An authority that vouches for others of this shop, and for no further authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(f"{name} authority")
    builder = _begun(subject, subject, key.public_key(), now_utc_ms, AUTHORITY_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs=True), critical=True)
    return _pair(builder.sign(key, hashes.SHA256()), key)


def issue(authority: Pair, name: str, now_utc_ms: int, hosts: tuple[str, ...] = ()) -> Pair:
    """A new key with its certificate: of a server if it has hosts (names or IP addresses), else of a client."""
    key = ec.generate_private_key(ec.SECP256R1())
    return _pair(_vouched(authority, name, key.public_key(), now_utc_ms, hosts), key)


def issue_for(authority: Pair, request: bytes, name: str, now_utc_ms: int) -> bytes:
    """The client's certificate for the key of a request (PKCS #10, PEM), under our name for it. NotOurs."""
    key = _requested(request)
    return _vouched(authority, name, key, now_utc_ms, ()).public_bytes(serialization.Encoding.PEM)


def key_digest(request: bytes) -> str:
    """SHA-256 of the public key that a request is about: two requests of one machine have the same. NotOurs."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return hashlib.sha256(_requested(request).public_bytes(serialization.Encoding.DER, form)).hexdigest()


def der(certificate: bytes) -> bytes:
    """The same in DER. NotOurs."""
    return _read(certificate).public_bytes(serialization.Encoding.DER)


def common_name(certificate: bytes) -> str:
    """Whose it is. NotOurs."""
    found = _read(certificate).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def due(certificate: bytes, now_utc_ms: int) -> bool:
    """Whether it is to be replaced: it ends within RENEW_DAYS, or has ended. NotOurs."""
    return _read(certificate).not_valid_after_utc - _at(now_utc_ms) < timedelta(days=RENEW_DAYS)


def ends(certificate: bytes) -> str:
    """Its last day, ISO 8601. NotOurs."""
    return _read(certificate).not_valid_after_utc.date().isoformat()


def days_left(certificate: bytes, now_utc_ms: int) -> int:
    """Whole days until it ends; less than 0: it has ended. NotOurs."""
    return (_read(certificate).not_valid_after_utc - _at(now_utc_ms)).days


def fingerprint(certificate: bytes) -> str:
    """SHA-256 in pairs of hexadecimal digits, as browsers and `openssl x509 -fingerprint` show it. NotOurs."""
    return _read(certificate).fingerprint(hashes.SHA256()).hex(":").upper()


def serial(certificate: bytes) -> int:
    """The authority's number for it, by which it is revoked. NotOurs."""
    return _read(certificate).serial_number


def is_of(certificate: bytes, authority: bytes) -> bool:
    """Whether this authority (its certificate) has issued it. NotOurs."""
    try:
        _read(certificate).verify_directly_issued_by(_read(authority))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def revocation_list(authority: Pair, ended: Mapping[int, int], now_utc_ms: int, before: bytes = b"") -> bytes:
    """The list (RFC 5280, section 5; PEM) of these serials, each with the moment, UTC milliseconds, it ended. NotOurs.

    `before`: the list that it replaces. OpenSSL, which keeps both after a broker was told to read again, believes the
    younger one, by whole seconds: so this one is younger.
    """
    vouching, signing = _opened(authority)
    begins = _at(now_utc_ms) - _EARLY
    if before:
        begins = max(begins, _read_list(before).last_update_utc + timedelta(seconds=1))
    builder = x509.CertificateRevocationListBuilder().issuer_name(vouching.subject)
    builder = builder.last_update(begins).next_update(begins + timedelta(days=LEAF_DAYS))
    number = int(begins.timestamp())  # grows with every list, as section 5.2.3 asks
    builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    builder = builder.add_extension(issuer, critical=False)
    for number, at_utc_ms in sorted(ended.items()):
        one = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(_at(at_utc_ms))
        builder = builder.add_revoked_certificate(one.build())
    return builder.sign(signing, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def listed(revocations: bytes) -> frozenset[int]:
    """The serials on a list. NotOurs."""
    return frozenset(one.serial_number for one in _read_list(revocations))


def list_age_ms(revocations: bytes, now_utc_ms: int) -> int:
    """How long ago a list was made. NotOurs."""
    made = _read_list(revocations).last_update_utc + _EARLY
    return now_utc_ms - int(made.timestamp()) * 1000


def hosts_of(certificate: bytes) -> tuple[str, ...]:
    """The names and addresses that it is a server's for. NotOurs."""
    try:
        names = _read(certificate).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(str(name.value) for name in names)


def _vouched(
    authority: Pair, name: str, key: ec.EllipticCurvePublicKey, now_utc_ms: int, hosts: tuple[str, ...]
) -> x509.Certificate:
    vouching, signing = _opened(authority)
    builder = _begun(_name(name), vouching.subject, key, now_utc_ms, LEAF_DAYS)
    use = ExtendedKeyUsageOID.SERVER_AUTH if hosts else ExtendedKeyUsageOID.CLIENT_AUTH
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    builder = builder.add_extension(issuer, critical=False)
    if hosts:
        builder = builder.add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
    return builder.sign(signing, hashes.SHA256())


def _requested(request: bytes) -> ec.EllipticCurvePublicKey:
    """The key of a request that was signed with that very key, so that nobody asks for the key of another."""
    try:
        read = x509.load_pem_x509_csr(request)
        key = read.public_key()
        good = read.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NotOurs(f"this is no certificate request in PEM: {error}") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NotOurs("a till's key is P-256, and this request is about another kind")
    if not good:
        raise NotOurs("the request was not signed with its own key")
    return key


def _read(certificate: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(certificate)
    except ValueError as error:
        raise NotOurs(f"this is no certificate in PEM: {error}") from error


def _read_list(revocations: bytes) -> x509.CertificateRevocationList:
    try:
        return x509.load_pem_x509_crl(revocations)
    except ValueError as error:
        raise NotOurs(f"this is no revocation list in PEM: {error}") from error


def _opened(authority: Pair) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate = _read(authority.certificate)
    try:
        key = serialization.load_pem_private_key(authority.key, password=None)
    except (ValueError, TypeError) as error:
        raise NotOurs(f"this is no private key in PEM without a password: {error}") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise NotOurs("the authority's key is not the one of its certificate")
    return certificate, key


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now_utc_ms: int, days: int
) -> x509.CertificateBuilder:
    begins = _at(now_utc_ms) - _EARLY
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=signs, crl_sign=signs, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _at(utc_ms: int) -> datetime:
    return datetime.fromtimestamp(utc_ms // 1000, UTC)


def _pair(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Pair:
    return Pair(
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
