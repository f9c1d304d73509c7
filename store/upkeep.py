"""Upkeep: what a store stands on and nobody looks at until it is too late, looked at.

Certificates end, backups are forgotten, disks fill, a thread hangs. `look` gathers how all that stands now, as facts;
what of it somebody must see to, and in which words, is `upkeep_alarms`; as numbers it is in `upkeep_metrics`. A look
costs some file reads and small queries, so pages share one that is at most RECENT_MS old.
"""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.adoption_schema import till_certificate
from store.backup_record import Made, last_good, last_made
from store.certificates import NotOurs, days_left
from store.config import Config
from store.database import revision
from store.disk_room import existing
from store.duties import Duty
from store.outgoing_schema import shop_push, webhook_delivery
from store.revocation import revoked
from store.schema import mail, sale

RECENT_MS = 30_000


class Certificate(msgspec.Struct, frozen=True):
    """One that somebody shows or believes. `of`: authority, link, console, broker, till; `days` until its end, whole;

    `problem`: why it cannot be read.
    """

    of: str
    till: str = ""
    days: int = 0
    problem: str = ""


class Disk(msgspec.Struct, frozen=True):
    """Where something lies: books or pictures. Bytes that we may still write, of all that there are."""

    of: str
    folder: str
    free: int
    total: int


class Standing(msgspec.Struct, frozen=True):
    """A duty. `every_s`: 0 for one that takes no turns; `turned_utc_ms`: 0 before the first turn that ended well."""

    name: str
    began: bool
    alive: bool
    every_s: int
    turned_utc_ms: int


class Facts(msgspec.Struct, frozen=True):
    """How all stands. `backup`: the last try, `good_backup`: the last that succeeded; `revision`: of the books."""

    at_utc_ms: int
    began_utc_ms: int
    certificates: tuple[Certificate, ...]
    disks: tuple[Disk, ...]
    duties: tuple[Standing, ...]
    backup: Made | None
    good_backup: Made | None
    has_sales: bool
    revision: int
    waiting: dict[str, int]
    """What other machines have not taken yet: mail, webhooks, web-shop."""


class Upkeep:
    """One store's."""

    def __init__(self, config: Config, engine: Engine, duties: Sequence[Duty], now_utc_ms: Callable[[], int]) -> None:
        """`duties` are asked when somebody looks: whoever joins them later is among them."""
        self._config, self._engine, self._duties, self._now = config, engine, duties, now_utc_ms
        self._began = now_utc_ms()
        self._lock = threading.Lock()
        self._last: Facts | None = None

    def recent(self) -> Facts:
        """A look of just now. OperationalError: the books cannot be reached."""
        with self._lock:
            if self._last is None or not 0 <= self._now() - self._last.at_utc_ms < RECENT_MS:
                self._last = self.look()
            return self._last

    def look(self) -> Facts:
        """A look. OperationalError."""
        engine, config, now = self._engine, self._config, self._now()
        with engine.connect() as connection:
            found = revision(connection) or "0"
            has_sales = connection.scalar(sa.select(sale.c.key).limit(1)) is not None
        return Facts(
            at_utc_ms=now,
            began_utc_ms=self._began,
            certificates=tuple(certificates(config, engine, now)),
            disks=tuple(disks(config, engine)),
            duties=tuple(standing(duty) for duty in self._duties),
            backup=last_made(engine),
            good_backup=last_good(engine),
            has_sales=has_sales,
            revision=int(found),
            waiting=_waiting(engine),
        )


def standing(duty: Duty) -> Standing:
    """How one duty stands."""
    return Standing(duty.name, duty.began, duty.alive, duty.every_s, duty.turned_utc_ms)


def certificates(config: Config, engine: Engine, now_utc_ms: int) -> Iterator[Certificate]:
    """The authority's, the store's own, the broker's, and of each till that is not turned away the one it has now."""
    folder = Path(config.adoption.folder) if config.adoption.folder else None
    authority = str(folder / "ca.crt") if folder else config.http.ca or config.link.ca
    files = {"authority": authority, "link": config.link.cert, "console": config.http.cert}
    if folder is not None:
        files["broker"] = str(folder / "broker/broker.crt")
    for of, file in files.items():
        if file:
            yield _read(Certificate(of), Path(file), now_utc_ms)
    for till, found in sorted(_of_tills(engine, folder).items()):
        yield _best(till, found, now_utc_ms)


def _of_tills(engine: Engine, folder: Path | None) -> dict[str, list[bytes]]:
    """All that each till was ever given; PEM."""
    found: dict[str, list[bytes]] = {}
    if folder is not None:
        for path in folder.glob("tills/*/till.crt"):
            found.setdefault(path.parent.name, []).append(path.read_bytes())
    with engine.connect() as connection:
        for till, body in connection.execute(sa.select(till_certificate.c.till, till_certificate.c.body)):
            found.setdefault(till, []).append(body.encode())
        away = revoked(connection, list(found))
    return {till: bodies for till, bodies in found.items() if till not in away}


def _best(till: str, bodies: Iterable[bytes], now_utc_ms: int) -> Certificate:
    """The one that ends last: a till has that one, since it only ever gets another before its own ends."""
    try:
        return Certificate("till", till, max(days_left(body, now_utc_ms) for body in bodies))
    except NotOurs as error:
        return Certificate("till", till, problem=str(error))


def _read(one: Certificate, file: Path, now_utc_ms: int) -> Certificate:
    try:
        return msgspec.structs.replace(one, days=days_left(file.read_bytes(), now_utc_ms))
    except (OSError, NotOurs) as error:
        return msgspec.structs.replace(one, problem=f"{file}: {getattr(error, 'strerror', None) or error}")


def disks(config: Config, engine: Engine) -> Iterator[Disk]:
    """Of the books, if they are a file here, and of the pictures."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        yield _disk("books", Path(engine.url.database).parent)
    yield _disk("pictures", Path(config.pictures.folder))


def _disk(of: str, folder: Path) -> Disk:
    usage = shutil.disk_usage(existing(folder))
    return Disk(of, str(folder), usage.free, usage.total)


def _waiting(engine: Engine) -> dict[str, int]:
    tables = {"mail": mail, "webhooks": webhook_delivery, "web-shop": shop_push}
    with engine.connect() as connection:
        return {
            name: connection.scalar(
                sa.select(sa.func.count()).select_from(table).where(table.c.state == "waiting")
            ) or 0
            for name, table in tables.items()
        }  # fmt: skip
