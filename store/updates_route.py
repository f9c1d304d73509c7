"""Updates over HTTP: `/api/v1/bundles` and `/api/v1/rollouts`. Whoever begins a rollout is one of the staff, by PIN.

A bundle is the body of the request as it is, however large. A lane decides once more whether they may.
"""

from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from store import bundle_arrival, bundles, rollouts
from store.acts import Act, record
from store.bundles import NoBundle
from store.guard import WHO, address_of
from store.parts import Parts
from store.problem import Problem
from store.proving_pins import proved
from store.rights import Right, may
from store.rollout import BadPlan, Plan
from store.sessions import Person

RIGHT: Right = "machine"
Name = Annotated[str, Query(max_length=120)]


class Pinned(BaseModel):
    """Whose will it is."""

    model_config = ConfigDict(extra="forbid", strict=True)
    pin: str = Field(pattern=r"^[0-9]{4,8}$")


class NewRollout(Pinned):
    """Which bundle, for which lanes (as they come; none: all), and how. Times are minutes of the day."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    tills: list[str] = Field(default_factory=list, max_length=1_000)
    waves: list[str] = Field(default_factory=lambda: ["1", "25%", "100%"], min_length=1, max_length=20)
    most_percent: int = 25
    from_minute: int = 0
    until_minute: int = 0
    watch_minutes: int = 30
    soak_minutes: int = 30


def updates_router(parts: Parts) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["updates"])
    folder = Path(parts.config.updates.folder)

    @router.get("/versions")
    def versions() -> Any:
        """Which version each lane runs, from which slot, since when."""
        return [msgspec.to_builtins(one) for one in rollouts.versions(parts.engine).values()]

    @router.get("/bundles")
    def listed() -> Any:
        """The newest first."""
        return [msgspec.to_builtins(one) for one in bundles.bundles(parts.engine)]

    @router.post("/bundles", status_code=HTTPStatus.CREATED)
    async def add(request: Request, name: Name = "") -> Any:
        """The body is the bundle; the same twice is one."""
        person: Person | None = request.scope.get(WHO)
        by = person.id if person is not None else ""
        try:
            found = await bundle_arrival.receive(
                parts.engine, folder, name, _said(request), request.stream(), by, parts.now_utc_ms()
            )
        except NoBundle as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
        return msgspec.to_builtins(found)

    router.include_router(_rollouts_router(parts))
    return router


def _said(request: Request) -> int:
    """How many bytes are said to come; 0: nobody says."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() else 0


def _rollouts_router(parts: Parts) -> APIRouter:
    router = APIRouter()

    def whose(pin: str, request: Request, about: str) -> str:
        person = proved(parts.engine, pin, parts.now_utc_ms())
        if not may(person.role, RIGHT):
            raise Problem(HTTPStatus.FORBIDDEN, f"the role {person.role} may not do that")
        done = Act(person.id, "rollout", about=about, address=address_of(request.scope))
        record(parts.engine, done, parts.now_utc_ms())
        return person.id

    @router.get("/rollouts")
    def begun() -> Any:
        """The newest first, with each lane."""
        return [msgspec.to_builtins(one) for one in rollouts.rollouts(parts.engine)]

    @router.post("/rollouts", status_code=HTTPStatus.CREATED)
    def begin(wanted: NewRollout, request: Request) -> Any:
        """Its number; one at a time."""
        by = whose(wanted.pin, request, f"begin {wanted.sha256[:12]}")
        tills = wanted.tills or [lane.till for lane in parts.lanes.all()]
        plan = Plan(
            waves=tuple(wanted.waves),
            **wanted.model_dump(exclude={"pin", "sha256", "tills", "waves"}),
        )
        n = _done(lambda: rollouts.begin(parts.engine, wanted.sha256, tills, plan, by, parts.now_utc_ms()))
        return {"n": n}

    @router.post("/rollouts/{n}/stopped", status_code=HTTPStatus.NO_CONTENT)
    def stop(n: int, wanted: Pinned, request: Request) -> None:
        """No lane begins any more."""
        by = whose(wanted.pin, request, f"stop {n}")
        _done(lambda: rollouts.stop(parts.engine, n, by))

    @router.post("/rollouts/{n}/resumed", status_code=HTTPStatus.NO_CONTENT)
    def resume(n: int, wanted: Pinned, request: Request) -> None:
        """Lanes that failed are ordered again."""
        by = whose(wanted.pin, request, f"resume {n}")
        _done(lambda: rollouts.resume(parts.engine, n, by))

    @router.post("/rollouts/{n}/aborted", status_code=HTTPStatus.NO_CONTENT)
    def abort(n: int, wanted: Pinned, request: Request) -> None:
        """Lanes that have not begun to install are told to leave it."""
        by = whose(wanted.pin, request, f"abort {n}")
        _done(lambda: rollouts.abort(parts.engine, n, by, parts.now_utc_ms()))

    return router


def _done(act: Any) -> Any:
    try:
        return act()
    except BadPlan as error:
        raise Problem(HTTPStatus.CONFLICT, str(error)) from error
