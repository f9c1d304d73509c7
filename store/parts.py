"""Parts: what a running store consists of, handed to every page."""

import secrets
from collections.abc import Callable
from functools import partial

import msgspec
from sqlalchemy.engine import Engine

from store.clerk import Clerk
from store.config import Config
from store.couriers import Courier, WebhookCarrier
from store.lanes import Lanes
from store.link import Link
from store.pictures import Pictures
from store.postman import Postman
from store.price_book import PriceBook
from store.watch import Watch
from store.web_shop_push import StockCarrier


class Parts(msgspec.Struct, frozen=True):
    """One store. `link` is None for a store that hears no till."""

    config: Config
    engine: Engine
    lanes: Lanes
    prices: PriceBook
    clerk: Clerk
    link: Link | None
    postman: Postman
    pictures: Pictures
    now_utc_ms: Callable[[], int]
    watch: Watch
    couriers: tuple[Courier, ...] = ()

    @property
    def link_up(self) -> bool:
        """Whether the broker is connected."""
        return self.link is not None and self.link.up


def make_parts(
    config: Config, engine: Engine, now_utc_ms: Callable[[], int], failed: Callable[[BaseException], None]
) -> Parts:
    """All parts, put together and not yet started. `failed` is told when the clerk meets a bug."""
    lanes = Lanes()
    clerk = Clerk(config, engine, lanes, now_utc_ms, failed)
    link = None
    if config.link.broker:
        link = Link(config.link, config.store.id, clerk.put, lambda: clerk.look(anew=True))
        clerk.link = link
    postman = Postman(config, engine, now_utc_ms, failed)
    pictures = Pictures(config, engine, now_utc_ms, failed)
    webhooks = WebhookCarrier(config.webhooks, engine, now_utc_ms, partial(secrets.randbelow, 1000))
    couriers = [Courier("webhooks", webhooks.turn, failed)]
    if config.woocommerce.url:
        couriers.append(Courier("web-shop", StockCarrier(config.woocommerce, engine, now_utc_ms).turn, failed))
    watch = Watch(config, engine, lanes, now_utc_ms, clerk.look, failed)
    book = PriceBook(engine)
    return Parts(config, engine, lanes, book, clerk, link, postman, pictures, now_utc_ms, watch, tuple(couriers))
