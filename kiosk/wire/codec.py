"""Codec: envelopes to bytes and back, believing nothing.

Whatever arrives may be cut short, doctored or from a newer till. What cannot be read is a BadMessage that says why and,
where it can be seen, whose it is: so a sender can be told. Beyond the shape, two things are refused because a database
somewhere down the line chokes on them: whole numbers that JSON cannot carry safely (RFC 8785 asks for 53 bits) and NUL.
"""

import re
from typing import Any, TypeVar

import msgspec

from kiosk.wire.messages import TYPES, Envelope

LARGEST_BYTES = 1 << 20
"""No message of ours comes near; a price book travels in parts."""
_LARGEST_WHOLE = 2**53 - 1
_DEEPEST = 32
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises at bytes that it cannot make into what was asked; RecursionError at thousands of brackets."""

_TYPE_OF = {data: name for name, data in TYPES.items()}
_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(Envelope[data])  # type: ignore[valid-type]  # one decoder for each kind of data
    for name, data in TYPES.items()
}
D = TypeVar("D")

_CLOSED = ("kassa.sale.v1", "kassa.stock.v1")
"""What comes in floods. No field of theirs is open to any JSON: their types settle how deep they are nested."""
_STRANGE = re.compile(rb"[:,\[](?<![0-9]:)\s*-?(?:[0-9]{16}|[0-9]+[.eE])")
"""Bytes without which there is no number too large or not whole, though some harmless texts have them, too. Looking
for them costs a fraction of a walk through all values. The colon in a time of day follows a digit, a key's does not."""


class BadMessage(Exception):
    """These bytes are no message of ours. `id` is the envelope's, where it could be read."""

    def __init__(self, why: str, id: str = "") -> None:
        self.why, self.id = why, id
        super().__init__(why)


class _Label(msgspec.Struct, frozen=True):
    """The part of an envelope that says which message it is."""

    type: str
    id: str = ""
    specversion: str = ""


def envelope(data: D, *, id: str, source: str, time: str) -> Envelope[D]:
    """The data in its envelope; the type follows from the data."""
    return Envelope(id=id, source=source, type=_TYPE_OF[type(data)], time=time, data=data)


def encode(message: Envelope[Any]) -> bytes:
    """UTF-8 JSON, as it goes out."""
    payload = msgspec.json.encode(message)
    assert len(payload) <= LARGEST_BYTES, f"{message.type} {message.id}: {len(payload)} bytes are more than a message"
    return payload


def decode(payload: bytes) -> Envelope[Any]:
    """The envelope with its typed data. BadMessage for anything else."""
    label = read_label(payload)
    if label.type not in _DECODERS:
        raise BadMessage(_unknown(label.type), label.id)
    try:
        message = _DECODERS[label.type].decode(payload)
    except _UNREADABLE as error:
        raise BadMessage(str(error), label.id) from error
    if label.type not in _CLOSED or b"\\u0000" in payload or _STRANGE.search(payload):
        _check_plain(msgspec.to_builtins(message.data), label.id)
    return message  # type: ignore[no-any-return]  # a decoder of Envelope


def _unknown(type: str) -> str:
    """Why nobody here reads it; and who is to be updated, where that can be seen."""
    name, _, number = type.rpartition(".v")
    ours = [int(known.rpartition(".v")[2]) for known in TYPES if known.rpartition(".v")[0] == name]
    if not ours or not number.isdecimal() or len(number) > 4:
        return f"unknown type {type!r}"
    if int(number) < min(ours):
        return f"unknown type {type!r}: whoever says it is older than is read here (v{min(ours)}): update the sender"
    return f"unknown type {type!r}: whoever says it is newer than this one (v{max(ours)}): update this one"


def read_label(payload: bytes) -> _Label:
    """Only `type` and `id`, for what may be unreadable further in. BadMessage if not even these are there."""
    if len(payload) > LARGEST_BYTES:
        raise BadMessage(f"{len(payload)} bytes are more than {LARGEST_BYTES}")
    try:
        label = msgspec.json.decode(payload, type=_Label)
    except _UNREADABLE as error:
        raise BadMessage(f"no JSON envelope: {error}") from error
    _check_plain([label.type, label.id], "")
    if label.specversion != "1.0":
        raise BadMessage(f"CloudEvents 1.0 is spoken here, not {label.specversion!r}", label.id)
    return label


def read_data(payload: bytes) -> Any:
    """The data of a message that is known to be an envelope, as plain JSON values, with fields that we do not know."""
    try:
        return msgspec.json.decode(payload, type=dict[str, Any])["data"]
    except (*_UNREADABLE, KeyError) as error:
        raise BadMessage("no data in the envelope") from error


def _check_plain(value: Any, id: str, depth: int = 0) -> None:
    """Told by type and not by `match`: a part of a price book has twelve thousand values."""
    if depth > _DEEPEST:
        raise BadMessage("nested too deeply", id)
    kind = type(value)
    if kind is str:
        if "\0" in value:
            raise BadMessage("a text contains NUL", id)
    elif kind is int:
        if abs(value) > _LARGEST_WHOLE:
            raise BadMessage(f"the number {value} is too large", id)
    elif kind is dict:
        for key, part in value.items():
            _check_plain(key, id, depth)
            _check_plain(part, id, depth + 1)
    elif kind is list or kind is tuple:
        for part in value:
            _check_plain(part, id, depth + 1)
    elif value is not None and kind is not bool:
        raise BadMessage(f"{kind.__name__} has no place in a message", id)
