"""The shell about adoption: `store till adopt` makes a code by which a machine becomes a till, `store till unsent`
takes in what a machine that is gone never sent."""

import argparse
import sys
from pathlib import Path

from store.config import Config
from store.customer_commands import CannotDo


def _adopt(args: argparse.Namespace, config: Config) -> None:
    import secrets

    from kiosk.values.moment import rfc3339
    from kiosk.wire.adoption import SECRET_BYTES
    from store.adoption import CannotAdopt, make_code
    from store.clock import utc_ms
    from store.database import open_books

    engine = open_books(config.database.url)
    secret = secrets.token_bytes(SECRET_BYTES)
    try:
        offer = make_code(
            engine, config, args.till, secret, "", utc_ms(), keeps_journal=args.keeps_journal, replaces=args.replaces
        )
    except CannotAdopt as error:
        raise CannotDo(str(error)) from error
    sys.stdout.write(f"On the machine, before {rfc3339(offer.expires_utc_ms)}:\n  {offer.command}\n")


def _unsent(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.unsent import BadLine, take_in

    try:
        lines = args.file.read_bytes().splitlines()
        told = take_in(open_books(config.database.url), config.store.id, lines, utc_ms())
    except OSError as error:
        raise CannotDo(f"{args.file}: {error.strerror}") from error
    except BadLine as error:
        raise CannotDo(f"{args.file}, {error}") from error
    sys.stdout.write(f"{told}\n")


def _revoke(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.revocation import CannotRevoke, revoke_certificate, revoke_till
    from store.turning_away import TurningAway

    if not config.adoption.folder:
        raise CannotDo("this store has no authority of its own: name the folder of `store init` in [adoption]")
    engine, folder, now = open_books(config.database.url), Path(config.adoption.folder), utc_ms()
    try:
        if "till" in args:
            ended = revoke_till(engine, folder, args.till, "", args.why, now)
        else:
            ended = revoke_certificate(engine, folder, args.file.read_bytes(), "", args.why, now)
    except (CannotRevoke, OSError) as error:
        raise CannotDo(str(error)) from error
    for one in ended:
        sys.stdout.write(f"revoked {one.name}, number {one.serial}, which would have ended {one.ends}\n")
    away = TurningAway(config, engine, utc_ms)
    while away.turn():
        pass


def add_revoking(among: "argparse._SubParsersAction[argparse.ArgumentParser]", what: str, text: str) -> None:
    """`revoke` of a till or of a certificate's file."""
    one = among.add_parser("revoke", help=text, description=text)
    one.add_argument(what, type=Path if what == "file" else str, help="its name" if what == "till" else "PEM")
    one.add_argument("--config", type=Path, required=True, help="store.toml")
    one.add_argument("--why", default="", help="for whoever reads the acts")
    one.set_defaults(act=_revoke)


def add(tills: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Join it to the others about tills."""
    text = "Make a code, good for half an hour, by which a machine becomes this till."
    one = tills.add_parser("adopt", help=text, description=text)
    one.add_argument("till", help="its name")
    one.add_argument("--config", type=Path, required=True, help="store.toml")
    one.add_argument("--replaces", action="store_true", help="a till that has sold; its machine is gone")
    one.add_argument("--keeps-journal", action="store_true", help="a till that has sold; its journal is on the machine")
    one.set_defaults(act=_adopt)
    text = "Take in what a machine never sent: `kiosk export --format unsent` of a card that was found."
    other = tills.add_parser("unsent", help=text, description=text)
    other.add_argument("file", type=Path, help="what the export wrote")
    other.add_argument("--config", type=Path, required=True, help="store.toml")
    other.set_defaults(act=_unsent)
    add_revoking(tills, "till", "Turn a till away: the broker and the books hear nothing of it any more.")
