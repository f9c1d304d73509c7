"""The shell about the roll-ups: `store rollups check` compares them with the books, `rebuild` adds them up anew."""

import argparse
import sys

from store.config import Config
from store.customer_commands import CannotDo, Command, Group

_SHOWN = 20


def _check(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.rollup_care import differences, keep

    engine = open_books(config.database.url)
    keep(engine, config.store.timezone, _bar)
    found = [one.told() for one in differences(engine, _bar)]
    if found:
        more = [f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
        mend = "the books are what counts: `store rollups rebuild` adds them up anew"
        raise CannotDo("\n".join([*found[:_SHOWN], *more, mend]))
    sys.stdout.write("the roll-ups say what the books say\n")


def _rebuild(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.rollup_care import keep

    keep(open_books(config.database.url), config.store.timezone, _bar, anew=True)
    sys.stdout.write("added up anew\n")


def _bar(done: int, days: int) -> None:
    """On a terminal: how far it is."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {days} days" + ("\n" if done == days else ""))


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    rollups = group("rollups", "The books added up for the reports.")
    command(rollups, "check", _check, "Work every figure out from the books and name what differs.")
    command(rollups, "rebuild", _rebuild, "Add everything up anew. No till is heard meanwhile.")
