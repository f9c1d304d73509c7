"""Commands about members: added at the desk, shown, handed over as JSON, erased. Each loads only what it needs."""

import argparse
import json
import sys
from typing import Any

from store.config import Config
from store.customer_commands import CannotDo, Command, Group


def _add(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books, writing
    from store.joining import DESK, agree, new_id
    from store.members import KeyTaken, Member, enrol

    if not args.consents:
        raise CannotDo("nobody becomes a member without agreeing to it: ask them, then add --consents WORDS")
    groups = " ".join(args.group or config.members.groups)
    one = Member(new_id(), utc_ms(), args.first_name, groups, email=args.email)
    try:
        with writing(open_books(config.database.url)) as connection:
            enrol(connection, one, *args.key, *([args.email] if args.email else []))
            agree(connection, one, DESK, args.consents, "", marketing=args.marketing)
    except KeyTaken as taken:
        raise CannotDo(str(taken)) from taken
    sys.stdout.write(f"{one.id}\n")


def _show(args: argparse.Namespace, config: Config) -> None:
    kept = _file(args, config)
    for name, value in kept.items():
        if name in ("consents", "sales"):
            lines = [", ".join(f"{what} {one[what]}" for what in one) for one in value]
            sys.stdout.write(f"{name}: {len(lines)}\n" + "".join(f"  {line}\n" for line in lines))
        else:
            sys.stdout.write(f"{name}: {' '.join(value) if isinstance(value, list) else value}\n")


def _export(args: argparse.Namespace, config: Config) -> None:
    sys.stdout.write(json.dumps(_file(args, config), ensure_ascii=False, indent=2) + "\n")


def _file(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    from store.database import open_books
    from store.member_file import NoSuchMember, file_of

    try:
        return file_of(open_books(config.database.url), args.who)
    except NoSuchMember as nobody:
        raise CannotDo(str(nobody.args[0])) from nobody


def _erase(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.member_file import NoSuchMember, erase

    try:
        gone = erase(open_books(config.database.url), args.who)
    except NoSuchMember as nobody:
        raise CannotDo(str(nobody.args[0])) from nobody
    sys.stdout.write(f"{gone} is erased; the sales stay in the books and lead to nobody\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    members = group("member", "Members: who they are, what is kept of them.")
    new = command(members, "add", _add, "Add somebody who has agreed to be a member; write their id.")
    new.add_argument("key", nargs="+", help="card, app code, telephone number or e-mail address that they are known by")
    new.add_argument("--consents", default="", metavar="WORDS", help="what they agreed to: the version of your form")
    new.add_argument("--marketing", action="store_true", help="they also agreed to be sent offers")
    new.add_argument("--first-name", default="", help="for the lanes' greeting")
    new.add_argument("--email", default="", help="where receipts go")
    new.add_argument("--group", action="append", help="as the offers name it; without it those of members.groups")
    for name, act, text in (
        ("show", _show, "Show all that is kept of a member."),
        ("export", _export, "Write all that is kept of a member as JSON, to hand it over."),
        ("erase", _erase, "Take a member out of the books for good. Sales stay, and lead to nobody."),
    ):
        about = command(members, name, act, text)
        about.add_argument("who", help="id, card, telephone number or e-mail address")
