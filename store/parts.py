"""Parts: what a running store consists of, handed to every page; and what it does by itself (`duties`)."""

import secrets
from collections.abc import Callable, Iterator
from functools import partial

import msgspec
from sqlalchemy.engine import Engine

from store import closer, couriers, postman, price_clock, turning_away, watch
from store.clerk import Clerk
from store.closer import Closer
from store.config import Config
from store.couriers import WebhookCarrier
from store.duties import Duty, Failed, Rounds
from store.lanes import Lanes
from store.link import Link
from store.pictures import LOOK_EVERY_S, Pictures
from store.postman import Postman
from store.price_book import PriceBook
from store.price_clock import PriceClock
from store.rollouts import Follower
from store.turning_away import TurningAway
from store.upkeep import Upkeep
from store.watch import Watch
from store.web_shop_push import StockCarrier


class Parts(msgspec.Struct, frozen=True):
    """One store. `link` is None for a store that hears no till. Duties are started and stopped by whoever runs it."""

    config: Config
    engine: Engine
    lanes: Lanes
    prices: PriceBook
    clerk: Clerk
    link: Link | None
    now_utc_ms: Callable[[], int]
    watch: Watch
    pictures: Pictures
    upkeep: Upkeep
    duties: list[Duty]

    @property
    def link_up(self) -> bool:
        """Whether the broker is connected."""
        return self.link is not None and self.link.up


def make_parts(config: Config, engine: Engine, now_utc_ms: Callable[[], int], failed: Failed) -> Parts:
    """All parts, put together and not yet started. `failed` is told when one of them meets a bug."""
    lanes = Lanes()
    clerk = Clerk(config, engine, lanes, now_utc_ms, failed)
    link = None
    if config.link.broker:
        link = Link(config.link, config.store.id, clerk.put, lambda: clerk.look(anew=True))
        clerk.link = link
    watching = Watch(config, engine, lanes, now_utc_ms, clerk.look)
    pictures = Pictures(config, engine, now_utc_ms)
    duties: list[Duty] = [clerk]
    upkeep = Upkeep(config, engine, duties, now_utc_ms)
    book = PriceBook(engine)
    parts = Parts(config, engine, lanes, book, clerk, link, now_utc_ms, watching, pictures, upkeep, duties)
    duties.extend(_rounds(parts, failed))
    return parts


def _rounds(parts: Parts, failed: Failed) -> Iterator[Rounds]:
    config, engine, now = parts.config, parts.engine, parts.now_utc_ms

    def rounds(name: str, turn: Callable[[], object], every_s: int) -> Rounds:
        return Rounds(name, turn, failed, now, every_s=every_s)

    if config.smtp.url:
        yield rounds("postman", Postman(config, engine, now).turn, postman.LOOK_EVERY_S)
    yield rounds("pictures", parts.pictures.turn, LOOK_EVERY_S)
    yield rounds("price-clock", PriceClock(engine, now, parts.clerk.look).turn, price_clock.LOOK_EVERY_S)
    webhooks = WebhookCarrier(config.webhooks, engine, now, partial(secrets.randbelow, 1000))
    yield rounds("webhooks", webhooks.turn, couriers.LOOK_EVERY_S)
    if config.woocommerce.url:
        yield rounds("web-shop", StockCarrier(config.woocommerce, engine, now).turn, couriers.LOOK_EVERY_S)
    if config.adoption.folder:
        yield rounds("revocations", TurningAway(config, engine, now).turn, turning_away.LOOK_EVERY_S)
    yield rounds("closer", Closer(config, engine, now).turn, closer.LOOK_EVERY_S)
    yield rounds("watch", parts.watch.turn, watch.EVERY_S)
    yield rounds("updates", Follower(config, engine, parts.lanes, now, parts.clerk.look).turn, couriers.LOOK_EVERY_S)
