"""Commands about days: which there are, what stands on one, closing it, its differences, payouts, the bookkeeping."""

import argparse
import sys
from datetime import date
from pathlib import Path

from store.config import Config
from store.customer_commands import CannotDo, Command, Group


def _list(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.day_list import latest

    for one in latest(open_books(config.database.url), config, utc_ms(), args.limit):
        missing = f"  not closed yet: {', '.join(one.missing)}" if one.missing else ""
        work = f"  {one.open_differences} to explain" if one.open_differences else ""
        _write(f"{one.business_day}  {one.state:22}  {_money(one.turnover_minor, config):>16}{work}{missing}")


def _show(args: argparse.Namespace, config: Config) -> None:
    import json

    from store.clock import utc_ms
    from store.close_route import told
    from store.closing_days import view
    from store.database import open_books

    seen = view(open_books(config.database.url), config, args.day, utc_ms())
    if args.format == "json":
        _write(json.dumps(told(seen), ensure_ascii=False, indent=2))
        return
    _write(f"{args.day}: {seen.state.replace('_', ' ')}")
    for till in seen.shop.missing:
        _write(f"{till} has not closed its day")
    for check in seen.checks:
        about = f"{check.till or 'shop'} {check.what} {check.about}".rstrip()
        transit = f", in transit {check.in_transit}" if check.in_transit else ""
        off = f", differs by {check.amount}: {check.note}" if check.amount else ""
        _write(f"{about}: expected {check.expected}, told {check.told}{transit}{off}".rstrip(": "))


def _close(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.closing_days import BY_SHELL, CannotClose, close, view
    from store.database import open_books

    engine = open_books(config.database.url)
    missing = view(engine, config, args.day, utc_ms()).shop.missing
    if missing and not args.without:
        raise CannotDo(f"{', '.join(missing)} has not closed {args.day} yet; add --without to close without")
    try:
        row = close(engine, config, args.day, BY_SHELL, utc_ms())
    except CannotClose as error:
        raise CannotDo(str(error)) from error
    if row is None:
        _write(f"{args.day} is closed already, and nothing has changed since")
    elif row.revision == 1:
        _write(f"{args.day} is closed")
    else:
        _write(f"{args.day} is corrected ({row.revision - 1})")


def _export(args: argparse.Namespace, config: Config) -> None:
    from store.bookkeeping import NoAccount
    from store.clock import utc_ms
    from store.close_route import written
    from store.closing_days import vouchers
    from store.database import open_books

    try:
        many = vouchers(open_books(config.database.url), config, args.day, args.to or args.day)
    except NoAccount as error:
        raise CannotDo(str(error.args[0])) from error
    if not many:
        raise CannotDo(f"{args.day} is not closed, or nothing was sold")
    sys.stdout.buffer.write(written(many, config, args.format, utc_ms()))


def _payout(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.closing_days import BY_SHELL, recheck
    from store.database import open_books
    from store.payout_csv import BadPayouts
    from store.payouts import days_of, take_file

    engine = open_books(config.database.url)
    try:
        data = args.file.read_bytes()
        taken = take_file(engine, config, data, args.file.name, args.profile, BY_SHELL, utc_ms())
    except BadPayouts as bad:
        raise CannotDo("\n".join(f"{args.file}: {problem}" for problem in bad.problems)) from bad
    except OSError as error:
        raise CannotDo(f"{args.file}: cannot be read: {error.strerror}") from error
    for day in days_of(engine, data):
        recheck(engine, config, day, utc_ms())
    _write(f"{taken.lines} lines, {taken.new} of them new, {taken.matched} of those found their payment")


def _differences(args: argparse.Namespace, config: Config) -> None:
    from store import differences
    from store.database import open_books

    for one in differences.open_ones(open_books(config.database.url)):
        about = f"{one.business_day} {one.till or 'shop'} {one.what} {one.about}".rstrip()
        note = f" ({one.note})" if one.note else ""
        _write(f"{one.n}: {about}: expected {one.expected}, told {one.told}, differs by {one.amount}{note}")


def _explain(args: argparse.Namespace, config: Config) -> None:
    from store import differences
    from store.clock import utc_ms
    from store.closing_days import BY_SHELL
    from store.database import open_books

    try:
        engine = open_books(config.database.url)
        done = differences.end(engine, args.n, args.reason, args.note, BY_SHELL, utc_ms())
    except differences.CannotEnd as error:
        raise CannotDo(str(error)) from error
    _write(f"{done.n} is explained: {done.reason}")


def _money(minor: int, config: Config) -> str:
    from store.console.words import money

    return money(minor, config.store.currency)


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-11-23") from None


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    days = group("day", "Business days: closed, compared, booked.")
    listed = command(days, "list", _list, "The last days and what stands on them.")
    listed.add_argument("--limit", type=int, default=14, help="how many")
    shown = command(days, "show", _show, "What was compared on a day, in minor units; --format json has everything.")
    shown.add_argument("day", type=_day)
    shown.add_argument("--format", choices=("text", "json"), default="text")
    closed = command(days, "close", _close, "Close a day, or write the correction of what has come since.")
    closed.add_argument("day", type=_day)
    closed.add_argument("--without", action="store_true", help="even if tills have not closed theirs")
    export = command(days, "export", _export, "Write the vouchers of closed days to standard output.")
    export.add_argument("day", type=_day)
    export.add_argument("--to", type=_day, help="the last day; without it only this one")
    export.add_argument("--format", choices=("sie", "csv"), default="sie")
    payout = command(days, "payout", _payout, "Take in an acquirer's file. Whole, or not at all.")
    payout.add_argument("file", type=Path)
    payout.add_argument("--profile", required=True, help="[payouts.NAME] of store.toml")
    command(days, "differences", _differences, "What does not agree and has no reason yet.")
    explain = command(days, "explain", _explain, "Give a difference its reason.")
    explain.add_argument("n", type=int, help="its number in the list")
    explain.add_argument(
        "reason", help="counted_wrong, wrong_change, cash_missing, terminal, claimed, accepted, other ..."
    )
    explain.add_argument("--note", default="")
