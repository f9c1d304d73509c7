"""Web shop, towards us: `POST /hooks/woocommerce`. Whoever knows the webhook's secret is the shop, nobody else.

When a webhook is saved, WooCommerce tries the address with a ping that is not signed (`webhook_id=...`) and wants to
hear 200; it changes nothing.
"""

from http import HTTPStatus
from pathlib import Path
from typing import Any

import structlog
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from store.parts import Parts
from store.problem import Problem
from store.web_shop_orders import take_order
from store.woocommerce import SIGNATURE, TOPIC, TOPICS, BadOrder, is_signed, read_order

LARGEST_BYTES = 1 << 20


def web_shop_router(parts: Parts) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["orders"])
    log = structlog.get_logger("web_shop")

    @router.post("/hooks/woocommerce")
    async def hook(request: Request) -> Any:
        """An order of the web shop, as it is now."""
        body = await _body(request)
        file = parts.config.woocommerce.webhook_secret_file
        if not file:
            raise Problem(HTTPStatus.NOT_FOUND, "no web shop is configured; see woocommerce.webhook_secret_file")
        signature = request.headers.get(SIGNATURE, "")
        if not signature and body.startswith(b"webhook_id=") and len(body) < 40:
            return {"taken": False}
        secret = await run_in_threadpool(Path(file).read_text, "utf-8")
        if not is_signed(secret.strip(), body, signature):
            log.warning("web_shop.not_signed", source=request.client.host if request.client else "")
            raise Problem(HTTPStatus.UNAUTHORIZED, "the signature does not fit; is the webhook's secret the same here?")
        topic = request.headers.get(TOPIC, "")
        if topic not in TOPICS:
            return {"taken": False}
        try:
            said = read_order(body, topic)
        except BadOrder as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
        order = await run_in_threadpool(take_order, parts.engine, said, parts.now_utc_ms())
        if order is None:
            return {"taken": False}
        return {"taken": True, "order": order.id, "state": order.state}

    return router


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BYTES:
            raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {LARGEST_BYTES} bytes")
    return bytes(body)
