"""Days over HTTP: what stands on a day, closing it, counting cash, the work list, payouts, and the bookkeeping's files.

A manager closes days and gives reasons; who that is they prove with their PIN, as with orders. Amounts are whole minor
units.
"""

from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from store import differences
from store.bookkeeping import BookVoucher, NoAccount
from store.close_rights import may_close, may_count
from store.closing_days import CannotClose, DayView, close, count_cash, recheck, view, vouchers
from store.config import Config
from store.day_figures import added, turnover_minor
from store.day_list import latest
from store.parts import Parts
from store.payout_csv import LARGEST_BYTES, BadPayouts
from store.payouts import days_of, take_file
from store.problem import Problem
from store.sie import sie4
from store.voucher_csv import voucher_csv

_DAY = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
Day = Annotated[str, Path(pattern=_DAY, description="business day")]
Format = Literal["sie", "csv"]
_PIN = Field(pattern=r"^[0-9]{4,8}$")
_PinHeader = Annotated[str, Header(alias="Kassa-Pin", pattern=r"^[0-9]{4,8}$", description="a manager's")]
"""Where the body is a file. Not in the address, which logs keep."""


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    pin: str = _PIN


class CloseWanted(_Body):
    """Close the day. `without`: even if tills have not closed theirs."""

    without: bool = False


class CountWanted(_Body):
    """Cash in a till's drawer: minor units of a note or coin -> how many."""

    till: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    pieces: dict[Annotated[str, Field(pattern=r"^[1-9][0-9]{0,6}$")], Annotated[int, Field(ge=0, le=100_000)]] = Field(
        max_length=40
    )
    note: str = Field("", max_length=200)


class ReasonGiven(_Body):
    """Why it differs; `other` needs a note."""

    reason: str = Field(max_length=40)
    note: str = Field("", max_length=300)


def close_router(parts: Parts) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["days"])
    _days(router, parts)
    _work(router, parts)

    @router.post("/payouts", status_code=HTTPStatus.CREATED)
    async def payouts(
        request: Request, profile: Annotated[str, Query(max_length=40)], pin: _PinHeader, name: str = "api"
    ) -> Any:
        """An acquirer's file as it is, as the body. A file or a line that is known changes nothing."""
        data = await _body(request)
        now = parts.now_utc_ms()
        by = await run_in_threadpool(may_close, parts.engine, pin, now)
        try:
            taken = take_file(parts.engine, parts.config, data, name, profile, by, now)
        except BadPayouts as bad:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(bad.problems)) from bad
        for day in days_of(parts.engine, data):
            recheck(parts.engine, parts.config, day, now)
        return msgspec.to_builtins(taken)

    return router


