"""API: the books over HTTP, for programs (`/api/v1`, described at `/api/v1/openapi.json`).

Routes are thin: what they answer is worked out in the room that owns it. Amounts are whole minor units, weights grams.
Errors are problem JSON (RFC 9457). A price changed here is published at once, if it needs no second person.
"""

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, FastAPI, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from kiosk.wire.price_csv import PRICE_LARGEST_MINOR, PriceRow
from store import ledger, problem
from store.adoption_route import adoption_router
from store.caller import Caller
from store.channel_order_route import channel_order_router
from store.close_route import close_router
from store.customers_route import customers_router
from store.gates import gate_router
from store.goods_route import goods_router
from store.imports_route import imports_router
from store.introductions_route import introductions_router
from store.lane_config_route import lane_config_router
from store.losses_route import losses_router
from store.monitoring_route import monitoring_router
from store.orders_route import orders_router
from store.parts import Parts
from store.price_batches import BadBatch
from store.price_book import UnknownProduct
from store.price_saving import save
from store.prices_route import SECOND_PERSON, prices_router, waiting
from store.problem import Problem
from store.purchase_route import purchase_router
from store.quarantine_route import quarantine_router
from store.receipts.route import receipt_router
from store.report_schedules_route import schedules_router
from store.reports_route import reports_router
from store.stock_route import stock_router
from store.updates_route import updates_router
from store.users_route import users_router
from store.web_shop_route import web_shop_router
from store.webhook_route import webhook_router

Limit = Annotated[int, Query(ge=1, le=1000, description="how many at most")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="how many to leave out first")]
Words = Annotated[str, Query(max_length=100, description="all of these words, in code or name")]
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="business day, included")]
Code = Annotated[str, Path(pattern=r"^[0-9]{4,14}$", description="GTIN, or PLU of goods without one")]


class NewPrice(BaseModel):
    """What a product shall cost."""

    model_config = ConfigDict(extra="forbid", strict=True)
    price_minor: int = Field(ge=0, le=PRICE_LARGEST_MINOR)


class Price(BaseModel):
    """What a product costs, since that version of the price book."""

    code: str
    name: str
    price_minor: int
    version: str


