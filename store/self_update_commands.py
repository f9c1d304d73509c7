"""Commands that update the store itself: `store update FOLDER`, and `--settle` before the service starts."""

import argparse
import signal
import sys
from pathlib import Path

from store.config import Config
from store.customer_commands import CannotDo


def _update(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.self_update_run import CannotUpdate, Updater

    if args.settle == (args.version is not None):
        raise CannotDo("name the folder of the new version, or --settle; not both")
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # whoever closes the window does not leave the shop without a store
    try:
        updater = Updater(config, args.config, utc_ms)
        told = updater.settle() if args.settle else updater.update(args.version)
    except (CannotUpdate, OSError) as error:
        raise CannotDo(str(error)) from error
    sys.stdout.write(f"{told}\n" if told else "")


def set_up(parser: argparse.ArgumentParser) -> None:
    """The arguments of `store update`."""
    parser.add_argument("version", type=Path, nargs="?", help="the folder that the version is installed in (bin/store)")
    parser.add_argument("--settle", action="store_true", help="finish or undo what a power cut left")


act = _update
