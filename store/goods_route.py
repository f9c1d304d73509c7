"""Products and offers over HTTP: looked up, changed in batches like prices, and tried on a basket (`/api/v1`).

Whatever is sent is checked as a line of a file would be. `version` is the version of the price book that the sender has
read: if somebody else has changed the same field since, the answer is 409 and says which.
"""

from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import APIRouter, Request
from fastapi import Path as InPath
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from kiosk.values.moment import rfc3339
from kiosk.values.picture import BadPicture
from kiosk.wire.offers_csv import Entry, OfferRow
from kiosk.wire.price_csv import PriceRow
from store import picture_upload, price_history
from store.basket_preview import Much, preview
from store.book_edits import Edit, offer_problems, product_problems
from store.caller import Caller
from store.packs import tax_classes
from store.parts import Parts
from store.price_batches import BadBatch
from store.price_book import UnknownProduct
from store.price_saving import save
from store.prices_route import told
from store.problem import Problem

Code = Annotated[str, InPath(pattern=r"^[0-9]{4,14}$", description="GTIN, or PLU of goods without one")]
OfferId = Annotated[str, InPath(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]


_Row = TypeVar("_Row", PriceRow, OfferRow)


class When(BaseModel):
    """When a change begins and what it waits for. `starts` is RFC 3339, empty: at once."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(default="", max_length=100)
    starts: str = Field(default="", max_length=40)
    waits_for_labels: bool = False
    version: int = Field(default=0, ge=0, description="of the price book that was read; 0: the one in use")


class Change(When):
    """Fields of a product, as GET gives them, that shall be otherwise."""

    product: dict[str, Any] = Field(min_length=1)


class Offer(When):
    """A whole offer, as GET gives it; its id is in the path."""

    offer: dict[str, Any]


class Bought(BaseModel):
    """So many of one product, or so many grams of what is sold by weight."""

    model_config = ConfigDict(extra="forbid", strict=True)
    code: str = Field(pattern=r"^[0-9]{4,14}$")
    count: int = Field(default=1, ge=1, le=999)
    weight_g: int | None = Field(default=None, ge=1, le=100_000)


class Tried(BaseModel):
    """A basket; `offer` is one that is being written, beside those in use; `at` is RFC 3339, empty: now."""

    model_config = ConfigDict(extra="forbid", strict=True)
    basket: list[Bought] = Field(min_length=1, max_length=100)
    offer: dict[str, Any] | None = None
    at: str = Field(default="", max_length=40)
    member: bool = False
    groups: list[str] = Field(default=[], max_length=20)
    coupons: list[str] = Field(default=[], max_length=20, description="ids of offers whose coupon lies in the basket")


def goods_router(parts: Parts) -> APIRouter:
    """All of it."""
    router = APIRouter(tags=["goods"])
    _products(router, parts)
    _offers(router, parts)
    _trying(router, parts)
    return router


def _products(router: APIRouter, parts: Parts) -> None:
    @router.patch("/products/{code}")
    def change(code: Code, wanted: Change, by: Caller) -> Any:
        """The batch that it became; `state` says whether it is in use."""
        was = _product_at(parts, code, wanted.version)
        becomes = _decoded({**msgspec.to_builtins(was), **wanted.product}, PriceRow)
        if becomes.code != code:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "a code cannot change; add another product")
        return _saved(parts, _checked(parts, Edit(code, was, becomes)), wanted, by)

    @router.put("/products/{code}", status_code=HTTPStatus.CREATED)
    def add(code: Code, wanted: Change, by: Caller) -> Any:
        """A new product."""
        becomes = _decoded(wanted.product, PriceRow)
        if becomes.code != code:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"the product's code is {becomes.code}, not {code}")
        return _saved(parts, _checked(parts, Edit(code, None, becomes)), wanted, by)

    @router.delete("/products/{code}")
    def end(code: Code, by: Caller) -> Any:
        """It is not sold any more."""
        return _saved(parts, Edit(code, _product_at(parts, code, 0), None), When(), by)

    @router.post("/pictures", status_code=HTTPStatus.CREATED)
    async def picture(request: Request) -> Any:
        """A JPEG, PNG, WebP or GIF as the body; `picture` is what a product says of it."""
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > picture_upload.MOST_BYTES:
                raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"larger than {picture_upload.MOST_BYTES >> 20} MiB")
        folder = Path(parts.config.pictures.folder)
        try:
            source = await run_in_threadpool(picture_upload.upload, folder, bytes(content), parts.now_utc_ms())
        except BadPicture as bad:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"the picture {bad}") from bad
        return {"picture": source}


def _offers(router: APIRouter, parts: Parts) -> None:
    @router.get("/offers")
    def offers() -> Any:
        """Those in use, by id; also those whose days are over or to come."""
        return msgspec.to_builtins(parts.prices.offers())

    @router.get("/offers/{id_}")
    def offer(id_: OfferId) -> Any:
        return msgspec.to_builtins(_offer(parts, id_))

    @router.put("/offers/{id_}")
    def write(id_: OfferId, wanted: Offer, by: Caller) -> Any:
        """A new offer, or another one under the same id; the answer is the batch that it became."""
        becomes = _decoded({**wanted.offer, "offer": id_}, OfferRow)
        was = next((one for one in parts.prices.offers() if one.offer == id_), None)
        if wanted.version:
            then = _then(parts, becomes.code, wanted.version)
            was = then if isinstance(then, OfferRow) else None
        return _saved(parts, _checked(parts, Edit(becomes.code, was, becomes)), wanted, by)

    @router.delete("/offers/{id_}")
    def end(id_: OfferId, by: Caller) -> Any:
        """It ends; the answer is the batch that it became."""
        was = _offer(parts, id_)
        return _saved(parts, Edit(was.code, was, None), When(), by)


def _trying(router: APIRouter, parts: Parts) -> None:
    @router.post("/price-book/basket")
    def basket(tried: Tried) -> Any:
        """What the basket costs; nothing changes."""
        offers = {one.offer: one for one in parts.prices.offers()}
        if tried.offer is not None:
            draft = _decoded(tried.offer, OfferRow)
            _checked(parts, Edit(draft.code, None, draft))
            offers[draft.offer] = draft
        at = _moment(tried.at, "at") or parts.now_utc_ms()
        local = datetime.fromisoformat(rfc3339(at)).astimezone(parts.config.zone)
        much = [_much(parts, one) for one in tried.basket]
        who = {"member": tried.member, "groups": tuple(tried.groups), "coupons": tried.coupons}
        return msgspec.to_builtins(preview(much, offers.values(), local, **who))  # type: ignore[arg-type]  # by name


def _much(parts: Parts, one: Bought) -> Much:
    row = _product_at(parts, one.code, 0)
    if (one.weight_g is not None) is not (row.sold_by == "kg"):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{row.name} is sold by {row.sold_by}")
    return Much(row, one.count, one.weight_g)


def _product_at(parts: Parts, code: str, version: int) -> PriceRow:
    """As it was in that version of the price book; 0: as it is."""
    try:
        now = parts.prices.row(code)
    except UnknownProduct as error:
        raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error
    then = _then(parts, code, version) if version else now
    return then if isinstance(then, PriceRow) else now


def _then(parts: Parts, code: str, version: int) -> Entry | None:
    try:
        return price_history.entry_at(parts.engine, code, version)
    except price_history.UnknownVersion as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error


def _offer(parts: Parts, id_: str) -> OfferRow:
    found = next((one for one in parts.prices.offers() if one.offer == id_), None)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, f"there is no offer {id_}")
    return found


def _decoded(said: Any, kind: type[_Row]) -> _Row:
    """What a caller writes is taken at their word: a column that there is not is a mistake, not one to come."""
    if isinstance(said, dict) and (strange := sorted(said.keys() - set(kind.__struct_fields__))):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"there is no column {strange[0]!r}")
    try:
        return msgspec.convert(said, kind)
    except msgspec.ValidationError as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error


def _checked(parts: Parts, edit: Edit) -> Edit:
    becomes = edit.becomes
    if isinstance(becomes, OfferRow):
        problems = offer_problems(becomes)
    else:
        assert becomes is not None, "what ends is not checked"
        problems = product_problems(becomes, tax_classes(parts.config.store.jurisdiction))
    if problems:
        told_ = [f"{column}: {what}" for column, what in problems]
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(told_), problems=told_)
    return edit


def _moment(text: str, field: str) -> int:
    try:
        return int(datetime.fromisoformat(text).timestamp()) * 1000 if text else 0
    except ValueError as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{field}: {text!r} is no moment") from error


def _saved(parts: Parts, edit: Edit, when: When, by: str) -> Any:
    starts = _moment(when.starts, "starts")
    try:
        batch = save(
            parts, [edit], by=by, name=when.name, starts_utc_ms=starts, waits_for_labels=when.waits_for_labels
        )  # fmt: skip
    except BadBatch as bad:
        raise Problem(HTTPStatus.CONFLICT, str(bad)) from bad
    return told(batch, parts.now_utc_ms())
