"""Motion: how what is new comes onto the screen (DESIGN-UI 2.6). Pure; the moment is handed in.

A scene is at once the one that is true: a touch means what it says from the first frame on. Motion only moves and
fades, for a fifth of a second, what has just come or gone:

- a Box with a name in `enters` and all that lies upon it: a `line` of the slip rises, a `banner` comes down from
  above, a `sheet` up from below, its `scrim` is there by and by;
- the picture of the last item, over the one before it; the shop's own pictures likewise, slowly;
- a sheet that goes sinks and fades over what is true already; of a line that was taken out the words fade, and the
  lines that were above it come down into its place;
- what is for sale on the welcome screen dips into the beam, three times.

`begin` tells what moves after a change, `seen` how it looks at a moment. Whoever asked for calm gets neither.
"""

from collections.abc import Iterable
from itertools import takewhile
from math import pi, sin
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.ui.scene import HELD, Box, Button, Element, Picture, Rect, Scene
from kiosk.ui.view import OpenPage

FRAME_MS = 16
"""How often what moves is painted anew: one frame of a 60 Hz panel."""
LINE_MS, PICTURE_MS, SHEET_MS, BANNER_MS = 180, 160, 220, 180
ATTRACT_MS = 1_000
"""The shop's own pictures dissolve one into the other; nobody waits for them."""
_LAST_MS = {"line": LINE_MS, "banner": BANNER_MS, "sheet": SHEET_MS, "scrim": SHEET_MS, "leaves": SHEET_MS,
            "fold": LINE_MS, "slide": LINE_MS}  # fmt: skip
_FROM_PX = {"line": 24, "banner": -40, "sheet": 40, "scrim": 0}
"""How much further down they begin."""
DIP_PX, DIP_EVERY_MS, DIPS, DIP_MS = 12, 6_000, 3, 1_000
"""What is for sale dips once in six seconds and rests after the third: never five seconds in one go (WCAG 2.2.2)."""
DIPPING = "svg:scan-dark-item"


class Moving(NamedTuple):
    """One thing on its way: what `enters` calls it (`dip` and `picture` stand for themselves), and since when."""

    what: str
    since_ms: int
    before: Picture | None = None
    """The picture that goes."""
    gone: tuple[Element, ...] = ()
    """Of what `leaves` or is a `fold`: all that goes."""
    from_px: int = 0
    """Of a line's `slide`: how much further down it was."""

    @property
    def ends_ms(self) -> int:
        """The tick at which it stands where it belongs."""
        kind = self.what.partition(" ")[0]
        if kind == "dip":
            return self.since_ms + DIP_EVERY_MS * (DIPS - 1) + DIP_MS
        held = self.what.startswith(f"picture {HELD}")
        return self.since_ms + (ATTRACT_MS if held else _LAST_MS.get(kind, PICTURE_MS))


def begin(before: Scene | None, after: Scene, moving: tuple[Moving, ...], now_ms: int) -> tuple[Moving, ...]:
    """What moves from now on: what is new since `before`, and of what moved already whatever is still there."""
    if before is None or before.size != after.size:
        return ()
    names, known = set(_names(after)), set(_names(before))
    still = tuple(one for one in moving if (one.what in names or one.gone) and one.ends_ms > now_ms)
    new = tuple(Moving(name, now_ms) for name in sorted(names - known))
    if "scrim" in names:
        still = tuple(one for one in still if one.what != "leaves")
    elif before.modal_from and "scrim" in known:
        new = (*new, Moving("leaves", now_ms, gone=before.elements[before.modal_from :]))
    return (*still, *new, *_crossing(before, after, now_ms), *_folding(before, after, now_ms))


def _names(scene: Scene) -> Iterable[str]:
    for element in scene.elements:
        if isinstance(element, Box) and element.enters:
            yield element.enters
        elif isinstance(element, Picture) and element.source == DIPPING:
            yield "dip"


def _crossing(before: Scene, after: Scene, now_ms: int) -> tuple[Moving, ...]:
    """The one picture of a screen that gave way to another at the same place."""
    if before.name != after.name:
        return ()
    gone = [e for e in before.elements if isinstance(e, Picture) and e not in after.elements]
    came = [e for e in after.elements if isinstance(e, Picture) and e not in before.elements]
    if len(gone) != 1 or len(came) != 1 or gone[0].rect != came[0].rect:
        return ()
    return (Moving(f"picture {came[0].source}", now_ms, gone[0]),)


def _lines(scene: Scene) -> dict[int, Button]:
    """The slip's lines that can be opened, by their numbers."""
    found = (e for e in scene.elements if isinstance(e, Button) and e.role == "line")
    return {e.says.line: e for e in found if isinstance(e.says, OpenPage) and e.says.page == "line"}


def _folding(before: Scene, after: Scene, now_ms: int) -> tuple[Moving, ...]:
    """One line was taken out, and no newer one came: its words go, and the others slide to where they are now."""
    had, has = _lines(before), _lines(after)
    gone = had.keys() - has.keys()
    kept = had.keys() & has.keys()
    if len(gone) != 1 or not kept or any(number > max(gone) for number in has.keys() - kept):
        return ()
    (line,) = gone
    place = before.elements.index(had[line]) + 1
    upon = takewhile(lambda e: _inside(e.rect, had[line].rect), before.elements[place:])
    moved = {number: had[number].rect.y - has[number].rect.y for number in sorted(kept)}
    return (
        Moving(f"fold {line}", now_ms, gone=tuple(upon)),
        *(Moving(f"slide {number}", now_ms, from_px=by) for number, by in moved.items() if by),
    )


