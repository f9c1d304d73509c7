"""Pictures from the web in the store: fetched once, looked at again after a day, told to lanes in parts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from structlog.testing import capture_logs

from kiosk.wire.asking import PictureAsk, PicturePart
from kiosk.wire.price_csv import PriceRow
from store.config import Config, PicturesTable, StoreTable
from store.pictures import AGAIN_MS, PART_BYTES, RETRY_MS, Pictures, known, part
from store.price_book import PriceBook
from tests.store.test_web_fetch import PNG, Web, gives


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.close()


class Shop:
    """A store with one product whose picture is on the web."""

    def __init__(self, engine: Engine, folder: Path, url: str) -> None:
        self.now, self.folder, self.url, self.engine = 1_000_000_000_000, folder, url, engine
        self.lists(url)
        config = Config(StoreTable("s001"), pictures=PicturesTable(str(folder), allow_private=True))
        self.pictures = Pictures(config, engine, lambda: self.now)

    def lists(self, url: str) -> None:
        row = PriceRow(gtin="9520001200014", name="Rye bread", price_minor=3290, tax_class="food", picture=url)
        PriceBook(self.engine).replace([row], self.now, "test")

    def later(self, ms: int) -> None:
        self.now += ms
        self.pictures.turn()

    def content(self) -> bytes:
        """As a lane gets it."""
        got = bytearray()
        while (piece := part(self.folder, PictureAsk(url=self.url, offset=len(got)))) is not None and piece.content:
            got += piece.content
        return bytes(got)


@pytest.fixture
def shop(engine: Engine, tmp_path: Path, web: Web) -> Shop:
    return Shop(engine, tmp_path / "pictures", web.url("/rye.png"))


def test_it_is_fetched_once_and_a_day_later_only_if_it_has_changed(shop: Shop, web: Web) -> None:
    web.pages["/rye.png"] = gives(PNG, ETag='"1"')
    shop.later(0)
    shop.later(AGAIN_MS - 1)
    assert len(web.asked) == 1 and shop.content() == PNG
    web.pages["/rye.png"] = gives(b"", status=304)
    shop.later(1)
    assert web.asked[-1][1]["If-None-Match"] == '"1"' and shop.content() == PNG
    web.pages["/rye.png"] = gives(PNG + b"new")
    shop.later(AGAIN_MS)
    assert shop.content() == PNG + b"new"
    assert len(list(shop.folder.iterdir())) == 2, "the old one is thrown away"


def test_a_failure_is_named_once_and_what_was_there_stays(shop: Shop, web: Web) -> None:
    web.pages["/rye.png"] = gives(PNG)
    shop.later(0)
    web.pages["/rye.png"] = gives(b"<html>", Content_Type="image/png")
    with capture_logs() as log:
        shop.later(AGAIN_MS)
        shop.later(RETRY_MS)
    assert [(line["product"], line["picture"]) for line in log] == [("Rye bread (9520001200014)", shop.url)]
    assert shop.content() == PNG and len(web.asked) == 3


def test_a_large_one_goes_in_parts_and_not_to_a_lane_that_has_it(shop: Shop, web: Web) -> None:
    whole = PNG + bytes(2 * PART_BYTES)
    web.pages["/rye.png"] = gives(whole)
    shop.later(0)
    assert shop.content() == whole
    first = part(shop.folder, PictureAsk(url=shop.url))
    assert first is not None and len(first.content) == PART_BYTES and first.size == len(whole)
    assert part(shop.folder, PictureAsk(url=shop.url, sha256=first.sha256)) == PicturePart(
        sha256=first.sha256, size=len(whole), offset=0
    )


def test_a_lane_gets_nothing_of_an_address_that_is_in_no_price_book(shop: Shop, web: Web) -> None:
    web.pages["/rye.png"] = gives(PNG)
    shop.later(0)
    assert part(shop.folder, PictureAsk(url="http://127.0.0.1/other")) is None
    assert part(shop.folder, PictureAsk(url="../../etc/passwd")) is None
    shop.lists("")
    shop.later(1)
    assert list(shop.folder.iterdir()) == []


def test_a_power_cut_while_writing_leaves_the_old_or_the_new(shop: Shop, web: Web) -> None:
    web.pages["/rye.png"] = gives(PNG)
    shop.later(0)
    for path in list(shop.folder.iterdir()):
        path.with_name(f"{path.name}.half").write_bytes(b"{")
    assert shop.content() == PNG
    shop.later(1)
    assert not list(shop.folder.glob("*.half"))
    about = next(shop.folder.glob("*.json"))
    about.write_bytes(b"{")
    assert known(shop.folder, shop.url) is None
    shop.later(1)
    assert shop.content() == PNG
