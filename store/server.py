"""Server: everything of a store put together and run until a signal says to stop.

Order matters twice. Starting: the books, the clerk, the broker, then the pages, so that whoever can ask is answered.
Stopping, the other way round: pages first, then the broker, then the clerk finishes what is in the tray.
"""

import signal
import ssl

import structlog
import uvicorn
from fastapi import FastAPI

from store.adoption_door import Door
from store.api import make_app
from store.caretaker import Caretaker
from store.clock import utc_ms
from store.closer import Closer
from store.config import Config
from store.console.page import add_console
from store.database import open_books
from store.guard import Guard
from store.listening import CannotListen, listen
from store.log import set_up_log
from store.notify import Notify
from store.parts import Parts, make_parts
from store.price_clock import PriceClock
from store.rollup_care import keep
from store.sign_in_page import sign_in_router
from store.trust_page import BadAuthority, trust_router
from store.weights import learn_weights

_LAST_WORDS_S = 3
"""How long open pages may take to say goodbye."""


class Server:
    """One store server."""

    def __init__(self, config: Config) -> None:
        """Opens the books and the address. BooksClosed, BadLink, CannotListen, CannotFound."""
        self._config = config
        self._log = structlog.get_logger("store")
        self._bug: BaseException | None = None
        self.parts: Parts = make_parts(config, open_books(config.database.url), utc_ms, self._failed)
        self._socket = listen(*config.listen, "http.listen")
        self._door = Door(self.parts, self._failed) if config.adoption.listen else None
        show = self._door.renewed if self._door is not None else lambda: None
        self._caretaker = Caretaker(config, self.parts.engine, utc_ms, self._failed, show)
        self._price_clock = PriceClock(self.parts.engine, utc_ms, self.parts.clerk.look, self._failed)
        self._closer = Closer(config, self.parts.engine, utc_ms, self._failed, lambda: self._uvicorn.started)
        try:
            self._uvicorn = uvicorn.Server(self._settings(self._app()))
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
            ws_max_size=1 << 20,
            ssl_certfile=self._config.http.cert or None,
            ssl_keyfile=self._config.http.key or None,
        )

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT; raises the bug that ended it, if it was one."""
        notify = Notify()
        parts = self.parts
        for number in (signal.SIGTERM, signal.SIGINT):
            # uvicorn takes the signals while it serves and raises them again afterwards, which then changes nothing.
            signal.signal(number, lambda *_: self._end())
        if keep(parts.engine, parts.config.store.timezone):
            self._log.info("rollups.added_up", timezone=parts.config.store.timezone)
        parts.clerk.beat = lambda: notify.say("WATCHDOG=1")
        parts.prices.restate(utc_ms())
        learn_weights(parts.engine, parts.prices, utc_ms())
        parts.clerk.start()
        parts.postman.start()
        parts.pictures.start()
        self._price_clock.start()
        for courier in parts.couriers:
            courier.start()
        self._closer.start()
        parts.watch.start()
        if self._door is not None:
            self._door.start()
        self._caretaker.start()
        if parts.link is not None:
            parts.link.start()
        self._log.info("store.open", url=self.url, broker=parts.config.link.broker.rpartition("@")[2] or "none")
        notify.say("READY=1")
        self._uvicorn.run(sockets=[self._socket])
        notify.say("STOPPING=1")
        if self._door is not None:
            self._door.stop()
        self._caretaker.stop()
        if parts.link is not None:
            parts.link.stop()
        parts.postman.stop()
        parts.pictures.stop()
        self._price_clock.stop()
        for courier in parts.couriers:
            courier.stop()
        self._closer.stop()
        parts.watch.stop()
        if self._bug is None:
            parts.clerk.stop()
        parts.engine.dispose()
        self._log.info("store.closed")
        if self._bug is not None:
            raise self._bug

    def _failed(self, bug: BaseException) -> None:
        """In the clerk's thread: a bug. Nothing more is acknowledged, and the service manager starts us anew."""
        self._bug = bug
        self._log.critical("clerk.bug", exc_info=bug)
        self._end()

    def _end(self) -> None:
        self._uvicorn.should_exit = True


def serve(config: Config) -> None:
    """`store serve`."""
    set_up_log()
    Server(config).run()
