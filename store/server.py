"""Server: everything of a store put together and run until a signal says to stop.

Order matters twice. Starting: the books, the pages' own start, then every thread and the broker, before the first
request is read, so that whoever can ask is answered (why no thread may start earlier: `duties`). Stopping, the other
way round: pages first, then the broker, then everybody ends what is in hand, and the clerk what is in the tray.
"""

import asyncio
import signal
import socket
import ssl
import threading
from collections.abc import Callable

import structlog
import uvicorn
from fastapi import FastAPI

from store import caretaker
from store.adoption_door import Door
from store.api import make_app
from store.caretaker import Caretaker
from store.clock import utc_ms
from store.closing_socket import ClosingSocket
from store.config import Config
from store.console.page import add_console
from store.database import open_books
from store.duties import Rounds, stop_all
from store.guard import Guard
from store.listening import CannotListen, listen
from store.log import set_up_log
from store.notify import Notify
from store.parts import Parts, make_parts
from store.rollup_care import keep
from store.sign_in_page import sign_in_router
from store.trust_page import BadAuthority, trust_router
from store.weights import learn_weights

_LAST_WORDS_S = 3
"""How long open pages may take to say goodbye."""


class Pages(uvicorn.Server):
    """The HTTP server; `opened` is called once it is ready, before it reads anything."""

    def __init__(self, settings: uvicorn.Config, opened: Callable[[], None]) -> None:
        super().__init__(settings)
        self._opened = opened
        self._loop: asyncio.AbstractEventLoop | None = None

    def renewed(self) -> None:
        """Show whoever comes from now on the certificate that is in its file now."""
        settings = self.config
        if self._loop is not None and settings.ssl is not None and settings.ssl_certfile is not None:
            self._loop.call_soon_threadsafe(settings.ssl.load_cert_chain, settings.ssl_certfile, settings.ssl_keyfile)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As it does, and then ours."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            self._opened()


class Server:
    """One store server."""

    def __init__(self, config: Config) -> None:
        """Opens the books and the address. BooksClosed, BadLink, CannotListen, CannotFound."""
        self._config = config
        self._log = structlog.get_logger("store")
        self._bug: BaseException | None = None
        self.parts: Parts = make_parts(config, open_books(config.database.url), utc_ms, self._failed)
        self._socket = listen(*config.listen, "http.listen")
        self._notify = Notify()
        self._add_duties()
        try:
            self._uvicorn = Pages(self._settings(self._app()), self._opened)
            self._uvicorn.config.load()
        except (OSError, ssl.SSLError) as error:
            raise CannotListen(f"HTTPS: {error}; see http.cert and http.key") from error
        except BadAuthority as error:
            raise CannotListen(str(error)) from error

    @property
    def url(self) -> str:
        """Where the console is."""
        host, port = self._socket.getsockname()[:2]
        scheme = "https" if self._config.http.cert else "http"
        return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"

    def _add_duties(self) -> None:
        config, parts = self._config, self.parts
        door = Door(parts, self._failed) if config.adoption.listen else None

        def renewed() -> None:
            self._uvicorn.renewed()
            if door is not None:
                door.renewed()

        care = Caretaker(config, parts.engine, utc_ms, renewed)
        parts.duties.extend([door] if door is not None else [])
        parts.duties.append(Rounds("caretaker", care.turn, self._failed, utc_ms, every_s=caretaker.DAY_S))

    def _app(self) -> FastAPI:
        app = make_app(self.parts)
        app.include_router(sign_in_router(self.parts))
        app.include_router(trust_router(self.parts))
        add_console(app, self.parts)
        app.add_middleware(Guard, parts=self.parts)
        return app

    def _settings(self, app: FastAPI) -> uvicorn.Config:
        return uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=_LAST_WORDS_S,
            ws=ClosingSocket,
            ws_max_size=1 << 20,
            ssl_certfile=self._config.http.cert or None,
            ssl_keyfile=self._config.http.key or None,
        )

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT; raises the bug that ended it, if it was one."""
        parts = self.parts
        for number in (signal.SIGTERM, signal.SIGINT):
            # uvicorn takes the signals while it serves and raises them again afterwards, which then changes nothing.
            signal.signal(number, lambda *_: self._end())
        if keep(parts.engine, parts.config.store.timezone):
            self._log.info("rollups.added_up", timezone=parts.config.store.timezone)
        parts.clerk.beat = lambda: self._notify.say("WATCHDOG=1")
        parts.prices.restate(utc_ms())
        learn_weights(parts.engine, parts.prices, utc_ms())
        self._uvicorn.run(sockets=[self._socket])
        self._notify.say("STOPPING=1")
        self._close()
        if self._bug is not None:
            raise self._bug

    def _opened(self) -> None:
        """The pages are ready: everybody begins."""
        parts = self.parts
        for duty in parts.duties:
            duty.start()
        self._log.info("store.open", url=self.url, broker=parts.config.link.broker.rpartition("@")[2] or "none")
        if parts.link is not None:
            parts.link.start()
        self._notify.say("READY=1")

    def _close(self) -> None:
        parts = self.parts
        if parts.link is not None:
            parts.link.stop()
        if left := stop_all(duty for duty in parts.duties if duty is not parts.clerk):
            self._log.warning("store.not_waited_for", duties=left)
        if self._bug is None and parts.clerk.alive:
            parts.clerk.stop()
        parts.engine.dispose()
        self._log.info("store.closed")

    def _failed(self, bug: BaseException) -> None:
        """In the thread that met it: a bug. We end, and the service manager starts us anew."""
        self._bug = self._bug or bug
        self._log.critical("store.bug", thread=threading.current_thread().name, exc_info=bug)
        self._end()

    def _end(self) -> None:
        self._uvicorn.should_exit = True


def serve(config: Config) -> None:
    """`store serve`."""
    set_up_log()
    Server(config).run()
