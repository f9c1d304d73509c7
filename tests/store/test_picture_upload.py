"""The shop's own pictures: looked at before they are kept, kept by content, there for lanes and after a roll back."""

import io
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from selling import BREAD, NOW, ROWS
from sqlalchemy.engine import Engine

from kiosk.values.picture import BadPicture
from kiosk.wire.asking import PictureAsk
from store.config import Config, PicturesTable, StoreTable
from store.picture_upload import LEAST_PX, SIDE_PX, made_ready, upload
from store.pictures import AGAIN_MS, Pictures, content_of, part
from store.price_book import PriceBook
from store.price_history import roll_back

ORIENTATION, RIGHT_SIDE_UP_IS_LEFT = 0x0112, 6
MODEL = 0x0110


def picture(size: tuple[int, int] = (300, 200), kind: str = "JPEG", mode: str = "RGB", exif: bool = False) -> bytes:
    out = io.BytesIO()
    said = Image.Exif()
    if exif:
        said[ORIENTATION], said[MODEL] = RIGHT_SIDE_UP_IS_LEFT, "Anna's telephone"
    Image.new(mode, size, (200, 30, 30) if mode == "RGB" else (200, 30, 30, 0)).save(out, kind, exif=said)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pictures"


def test_a_photograph_stands_upright_is_small_and_tells_nothing_of_who_took_it(folder: Path) -> None:
    source = upload(folder, picture((3000, 2000), exif=True), NOW)
    kept = content_of(folder, source)
    assert kept is not None and b"telephone" not in kept
    with Image.open(io.BytesIO(kept)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (683, SIDE_PX))
        assert not seen.getexif()


def test_what_one_can_see_through_stays_so() -> None:
    with Image.open(io.BytesIO(made_ready(picture(kind="PNG", mode="RGBA")))) as seen:
        assert seen.format == "PNG" and seen.getchannel("A").getextrema() == (0, 0)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7", "is no JPEG, PNG, WebP or GIF picture, whatever its name says"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "is no JPEG"),
        (picture((LEAST_PX - 1, 10)), "its longer side needs 64 or more"),
        (picture((300, 200))[:400], "cannot be read"),
        (picture((8000, 5001), "PNG"), "40 million at most"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(content: bytes, why: str, folder: Path) -> None:
    with pytest.raises(BadPicture, match=why):
        upload(folder, content, NOW)
    assert not folder.exists()


def test_a_lane_gets_it_and_it_stays_for_the_way_back(engine: Engine, folder: Path) -> None:
    book, clock = PriceBook(engine), [NOW]
    config = Config(StoreTable("s001"), pictures=PicturesTable(str(folder)))
    pictures = Pictures(config, engine, lambda: clock[0])
    first, second, never = (upload(folder, picture((300, high)), NOW) for high in (200, 210, 220))
    book.replace(ROWS, NOW, "without")
    for source in (first, second):
        book.replace([replace(BREAD, picture=source)], NOW, "a picture", keep_others=True)
    clock[0] += AGAIN_MS
    pictures.turn()
    assert content_of(folder, never) is None, "chosen and never saved"
    roll_back(engine, 2, "u3", NOW)
    assert book.row(BREAD.code).picture == first
    pictures.turn()
    whole = part(folder, PictureAsk(url=first))
    assert whole is not None and whole.content == content_of(folder, first) and f"store:{whole.sha256}" == first
    assert content_of(folder, second) is not None
