"""Binding: how messages travel. Two of one shape: `xml_binding.XmlBinding` and `json_binding.JsonBinding`. Pure."""

from collections.abc import Mapping
from typing import Protocol

from drivers.card_terminal.nexo.messages import Message

DEEPEST = 24
"""Levels of a message; the deepest of the standard has some ten."""


class NotNexo(Exception):
    """What came is no answer that may be believed. The text says why, for people."""


class Binding(Protocol):
    """Messages to the body of an HTTP request, and back from an answer's."""

    path: str
    headers: Mapping[str, str]

    def encode(self, message: Message) -> bytes:
        """A request of ours."""

    def decode(self, body: bytes) -> Message:
        """An answer, without its root element. Raises NotNexo."""

    def decode_request(self, body: bytes) -> tuple[Message, bool]:
        """A request of the terminal's, without its root element, and whether its words may be believed. As above."""

    def encode_response(self, message: Message) -> bytes:
        """Our answer to it."""


def rejected(notification: object) -> str:
    """What a terminal says that rejects a message (EventNotification), in a few words."""
    details = notification.get("EventDetails") if isinstance(notification, dict) else None
    return f"the terminal rejects the message: {str(details or 'it does not say why')[:200]}"