def make_app(parts: Parts) -> FastAPI:
    """The store's pages for programs and the receipts; the console is put on top of it by `store.console`."""
    app = FastAPI(title="Kassa store", version="1", openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None)
    problem.install(app)
    app.include_router(monitoring_router(parts))
    app.include_router(receipt_router(parts.engine, parts.config))
    app.include_router(_goods_router(parts), prefix="/api/v1")
    app.include_router(goods_router(parts), prefix="/api/v1")
    app.include_router(stock_router(parts), prefix="/api/v1")
    app.include_router(purchase_router(parts), prefix="/api/v1")
    app.include_router(_sales_router(parts), prefix="/api/v1")
    app.include_router(gate_router(parts), prefix="/api/v1")
    app.include_router(orders_router(parts), prefix="/api/v1")
    app.include_router(adoption_router(parts), prefix="/api/v1")
    app.include_router(lane_config_router(parts), prefix="/api/v1")
    app.include_router(introductions_router(parts), prefix="/api/v1")
    app.include_router(losses_router(parts), prefix="/api/v1")
    app.include_router(customers_router(parts), prefix="/api/v1")
    app.include_router(prices_router(parts), prefix="/api/v1")
    app.include_router(quarantine_router(parts), prefix="/api/v1")
    app.include_router(imports_router(parts), prefix="/api/v1")
    app.include_router(channel_order_router(parts), prefix="/api/v1")
    app.include_router(webhook_router(parts), prefix="/api/v1")
    app.include_router(web_shop_router(parts))
    app.include_router(close_router(parts), prefix="/api/v1")
    app.include_router(reports_router(parts), prefix="/api/v1")
    app.include_router(schedules_router(parts), prefix="/api/v1")
    app.include_router(updates_router(parts), prefix="/api/v1")
    app.include_router(users_router(parts), prefix="/api/v1")

    @app.api_route("/api/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def nothing_here(rest: str) -> None:
        raise Problem(HTTPStatus.NOT_FOUND, "there is nothing here; see /api/v1/openapi.json for what there is")

    return app


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


# --- products and prices ----------------------------------------------------------------------------------------------


def _goods_router(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["goods"])

    @router.get("/products")
    def products(words: Words = "", limit: Limit = 100, offset: Offset = 0) -> Any:
        """Rows of the price book in use, by name."""
        return [_product(row) for row in parts.prices.search(words, limit, offset)]

    @router.get("/products/{code}")
    def product(code: Code) -> Any:
        """One product."""
        return _product(_row(parts, code))

    @router.get("/prices/{code}")
    def price(code: Code) -> Price:
        """What a product costs now."""
        return _price(_row(parts, code), parts)

    @router.patch("/prices/{code}", responses=SECOND_PERSON)
    def change_price(code: Code, new: NewPrice, by: Caller, answer: Response) -> Any:
        """A new price: a new version of the price book, charged from the next scan on, on every lane.

        202 if it changes by more than one person may change alone: a batch that waits for somebody else's approval.
        """
        row = _row(parts, code)
        if row.price_minor == new.price_minor:
            return _price(row, parts)
        try:
            batch = save(parts, prices={row.code: new.price_minor}, by=by, name=row.name)
        except BadBatch as error:
            raise Problem(HTTPStatus.CONFLICT, str(error)) from error
        if batch.state(parts.now_utc_ms()) == "approval":
            return waiting(batch, parts.now_utc_ms(), answer)
        return _price(_row(parts, code), parts)

    return router


def _row(parts: Parts, code: str) -> PriceRow:
    try:
        return parts.prices.row(code)
    except UnknownProduct as error:
        raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error


def _product(row: PriceRow) -> dict[str, Any]:
    return {"code": row.code, **_plain(row)}


def _price(row: PriceRow, parts: Parts) -> Price:
    head = parts.prices.head()
    return Price(code=row.code, name=row.name, price_minor=row.price_minor, version=head.version if head else "0")


# --- sales and tills --------------------------------------------------------------------------------------------------


def _sales_router(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["sales"])

    @router.get("/sales")
    def sales(
        words: Annotated[str, Query(max_length=100, description="a part of the key")] = "",
        till: Annotated[str, Query(max_length=32)] = "",
        from_day: Annotated[Day, Query(alias="from")] = "",
        to_day: Annotated[Day, Query(alias="to")] = "",
        flagged: bool = False,
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Any:
        """Sales, the last sealed first."""
        days = {"from_day": from_day, "to_day": to_day}
        found = ledger.latest(parts.engine, limit=limit, offset=offset, words=words, till=till, flagged=flagged, **days)
        return _plain(found)

    @router.get("/sales/{key:path}")
    def sale(key: Annotated[str, Path(description="store/till/business_day/sequence")]) -> Any:
        """One sale as the till sealed it, and what is odd about it."""
        entry = ledger.find(parts.engine, key)
        if entry is None:
            raise Problem(HTTPStatus.NOT_FOUND, f"no sale {key} is in the books")
        return {"sale": entry.body, "flags": _plain(entry.flags)}

    @router.get("/tills")
    def tills() -> Any:
        """Every till that was ever heard of: what it last said of itself, and its last sale."""
        last = ledger.tills(parts.engine)
        live = {lane.till: lane for lane in parts.lanes.all()}
        return [
            {
                "till": till,
                "online": till in live and live[till].online,
                "state": _plain(live[till].state) if till in live else None,
                "health": _plain(live[till].health) if till in live else None,
                "last_sale": last.get(till, ""),
            }
            for till in sorted({*last, *live})
        ]

    return router
