"""Purchase orders over HTTP: suppliers, drafts, what was sent, what has come, what nobody waits for any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from kiosk.values.moment import local
from store import purchase_orders, reorder
from store.caller import Caller
from store.parts import Parts
from store.price_book import UnknownProduct
from store.problem import Problem
from store.purchase_order import BadOrder, Line, Order, told
from store.purchase_orders import NoSuchOrder, Supplier
from store.stock import UnknownPlace
from store.stock_ledger import FLOOR
from store.stock_route import Body, Limit, NewLine, Offset
from store.stock_slips import BadSlip, SlipLine

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_MOST, _MOST_G, _MOST_MINOR = 1_000_000, 1_000_000_000, 1_000_000_000
_TEXT = Field("", max_length=200)
_DAY = Field("", max_length=10, description="when it should come, as ISO 8601")


class NewSupplier(Body):
    """Who sells to the shop, and where orders go."""

    name: str = Field(min_length=1, max_length=200)
    email: str = _TEXT
    account: str = Field("", max_length=200, description="the shop's number at theirs")
    lead_days: int = Field(0, ge=0, le=365, description="from order to delivery; 0: unsaid")


class OrderLine(Body):
    """So much of one product; what one piece or kilogram costs without tax, else what it cost last."""

    gtin: str = Field(pattern=r"^[0-9]{4,14}$")
    count: int = Field(0, ge=0, le=_MOST)
    weight_g: int = Field(0, ge=0, le=_MOST_G)
    price_minor: int | None = Field(None, ge=0, le=_MOST_MINOR)
    supplier_code: str = _TEXT


class Changed(Body):
    """What is on a draft."""

    lines: list[OrderLine] = Field(min_length=1, max_length=1000)
    expected: str = _DAY
    note: str = _TEXT


class NewOrder(Changed):
    """An order by hand."""

    supplier: str = Field(min_length=1, max_length=200)


class Proposed(Body):
    """What the shop is short of, from one supplier."""

    supplier: str = Field(min_length=1, max_length=200)
    expected: str = _DAY


class Sending(Body):
    """`mail`: by e-mail to the supplier; otherwise somebody has told them."""

    mail: bool = False


class Came(Body):
    """What has come; the `note` is the delivery note's number, which is taken once."""

    lines: list[NewLine] = Field(min_length=1, max_length=1000)
    place: str = Field(FLOOR, pattern=r"^[a-z0-9-]{1,32}$")
    note: str = _TEXT


class Rest(Body):
    """Which products nobody waits for any more; none: all of the order's."""

    gtins: list[Annotated[str, Field(pattern=r"^[0-9]{4,14}$")]] = Field([], max_length=1000)


def purchase_router(parts: Parts) -> APIRouter:
    """All of it."""
    router = APIRouter(tags=["purchase orders"])
    _suppliers(router, parts)
    _making(router, parts)
    _acting(router, parts)
    return router


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (NoSuchOrder, UnknownProduct) as error:
        raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error
    except (BadOrder, BadSlip, UnknownPlace) as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error


def _lines(lines: list[OrderLine]) -> list[Line]:
    return [Line(**line.model_dump()) for line in lines]


def _suppliers(router: APIRouter, parts: Parts) -> None:
    @router.get("/suppliers")
    def suppliers() -> Any:
        """Everybody that a product's rule or an order names."""
        return msgspec.to_builtins(purchase_orders.suppliers(parts.engine))

    @router.put("/suppliers")
    def supplier(new: NewSupplier) -> Any:
        """In place of what was known of the name."""
        with _refusals():
            return msgspec.to_builtins(purchase_orders.keep_supplier(parts.engine, Supplier(**new.model_dump())))


