"""Stocking: a new demo's shop gets its goods, its staff, and what is in its shopper's wallet, by the store's commands.

All in one process: to load what one command needs takes longer than what it does.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.app.places import config_folder
from kiosk.demo.bench.labels import WALLET
from kiosk.demo.place import MANAGER, MANAGER_PIN, STAFF, STAFF_BADGE, STAFF_PIN
from store.__main__ import main as store


def stock(config: Path) -> int:
    """Of the store with this configuration, whose books are new. The exit code of the first command that failed."""
    for words in _commands(config.with_name("coupons.csv")):
        if code := store([*words, "--config", str(config)]):
            return code
    return 0


def _commands(coupons: Path) -> Iterator[tuple[str, ...]]:
    wallet = {one.name: one.label.text for one in WALLET}
    catalogue, offers = (str(config_folder() / "catalogue" / name) for name in ("demo.csv", "offers.csv"))
    coupons.write_text(f"code,offer\n{wallet['once']},five-once\n")
    yield "catalogue", "import", catalogue, "--offers", offers
    yield "user", "add", STAFF, "--role", "supervisor", "--pin", STAFF_PIN, "--badge", STAFF_BADGE
    yield "user", "add", MANAGER, "--role", "manager", "--pin", MANAGER_PIN
    yield "coupon", "import", str(coupons)
    yield "member", "add", wallet["member"], "--first-name", "Sam", "--consents", "demo"
    yield "voucher", "issue", "gift_card", "100", "--number", wallet["gift"]
    yield "voucher", "issue", "voucher", "50", "--number", wallet["voucher"]
    yield "voucher", "issue", "deposit", "12", "--number", wallet["slip"]


if __name__ == "__main__":
    sys.exit(stock(Path(sys.argv[1])))
