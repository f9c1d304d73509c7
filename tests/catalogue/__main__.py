"""`make catalogue CSV=FILE [OTHER=FILE]`: a real price book, through the whole house.

The first file becomes the price book of a lane and of a store, with times. Then every product of the other file (or of
the first, where there is no other) is scanned, looked at, paid for by card and printed, in baskets of twenty, and so
are the oddest names of the first file. Exit code 1 if anything was not right; pictures and figures are left in
`build/catalogue`.
"""

import argparse
import json
import logging
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import structlog

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parent))

import arriving
import buying
import oddities
from opening import open_shop

from kiosk.wire.price_csv import BadPriceBook, PriceRows, read_csv

OUT = Path("build/catalogue")
PROBLEMS_SHOWN = 20


def read(path: Path) -> PriceRows:
    """The rows of one file; its bad cells end the run."""
    try:
        return read_csv(path.read_text(encoding="utf-8"))
    except (OSError, BadPriceBook) as error:
        sys.exit(f"{path}: {error}")


def run(first: Path, other: Path | None) -> buying.Findings:
    """Everything, with a line on the way wherever something was measured."""
    rows, visited = read(first), read(other) if other else ()
    with TemporaryDirectory() as name:
        tell(arriving.in_store(first, rows, Path(name)))
    with open_shop() as shop:
        tell(arriving.on_lane(shop, rows, visited))
        tell(arriving.looked_up(shop.lane.shop.prices, rows))
        started = perf_counter()
        found = buying.buy_all(shop, visited or rows, oddities.choose(rows), OUT)
        tell({"sold in": f"{perf_counter() - started:.0f} s"})
    return found


def tell(figures: dict[str, object]) -> None:
    """One figure a line."""
    for what, figure in figures.items():
        sys.stdout.write(f"{what:44}{figure}\n")
    sys.stdout.flush()


def main() -> int:
    """0 if everything was right."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("csv", type=Path, help="the price book that is imported")
    parser.add_argument("other", type=Path, nargs="?", help="the products that are sold one by one")
    args = parser.parse_args()
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    OUT.mkdir(parents=True, exist_ok=True)
    found = run(args.csv, args.other)
    tell(found.figures())
    (OUT / "figures.json").write_text(json.dumps(found.figures(), indent=2, ensure_ascii=False) + "\n")
    for problem in found.problems[:PROBLEMS_SHOWN]:
        sys.stdout.write(f"NOT RIGHT: {problem}\n")
    return int(bool(found.problems))


if __name__ == "__main__":
    sys.exit(main())
