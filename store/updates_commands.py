"""Commands about versions of the lanes' image: `store bundle add`, `list`, `forget`."""

import argparse
import sys
from pathlib import Path

from store.config import Config
from store.customer_commands import CannotDo, Command, Group


def _add(args: argparse.Namespace, config: Config) -> None:
    from store.bundle_arrival import take
    from store.bundles import NoBundle
    from store.clock import utc_ms
    from store.database import open_books

    try:
        found = take(open_books(config.database.url), Path(config.updates.folder), args.file, utc_ms())
    except NoBundle as error:
        raise CannotDo(f"{args.file}: {error}") from error
    sys.stdout.write(f"{found.version} for {found.compatible}, {found.size >> 20} MiB: {found.sha256}\n")


def _list(args: argparse.Namespace, config: Config) -> None:
    from store.bundles import bundles
    from store.database import open_books

    for one in bundles(open_books(config.database.url)):
        sys.stdout.write(f"{one.sha256[:12]}  {one.version:<16} {one.compatible:<20} {one.name}\n")


def _forget(args: argparse.Namespace, config: Config) -> None:
    from store.bundles import NoBundle, bundles, forget
    from store.clock import utc_ms
    from store.database import open_books

    engine = open_books(config.database.url)
    found = [one for one in bundles(engine) if one.sha256.startswith(args.sha256)]
    if len(found) != 1:
        raise CannotDo(f"{len(found)} bundles begin with {args.sha256}")
    try:
        forget(engine, Path(config.updates.folder), found[0].sha256, utc_ms())
    except NoBundle as error:
        raise CannotDo(str(error)) from error
    sys.stdout.write(f"{found[0].version} is forgotten\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    kept = group("bundle", "Versions of the lanes' image.")
    command(kept, "add", _add, "Keep a signed bundle for the lanes.").add_argument("file", type=Path)
    command(kept, "list", _list, "Those that are kept.")
    gone = command(kept, "forget", _forget, "Remove one that lanes do not fetch. Superseded ones go by themselves.")
    gone.add_argument("sha256", help="how its SHA-256 begins")
