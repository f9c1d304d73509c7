"""Shop: what heads every receipt of one store, from its configuration and its law."""

from store.config import Config
from store.packs import read_pack
from store.receipts.page import Shop
from store.receipts.words import languages


def shop_of(config: Config) -> Shop:
    """The head of every receipt."""
    duties = read_pack(config.store.jurisdiction).receipt
    spoken = config.receipts.languages or languages()
    return Shop(config.name, config.receipts.legal, config.zone, config.store.mode == "demo", duties, spoken)
