"""Assets: the fonts that the screen needs, and where they lie once `kiosk.ui.bake` has prepared them.

Fonts and icons are never committed: they come from the distribution's packages and from PyPI. Kassa Sans is Inter with
figures of equal width and an l with a tail baked in, because SDL_ttf cannot ask for such features while painting.
"""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple


class AssetsMissing(Exception):
    """A font is not where it should be; the text says which, and the command that helps."""


class Source(NamedTuple):
    """One file of the assets: its name, the file it is made from, the features baked in, and who has it."""

    name: str
    made_from: str
    features: str
    package: str


ICONS = "MaterialDesignIcons7.ttf"

SOURCES: tuple[Source, ...] = (
    Source("KassaSans-500.otf", "Inter-Medium.otf", "tnum,cv05", "fonts-inter"),
    Source("KassaSans-600.otf", "Inter-SemiBold.otf", "tnum,cv05", "fonts-inter"),
    Source("KassaSans-700.otf", "Inter-Bold.otf", "tnum,cv05", "fonts-inter"),
    Source("KassaDisplay-700.otf", "InterDisplay-Bold.otf", "", "fonts-inter"),
    Source("KassaDisplay-800.otf", "InterDisplay-ExtraBold.otf", "", "fonts-inter"),
    Source("KassaArabic-500.ttf", "NotoSansArabic-Regular.ttf", "", "fonts-noto-core"),
    Source("KassaArabic-700.ttf", "NotoSansArabic-Bold.ttf", "", "fonts-noto-core"),
    Source(ICONS, "materialdesignicons-webfont.ttf", "", "fonticon-materialdesignicons7"),
)

RECIPE = b"2"
"""Counts the ways of baking: another one makes other files of the same sources."""
REPOSITORY = Path(__file__).resolve().parents[2]
DIGEST = "digest.txt"


def directory() -> Path:
    """Where assets are: $KASSA_ASSETS, else build/assets of a checkout, else /usr/share/kassa/assets."""
    if own := os.environ.get("KASSA_ASSETS"):
        return Path(own)
    if (REPOSITORY / "pyproject.toml").exists():
        return REPOSITORY / "build" / "assets"
    return Path("/usr/share/kassa/assets")


def font(name: str) -> Path:
    """The path of one of SOURCES' files. Raises AssetsMissing when it has not been baked."""
    path = directory() / "fonts" / name
    if not path.exists():
        raise AssetsMissing(f"The font {path} is missing. Prepare the fonts with: python -m kiosk.ui.bake")
    return path


def digest() -> str:
    """Names the exact font files (`fonts.digest` names the renderer too). Raises AssetsMissing."""
    try:
        return (directory() / "fonts" / DIGEST).read_text().strip()
    except FileNotFoundError as error:
        raise AssetsMissing("The fonts are not prepared yet. Do it with: python -m kiosk.ui.bake") from error


def digest_of(files: dict[Source, Path]) -> str:
    """The digest of source files and of what is baked into them. Baked files differ by their time stamp only."""
    whole = hashlib.sha256(RECIPE)
    for source, path in files.items():
        whole.update(f"{source.name} {source.features} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
