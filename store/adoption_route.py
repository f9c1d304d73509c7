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
from store.adoption import CannotAdopt, certificates, codes, folder_of, make_code, withdraw
from store.adoption_rights import may_adopt
from store.parts import Parts
from store.problem import Problem
from store.revocation import CannotRevoke, revocations, revoke_till

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


class Revoking(BaseModel):
    """Which till is turned away, why, and who says so."""

    model_config = ConfigDict(extra="forbid", strict=True)
    till: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    why: str = Field("", max_length=120)
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

    @router.post("/revocations", status_code=HTTPStatus.CREATED)
    def turn_away(wanted: Revoking) -> Any:
        """All certificates of a till end; the books take nothing of it until a machine is adopted under its name."""
        by = may_adopt(parts.engine, wanted.pin, parts.now_utc_ms())
        try:
            folder = folder_of(parts.config.adoption)
            ended = revoke_till(parts.engine, folder, wanted.till, by, wanted.why, parts.now_utc_ms())
        except (CannotAdopt, CannotRevoke) as error:
            raise Problem(HTTPStatus.CONFLICT, str(error)) from error
        return [msgspec.to_builtins(one) for one in ended]

    @router.get("/revocations")
    def turned_away() -> Any:
        """Every certificate that was revoked, the newest first."""
        return [msgspec.to_builtins(one) for one in revocations(parts.engine)]

    @router.get("/certificates")
    def kept() -> Any:
        """The last certificate of each till that asked for one."""
        return [msgspec.to_builtins(one) for one in certificates(parts.engine)]

    return router
