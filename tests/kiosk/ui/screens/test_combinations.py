"""Every screen in every room: panel sizes, Large text, Lower controls, long languages. What hands and eyes need of it.

Each test is one room and looks at all screens in it; it names whatever is wrong with any of them.
"""

from collections.abc import Iterator
from itertools import combinations

import pytest
from msgspec.structs import replace

from kiosk.checkout.settings import USUAL, Settings
from kiosk.ui import gallery
from kiosk.ui.measure import block_width, text_width, wrap
from kiosk.ui.panel import Panel
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room, room
from kiosk.ui.scene import Button, Element, Label, Mark, Rect, Row, Scene, Word, buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import _shown
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import ShowWhy
from kiosk.ui.words import Words

SIZES = ((1280, 800), (1080, 1920), (1024, 600), (1366, 768), (1920, 1080), (800, 1280))
WORDS = words_of_gallery()
STAFFED = ("02-assisted", "19")
"""What staff see."""
LONG_REASON = "The terminal is busy. Please wait a moment."


class Longer:
    """A language whose every sentence is 40 % longer than English."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def say(self, text: str, /, **values: object) -> str:
        said = self._words.say(text, **values)
        return _longer(said)

    def sense(self, sense: str, text: str) -> str:
        return _longer(self._words.sense(sense, text))

    def count(self, one: str, many: str, count: int, /, **values: object) -> str:
        return _longer(self._words.count(one, many, count, **values))

    def __getattr__(self, name: str) -> object:
        return getattr(self._words, name)


def _longer(text: str) -> str:
    """Each word grows by two fifths, as compounds do."""
    return " ".join(_grown(word) for word in text.split(" "))


def _grown(word: str) -> str:
    letters = sum(letter.isalpha() for letter in word)
    if letters < 3:
        return word
    end = next((i for i in range(len(word) - 1, -1, -1) if word[i].isalpha()), 0) + 1
    suffix = "ين" if "\u0600" <= word[end - 1] <= "\u06ff" else "en"
    return word[:end] + (suffix * letters)[: round(letters * 0.4)] + word[end:]


def _scenes(panel: Panel, settings: Settings, words: Words) -> Iterator[tuple[str, Scene]]:
    for name in gallery.STOPS:
        state, view = gallery.visit_to(name, "en")
        state, view = replace(state, settings=settings), replace(view, panel=panel)
        if settings.lower_controls and name in ("11-training-card", "11b-training-phone"):
            continue  # their answers are for whoever practises
        if name.startswith(STAFFED) and settings != USUAL:
            continue  # the shopper's settings are not the staff's
        assert _shown(state, view, words).size == panel.size, f"{name} is not laid out for its room"
        yield name, make_scene(state, view, words)
        yield f"{name}, banner", make_scene(state, replace(view, why=words.say(LONG_REASON)), words)


@pytest.mark.parametrize("longer", [False, True], ids=["", "longer"])
@pytest.mark.parametrize("lower", [False, True], ids=["", "lower"])
@pytest.mark.parametrize("large", [False, True], ids=["", "large"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_room_has_room_for_everything(size: tuple[int, int], large: bool, lower: bool, longer: bool) -> None:
    panel, settings = Panel(size), Settings(large_text=large, lower_controls=lower)
    words: Words = Longer(WORDS["en"]) if longer else WORDS["en"]  # type: ignore[assignment]
    here = room(panel, settings)
    wrong = [f"{name}: {fault}" for name, scene in _scenes(panel, settings, words) for fault in _faults(scene, here)]
    assert not wrong, "\n".join(wrong)


def _faults(scene: Scene, here: Room) -> Iterator[str]:
    yield from _hands(scene, here)
    yield from _eyes(scene, here)
    waits = scene.name == "19-cleaning"  # it ends by itself, and nothing is to be touched until then
    if not waits and not any(b.says is not None and not isinstance(b.says, ShowWhy) for b in buttons(scene)):
        yield "no way out"
    if len([b for b in buttons(scene) if b.style in ("primary", "sun")]) > 1:
        yield "two main actions"
    if strangers := set(scene.focus) - {b.name for b in buttons(scene)}:
        yield f"the focus order names {strangers}"


def _hands(scene: Scene, here: Room) -> Iterator[str]:
    touchable = buttons(scene)
    for button in touchable:
        if min(button.rect.w, button.rect.h) < FLOOR_PX:
            yield f"{button.name!r} is too small: {button.rect}"
        if button.rect.y < here.top_touch:
            yield f"{button.name!r} is out of reach: {button.rect}"
    for a, b in combinations(touchable, 2):
        if _apart(a.rect, b.rect) < GAP_PX and not (_is_row(a, here) and _is_row(b, here)):
            yield f"{a.name!r} and {b.name!r} are too near: {a.rect} {b.rect}"


def _is_row(button: Button, here: Room) -> bool:
    """Rows of the slip lie on each other like lines of a receipt; each is high enough by itself."""
    return button.rect.x == here.zones.slip.x and button.rect.w == here.zones.slip.w and button.radius == 0


def _apart(a: Rect, b: Rect) -> int:
    across = max(b.x - (a.x + a.w), a.x - (b.x + b.w))
    down = max(b.y - (a.y + a.h), a.y - (b.y + b.h))
    return max(across, down)


def _eyes(scene: Scene, here: Room) -> Iterator[str]:
    width, height = scene.size
    # What training says in the frame is for staff, whose pages are set in the usual size.
    floor = here.panel.large_floor_px if here.large else here.panel.floor_px
    told: list[tuple[Element, Rect]] = []
    for element in scene.elements[scene.modal_from :]:
        x, y, w, h = element.rect
        if x < 0 or y < 0 or x + w > width or y + h > height or w < 0 or h < 0:
            yield f"not on the screen: {element}"
        if isinstance(element, Label):
            yield from _label(element)
            if element.text and element.size < floor and not element.amount and element.colour != "on-staff":
                yield f"too small to read: {element}"
            if element.text:
                told.append((element, _inked(element)))
        elif isinstance(element, Row):
            yield from _row(element)
            told.append((element, element.rect))
    labels = [(e, r) for e, r in told if isinstance(e, Label)]
    for (one, a), (other, b) in combinations(labels, 2):
        if _apart(a, b) < -3:
            yield f"one text lies over another: {one.text!r} {a} {other.text!r} {b}"


def _inked(label: Label) -> Rect:
    """Where the letters are, at most."""
    lines = wrap(label.text, label.rect.w, label.size, label.weight, label.display)[: label.max_lines]
    wide = min(max(text_width(line, label.size, label.weight, label.display) for line in lines), label.rect.w)
    high = round((len(lines) - 1) * label.size * label.line_height + label.size * 0.95)
    x, y, w, h = label.rect
    left = {"start": x, "centre": x + (w - wide) // 2, "end": x + w - wide}[label.align]
    top = {"top": y, "middle": y + (h - high) // 2, "bottom": y + h - high}[label.valign]
    return Rect(left, top, wide, high)


def _label(label: Label) -> Iterator[str]:
    if label.plain or not label.text:
        return  # a name of the price book may be shortened: all of it stands on the line's sheet
    if label.amount:
        if text_width(label.text, label.size, label.weight, label.display) > label.rect.w:
            yield f"an amount is cut off: {label}"
        return
    lines = wrap(label.text, label.rect.w, label.size, label.weight, label.display)
    widest = block_width(label.text, label.rect.w, label.size, label.weight, label.display)
    if len(lines) > label.max_lines or widest > label.rect.w:
        yield f"cut off ({len(lines)} lines, {widest} px): {label}"
    elif len(lines) * label.size > label.rect.h + label.size // 4:
        yield f"higher than its place ({len(lines)} lines): {label}"


def _row(row: Row) -> Iterator[str]:
    marks = sum(part.size for part in row.parts if isinstance(part, Mark))
    free = row.rect.w - marks - row.gap * (len(row.parts) - 1) - 2 * row.pad
    words = [part for part in row.parts if isinstance(part, Word)]
    if len(words) == 1:
        word = words[0]
        lines = wrap(word.text, free, word.size, word.weight, word.display)
        if len(lines) > word.max_lines or block_width(word.text, free, word.size, word.weight, word.display) > free:
            yield f"cut off: {row}"
        elif len(lines) * word.size > row.rect.h + 8:
            yield f"higher than its place: {row}"
    elif sum(text_width(w.text, w.size, w.weight, w.display) for w in words) > free:
        yield f"cut off: {row}"
