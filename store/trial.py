"""Trial: the store as a new version of it would run, put together on the books and serving nobody (`serve --trial`).

It opens the books and brings them up to date, builds every page and takes its address, so whoever sees it healthy has
seen all of that. It hears no till, starts no duty, and answers `/healthz` alone: nothing is acknowledged by it, so the
books may still be taken back (`self_update`). It ends with whoever started it, when its standard input ends.
"""

import os
import signal
import sys
import threading

from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from store.config import Config
from store.log import set_up_log
from store.server import Server


class OnlyHealth:
    """Everything but /healthz is unavailable."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "lifespan" or (scope["type"] == "http" and scope["path"] == "/healthz"):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1013})
        else:
            await PlainTextResponse("the store is being updated; try again soon\n", 503)(scope, receive, send)


class Trial(Server):
    """One store server that does nothing."""

    def run(self) -> None:
        """Until SIGTERM, SIGINT or the end of whoever started it."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._end())
        self._uvicorn.run(sockets=[self._socket])
        self.parts.engine.dispose()

    def _app(self) -> FastAPI:
        app = super()._app()
        app.add_middleware(OnlyHealth)
        return app

    def _opened(self) -> None:
        self._log.info("trial.open", url=self.url)


def _end_with_the_starter() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def try_out(config: Config) -> None:
    """`store serve --trial`. BooksClosed, BadLink, CannotListen, CannotFound."""
    set_up_log()
    threading.Thread(target=_end_with_the_starter, name="starter", daemon=True).start()
    Trial(config).run()
