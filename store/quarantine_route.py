"""Quarantine over HTTP: `/api/v1/quarantine`, the messages of tills that could not be booked."""

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from store import quarantine
from store.caller import Caller
from store.parts import Parts
from store.problem import Problem

Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="of the message, as the list has it")]
Till = Annotated[str, Query(pattern=r"^([a-z0-9-]{1,32})?$", description="only of this till")]


class Dismissal(BaseModel):
    """Why it will not be booked."""

    model_config = ConfigDict(extra="forbid", strict=True)
    why: str = Field(min_length=1, max_length=quarantine.WHY_LONGEST, pattern=r"\S")


def quarantine_router(parts: Parts) -> APIRouter:
    """List, look, try again, be done with."""
    router = APIRouter(tags=["quarantine"])
    engine, store = parts.engine, parts.config.store.id

    @router.get("/quarantine")
    def waiting(
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
        till: Till = "",
        ended: Annotated[bool, Query(description="also those that are done with")] = False,
    ) -> Any:
        """Those that wait, the newest first."""
        found = quarantine.waiting(engine, limit=limit, offset=offset, till=till, ended=ended)
        return [_plain(one) for one in found]

    @router.get("/quarantine/{n}/payload", response_class=Response)
    def payload(n: Number) -> Response:
        """The message as it came, whatever it is."""
        try:
            found = quarantine.payload(engine, n)
        except quarantine.NotWaiting as error:
            raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error
        name = f'attachment; filename="message-{n}.json"'
        return Response(found, media_type="application/octet-stream", headers={"Content-Disposition": name})

    @router.post("/quarantine/{n}/retry")
    def retry(n: Number, by: Caller) -> Any:
        """Try to book it; `outcome` says what became of it, `why` what the books had against it."""
        try:
            tried = quarantine.retry(engine, store, n, by, parts.now_utc_ms())
        except quarantine.NotWaiting as error:
            raise _not_waiting(n, error) from error
        parts.clerk.look()
        return _plain(tried)

    @router.post("/quarantine/{n}/dismiss")
    def dismiss(n: Number, because: Dismissal, by: Caller) -> Any:
        """Be done with it; it stays in the list of those."""
        try:
            return _plain(quarantine.dismiss(engine, n, because.why, by, parts.now_utc_ms()))
        except quarantine.NotWaiting as error:
            raise _not_waiting(n, error) from error

    def _not_waiting(n: int, error: quarantine.NotWaiting) -> Problem:
        unknown = quarantine.find(engine, n) is None
        return Problem(HTTPStatus.NOT_FOUND if unknown else HTTPStatus.CONFLICT, str(error))

    return router


def _plain(one: quarantine.Kept) -> Any:
    return {**msgspec.to_builtins(one), "waits": one.waits, "alarm": one.is_alarm}
