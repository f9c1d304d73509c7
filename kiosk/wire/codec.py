"""Codec: messages to bytes and back, strictly. Whatever arrives and is not one of ours is BadMessage, never a crash."""

from typing import NamedTuple

import msgspec

from kiosk.wire.messages import TYPES, Envelope, Message

LONGEST = 4 * 1024 * 1024
"""Bytes of the longest message that is read; a full price book comes in chunks far below it."""

_ENVELOPE = msgspec.json.Decoder(Envelope)
_DATA = {name: msgspec.json.Decoder(shape) for name, shape in TYPES.items()}
_NAMES = {shape: name for name, shape in TYPES.items()}


class BadMessage(Exception):
    """Bytes that are no message of ours; the text says why."""


class Received(NamedTuple):
    """A message and its envelope."""

    envelope: Envelope
    data: Message


def encode(message: Message, *, id: str, source: str, time: str) -> bytes:
    """The message in its envelope, as JSON. `time` is RFC 3339."""
    envelope = Envelope(
        id=id, source=source, type=_NAMES[type(message)], time=time, data=msgspec.Raw(msgspec.json.encode(message))
    )
    return msgspec.json.encode(envelope)


def decode(payload: bytes) -> Received:
    """The message in these bytes. Raises BadMessage."""
    if len(payload) > LONGEST:
        raise BadMessage(f"{len(payload)} bytes are more than the {LONGEST} that are read")
    try:
        envelope = _ENVELOPE.decode(payload)
    except msgspec.DecodeError as error:
        raise BadMessage(f"no CloudEvents envelope: {error}") from None
    decoder = _DATA.get(envelope.type)
    if decoder is None:
        raise BadMessage(f"the type {envelope.type!r} is not known here")
    try:
        return Received(envelope, decoder.decode(envelope.data))  # type: ignore[arg-type]  # TYPES lists Message's members
    except msgspec.DecodeError as error:
        raise BadMessage(f"{envelope.type} {envelope.id}: {error}") from None


def till_source(store: str, till: str) -> str:
    """The `source` of a till's messages."""
    return f"/kassa/{store}/{till}"
