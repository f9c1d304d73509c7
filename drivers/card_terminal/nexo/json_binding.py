"""JSON binding: nexo 3.0 in encrypted JSON over HTTPS (`POST /nexo/`).

The whole message is encrypted (`crypto`) and sent as NexoBlob with a SecurityTrailer; the header outside is only for
whoever carries it, and is not believed. An answer counts only if its MAC is right, and its nonce is none that was used
before: neither ours (an echo) nor an older answer's (a recording).
"""

import binascii
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from drivers.card_terminal.nexo import crypto
from drivers.card_terminal.nexo.binding import DEEPEST, NotNexo, rejected
from drivers.card_terminal.nexo.messages import Message

REQUEST, RESPONSE = "SaleToPOIRequest", "SaleToPOIResponse"
NONCES_KEPT = 1_000
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)
_UNREADABLE = "the answer was not made with our key: compare passphrase, key_id and key_version with the terminal's"


class Key(msgspec.Struct, frozen=True):
    """The shared key, as the terminal has it."""

    identifier: str
    version: int
    passphrase: str


class JsonBinding:
    """Remembers the nonces that were used."""

    path = "/nexo/"
    headers: Mapping[str, str] = {"content-type": "application/json", "accept": "application/json"}

    def __init__(self, key: Key, chance: Callable[[int], bytes]) -> None:
        """`chance` gives so many bytes that nobody can guess."""
        self._key, self._chance = key, chance
        self._secrets = crypto.derive(key.passphrase)
        self._used: deque[bytes] = deque(maxlen=NONCES_KEPT)

    def encode(self, message: Message) -> bytes:
        """A request of ours, sealed."""
        return self._seal(REQUEST, message)

    def encode_response(self, message: Message) -> bytes:
        """Our answer to a request of the terminal's, sealed."""
        return self._seal(RESPONSE, message)

    def _seal(self, root: str, message: Message) -> bytes:
        plain = _ENCODER.encode({root: message})
        nonce = self._chance(crypto.NONCE)
        self._used.append(nonce)
        trailer = {
            "AdyenCryptoVersion": crypto.CRYPTO_VERSION,
            "Hmac": b64encode(crypto.mac(self._secrets, plain)).decode(),
            "KeyIdentifier": self._key.identifier,
            "KeyVersion": self._key.version,
            "Nonce": b64encode(nonce).decode(),
        }
        blob = b64encode(crypto.encrypt(self._secrets, plain, nonce)).decode()
        sealed = {"MessageHeader": message["MessageHeader"], "NexoBlob": blob, "SecurityTrailer": trailer}
        return msgspec.json.encode({root: sealed})

    def decode(self, body: bytes) -> Message:
        """An answer, opened. Raises NotNexo."""
        outer = _object(body)
        _complain_of_a_rejection(outer)
        sealed = outer.get(RESPONSE)
        if not isinstance(sealed, dict) or "NexoBlob" not in sealed:
            raise NotNexo("the answer is not encrypted")
        message = _object(self._open(sealed)).get(RESPONSE)
        if not isinstance(message, dict):
            raise NotNexo(f"the answer is no {RESPONSE}")
        return message

    def decode_request(self, body: bytes) -> tuple[Message, bool]:
        """As Binding: believed if it was sealed. No guide says whether a terminal seals what it asks of us."""
        outer = _object(body).get(REQUEST)
        if not isinstance(outer, dict):
            raise NotNexo(f"the request is no {REQUEST}")
        if "NexoBlob" not in outer:
            return outer, False
        message = _object(self._open(outer)).get(REQUEST)
        if not isinstance(message, dict):
            raise NotNexo(f"the request is no {REQUEST}")
        return message, True

    def _open(self, sealed: Message) -> bytes:
        trailer = sealed.get("SecurityTrailer")
        if not isinstance(trailer, dict) or trailer.get("AdyenCryptoVersion") != crypto.CRYPTO_VERSION:
            raise NotNexo("the answer has no seal that we know")
        if (trailer.get("KeyIdentifier"), trailer.get("KeyVersion")) != (self._key.identifier, self._key.version):
            raise NotNexo(_UNREADABLE)
        blob, nonce, mac = (_bytes(text) for text in (sealed["NexoBlob"], trailer.get("Nonce"), trailer.get("Hmac")))
        if nonce in self._used:
            raise NotNexo("the answer is an old one: its nonce was used before")
        try:
            plain = crypto.decrypt(self._secrets, blob, nonce, mac)
        except crypto.NotAuthentic as wrong:
            raise NotNexo(_UNREADABLE) from wrong
        self._used.append(nonce)
        return plain


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = _DECODER.decode(body)
    except (msgspec.DecodeError, RecursionError, ValueError, ArithmeticError) as error:
        raise NotNexo(f"the answer is no JSON: {error}") from error
    if _depth(found) > DEEPEST:
        raise NotNexo("the answer is too deep")
    return found


def _depth(value: object, level: int = 0) -> int:
    if level > DEEPEST or not isinstance(value, dict | list):
        return level
    inner = value.values() if isinstance(value, dict) else value
    return max((_depth(one, level + 1) for one in inner), default=level)


def _bytes(text: object) -> bytes:
    try:
        return b64decode(text if isinstance(text, str) else "", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotNexo(_UNREADABLE) from error


def _complain_of_a_rejection(outer: dict[str, Any]) -> None:
    """It comes in the clear, since the terminal could not read us: good to know, and never believed to be more."""
    request = outer.get(REQUEST)
    if isinstance(request, dict) and "EventNotification" in request:
        raise NotNexo(rejected(request["EventNotification"]))
