"""Topics: where each message goes (CONTRACT, section 3): `kassa/v1/{store}/{till}/{word}`, and the price book head."""

from typing import Literal, NamedTuple

TillWord = Literal["sale", "stock", "basket", "event", "state", "health", "ask", "answer", "ack", "command", "result"]

_ROOT = "kassa/v1"


class Address(NamedTuple):
    """What a topic names. `till` is empty for a topic of the store itself."""

    store: str
    till: str
    word: str


def topic(store: str, till: str, word: TillWord) -> str:
    """A topic of one till; `+` for either name subscribes to all."""
    return f"{_ROOT}/{store}/{till}/{word}"


def price_book_topic(store: str) -> str:
    """Retained: the head of the price book in force."""
    return f"{_ROOT}/{store}/pricebook"


def address(topic: str) -> Address | None:
    """What a received topic names; None for a foreign one."""
    parts = topic.split("/")
    if parts[:2] != _ROOT.split("/") or not all(parts[2:]):
        return None
    if len(parts) == 4:
        return Address(parts[2], "", parts[3])
    return Address(parts[2], parts[3], parts[4]) if len(parts) == 5 else None
