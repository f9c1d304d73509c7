"""Commands that found a shop and keep its certificates: `store init`, `store till add`, `store certificates renew`."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from store import adoption_commands
from store.customer_commands import CannotDo

Plain = Callable[[argparse.Namespace], None]


def _init(args: argparse.Namespace) -> None:
    from store.clock import utc_ms
    from store.founding import CannotFound, Plan, found, url_host

    plan = Plan(
        args.store, args.name or args.store, args.host, tuple(args.till or ("k01",)), args.port, args.adoption_port,
        args.console_port, args.mode, args.currency, args.jurisdiction, args.timezone,
    )  # fmt: skip
    try:
        written = found(args.folder, plan, utc_ms())
    except (CannotFound, OSError) as error:
        raise CannotDo(str(error)) from error
    console = f"https://{url_host(plan.host)}:{plan.console_port}"
    _say([*(f"{args.folder}/{name}" for name in written), *_next(args.folder, console)])


def _next(folder: Path, console: str) -> list[str]:
    return [
        "",
        f"You:     store user add NAME --role manager --config {folder}/store.toml",
        f"Broker:  mosquitto -c {folder}/broker/mosquitto.conf",
        f"Store:   store serve --config {folder}/store.toml",
        f"Console: {console} and {console}/trust, where a phone or PC learns to trust it",
        f"Tills:   copy {folder}/tills/NAME to that till; keep {folder}/ca.key to yourself",
    ]


def _add(args: argparse.Namespace) -> None:
    from store.clock import utc_ms
    from store.founding import CannotFound, add_till

    try:
        _say(f"{args.folder}/{name}" for name in add_till(args.folder, args.till, utc_ms()))
    except (CannotFound, OSError) as error:
        raise CannotDo(str(error)) from error


def _renew(args: argparse.Namespace) -> None:
    from store.clock import utc_ms
    from store.founding import CannotFound, expiries, renew

    try:
        written = renew(args.folder, utc_ms())
        _say([*(f"renewed {name}" for name in written), *(f"{day} {name}" for name, day in expiries(args.folder))])
    except (CannotFound, OSError) as error:
        raise CannotDo(str(error)) from error


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Join them to the others. They need no store.toml: they make it."""

    def command(among: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, act: Plain,
                text: str) -> argparse.ArgumentParser:  # fmt: skip
        sub = among.add_parser(name, help=text, description=text)
        sub.add_argument("folder", type=Path, help="the shop's folder")
        sub.set_defaults(plain=act)
        return sub

    begin = command(commands, "init", _init, "Found a shop: its authority, certificates, broker, store and tills.")
    begin.add_argument("--store", default="s001", help="its id: a-z, 0-9 and -, at most 32")
    begin.add_argument("--name", default="", help="what people call it")
    begin.add_argument(
        "--host", required=True, help="how tills reach this machine: a name on the network, or an address"
    )
    begin.add_argument("--port", type=int, default=8883, help="of the broker")
    begin.add_argument("--console-port", type=int, default=8080, help="of the console, the API and receipts")
    begin.add_argument("--adoption-port", type=int, default=8443, help="where machines become tills by a code")
    begin.add_argument("--mode", choices=("live", "demo"), default="live", help="demo: everything is marked DEMO")
    begin.add_argument("--jurisdiction", default="se", help="whose law: a file of config/jurisdictions")
    begin.add_argument("--currency", default="SEK", help="ISO 4217")
    begin.add_argument("--timezone", default="Europe/Stockholm", help="the shop's clock")
    begin.add_argument("--till", action="append", help="a till's name; once for each; without any k01")
    tills = commands.add_parser("till", help="Tills.").add_subparsers(required=True, metavar="ACTION")
    more = command(tills, "add", _add, "Issue the certificate of one more till, with its kiosk.toml.")
    more.add_argument("till", help="its name")
    adoption_commands.add(tills)
    kept = commands.add_parser("certificates", help="The shop's certificates.")
    renewing = kept.add_subparsers(required=True, metavar="ACTION")
    adoption_commands.add_revoking(renewing, "file", "Have a certificate of this shop be believed no more.")
    command(renewing, "renew", _renew, "Issue anew what ends within 60 days; tell when each ends.")
