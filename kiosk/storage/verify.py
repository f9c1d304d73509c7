"""Verify: whether a journal's file can be believed, read as a stranger would read it.

It recomputes what the lane claims: the chain of hashes from the genesis on, the arithmetic of every sale, the sequence
numbers without a gap, the references between tables, the file's own structure. Problems come in the order of the
file, so the first one is the first bad record; what follows from a broken link is not told again.
A chain can be rewritten as a whole by whoever holds the disk; that shows only against the head that travelled with
the last sale, which is the store's to compare.
"""

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import UNSET

from kiosk.checkout.sale import Sale, TaxTotal, Totals, link_hash, taxable
from kiosk.storage.database import Database, Row
from kiosk.storage.journal import NotAJournal, UnreadableRecord, decode_event, decode_sale, decode_state, read_journal


class Problem(msgspec.Struct, frozen=True):
    """One bad record: which, and what is wrong with it."""

    record: str
    what: str

    def __str__(self) -> str:
        return f"{self.record}: {self.what}"


def main(path: Path) -> int:
    """`kiosk verify`: 0 if all is well, 1 and the first bad record if not."""
    try:
        journal = read_journal(path)
    except (FileNotFoundError, NotAJournal) as error:
        sys.stderr.write(f"kiosk verify: {error}\n")
        return 1
    problems = verify(journal.database)
    head = None if problems else journal.last_sale()
    journal.close()
    if problems:
        sys.stderr.write(f"kiosk verify: the first bad record is {problems[0]} ({len(problems)} problems in all)\n")
        return 1
    sys.stdout.write(f"{path}: good, up to {head.key} {head.chain.hash}\n" if head else f"{path}: good, no sale yet\n")
    return 0


def verify(database: Database) -> list[Problem]:
    """Everything that is wrong with the file, in the order of its records; empty if nothing is."""
    problems: list[Problem] = []
    try:
        problems.extend(_structure(database))
        if not problems:
            for look in (_chain, _events, _snapshots, _references):
                problems.extend(look(database))
    except sqlite3.DatabaseError as error:  # so damaged that SQLite will not even tell where
        problems.append(Problem("file", str(error)))
    return problems


def _structure(database: Database) -> Iterator[Problem]:
    """Pages, indexes and column types, in SQLite's own judgement."""
    for (text,) in database.execute("PRAGMA integrity_check"):
        if text != "ok":
            yield Problem("file", text)
    there = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    yield from (Problem("file", f"its table {name} is missing") for name in _TABLES if name not in there)


_TABLES = ("meta", "snapshot", "event", "sale", "outbox")


def _chain(database: Database) -> Iterator[Problem]:
    genesis = database.execute("SELECT value FROM meta WHERE name = 'genesis'")
    explained = {sequence for (sequence,) in database.execute(_SEEN_SQL)}
    previous, expected = genesis[0][0] if genesis else "", 1
    columns = "sequence, key, business_day, hash, previous, body"
    for sequence, key, day, hash_, link, body in _all(database, "sale", columns):
        record = f"sale {key}"
        try:
            sale = decode_sale(body, record)
        except UnreadableRecord as error:
            yield Problem(record, str(error))
        else:
            if (sale.sequence, sale.key, sale.business_day, sale.chain.hash, sale.chain.previous) != (
                sequence, key, day, hash_, link,
            ):  # fmt: skip
                yield Problem(record, "is filed under another number, key, day or hash than it says itself")
            yield from (Problem(record, what) for what in _sale(sale))
        if link != previous:
            yield Problem(record, f"does not follow {'the genesis' if expected == 1 else 'the sale before it'}")
        if sequence != expected and sequence - 1 not in explained:
            yield Problem(record, f"has number {sequence} where {expected} was due: a sale is missing")
        previous, expected = hash_, sequence + 1


_SEEN_SQL = """
SELECT json_extract(body, '$.sequence') FROM event WHERE type = 'SequenceSeen'
UNION SELECT value - 1 FROM meta WHERE name = 'begins'
"""
"""The store has told the lane to jump over numbers that an earlier disk, or the machine before, had used."""


