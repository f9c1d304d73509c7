"""Bake: prepare the fonts in the assets directory. `python -m kiosk.ui.bake [DIRECTORY]`

Takes the distribution's Inter, Inter Display and Noto Sans Arabic and the icon font of a PyPI package, bakes the figure
style into Inter, and copies the rest. What nobody can ask for any more is then left out of Inter: its stylistic sets
cost two thirds of the time that shaping a text takes. Run again it does nothing, unless a source has changed since.
"""

import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import fonticon_mdi7

from kiosk.ui import assets
from kiosk.ui.assets import SOURCES, AssetsMissing, Source

FONT_DIRECTORIES = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path(fonticon_mdi7.__file__).parent / "fonts",
)


def find(directories: Iterable[Path]) -> dict[Source, Path]:
    """Each source's file under the directories. Raises AssetsMissing naming the packages to install."""
    lying: dict[str, Path] = {}
    for directory in directories:
        for path in sorted(directory.rglob("*.[ot]tf")):
            lying.setdefault(path.name, path)
    missing = [source for source in SOURCES if source.made_from not in lying]
    if missing:
        names = ", ".join(source.made_from for source in missing)
        packages = " ".join(sorted({source.package for source in missing}))
        raise AssetsMissing(f"These fonts are not installed: {names}. Install: {packages}, then bake again.")
    return {source: lying[source.made_from] for source in SOURCES}


def bake(target: Path, directories: Iterable[Path] = FONT_DIRECTORIES) -> bool:
    """Fill `target`/fonts; False when it was complete and current already. Raises AssetsMissing."""
    files = find(directories)
    digest = assets.digest_of(files)
    fonts = target / "fonts"
    seal = fonts / assets.DIGEST
    if seal.exists() and seal.read_text().strip() == digest and all((fonts / s.name).exists() for s in SOURCES):
        return False
    fonts.mkdir(parents=True, exist_ok=True)
    for source, path in files.items():
        _make(source, path, fonts / source.name)
    seal.write_text(digest + "\n")
    return True


def _make(source: Source, path: Path, target: Path) -> None:
    """Written beside and moved into place, so that a cut leaves no half font."""
    half = target.with_suffix(".half")
    if source.features:
        _freeze(path, half, source.features)
    else:
        shutil.copyfile(path, half)
    half.replace(target)


def _freeze(path: Path, target: Path, features: str) -> None:
    try:
        from opentype_feature_freezer.cli import main as freeze
    except ImportError as error:
        raise AssetsMissing(
            "The tool that bakes fonts is not installed. Install: pip install opentype-feature-freezer"
        ) from error
    if freeze([str(path), str(target), "--features", features]) != 0:
        raise AssetsMissing(f"{path} could not be baked with {features}. Reinstall the package fonts-inter.")
    _prune(target, path)


def _prune(path: Path, origin: Path) -> None:
    """Leave out every feature that is off unless asked for. All letters stay, and look and stand the same.

    The font says it was changed when the `origin` was: baked twice, it is the same file.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(notdef_outline=True, name_IDs=["*"])
    font = subset.load_font(str(path), options)
    font["head"].modified = TTFont(origin)["head"].modified
    pruner = subset.Subsetter(options)
    pruner.populate(unicodes=font.getBestCmap())
    pruner.subset(font)
    subset.save_font(font, str(path), options)


def main(arguments: Sequence[str]) -> int:
    """The command."""
    target = Path(arguments[0]) if arguments else assets.directory()
    try:
        baked = bake(target)
    except AssetsMissing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Fonts {'baked' if baked else 'already'} in {target}/fonts.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
