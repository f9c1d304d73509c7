"""Pictures: what the price book names on the web, fetched by the store, kept by content, handed to lanes in parts.

A lane reaches nobody but the store. So the store looks through the price book now and then (`duties.Rounds`), fetches
what is new or a day old (only if it has changed), and keeps it in a folder: the content under its SHA-256, and for each
address a small file that says which content is its. Both are written beside and renamed, so that after a power cut they
are whole or not there. A lane that asks hears at once: nobody waits for the web.

Pictures of the shop's own (`picture_upload`) lie in the same folder under addresses that begin with `store:`. They stay
as long as any version of the price book or any batch names them, for there is a way back to all of these; what somebody
chose and never saved goes after a day.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import structlog
from sqlalchemy.engine import Engine

from kiosk.wire.asking import PictureAsk, PicturePart
from store.config import Config
from store.price_book import PriceBook
from store.price_history import ever_named
from store.web_fetch import NotFetched, fetch, is_anywhere, is_public

PART_BYTES = 256 << 10
STORE, WEB = "store:", ("http://", "https://")
"""How a picture's address begins: of one that the shop has uploaded, of one on the web."""
LOOK_EVERY_S = 60
AGAIN_MS, RETRY_MS = 24 * 3_600_000, 3_600_000
"""After a success; after a failure."""
AT_ONCE = 20
"""Pictures a turn: between turns the store may stop."""


class Known(msgspec.Struct, frozen=True):
    """What is kept of one address."""

    url: str
    looked_utc_ms: int
    sha256: str = ""
    etag: str = ""
    modified: str = ""
    why: str = ""
    """Why the last attempt failed."""


def known(folder: Path, url: str) -> Known | None:
    """Of one address; None if it was never looked at, or what was written cannot be read."""
    return _read_about(_about(folder, url))


def part(folder: Path, ask: PictureAsk) -> PicturePart | None:
    """What a lane asked for; None: it is not here (yet)."""
    found, content = known(folder, ask.url), content_of(folder, ask.url)
    if found is None or content is None:
        return None
    same = ask.sha256 == found.sha256
    piece = b"" if same else content[ask.offset : ask.offset + PART_BYTES]
    return PicturePart(sha256=found.sha256, size=len(content), offset=ask.offset, content=piece)


def content_of(folder: Path, url: str) -> bytes | None:
    """The whole picture of this address; None: it is not here."""
    found = known(folder, url)
    if found is None or not found.sha256:
        return None
    try:
        return folder.joinpath(found.sha256).read_bytes()
    except FileNotFoundError:
        return None


def keep(folder: Path, about: Known, content: bytes) -> None:
    """A picture under its address: the content first. OSError if it cannot be written."""
    _write(folder.joinpath(about.sha256), content)
    _write(_about(folder, about.url), msgspec.json.encode(about))


class Pictures:
    """One store's."""

    def __init__(self, config: Config, engine: Engine, now_utc_ms: Callable[[], int]) -> None:
        self._folder = Path(config.pictures.folder)
        self._allowed = is_anywhere if config.pictures.allow_private else is_public
        self._book, self._now = PriceBook(engine), now_utc_ms
        self._engine, self._named = engine, set[str]()
        self._log = structlog.get_logger("pictures")

    def turn(self) -> bool:
        """Fetch some of what is due; when nothing is, forget what no product has any more. True: there may be more."""
        try:
            return self._some()
        except OSError as error:
            self._log.error("pictures.not_kept", folder=str(self._folder), why=error.strerror)
            return False

    def _some(self) -> bool:
        wanted = {row.picture: f"{row.name} ({row.code})" for row in self._book.rows() if row.picture.startswith(WEB)}
        looked = 0
        for url, product in wanted.items():
            before = known(self._folder, url)
            pause = AGAIN_MS if before is not None and not before.why else RETRY_MS
            if before is None or self._now() - before.looked_utc_ms >= pause:
                self._look(url, product, before or Known(url, 0))
                looked += 1
            if looked == AT_ONCE:
                return True
        self._sweep(wanted)
        return False

    def _look(self, url: str, product: str, before: Known) -> None:
        now = self._now()
        have = bool(before.sha256) and self._folder.joinpath(before.sha256).is_file()
        validators = (before.etag, before.modified) if have else ("", "")
        try:
            found = fetch(url, *validators, allowed=self._allowed)
        except NotFetched as problem:
            if str(problem) != before.why:
                self._log.error("picture.refused", product=product, picture=url, problem=str(problem))
            self._note(msgspec.structs.replace(before, looked_utc_ms=now, why=str(problem)))
            return
        if found is None:
            self._note(msgspec.structs.replace(before, looked_utc_ms=now, why=""))
            return
        digest = hashlib.sha256(found.content).hexdigest()
        keep(self._folder, Known(url, now, digest, found.etag, found.modified), found.content)

    def _note(self, about: Known) -> None:
        _write(_about(self._folder, about.url), msgspec.json.encode(about))

    def look_now(self, url: str, product: str) -> Known:
        """Fetch one at once, for whoever has just typed its address; `why` says why it cannot be. OSError."""
        self._look(url, product, known(self._folder, url) or Known(url, 0))
        found = known(self._folder, url)
        assert found is not None, "a look is noted, whatever came of it"
        return found

    def _sweep(self, wanted: dict[str, str]) -> None:
        if not self._folder.is_dir():
            return
        abouts = {_about(self._folder, url) for url in wanted} | set(self._own())
        contents = {found.sha256 for path in abouts if (found := _read_about(path)) is not None}
        for path in self._folder.iterdir():
            if path not in abouts and path.name not in contents:
                path.unlink()

    def _own(self) -> Iterator[Path]:
        """The shop's own that stay."""
        for path in self._folder.glob("*.json"):
            found = _read_about(path)
            if found is None or not found.url.startswith(STORE):
                continue
            if found.url not in self._named and ever_named(self._engine, found.url):
                self._named.add(found.url)
            if found.url in self._named or self._now() - found.looked_utc_ms < AGAIN_MS:
                yield path


def _about(folder: Path, url: str) -> Path:
    return folder.joinpath(f"{hashlib.sha256(url.encode()).hexdigest()}.json")


def _read_about(path: Path) -> Known | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Known)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.half")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
