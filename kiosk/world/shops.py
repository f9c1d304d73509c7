"""Shops: a lane's surroundings made from what ships in `config/`: the demo catalogue, a jurisdiction pack, the words.

The price book is in a file of its own in a folder that the caller gives: power cuts are not tried on it.
"""

from collections.abc import Callable
from pathlib import Path

from kiosk.app.places import config_folder
from kiosk.checkout.jurisdiction import decode_pack
from kiosk.checkout.lane import Lane as LaneFacts
from kiosk.storage.price_book import open_price_book
from kiosk.ui import words as catalogues
from kiosk.wire.price_csv import read_csv
from kiosk.world.hand_clock import HandClock
from kiosk.world.lane import STOCKHOLM, Shop
from kiosk.world.wire import StoreEnd, Wire

FACTS = LaneFacts(
    store="s001", till="k01", store_name="Demo store", number="4", needs=("scanner", "card_terminal"), mode="demo"
)


class SilentStore:
    """A store that never says anything."""

    def hear(self, topic: str, payload: bytes) -> list[tuple[str, bytes]]:
        """Swallowed."""
        return []

    def retained(self) -> list[tuple[str, bytes]]:
        """Nothing."""
        return []


def demo_shop(
    folder: Path, facts: LaneFacts = FACTS, store: Callable[[], StoreEnd] = SilentStore, version: str = "1"
) -> Shop:
    """A shop with the demo catalogue as its price book, in `folder`."""
    config = config_folder()
    prices = open_price_book(folder / "prices.db")
    prices.import_rows(version, read_csv((config / "catalogue" / "demo.csv").read_text(encoding="utf-8")))
    pack = decode_pack((config / "jurisdictions" / f"{facts.jurisdiction}.toml").read_text(encoding="utf-8"))
    words = catalogues.load(
        config / "words", facts.languages, currency=facts.currency, territory=pack.country, zone=STOCKHOLM
    )
    return Shop(facts, pack, words, prices, Wire(store()), HandClock(STOCKHOLM))
