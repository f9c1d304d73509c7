"""WooCommerce: what its webhooks say of an order, and what it is told of stock (REST API v3). Pure.

A webhook is signed: `X-WC-Webhook-Signature` is the base64 of the HMAC-SHA256 of the body as it came, with the
webhook's secret (WC_Webhook::generate_signature). Its topic is `order.created`, `.updated`, `.deleted` or
`.restored`; what is in it is the order as it is then, of a deleted one only the id. The SKU of a product or variation
is our GTIN, however many leading zeros it has. WooCommerce takes goods out of its own stock when an order is on hold,
processing or completed; so do we.

A refund of part of an order does not change the order's lines. Whoever refunds says whether the goods go back on sale
(*Restock refunded items*); WooCommerce then keeps a running tally of them on each line, in its meta data as
`_restock_refunded_items` (wc_restock_refunded_items in includes/wc-order-functions.php), which every later webhook of
the order carries. A refund that restocks nothing is money only: what is broken is booked as waste by whoever holds it.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from kiosk.values.barcode import parse_typed

CHANNEL = "woocommerce"
SIGNATURE, TOPIC = "X-WC-Webhook-Signature", "X-WC-Webhook-Topic"
TOPICS = ("order.created", "order.updated", "order.deleted", "order.restored")
_RESERVES, _SHIPS = ("on-hold", "processing"), ("completed",)
_RELEASES = ("cancelled", "refunded", "failed", "trash")
RESTOCKED = "_restock_refunded_items"
_LARGEST_ID = 1 << 53
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
MOST_LINES = 1000
Meaning = Literal["reserve", "ship", "release", "wait"]


class BadOrder(ValueError):
    """The body is no order of WooCommerce; the text says why."""


class Meta(msgspec.Struct, frozen=True):
    """One entry of a line's meta data; plug-ins put anything there."""

    key: Any = ""
    value: Any = None


class Item(msgspec.Struct, frozen=True):
    """One line: its own number, what is sold, how many, and what WooCommerce notes about it."""

    id: int
    name: str
    quantity: Any
    sku: str | None = None
    meta_data: tuple[Meta, ...] = ()


class WebOrder(msgspec.Struct, frozen=True):
    """What we need of an order; its other fields are somebody's private life and are not kept."""

    id: int
    status: str = "trash"
    number: str = ""
    date_modified_gmt: str = ""
    line_items: tuple[Item, ...] = ()

    @property
    def meaning(self) -> Meaning:
        """For our stock. An order that is not paid yet, or in a state of somebody's plug-in, changes nothing."""
        if self.status in _RESERVES:
            return "reserve"
        if self.status in _SHIPS:
            return "ship"
        return "release" if self.status in _RELEASES else "wait"


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Whether whoever sent it knows the secret. An empty secret is nobody's."""
    mac = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())
    return bool(secret) and hmac.compare_digest(mac, signature.encode("utf-8", "replace"))


def read_order(body: bytes, topic: str) -> WebOrder:
    """BadOrder."""
    try:
        order = msgspec.json.decode(body, type=WebOrder)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadOrder(f"is no order of WooCommerce: {error}") from error
    ids = [order.id, *(item.id for item in order.line_items)]
    if not all(0 < id_ <= _LARGEST_ID for id_ in ids) or len(set(ids[1:])) < len(ids[1:]):
        raise BadOrder("an order and each of its lines have a number of their own above 0")
    if len(order.line_items) > MOST_LINES:
        raise BadOrder(f"has more than {MOST_LINES} lines")
    when = order.date_modified_gmt if _MOMENT.fullmatch(order.date_modified_gmt) else ""
    if topic == "order.deleted":
        return WebOrder(order.id, "trash", date_modified_gmt=when)
    items = tuple(
        Item(one.id, _printable(one.name), one.quantity, _printable(one.sku or ""), _restocked_only(one.meta_data))
        for one in order.line_items
    )
    return WebOrder(order.id, order.status, _printable(order.number), when, items)


def _restocked_only(meta: tuple[Meta, ...]) -> tuple[Meta, ...]:
    """Nothing else that is in there is kept: it may be what a shopper has typed."""
    return tuple(one for one in meta if one.key == RESTOCKED)


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable())[:200]


def codes_of(sku: str) -> tuple[str, ...]:
    """What the price book may call it, the likeliest first."""
    text = sku.strip()
    read = parse_typed(text)
    return (text, *(read.keys if read is not None else ()))


def pieces(item: Item) -> int:
    """How many; 0 for what is no number of pieces (plug-ins sell halves)."""
    return item.quantity if isinstance(item.quantity, int) and 0 < item.quantity <= 1_000_000 else 0


def restocked(item: Item) -> int:
    """How many pieces of the line refunds have put back on sale in all, at most what was ordered."""
    for one in item.meta_data:
        text = str(one.value).strip() if isinstance(one.value, int | str) else ""
        if one.key == RESTOCKED and text.isascii() and text.isdigit() and len(text) < 10:
            return min(int(text), pieces(item))
    return 0


# --- what it is told --------------------------------------------------------------------------------------------------


class Product(msgspec.Struct, frozen=True):
    """Of the list of products: `parent_id` is of a variation."""

    id: int
    sku: str = ""
    parent_id: int = 0


class Updated(msgspec.Struct, frozen=True):
    """What became of one product of a batch."""

    id: int
    error: Mapping[str, Any] | None = None


class Batch(msgspec.Struct, frozen=True):
    """The answer to a batch."""

    update: tuple[Updated, ...] = ()


def batch_body(wanted: Sequence[tuple[int, int]]) -> bytes:
    """(product, pieces) to be offered from now on."""
    rows = [{"id": id_, "manage_stock": True, "stock_quantity": count} for id_, count in wanted]
    return msgspec.json.encode({"update": rows})


def batch_path(parent: int) -> str:
    """Of products, or of the variations of one."""
    inner = f"products/{parent}/variations" if parent else "products"
    return f"/wp-json/wc/v3/{inner}/batch"