def due_ms(moving: tuple[Moving, ...], now_ms: int) -> int | None:
    """When the next frame is wanted; None: all is at rest."""
    dues = [
        _dip_due(one.since_ms, now_ms) if one.what == "dip" else now_ms + FRAME_MS
        for one in moving
        if one.ends_ms > now_ms
    ]
    return min(dues, default=None)


def _dip_due(since_ms: int, now_ms: int) -> int:
    into = (now_ms - since_ms) % DIP_EVERY_MS
    return now_ms + (FRAME_MS if into < DIP_MS else DIP_EVERY_MS - into)


def seen(scene: Scene, moving: tuple[Moving, ...], now_ms: int) -> Scene:
    """The scene as it looks on the way. Where nothing moves any more, the scene itself."""
    going = {one.what: one for one in moving if one.ends_ms > now_ms}
    if not going:
        return scene
    out: list[tuple[Element, int]] = []
    modal, way = 0, None
    for index, element in enumerate(scene.elements):
        modal = len(out) if index == scene.modal_from else modal
        way = way if way is not None and _inside(element.rect, way.rect) else None
        if isinstance(element, Button) and (slide := _slide_of(element, going)) is not None:
            way = _Way(element.rect, round(slide.from_px * (1 - _share(slide, now_ms))), 255, 0)
        if isinstance(element, Box) and element.enters in going:
            way = _way(element.rect, going[element.enters], scene.scale, now_ms)
        if isinstance(element, Picture):
            out += _picture(element, going, scene.scale, now_ms)
        elif way is None:
            out.append((element, 255))
        else:
            out.append((_lower(element, way.down), way.opacity))
            if isinstance(element, Box) and way.yellow:
                out.append((replace(element, rect=_down(element.rect, way.down), fill="sun", enters=""), way.yellow))
                way = way._replace(yellow=0)
    leaving = [part for one in going.values() if one.gone for part in _leaving(one, scene.scale, now_ms)]
    elements, opacity = zip(*out, *leaving, strict=True)
    return replace(scene, elements=elements, opacity=opacity, modal_from=modal, leaving=len(leaving))


def _slide_of(button: Button, going: dict[str, Moving]) -> Moving | None:
    opens = button.says if button.role == "line" else None
    return going.get(f"slide {opens.line}") if isinstance(opens, OpenPage) else None


def _leaving(one: Moving, scale: float, now_ms: int) -> list[tuple[Element, int]]:
    """What goes, as far as it can still be seen; a sheet sinks, its scrim stays where it is."""
    share = _share(one, now_ms)
    sinks = round(_FROM_PX["sheet"] * scale * share) if one.what == "leaves" else 0
    return [
        (e if isinstance(e, Box) and e.enters == "scrim" else _lower(e, sinks), round(255 * (1 - share)))
        for e in one.gone
    ]


def _share(one: Moving, now_ms: int) -> float:
    """How much of its way it has behind it."""
    return _eased(min(1.0, (now_ms - one.since_ms) / _LAST_MS[one.what.partition(" ")[0]]))


class _Way(NamedTuple):
    """How far a Box has come, with all that lies in its rectangle."""

    rect: Rect
    down: int
    opacity: int
    yellow: int
    """How strong the yellow is in which a new line comes."""


def _way(rect: Rect, one: Moving, scale: float, now_ms: int) -> _Way:
    kind = one.what.partition(" ")[0]
    share = _share(one, now_ms)
    down = round(_FROM_PX[kind] * scale * (1 - share))
    line = kind == "line"
    return _Way(rect, down, 255 if line else round(255 * share), round(255 * (1 - share)) if line else 0)


def _picture(picture: Picture, going: dict[str, Moving], scale: float, now_ms: int) -> list[tuple[Element, int]]:
    """A picture with what it covers on its way."""
    if picture.source == DIPPING and "dip" in going:
        into = (now_ms - going["dip"].since_ms) % DIP_EVERY_MS
        down = round(DIP_PX * scale * sin(pi * into / DIP_MS)) if into < DIP_MS else 0
        return [(_lower(picture, down), 255)]
    crossing = going.get(f"picture {picture.source}")
    if crossing is None or crossing.before is None:
        return [(picture, 255)]
    share = round(255 * min(1.0, (now_ms - crossing.since_ms) / (crossing.ends_ms - crossing.since_ms)))
    before = 255 if picture.source.startswith(HELD) else 255 - share
    # In the first frame the new one cannot be seen yet: it is not even made, so a scan's words need not wait for it.
    return [(crossing.before, before), *([(picture, share)] if share else [])]


def _eased(share: float) -> float:
    """Fast at first, slower and slower: ease-out."""
    return 1 - (1 - share) ** 3


def _lower(element: Element, down: int) -> Element:
    return replace(element, rect=_down(element.rect, down)) if down else element


def _down(rect: Rect, down: int) -> Rect:
    return rect._replace(y=rect.y + down)


def _inside(inner: Rect, outer: Rect) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.w <= outer.x + outer.w
        and inner.y + inner.h <= outer.y + outer.h
    )
