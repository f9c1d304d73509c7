"""Losses over HTTP, for programs: what may have gone with machines that were replaced, and what became of each."""

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from store import losses
from store.caller import Caller
from store.parts import Parts
from store.problem import Problem


class Ended(BaseModel):
    """What became of it, in words."""

    model_config = ConfigDict(extra="forbid", strict=True)
    why: str = Field(min_length=1, max_length=500)


def losses_router(parts: Parts) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["tills"])

    @router.get("/losses")
    def listed(ended: bool = False) -> Any:
        """What is open, the oldest first; `ended`: what is not any more."""
        return [msgspec.to_builtins(one) for one in losses.listed(parts.engine, ended=ended)]

    @router.post("/losses/{n}/ended")
    def end(n: int, wanted: Ended, by: Caller) -> Any:
        """Somebody has looked into it."""
        try:
            return msgspec.to_builtins(losses.end(parts.engine, n, wanted.why, by, parts.now_utc_ms()))
        except losses.NotOpen as error:
            raise Problem(HTTPStatus.CONFLICT, str(error)) from error

    return router
