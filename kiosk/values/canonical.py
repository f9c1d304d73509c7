"""Canonical JSON (RFC 8785) and the SHA-256 over it, the links of the sale chain.

Records here hold only text, whole numbers, booleans, null, arrays and objects with ASCII keys. For these, RFC 8785 asks
for sorted keys, no white space and the shortest escapes, which is what msgspec writes when told to sort;
floats, where the RFC is hard, are refused by having none.
"""

import hashlib

import msgspec


def canonical_json(record: object) -> bytes:
    """The one byte string that stands for this record, UTF-8."""
    return msgspec.json.encode(record, order="sorted")


def digest(previous: str, record: object) -> str:
    """SHA-256, in hexadecimal, of the previous link's digest followed by the record's canonical JSON."""
    return hashlib.sha256(previous.encode() + canonical_json(record)).hexdigest()
