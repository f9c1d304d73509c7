"""Webhook signature: HMAC-SHA256 as the Standard Webhooks specification 1.0.0 has it. Pure.

Signed is `{id}.{timestamp}.{body}` with the subscriber's own key of 24 to 64 random bytes, written as `whsec_` and
base64; the header is `v1,` and the base64 of the signature. Neither our ids nor a timestamp can contain a full stop.
"""

import base64
import binascii
import hashlib
import hmac

PREFIX = "whsec_"
KEY_BYTES = 32


def new_secret(random_bytes: bytes) -> str:
    """Of `KEY_BYTES` bytes that nobody can guess."""
    return PREFIX + base64.b64encode(random_bytes).decode()


def signed_headers(secret: str, id_: str, now_utc_ms: int, body: bytes) -> dict[str, str]:
    """The three headers of one attempt."""
    timestamp = str(now_utc_ms // 1000)
    mac = hmac.new(_key(secret), f"{id_}.{timestamp}.".encode() + body, hashlib.sha256)
    signature = f"v1,{base64.b64encode(mac.digest()).decode()}"
    return {"webhook-id": id_, "webhook-timestamp": timestamp, "webhook-signature": signature}


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise AssertionError("a secret is only ever made by new_secret") from error
