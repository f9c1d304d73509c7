"""Server: the bench page over HTTP, in the launcher's own event loop, on loopback only."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response
from fastapi.staticfiles import StaticFiles

from kiosk import ui
from kiosk.demo.bench.page import add_page
from kiosk.demo.bench.parts import Bench
from kiosk.demo.place import LOOPBACK
from kiosk.demo.trouble import Trouble

_LAST_WORDS_S = 1
_PICTURES = Path(ui.__path__[0]) / "pictures"


class _Quiet(uvicorn.Server):
    """A server that leaves the signals to the launcher."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class BenchServer:
    """Serves the page, the lane's picture, and the pictures of products."""

    def __init__(self, bench: Bench) -> None:
        config = uvicorn.Config(
            _app(bench),
            host=LOOPBACK,
            port=bench.place.ports.bench,
            log_config=None,
            access_log=False,
            lifespan="on",
            timeout_graceful_shutdown=_LAST_WORDS_S,
        )
        self._server = _Quiet(config)
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Until it answers. Raises Trouble if it cannot."""
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:
            if self._serving.done():
                raise Trouble("the bench page cannot be served: another program has taken its port")
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """Let go of the pages that are open, and of the port."""
        self._server.should_exit = True
        if self._serving is not None:
            await self._serving


def _app(bench: Bench) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/pictures", StaticFiles(directory=_PICTURES))

    @app.get("/screen/{digest}.png")
    def screen(digest: str) -> Response:
        """The lane's screen as it was last seen; the digest is there for the browser to tell two pictures apart."""
        return Response(bench.mirror.sight.png, media_type="image/png", headers={"Cache-Control": "no-store"})

    add_page(app, bench)
    return app
