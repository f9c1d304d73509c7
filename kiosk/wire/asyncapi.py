"""The AsyncAPI 3.0 description of the wire, made from the code so that it cannot be wrong.

    python -m kiosk.wire.asyncapi > config/asyncapi.yaml

Operations are named from the till's side: it sends what `topics.FROM_TILL` lists and receives the rest.
"""

import sys
from inspect import cleandoc
from typing import Any

import msgspec

from kiosk.wire.asking import KINDS
from kiosk.wire.messages import TYPES, Envelope
from kiosk.wire.topics import FROM_TILL, PREFIX, RETAINED

_SAYS: dict[str, tuple[str, str]] = {
    "sale": ("kassa.sale.v1", "One sealed sale, return or void; repeated until the store acknowledges it."),
    "stock": ("kassa.stock.v1", "The stock movements of one sealed sale; likewise."),
    "event": ("kassa.event.v1", "Interventions, drawer, staff actions, devices; likewise."),
    "state": ("kassa.state.v1", "The lane now; the last will says that it is offline."),
    "basket": ("kassa.basket.v1", "What is in the open basket, when a command asks for it."),
    "health": ("kassa.health.v1", "Devices, paper, disk, clock and outbox."),
    "ask": ("kassa.ask.v1", f"A question with a correlation id: {', '.join(KINDS)}."),
    "answer": ("kassa.answer.v1", "The answer to one question, or why there is none."),
    "ack": ("kassa.ack.v1", "Ids committed by the store; only this clears the till's outbox."),
    "command": ("kassa.command.v1", "An order to the lane, done at most once and not after it expires."),
    "result": ("kassa.result.v1", "What became of a command."),
}
"""Last word of a till's topic -> (type, what it is for). A topic without a message yet is not described."""

_PRICE_BOOK = ("kassa.pricebook.v1", "The price book in use; its rows are fetched by asking.")


def document() -> dict[str, Any]:
    """The whole description as plain values."""
    said = {**_SAYS, "pricebook": _PRICE_BOOK}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Kassa: a till and its store",
            "version": "1",
            "description": "MQTT 5, QoS 1, JSON; CloudEvents 1.0 in structured mode. Amounts are whole minor units, "
            "weights grams, rates basis points, times RFC 3339 UTC.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {what: _channel(what, *about) for what, about in said.items()},
        "operations": {what: _operation(what) for what in said},
        "components": {"messages": {type: _message(type) for type in TYPES}, "schemas": _schemas()},
    }


def _channel(what: str, type: str, about: str) -> dict[str, Any]:
    if what == "pricebook":
        place: dict[str, Any] = {"address": f"{PREFIX}/{{store}}/pricebook", "parameters": {"store": _NAMES["store"]}}
    else:
        place = {"address": f"{PREFIX}/{{store}}/{{till}}/{what}", "parameters": _NAMES}
    return {
        **place,
        "description": about,
        "messages": {type: {"$ref": f"#/components/messages/{type}"}},
    }


_NAMES = {"store": {"description": "[a-z0-9-]{1,32}"}, "till": {"description": "[a-z0-9-]{1,32}"}}


def _operation(what: str) -> dict[str, Any]:
    return {
        "action": "send" if what in FROM_TILL else "receive",
        "channel": {"$ref": f"#/channels/{what}"},
        "bindings": {"mqtt": {"qos": 1, "retain": what in (*RETAINED, "pricebook")}},
    }


def _message(type: str) -> dict[str, Any]:
    return {"contentType": "application/cloudevents+json", "payload": {"$ref": f"#/components/schemas/{_name(type)}"}}


def _name(type: str) -> str:
    return f"Envelope_{TYPES[type].__name__}_"


def _schemas() -> dict[str, Any]:
    envelopes = [Envelope[data] for data in TYPES.values()]  # type: ignore[valid-type]  # one for each kind of data
    lookups = [lookup for pair in KINDS.values() for lookup in pair]
    _, schemas = msgspec.json.schema_components([*envelopes, *lookups], ref_template="#/components/schemas/{name}")
    for type in TYPES:
        schemas[_name(type)]["properties"]["type"] = {"const": type}
    for schema in schemas.values():
        if "description" in schema:  # a docstring: how it is indented depends on the Python
            schema["description"] = cleandoc(schema["description"])
    return dict(sorted(schemas.items()))


def text() -> str:
    """The description as YAML."""
    return msgspec.yaml.encode(document()).decode()


if __name__ == "__main__":
    sys.stdout.write(text())
