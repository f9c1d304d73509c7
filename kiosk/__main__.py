"""The `kiosk` command. Each subcommand loads only what it needs; errors are one line with what to do."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

MISUSE, FAILURE, INTERRUPTED = 2, 1, 130


class CommandError(Exception):
    """A command cannot do what was asked. The text is one line for a person."""


def _run(args: argparse.Namespace) -> int:
    from kiosk.app.main import run
    from kiosk.app.troubles import telling

    with telling(args.config):
        return run(args.config, headless=args.headless)


def _verify(args: argparse.Namespace) -> int:
    from kiosk.storage.verify import main

    return main(args.db)


def _audit(args: argparse.Namespace) -> int:
    from kiosk.app.audit_proof import main

    return main(args.db, args.day)


def _replay(args: argparse.Namespace) -> int:
    from kiosk.app.replay import main

    return main(args.db, sale=args.sale, png=args.png)


def _export(args: argparse.Namespace) -> int:
    from kiosk.storage.export import main
    from kiosk.storage.saf_t_report import Company

    whose = Company(args.company, args.organisation)
    days = {"from_day": args.from_day, "to_day": args.to_day}
    return main(args.db, format=args.format, **days, company=whose, zone=args.timezone)


def _receipt(args: argparse.Namespace) -> int:
    from kiosk.app.signed_receipt import main

    return main(args.text, key=args.key)


def _touch(args: argparse.Namespace) -> int:
    from kiosk.app.calibrating import main

    return main(args.config)


def _doctor(args: argparse.Namespace) -> int:
    from kiosk.app.doctor import main

    return main(args.config, as_json=args.json, exercise=args.exercise)


def _config(args: argparse.Namespace) -> int:
    from kiosk.app.config_check import main

    return main(args.file)


def _devices(args: argparse.Namespace) -> int:
    from kiosk.app.plugged_in import main

    return main(as_json=args.json)


def _adopt(args: argparse.Namespace) -> int:
    from kiosk.app.adopting import main

    return main(args.url, args.code, args.folder, again=args.again)


def _update(args: argparse.Namespace) -> int:
    from kiosk.app.update_command import main

    return main(args.config, args.file)


def _label(args: argparse.Namespace) -> int:
    from kiosk.app.label import main

    return main(args.config, args.item, args.grams)


def _anew(args: argparse.Namespace) -> int:
    from kiosk.app.introducing import anew

    return anew(args.folder, headless=args.headless)


def _closed(args: argparse.Namespace) -> int:
    from kiosk.app.closed import main

    return main(args.config, headless=args.headless)


def _sim(args: argparse.Namespace) -> int:
    from kiosk.world.command import main

    return main(seeds=args.seeds, start=args.start, story=args.story, cuts=not args.no_cuts)


def _bagging(args: argparse.Namespace) -> int:
    from kiosk.world.bagging_table import main

    return main(seed=args.seed, seeds=args.seeds, baskets=args.baskets, each=args.each)


def _demo(args: argparse.Namespace) -> int:
    from kiosk.demo.launcher import main

    return main(folder=args.folder, size=args.size, devices=args.device, kiosks=args.kiosks)


def _shots(args: argparse.Namespace) -> int:
    from kiosk.ui.shots import main

    return main(args.folder, beside=args.beside, golden=args.approve)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0")
    return int(text)


def _positive(text: str) -> int:
    if not _count(text):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    wide, by, high = text.partition("x")
    if not by or not wide.isdigit() or not high.isdigit() or not min(int(wide), int(high)):
        raise argparse.ArgumentTypeError(f"{text} is not a size in pixels such as 1080x1920")
    return int(wide), int(high)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="Kassa: one self-checkout lane.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, act: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(act=act)
        return sub

    run = command("run", _run, "The appliance's one process.")
    run.add_argument("--headless", action="store_true", help="no window")
    closed = command("closed", _closed, "Out of order: the screen and the lamp of a lane that cannot be started.")
    closed.add_argument("--headless", action="store_true", help="no window")
    anew = command("anew", _anew, "The code of a machine whose data are damaged: staff make it the till that it was.")
    anew.add_argument("--folder", type=Path, required=True, help="where its new identity goes")
    anew.add_argument("--headless", action="store_true", help="no window")
    touch = command("touch", _touch, "Calibrate the touch screen: four crosses to touch, and a file is written.")
    touch.add_argument("do", choices=("calibrate",), help="the only thing to do with it")
    doctor = command("doctor", _doctor, "Whether all is well that the lane stands on; what is wrong, and what to do.")
    doctor.add_argument("--json", action="store_true", help="for programs")
    doctor.add_argument("--exercise", action="store_true", help="have each device do something, while nobody shops")
    plugged = command("devices", _devices, "What is plugged in here, with the lines of kiosk.toml that use it.")
    plugged.add_argument("--json", action="store_true", help="for programs")
    config = command("config", _config, "Whether a file can be a lane's kiosk.toml, and on which line it cannot.")
    config.add_argument("do", choices=("check",), help="the only thing to do with it")
    config.add_argument("file", type=Path, help="kiosk.toml")
    for sub in (run, closed, touch, doctor):
        sub.add_argument("--config", type=Path, required=True, help="kiosk.toml")
    verify = command("verify", _verify, "Check the journal's hash chain, totals and keys; name the first bad record.")
    verify.add_argument("db", type=Path, help="the journal")
    audit = command("audit", _audit, "Prove that every random audit was drawn by lot; name the first that was not.")
    audit.add_argument("db", type=Path, help="the journal")
    audit.add_argument("--day", default="", help="only of this business day, such as 2026-11-26")
    replay = command("replay", _replay, "Play a recorded sale again on the real screens, step by step.")
    replay.add_argument("db", type=Path, help="the journal")
    replay.add_argument("--sale", default="", help="the sale's key; without it the last one")
    replay.add_argument("--png", type=Path, help="write each step's screen into this folder")
    export = command("export", _export, "Sealed sales as text; events-json: what else happened; unsent: what waits.")
    export.add_argument("db", type=Path, help="the journal")
    export.add_argument(
        "--format",
        choices=("poslog-json", "csv", "events-json", "day-report", "saf-t-cash-register", "unsent"),
        default="poslog-json",
    )
    export.add_argument("--from", dest="from_day", default="0001-01-01", help="first business day, YYYY-MM-DD")
    export.add_argument("--to", dest="to_day", default="9999-12-31", help="last business day, YYYY-MM-DD")
    export.add_argument("--company", default="", help="whose it is (saf-t-cash-register)")
    export.add_argument("--organisation", default="", help="its number: nine digits, MVA behind them if registered")
    export.add_argument("--timezone", default="Europe/Oslo", help="the shop's clock (saf-t-cash-register)")
    receipt = command("receipt", _receipt, "Whether a signed receipt is true, and what it says; asks nobody.")
    receipt.add_argument("verify", choices=("verify",), help="the only thing to do with it")
    receipt.add_argument("text", help="what the QR code says, or - to read it")
    receipt.add_argument("--key", required=True, help="the shop's public key, PEM (demo: the demo's)")
    _add_tools(command)
    return parser


def _add_tools(command: Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]) -> None:
    """The commands that are for a desk and not for a lane."""
    adopt = command("adopt", _adopt, "Make this machine a till of a shop, by a code that the shop's console shows.")
    adopt.add_argument("url", help="where the shop is, as the console shows it: https://kassa.local:8443")
    adopt.add_argument("code", help="six groups of four letters and digits")
    adopt.add_argument("--folder", type=Path, default=Path("/etc/kassa"), help="where kiosk.toml goes (/etc/kassa)")
    adopt.add_argument("--again", action="store_true", help="this machine is that till: only renew its certificate")
    update = command(
        "update", _update, "Another version of this machine, from a bundle on a stick; the lane installs it."
    )
    update.add_argument("file", type=Path, help="the bundle, signed for RAUC")
    update.add_argument("--config", type=Path, required=True, help="kiosk.toml")
    label = command("label", _label, "Print a label for what was weighed elsewhere: name, weight, price and a barcode.")
    label.add_argument("item", help="its GTIN, as the price book has it")
    label.add_argument("grams", type=_count, help="what it weighs")
    label.add_argument("--config", type=Path, required=True, help="kiosk.toml")
    sim = command("sim", _sim, "The world simulator: seeded shoppers, faults and power cuts.")
    sim.add_argument("--seeds", type=_count, default=100, help="how many worlds")
    sim.add_argument("--start", type=_count, default=1, help="the first seed")
    sim.add_argument("--story", type=Path, help="only tell this story, such as one that a failure has left")
    sim.add_argument("--no-cuts", action="store_true", help="without the exhaustive power cuts of the journal")
    bagging = command("bagging", _bagging, "False alarms and misses of the bagging area, by simulation.")
    bagging.add_argument("--seed", type=_count, default=1, help="of the first shop")
    bagging.add_argument("--seeds", type=_positive, default=5, help="how many shops, each with its own chance")
    bagging.add_argument("--baskets", type=_count, default=3000, help="how many it learns from")
    bagging.add_argument("--each", type=_positive, default=50, help="how often each thing is tried in each way")
    demo = command("demo", _demo, "Everything on one machine, on simulated devices.")
    demo.add_argument("--folder", type=Path, help="where the demo keeps its files (default: one that goes with it)")
    demo.add_argument(
        "--kiosks", type=int, choices=range(1, 9), default=1, metavar="1..8",
        help="how many lanes; at all but the first the shoppers are simulated (default: 1)",
    )  # fmt: skip
    demo.add_argument("--size", type=_size, help="of the lane's panel, such as 1080x1920 (default: as in demo.toml)")
    demo.add_argument(
        "--device",
        action="append",
        default=[],
        metavar="ROLE=DRIVER",
        help="another kind of device than usual: card_terminal=nexo-json, scale=dialog06, cash_recycler=joined, ...",
    )
    shots = command("shots", _shots, "Render every screen from real events.")
    shots.add_argument("folder", type=Path, help="where the pictures go")
    shots.add_argument("--beside", type=Path, help="a folder of mockups for the contact sheet")
    shots.add_argument("--approve", type=Path, help="also keep them as what the golden tests compare with")


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    from kiosk.values.settings import BadSettings

    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    args = _parser().parse_args(argv)
    try:
        code: int = args.act(args)
        sys.stdout.flush()  # here, where a reader who has gone is no surprise yet
    except (BadSettings, CommandError) as error:
        sys.stderr.write(f"kiosk: {error}\n")
        return MISUSE if isinstance(error, BadSettings) else FAILURE
    except KeyboardInterrupt:  # Ctrl-C before, or where, nobody stops in a way of their own
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    return code


if __name__ == "__main__":
    sys.exit(main())
