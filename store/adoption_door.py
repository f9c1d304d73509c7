"""Adoption door: the one HTTPS port that machines reach before they belong to the shop. It can do three things.

    GET  /adopt/authority       the shop's authority (PEM), which a code then proves or does not
    POST /adopt                 a secret and a certificate request; who the machine is now
    POST /adopt/introduction    the same request and a proof; who the machine is, when somebody has typed its code

The console and the API are not behind it. A secret has 40 bits and lives half an hour, and an address that was wrong
ten times waits five minutes: guessing finds none, also from many addresses. It serves as a duty of its own, with the
console's certificate, which `renewed` reads again.
"""

import asyncio
import threading
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from store import introductions, problem
from store.adoption import CannotAdopt, Knock, WrongCode, adopt, folder_of
from store.certificates import NotOurs
from store.config import host_and_port
from store.duties import Duty, Failed
from store.founding import CannotFound
from store.listening import listen
from store.parts import Parts
from store.problem import Problem

MOST_WRONG, PAUSE_MS, MOST_ADDRESSES = 10, 5 * 60_000, 1000
_LAST_WORDS_S = 2


class Body(BaseModel):
    """Who wants to be a till."""

    model_config = ConfigDict(extra="forbid", strict=True)
    code: str = Field(pattern=r"^[0-9A-Z]{8}$", description="the secret: the first eight characters of the code")
    request: str = Field(max_length=4096, description="certificate request, PKCS #10 in PEM, of a P-256 key")
    till: str = Field("", pattern=r"^([a-z0-9-]{1,32})?$", description="who it is; empty: whoever the code says")


class Introduction(BaseModel):
    """Who waits to be adopted."""

    model_config = ConfigDict(extra="forbid", strict=True)
    request: str = Field(max_length=4096, description="certificate request, PKCS #10 in PEM, of a P-256 key")
    proof: str = Field(pattern=r"^[0-9a-f]{64}$", description="kiosk.wire.introduction: that it knows its code")


class Tries:
    """Wrong tries of each address, so many addresses at most; the one longest quiet is forgotten first."""

    def __init__(self) -> None:
        self._wrong: dict[str, tuple[int, int]] = {}

    def may(self, address: str, now_utc_ms: int) -> bool:
        """Whether this address may try."""
        wrong, last_utc_ms = self._wrong.get(address, (0, 0))
        return wrong < MOST_WRONG or not 0 <= now_utc_ms - last_utc_ms < PAUSE_MS

    def count(self, address: str, now_utc_ms: int) -> None:
        """It was wrong."""
        wrong, last_utc_ms = self._wrong.pop(address, (0, 0))
        over = not 0 <= now_utc_ms - last_utc_ms < PAUSE_MS
        self._wrong[address] = (1 if over else wrong + 1), now_utc_ms
        while len(self._wrong) > MOST_ADDRESSES:
            del self._wrong[next(iter(self._wrong))]


def door_app(parts: Parts) -> FastAPI:
    """What answers there."""
    app = FastAPI(title="Kassa adoption", openapi_url=None, docs_url=None, redoc_url=None)
    problem.install(app)
    tries, one_at_a_time = Tries(), threading.Lock()

    @app.get("/adopt/authority", response_class=PlainTextResponse)
    def authority() -> str:
        return folder_of(parts.config.adoption).joinpath("ca.crt").read_text(encoding="ascii")

    @app.post("/adopt")
    def knock(body: Body, request: Request) -> Any:
        address = request.client.host if request.client else ""
        wanted = Knock(body.code, body.request.encode(), address, body.till)
        now = parts.now_utc_ms()
        with one_at_a_time:  # or many at once would all be tried before the first is counted
            if not tries.may(address, now):
                raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "too many wrong codes; try again in five minutes")
            try:
                found = adopt(parts.engine, parts.config, wanted, now, parts.lanes.find)
            except WrongCode as error:
                tries.count(address, now)
                raise Problem(HTTPStatus.FORBIDDEN, str(error)) from error
            except NotOurs as error:
                raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
            except (CannotAdopt, CannotFound) as error:
                raise Problem(HTTPStatus.GONE, str(error)) from error
        return msgspec.to_builtins(found)

    @app.post("/adopt/introduction")
    def wait(body: Introduction, request: Request) -> Any:
        address, now = request.client.host if request.client else "", parts.now_utc_ms()
        try:
            told = introductions.knock(parts.engine, parts.config, body.request.encode(), body.proof, address, now)
        except NotOurs as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
        except introductions.TooMany as error:
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, str(error)) from error
        except (CannotAdopt, CannotFound) as error:
            raise Problem(HTTPStatus.GONE, str(error)) from error
        return msgspec.to_builtins(told)

    return app


class Door(Duty):
    """The port, open from `start` to `stop`."""

    def __init__(self, parts: Parts, failed: Failed) -> None:
        """Takes the address. CannotListen, CannotFound if the certificate cannot be read. `failed` hears of a bug."""
        super().__init__("adoption door", lambda: asyncio.run(self._until_stopped()), failed)
        self._folder = Path(parts.config.adoption.folder)
        pair = self._pair()
        settings = uvicorn.Config(
            door_app(parts), log_config=None, access_log=False, lifespan="off", server_header=False, ws="none",
            limit_concurrency=50, timeout_keep_alive=5, timeout_graceful_shutdown=_LAST_WORDS_S,
            ssl_certfile=pair[0], ssl_keyfile=pair[1],
        )  # fmt: skip
        try:
            settings.load()
        except OSError as error:  # also ssl.SSLError
            raise CannotFound(f"adoption.folder: {pair[0]} and its key cannot be read: {error}") from error
        self._settings = settings
        self._loop: asyncio.AbstractEventLoop | None = None
        self._socket = listen(*host_and_port(parts.config.adoption.listen), "adoption.listen")
        self._uvicorn = uvicorn.Server(settings)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._socket.getsockname()[1])

    def renewed(self) -> None:
        """Show whoever comes from now on the certificate that is in the folder now."""
        if self._loop is not None and self._settings.ssl is not None:
            self._loop.call_soon_threadsafe(self._settings.ssl.load_cert_chain, *self._pair())

    def tell_to_stop(self) -> None:
        """Whoever is inside may finish."""
        self._uvicorn.should_exit = True

    def join(self, at_most_s: int | None = None) -> None:
        """Closed."""
        super().join(at_most_s)
        self._socket.close()

    def _pair(self) -> tuple[str, str]:
        return str(self._folder / "console.crt"), str(self._folder / "console.key")

    async def _until_stopped(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._uvicorn.serve(sockets=[self._socket])
