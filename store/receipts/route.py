"""Where the pages are: `/r/{token}`, `/r/{token}/check`, `/check`.

The token is all that is needed to read a receipt, so nobody may pass it on. Who has one that we do not know yet is told
that it comes.
"""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.engine import Engine

from store.config import Config
from store.ledger import find_by_token
from store.receipts.check_page import FORM_CSP, TEXT_LONGEST, form_page, verdict_page
from store.receipts.genuine import of_record, of_signed, public_keys
from store.receipts.page import CSP, not_here_page, receipt_page, soon_page
from store.receipts.shop import shop_of
from store.receipts.words import accepted, known_language, sayer

_TOKEN = re.compile(r"[0-9a-f]{32}")
_HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}
Language = Annotated[str, Query(alias="lang", max_length=20)]


def receipt_router(engine: Engine, config: Config) -> APIRouter:
    """The routes of the receipts of one store. BadSettings if a key cannot be read."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    shop = shop_of(config)
    keys = public_keys(config.receipts.signing_keys)

    def reader(wanted: str, request: Request) -> str:
        return known_language(wanted) if wanted else accepted(request.headers.get("accept-language", ""))

    @router.get("/r/{token}")
    def show(token: str, request: Request, lang: Language = "") -> HTMLResponse:
        if not _TOKEN.fullmatch(token):
            return HTMLResponse(not_here_page(reader(lang, request)), 404, _HEADERS)
        entry = find_by_token(engine, token)
        if entry is None:
            return HTMLResponse(soon_page(reader(lang, request)), headers=_HEADERS)
        language = known_language(lang or entry.sale.language)
        check = f"{token}/check?lang={language}"
        return HTMLResponse(receipt_page(entry.sale, shop, language, check), headers=_HEADERS)

    @router.get("/r/{token}/check")
    def verdict(token: str, request: Request, lang: Language = "") -> HTMLResponse:
        language = reader(lang, request)
        entry = find_by_token(engine, token) if _TOKEN.fullmatch(token) else None
        if entry is None:
            return HTMLResponse(not_here_page(language), 404, _HEADERS)
        found = of_record(entry, sayer(language))
        return HTMLResponse(verdict_page(found, language, f"../{token}?lang={language}"), headers=_HEADERS)

    @router.get("/check")
    def form(request: Request, lang: Language = "") -> HTMLResponse:
        page = form_page(reader(lang, request), shop.zone)
        return HTMLResponse(page, headers={**_HEADERS, "Content-Security-Policy": FORM_CSP})

    @router.post("/check")
    def checked(
        request: Request, text: Annotated[str, Form(max_length=TEXT_LONGEST)] = "", lang: Language = ""
    ) -> HTMLResponse:
        language = reader(lang, request)
        found = of_signed(engine, text, keys, sayer(language))
        page = form_page(language, shop.zone, found, text)
        return HTMLResponse(page, headers={**_HEADERS, "Content-Security-Policy": FORM_CSP})

    return router
