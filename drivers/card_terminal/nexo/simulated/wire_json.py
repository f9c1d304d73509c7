"""The terminal's sealed JSON, written apart from the till's: a mistake in one is not repeated in the other."""

import hashlib
import hmac
import json
import re
from base64 import b64decode, b64encode
from typing import Any, Literal
from urllib.parse import urlencode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from drivers.card_terminal.nexo.simulated.speech import Asked, Deal, Said, money

Bad = Literal["", "wrong mac", "other key", "old nonce", "echo", "in the clear"]
_PATHS = {
    "amount": ("PaymentTransaction", "AmountsReq", "RequestedAmount"),
    "currency": ("PaymentTransaction", "AmountsReq", "Currency"),
    "kind": ("PaymentData", "PaymentType"),
    "category": ("MessageReference", "MessageCategory"),
    "service_id": ("MessageReference", "ServiceID"),
    "sale_id": ("MessageReference", "SaleID"),
    "poi_id": ("MessageReference", "POIID"),
    "original": ("OriginalPOITransaction", "POITransactionID", "TransactionID"),
    "timestamp": ("OriginalPOITransaction", "POITransactionID", "TimeStamp"),
}


class Sealed:
    """One shared key, and the nonces of what was heard and said under it."""

    def __init__(self, identifier: str, version: int, passphrase: str) -> None:
        self.identifier, self.version = identifier, version
        material = hashlib.pbkdf2_hmac("sha1", passphrase.encode(), b"AdyenNexoV1Salt", 4_000, 80)
        self._mac_key, self._key, self._iv = material[:32], material[32:64], material[64:]
        self._spoken = 0
        self._heard_nonce = self._said_nonce = bytes(16)

    def read(self, body: bytes) -> Asked | None:
        """A request; None for what was not sealed with this key."""
        try:
            sealed = json.loads(body)["SaleToPOIRequest"]
            trailer = sealed["SecurityTrailer"]
            nonce, plain = self._open(sealed, trailer)
            message = json.loads(plain)["SaleToPOIRequest"]
            header = message["MessageHeader"]
            content = message[f"{header['MessageCategory']}Request"]
        except (KeyError, ValueError, TypeError):
            return None
        if (trailer.get("KeyIdentifier"), trailer.get("KeyVersion")) != (self.identifier, self.version):
            return None
        self._heard_nonce = nonce
        fields = {name: str(found) for name, path in _PATHS.items() if (found := _at(content, path)) is not None}
        return Asked(header["MessageCategory"], header["ServiceID"], header["SaleID"], header["POIID"], fields)

    def _open(self, sealed: dict[str, Any], trailer: dict[str, Any]) -> tuple[bytes, bytes]:
        nonce = b64decode(trailer["Nonce"])
        decryptor = self._cipher(nonce).decryptor()
        unpadder = PKCS7(128).unpadder()
        padded = decryptor.update(b64decode(sealed["NexoBlob"])) + decryptor.finalize()
        plain = unpadder.update(padded) + unpadder.finalize()
        if not hmac.compare_digest(hmac.new(self._mac_key, plain, hashlib.sha256).digest(), b64decode(trailer["Hmac"])):
            raise ValueError("the MAC is wrong")
        return nonce, plain

    def _cipher(self, nonce: bytes) -> Cipher[modes.CBC]:
        iv = (int.from_bytes(self._iv, "big") ^ int.from_bytes(nonce, "big")).to_bytes(16, "big")
        return Cipher(algorithms.AES(self._key), modes.CBC(iv))

    def write(self, said: Said, bad: Bad = "") -> bytes:
        """An answer, sealed; or made wrong in one way."""
        return self._sealed("SaleToPOIResponse", _message(said), bad)

    def ask(self, asked: Asked, content: dict[str, Any]) -> bytes:
        """A request of the terminal's own, sealed."""
        ids = {"ServiceID": asked.service_id, "DeviceID": asked.service_id, "SaleID": asked.sale_id}
        kind = {"MessageClass": "Device", "MessageCategory": asked.category, "MessageType": "Request"}
        header = {"ProtocolVersion": "3.0", **kind, **ids, "POIID": asked.poi_id}
        return self._sealed("SaleToPOIRequest", {"MessageHeader": header, f"{asked.category}Request": content})

    def _sealed(self, root: str, message: dict[str, Any], bad: Bad = "") -> bytes:
        plain = json.dumps({root: message}).encode()
        if bad == "in the clear":
            return plain
        nonce = self._nonce(bad)
        padder, encryptor = PKCS7(128).padder(), self._cipher(nonce).encryptor()
        blob = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
        mac_key = bytes(32) if bad == "wrong mac" else self._mac_key
        trailer = {
            "AdyenCryptoVersion": 1,
            "KeyIdentifier": "another" if bad == "other key" else self.identifier,
            "KeyVersion": self.version,
            "Nonce": b64encode(nonce).decode(),
            "Hmac": b64encode(hmac.new(mac_key, plain, hashlib.sha256).digest()).decode(),
        }
        sealed = {
            "MessageHeader": message["MessageHeader"],
            "NexoBlob": b64encode(blob).decode(),
            "SecurityTrailer": trailer,
        }
        return json.dumps({root: sealed}).encode()

    def _nonce(self, bad: Bad) -> bytes:
        """Never the same twice, unless it is wanted: counted, so that a story always goes the same way."""
        if bad == "echo":
            return self._heard_nonce
        if bad != "old nonce":
            self._spoken += 1
            self._said_nonce = hashlib.sha256(b"terminal %d" % self._spoken).digest()[:16]
        return self._said_nonce


