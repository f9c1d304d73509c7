"""Stock over HTTP: levels, movements, slips, transfers, counts, what to buy, what expires."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from kiosk.values.moment import local
from store import expiry, reorder, stock, stock_counts, stock_slips, stock_transfers
from store.parts import Parts
from store.price_book import UnknownProduct
from store.problem import Problem
from store.stock import Place, Reason, UnknownPlace
from store.stock_ledger import FLOOR
from store.stock_slips import BadSlip, SlipLine

Limit = Annotated[int, Query(ge=1, le=1000, description="how many at most")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="how many to leave out first")]
Words = Annotated[str, Query(max_length=100, description="all of these words, in code or name")]
Gtin = Annotated[str, Path(pattern=r"^[0-9]{4,14}$", description="GTIN, or PLU of goods without one")]
Id = Annotated[str, Path(pattern=r"^[a-z]{1,20}-[0-9]{1,16}-[0-9a-f]{8}$")]
_CODE = Field(pattern=r"^[0-9]{4,14}$")
_PLACE = Field(FLOOR, pattern=r"^[a-z0-9-]{1,32}$")
_BATCH = Field("", max_length=20, pattern=r"^[!-~]*$", description="AI 10")
_DAY = Field("", pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="AI 17 or 15, as ISO 8601")
_NOTE = Field("", max_length=200)
_MOST, _MOST_G = 1_000_000, 1_000_000_000


class Body(BaseModel):
    """Nothing that we do not know, nothing made fit."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NewMovement(Body):
    """What came (`delivery`), went (`waste`) or is there (`count`)."""

    gtin: str = _CODE
    kind: Literal["delivery", "count", "waste"]
    count: int = Field(0, ge=-_MOST, le=_MOST)
    weight_g: int = Field(0, ge=-_MOST_G, le=_MOST_G)
    note: str = _NOTE
    place: str = _PLACE
    reason: Reason = ""
    batch: str = _BATCH
    expiry: str = _DAY


class NewLine(Body):
    """So much of one product."""

    gtin: str = _CODE
    count: int = Field(0, ge=0, le=_MOST)
    weight_g: int = Field(0, ge=0, le=_MOST_G)
    batch: str = _BATCH
    expiry: str = _DAY
    reason: Reason = ""


_LINES = Field(min_length=1, max_length=1000)


class NewSlip(Body):
    """A delivery, or waste, of many products: all or nothing."""

    kind: Literal["delivery", "waste"]
    lines: list[NewLine] = _LINES
    place: str = _PLACE
    note: str = _NOTE


class NewTransfer(Body):
    """From one place to another."""

    from_place: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    to_place: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    lines: list[NewLine] = _LINES
    note: str = _NOTE


class Came(Body):
    """What has come, where it is not what was sent."""

    lines: list[NewLine] = Field([], max_length=1000)


class NewPlace(Body):
    """Where goods are: `here`, or in another `shop`."""

    name: str = Field(min_length=1, max_length=80)
    kind: Literal["here", "shop"] = "here"


class NewCount(Body):
    """What is to be counted, and where."""

    place: str = _PLACE
    words: str = Field("", max_length=100)


class Counted(Body):
    """So much is there; `more`: so much more than was counted before."""

    count: int = Field(0, ge=-_MOST, le=_MOST)
    weight_g: int = Field(0, ge=-_MOST_G, le=_MOST_G)
    more: bool = False


class Ending(Body):
    """`rest_is_gone`: what is on the list and was not counted is not there."""

    rest_is_gone: bool = False


class NewRule(Body):
    """When to buy, up to how much, in which packs, from whom."""

    minimum_count: int = Field(0, ge=0, le=_MOST)
    fill_to_count: int = Field(0, ge=0, le=_MOST)
    pack_count: int = Field(1, ge=1, le=_MOST)
    minimum_g: int = Field(0, ge=0, le=_MOST_G)
    fill_to_g: int = Field(0, ge=0, le=_MOST_G)
    pack_g: int = Field(1, ge=1, le=_MOST_G)
    safety_count: int | None = Field(None, ge=0, le=_MOST)
    supplier: str = _NOTE
    supplier_code: str = _NOTE


