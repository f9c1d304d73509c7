"""Gates: the door that reads exit codes, over HTTP. One question a scan; only `valid` opens."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from store import exit_codes
from store.parts import Parts

Code = Annotated[str, Path(max_length=40, description="as the gate's scanner read it")]


class NewUse(BaseModel):
    """The gate's own name for this question: the same in every repetition of it, another one for the next scan."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: str = Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")


def gate_router(parts: Parts) -> APIRouter:
    """What a gate asks."""
    router = APIRouter(tags=["gates"])

    @router.post("/exit-codes/{code}/use")
    def use(code: Code, new: NewUse) -> Any:
        """Use a code up: `valid` (open), `used`, `too_old` or `unknown` (its sale may be on its way: ask again)."""
        return msgspec.to_builtins(exit_codes.use(parts.engine, code, new.id, parts.now_utc_ms()))

    return router
