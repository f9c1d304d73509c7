"""Doing: an import looked at, and done: whole, or not at all, with what it takes to undo it beside it.

A look plans against the books as they are and writes nothing; the deed plans again, so nothing happens that was worked
out from older books. Members, stock and gift cards are one transaction with the import's own row. Products are a
version of the price book, which names the import: the row comes first, so that a cut between the two leaves an import
that has changed nothing. If they change more than one person may change alone, they wait for somebody else as a batch
does that is planned by hand (`price_batches`), and that batch is written with the import's row.
"""

import hashlib
import secrets
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.price_csv import PriceRow
from store import joining, members, stock_ledger, vouchers
from store.book_edits import Edit
from store.config import Config
from store.database import writing
from store.imports.against import Job, plan_of
from store.imports.plan import NewMember, Plan, Target
from store.imports.reading import BadImport
from store.imports_schema import data_import, data_import_item
from store.members import Member
from store.price_batches import BadBatch, Batch, Limits, ask, limits_in, open_batches
from store.price_book import PriceBook, entries_in_use, still_known
from store.stock_ledger import Moved
from store.vouchers import Voucher

PLACE = "import"
"""Where somebody agreed who came with a file."""


class Done(msgspec.Struct, frozen=True):
    """An import as it is written."""

    id: str
    profile: str
    kind: str
    file: str
    digest: str
    added: int
    changed: int
    left_out: int
    by: str
    at_utc_ms: int
    undone_by: str = ""
    undone_utc_ms: int = 0
    kept: int = 0


def look(engine: Engine, config: Config, job: Job, now_utc_ms: int) -> Plan:
    """What it would do. BadImport."""
    with engine.connect() as connection:
        return plan_of(connection, config, job, now_utc_ms)


def do(
    engine: Engine, config: Config, job: Job, by: str, now_utc_ms: int, limits: Limits | None = None
) -> Done:  # fmt: skip
    """Do it, or ask somebody else to approve it (`waiting`). BadImport, and nothing has changed.

    `limits`: what one person may change alone; None: as the shop has set it.
    """
    if job.kind == "products":
        return _do_products(engine, config, job, by, now_utc_ms, limits or limits_in(config.prices))
    with writing(engine) as connection:
        plan = plan_of(connection, config, job, now_utc_ms)
        done = _written(connection, job, plan, by, now_utc_ms)
        refs: list[str] = []
        moved: list[Moved] = []
        for step in plan.doing:
            match step.doing:
                case NewMember() as one:
                    refs.append(_enrol(connection, config, job, one, now_utc_ms))
                case Voucher() as one:
                    note = f"import {done.id} of {done.file}"
                    vouchers.issue(connection, msgspec.structs.replace(one, issued_utc_ms=now_utc_ms, note=note))
                    refs.append(one.number)
                case Target() as one:
                    moved.append(_moved(job, done, one))
        stock_ledger.book(connection, moved)
        if refs:
            rows = [{"import_id": done.id, "ref": ref} for ref in refs]
            connection.execute(sa.insert(data_import_item), rows)
    return done


def why(id_: str, file: str) -> str:
    """What the version of the price book says of an import."""
    return f"import {id_} of {file}"


def undoing(id_: str, file: str) -> str:
    """The same of taking it out again."""
    return f"undo of {why(id_, file)}"


def waiting(engine: Engine, done: Done) -> Batch | None:
    """The batch of prices that somebody else must approve before this import, or its undoing, is in use."""
    return next((one for one in open_batches(engine) if one.name in names_of(done)), None)


def names_of(done: Done) -> tuple[str, str]:
    """What such a batch may be called."""
    return why(done.id, done.file), undoing(done.id, done.file)


def cause(id_: str) -> str:
    """What its movements of stock say."""
    return f"import-{id_}"


def listed(engine: Engine, limit: int = 50) -> list[Done]:
    """The newest first."""
    query = sa.select(data_import).order_by(data_import.c.at_utc_ms.desc(), data_import.c.id).limit(limit)
    with engine.connect() as connection:
        return [Done(**row) for row in connection.execute(query).mappings()]


# --- deeds ------------------------------------------------------------------------------------------------------------


def _do_products(engine: Engine, config: Config, job: Job, by: str, now_utc_ms: int, limits: Limits) -> Done:
    with writing(engine) as connection:
        plan = plan_of(connection, config, job, now_utc_ms)
        done = _written(connection, job, plan, by, now_utc_ms)
        rows = [step.doing for step in plan.doing if isinstance(step.doing, PriceRow)]
        if _asked(connection, done, rows, limits):
            return done
    PriceBook(engine).replace(rows, now_utc_ms, why(done.id, done.file), keep_others=True)
    return done


def _asked(connection: Connection, done: Done, rows: Sequence[PriceRow], limits: Limits) -> bool:
    """Whether somebody else must approve it first. BadImport."""
    used = entries_in_use(connection, {row.code for row in rows})
    edits = [Edit(row.code, used.get(row.code), still_known(used.get(row.code), row)) for row in rows]
    name = why(done.id, done.file)
    try:
        asked = ask(connection, edits, limits, name=name, by=done.by, now_utc_ms=done.at_utc_ms, whole=True)
    except BadBatch as bad:
        raise BadImport([str(bad)]) from bad
    return asked is not None


def _written(connection: Connection, job: Job, plan: Plan, by: str, now_utc_ms: int) -> Done:
    """The import's own row. BadImport if there is nothing to do."""
    if not plan.doing:
        raise BadImport(["nothing would change"])
    counts = plan.count("add"), plan.count("change"), plan.count("leave")
    name = job.name.strip()[:100] or f"a file of {job.profile}"
    digest = hashlib.sha256(job.data).hexdigest()
    done = Done(secrets.token_hex(6), job.profile, job.kind, name, digest, *counts, by, now_utc_ms)
    connection.execute(sa.insert(data_import).values(msgspec.structs.asdict(done)))
    return done


def _enrol(connection: Connection, config: Config, job: Job, one: NewMember, now_utc_ms: int) -> str:
    groups = " ".join(config.members.groups)
    made = Member(joining.new_id(), now_utc_ms, one.first_name, groups, email=one.email)
    members.enrol(connection, made, *one.keys)
    joining.agree(connection, made, PLACE, f"imported from {job.profile}", "", marketing=one.wants_offers)
    return made.id


def _moved(job: Job, done: Done, one: Target) -> Moved:
    return Moved(
        one.code, "count", done.at_utc_ms, one.count, one.weight_g, job.options.place, note=done.file, staff=done.by,
        cause=cause(done.id),
    )  # fmt: skip
