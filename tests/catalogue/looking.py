"""Looking: whether a product that was just scanned stands on the screen with its name and its price.

What the scene says is one thing, what fits the glass another: the name is set in type as the painter does it, to
count the names that end in an ellipsis and the letters that the typeface lacks.
"""

from collections.abc import Iterator
from functools import cache

from fontTools.ttLib import TTFont

from kiosk.ui import assets
from kiosk.ui.fonts import Style
from kiosk.ui.scene import Label, Scene
from kiosk.ui.typesetting import ELLIPSIS, set_text
from kiosk.ui.words import Words
from kiosk.values.money import Money
from kiosk.wire.price_csv import PriceRow

SCANNING, AGE = "02-scanning", "07-age-check"


class Seen:
    """Counts."""

    def __init__(self) -> None:
        self.shortened = 0
        self.without_glyph: dict[str, int] = {}

    def figures(self) -> dict[str, object]:
        """For a table."""
        lacking = sum(self.without_glyph.values())
        return {
            "names shortened with … on the screen": self.shortened,
            "letters that no typeface here has": f"{lacking} {''.join(sorted(self.without_glyph))!r}",
        }


def look(scene: Scene, row: PriceRow, words: Words, seen: Seen) -> Iterator[str]:
    """What is not right with the screen after the scan."""
    expected = AGE if row.age_limit or row.tax_class == "alcohol" else SCANNING
    if scene.name not in (expected, AGE):
        yield f"the screen is {scene.name}"
        return
    labels = [element for element in scene.elements if isinstance(element, Label)]
    name = row.names.get(words.language) or row.name
    named = [label for label in labels if label.text == name]
    if not named:
        yield "the name is not on the screen"
    total = Money(row.price_minor + row.deposit_minor)
    prices = [label for label in labels if label.text in (words.money(total), words.amount(total))]
    if not prices:
        yield f"the price {words.money(total)} is not on the screen"
    for label in named:
        yield from _set(label, seen)


def _set(label: Label, seen: Seen) -> Iterator[str]:
    style = Style(label.size, label.weight, label.display)
    lines = set_text(label.text, style, label.rect.w, label.max_lines, plain=label.plain)
    shown = "".join(run.text for line in lines for run in line.runs)
    hair = label.size // 16  # what typesetting lets kerning add before it cuts a text
    if any(line.width > label.rect.w + hair for line in lines):
        yield "the name is wider than its place"
    if not label.display:
        return
    seen.shortened += ELLIPSIS in shown and ELLIPSIS not in label.text
    for char in sorted(set(shown) - letters() - {" "}):
        seen.without_glyph[char] = seen.without_glyph.get(char, 0) + 1


@cache
def letters() -> frozenset[str]:
    """All that the headline's typeface and the Arabic one have."""
    fonts = (TTFont(assets.font(name)) for name in ("KassaDisplay-700.otf", "KassaArabic-700.ttf"))
    return frozenset(chr(code) for font in fonts for code in font.getBestCmap())
