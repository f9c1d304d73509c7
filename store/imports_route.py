"""Imports over HTTP: a file of another system looked at, taken in, and taken out again (`/api/v1/imports`)."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from store import prices_route
from store.caller import Caller
from store.imports.against import Job, options_of
from store.imports.doing import Done, do, listed, look, waiting
from store.imports.plan import Plan, Step
from store.imports.reading import LARGEST_BYTES, BadImport
from store.imports.state import states
from store.imports.undo import find, undo
from store.imports.wanted import Kind
from store.parts import Parts
from store.price_saving import limits_of
from store.prices_route import SECOND_PERSON
from store.problem import Problem

Id = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$")]
Word = Annotated[str, Query(max_length=100)]
_LINES = 200


def imports_router(parts: Parts) -> APIRouter:
    """All of it."""
    router = APIRouter(tags=["imports"])
    _taking(router, parts)

    @router.get("/imports")
    def imports(limit: Annotated[int, Query(ge=1, le=1000)] = 50) -> Any:
        """What was taken in, the newest first; `state` says whether it is in use."""
        found = listed(parts.engine, limit)
        with parts.engine.connect() as connection:
            stands = states(connection, found)
        return [{**msgspec.to_builtins(one), "state": stands[one.id]} for one in found]

    @router.post("/imports/{id_}/undo", responses=SECOND_PERSON)
    def out_again(id_: Id, by: Caller, answer: Response) -> Any:
        """Take it out again; `kept` is what had to stay because somebody has used or changed it.

        202 if prices on their way back wait for somebody else (`batch`).
        """
        try:
            find(parts.engine, id_)
        except BadImport as bad:
            raise Problem(HTTPStatus.NOT_FOUND, str(bad)) from bad
        try:
            done = undo(parts.engine, id_, by, parts.now_utc_ms(), limits_of(parts))
        except BadImport as bad:
            raise Problem(HTTPStatus.CONFLICT, str(bad)) from bad
        return _answered(parts, done, answer)

    return router


def _taking(router: APIRouter, parts: Parts) -> None:
    @router.post("/imports", status_code=HTTPStatus.CREATED, responses=SECOND_PERSON)
    async def take(
        request: Request,
        by: Caller,
        answer: Response,
        profile: Literal["odoo", "square"],
        kind: Kind,
        preview: bool = False,
        name: Word = "",
        tax_class: Word = "",
        without_tax: bool = False,
        agreed: bool = False,
        location: Word = "",
        place: Word = "floor",
    ) -> Any:
        """The file as it is, as the body. With `preview` nothing changes, and the answer says what would.

        202 if it changes more prices, or one more, than one person may change alone: `batch` waits for somebody else.
        """
        data = await _body(request)
        now, config = parts.now_utc_ms(), parts.config
        try:
            options = options_of(
                config, tax_class=tax_class, without_tax=without_tax, agreed=agreed, location=location, place=place
            )
            job = Job(profile, kind, data, options, name)
            if preview:
                return _told(await run_in_threadpool(look, parts.engine, config, job, now))
            done = await run_in_threadpool(do, parts.engine, config, job, by, now)
        except BadImport as bad:
            problems = list(bad.problems)
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(problems), problems=problems) from bad
        return _answered(parts, done, answer)


def _answered(parts: Parts, done: Done, answer: Response) -> Any:
    """What was done, and what waits for somebody else."""
    parts.clerk.look()
    batch = waiting(parts.engine, done)
    if batch is None:
        return msgspec.to_builtins(done)
    return {**msgspec.to_builtins(done), "batch": prices_route.waiting(batch, parts.now_utc_ms(), answer)}


def _told(plan: Plan) -> dict[str, Any]:
    counts = {what: plan.count(what) for what in ("add", "change", "same", "leave")}
    return {**counts, "lines": [_line(step) for step in plan.steps if step.what != "same"][:_LINES]}


def _line(step: Step) -> dict[str, Any]:
    return {name: getattr(step, name) for name in ("line", "what", "code", "name", "told")}


async def _body(request: Request) -> bytes:
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_BYTES:
            raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"larger than {LARGEST_BYTES >> 20} MiB")
    return bytes(data)