def _making(router: APIRouter, parts: Parts) -> None:
    @router.get("/purchase-orders")
    def orders(
        state: Literal["", "open", "draft", "sent", "closed", "dropped"] = "",
        supplier: Annotated[str, Query(max_length=200)] = "",
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Any:
        """The newest first; `open`: drafts, and what has not wholly come."""
        found = purchase_orders.orders(parts.engine, state=state, supplier_name=supplier, limit=limit, offset=offset)
        return [told(order) for order in found]

    @router.get("/purchase-orders/{number}", response_model=None)
    def one(number: Number, format: Literal["json", "csv", "pdf"] = "json") -> Any:
        """One, also as the supplier gets it."""
        with _refusals():
            order = purchase_orders.find(parts.engine, number)
        return told(order) if format == "json" else _file(parts, order, format)

    @router.post("/purchase-orders", status_code=HTTPStatus.CREATED)
    def make(new: NewOrder, caller: Caller) -> Any:
        """A draft by hand."""
        about: dict[str, Any] = {"expected": new.expected, "note": new.note, "staff": caller}
        with _refusals():
            return told(
                purchase_orders.make(
                    parts.engine, new.supplier, _lines(new.lines), now_utc_ms=parts.now_utc_ms(), **about
                )
            )

    @router.post("/purchase-orders-proposed", status_code=HTTPStatus.CREATED)
    def propose(new: Proposed, caller: Caller) -> Any:
        """Drafts of what is proposed of one supplier; none if there is enough."""
        with _refusals():
            made = reorder.order_proposed(
                parts.engine, new.supplier, now_utc_ms=parts.now_utc_ms(), expected=new.expected, staff=caller
            )
        return [told(order) for order in made]

    @router.put("/purchase-orders/{number}")
    def amend(number: Number, new: Changed) -> Any:
        """Other lines on a draft."""
        about = {"expected": new.expected, "note": new.note}
        with _refusals():
            return told(purchase_orders.amend(parts.engine, number, _lines(new.lines), **about))


def _file(parts: Parts, order: Order, form: str) -> Response:
    from store.purchase_files import order_csv, order_pdf

    if form == "csv":
        return Response(order_csv(order), media_type="text/csv; charset=utf-8")
    with parts.engine.connect() as connection:
        supplier = purchase_orders.supplier_in(connection, order.supplier)
    day = local(order.sent_utc_ms or parts.now_utc_ms(), parts.config.zone).date().isoformat()
    return Response(order_pdf(order, supplier, parts.config, day), media_type="application/pdf")


def _acting(router: APIRouter, parts: Parts) -> None:
    engine = parts.engine

    @router.post("/purchase-orders/{number}/send")
    def send(number: Number, how: Sending, caller: Caller) -> Any:
        """The supplier has it, or gets it."""
        if how.mail and not parts.config.smtp.url:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "this store sends no mail; see [smtp] in store.toml")
        with _refusals():
            return told(
                purchase_orders.send(engine, number, now_utc_ms=parts.now_utc_ms(), staff=caller, mail=how.mail)
            )

    @router.post("/purchase-orders/{number}/receive")
    def receive(number: Number, came: Came, caller: Caller) -> Any:
        """So much of it has come, and is in stock."""
        lines = [SlipLine(**line.model_dump()) for line in came.lines]
        about: dict[str, Any] = {"place": came.place, "note": came.note, "staff": caller}
        with _refusals():
            return told(purchase_orders.receive(engine, number, lines, now_utc_ms=parts.now_utc_ms(), **about))

    @router.post("/purchase-orders/{number}/give-up")
    def give_up(number: Number, rest: Rest, caller: Caller) -> Any:
        """Nobody waits for the rest any more."""
        with _refusals():
            return told(
                purchase_orders.give_up(engine, number, rest.gtins, now_utc_ms=parts.now_utc_ms(), staff=caller)
            )

    @router.post("/purchase-orders/{number}/drop")
    def drop(number: Number, caller: Caller) -> Any:
        """A draft that nobody sends."""
        with _refusals():
            return told(purchase_orders.drop(engine, number, now_utc_ms=parts.now_utc_ms(), staff=caller))
