"""Commands about imports: what another system exported, looked at, taken in, listed and taken out again."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from store.config import Config
from store.customer_commands import CannotDo, Command, Group

_LINES = 20


def _import(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.imports.against import Job, options_of
    from store.imports.doing import do, look
    from store.imports.reading import BadImport
    from store.imports.told import told_counts, told_steps
    from store.price_batches import Limits

    engine = open_books(config.database.url)
    try:
        options = options_of(
            config, tax_class=args.tax_class, without_tax=args.without_tax, agreed=args.agreed, location=args.location,
            place=args.place,
        )  # fmt: skip
        job = Job(args.profile, args.kind, args.file.read_bytes(), options, args.file.name)
        if args.preview:
            plan = look(engine, config, job, utc_ms())
            _write([told_counts(plan), *told_steps(plan, options, _LINES), "nothing was changed"])
            return
        done = do(engine, config, job, "", utc_ms(), Limits())  # whoever has the machine has the books
    except BadImport as bad:
        raise CannotDo("\n".join([*bad.problems, "nothing was imported"])) from bad
    except OSError as error:
        raise CannotDo(f"{args.file}: cannot be read: {error.strerror}") from error
    _write([f"{done.added} added, {done.changed} changed, {done.left_out} left out", f"store import undo {done.id}"])


def _undo(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.imports.reading import BadImport
    from store.imports.told import told_undone
    from store.imports.undo import undo
    from store.price_batches import Limits

    try:
        done = undo(open_books(config.database.url), args.id, "", utc_ms(), Limits())
    except BadImport as bad:
        raise CannotDo(str(bad)) from bad
    _write([told_undone(done)])


def _list(_args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.imports.doing import listed
    from store.imports.state import states

    engine = open_books(config.database.url)
    found = listed(engine, 1000)
    with engine.connect() as connection:
        stands = states(connection, found)
    _write(["id,profile,kind,file,added,changed,left_out,undone,state"])
    for one in found:
        cells = (one.id, one.profile, one.kind, one.file, one.added, one.changed, one.left_out)
        quoted = (
            '"' + str(cell).replace('"', '""') + '"' if set(str(cell)) & set(',"') else str(cell) for cell in cells
        )
        state = stands[one.id]
        _write([",".join((*quoted, "yes" if state == "undone" else "no", state))])


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    importing = group("import", "What another system exported.")
    for profile, files in (("odoo", "Odoo's lists, exported as CSV."), ("square", "Square's CSV; gift cards as JSON.")):
        one = command(importing, profile, _import, f"{files} Whole, or not at all.")
        one.set_defaults(profile=profile)
        one.add_argument("kind", choices=("products", "members", "stock", "gift-cards"))
        one.add_argument("file", type=Path, help="what was exported")
        one.add_argument("--preview", action="store_true", help="say what would change, and change nothing")
        one.add_argument("--tax-class", default="", help="of products whose tax the file does not say")
        one.add_argument("--without-tax", action="store_true", help="the file's prices do not contain their tax")
        one.add_argument("--agreed", action="store_true", help="these people have agreed to be members of this shop")
        one.add_argument("--location", default="", help="which of the file's locations this shop is")
        one.add_argument("--place", default="floor", help="where in this shop the goods are")
    command(importing, "undo", _undo, "Take an import out again, but for what somebody has used since.").add_argument(
        "id"
    )
    command(importing, "list", _list, "Write the imports as CSV, the newest first.")
