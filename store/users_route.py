"""Staff over HTTP, for a personnel program or a manager's script: `/api/v1/users`. The manager's alone.

A PIN is told only where one was made, only to whoever asked for it, and in no list.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from store.guard import WHO, address_of
from store.parts import Parts
from store.problem import Problem
from store.sessions import Person
from store.user_changes import By, Changes, NoSuchUser
from store.user_list import User, listed
from store.users import BadUser

Id = Annotated[str, Path(pattern=r"^u[0-9]{1,9}$", description="of the user")]
_PIN = r"^([0-9]{4,8})?$"


class NewUser(BaseModel):
    """Somebody new; without a PIN one is made and told in the answer."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(max_length=60)
    role: str = Field(max_length=20)
    pin: str = Field("", pattern=_PIN)
    badge: str = Field("", max_length=60, description="what the badge reader reads; empty: none")


class ChangedUser(BaseModel):
    """What shall be otherwise; what is not named stays."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str | None = Field(None, max_length=60)
    role: str | None = Field(None, max_length=20)
    badge: str | None = Field(None, max_length=60, description="empty: taken away")


class NewPin(BaseModel):
    """The PIN; without one it is made and told in the answer."""

    model_config = ConfigDict(extra="forbid", strict=True)
    pin: str = Field("", pattern=_PIN)


def _by(request: Request) -> By:
    person: Person | None = request.scope.get(WHO)
    return By(person.id if person else "", address_of(request.scope), person.session if person else "")


_Asks = Annotated[By, Depends(_by)]


def users_router(parts: Parts) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["staff"])
    changes = Changes(parts.engine, any_pin=parts.config.store.mode == "demo")
    _people(router, parts, changes)
    _coming_and_going(router, parts, changes)
    return router


def _people(router: APIRouter, parts: Parts, changes: Changes) -> None:
    @router.get("/users")
    def everybody() -> Any:
        """Who is and who was of the staff: role, state (active, locked, gone), last sign-in at the console."""
        return [msgspec.to_builtins(one) for one in listed(parts.engine, parts.now_utc_ms())]

    @router.get("/users/{id_}")
    def one(id_: Id) -> Any:
        """One of them."""
        return msgspec.to_builtins(_seen(parts, id_))

    @router.post("/users", status_code=HTTPStatus.CREATED)
    def add(wanted: NewUser, by: _Asks) -> Any:
        """Somebody new, who may sign in at once, at the lanes too."""
        with _told():
            id_, pin = changes.add(by, parts.now_utc_ms(), wanted.name, wanted.role, wanted.pin, wanted.badge)
        parts.clerk.look()
        return {**msgspec.to_builtins(_seen(parts, id_)), **_made(wanted.pin, pin)}

    @router.patch("/users/{id_}")
    def change(id_: Id, wanted: ChangedUser, by: _Asks) -> Any:
        """Name, role or badge; another role ends their sessions at once."""
        with _told():
            changes.change(by, parts.now_utc_ms(), id_, name=wanted.name, role=wanted.role, badge=wanted.badge)
        parts.clerk.look()
        return msgspec.to_builtins(_seen(parts, id_))

    @router.post("/users/{id_}/pin")
    def new_pin(id_: Id, wanted: NewPin, by: _Asks) -> Any:
        """Another PIN; their sessions end at once, and wrong tries are forgotten."""
        with _told():
            pin = changes.new_pin(by, parts.now_utc_ms(), id_, wanted.pin)
        parts.clerk.look()
        return {**msgspec.to_builtins(_seen(parts, id_)), **_made(wanted.pin, pin)}

    @router.post("/users/{id_}/unlocked")
    def unlock(id_: Id, by: _Asks) -> Any:
        """After too many wrong PINs, at the door or a desk: the next try is looked at again."""
        with _told():
            changes.unlock(by, parts.now_utc_ms(), id_)
        return msgspec.to_builtins(_seen(parts, id_))


def _coming_and_going(router: APIRouter, parts: Parts, changes: Changes) -> None:
    @router.post("/users/{id_}/deactivated")
    def deactivate(id_: Id, by: _Asks) -> Any:
        """Off the staff: signed out at once, and refused at the lanes as soon as they hear of it."""
        with _told():
            changes.deactivate(by, parts.now_utc_ms(), id_)
        parts.clerk.look()
        return msgspec.to_builtins(_seen(parts, id_))

    @router.post("/users/{id_}/taken-back")
    def take_back(id_: Id, wanted: NewPin, by: _Asks) -> Any:
        """On the staff again, with another PIN and without a badge."""
        with _told():
            pin = changes.take_back(by, parts.now_utc_ms(), id_, wanted.pin)
        parts.clerk.look()
        return {**msgspec.to_builtins(_seen(parts, id_)), **_made(wanted.pin, pin)}


def _seen(parts: Parts, id_: str) -> User:
    found = next((one for one in listed(parts.engine, parts.now_utc_ms()) if one.id == id_), None)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, f"nobody is {id_}; GET /api/v1/users names everybody")
    return found


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be done, as a problem."""
    try:
        yield
    except NoSuchUser as nobody:
        raise Problem(HTTPStatus.NOT_FOUND, str(nobody)) from nobody
    except BadUser as bad:
        raise Problem(HTTPStatus.CONFLICT, str(bad)) from bad


def _made(wanted: str, pin: str) -> dict[str, str]:
    return {} if wanted else {"pin": pin}
