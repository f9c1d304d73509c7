"""Orders over HTTP: `/api/v1/tills/{till}/commands`. Whoever orders proves with their PIN who they are."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from store import commands
from store.parts import Parts
from store.proving_pins import proved

Till = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,32}$")]


class NewCommand(BaseModel):
    """What is wanted. `reason` and `detail` name the intervention, or the reason of another price and the product;

    `line`, `price_minor` and the visit's `started_utc_ms` belong to that price, `minutes` to a pause, `text` to a
    message, `on` to training.
    """

    model_config = ConfigDict(extra="forbid", strict=True)
    kind: Literal[
        "approve", "deny", "open", "close", "pause", "message", "drawer", "training", "price", "basket", "restart"
    ]
    pin: str = Field(pattern=r"^[0-9]{4,8}$")
    reason: str = Field("", max_length=40)
    detail: str = Field("", max_length=200)
    minutes: int = Field(0, ge=0, le=240)
    text: str = Field("", max_length=120)
    line: int = Field(0, ge=0, le=10_000)
    price_minor: int = Field(0, ge=0, le=9_999_999)
    started_utc_ms: int = Field(0, ge=0, le=1 << 53)
    on: bool = True


def orders_router(parts: Parts) -> APIRouter:
    """The two routes."""
    router = APIRouter(tags=["tills"])

    @router.post("/tills/{till}/commands", status_code=HTTPStatus.ACCEPTED)
    def order(till: Till, wanted: NewCommand) -> Any:
        """Written down and sent; look for what became of it under its id."""
        person = proved(parts.engine, wanted.pin, parts.now_utc_ms())
        data = wanted.model_dump(exclude={"kind", "pin"}, exclude_defaults=True)
        id_ = commands.order(parts.engine, till, wanted.kind, person.id, data, parts.now_utc_ms())
        parts.clerk.look()
        return {"id": id_}

    @router.get("/tills/{till}/commands")
    def latest(till: Till) -> Any:
        """The newest first."""
        return [msgspec.to_builtins(one) for one in commands.latest(parts.engine, till)]

    return router
