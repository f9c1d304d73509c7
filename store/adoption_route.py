"""Adoption over HTTP, for programs: `/api/v1/adoptions` makes codes, lists and withdraws them.

Whoever asks for one proves with their PIN who they are. The machine itself knocks elsewhere (`adoption_door`).
"""

import secrets
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from kiosk.wire.adoption import SECRET_BYTES
from store.adoption import CannotAdopt, certificates, codes, make_code, withdraw
from store.adoption_rights import may_adopt
from store.parts import Parts
from store.problem import Problem

Pin = Field(pattern=r"^[0-9]{4,8}$")


class NewCode(BaseModel):
    """For which till; `keeps_journal`: it has sold, and its journal is on the machine."""

    model_config = ConfigDict(extra="forbid", strict=True)
    till: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    keeps_journal: bool = False
    pin: str = Pin


class Ended(BaseModel):
    """Who withdraws it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    pin: str = Pin


def adoption_router(parts: Parts) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["tills"])

    @router.post("/adoptions", status_code=HTTPStatus.CREATED)
    def make(wanted: NewCode) -> Any:
        """The code, told only now, with the command for the machine."""
        by = may_adopt(parts.engine, wanted.pin, parts.now_utc_ms())
        secret, journal = secrets.token_bytes(SECRET_BYTES), wanted.keeps_journal
        try:
            offer = make_code(
                parts.engine, parts.config, wanted.till, secret, by, parts.now_utc_ms(), keeps_journal=journal
            )
        except CannotAdopt as error:
            raise Problem(HTTPStatus.CONFLICT, str(error)) from error
        return {**msgspec.to_builtins(offer), "command": offer.command}

    @router.get("/adoptions")
    def listed() -> Any:
        """The last codes, without themselves."""
        return [msgspec.to_builtins(one) for one in codes(parts.engine)]

    @router.post("/adoptions/{n}/withdrawn", status_code=HTTPStatus.NO_CONTENT)
    def end(n: int, wanted: Ended) -> None:
        """Nothing happens to one that was used or has ended."""
        may_adopt(parts.engine, wanted.pin, parts.now_utc_ms())
        withdraw(parts.engine, n, parts.now_utc_ms())

    @router.get("/certificates")
    def kept() -> Any:
        """The last certificate of each till that asked for one."""
        return [msgspec.to_builtins(one) for one in certificates(parts.engine)]

    return router
