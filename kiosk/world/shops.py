"""Shops: a lane's surroundings made from what ships in `config/`: the demo catalogue, a jurisdiction pack, the words.

The price book is in a file of its own or in memory: power cuts are not tried on it, since it can be fetched again.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from kiosk.app.places import config_folder
from kiosk.app.signer import missing
from kiosk.checkout.jurisdiction import Pack, decode_pack, lawful
from kiosk.checkout.lane import Lane as LaneFacts
from kiosk.storage.price_book import PriceBook, open_price_book
from kiosk.ui import words as catalogues
from kiosk.ui.words import Words
from kiosk.wire.price_csv import PriceRow, read_csv
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


@cache
def demo_rows() -> tuple[PriceRow, ...]:
    """The demo catalogue."""
    return tuple(read_csv((config_folder() / "catalogue" / "demo.csv").read_text(encoding="utf-8")))


def make_shop(
    facts: LaneFacts, clock: HandClock, store: StoreEnd, prices: PriceBook, *, cash_parts: bool = False
) -> Shop:
    """A shop around this price book."""
    pack = pack_of(facts.jurisdiction)
    facts = replace(facts, signer_missing=missing(pack.fiscal, facts.signer, live=facts.mode == "live"))
    words = _words(facts.languages, facts.currency, pack.country)
    return Shop(lawful(facts, pack), pack, words, prices, Wire(store), clock, cash_parts=cash_parts)


def demo_shop(
    folder: Path, facts: LaneFacts = FACTS, store: Callable[[], StoreEnd] = SilentStore, version: str = "1"
) -> Shop:
    """A shop with the demo catalogue as its price book, in `folder`."""
    prices = open_price_book(folder / "prices.db")
    prices.import_rows(version, demo_rows())
    return make_shop(facts, HandClock(STOCKHOLM), store(), prices)


@cache
def pack_of(jurisdiction: str) -> Pack:
    """The pack of that name, as it ships."""
    return decode_pack((config_folder() / "jurisdictions" / f"{jurisdiction}.toml").read_text(encoding="utf-8"))


@cache
def _words(languages: tuple[str, ...], currency: str, territory: str) -> dict[str, Words]:
    return catalogues.load(config_folder() / "words", languages, currency=currency, territory=territory, zone=STOCKHOLM)
