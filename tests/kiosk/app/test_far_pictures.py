"""Pictures of the web on a lane: asked for part by part, believed only with the announced digest."""

import hashlib
from collections import OrderedDict
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from till_and_store import Store, Till

from kiosk.app.far_pictures import RETRY_MS, FarPictures, Wanted
from kiosk.app.link import Disconnected
from kiosk.app.photo_cache import PhotoCache
from kiosk.app.photos import Photos, PictureReady
from kiosk.storage.price_book import open_price_book
from kiosk.wire import asking
from kiosk.wire.asking import PictureAsk, PicturePart
from kiosk.wire.messages import Answer, Ask
from tests.kiosk.app.test_photos import _Later, of, png, sources

URL = "https://pictures.example/rye.png"
CONTENT = png((600, 400))
SHA = hashlib.sha256(CONTENT).hexdigest()


class Lane:
    """Photos whose background works at once, and a store that answers as it is told."""

    def __init__(self, folder: Path) -> None:
        self.far, self.later = FarPictures(), _Later()
        self.photos = Photos(self.later, PhotoCache(folder), self.far)
        self.ready: list[str] = []

    def looks(self) -> list[str]:
        """What is seen of it, and then all that the background has."""
        seen = sources(self.photos.dressed(of(URL)))
        self.works()
        return seen

    def works(self) -> None:
        for message in self.later.do():
            if isinstance(message, PictureReady):
                self.ready.append(message.source)
                self.photos.ready(message)
            else:
                assert isinstance(message, Wanted)
                self.photos.ask_the_store(message)


@pytest.fixture
def lane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lane:
    monkeypatch.setattr("kiosk.ui.artwork._hung", OrderedDict())
    return Lane(tmp_path)


def piece(content: bytes = CONTENT, offset: int = 0, size: int = 100, sha: str = SHA) -> PicturePart:
    return PicturePart(sha256=sha, size=len(content), offset=offset, content=content[offset : offset + size])


def fetched(lane: Lane) -> None:
    """All parts, one after the other."""
    ask = lane.far.ask(0)
    while ask is not None:
        ask = lane.far.heard(piece(offset=ask.offset), 0)
    lane.works()


def test_it_comes_part_by_part_while_the_category_is_shown(lane: Lane) -> None:
    assert lane.looks() == ["goods:bread"]
    fetched(lane)
    assert lane.ready == [URL] and lane.looks() == [URL]


def test_what_is_here_is_shown_without_the_store_and_asked_for_only_if_it_has_changed(
    lane: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane.looks()
    fetched(lane)
    monkeypatch.setattr("kiosk.ui.artwork._hung", OrderedDict())
    restarted = Lane(tmp_path)
    restarted.looks()
    assert restarted.looks() == [URL], "the store has not been asked"
    assert restarted.far.ask(0) == PictureAsk(url=URL, sha256=SHA)
    assert restarted.far.heard(PicturePart(sha256=SHA, size=len(CONTENT), offset=0), 0) is None
    assert restarted.far.ask(0) is None


@pytest.mark.parametrize(
    "answer",
    [
        None,
        piece(size=10_000, sha="0" * 64),
        piece(b"other content", size=100),
        piece(offset=5),
        PicturePart(sha256=SHA, size=5 << 20, offset=0, content=b"x"),
        PicturePart(sha256=SHA, size=100, offset=0),
    ],
)
def test_what_does_not_fit_is_thrown_away_and_asked_for_again_later(lane: Lane, answer: PicturePart | None) -> None:
    lane.looks()
    assert lane.far.ask(0) is not None
    assert lane.far.heard(answer, 0) is None
    lane.works()
    assert lane.ready == [] and lane.far.ask(RETRY_MS - 1) is None
    assert lane.far.deadline_ms() == RETRY_MS
    assert lane.far.ask(RETRY_MS) == PictureAsk(url=URL)


def test_a_line_that_is_lost_in_the_middle_begins_anew(lane: Lane) -> None:
    lane.looks()
    lane.far.ask(0)
    lane.far.heard(piece(), 0)
    lane.far.lost()
    assert lane.far.heard(piece(offset=100), 0) is None, "an answer of before"
    fetched(lane)
    assert lane.ready == [URL]


def test_what_the_store_has_and_is_no_picture_is_named(lane: Lane) -> None:
    lane.looks()
    junk = b"\x89PNG\r\n\x1a\n and nothing"
    lane.far.ask(0)
    with capture_logs() as log:
        lane.far.heard(piece(junk, sha=hashlib.sha256(junk).hexdigest()), 0)
        lane.works()
    assert [(line["product"], line["picture"]) for line in log] == [("Rye bread (9520001200014)", URL)]


class _WithPicture(Store):
    """Gives a part at a time."""

    def answer(self, ask: Ask) -> Answer:
        lookup = asking.asked(ask)
        if not isinstance(lookup, PictureAsk):
            return super().answer(ask)
        return asking.answer(ask, piece(offset=lookup.offset, size=len(CONTENT) // 3))


def test_a_picture_comes_although_the_line_is_lost_in_its_middle(tmp_path: Path) -> None:
    prices = open_price_book(tmp_path / "prices.db")
    till = Till(_WithPicture(), prices)
    came: list[bytes] = []
    till.pictures.arrived = lambda wanted, digest, content: came.append(content)
    till.pictures.want(Wanted("https://pictures.example/rye.png", "Rye bread"))
    till.turn()
    assert till.store.asks == [], "there is no line"
    till.connect()
    asks, till.store.asks = till.store.asks, []
    till.answered(*asks)
    till.turn(Disconnected("cable"))
    till.store.asks.clear()
    till.connect()
    till.all_answered()
    prices.close()
    assert came == [CONTENT]
