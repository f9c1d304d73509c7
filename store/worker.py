"""Worker: a process that only takes what tills send into the books and answers them (`store serve --only ingest`).

Several run side by side on one PostgreSQL, beside the one process that has the console; the broker gives each message
to one of them (`link`). They are all alike and know nothing of each other: one that is killed takes with it what it had
not acknowledged, and the tills repeat that to the others. What must be done once in a shop (publishing prices, sending
commands and mail) is the console process's.
"""

import signal
import threading

import structlog

from store.clerk import Clerk
from store.clock import utc_ms
from store.config import Config
from store.database import open_books
from store.lanes import Lanes
from store.link import BadLink, Link
from store.log import set_up_log
from store.notify import Notify


def work(config: Config) -> None:
    """Until SIGTERM or SIGINT; raises the bug that ended it, if it was one. BooksClosed, BadLink."""
    if not config.link.broker:
        raise BadLink("link.broker: there is nothing to take in without a broker; see [link] in store.toml")
    set_up_log()
    log, notify, ended, bugs = structlog.get_logger("worker"), Notify(), threading.Event(), list[BaseException]()

    def failed(bug: BaseException) -> None:
        bugs.append(bug)
        log.critical("worker.bug", exc_info=bug)
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    engine = open_books(config.database.url)
    clerk = Clerk(config, engine, Lanes(), utc_ms, failed, leads=False)
    link = clerk.link = Link(config.link, config.store.id, clerk.put, lambda: None, worker=True)
    clerk.beat = lambda: notify.say("WATCHDOG=1")
    clerk.start()
    link.start()
    log.info("worker.open", broker=config.link.broker.rpartition("@")[2])
    notify.say("READY=1")
    ended.wait()
    notify.say("STOPPING=1")
    link.stop()
    if not bugs:
        clerk.stop()
    engine.dispose()
    log.info("worker.closed")
    for bug in bugs:
        raise bug
