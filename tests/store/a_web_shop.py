"""A short hand for tests with a web shop: its orders as WooCommerce sends them, signed."""

import base64
import hashlib
import hmac
import json
from typing import Any

from fastapi.testclient import TestClient
from selling import NOW

from kiosk.wire.price_csv import PriceRow
from store import stock
from store.parts import Parts

SKIRT = PriceRow(gtin="9520000000035", name="Skirt", price_minor=39900, tax_class="standard")
SECRET = "a web hook's secret"


def deliver(parts: Parts, row: PriceRow, count: int) -> None:
    stock.move(parts.engine, "delivery", row.code, count=count, weight_g=0, now_utc_ms=NOW, note="")


def order(id_: int, status: str, *items: tuple[str, Any], modified: str = "2026-11-23T10:00:00") -> dict[str, Any]:
    """As WooCommerce sends it, with what we must not keep."""
    lines = [
        {"id": 300 + n, "name": f"Thing {n}", "product_id": 7, "quantity": many, "sku": sku, "total": "10.00"}
        for n, (sku, many) in enumerate(items)
    ]
    return {
        "id": id_, "number": str(id_), "status": status, "currency": "SEK", "date_modified_gmt": modified,
        "billing": {"first_name": "Astrid", "email": "astrid@example.org"}, "line_items": lines,
    }  # fmt: skip


def hook(web: TestClient, what: Any, topic: str = "order.updated", secret: str = SECRET) -> Any:
    body = json.dumps(what).encode()
    signature = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    headers = {"X-WC-Webhook-Signature": signature, "X-WC-Webhook-Topic": topic, "Content-Type": "application/json"}
    return web.post("/hooks/woocommerce", content=body, headers=headers)


def level(parts: Parts, row: PriceRow = SKIRT) -> tuple[int, int, int]:
    found = stock.one(parts.engine, row.code)
    return found.count, found.reserved_count, found.available_count