def stock_router(parts: Parts) -> APIRouter:
    """All of it."""
    router = APIRouter(tags=["stock"])
    _levels(router, parts)
    _slips(router, parts)
    _transfers(router, parts)
    _counts(router, parts)
    _buying(router, parts)
    return router


@contextmanager
def _refusals() -> Iterator[None]:
    """What the rooms below refuse, as problems."""
    try:
        yield
    except (UnknownProduct, stock_counts.NoSuchCount, stock_transfers.NoSuchTransfer) as error:
        raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error
    except (BadSlip, UnknownPlace) as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def _lines(lines: list[NewLine]) -> list[SlipLine]:
    return [SlipLine(**line.model_dump()) for line in lines]


def _levels(router: APIRouter, parts: Parts) -> None:
    @router.get("/stock")
    def on_hand(words: Words = "", below_zero: bool = False, limit: Limit = 100, offset: Offset = 0) -> Any:
        """What ever moved, by name: on hand, reserved for orders, available; pieces, or grams of loose goods."""
        found = stock.on_hand(parts.engine, limit=limit, offset=offset, words=words, below_zero=below_zero)
        return _plain(found)

    @router.get("/stock/{gtin}")
    def one(gtin: Gtin) -> Any:
        """One product, also by place."""
        with _refusals():
            found = stock.one(parts.engine, gtin)
        levels = stock.by_place(parts.engine, gtin).items()
        by_place = [{"place": at, "count": count, "weight_g": weight_g} for at, (count, weight_g) in levels]
        return {**_plain(found), "places": by_place}

    @router.get("/stock-places")
    def places() -> Any:
        """Where goods are."""
        return _plain(stock.places(parts.engine))

    @router.put("/stock-places/{id}")
    def place(id: Annotated[str, Path(pattern=r"^[a-z0-9-]{1,32}$")], new: NewPlace) -> Any:
        """Another place, or another name for one."""
        if id == FLOOR and new.kind != "here":
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "the lanes sell from the floor; it is here")
        made = Place(id, new.name, new.kind)
        stock.add_place(parts.engine, made)
        return _plain(made)