def _days(router: APIRouter, parts: Parts) -> None:
    engine, config = parts.engine, parts.config

    @router.get("/days")
    def days(limit: Annotated[int, Query(ge=1, le=400)] = 31) -> Any:
        """Business days, the newest first."""
        return msgspec.to_builtins(latest(engine, config, parts.now_utc_ms(), limit))

    @router.get("/days/{day}")
    def one(day: Day) -> Any:
        """All that is known of a day: its figures by till, what was compared, closes and corrections, differences."""
        return told(view(engine, config, _real(day), parts.now_utc_ms()))

    @router.post("/days/{day}/close", status_code=HTTPStatus.CREATED)
    def close_it(day: Day, wanted: CloseWanted) -> Any:
        """Close it, or write the correction of what has come since."""
        by, now = may_close(engine, wanted.pin, parts.now_utc_ms()), parts.now_utc_ms()
        missing = view(engine, config, _real(day), now).shop.missing
        if missing and not wanted.without:
            raise Problem(HTTPStatus.CONFLICT, f"not closed yet: {', '.join(missing)}; send without=true to do without")
        try:
            row = close(engine, config, day, by, now)
        except CannotClose as error:
            raise Problem(HTTPStatus.CONFLICT, str(error)) from error
        if row is None:
            raise Problem(HTTPStatus.CONFLICT, f"{day} is closed, and nothing has changed since")
        return msgspec.to_builtins(row)

    @router.post("/days/{day}/counts", status_code=HTTPStatus.CREATED)
    def count(day: Day, wanted: CountWanted) -> Any:
        """What was counted in a drawer; the last count is the one that counts."""
        by, now = may_count(engine, wanted.pin, parts.now_utc_ms()), parts.now_utc_ms()
        pieces = {int(piece): many for piece, many in wanted.pieces.items()}
        counted = count_cash(engine, config, _real(day), wanted.till, pieces, by, wanted.note, now)
        return {"counted_minor": counted}

    @router.get("/days/{day}/export")
    def export(day: Day, format: Format = "sie") -> Response:
        """The day's vouchers, corrections among them, for the bookkeeping: SIE 4 or CSV."""
        data, media_type, name = exported(parts, _real(day), day, format)
        return Response(data, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})

    @router.get("/bookkeeping")
    def bookkeeping(
        from_day: Annotated[str, Query(alias="from", pattern=_DAY)],
        to_day: Annotated[str, Query(alias="to", pattern=_DAY)],
        format: Format = "sie",
    ) -> Response:
        """The vouchers of every closed day of this time, in one file."""
        data, media_type, name = exported(parts, _real(from_day), _real(to_day), format)
        return Response(data, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


def _work(router: APIRouter, parts: Parts) -> None:
    @router.get("/differences")
    def open_differences() -> Any:
        """The work list: what does not agree and has no reason yet, the oldest day first."""
        return msgspec.to_builtins(differences.open_ones(parts.engine))

    @router.post("/differences/{n}/end")
    def end(n: int, given: ReasonGiven) -> Any:
        """Give the reason. It stays in the books, and is no work any more."""
        by = may_close(parts.engine, given.pin, parts.now_utc_ms())
        try:
            done = differences.end(parts.engine, n, given.reason, given.note, by, parts.now_utc_ms())
        except differences.CannotEnd as error:
            raise Problem(HTTPStatus.CONFLICT, str(error)) from error
        return msgspec.to_builtins(done)


def told(seen: DayView) -> dict[str, Any]:
    """A day as plain values."""
    total = added(*seen.figures.values())
    return {
        "business_day": seen.business_day,
        "state": seen.state,
        "missing": list(seen.shop.missing),
        "turnover_minor": turnover_minor(total),
        "in_transit_minor": seen.transit_minor,
        "figures": total,
        "tills": seen.figures,
        "checks": [{**msgspec.structs.asdict(check), "amount": check.amount} for check in seen.checks],
        "closings": msgspec.to_builtins(seen.closings),
        "differences": msgspec.to_builtins(seen.differences),
    }


def exported(parts: Parts, from_day: str, to_day: str, form: Format) -> tuple[bytes, str, str]:
    """The file, its media type and its name. Problem: nothing is closed, or something has no account."""
    try:
        many = vouchers(parts.engine, parts.config, from_day, to_day)
    except NoAccount as error:
        raise Problem(HTTPStatus.CONFLICT, str(error.args[0])) from error
    if not many:
        raise Problem(HTTPStatus.NOT_FOUND, f"{from_day} is not closed, or nothing was sold")
    name = f"{parts.config.store.id}-{from_day}" + (f"-{to_day}" if to_day != from_day else "")
    data = written(many, parts.config, form, parts.now_utc_ms())
    return (data, "application/octet-stream", f"{name}.si") if form == "sie" else (data, "text/csv", f"{name}.csv")


def written(many: list[BookVoucher], config: Config, form: Format, now_utc_ms: int) -> bytes:
    """The vouchers as that file."""
    books, currency = config.bookkeeping, config.store.currency
    if form == "csv":
        return voucher_csv(many, books.csv, currency)
    made = datetime.fromtimestamp(now_utc_ms // 1000, UTC).astimezone(config.zone).date()
    company = books.company or config.name
    return sie4(
        many, company=company, org_number=books.org_number, currency=currency, made=made, version=version("kassa")
    )


def _real(day: str) -> str:
    try:
        return datetime.fromisoformat(day).date().isoformat()
    except ValueError:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{day} is no day") from None


async def _body(request: Request) -> bytes:
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_BYTES:
            raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"larger than {LARGEST_BYTES >> 20} MiB")
    return bytes(data)