def _sale(sale: Sale) -> Iterator[str]:
    """What is wrong with the record itself."""
    if link_hash(sale) != sale.chain.hash:
        yield "was altered: its hash is not that of its content"
    sums = sale.totals
    if sums.goods_minor + sums.deposit_minor + sums.on_top_minor + sums.rounding_minor != sums.due_minor:
        yield "goods, deposit, added tax and rounding do not add up to the due amount"
    goods = sum(line.amount_minor + sum(d.amount_minor for d in line.discounts) for line in sale.lines)
    if goods != sums.goods_minor:
        yield f"the lines come to {goods}, the total of goods says {sums.goods_minor}"
    if sum(line.deposit_minor for line in sale.lines) != sums.deposit_minor:
        yield "the deposits of the lines do not add up to their total"
    paid = sum(tender.amount_minor for tender in sale.tenders)
    owed = 0 if sale.kind == "void" else sale.to_pay_minor
    if paid != owed:
        yield f"{paid} was paid where {owed} was due"
    if _taxed_by_rate(sale) != {tax.rate_bp: tax.net_minor + _inside(sums, tax) for tax in sums.tax}:
        yield "net and tax do not add up to the lines of their rate"


def _inside(sums: Totals, tax: TaxTotal) -> int:
    """The tax that the prices contain: none of it where it comes on top."""
    return tax.tax_minor if sums.added_tax_minor is UNSET else 0


def _taxed_by_rate(sale: Sale) -> dict[int, int]:
    amounts: dict[int, int] = defaultdict(int)
    for line in sale.lines:
        for rate_bp, amount in taxable(line):
            amounts[rate_bp] += amount
    return dict(amounts)


def _events(database: Database) -> Iterator[Problem]:
    """Every kept event is readable, and from the oldest kept visit on none is missing."""
    visit, begins = database.execute("SELECT coalesce(min(visit), 0), coalesce(min(seq), 0) FROM snapshot")[0]
    first_visit_kept = database.execute("SELECT 1 FROM event WHERE visit = 0 AND type <> 'SequenceSeen' LIMIT 1")
    expected = 1 if first_visit_kept else begins + 1
    whole_from = 0 if first_visit_kept else visit
    for seq, of_visit, body in _all(database, "event", "seq, visit, body"):
        try:
            decode_event(body, f"event {seq}")
        except UnreadableRecord as error:
            yield Problem(f"event {seq}", str(error))
        if of_visit >= whole_from:
            if seq != expected:
                yield Problem(f"event {seq}", f"follows event {expected - 1}: events are missing")
            expected = seq + 1


def _snapshots(database: Database) -> Iterator[Problem]:
    """Every kept one is readable, and the sale that was the last one at the newest is still there."""
    visit, head = 0, ""
    for visit, body in _all(database, "snapshot", "visit, state"):
        try:
            head = decode_state(body, f"snapshot {visit}").in_earnest.chain
        except UnreadableRecord as error:
            yield Problem(f"snapshot {visit}", str(error))
    if head and not database.execute(_HEAD_SQL, (head, head)):
        yield Problem(f"snapshot {visit}", "comes after a sale that is not there: sales are missing at the end")


_HEAD_SQL = "SELECT 1 FROM sale WHERE hash = ? UNION ALL SELECT 1 FROM meta WHERE name = 'genesis' AND value = ?"


def _references(database: Database) -> Iterator[Problem]:
    for table, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
        yield Problem(f"{table} row {row}", f"speaks of a {parent} that is not there")


def _all(database: Database, table: str, columns: str) -> Iterator[Row]:
    """Every row in the order of the first column, the key, without holding years of sales in memory."""
    key, last = columns.partition(",")[0], -1
    sql = f"SELECT {columns} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT 500"
    while rows := database.execute(sql, (last,)):
        yield from rows
        last = rows[-1][0]
