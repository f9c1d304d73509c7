"""The shell about the quarantine: `store quarantine list`, `show`, `retry`, `dismiss`."""

import argparse
import sys

from store.config import Config
from store.customer_commands import CannotDo, Command, Group


def _list(args: argparse.Namespace, config: Config) -> None:
    from kiosk.values.moment import rfc3339
    from store.database import open_books
    from store.quarantine import waiting

    found = waiting(open_books(config.database.url), limit=args.limit, till=args.till, ended=args.all)
    for one in found:
        state = one.outcome or "waits"
        name = one.id or f"{one.size} bytes that cannot be read"
        alarm = "  ALARM" if one.is_alarm and one.waits else ""
        _write(f"{one.n}  {rfc3339(one.received_utc_ms)}  {one.till} {one.what}  {state}  {name}: {one.reason}{alarm}")
    if not found:
        _write("nothing is in the quarantine")


def _show(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.quarantine import NotWaiting, payload

    try:
        found = payload(open_books(config.database.url), args.number)
    except NotWaiting as error:
        raise CannotDo(str(error)) from error
    sys.stdout.write(found.decode("utf-8", "backslashreplace") + "\n")


def _retry(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.quarantine import NotWaiting, retry, waiting

    engine = open_books(config.database.url)
    if args.number is None and not args.all:
        raise CannotDo("say which: a number of the list, or --all")
    numbers = [args.number] if args.number is not None else sorted(one.n for one in waiting(engine, limit=1_000_000))
    refused = 0
    for n in numbers:
        try:
            tried = retry(engine, config.store.id, n, "", utc_ms())
        except NotWaiting as error:
            raise CannotDo(str(error)) from error
        refused += tried.outcome == "refused"
        _write(f"{n} {tried.outcome}{': ' if tried.why else ''}{tried.why}")
    if refused:
        raise CannotDo(f"{refused} of {len(numbers)} could not be booked")


def _dismiss(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.quarantine import NotWaiting, dismiss

    try:
        dismiss(open_books(config.database.url), args.number, args.why, "", utc_ms())
    except (NotWaiting, ValueError) as error:
        raise CannotDo(str(error)) from error
    _write(f"{args.number} dismissed")


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    kept = group("quarantine", "Messages of tills that could not be booked.")
    listed = command(kept, "list", _list, "Those that wait, the newest first.")
    listed.add_argument("--till", default="", help="only of this till")
    listed.add_argument("--all", action="store_true", help="also those that are done with")
    listed.add_argument("--limit", type=int, default=100, help="how many at most (100)")
    shown = command(kept, "show", _show, "Write one as it came to standard output.")
    shown.add_argument("number", type=int, help="as the list has it")
    tried = command(kept, "retry", _retry, "Try to book one, or all that wait; say what became of each.")
    tried.add_argument("number", type=int, nargs="?", help="as the list has it")
    tried.add_argument("--all", action="store_true", help="all that wait")
    done = command(kept, "dismiss", _dismiss, "Be done with one that will not be booked.")
    done.add_argument("number", type=int, help="as the list has it")
    done.add_argument("--why", required=True, help="for whoever asks later")
