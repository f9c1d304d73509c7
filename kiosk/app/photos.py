"""Photos: the shop's own pictures, made ready away from the loop.

Painting never waits for a file: a scene is dressed before it is shown, a picture that is not ready yet is replaced by
its category's, and the wanted one is read in a thread of its own. When it is ready the scene is made again and the one
fades into the other. A picture is decoded and scaled once and kept on the disk beside the journal.

What is refused is named once in the log, with the product, and not tried again until the price book changes.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

import msgspec
import structlog
from msgspec.structs import replace

from kiosk.app.background import Job
from kiosk.app.far_pictures import FarPictures, Wanted
from kiosk.app.photo_cache import PhotoCache
from kiosk.ui import artwork, picture_file
from kiosk.ui.picture_file import SIDE_PX
from kiosk.ui.scene import Picture, Scene
from kiosk.values.picture import BadPicture

FAR = ("http://", "https://", "store:")
"""The store has these: it fetches those of the web, and keeps the shop's own by their content."""
_HEX = 64
"""Letters of a SHA-256 before what is kept of the web."""


class PictureReady(msgspec.Struct, frozen=True):
    """Made in the background; the longest side is SIDE_PX at most."""

    source: str
    surface: Any


class Dresser(Protocol):
    """What the screen asks of the shop's pictures."""

    def dressed(self, scene: Scene) -> Scene:
        """The scene with pictures that can be painted now; the others are wanted from then on."""
        ...

    def ready(self, picture: PictureReady) -> None:
        """It can be painted from now on."""
        ...

    def ask_the_store(self, wanted: Wanted) -> None:
        """One is on the web, and may be newer there than here."""
        ...

    def forget(self) -> None:
        """There is a new price book: what was refused may be mended."""
        ...


class NoPhotos:
    """Only our own pictures."""

    def dressed(self, scene: Scene) -> Scene:
        """As it is: the painter shows stand-ins."""
        return scene

    def ready(self, picture: PictureReady) -> None:
        """Nothing is wanted."""

    def ask_the_store(self, wanted: Wanted) -> None:
        """Nothing is wanted."""

    def forget(self) -> None:
        """Nothing was refused."""


class Photos:
    """One lane's. `run` does a job in the background and puts what it returns into the inbox."""

    def __init__(self, run: Callable[[Job], None], cache: PhotoCache, far: FarPictures | None = None) -> None:
        """`far` are those that the store has."""
        self._run, self._cache, self._far = run, cache, far or FarPictures()
        self._far.arrived = self._arrived
        self._wanted: set[str] = set()
        self._log = structlog.get_logger("pictures")

    def dressed(self, scene: Scene) -> Scene:
        """The scene with pictures that can be painted now; the others are wanted from then on."""
        late = [e for e in scene.elements if isinstance(e, Picture) and _is_late(e)]
        if not late:
            return scene
        for picture in late:
            self._want(picture.source, picture.product)
        kept = (replace(e, source=e.stand_in) if isinstance(e, Picture) and _is_late(e) else e for e in scene.elements)
        return replace(scene, elements=tuple(kept))

    def ready(self, picture: PictureReady) -> None:
        """It can be painted from now on."""
        self._wanted.discard(picture.source)
        artwork.hang(picture.source, picture.surface)

    def ask_the_store(self, wanted: Wanted) -> None:
        """For one of the web."""
        self._far.want(wanted)

    def forget(self) -> None:
        """There is a new price book: what was refused may be mended."""
        self._wanted.clear()

    def _want(self, source: str, product: str) -> None:
        """Once; what was refused stays wanted, so that it is not asked for again."""
        if source not in self._wanted:
            self._wanted.add(source)
            self._run(lambda: self._made(source, product))

    def _made(self, source: str, product: str) -> Iterable[Any]:
        """In the background."""
        if source.startswith(FAR):
            return self._from_the_web(source, product)
        try:
            return [PictureReady(source, picture_file.surface(self._png(source)))]
        except BadPicture as problem:
            return self._refused(source, product, problem)

    def _refused(self, source: str, product: str, problem: BadPicture) -> Iterable[Any]:
        self._log.error("picture.refused", product=product, picture=source, problem=str(problem))
        return []

    def _from_the_web(self, url: str, product: str) -> Iterable[Any]:
        """What is here already, and a word for the store."""
        kept = self._cache.get(_key(url))
        if kept is None:
            return [Wanted(url, product)]
        digest, png = kept[:_HEX].decode(), kept[_HEX:]
        return [PictureReady(url, picture_file.surface(png)), Wanted(url, product, digest)]

    def _arrived(self, wanted: Wanted, digest: str, content: bytes) -> None:
        """The store's whole picture."""
        self._run(lambda: self._taken(wanted, digest, content))

    def _taken(self, wanted: Wanted, digest: str, content: bytes) -> Iterable[Any]:
        try:
            png = picture_file.small_of(content)
        except BadPicture as problem:
            return self._refused(wanted.url, wanted.product, problem)
        self._keep(_key(wanted.url), digest.encode() + png)
        return [PictureReady(wanted.url, picture_file.surface(png))]

    def _png(self, source: str) -> bytes:
        scheme, _, name = source.partition(":")
        if scheme != "file":
            raise BadPicture("is neither svg:NAME of ours nor file:/PATH, https:// or store: of the shop")
        try:
            return self._scaled(Path(name))
        except OSError as problem:
            raise BadPicture(f"cannot be read: {problem.strerror}") from None

    def _scaled(self, path: Path) -> bytes:
        if not path.is_file():
            raise BadPicture("is no file")
        stat = path.stat()
        key = f"{path} {stat.st_mtime_ns} {stat.st_size} {SIDE_PX}"
        kept = self._cache.get(key)
        if kept is None:
            kept = picture_file.small(path)
            self._keep(key, kept)
        return kept

    def _keep(self, key: str, png: bytes) -> None:
        try:
            self._cache.put(key, png)
        except OSError as problem:  # it is shown, and made again after the next start
            self._log.warning("pictures.not_kept", problem=problem.strerror)


def _key(url: str) -> str:
    return f"{url} {SIDE_PX}"


def _is_late(picture: Picture) -> bool:
    """Whether it is the price book's, and not to be painted yet."""
    ready = artwork.is_hung(picture.source) or artwork.is_ours(picture.source)
    return bool(picture.stand_in) and picture.source != picture.stand_in and not ready
