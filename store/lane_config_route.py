"""Lane config over HTTP: `/api/v1/lane-config/...`, `/api/v1/lane-config-banks`, `/api/v1/lane-log/...`.

Whoever changes what a lane runs on is one of the staff: signed in, or proved by PIN. The lane looks them up in its own
list once more. The answer to a change is its number; what became of it stands among the versions.
"""

from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path, Request
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from store import lane_bank, lane_config, lane_log
from store.acts import Act, record
from store.config_edits import CannotChange, Edit, difference, edited
from store.guard import WHO, address_of
from store.parts import Parts
from store.problem import Problem
from store.proving_pins import proved
from store.rights import Right
from store.sessions import Person

Till = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,32}$")]
Pin = Field("", pattern=r"^([0-9]{4,8})?$")
Why = Field(min_length=1, max_length=lane_config.LONGEST_WHY)


class OneEdit(BaseModel):
    """One setting by its dotted path; `value` as TOML writes it, null for its default."""

    model_config = ConfigDict(extra="forbid", strict=True)
    path: str = Field(pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$", max_length=200)
    value: str | None = Field(max_length=4_000)


class NewConfig(BaseModel):
    """One of: the whole `text`, some `edits` of what it runs on, or the number of an earlier `version`."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: str | None = Field(None, max_length=64 << 10)
    edits: list[OneEdit] | None = Field(None, min_length=1, max_length=200)
    version: int | None = Field(None, ge=1)
    why: str = Why
    pin: str = Pin


class NewBank(BaseModel):
    """The same edits for these lanes, in this order."""

    model_config = ConfigDict(extra="forbid", strict=True)
    tills: list[str] = Field(min_length=1, max_length=500)
    edits: list[OneEdit] = Field(min_length=1, max_length=200)
    why: str = Why
    pin: str = Pin


class NewLog(BaseModel):
    """The last `lines` since a moment, from a level on."""

    model_config = ConfigDict(extra="forbid", strict=True)
    lines: int = Field(200, ge=1, le=lane_log.MOST_LINES)
    since_utc_ms: int = Field(0, ge=0, le=1 << 53)
    level: Literal["", "warning", "error"] = ""
    pin: str = Pin


class Proof(BaseModel):
    """Who does it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    pin: str = Pin


def lane_config_router(parts: Parts) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["lanes"])
    _settings(router, parts)
    _banks(router, parts)
    _logs(router, parts)
    return router


def _settings(router: APIRouter, parts: Parts) -> None:
    @router.get("/lane-config/{till}")
    def present(till: Till) -> Any:
        """What it runs on, without what is secret; the settings that it knows; its versions without their texts."""
        found = lane_config.present(parts.engine, till)
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, f"{till} has not told what it runs on")
        listed = [msgspec.to_builtins(one) for one in lane_config.versions(parts.engine, till)]
        versions = [{key: value for key, value in one.items() if key != "text"} for one in listed]
        return {**msgspec.to_builtins(found), "versions": versions}

    @router.get("/lane-config/{till}/versions/{number}")
    def version(till: Till, number: int) -> Any:
        """One version, and the lines in which it differs from what was kept before it."""
        one = _version(parts, till, number)
        before = lane_config.before(parts.engine, one)
        differs = difference(before.text if before is not None else "", one.text)
        return {**msgspec.to_builtins(one), "difference": differs}

    @router.post("/lane-config/{till}", status_code=HTTPStatus.ACCEPTED)
    def change(till: Till, wanted: NewConfig, request: Request) -> Any:
        """Ordered: the lane fetches it, checks it, and tries it when nobody is served."""
        person = _who(parts, request, wanted.pin, "configure")
        try:
            text = _text(parts, till, wanted)
            n = lane_config.propose(parts.engine, till, text, person.id, wanted.why, parts.now_utc_ms())
        except CannotChange as problem:
            at = f"line {problem.line}: " if problem.line else ""
            raise Problem(HTTPStatus.CONFLICT, f"{at}{problem.why}") from problem
        parts.clerk.look()
        _record(parts, request, person, "configure", till, wanted.why)
        return {"n": n, "version": lane_config.versions(parts.engine, till)[0].number}


