"""Topics: where a message goes (CONTRACT: `kassa/v1/{store}/{till}/{what}`), and what a topic says about its sender.

A broker's access list can pin a till to its own topics, so the topic is the only proof of who speaks: what a message
says inside is compared with it. Names of stores and tills are `[a-z0-9-]{1,32}`; anything else has no topic.
"""

import re
from typing import Literal

import msgspec

PREFIX = "kassa/v1"

What = Literal["sale", "stock", "basket", "event", "state", "health", "ask", "answer", "ack", "command", "result"]
"""The last word of a till's topic."""

FROM_TILL: tuple[What, ...] = ("sale", "stock", "basket", "event", "state", "health", "ask", "result")
FROM_STORE: tuple[What, ...] = ("answer", "ack", "command")
RETAINED: tuple[What, ...] = ("state", "health")

NAME = re.compile(r"[a-z0-9-]{1,32}")
"""What a store or a till may be called."""

_TOPIC = re.compile(rf"{PREFIX}/([a-z0-9-]{{1,32}})/([a-z0-9-]{{1,32}})/([a-z]+)")


class Address(msgspec.Struct, frozen=True):
    """A till's topic, taken apart."""

    store: str
    till: str
    what: What


def till_topic(store: str, till: str, what: What) -> str:
    """`kassa/v1/s001/k01/sale`. AssertionError for a name that could reach beyond its place."""
    assert NAME.fullmatch(store) and NAME.fullmatch(till), f"no name for a topic: {store!r}, {till!r}"
    return f"{PREFIX}/{store}/{till}/{what}"


def client_id(store: str, till: str) -> str:
    """How a till calls itself at the broker, which lets nobody else in under that while it is there."""
    return f"kassa-{store}-{till}"


def price_book_topic(store: str) -> str:
    """Where the store keeps the head of its price book, retained."""
    assert NAME.fullmatch(store), f"no name for a topic: {store!r}"
    return f"{PREFIX}/{store}/pricebook"


def every_till(store: str, what: What) -> str:
    """The subscription of a store to one kind of message of all its tills."""
    assert NAME.fullmatch(store), f"no name for a topic: {store!r}"
    return f"{PREFIX}/{store}/+/{what}"


def parse_topic(topic: str) -> Address | None:
    """Who speaks about what; None if this is no till's topic."""
    found = _TOPIC.fullmatch(topic)
    if found is None or found[3] not in (*FROM_TILL, *FROM_STORE):
        return None
    return Address(found[1], found[2], found[3])
