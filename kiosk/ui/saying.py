"""Saying: what the voice says when the screen has changed (DESIGN-UI 2.9; EN 301 549, 5.1.3). Pure.

A new screen says its title, then what stands on the stage, then the sum, then the control that has the focus: what it
is called, what it is, how it stands and which of how many it is. The same screen later says only what is new: a note,
a line, a sentence, the control the focus came to. What merely counts is not read; of a countdown 30 and 10 are.

What is private (a name, an address, the end of a card) is for headphones; over the loudspeaker it is `Details on
screen`.
"""

import re
from collections.abc import Iterator

from kiosk.ui import focus
from kiosk.ui.aloud import aloud, spelled, value_aloud
from kiosk.ui.scene import Box, Button, Element, Label, Rect, Row, Scene, Word, buttons
from kiosk.ui.words import Words

_COUNTED = re.compile(r"\d+")
_CLOCK = re.compile(r"\d+:(\d\d)")
_SECONDS_SAID = ("30", "10")


def sentences(before: Scene | None, scene: Scene, words: Words, *, headphones: bool) -> tuple[str, ...]:
    """What is said now that `scene` is seen after `before` (None: the voice has just begun)."""
    new = before is None or before.name != scene.name or bool(before.modal_from) != bool(scene.modal_from)
    said: list[str] = []
    if new or before is None:
        said += [scene.title, *_stage(scene, headphones, words), *scene.aloud, *_notes(scene), *_sum(scene, words)]
    else:
        told = {_uncounted(text) for text in (before.title, *_stage(before, headphones, words), *before.aloud)}
        said += [text for text in _notes(scene) if text not in set(_notes(before))]
        came = list(_new_line(before, scene, words))
        said += came
        fresh = () if came else (scene.title, *_stage(scene, headphones, words), *scene.aloud)
        said += [text for text in fresh if text and _uncounted(text) not in told]
        said += [*_ticks(before, scene, headphones, words), *_typed(before, scene, headphones)]
    if scene.ring and (new or before is None or before.ring != scene.ring or _control(before) != _control(scene)):
        said.append(control(scene, scene.ring, words, headphones=headphones))
    return tuple(dict.fromkeys(aloud(text, words) for text in said if text))


def control(scene: Scene, place: str, words: Words, *, headphones: bool) -> str:
    """The control at a place: `Pay, 212 kronor 38. Button 9 of 12. Press OK.`"""
    say, ring = words.say, focus.order(scene)
    button = focus.places(scene)[place]
    at, count = ring.index(place) + 1, len(ring)
    what = ", ".join(part for part in (button.name, _value(button, words, headphones)) if part)
    if button.why_not:
        return say("{what}, not now. {why}", what=what, why=button.why_not)
    match button.role:
        case "key":
            return what
        case "switch":
            if button.selected:
                return say("{what}, switch, on. {at} of {count}.", what=button.name, at=at, count=count)
            return say("{what}, switch, off. {at} of {count}.", what=button.name, at=at, count=count)
        case "radio" | "tab" if button.selected:
            return say("{what}, chosen. {at} of {count}.", what=what, at=at, count=count)
        case "field":
            return say("{what}, field. {at} of {count}. Press OK.", what=what, at=at, count=count)
        case "line":
            return say("{what}. Line {at} of {count}. Press OK.", what=what, at=at, count=count)
    return say("{what}. Button {at} of {count}. Press OK.", what=what, at=at, count=count)


def _value(button: Button, words: Words, headphones: bool) -> str:
    if not button.value or button.role == "switch":
        return ""
    if button.role == "field":
        return spelled(button.value) if headphones else words.say("Details on screen")
    return value_aloud(button.value, words)


def _control(scene: Scene) -> tuple[str, bool, str]:
    """How the control with the focus stands."""
    button = focus.places(scene).get(scene.ring)
    return (button.value, button.selected, button.why_not) if button is not None else ("", False, "")