def _banks(router: APIRouter, parts: Parts) -> None:
    @router.post("/lane-config-banks", status_code=HTTPStatus.ACCEPTED)
    def begin(wanted: NewBank, request: Request) -> Any:
        """One lane after another; the first that does not keep it stops the rest."""
        person = _who(parts, request, wanted.pin, "configure")
        edits = [Edit(one.path, one.value) for one in wanted.edits]
        try:
            n = lane_bank.begin(parts.engine, wanted.tills, edits, person.id, wanted.why, parts.now_utc_ms())
        except CannotChange as problem:
            raise Problem(HTTPStatus.CONFLICT, problem.why) from problem
        parts.clerk.look()
        _record(parts, request, person, "configure", "", f"{', '.join(wanted.tills)}: {wanted.why}")
        return {"n": n}

    @router.get("/lane-config-banks")
    def listed() -> Any:
        """The newest first."""
        return [msgspec.to_builtins(one) for one in lane_bank.banks(parts.engine)]

    @router.post("/lane-config-banks/{n}/stopped", status_code=HTTPStatus.NO_CONTENT)
    def stop(n: int, wanted: Proof, request: Request) -> None:
        """No further lane is asked."""
        person = _who(parts, request, wanted.pin, "configure")
        lane_bank.stop(parts.engine, n, person.name)


def _logs(router: APIRouter, parts: Parts) -> None:
    @router.post("/lane-log/{till}", status_code=HTTPStatus.ACCEPTED)
    def ask(till: Till, wanted: NewLog, request: Request) -> Any:
        """Ordered; the excerpt is there under this id as soon as the lane has told it."""
        person = _who(parts, request, wanted.pin, "machine")
        now = parts.now_utc_ms()
        id_ = lane_log.order(parts.engine, till, wanted.lines, wanted.since_utc_ms, wanted.level, person.id, now)
        parts.clerk.look()
        record(parts.engine, Act(person.id, "order", till, "log", address_of(request.scope), id_), now)
        return {"id": id_}

    @router.get("/lane-log/{till}/{id}", response_class=PlainTextResponse)
    def excerpt(till: Till, id: str) -> PlainTextResponse:
        """One JSON object a line; without what is secret."""
        found = lane_log.find(parts.engine, till, id)
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, f"{till} has told nothing under that id, or not yet")
        name = {"Content-Disposition": f'attachment; filename="{till}-{id}.log"'}
        return PlainTextResponse(found.text, media_type="application/x-ndjson", headers=name)


def _text(parts: Parts, till: str, wanted: NewConfig) -> str:
    given = [one for one in (wanted.text, wanted.edits, wanted.version) if one is not None]
    if len(given) != 1:
        raise CannotChange("say one of text, edits and version")
    if wanted.text is not None:
        return wanted.text
    if wanted.version is not None:
        return _version(parts, till, wanted.version).text
    now = lane_config.present(parts.engine, till)
    if now is None:
        raise CannotChange(f"{till} has not told what it runs on")
    return edited(now.text, [Edit(one.path, one.value) for one in wanted.edits or ()])


def _version(parts: Parts, till: str, number: int) -> lane_config.Version:
    found = lane_config.version(parts.engine, till, number)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, f"{till} has no version {number}")
    return found


def _who(parts: Parts, request: Request, pin: str, right: Right) -> Person:
    """The hand behind it: a session's, or a PIN's; a program alone is nobody to a lane."""
    person: Person | None = request.scope.get(WHO)
    if not pin and (person is None or not person.session):
        raise Problem(HTTPStatus.FORBIDDEN, "a program orders nothing by itself: send the PIN of whoever does")
    if pin or person is None:
        found = proved(parts.engine, pin, parts.now_utc_ms())
        person = Person(found.id, found.name, found.role)
    if not person.may(right):
        raise Problem(HTTPStatus.FORBIDDEN, f"the role {person.role} may not do that")
    return person


def _record(parts: Parts, request: Request, person: Person, kind: str, till: str, about: str) -> None:
    record(parts.engine, Act(person.id, kind, till, about, address_of(request.scope)), parts.now_utc_ms())
