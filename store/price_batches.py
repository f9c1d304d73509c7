"""Price batches: changes that begin together, at a time, when the labels hang, and after a second look.

Of prices (code -> minor units) and of whole products and offers (`book_edits`): names, pictures, what an offer gives.

A batch waits for whatever it was told to wait for, in any order: somebody else's approval (if it changes more than the
shop lets one person change alone), the staff's word that the new labels hang, and its time. When nothing is left to
wait for it becomes one version of the price book, once, in one transaction. What does not fit any more by then, as of
a product that is gone, is left out and told (`left_out`); the rest starts.

States follow from what is written, and are never written themselves.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.canonical import canonical_json
from kiosk.wire.offers_csv import Entry, OfferRow, decode_entry
from kiosk.wire.offers_together import names_of
from kiosk.wire.price_csv import PRICE_LARGEST_MINOR, PriceRow
from store.book_edits import Edit, LeftOut, against, gives_anew, most_percent, overtaken, price_changes, put
from store.config import PricesTable
from store.database import writing
from store.price_book import Change, amend, entries_in_use
from store.prices_schema import price_batch, price_batch_edit, price_batch_row

State = Literal["cancelled", "started", "approval", "labels", "planned", "due"]


class Limits(msgspec.Struct, frozen=True):
    """What one person may change alone: by how many per cent one price, and how many prices in one batch. 0: all."""

    percent: int = 0
    rows: int = 0


def limits_in(table: PricesTable) -> Limits:
    """As the shop has set them."""
    return Limits(table.approve_above_percent, table.approve_above_rows)


class Row(msgspec.Struct, frozen=True):
    """One price of a batch."""

    code: str
    was_minor: int
    price_minor: int


class Batch(msgspec.Struct, frozen=True):
    """A batch as it is written."""

    id: str
    name: str
    made_by: str
    made_utc_ms: int
    starts_utc_ms: int
    waits_for_labels: bool
    needs_approval: str = ""
    approved_by: str = ""
    labels_by: str = ""
    cancelled_by: str = ""
    ended_utc_ms: int = 0
    version: int | None = None
    left_out: str = ""
    rows: tuple[Row, ...] = ()
    edits: tuple[Edit, ...] = ()

    def state(self, now_utc_ms: int) -> State:
        """What it waits for, or what became of it."""
        if self.ended_utc_ms:
            return "started" if self.version is not None else "cancelled"
        if self.needs_approval and not self.approved_by:
            return "approval"
        if self.waits_for_labels and not self.labels_by:
            return "labels"
        return "planned" if self.starts_utc_ms > now_utc_ms else "due"


class BadBatch(Exception):
    """That is not possible. One line for a person."""


def plan(
    engine: Engine,
    prices: Mapping[str, int],
    *,
    name: str,
    by: str,
    starts_utc_ms: int,
    waits_for_labels: bool,
    limits: Limits,
    now_utc_ms: int,
    edits: Sequence[Edit] = (),
) -> Batch:
    """A new batch of these prices (code -> minor units) and edits. BadBatch names the first that cannot be."""
    with writing(engine) as connection:
        used = entries_in_use(connection, {*prices, *(edit.code for edit in edits)})
        rows = tuple(_row(used, code, minor) for code, minor in sorted(prices.items()))
        changed = tuple(row for row in rows if row.was_minor != row.price_minor)
        meant = tuple(edit for edit in edits if edit.was != edit.becomes)
        if not changed and not meant:
            raise BadBatch("nothing would change")
        if problems := _against(connection, used, meant):
            raise BadBatch("; ".join(problems))
        batch = Batch(
            secrets.token_hex(6), name.strip() or _called(changed, meant), by, now_utc_ms, starts_utc_ms,
            waits_for_labels, _why(connection, changed, meant, limits), rows=changed, edits=meant,
        )  # fmt: skip
        _keep(connection, batch)
    return batch


def ask(
    connection: Connection, edits: Sequence[Edit], limits: Limits, *, name: str, by: str, now_utc_ms: int,
    whole: bool = False,
) -> Batch | None:  # fmt: skip
    """A batch of what somebody wants at one stroke (an import, the way back), if one person may not do it alone.

    What of it would make something wrong is left out, and told at once; `whole`: it is not left out, but refused.
    None: one person may do it. BadBatch.
    """
    if not (asked := _why(connection, (), edits, limits)):
        return None
    batch = Batch(secrets.token_hex(6), name, by, now_utc_ms, 0, waits_for_labels=False, needs_approval=asked)
    batch = msgspec.structs.replace(batch, edits=tuple(edits))
    new, left_out = _fitting(connection, batch)
    if left_out and whole:
        raise BadBatch("; ".join(left_out))
    used = entries_in_use(connection, set(new))
    if all(used.get(code) == entry for code, entry in new.items()):
        raise BadBatch(f"{name} would only bring back what is wrong ({'; '.join(left_out)}): put that right by hand")
    batch = msgspec.structs.replace(batch, left_out="; ".join(left_out))
    _keep(connection, batch)
    return batch


def _keep(connection: Connection, batch: Batch) -> None:
    about = {key: value for key, value in msgspec.structs.asdict(batch).items() if key not in ("rows", "edits")}
    connection.execute(sa.insert(price_batch).values(about))
    rows = [{"batch_id": batch.id, **msgspec.structs.asdict(row)} for row in batch.rows]
    edits = [
        {"batch_id": batch.id, "code": edit.code, "was": _text(edit.was), "becomes": _text(edit.becomes)}
        for edit in batch.edits
    ]
    for table, stored in ((price_batch_row, rows), (price_batch_edit, edits)):
        if stored:
            connection.execute(sa.insert(table), stored)


def _text(entry: Entry | None) -> str | None:
    return None if entry is None else canonical_json(entry).decode()


def _called(rows: Sequence[Row], edits: Sequence[Edit]) -> str:
    if not edits:
        return f"{len(rows)} prices"
    names = ", ".join(edit.name for edit in edits[:3])
    return f"{names} and {len(edits) - 3} more" if len(edits) > 3 else names


def _against(connection: Connection, used: Mapping[str, Entry], edits: Sequence[Edit]) -> list[str]:
    """What cannot be now: what somebody else changed meanwhile, and what the edits would make wrong."""
    found = []
    for edit in edits:
        for field in overtaken(edit, used.get(edit.code)):
            what = f"{field.replace('_', ' ')} of " if field else ""
            found.append(f"somebody else has changed {what}{edit.name} meanwhile; look at it again")
    if found or not any(edit.is_about_offers for edit in edits):
        return found
    before = entries_in_use(connection)
    try:
        after = _after(before, edits)
    except LeftOut as why:
        return [str(why)]
    return [one.what for one in against(before, after)]


def _after(before: Mapping[str, Entry], edits: Iterable[Edit]) -> dict[str, Entry]:
    """The whole book with these edits. LeftOut."""
    after = dict(before)
    for edit in edits:
        entry = put(edit, before.get(edit.code))
        if entry is None:
            after.pop(edit.code, None)
        else:
            after[edit.code] = entry
    return after


def _why(connection: Connection, rows: tuple[Row, ...], edits: Sequence[Edit], limits: Limits) -> str:
    asked = why_asked((*rows, *(Row(*one) for one in price_changes(edits))), limits)
    return asked or _why_edits(connection, len(rows), edits, limits)


def why_asked(rows: tuple[Row, ...], limits: Limits) -> str:
    """Why a second person must look at these; empty if nobody must. Whole numbers: no price is near a rounding."""
    if limits.rows and len(rows) > limits.rows:
        return f"{len(rows)} prices, more than {limits.rows}"
    for row in rows:
        by = abs(row.price_minor - row.was_minor)
        if limits.percent and by * 100 > limits.percent * max(row.was_minor, 1):
            return f"{row.code} changes by more than {limits.percent} per cent"
    return ""


def _why_edits(connection: Connection, others: int, edits: Sequence[Edit], limits: Limits) -> str:
    """The same of edits: how many, and offers that take off more than one person may give alone."""
    if limits.rows and others + len(edits) > limits.rows:
        return f"{others + len(edits)} changes, more than {limits.rows}"
    given = [edit.becomes for edit in edits if isinstance(edit.becomes, OfferRow) and gives_anew(edit)]
    if not limits.percent or not given:
        return ""
    products = [row for row in entries_in_use(connection).values() if isinstance(row, PriceRow)]
    for offer in given:
        prices = [[row.price_minor for row in products if names_of(row) & set(place)] for place in offer.items]
        if most_percent(offer, prices) > limits.percent:
            return f"{offer.name} takes off more than {limits.percent} per cent"
    return ""


def approve(engine: Engine, id_: str, by: str) -> None:
    """Somebody else has looked at it. BadBatch if it is who made it, or nobody is asked."""
    with writing(engine) as connection:
        batch = _open(connection, id_)
        if not batch.needs_approval:
            raise BadBatch("nobody was asked to approve this")
        if not by or by == batch.made_by:
            raise BadBatch("somebody else must approve it than who made it")
        _set(connection, id_, approved_by=by)


def labels_hang(engine: Engine, id_: str, by: str) -> None:
    """Staff say that the new labels are up. BadBatch."""
    with writing(engine) as connection:
        _open(connection, id_)
        _set(connection, id_, labels_by=by or "staff")


def cancel(engine: Engine, id_: str, by: str, now_utc_ms: int) -> None:
    """It shall not start. BadBatch if it has."""
    with writing(engine) as connection:
        _open(connection, id_)
        _set(connection, id_, cancelled_by=by or "staff", ended_utc_ms=now_utc_ms)


def start_due(engine: Engine, now_utc_ms: int) -> list[tuple[Batch, Change]]:
    """Make versions of the price book of all that wait for nothing more, in the order of their times."""
    started = []
    for batch in sorted(open_batches(engine), key=lambda one: (one.starts_utc_ms, one.made_utc_ms, one.id)):
        began = _start(engine, batch.id, now_utc_ms) if batch.state(now_utc_ms) == "due" else None
        if began is not None:
            started.append(began)
    return started


def _start(engine: Engine, id_: str, now_utc_ms: int) -> tuple[Batch, Change] | None:
    """The book and the mark in one transaction; None if somebody else was quicker, or called it off."""
    with writing(engine) as connection:
        batch = next(iter(_read_in(connection, sa.select(price_batch).where(price_batch.c.id == id_))))
        if batch.state(now_utc_ms) != "due":
            return None
        new, left_out = _fitting(connection, batch)
        change = amend(connection, new, now_utc_ms, f"{batch.name} (by {batch.made_by or 'the shell'})")
        _set(connection, id_, version=change.version, ended_utc_ms=now_utc_ms, left_out="; ".join(left_out))
        return msgspec.structs.replace(batch, version=change.version, ended_utc_ms=now_utc_ms), change


def _fitting(connection: Connection, batch: Batch) -> tuple[dict[str, Entry | None], list[str]]:
    """What the batch makes of the book now: entry by code; and what does not fit any more, in words."""
    whole = any(edit.is_about_offers for edit in batch.edits)
    codes = {*(row.code for row in batch.rows), *(edit.code for edit in batch.edits)}
    used = entries_in_use(connection, None if whole else codes)
    left_out: list[str] = []
    new: dict[str, Entry | None] = {}
    for row in batch.rows:
        found = used.get(row.code)
        if isinstance(found, PriceRow):
            new[row.code] = msgspec.structs.replace(found, price_minor=row.price_minor)
        else:
            left_out.append(f"{row.code} is not in the price book any more")
    for edit in batch.edits:
        try:
            new[edit.code] = put(edit, new.get(edit.code, used.get(edit.code)))
        except LeftOut as why:
            left_out.append(str(why))
    if whole:
        left_out += _without_wrong(used, new, {edit.code for edit in batch.edits})
    return new, left_out


def _without_wrong(used: Mapping[str, Entry], new: dict[str, Entry | None], edited: set[str]) -> list[str]:
    """Take out of `new` what would make something wrong; what that is. What is left of it makes nothing wrong."""
    told: list[str] = []
    while wrong := against(used, {c: e for c, e in {**used, **new}.items() if e is not None}):
        told += [one.what for one in wrong]
        guilty = {one.code for one in wrong} & edited or edited
        for code in guilty:
            new.pop(code, None)
        edited = edited - guilty
    return told


def open_batches(engine: Engine) -> list[Batch]:
    """All that have neither started nor been cancelled, the next to start first."""
    query = sa.select(price_batch).where(price_batch.c.ended_utc_ms == 0).order_by(price_batch.c.starts_utc_ms)
    return _read(engine, query)


def ended_batches(engine: Engine, limit: int = 50) -> list[Batch]:
    """What has become of the others, the latest first."""
    ended = sa.select(price_batch).where(price_batch.c.ended_utc_ms > 0)
    return _read(engine, ended.order_by(price_batch.c.ended_utc_ms.desc()).limit(limit))


def find(engine: Engine, id_: str) -> Batch:
    """BadBatch if there is none."""
    found = _read(engine, sa.select(price_batch).where(price_batch.c.id == id_))
    if not found:
        raise BadBatch(f"there is no batch {id_}")
    return found[0]


def next_start(engine: Engine) -> int | None:
    """When the next planned batch wants to start, so that nobody need ask every second."""
    query = sa.select(sa.func.min(price_batch.c.starts_utc_ms)).where(price_batch.c.ended_utc_ms == 0)
    with engine.connect() as connection:
        first = connection.scalar(query)
    return None if first is None else int(first)


def _read(engine: Engine, query: "sa.Select[tuple[object, ...]]") -> list[Batch]:
    with engine.connect() as connection:
        return _read_in(connection, query)


def _read_in(connection: Connection, query: "sa.Select[tuple[object, ...]]") -> list[Batch]:
    found = [dict(row) for row in connection.execute(query).mappings()]
    ids = [one["id"] for one in found]
    rows: dict[str, list[Row]] = {id_: [] for id_ in ids}
    edits: dict[str, list[Edit]] = {id_: [] for id_ in ids}
    lines = sa.select(price_batch_row).where(price_batch_row.c.batch_id.in_(ids)).order_by(price_batch_row.c.code)
    for line in connection.execute(lines):
        rows[line.batch_id].append(Row(line.code, line.was_minor, line.price_minor))
    lines = sa.select(price_batch_edit).where(price_batch_edit.c.batch_id.in_(ids)).order_by(price_batch_edit.c.code)
    for line in connection.execute(lines):
        edit = Edit(line.code, _entry(line.code, line.was), _entry(line.code, line.becomes))
        edits[line.batch_id].append(edit)
    return [Batch(**one, rows=tuple(rows[one["id"]]), edits=tuple(edits[one["id"]])) for one in found]


def _entry(code: str, text: str | None) -> Entry | None:
    return None if text is None else decode_entry(code, text)


def _open(connection: Connection, id_: str) -> Batch:
    row = connection.execute(sa.select(price_batch).where(price_batch.c.id == id_).with_for_update()).mappings().first()
    if row is None:
        raise BadBatch(f"there is no batch {id_}")
    if row["ended_utc_ms"]:
        raise BadBatch("it has started already" if row["version"] is not None else "it was cancelled")
    return Batch(**row)


def _set(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(sa.update(price_batch).where(price_batch.c.id == id_).values(values))


def _row(used: Mapping[str, Entry], code: str, minor: int) -> Row:
    found = used.get(code)
    if not isinstance(found, PriceRow):
        raise BadBatch(f"no product has the code {code}")
    if not 0 <= minor <= PRICE_LARGEST_MINOR:
        raise BadBatch(f"{code}: a price is 0 to {PRICE_LARGEST_MINOR} minor units, not {minor}")
    return Row(code, found.price_minor, minor)
