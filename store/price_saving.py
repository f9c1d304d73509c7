"""Price saving: what somebody typed becomes a batch, and begins at once if it waits for nothing.

The one way in for pages and routes: a price, a picture or an offer is planned, approved, put into a version and rolled
back alike.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from store import price_batches, price_history
from store.book_edits import Edit
from store.database import writing
from store.parts import Parts
from store.price_batches import BadBatch, Batch, Limits


def limits_of(parts: Parts) -> Limits:
    """What one person may change alone in this shop."""
    return price_batches.limits_in(parts.config.prices)


def save(
    parts: Parts,
    edits: Sequence[Edit] = (),
    prices: Mapping[str, int] | None = None,
    *,
    by: str,
    name: str = "",
    starts_utc_ms: int = 0,
    waits_for_labels: bool = False,
) -> Batch:
    """The batch as it is now: started, or with what it waits for. BadBatch."""
    now = parts.now_utc_ms()
    batch = price_batches.plan(
        parts.engine, prices or {}, name=name, by=by, starts_utc_ms=starts_utc_ms, waits_for_labels=waits_for_labels,
        limits=limits_of(parts), now_utc_ms=now, edits=edits,
    )  # fmt: skip
    if batch.state(now) != "due":
        return batch
    begin(parts)
    return price_batches.find(parts.engine, batch.id)


def go_back(parts: Parts, version: int, *, by: str) -> Batch | None:
    """Make the book what it was in that version, at once; or, if that changes more than one person may change alone,
    the batch that waits for somebody else. UnknownVersion, BadBatch.

    At once even if something was wrong then: whoever goes back in a hurry shall not have to put it right first. What
    waits has time, so it leaves out what was wrong, and says what that is.
    """
    edits = price_history.way_back(parts.engine, version)
    with writing(parts.engine) as connection:
        name = f"Back to version {version}"
        asked = price_batches.ask(connection, edits, limits_of(parts), name=name, by=by, now_utc_ms=parts.now_utc_ms())
    if asked is not None:
        return asked
    price_history.roll_back(parts.engine, version, by, parts.now_utc_ms())
    parts.clerk.look()
    return None


def begin(parts: Parts) -> None:
    """Whatever waits for nothing more begins now, and the lanes hear of it."""
    if price_batches.start_due(parts.engine, parts.now_utc_ms()):
        parts.clerk.look()


def moment_typed(day: str, time: str, zone: tzinfo) -> int:
    """UTC milliseconds of a day and a time on the shop's clock: midnight without a time, 0 without a day. BadBatch."""
    day, time = day.strip(), time.strip()
    if not day:
        if time:
            raise BadBatch("a time needs its day")
        return 0
    try:
        moment = datetime.fromisoformat(f"{day}T{time or '00:00'}").replace(tzinfo=zone)
    except ValueError as error:
        raise BadBatch(f"{day} {time} is no day and time") from error
    return int(moment.timestamp()) * 1000
