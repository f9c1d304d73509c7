"""The `store` command. Each subcommand loads only what it needs; errors are one line with what to do."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.values.settings import BadSettings
from store import (
    backup_commands,
    channel_commands,
    close_commands,
    customer_commands,
    founding_commands,
    imports_commands,
    member_commands,
    purchase_commands,
    quarantine_commands,
    report_commands,
    rollup_commands,
    self_update_commands,
    stock_commands,
    token_commands,
    updates_commands,
    user_commands,
)
from store.books_closed import BooksClosed
from store.config import Config, read_config
from store.report_commands import Misuse

if TYPE_CHECKING:
    from kiosk.wire.offers_csv import OfferRows
    from kiosk.wire.price_csv import PriceRow

MISUSE, FAILURE, INTERRUPTED = 2, 1, 130


class CommandError(Exception):
    """A command cannot do what was asked. The text is one line for a person, or one for each thing that is wrong."""


def _serve(args: argparse.Namespace, config: Config) -> None:
    from store.founding import CannotFound
    from store.link import BadLink
    from store.listening import CannotListen
    from store.server import serve
    from store.trial import try_out
    from store.worker import work

    try:
        if args.trial:
            try_out(config)
        else:
            work(config) if args.only == "ingest" else serve(config)
    except (BadLink, CannotListen, CannotFound) as error:
        raise CommandError(str(error)) from error


def _import(args: argparse.Namespace, config: Config) -> None:
    from kiosk.wire.price_csv import BadPriceBook, read_csv, spelt_twice
    from store.clock import utc_ms
    from store.database import open_books
    from store.packs import tax_classes
    from store.price_book import PriceBook, told

    known = tax_classes(config.store.jurisdiction)
    try:
        rows = read_csv(args.file.read_text(encoding="utf-8-sig", errors="surrogateescape"), known)
    except BadPriceBook as error:
        lines = [f"{args.file}: {problem}" for problem in error.problems[:20]]
        more = len(error.problems) - len(lines)
        raise CommandError(
            "\n".join([*lines, *([f"and {more} more"] if more else []), "nothing was imported"])
        ) from error
    except OSError as error:
        raise CommandError(f"{args.file}: cannot be read: {error.strerror}") from error
    book = PriceBook(open_books(config.database.url))
    offers = _offers(args.offers, (*rows, *(book.rows() if args.add else ()))) if args.offers else None
    change = book.replace(rows, utc_ms(), f"import of {args.file.name}", offers=offers, keep_others=args.add)
    _write(f"note: {row.gtin} is listed with leading zeros too; a scan sells that row" for row in spelt_twice(rows))
    _write(told(change))


def _offers(file: Path, products: "tuple[PriceRow, ...]") -> "OfferRows":
    from kiosk.wire.offers_csv import read_offers
    from kiosk.wire.price_csv import BadPriceBook

    try:
        return read_offers(file.read_text(encoding="utf-8-sig"), products)
    except BadPriceBook as error:
        lines = [f"{file}: {problem}" for problem in error.problems[:20]]
        raise CommandError("\n".join([*lines, "nothing was imported"])) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file}: is not UTF-8 text; save the file as CSV UTF-8\nnothing was imported") from error
    except OSError as error:
        raise CommandError(f"{file}: cannot be read: {error.strerror}\nnothing was imported") from error


def _export(args: argparse.Namespace, config: Config) -> None:
    from kiosk.wire.price_csv import write_csv
    from store.database import open_books
    from store.price_book import PriceBook

    lines = write_csv(PriceBook(open_books(config.database.url)).rows())
    sys.stdout.writelines(lines)


def _learn(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.price_book import PriceBook, told
    from store.weights import learn_weights

    engine = open_books(config.database.url)
    _write(told(learn_weights(engine, PriceBook(engine), utc_ms())))


def _audit(args: argparse.Namespace, config: Config) -> None:
    from kiosk.checkout.proving_lots import told
    from store.audit_proof import proofs
    from store.database import open_books

    found = list(proofs(open_books(config.database.url), args.day or ""))
    _write(f"{till} {told(proof)}" for till, proof in found)
    if not found:
        _write(["no lots were drawn"])
    wrong = sum(bool(proof.problem) for _, proof in found)
    if wrong:
        raise CommandError(f"{wrong} of {len(found)} are not as they were drawn")


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _day(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-11-23") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="store", description="Kassa: the store server and its books.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        among: "argparse._SubParsersAction[argparse.ArgumentParser]",
        name: str,
        act: Callable[[argparse.Namespace, Config], None],
        text: str,
    ) -> argparse.ArgumentParser:
        sub = among.add_parser(name, help=text, description=text)
        sub.add_argument("--config", type=Path, required=True, help="store.toml")
        sub.set_defaults(act=act)
        return sub

    def group(name: str, text: str) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
        sub = commands.add_parser(name, help=text, description=text)
        return sub.add_subparsers(required=True, metavar="ACTION")

    served = command(
        commands, "serve", _serve, "Take the tills' sales, answer them, and serve the console, the API and receipts."
    )
    served.add_argument(
        "--only", choices=("ingest",), help="without console, API and receipts: one of several workers beside a store"
    )
    served.add_argument("--trial", action="store_true", help="as `store update` tries a version: only /healthz answers")
    updated = command(commands, "update", self_update_commands.act, "Go on on another version, or stay as it was.")
    self_update_commands.set_up(updated)
    catalogue = group("catalogue", "The price book.")
    taken = command(
        catalogue, "import", _import, "Make a CSV file the price book; say what changed. Whole, or not at all."
    )
    taken.add_argument("file", type=Path, help="the CSV file")
    taken.add_argument("--offers", type=Path, help="the offers, all that there are from now on; without it they stay")
    taken.add_argument("--add", action="store_true", help="keep products that are not in the file")
    command(catalogue, "export", _export, "Write the price book as CSV to standard output.")
    command(catalogue, "learn", _learn, "Take into the price book what things weighed on the lanes' bagging scales.")
    user_commands.add(group, command)
    customer_commands.add(group, command)
    member_commands.add(group, command)
    founding_commands.add(commands)
    backup_commands.add(group, command)
    quarantine_commands.add(group, command)
    imports_commands.add(group, command)
    stock_commands.add(group, command)
    purchase_commands.add(group, command)
    channel_commands.add(group, command)
    close_commands.add(group, command)
    rollup_commands.add(group, command)
    report_commands.add(commands, command, _day)
    token_commands.add(group, command)
    updates_commands.add(group, command)
    audit = command(commands, "audit", _audit, "Prove that every random audit was drawn by lot; name what was not.")
    audit.add_argument("--day", type=_day, help="only of this business day, YYYY-MM-DD")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    args = _parser().parse_args(argv)
    try:
        if "plain" in args:
            args.plain(args)
        else:
            args.act(args, read_config(args.config))
        sys.stdout.flush()  # here, where a reader who has gone is no surprise yet
    except (BadSettings, Misuse) as error:
        sys.stderr.write(f"store: {error}\n")
        return MISUSE
    except (CommandError, customer_commands.CannotDo, BooksClosed) as error:
        sys.stderr.write("".join(f"store: {line}\n" for line in str(error).splitlines()))
        return FAILURE
    except KeyboardInterrupt:  # Ctrl-C before, or where, nobody stops in a way of their own
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    return 0


if __name__ == "__main__":
    sys.exit(main())
