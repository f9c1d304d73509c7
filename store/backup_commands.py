"""Commands that copy the books and bring them back: `store backup make`, `verify`, `restore`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from store.config import Config
from store.customer_commands import CannotDo, Command, Group

if TYPE_CHECKING:
    from store.backup_record import Made


def _make(args: argparse.Namespace, config: Config) -> None:
    from kiosk.values.moment import rfc3339
    from store.backup import BadBackup, back_up, name_of, prune
    from store.backup_record import Made
    from store.clock import utc_ms

    now = utc_ms()
    made = rfc3339(now)
    file = args.folder.absolute().joinpath(name_of(made))
    try:
        manifest = back_up(config.database.url, file, made)
        gone = prune(args.folder, args.keep) if args.keep else []
    except (BadBackup, OSError) as error:
        _remember(config, Made(now, str(file), str(error)))
        raise CannotDo(f"{error}\nthere is no new backup") from error
    _remember(config, Made(now, str(file)))
    sys.stdout.write(f"{file}: {manifest.rows['sale']} sales of {len(manifest.heads)} tills, verified\n")
    for path in gone:
        sys.stdout.write(f"removed {path}\n")


def _remember(config: Config, made: "Made") -> None:
    """In the books, for the console to tell. A copy is one also where they cannot be written; that is told here."""
    from sqlalchemy.exc import SQLAlchemyError

    from store.backup import are_there
    from store.backup_record import remember
    from store.database import engine_at

    if not are_there(config.database.url):
        return
    try:
        remember(engine_at(config.database.url), made)
    except SQLAlchemyError as error:
        sys.stderr.write(f"store: the console will not know of this backup: {error.__cause__ or error}\n")


def _verify(args: argparse.Namespace, config: Config) -> None:
    from store.backup import BadBackup, verify

    try:
        manifest = verify(args.file)
    except (BadBackup, OSError) as error:
        raise CannotDo(str(error)) from error
    sys.stdout.write(f"{args.file} is whole: {manifest.made}, {manifest.rows['sale']} sales\n")
    for till, (sequence, _) in manifest.heads.items():
        sys.stdout.write(f"  {till} up to {sequence:06d}\n")


def _restore(args: argparse.Namespace, config: Config) -> None:
    from store.backup import BadBackup, restore

    try:
        manifest = restore(args.file, config.database.url)
    except (BadBackup, OSError) as error:
        raise CannotDo(f"{error}\nnothing was restored") from error
    sys.stdout.write(f"{manifest.rows['sale']} sales are back; tills send again what came after {manifest.made}\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    backup = group("backup", "Copies of the books.")
    make = command(backup, "make", _make, "Copy the books while the store runs; verify the copy.")
    make.add_argument("folder", type=Path, help="where backups are kept, best on another disk")
    make.add_argument("--keep", type=int, default=0, help="remove all but the newest so many; 0 keeps all")
    checked = command(backup, "verify", _verify, "Open a backup and count it.")
    checked.add_argument("file", type=Path)
    back = command(
        backup, "restore", _restore, "Make new books of a backup, where database.url says and nothing is yet."
    )
    back.add_argument("file", type=Path)
