"""The shop's own pictures on a lane: a scan never waits for them, what is wrong with a file is told once, and a file is
scaled once in its life."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from structlog.testing import capture_logs

from kiosk.app.background import Job
from kiosk.app.photo_cache import PhotoCache
from kiosk.app.photos import Photos, PictureReady
from kiosk.checkout import events as e
from kiosk.ui.gallery_goods import BREAD
from kiosk.ui.picture_file import SIDE_PX, small
from kiosk.ui.scene import Picture, Rect, Scene
from kiosk.values.picture import BadPicture
from kiosk.world.lane import Lane
from kiosk.world.shops import demo_shop
from tests.kiosk.app.test_moving import Film


def png(size: tuple[int, int] = (30, 20), colour: str = "#C80000", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def bomb(wide: int, high: int) -> bytes:
    """A PNG of a few bytes whose header promises so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def scaled(content: bytes, folder: Path) -> bytes:
    (folder / "file").write_bytes(content)
    return small(folder / "file")


def test_a_large_picture_is_made_small_with_its_proportions(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(scaled(png((3000, 1500), kind="JPEG"), tmp_path))) as made:
        assert made.size == (SIDE_PX, SIDE_PX // 2)


def test_of_a_picture_that_moves_the_first_frame_is_shown(tmp_path: Path) -> None:
    out = io.BytesIO()
    red, blue = Image.new("RGB", (9, 9), "#FF0000"), Image.new("RGB", (9, 9), "#0000FF")
    red.save(out, "GIF", save_all=True, append_images=[blue], duration=100)
    with Image.open(io.BytesIO(scaled(out.getvalue(), tmp_path))) as made:
        assert made.convert("RGB").getpixel((4, 4)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no JPEG"),
        (b"<!doctype html><h1>404", "no JPEG"),
        (b"GIF89a nothing", "no JPEG|cannot"),
        (bytes(range(256)) * 40, "no JPEG"),
        (png((300, 300))[:200], "cannot be read"),
        (png((300, 300), kind="JPEG")[:700], "cannot be read"),
        (bomb(60_000, 60_000), "pixels"),
        (bomb(9_000, 9_000), "9000 x 9000 pixels"),
        (bomb(2_000, 2_000), "cannot be read"),
        (b"<svg", "cannot be read"),
        (b"<svg " + b" " * 300_000, "KiB"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(BadPicture, match=why):
        scaled(content, tmp_path)


class _Later:
    """A background whose jobs wait until they are done by hand."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def __call__(self, job: Job) -> None:
        self.jobs.append(job)

    def do(self) -> list[PictureReady]:
        jobs, self.jobs = self.jobs, []
        return [message for job in jobs for message in job()]


@pytest.fixture
def later() -> _Later:
    return _Later()


def of(source: str) -> Scene:
    picture = Picture(Rect(0, 0, 90, 90), source, stand_in="goods:bread", product="Rye bread (9520001200014)")
    return Scene("any", (100, 100), "ground", (picture,), title="")


def sources(scene: Scene) -> list[str]:
    return [e.source for e in scene.elements if isinstance(e, Picture)]


def test_a_broken_file_is_named_once_with_its_product_and_asked_for_again_with_the_next_price_book(
    tmp_path: Path, later: _Later
) -> None:
    (tmp_path / "rye.jpg").write_bytes(b"<html>")
    source = f"file:{tmp_path}/rye.jpg"
    photos = Photos(later, PhotoCache(tmp_path / "kept"))
    with capture_logs() as log:
        for _ in range(3):
            assert sources(photos.dressed(of(source))) == ["goods:bread"]
            assert later.do() == []
    assert [(line["product"], line["picture"]) for line in log] == [("Rye bread (9520001200014)", source)]
    assert "no JPEG" in log[0]["problem"]
    (tmp_path / "rye.jpg").write_bytes(png())
    photos.forget()
    photos.dressed(of(source))
    assert [ready.surface.get_size() for ready in later.do()] == [(30, 20)]


@pytest.mark.parametrize("source", ["rye.jpg", "svg:no-such", "ftp://x/y", "file:/no/such.png", "file:/tmp"])
def test_a_name_that_leads_nowhere_is_told_too(tmp_path: Path, later: _Later, source: str) -> None:
    with capture_logs() as log:
        Photos(later, PhotoCache(tmp_path)).dressed(of(source))
        assert later.do() == []
    assert [line["event"] for line in log] == ["picture.refused"]


def test_a_file_is_scaled_once_and_again_when_it_has_changed(tmp_path: Path, later: _Later) -> None:
    path, cache = tmp_path / "rye.png", tmp_path / "kept"
    path.write_bytes(png((1200, 1200)))
    for _ in range(2):
        Photos(later, PhotoCache(cache)).dressed(of(f"file:{path}"))
        assert [ready.surface.get_size() for ready in later.do()] == [(SIDE_PX, SIDE_PX)]
    assert len(list(cache.iterdir())) == 1
    path.write_bytes(png((1000, 500)))
    Photos(later, PhotoCache(cache)).dressed(of(f"file:{path}"))
    assert [ready.surface.get_size() for ready in later.do()] == [(SIDE_PX, SIDE_PX // 2)]


def test_where_nothing_can_be_kept_the_picture_is_shown_all_the_same(
    tmp_path: Path, later: _Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rye.png").write_bytes(png())
    cache = PhotoCache(tmp_path / "kept")

    def full(key: str, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "put", full)
    Photos(later, cache).dressed(of(f"file:{tmp_path}/rye.png"))
    assert len(later.do()) == 1


# --- the cache --------------------------------------------------------------------------------------------------------


def test_a_power_cut_while_writing_leaves_nothing_or_all(tmp_path: Path) -> None:
    cache = PhotoCache(tmp_path)
    cache.put("a", b"picture")
    whole = next(tmp_path.iterdir())
    content = whole.read_bytes()
    for end in range(len(content)):
        whole.with_suffix(".half").write_bytes(content[:end])
        again = PhotoCache(tmp_path)
        assert [path.suffix for path in tmp_path.iterdir()] == [".picture"]
        assert again.get("a") == b"picture"


def test_a_file_that_the_disk_has_spoilt_is_not_shown(tmp_path: Path) -> None:
    cache = PhotoCache(tmp_path)
    for damage in (b"", b"x", b"\0" * 40):
        cache.put("a", b"picture")
        next(tmp_path.iterdir()).write_bytes(damage)
        assert cache.get("a") is None and list(tmp_path.iterdir()) == []


def test_the_folder_stays_small_and_keeps_what_is_used(tmp_path: Path) -> None:
    cache = PhotoCache(tmp_path, largest_bytes=10 * 132)
    for number in range(30):
        cache.put(str(number), bytes(100))
        assert cache.get("0") is not None, "it is looked at all the time"
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 10 * 132
    assert cache.get("1") is None and cache.get("29") is not None


# --- on the screen ----------------------------------------------------------------------------------------------------


@pytest.fixture
def film() -> Film:
    return Film()


@pytest.fixture
def lane(tmp_path: Path, film: Film, later: _Later) -> Iterator[Lane]:
    running = Lane(demo_shop(tmp_path), surface=lambda: film)
    running.photos = Photos(later, PhotoCache(tmp_path / "kept"))
    running.boot()
    running.wait(20_000)
    yield running
    running.die()
    running.shop.prices.close()


def test_a_scan_is_on_the_screen_before_its_picture_is_read_and_then_fades_into_it(
    lane: Lane, film: Film, later: _Later, tmp_path: Path
) -> None:
    path = tmp_path / "rye.png"
    path.write_bytes(png())
    rye = replace(BREAD, picture=f"file:{path}", category="bread & buns")
    film.frames.clear()
    lane.say(e.ItemFound(item=rye))
    assert f"file:{path}" not in sources(film.frames[0]) and "goods:bread & buns" in sources(film.frames[0])
    lane.wait(500)
    film.frames.clear()
    for ready in later.do():
        lane.running.screen.hang(ready)
    lane.wait(500)
    assert sources(film.frames[1])[-2:] == ["goods:bread & buns", f"file:{path}"], "one over the other"
    assert sources(film.frames[-1])[-1] == f"file:{path}"
