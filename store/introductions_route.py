"""Introductions over HTTP, for programs: machines that wait to be adopted, and the code that somebody reads off one."""

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from store import introductions
from store.adoption import CannotAdopt
from store.adoption_rights import may_adopt
from store.introductions import BadCode, Wish
from store.parts import Parts
from store.problem import Problem


class NewTill(BaseModel):
    """The code on the machine's screen, which till it becomes, whether it replaces that one, and whose PIN it is."""

    model_config = ConfigDict(extra="forbid", strict=True)
    code: str = Field(max_length=20)
    till: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    replaces: bool = False
    pin: str = Field(pattern=r"^[0-9]{4,8}$")


def introductions_router(parts: Parts) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["tills"])

    @router.get("/introductions")
    def listed() -> Any:
        """Machines that show a code now."""
        there = introductions.waiting(parts.engine, parts.now_utc_ms())
        return [{**msgspec.to_builtins(one), "number": one.number} for one in there]

    @router.post("/introductions", status_code=HTTPStatus.CREATED)
    def adopt(wanted: NewTill) -> Any:
        """The machine that shows this code is that till from now on."""
        by = may_adopt(parts.engine, wanted.pin, parts.now_utc_ms())
        wish = Wish(wanted.code, wanted.till, by, wanted.replaces)
        try:
            done = introductions.adopt(parts.engine, parts.config, wish, parts.now_utc_ms(), parts.lanes.find)
        except (CannotAdopt, BadCode) as error:
            raise Problem(HTTPStatus.CONFLICT, str(error)) from error
        return msgspec.to_builtins(done)

    return router