def _stage(scene: Scene, headphones: bool, words: Words) -> list[str]:
    """The sentences that stand neither on a button nor on the slip, in the order in which they are painted."""
    seen = scene.elements[scene.modal_from :]
    faces = [button.rect for button in buttons(scene)]
    papers = [e.rect for e in seen if isinstance(e, Box) and (e.shadow == "slip" or e.enters.startswith("banner"))]
    apart = [*faces, *papers, *(e.rect for e in seen if isinstance(e, Row) and _is_brand(e))]
    said = []
    for element in seen:
        text = _text(element)
        if text == scene.title or not any(sign.isalpha() for sign in text) or _within(element.rect, apart):
            continue
        private = (isinstance(element, Label) and element.private) or "@" in text
        said.append(words.say("Details on screen") if private and not headphones else text)
    return said


def _is_brand(row: Row) -> bool:
    """The shop's name and the lane's number stand on every screen: whoever is there knows them."""
    return any(isinstance(part, Word) and part.display and part.size >= 24 for part in row.parts) and row.rect.y < 100


def _text(element: Element) -> str:
    if isinstance(element, Label):
        return element.text.replace("**", "") if not element.plain else element.text
    if isinstance(element, Row):
        return " ".join(part.text for part in element.parts if isinstance(part, Word))
    return ""


def _notes(scene: Scene) -> list[str]:
    """What banners say, whole."""
    kept = (e.enters for e in scene.elements if isinstance(e, Box) and e.enters.startswith("banner "))
    return [entered.removeprefix("banner ") for entered in kept]


def _new_line(before: Scene, scene: Scene, words: Words) -> Iterator[str]:
    """`Vine tomatoes, 15 kronor 76.` and the sum, when a line has come."""
    old = {e.enters for e in before.elements if isinstance(e, Box)}
    for place, element in enumerate(scene.elements):
        if isinstance(element, Box) and element.enters.startswith("line ") and element.enters not in old:
            lying = [e for e in scene.elements[place:] if isinstance(e, Label) and _within(e.rect, [element.rect])]
            name = next((e.text for e in lying if e.plain), "")
            price = next((value_aloud(e.text, words) for e in lying if e.amount and e.align == "end"), "")
            yield f"{name}, {price}."
            yield from _sum(scene, words)


def _sum(scene: Scene, words: Words) -> list[str]:
    """The largest amount on the slip."""
    papers = [e.rect for e in scene.elements if isinstance(e, Box) and e.shadow == "slip"]
    figures = [e for e in scene.elements if isinstance(e, Label) and e.amount and _within(e.rect, papers)]
    if not figures or scene.modal_from:
        return []
    largest = max(figures, key=lambda label: label.size)
    return [words.say("Total {amount}.", amount=value_aloud(largest.text, words))] if largest.display else []


def _typed(before: Scene, scene: Scene, headphones: bool) -> list[str]:
    """The sign that was just typed; a member's number is not for the loudspeaker."""
    if not (headphones or scene.name.startswith("04")):
        return []
    old = {e.rect: e.text for e in before.elements if isinstance(e, Label)}
    grown = (e.text for e in scene.elements if isinstance(e, Label) and e.text[:-1] == old.get(e.rect, e.text))
    return [text[-1] for text in grown if text][:1]


def _ticks(before: Scene, scene: Scene, headphones: bool, words: Words) -> list[str]:
    """Of what counts: 30 and 10 seconds, and that the bank is still asked every half minute."""
    if scene.name == "13-checking-bank":
        clocks = [_CLOCK.search(text) for text in _stage(scene, headphones, words)]
        due = any(clock is not None and clock[1] in ("00", "30") for clock in clocks)
        return [words.say("Still checking.")] if due else []
    old, now = ({text for text in map(_text, one.elements) if text} for one in (before, scene))
    for text in now - old:
        left = _COUNTED.search(text)
        if left is not None and left[0] in _SECONDS_SAID and _uncounted(text) in {_uncounted(one) for one in old}:
            return [text if any(sign.isalpha() for sign in text) else words.say("{seconds} seconds", seconds=left[0])]
    return []


def _uncounted(text: str) -> str:
    return _COUNTED.sub("#", text)


def _within(rect: Rect, others: list[Rect]) -> bool:
    x, y = rect.x + rect.w // 2, rect.y + rect.h // 2
    return any(other.contains(x, y) for other in others)