def _slips(router: APIRouter, parts: Parts) -> None:
    @router.get("/stock-movements")
    def movements(
        gtin: Annotated[str, Query(max_length=14)] = "",
        kind: Annotated[str, Query(max_length=20)] = "",
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Any:
        """The stock's history, the newest first."""
        return _plain(stock.movements(parts.engine, gtin=gtin, kind=kind, limit=limit, offset=offset))

    @router.post("/stock-movements", status_code=HTTPStatus.CREATED)
    def move(new: NewMovement) -> Any:
        """A delivery, waste, or a stock-taking. Answers what is on hand now."""
        said = new.model_dump(exclude={"kind", "gtin"})
        with _refusals():
            return _plain(stock.move(parts.engine, new.kind, new.gtin, **said, now_utc_ms=parts.now_utc_ms()))

    @router.post("/stock-slips", status_code=HTTPStatus.CREATED)
    def slip(new: NewSlip) -> Any:
        """A delivery or waste of many products. Answers the `cause` that its movements have."""
        about: dict[str, Any] = {"place": new.place, "note": new.note}
        with _refusals():
            id_ = stock_slips.book_slip(
                parts.engine, new.kind, _lines(new.lines), now_utc_ms=parts.now_utc_ms(), **about
            )
        return {"id": id_}


def _transfers(router: APIRouter, parts: Parts) -> None:
    @router.get("/stock-transfers")
    def transfers(state: Literal["", "sent", "received"] = "", limit: Limit = 100) -> Any:
        """The newest first."""
        return _plain(stock_transfers.transfers(parts.engine, state, limit))

    @router.post("/stock-transfers", status_code=HTTPStatus.CREATED)
    def send(new: NewTransfer) -> Any:
        """It leaves."""
        with _refusals():
            id_ = stock_transfers.send(
                parts.engine, new.from_place, new.to_place, _lines(new.lines), now_utc_ms=parts.now_utc_ms(),
                note=new.note,
            )  # fmt: skip
            return _plain(stock_transfers.find(parts.engine, id_))

    @router.post("/stock-transfers/{id}/receive")
    def receive(id: Id, came: Came) -> Any:
        """It is there; without lines, all of it."""
        lines = {line.gtin: (line.count, line.weight_g) for line in came.lines}
        with _refusals():
            return _plain(stock_transfers.receive(parts.engine, id, lines, now_utc_ms=parts.now_utc_ms()))


def _counts(router: APIRouter, parts: Parts) -> None:
    @router.get("/stock-counts")
    def counts(state: Literal["", "open", "booked", "dropped"] = "", limit: Limit = 100) -> Any:
        """The newest first."""
        return _plain(stock_counts.counts(parts.engine, state, limit))

    @router.post("/stock-counts", status_code=HTTPStatus.CREATED)
    def begin(new: NewCount) -> Any:
        """A new stock-taking."""
        with _refusals():
            id_ = stock_counts.begin(parts.engine, new.place, new.words, now_utc_ms=parts.now_utc_ms())
        return _plain(stock_counts.find(parts.engine, id_))

    @router.get("/stock-counts/{id}/sheet")
    def sheet(id: Id, words: Words = "", limit: Limit = 100, offset: Offset = 0) -> Any:
        """The list to count by; it does not say what the books expect."""
        with _refusals():
            return _plain(stock_counts.sheet(parts.engine, id, limit=limit, offset=offset, words=words))

    @router.put("/stock-counts/{id}/lines/{gtin}")
    def count(id: Id, gtin: Gtin, new: Counted) -> Any:
        """So much is there."""
        with _refusals():
            return _plain(stock_counts.note(parts.engine, id, gtin, **new.model_dump(), now_utc_ms=parts.now_utc_ms()))

    @router.get("/stock-counts/{id}/differences")
    def differences(id: Id, rest_is_gone: bool = False) -> Any:
        """What would be booked."""
        with _refusals():
            return _plain(stock_counts.differing(parts.engine, id, rest_is_gone=rest_is_gone))

    @router.post("/stock-counts/{id}/book")
    def book(id: Id, ending: Ending) -> Any:
        """Make the books say what was counted; answers what differed."""
        gone = ending.rest_is_gone
        with _refusals():
            return _plain(stock_counts.book(parts.engine, id, now_utc_ms=parts.now_utc_ms(), rest_is_gone=gone))

    @router.post("/stock-counts/{id}/drop", status_code=HTTPStatus.NO_CONTENT)
    def drop(id: Id) -> None:
        """Nothing of it is booked."""
        with _refusals():
            stock_counts.drop(parts.engine, id, now_utc_ms=parts.now_utc_ms())


def _buying(router: APIRouter, parts: Parts) -> None:
    @router.get("/stock-rules/{gtin}")
    def rule(gtin: Gtin) -> Any:
        """How much of a product the shop wants to have."""
        return _plain(reorder.rule_of(parts.engine, gtin))

    @router.put("/stock-rules/{gtin}")
    def set_rule(gtin: Gtin, new: NewRule) -> Any:
        """In place of what it was."""
        with _refusals():
            stock.one(parts.engine, gtin)
        made = reorder.Rule(gtin, **new.model_dump())
        reorder.set_rules(parts.engine, [made], now_utc_ms=parts.now_utc_ms())
        return _plain(made)

    @router.get("/reorder", response_model=None)
    def proposals(
        supplier: Annotated[str, Query(max_length=200)] = "", format: Literal["json", "csv", "pdf"] = "json"
    ) -> Any:
        """What to buy now, by supplier."""
        found = reorder.proposals(parts.engine, supplier)
        if format == "json":
            return _plain(found)
        if format == "csv":
            return Response(reorder.proposals_csv(found), media_type="text/csv; charset=utf-8")
        from store.reorder_pdf import reorder_pdf

        day = local(parts.now_utc_ms(), parts.config.zone).date().isoformat()
        return Response(reorder_pdf(found, parts.config.name, day), media_type="application/pdf")

    @router.get("/expiry")
    def expires(days: Annotated[int, Query(ge=0, le=3650)] = 7) -> Any:
        """What reaches its last day within so many days, or has; the first to go first."""
        last = local(parts.now_utc_ms(), parts.config.zone).date() + timedelta(days=days)
        return _plain(expiry.expiring(parts.engine, last.isoformat()))
