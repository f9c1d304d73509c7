"""Prices to come over HTTP: batches, versions and the way back, labels (`/api/v1`)."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from kiosk.wire.price_csv import PRICE_LARGEST_MINOR, PriceRow
from store import price_batches, price_history
from store.caller import Caller
from store.label_words import label_of
from store.labels import UnknownSheet, sheet_of
from store.parts import Parts
from store.price_batches import BadBatch, Batch
from store.price_book import UnknownProduct
from store.price_history import UnknownVersion
from store.price_saving import begin, go_back, limits_of
from store.problem import Problem

Id = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$")]
Code = Annotated[str, Field(pattern=r"^[0-9]{4,14}$")]
PDF = "application/pdf"
SECOND_PERSON: dict[int | str, dict[str, Any]] = {HTTPStatus.ACCEPTED: {"description": "waits for a second person"}}


class NewBatch(BaseModel):
    """Prices by code, in minor units; `starts` is RFC 3339, empty: at once."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field("", max_length=100)
    starts: str = Field("", max_length=40)
    waits_for_labels: bool = False
    prices: dict[Code, Annotated[int, Field(ge=0, le=PRICE_LARGEST_MINOR)]] = Field(min_length=1, max_length=10_000)


def prices_router(parts: Parts) -> APIRouter:
    """All of it."""
    router = APIRouter(tags=["prices"])
    _batches(router, parts)
    _versions(router, parts)
    _labels(router, parts)
    return router


def told(batch: Batch, now_utc_ms: int) -> dict[str, Any]:
    """A batch with what it waits for."""
    return {**msgspec.to_builtins(batch), "state": batch.state(now_utc_ms)}


def waiting(batch: Batch, now_utc_ms: int, answer: Response) -> dict[str, Any]:
    """202: a change that is kept, where it lies, and how somebody else approves it."""
    answer.status_code = HTTPStatus.ACCEPTED
    answer.headers["Location"] = "/api/v1/price-batches"
    return {**told(batch, now_utc_ms), "approve": f"/api/v1/price-batches/{batch.id}/approve"}


def _no(error: BadBatch) -> Problem:
    missing = str(error).startswith("there is no batch")
    return Problem(HTTPStatus.NOT_FOUND if missing else HTTPStatus.CONFLICT, str(error))


def _batches(router: APIRouter, parts: Parts) -> None:
    engine = parts.engine

    @router.get("/price-batches")
    def all_of_them() -> Any:
        """Those that have not started, and the latest of those that have."""
        found = [*price_batches.open_batches(engine), *price_batches.ended_batches(engine)]
        return [told(batch, parts.now_utc_ms()) for batch in found]

    @router.post("/price-batches", status_code=HTTPStatus.CREATED)
    def plan(wanted: NewBatch, by: Caller) -> Any:
        try:
            starts = int(datetime.fromisoformat(wanted.starts).timestamp()) * 1000 if wanted.starts else 0
        except ValueError as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"starts: {wanted.starts!r} is no moment") from error
        try:
            batch = price_batches.plan(
                engine, wanted.prices, name=wanted.name, by=by, starts_utc_ms=starts,
                waits_for_labels=wanted.waits_for_labels, limits=limits_of(parts), now_utc_ms=parts.now_utc_ms(),
            )  # fmt: skip
        except BadBatch as bad:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(bad)) from bad
        return told(batch, parts.now_utc_ms())

    @router.post("/price-batches/{id_}/{act}")
    def act(id_: Id, act: Annotated[str, Path(pattern="^(approve|labels|cancel)$")], by: Caller) -> Any:
        """Approve it as a second person, say that its labels hang, or call it off."""
        try:
            if act == "approve":
                price_batches.approve(engine, id_, by)
            elif act == "labels":
                price_batches.labels_hang(engine, id_, by)
            else:
                price_batches.cancel(engine, id_, by, parts.now_utc_ms())
            begin(parts)
            return told(price_batches.find(engine, id_), parts.now_utc_ms())
        except BadBatch as bad:
            raise _no(bad) from bad

    @router.get("/price-batches/{id_}/labels.pdf", response_class=Response)
    def labels(id_: Id, sheet: str = "a4-24") -> Response:
        try:
            return Response(labels_of_batch(parts, price_batches.find(engine, id_), sheet), media_type=PDF)
        except BadBatch as bad:
            raise _no(bad) from bad
        except UnknownSheet as bad:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(bad)) from bad


def labels_of_batch(parts: Parts, batch: Batch, sheet: str = "a4-24") -> bytes:
    """The labels of what a batch changes, at its prices. UnknownSheet."""
    made = []
    for row in batch.rows:
        try:
            made.append(label_of(parts.prices.row(row.code), parts.config.store.currency, row.price_minor))
        except UnknownProduct:
            continue  # it left the price book since; the batch leaves it out as well
    for edit in batch.edits:
        if isinstance(edit.becomes, PriceRow):
            made.append(label_of(edit.becomes, parts.config.store.currency, edit.becomes.price_minor))
    return sheet_of(made, sheet)


def _versions(router: APIRouter, parts: Parts) -> None:
    engine = parts.engine

    @router.get("/price-book/versions")
    def versions(limit: Annotated[int, Query(ge=1, le=1000)] = 50, offset: Annotated[int, Query(ge=0)] = 0) -> Any:
        return msgspec.to_builtins(price_history.versions(engine, limit, offset))

    @router.get("/price-book/versions/{version}")
    def change(version: int) -> Any:
        """What it added, changed and removed."""
        try:
            return msgspec.to_builtins(price_history.change_of(engine, version))
        except UnknownVersion as error:
            raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error

    @router.post("/price-book/versions/{version}/back", responses=SECOND_PERSON)
    def back(version: int, by: Caller, answer: Response) -> Any:
        """Make the book what it was then, as a new version.

        202 if that changes more than one person may change alone: a batch that waits for somebody else's approval.
        """
        try:
            batch = go_back(parts, version, by=by)
        except UnknownVersion as error:
            raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error
        except BadBatch as bad:
            raise _no(bad) from bad
        if batch is not None and batch.version is None:
            return waiting(batch, parts.now_utc_ms(), answer)
        return {"version": price_history.versions(engine, 1)[0].version}


def _labels(router: APIRouter, parts: Parts) -> None:
    @router.get("/labels.pdf", response_class=Response)
    def labels(words: Annotated[str, Query(max_length=100)] = "", sheet: str = "a4-24") -> Response:
        """Labels of all products with these words, at most 1,000."""
        rows = parts.prices.search(words, 1000)
        try:
            made = sheet_of([label_of(row, parts.config.store.currency) for row in rows], sheet)
        except UnknownSheet as bad:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(bad)) from bad
        return Response(made, media_type=PDF)
