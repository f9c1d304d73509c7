"""Commands about goods: levels, slips, what to buy, what expires, and whether the levels are what has moved."""

import argparse
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from store.config import Config
from store.customer_commands import CannotDo, Command, Group


def _list(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.stock import on_hand

    found = on_hand(open_books(config.database.url), limit=args.limit, words=args.words, below_zero=args.below_zero)
    _write(["gtin,name,count,weight_g,reserved_count,reserved_g,available_count,available_g"])
    _write(_cells(one.gtin, one.name, one.count, one.weight_g, one.reserved_count, one.reserved_g,
                  one.available_count, one.available_g) for one in found)  # fmt: skip


def _move(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.price_book import UnknownProduct
    from store.stock import UnknownPlace, move

    if args.count < 0 or args.weight_g < 0:
        raise CannotDo("how much is not less than nothing; waste goes by itself")
    try:
        after = move(
            open_books(config.database.url), args.kind, args.gtin, count=args.count, weight_g=args.weight_g,
            now_utc_ms=utc_ms(), note=args.note, place=args.place,
            reason="other" if args.kind == "waste" else "",
        )  # fmt: skip
    except (UnknownProduct, UnknownPlace) as error:
        raise CannotDo(str(error)) from error
    _write([f"{after.name or after.gtin}: {after.count} pieces, {after.weight_g} g on hand"])


def _reorder(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.reorder import proposals, proposals_csv

    found = proposals(open_books(config.database.url), args.supplier)
    if args.pdf is None:
        sys.stdout.write(proposals_csv(found))
        return
    from kiosk.values.moment import local
    from store.reorder_pdf import reorder_pdf

    try:
        args.pdf.write_bytes(reorder_pdf(found, config.name, local(utc_ms(), config.zone).date().isoformat()))
    except OSError as error:
        raise CannotDo(f"{args.pdf}: cannot be written: {error.strerror}") from error


def _import_rules(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.price_book import PriceBook
    from store.reorder import BadRules, read_rules, set_rules

    engine = open_books(config.database.url)
    try:
        rules = read_rules(args.file.read_text(encoding="utf-8-sig"), {row.code for row in PriceBook(engine).rows()})
    except BadRules as bad:
        lines = str(bad).splitlines()
        more = [f"and {len(lines) - 20} more"] if len(lines) > 20 else []
        named = [f"{args.file}: {line}" for line in lines[:20]]
        raise CannotDo("\n".join([*named, *more, "nothing was imported"])) from bad
    except UnicodeDecodeError as error:
        raise CannotDo(f"{args.file}: is not UTF-8 text; save the file as CSV UTF-8") from error
    except OSError as error:
        raise CannotDo(f"{args.file}: cannot be read: {error.strerror}") from error
    _write([f"{set_rules(engine, rules, now_utc_ms=utc_ms())} products have a rule"])


def _export_rules(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.reorder import rules, rules_csv

    sys.stdout.write(rules_csv(rules(open_books(config.database.url))))


def _expiry(args: argparse.Namespace, config: Config) -> None:
    from kiosk.values.moment import local
    from store.clock import utc_ms
    from store.database import open_books
    from store.expiry import expiring

    last = local(utc_ms(), config.zone).date() + timedelta(days=args.days)
    _write(["expiry,gtin,name,batch,at_most_count,at_most_g"])
    for lot in expiring(open_books(config.database.url), last.isoformat()):
        _write([_cells(lot.expiry, lot.gtin, lot.name, lot.batch, lot.at_most_count, lot.at_most_g)])


def _check(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.stock_ledger import differences

    found = differences(open_books(config.database.url))
    for one in found:
        sums = f"{one.sum_count} pieces, {one.sum_g} g"
        _write([f"{one.gtin} at {one.place}: {one.count} pieces, {one.weight_g} g, but what moved adds up to {sums}"])
    if found:
        raise CannotDo(f"{len(found)} levels are not what has moved")
    _write(["every level is what has moved"])


def _cells(*cells: object) -> str:
    import csv
    from io import StringIO

    text = StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    goods = group("stock", "What is in the shop, what to buy, what expires.")
    listed = command(goods, "list", _list, "Write what is on hand, reserved and available as CSV.")
    listed.add_argument("--words", default="", help="all of these, in code or name")
    listed.add_argument("--below-zero", action="store_true", help="only where there is less than nothing")
    listed.add_argument("--limit", type=int, default=1_000_000, help="how many at most")
    moved = command(goods, "move", _move, "Book a delivery, waste, or what was counted, of one product.")
    moved.add_argument("kind", choices=("delivery", "waste", "count"))
    moved.add_argument("gtin")
    moved.add_argument("--count", type=int, default=0, help="pieces")
    moved.add_argument("--weight-g", type=int, default=0, help="grams of loose goods")
    moved.add_argument("--place", default="floor")
    moved.add_argument("--note", default="")
    bought = command(goods, "reorder", _reorder, "Write what to buy as CSV, or as a PDF.")
    bought.add_argument("--supplier", default="", help="only from this one")
    bought.add_argument("--pdf", type=Path, help="the file to write")
    taken = command(goods, "import-rules", _import_rules, "Set minimums, packs and suppliers from a CSV file.")
    taken.add_argument("file", type=Path, help="columns gtin, minimum_count, fill_to_count, pack_count, supplier, ...")
    command(goods, "export-rules", _export_rules, "Write minimums, packs and suppliers as CSV.")
    old = command(goods, "expiry", _expiry, "Write what reaches its last day as CSV.")
    old.add_argument("--days", type=int, default=7, help="within so many days")
    command(goods, "check", _check, "Prove that every level is the sum of what has moved.")
