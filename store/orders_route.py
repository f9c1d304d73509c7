"""Orders over HTTP: `/api/v1/tills/{till}/commands`. Whoever orders is one of the staff: signed in, or proved by PIN.

A program's token says which program asks, not whose hand is behind it: with a token the PIN is needed.
"""

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from kiosk.checkout.events.commands import PersonsCommand
from store import commands
from store.acts import Act, record
from store.guard import WHO, address_of
from store.parts import Parts
from store.problem import Problem
from store.proving_pins import proved
from store.rights import ORDERS
from store.sessions import Person

Till = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,32}$")]


class NewCommand(BaseModel):
    """What is wanted. `reason` and `detail` name the intervention, or the reason of another price and the product;

    `line`, `price_minor` and the visit's `started_utc_ms` belong to that price, `minutes` to a pause, `text` to a
    message, `on` to training; with `sees` whoever approves an age says that they see the shopper.
    """

    model_config = ConfigDict(extra="forbid", strict=True)
    kind: PersonsCommand
    pin: str = Field("", pattern=r"^([0-9]{4,8})?$")
    reason: str = Field("", max_length=40)
    detail: str = Field("", max_length=200)
    minutes: int = Field(0, ge=0, le=240)
    text: str = Field("", max_length=120)
    line: int = Field(0, ge=0, le=10_000)
    price_minor: int = Field(0, ge=0, le=9_999_999)
    started_utc_ms: int = Field(0, ge=0, le=1 << 53)
    on: bool = True
    sees: bool = False


def orders_router(parts: Parts) -> APIRouter:
    """The two routes."""
    router = APIRouter(tags=["tills"])

    @router.post("/tills/{till}/commands", status_code=HTTPStatus.ACCEPTED)
    def order(till: Till, wanted: NewCommand, request: Request) -> Any:
        """Written down and sent; look for what became of it under its id."""
        person: Person | None = request.scope.get(WHO)
        if not wanted.pin and (person is None or not person.session):
            raise Problem(HTTPStatus.FORBIDDEN, "a program orders nothing by itself: send the PIN of whoever does")
        if wanted.pin or person is None:
            found = proved(parts.engine, wanted.pin, parts.now_utc_ms())
            person = Person(found.id, found.name, found.role)
        if not person.may(ORDERS[wanted.kind]):
            raise Problem(HTTPStatus.FORBIDDEN, f"the role {person.role} may not do that")
        data = wanted.model_dump(exclude={"kind", "pin"}, exclude_defaults=True)
        id_ = commands.order(parts.engine, till, wanted.kind, person.id, data, parts.now_utc_ms())
        parts.clerk.look()
        done = Act(person.id, "order", till, wanted.kind, address_of(request.scope), id_)
        record(parts.engine, done, parts.now_utc_ms())
        return {"id": id_}

    @router.get("/tills/{till}/commands")
    def latest(till: Till) -> Any:
        """The newest first."""
        return [msgspec.to_builtins(one) for one in commands.latest(parts.engine, till)]

    return router
