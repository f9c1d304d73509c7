"""Orders from other channels over HTTP: `/api/v1/orders`, placed once by `Idempotency-Key`.

The key is the header of draft-ietf-httpapi-idempotency-key-header: 400 without one, 422 with one that stands for
another content. What cannot be had is 409 with the lines that are short, unless the channel has sold it (`oversell`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Header, Path, Query, Response
from pydantic import Field

from kiosk.values.canonical import digest
from store import channel_orders
from store.channel_order import NotNow, told
from store.channel_orders import KeyUsed, New, Short, UnknownOrder
from store.parts import Parts
from store.problem import Problem
from store.stock_route import Body, Limit, Offset

_ID = r"^[a-z0-9-]{1,32}$"
_NUMBER = r"^[A-Za-z0-9._-]{1,64}$"
Channel = Annotated[str, Path(pattern=_ID)]
Number = Annotated[str, Path(pattern=_NUMBER)]
_MOST, _MOST_G = 1_000_000, 1_000_000_000


class NewOrderLine(Body):
    """So many pieces, or grams of loose goods, of one product."""

    gtin: str = Field(pattern=r"^[0-9]{4,14}$")
    count: int = Field(0, ge=0, le=_MOST)
    weight_g: int = Field(0, ge=0, le=_MOST_G)


class NewOrder(Body):
    """`number` is the channel's own; `oversell`: it is sold, whether we have it or not."""

    channel: str = Field(pattern=_ID)
    number: str = Field(pattern=_NUMBER)
    lines: list[NewOrderLine] = Field(min_length=1, max_length=500)
    note: str = Field("", max_length=500)
    oversell: bool = False


class ShippedLine(Body):
    """So much of one line, by its number."""

    line: int = Field(ge=1, le=500)
    count: int = Field(0, ge=0, le=_MOST)
    weight_g: int = Field(0, ge=0, le=_MOST_G)


class Shipping(Body):
    """Without lines all that is open."""

    lines: list[ShippedLine] | None = Field(None, min_length=1, max_length=500)


class Cancelling(Body):
    """Why, for the record."""

    why: str = Field("", max_length=200)


def channel_order_router(parts: Parts) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["orders"])

    @router.post("/orders", status_code=HTTPStatus.CREATED)
    def place(
        new: NewOrder, response: Response, idempotency_key: Annotated[str | None, Header(max_length=255)] = None
    ) -> Any:
        """Reserves what it waits for, everywhere at once. 201 for a new order, 200 for the same one again."""
        made = _asked(parts, new, idempotency_key)
        with _refusals():
            order, is_new = channel_orders.place(parts.engine, made, now_utc_ms=parts.now_utc_ms())
        response.status_code = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        response.headers["Location"] = f"/api/v1/orders/{order.id}"
        return told(order)

    @router.get("/orders")
    def orders(
        state: Literal["", "open", "reserved", "part_shipped", "shipped", "cancelled"] = "",
        words: Annotated[str, Query(max_length=100, description="a part of channel/number")] = "",
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Any:
        """The newest first."""
        found = channel_orders.orders(parts.engine, state=state, words=words, limit=limit, offset=offset)
        return [told(order) for order in found]

    @router.get("/orders/{channel}/{number}")
    def order(channel: Channel, number: Number) -> Any:
        """One order, and what was done with it."""
        with _refusals():
            found = channel_orders.find(parts.engine, f"{channel}/{number}")
        return {**told(found), "history": msgspec.to_builtins(channel_orders.history(parts.engine, found.id))}

    @router.post("/orders/{channel}/{number}/ship")
    def ship(channel: Channel, number: Number, shipping: Shipping) -> Any:
        """It leaves: the stock is lowered by it."""
        what = None
        if shipping.lines is not None:
            what = {line.line: (line.count, line.weight_g) for line in shipping.lines}
        with _refusals():
            found = channel_orders.ship(parts.engine, f"{channel}/{number}", what, now_utc_ms=parts.now_utc_ms())
        return told(found)

    @router.post("/orders/{channel}/{number}/cancel")
    def cancel(channel: Channel, number: Number, cancelling: Cancelling) -> Any:
        """Nobody waits for what is open any more. Again is the same."""
        id_ = f"{channel}/{number}"
        with _refusals():
            return told(channel_orders.cancel(parts.engine, id_, now_utc_ms=parts.now_utc_ms(), why=cancelling.why))

    return router


def _asked(parts: Parts, new: NewOrder, key: str | None) -> New:
    """The order that is to be placed; Problem for one that could never be."""
    if not key:
        raise Problem(HTTPStatus.BAD_REQUEST, "send an Idempotency-Key header, the same for every repetition")
    wanted = [(line.gtin, line.count, line.weight_g) for line in new.lines]
    with parts.engine.connect() as connection:
        lines = channel_orders.named_lines(connection, wanted)
    if unknown := [line.said for line in lines if not line.gtin]:
        raise Problem(HTTPStatus.NOT_FOUND, f"no product has the code {unknown[0]}")
    if empty := [line.said for line in lines if not any(line.open)]:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{empty[0]}: how much must be more than nothing")
    asked = digest("order", new.model_dump())
    return New(new.channel, new.number, lines, asked, key, new.note, oversell=new.oversell)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except UnknownOrder as error:
        raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error
    except KeyUsed as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
    except NotNow as error:
        raise Problem(HTTPStatus.CONFLICT, str(error)) from error
    except Short as error:
        short = [
            {"gtin": gtin, "wanted_count": want[0], "wanted_g": want[1], "available_count": have[0],
             "available_g": have[1]}
            for gtin, want, have in error.lines
        ]  # fmt: skip
        raise Problem(HTTPStatus.CONFLICT, str(error), short=short) from error
