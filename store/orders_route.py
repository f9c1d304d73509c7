"""Orders over HTTP: `/api/v1/tills/{till}/commands`. Whoever orders proves with their PIN who they are."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from kiosk.wire.asking import StaffEntry
from store import commands
from store.parts import Parts
from store.problem import Problem
from store.users import who

MOST_WRONG, PAUSE_MS = 5, 5 * 60_000
Till = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,32}$")]


class NewCommand(BaseModel):
    """What is wanted. `reason` and `detail` name the intervention, `minutes` a pause, `text` a message or a reason."""

    model_config = ConfigDict(extra="forbid", strict=True)
    kind: Literal["approve", "deny", "open", "close", "pause", "message", "drawer", "training"]
    pin: str = Field(pattern=r"^[0-9]{4,8}$")
    reason: str = Field("", max_length=40)
    detail: str = Field("", max_length=200)
    minutes: int = Field(0, ge=0, le=240)
    text: str = Field("", max_length=120)


class Tries:
    """Wrong PINs in a row, of everybody together: a PIN has four digits, so nobody may go through them here."""

    def __init__(self) -> None:
        self.wrong, self.until_utc_ms = 0, 0


def proved(parts: Parts, tries: Tries, pin: str) -> StaffEntry:
    """Whose PIN this is. Problem: nobody's, or too many were wrong."""
    now = parts.now_utc_ms()
    if now < tries.until_utc_ms:
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "too many wrong PINs; try again in five minutes")
    person = who(parts.engine, pin)
    if person is None:
        tries.wrong += 1
        if tries.wrong >= MOST_WRONG:
            tries.wrong, tries.until_utc_ms = 0, now + PAUSE_MS
        raise Problem(HTTPStatus.FORBIDDEN, "nobody has this PIN")
    tries.wrong = 0
    return person


def orders_router(parts: Parts) -> APIRouter:
    """The two routes."""
    router, tries = APIRouter(tags=["tills"]), Tries()

    @router.post("/tills/{till}/commands", status_code=HTTPStatus.ACCEPTED)
    def order(till: Till, wanted: NewCommand) -> Any:
        """Written down and sent; look for what became of it under its id."""
        person = proved(parts, tries, wanted.pin)
        data = wanted.model_dump(exclude={"kind", "pin"}, exclude_defaults=True)
        id_ = commands.order(parts.engine, till, wanted.kind, person.id, data, parts.now_utc_ms())
        parts.clerk.look()
        return {"id": id_}

    @router.get("/tills/{till}/commands")
    def latest(till: Till) -> Any:
        """The newest first."""
        return [msgspec.to_builtins(one) for one in commands.latest(parts.engine, till)]

    return router
