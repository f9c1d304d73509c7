"""The shell about reports: `store report NAME`, as a table or a file on standard output."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from store.config import Config
from store.customer_commands import CannotDo

FORMS = ("table", "csv", "json", "xlsx", "pdf")


class Misuse(Exception):
    """What was asked does not exist; one line that says what does."""


def _report(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.periods import today
    from store.report_files import written
    from store.report_shapes import Ask, UnknownReport
    from store.reports import make_report

    filters: dict[str, tuple[str, ...]] = {}
    for name, value in args.where:
        filters[name] = (*filters.get(name, ()), value)
    by = tuple(args.by.split(",")) if args.by else ()
    ask = Ask(args.name, args.from_day, args.to_day, by, filters, args.limit)
    try:
        now = today(utc_ms(), config.zone).isoformat()
        report = make_report(open_books(config.database.url), ask, config.store.timezone, _bar, now)
    except UnknownReport as error:
        raise Misuse(str(error)) from error
    _put(written(report, args.format, config.store.currency), args.format, args.out)


def _put(file: bytes, form: str, out: Path | None) -> None:
    if out is not None:
        try:
            out.write_bytes(file)
        except OSError as error:
            raise CannotDo(f"{out}: cannot be written: {error.strerror}") from error
    elif form in ("xlsx", "pdf"):
        if sys.stdout.isatty():
            raise Misuse(f"{form} is no text; say where to with --out FILE")
        sys.stdout.buffer.write(file)
    else:
        sys.stdout.write(file.decode())


def _bar(done: int, parts: int) -> None:
    """On a terminal: how far it is."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{100 * done // max(1, parts)} %" + ("\n" if done == parts else ""))


def _filter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is no filter; write it as till=k01, nothing as group=-")
    return name, value


def add(commands: object, command: Callable[..., argparse.ArgumentParser], day: Callable[[str], str]) -> None:
    """Join it to the others."""
    report = command(commands, "report", _report, "The books added up. A name that does not exist lists what there is.")
    report.add_argument("name", help="sales, products, slow, stock, tenders, tax, gift-cards, staff, ...")
    first, last = "first business day, YYYY-MM-DD", "last business day, YYYY-MM-DD"
    report.add_argument("--from", dest="from_day", type=day, default="0001-01-01", help=first)
    report.add_argument("--to", dest="to_day", type=day, default="9999-12-31", help=last)
    report.add_argument("--by", default="", help="what it is split by: day, hour, till, ...; two with a comma")
    report.add_argument("--where", type=_filter, action="append", default=[], metavar="WHAT=VALUE",
                        help="count only this: till=k01; may be repeated, and combines")  # fmt: skip
    report.add_argument("--limit", type=int, default=0, help="so many rows; without it all")
    report.add_argument("--format", choices=FORMS, default="table")
    report.add_argument("--out", type=Path, help="a file; without it standard output")