def reject(why: str) -> bytes:
    """What is said of a message that cannot be read: in the clear."""
    event = {"EventToNotify": "Reject", "EventDetails": urlencode({"message": why})}
    header = {"MessageClass": "Event", "MessageCategory": "Event", "MessageType": "Notification"}
    return json.dumps({"SaleToPOIRequest": {"MessageHeader": header, "EventNotification": event}}).encode()


def _at(found: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _header(asked: Asked) -> dict[str, str]:
    return {
        "ProtocolVersion": "3.0",
        "MessageClass": "Service",
        "MessageCategory": asked.category,
        "MessageType": "Response",
        "ServiceID": asked.service_id,
        "SaleID": asked.sale_id,
        "POIID": asked.poi_id,
    }


def _message(said: Said) -> dict[str, Any]:
    return {"MessageHeader": _header(said.asked), f"{said.asked.category}Response": _body(said)}


def _body(said: Said) -> dict[str, Any]:
    response = {"Result": said.result, "ErrorCondition": said.condition, "AdditionalResponse": said.detail}
    body: dict[str, Any] = {"Response": {name: value for name, value in response.items() if value}}
    if said.repeated is not None:
        repeated = f"{said.repeated.asked.category}Response"
        body["RepeatedMessageResponse"] = {
            "MessageHeader": _header(said.repeated.asked),
            "RepeatedResponseMessageBody": {repeated: _body(said.repeated)},
        }
    if said.asked.category == "Diagnosis" and said.result == "Success":
        body["POIStatus"] = {"GlobalStatus": "OK", "CommunicationOKFlag": True}
    if said.asked.category == "Login":
        body["POISystemData"] = {"POITerminalData": {"POISerialNumber": "275008565"}}
    if said.sums:
        body["TransactionTotals"] = [
            {
                "PaymentInstrumentType": "Card",
                "CardBrand": one.brand,
                "PaymentTotals": [
                    {
                        "TransactionType": one.kind,
                        "TransactionCount": one.count,
                        "TransactionAmount": _number(one.amount_minor),
                    }
                ],
            }
            for one in said.sums
        ]
    return body | (_deal(said.deal, said.asked.category) if said.deal is not None else {})


def _number(amount_minor: int) -> float | int:
    number: float | int = json.loads(money(amount_minor))
    return number


def _deal(deal: Deal, category: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "POIData": {"POITransactionID": {"TransactionID": deal.transaction_id, "TimeStamp": deal.timestamp}},
        "PaymentReceipt": [
            _paper(qualifier, lines, signature=deal.signature and qualifier == "CashierReceipt")
            for qualifier, lines in (("CashierReceipt", deal.merchant), ("CustomerReceipt", deal.customer))
            if lines
        ],
    }
    if category == "Payment":
        amounts: dict[str, Any] = {"Currency": deal.currency}
        if deal.amount_minor is not None:
            amounts["AuthorizedAmount"] = _number(deal.amount_minor)
        card = {"PaymentBrand": deal.brand, "MaskedPan": deal.pan, "EntryMode": [deal.entry_mode]}
        told["PaymentResult"] = {
            "PaymentType": deal.payment_type,
            "OnlineFlag": True,
            "AmountsResp": amounts,
            "PaymentInstrumentData": {"PaymentInstrumentType": "Card", "CardData": card},
            "PaymentAcquirerData": {"ApprovalCode": deal.approval},
        }
    return told


def _paper(qualifier: str, lines: tuple[str, ...], *, signature: bool) -> dict[str, Any]:
    texts = []
    for number, line in enumerate(lines):
        parts = re.split(r"\s{2,}", line.strip(), maxsplit=1)
        pair = {"name": parts[0], **({"value": parts[1]} if len(parts) > 1 else {}), "key": f"line{number}"}
        texts.append({"Text": urlencode(pair), "EndOfLineFlag": True})
    return {
        "DocumentQualifier": qualifier,
        "RequiredSignatureFlag": signature,
        "OutputContent": {"OutputFormat": "Text", "OutputText": texts},
    }
