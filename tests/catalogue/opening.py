"""Opening: a whole shop in memory: the real store, a lane on simulated devices, a window that is really painted."""

from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.storage.price_book import open_price_book
from kiosk.ui.glass import Glass
from kiosk.ui.window import Window
from kiosk.wire.price_csv import PriceRows
from kiosk.world.back_office import STAFF, BackOffice
from kiosk.world.hand_clock import HandClock
from kiosk.world.lane import STOCKHOLM, Lane
from kiosk.world.shops import FACTS, make_shop

PIN = STAFF[0][3]
ON_ITS_WAY_MS = 1_000
LONGEST_MS = 120_000


class OpenShop:
    """Store, lane and window of one shop, with the demo's price book."""

    def __init__(self) -> None:
        self.clock = HandClock(STOCKHOLM)
        self.office = BackOffice(FACTS.store, self._utc_ms)
        self.window = Window(headless=True)
        shop = make_shop(FACTS, self.clock, self.office, open_price_book(":memory:"))
        self.lane = Lane(shop, surface=lambda: Glass(self.window, polled=False))
        self.lane.boot()
        self._wait_for_the_book()

    def stock(self, rows: PriceRows, *, keep_others: bool = False) -> None:
        """Give the store these products, and wait until the lane sells them."""
        for topic, payload in self.office.import_rows(rows, keep_others=keep_others):
            self.lane.shop.wire.tell(topic, payload)
        self._wait_for_the_book()

    def _wait_for_the_book(self) -> None:
        for _ in range(LONGEST_MS // ON_ITS_WAY_MS):
            self.lane.wait(ON_ITS_WAY_MS)
            if self.lane.shop.prices.head().digest == self.office.head().digest:
                return
        raise AssertionError("the price book did not reach the lane")

    def _utc_ms(self) -> int:
        return self.clock.now().utc_ms

    def close(self) -> None:
        """Close it for ever."""
        self.lane.die()
        self.window.close()
        self.lane.shop.prices.close()
        self.office.close()


@contextmanager
def open_shop() -> Iterator[OpenShop]:
    """One that is closed again."""
    shop = OpenShop()
    try:
        yield shop
    finally:
        shop.close()
