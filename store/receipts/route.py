"""Where the pages are: `/r/{token}`. The token is all that is needed to read a receipt, so nobody may pass it on."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.engine import Engine

from store.config import Config
from store.ledger import find_by_token
from store.receipts.page import CSP, not_here_page, receipt_page
from store.receipts.shop import shop_of

_TOKEN = re.compile(r"[0-9a-f]{32}")
_HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def receipt_router(engine: Engine, config: Config) -> APIRouter:
    """The route of the receipts of one store."""
    router = APIRouter()
    shop = shop_of(config)

    @router.get("/r/{token}", response_class=HTMLResponse, include_in_schema=False)
    def show(token: str, request: Request) -> HTMLResponse:
        entry = find_by_token(engine, token) if _TOKEN.fullmatch(token) else None
        if entry is None:
            language = request.headers.get("accept-language", "en")
            return HTMLResponse(not_here_page(language[:2]), 404, {**_HEADERS, "Retry-After": "60"})
        return HTMLResponse(receipt_page(entry.sale, shop), headers=_HEADERS)

    return router
