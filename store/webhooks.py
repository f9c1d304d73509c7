"""Webhooks: other programs hear what happens, signed, at least once, and never instead of the sale.

What happened and what is to be told of it are written in one transaction, so neither is without the other; a courier
(`store.couriers`) sends it after the commit. Whoever does not answer is tried again by the schedule of the Standard
Webhooks specification, over three days; then the delivery is dead and staff see it, and may have it sent again. A
subscriber who is busy or away rests as a whole; one who says 410 is never asked again.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.moment import rfc3339
from store.database import writing
from store.outgoing_schema import webhook, webhook_delivery
from store.webhook_signature import KEY_BYTES, new_secret

EVENTS = ("sale.booked", "stock.changed", "order.changed", "price.changed")
WAITS_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Between one attempt and the next: the example schedule of the specification."""
LONGEST_REST_S = 1_800
KEEP_MS = 4 * 86_400_000
"""What waits for longer, behind a subscriber who is away, is dead too."""
FORGET_MS = 7 * 86_400_000
BUSY = (429, 502, 503, 504)
State = Literal["waiting", "done", "dead"]


class UnknownWebhook(LookupError):
    """There is no subscriber, or no dead delivery, with this id."""


class Subscriber(msgspec.Struct, frozen=True):
    """One program that wants to hear. Its secret is said once, when it is made."""

    id: str
    url: str
    events: tuple[str, ...]
    state: Literal["active", "stopped"]
    why: str
    rests_until_utc_ms: int
    made_utc_ms: int
    waiting: int = 0
    dead: int = 0


class Delivery(msgspec.Struct, frozen=True):
    """One thing to be told to one of them."""

    id: str
    webhook_id: str
    type: str
    state: State
    since_utc_ms: int
    next_utc_ms: int
    tries: int
    ended_utc_ms: int
    why: str


class Due(msgspec.Struct, frozen=True):
    """A delivery to be tried now."""

    id: str
    webhook_id: str
    url: str
    secret: str
    body: bytes
    tries: int


# --- subscribers ------------------------------------------------------------------------------------------------------


def subscribe(engine: Engine, url: str, events: tuple[str, ...], now_utc_ms: int) -> tuple[str, str]:
    """Its id and its secret."""
    id_, secret = f"wh-{now_utc_ms}-{secrets.token_hex(4)}", new_secret(secrets.token_bytes(KEY_BYTES))
    row = {"id": id_, "url": url, "secret": secret, "events": " ".join(events), "state": "active"}
    with writing(engine) as connection:
        connection.execute(sa.insert(webhook).values(**row, made_utc_ms=now_utc_ms))
    return id_, secret


def unsubscribe(engine: Engine, id_: str) -> None:
    """With all that waits for it. UnknownWebhook."""
    with writing(engine) as connection:
        connection.execute(sa.delete(webhook_delivery).where(webhook_delivery.c.webhook_id == id_))
        if connection.execute(sa.delete(webhook).where(webhook.c.id == id_)).rowcount != 1:
            raise UnknownWebhook(f"there is no webhook {id_}")


def resume(engine: Engine, id_: str) -> None:
    """Ask again whoever was stopped, and at once. UnknownWebhook."""
    again = {"state": "active", "why": "", "rests_until_utc_ms": 0}
    with writing(engine) as connection:
        if connection.execute(sa.update(webhook).where(webhook.c.id == id_).values(**again)).rowcount != 1:
            raise UnknownWebhook(f"there is no webhook {id_}")


def subscribers(engine: Engine) -> list[Subscriber]:
    """All, the oldest first."""
    delivery = webhook_delivery.c

    def how_many(state: str) -> Any:
        mine = sa.select(sa.func.count()).where(delivery.webhook_id == webhook.c.id, delivery.state == state)
        return mine.scalar_subquery().label(state)

    query = sa.select(webhook, how_many("waiting"), how_many("dead")).order_by(webhook.c.made_utc_ms, webhook.c.id)
    with engine.connect() as connection:
        rows = connection.execute(query).mappings().all()
    told = [name for name in Subscriber.__struct_fields__ if name != "events"]
    return [Subscriber(**{name: row[name] for name in told}, events=tuple(row["events"].split())) for row in rows]


# --- what happened ----------------------------------------------------------------------------------------------------


def note(connection: Connection, type_: str, data: Callable[[], Any], now_utc_ms: int) -> None:
    """Tell whoever wants this type, after the commit. `data` is only worked out if anybody does."""
    ids = _who_wants(connection, type_)
    if ids:
        _queue(connection, ids, type_, data(), now_utc_ms)


def note_all(connection: Connection, type_: str, datas: Iterable[Any], now_utc_ms: int) -> None:
    """The same of many things of one type: who wants them is looked up once."""
    ids = _who_wants(connection, type_)
    for data in datas if ids else ():
        _queue(connection, ids, type_, data, now_utc_ms)


def _who_wants(connection: Connection, type_: str) -> Sequence[str]:
    wants = sa.func.instr if connection.dialect.name == "sqlite" else sa.func.strpos
    asked = wants(sa.literal(" ") + webhook.c.events + " ", f" {type_} ") > 0
    return connection.scalars(sa.select(webhook.c.id).where(webhook.c.state == "active", asked)).all()


def ping(engine: Engine, id_: str, now_utc_ms: int) -> None:
    """Something to try the connection with. UnknownWebhook."""
    with writing(engine) as connection:
        if connection.scalar(sa.select(webhook.c.id).where(webhook.c.id == id_)) is None:
            raise UnknownWebhook(f"there is no webhook {id_}")
        _queue(connection, [id_], "webhook.ping", {}, now_utc_ms)


