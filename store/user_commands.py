"""The shell about staff: `store user add`, `list`, `change`, `pin`, `unlock`, `deactivate`, `take-back`.

Also the way back in when the only manager has forgotten their PIN: whoever may read store.toml gives a new one.
"""

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from store.config import Config
from store.customer_commands import CannotDo, Command, Group

if TYPE_CHECKING:
    from store.user_changes import By, Changes

T = TypeVar("T")
_ROLES = ("cashier", "supervisor", "manager", "operator")


def _add(args: argparse.Namespace, config: Config) -> None:
    pin = _asked(args.pin)
    id_, made = _done(config, lambda changes, by, now: changes.add(by, now, args.name, args.role, pin, args.badge))
    _write(f"{args.name.strip()} is {id_}, {args.role}")
    _tell(pin, made)


def _list(_args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.user_list import listed

    for one in listed(open_books(config.database.url), utc_ms()):
        at = datetime.fromtimestamp(one.signed_in_utc_ms // 1_000, UTC)
        seen = f"{at:%Y-%m-%d %H:%M} UTC" if one.signed_in_utc_ms else "never"
        badge = "badge" if one.badge else "-"
        _write(f"{one.id:5} {one.name:30} {one.role:10} {one.state:7} {badge:6} {seen}")


def _change(args: argparse.Namespace, config: Config) -> None:
    badge = "" if args.no_badge else args.badge
    if (args.name, args.role, badge) == (None, None, None):
        raise CannotDo("nothing to change; say --name, --role, --badge or --no-badge")
    id_ = _id(config, args.user)
    _done(config, lambda changes, by, now: changes.change(by, now, id_, name=args.name, role=args.role, badge=badge))
    _write(f"{id_} is changed")


def _pin(args: argparse.Namespace, config: Config) -> None:
    id_, pin = _id(config, args.user), _asked(args.pin)
    made = _done(config, lambda changes, by, now: changes.new_pin(by, now, id_, pin))
    _write(f"{id_} has a new PIN, and is signed out")
    _tell(pin, made)


def _unlock(args: argparse.Namespace, config: Config) -> None:
    id_ = _id(config, args.user)
    _done(config, lambda changes, by, now: changes.unlock(by, now, id_))
    _write(f"{id_} may try again")


def _deactivate(args: argparse.Namespace, config: Config) -> None:
    id_ = _id(config, args.user)
    _done(config, lambda changes, by, now: changes.deactivate(by, now, id_))
    _write(f"{id_} is not of the staff any more, and is signed out")


def _take_back(args: argparse.Namespace, config: Config) -> None:
    id_, pin = _id(config, args.user), _asked(args.pin)
    made = _done(config, lambda changes, by, now: changes.take_back(by, now, id_, pin))
    _write(f"{id_} is one of the staff again")
    _tell(pin, made)


def _done(config: Config, act: "Callable[[Changes, By, int], T]") -> "T":
    """What came of it, in the name of the shell. CannotDo."""
    from store.clock import utc_ms
    from store.database import open_books
    from store.user_changes import By, Changes
    from store.users import BadUser

    changes = Changes(open_books(config.database.url), any_pin=config.store.mode == "demo")
    try:
        return act(changes, By(), utc_ms())
    except BadUser as bad:
        raise CannotDo(str(bad)) from bad


def _id(config: Config, said: str) -> str:
    """Whom they mean. CannotDo."""
    from store.clock import utc_ms
    from store.database import open_books
    from store.user_list import find

    found = find(open_books(config.database.url), said, utc_ms())
    if found is None:
        raise CannotDo(f"nobody is called {said!r}; `store user list` names everybody")
    return found.id


def _asked(pin: str | None) -> str:
    """The PIN that was said, or typed now; empty: one is to be made."""
    if pin is None and sys.stdin.isatty():
        pin = getpass.getpass("PIN (4 to 8 digits; empty: make one): ")
    return pin or ""


def _tell(pin: str, made: str) -> None:
    if not pin:
        _write(f"PIN {made} (shown only now)")


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    user = group("user", "Staff.")
    new = command(user, "add", _add, "Add somebody who may sign in, at the lanes and at the console.")
    new.add_argument("name", help="what they are called")
    new.add_argument("--role", required=True, choices=_ROLES)
    new.add_argument("--badge", default="", help="what the badge reader reads")
    command(user, "list", _list, "Who is and who was of the staff: role, state, badge, last sign-in at the console.")
    changed = command(user, "change", _change, "Another name, role or badge; another role signs them out.")
    changed.add_argument("--name", help="what they are called from now on")
    changed.add_argument("--role", choices=_ROLES)
    badge = changed.add_mutually_exclusive_group()
    badge.add_argument("--badge", help="what the badge reader reads")
    badge.add_argument("--no-badge", action="store_true", help="take the badge away")
    pin = command(user, "pin", _pin, "Give somebody a new PIN; they are signed out.")
    unlocked = command(user, "unlock", _unlock, "Let somebody try again after too many wrong PINs.")
    gone = command(user, "deactivate", _deactivate, "Take somebody off the staff: signed out, refused everywhere.")
    back = command(user, "take-back", _take_back, "Take somebody onto the staff again, with a new PIN.")
    for one in (changed, pin, unlocked, gone, back):
        one.add_argument("user", help="their name or number")
    for one in (new, pin, back):
        one.add_argument("--pin", help="4 to 8 digits; without it one is asked for, or made and shown once")
