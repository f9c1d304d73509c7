"""Crypto: the vendor's encryption of nexo 3.0 messages on the local network ("AdyenNexoV1", crypto version 1).

    passphrase --PBKDF2-HMAC-SHA1, salt "AdyenNexoV1Salt", 4000 rounds--> 80 bytes = HMAC key 32, AES key 32, IV 16
    NexoBlob = AES-256-CBC(AES key, IV xor Nonce, PKCS#7)      Hmac = HMAC-SHA256(HMAC key, the *plain* message)

Since the MAC is of the plain message, it can only be checked after decryption; the padding is looked at before it. So
every failure here says the same, and nothing of a message is used whose MAC is wrong.
"""

import hashlib
import hmac

import msgspec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_SALT, _ROUNDS = b"AdyenNexoV1Salt", 4_000
_HMAC_KEY, _AES_KEY, _IV = 32, 32, 16
NONCE = 16
CRYPTO_VERSION = 1


class NotAuthentic(Exception):
    """The message was not made with this key, or was changed."""


class Keys(msgspec.Struct, frozen=True):
    """The three secrets of one shared key."""

    hmac: bytes
    aes: bytes
    iv: bytes


def derive(passphrase: str) -> Keys:
    """The secrets of a passphrase (some milliseconds)."""
    size = _HMAC_KEY + _AES_KEY + _IV
    made = hashlib.pbkdf2_hmac("sha1", passphrase.encode(), _SALT, _ROUNDS, size)
    return Keys(made[:_HMAC_KEY], made[_HMAC_KEY : _HMAC_KEY + _AES_KEY], made[_HMAC_KEY + _AES_KEY :])


def mac(keys: Keys, plain: bytes) -> bytes:
    """Of the plain message."""
    return hmac.digest(keys.hmac, plain, "sha256")


def encrypt(keys: Keys, plain: bytes, nonce: bytes) -> bytes:
    """The blob."""
    missing = _IV - len(plain) % _IV
    encryptor = _cipher(keys, nonce).encryptor()
    return encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()


def decrypt(keys: Keys, blob: bytes, nonce: bytes, received_mac: bytes) -> bytes:
    """The plain message. Raises NotAuthentic."""
    if len(nonce) != NONCE or not blob or len(blob) % _IV:
        raise NotAuthentic
    decryptor = _cipher(keys, nonce).decryptor()
    padded = decryptor.update(blob) + decryptor.finalize()
    missing = padded[-1]
    plain = padded[:-missing] if 0 < missing <= _IV else b""
    padding_is_right = padded[len(plain) :] == bytes([missing]) * missing
    if not hmac.compare_digest(mac(keys, plain), received_mac) or not padding_is_right:
        raise NotAuthentic
    return plain


def _cipher(keys: Keys, nonce: bytes) -> Cipher[modes.CBC]:
    iv = bytes(one ^ other for one, other in zip(keys.iv, nonce, strict=True))
    return Cipher(algorithms.AES256(keys.aes), modes.CBC(iv))