def _queue(connection: Connection, ids: Any, type_: str, data: Any, now_utc_ms: int) -> None:
    body = msgspec.json.encode({"type": type_, "timestamp": rfc3339(now_utc_ms), "data": data}).decode()
    about = {"type": type_, "body": body, "state": "waiting", "since_utc_ms": now_utc_ms, "next_utc_ms": now_utc_ms}
    rows = [{"id": f"msg_{secrets.token_hex(12)}", "webhook_id": id_, **about} for id_ in ids]
    connection.execute(sa.insert(webhook_delivery), rows)


# --- sending ----------------------------------------------------------------------------------------------------------


def next_due(engine: Engine, now_utc_ms: int) -> Due | None:
    """The one that has waited longest of those that may be tried now, with its next attempt already put off."""
    delivery = webhook_delivery.c
    columns = (delivery.id, delivery.webhook_id, webhook.c.url, webhook.c.secret, delivery.body, delivery.tries)
    query = sa.select(*columns).join(webhook, webhook.c.id == delivery.webhook_id)
    query = query.where(delivery.state == "waiting", delivery.next_utc_ms <= now_utc_ms)
    query = query.where(webhook.c.state == "active", webhook.c.rests_until_utc_ms <= now_utc_ms)
    query = query.order_by(delivery.next_utc_ms, delivery.since_utc_ms, delivery.id).limit(1)
    with engine.connect() as connection:  # most often there is none: only look
        if connection.execute(query).first() is None:
            return None
    with writing(engine) as connection:
        found = connection.execute(query.with_for_update(of=webhook_delivery)).first()
        if found is None:
            return None
        wait_ms = WAITS_S[min(found.tries, len(WAITS_S) - 1)] * 1000
        later = {"tries": found.tries + 1, "next_utc_ms": now_utc_ms + wait_ms}
        connection.execute(sa.update(webhook_delivery).where(delivery.id == found.id).values(**later))
    return Due(found.id, found.webhook_id, found.url, found.secret, found.body.encode(), found.tries + 1)


def arrived(engine: Engine, due: Due, now_utc_ms: int) -> None:
    """It was answered with 2xx."""
    with writing(engine) as connection:
        done = {"state": "done", "body": "", "ended_utc_ms": now_utc_ms, "why": ""}
        connection.execute(sa.update(webhook_delivery).where(webhook_delivery.c.id == due.id).values(**done))
        awake = sa.update(webhook).where(webhook.c.id == due.webhook_id, webhook.c.rests_until_utc_ms > 0)
        connection.execute(awake.values(rests_until_utc_ms=0))


def failed(engine: Engine, due: Due, why: str, now_utc_ms: int, *, rests: bool, wait_s: int) -> None:
    """Not this time: again in `wait_s`, or dead after the last. `rests`: nothing else is tried there meanwhile."""
    values: dict[str, Any] = {"why": why, "next_utc_ms": now_utc_ms + wait_s * 1000}
    if due.tries > len(WAITS_S):
        values |= {"state": "dead", "ended_utc_ms": now_utc_ms}
    with writing(engine) as connection:
        connection.execute(sa.update(webhook_delivery).where(webhook_delivery.c.id == due.id).values(**values))
        if rests:
            until = now_utc_ms + min(wait_s, LONGEST_REST_S) * 1000
            connection.execute(
                sa.update(webhook).where(webhook.c.id == due.webhook_id).values(rests_until_utc_ms=until)
            )


def stop(engine: Engine, id_: str, why: str) -> None:
    """Never ask it again, unless somebody resumes it."""
    with writing(engine) as connection:
        connection.execute(sa.update(webhook).where(webhook.c.id == id_).values(state="stopped", why=why))


def sweep(engine: Engine, now_utc_ms: int) -> int:
    """What waited too long is dead, how many; what arrived a week ago is forgotten."""
    delivery = webhook_delivery.c
    old = (delivery.state == "waiting", delivery.since_utc_ms <= now_utc_ms - KEEP_MS)
    with writing(engine) as connection:
        dead = {"state": "dead", "ended_utc_ms": now_utc_ms}
        ended = connection.execute(sa.update(webhook_delivery).where(*old).values(**dead)).rowcount
        done = (delivery.state == "done", delivery.ended_utc_ms <= now_utc_ms - FORGET_MS)
        connection.execute(sa.delete(webhook_delivery).where(*done))
    return ended


def retry(engine: Engine, id_: str, now_utc_ms: int) -> None:
    """Send a dead one again, from the start of the schedule. UnknownWebhook."""
    again = {"state": "waiting", "tries": 0, "since_utc_ms": now_utc_ms, "next_utc_ms": now_utc_ms, "ended_utc_ms": 0}
    dead = (webhook_delivery.c.id == id_, webhook_delivery.c.state == "dead")
    with writing(engine) as connection:
        if connection.execute(sa.update(webhook_delivery).where(*dead).values(**again)).rowcount != 1:
            raise UnknownWebhook(f"there is no dead delivery {id_}")


def deliveries(engine: Engine, *, state: str = "", webhook_id: str = "", limit: int, offset: int = 0) -> list[Delivery]:
    """The newest first."""
    columns = [getattr(webhook_delivery.c, name) for name in Delivery.__struct_fields__]
    query = sa.select(*columns).order_by(webhook_delivery.c.since_utc_ms.desc(), webhook_delivery.c.id)
    if state:
        query = query.where(webhook_delivery.c.state == state)
    if webhook_id:
        query = query.where(webhook_delivery.c.webhook_id == webhook_id)
    with engine.connect() as connection:
        return [Delivery(*row) for row in connection.execute(query.limit(limit).offset(offset))]
