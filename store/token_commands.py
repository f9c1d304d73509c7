"""The shell about programs that may use the API: `store token add`, `list`, `end`."""

import argparse
import sys
from datetime import UTC, datetime

from store.config import Config
from store.customer_commands import CannotDo, Command, Group


def _add(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.tokens import BadToken, add_token

    try:
        secret = add_token(open_books(config.database.url), args.name, args.role, utc_ms())
    except BadToken as bad:
        raise CannotDo(str(bad)) from bad
    sys.stdout.write(f"{secret}\n")
    sys.stderr.write("shown only now; send it as: Authorization: Bearer TOKEN\n")


def _list(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.tokens import tokens

    for one in tokens(open_books(config.database.url)):
        since = datetime.fromtimestamp(one.made_utc_ms // 1_000, UTC).date()
        sys.stdout.write(f"{one.name:40} {one.role:10} since {since}{' ended' if one.ended_utc_ms else ''}\n")


def _end(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.tokens import BadToken, end_token

    try:
        end_token(open_books(config.database.url), args.name, utc_ms())
    except BadToken as bad:
        raise CannotDo(str(bad)) from bad
    sys.stdout.write(f"{args.name} opens nothing any more\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    token = group("token", "Programs that may use the API.")
    made = command(token, "add", _add, "Make a token; it is written to standard output, once.")
    made.add_argument("name", help="of the program, a-z, 0-9, dot, dash and underscore")
    made.add_argument("--role", required=True, choices=("cashier", "supervisor", "manager", "operator"))
    command(token, "list", _list, "Who has, or had, a token.")
    gone = command(token, "end", _end, "From now on it opens nothing.")
    gone.add_argument("name")
