"""Focus: where a shopper who uses keys is on the screen, and where an arrow leads (DESIGN-UI, section 8). Pure.

A place is a button's name, which is there once (`naming`). The order of a screen is a ring of all that can be touched:
what the screen itself lists (`Scene.focus`), then the stage, the note above it, the way back, the slip from the newest
line to the oldest, Pay and the utility row. Onwards and backwards follow the ring, so that one key alone comes
everywhere; up and down go by geometry, first among what belongs together. A sheet's buttons are the only ones that can
be touched, so nobody leaves it by keys.
"""

from typing import get_args

from msgspec.structs import replace

from kiosk.ui.main_action import main_action
from kiosk.ui.scene import Box, Button, Group, Rect, Scene, buttons

GAP_PX, INK_PX, SUN_PX = 2, 6, 6
_GROUPS: tuple[Group, ...] = get_args(Group)
_SOUGHT = _GROUPS[:-1]
_KINDS = {"tile": 0, "line": 1, "key": 2, "button": 3, "tab": 4, "field": 5}


def places(scene: Scene) -> dict[str, Button]:
    """What can be touched, by place, in painting order."""
    return {button.name: button for button in buttons(scene)}


def order(scene: Scene) -> tuple[str, ...]:
    """All places of the screen, in focus order."""
    found = places(scene)
    listed = list(dict.fromkeys(name for name in scene.focus if name in found))
    parts: dict[tuple[int, int], dict[str, Button]] = {}
    for place, button in found.items():
        if place not in listed:
            parts.setdefault(_part(button), {})[place] = button
    return (*listed, *(place for part in sorted(parts) for place in _as_read(parts[part], scene)))


def first(scene: Scene) -> str:
    """Where a new screen begins: its main action, never one that cannot be taken back. Empty: there is nothing."""
    return main_action(places(scene), order(scene), scene.focus)


def moved(scene: Scene, place: str, key: str) -> str:
    """The place that an arrow leads to: `up`, `down`, `left` or `right`."""
    found, ring = places(scene), order(scene)
    if place not in found:
        return first(scene)
    if key in ("left", "right"):
        onwards = (key == "right") == (scene.direction == "ltr")
        return ring[(ring.index(place) + (1 if onwards else -1)) % len(ring)]
    return _vertical(found, place, down=key == "down")


def after(before: Scene, scene: Scene, place: str) -> str:
    """The place on the screen that has come instead of `before`. A line that went leaves it to the next, or Pay."""
    found = places(scene)
    if scene.name != before.name or bool(scene.modal_from) != bool(before.modal_from):
        return first(scene)
    if place in found:
        return place
    return _next_line(before, scene, place) or first(scene)


def back_from_sheet(under: Scene, scene: Scene, place: str) -> str:
    """The place once a sheet has gone that lay over `under`, where `place` had the focus: the same, as far as it is
    there. A line that the sheet took out leaves it to the next, or Pay."""
    there = places(scene)
    if scene.name != under.name and place in there and there[place].group == "slip":
        return place
    return after(under, scene, place) if scene.name == under.name else _next_line(under, scene, place) or first(scene)


def _next_line(before: Scene, scene: Scene, place: str) -> str:
    """The line after the one that went, or Pay; empty: it was none."""
    old, there = places(before), places(scene)
    if place not in old or old[place].group != "slip":
        return ""
    ring = order(before)
    later = (one for one in ring[ring.index(place) + 1 :] if one in there and there[one].group == "slip")
    return next(later, "") or pay(scene)


def is_note(scene: Scene, place: str) -> bool:
    """Whether a note has the focus: it must not go because the focus came."""
    button = places(scene).get(place)
    return button is not None and button.group == "note"


def pay(scene: Scene) -> str:
    """The place of Pay; empty: this screen has none."""
    return next((place for place, button in places(scene).items() if button.group == "pay"), "")


def ringed(scene: Scene, place: str) -> Scene:
    """The scene with the ring around that place, above all else. At the screen's edge it lies upon the button: both
    halves are as thick there as anywhere."""
    button = places(scene).get(place)
    if button is None:
        return scene
    high = scene.contrast == "high"
    gap, ink, sun = (max(1, round(px * scene.scale)) for px in (GAP_PX, INK_PX, SUN_PX))
    outer = _on_screen(_grown(button.rect, gap + ink + sun), scene.size)
    inner = _grown(outer, -sun)
    drawn = (
        Box(outer, outline="ink" if high else "sun", outline_px=sun, radius=button.radius + gap + ink + sun),
        Box(inner, outline="ground" if high else "ink", outline_px=ink, radius=button.radius + gap + ink),
    )
    return replace(scene, elements=(*scene.elements, *drawn), ring=place)


def _grown(rect: Rect, by: int) -> Rect:
    return Rect(rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by)


def _on_screen(rect: Rect, size: tuple[int, int]) -> Rect:
    left, top = max(0, rect.x), max(0, rect.y)
    return Rect(left, top, min(size[0], rect.x + rect.w) - left, min(size[1], rect.y + rect.h) - top)


def _part(button: Button) -> tuple[int, int]:
    """Its group; on the stage what was looked for comes first, then the keys, and what leads elsewhere last."""
    kind = _KINDS.get(button.role, _KINDS["button"]) if button.group == "stage" else 0
    return _GROUPS.index(button.group), kind


def _as_read(found: dict[str, Button], scene: Scene) -> list[str]:
    """Row by row, each from where reading begins; a row is what overlaps its first one's middle. The slip is read from
    below, where the newest line is."""
    left = sorted(found, key=lambda place: found[place].rect.y)
    rows: list[list[str]] = []
    while left:
        top = found[left[0]].rect
        row = [place for place in left if found[place].rect.y < top.y + top.h // 2]
        rows.append(sorted(row, key=lambda place: found[place].rect.x, reverse=scene.direction == "rtl"))
        left = [place for place in left if place not in row]
    if any(button.group == "slip" for button in found.values()):
        rows.reverse()
    return [place for row in rows for place in row]


def _vertical(found: dict[str, Button], place: str, *, down: bool) -> str:
    """The nearest above or below: of its own group, then of all but what is aside; past the edge, round to the other
    end."""
    here = found[place]
    others = {one: button for one, button in found.items() if one != place and button.group in (here.group, *_SOUGHT)}
    own = {one: button for one, button in others.items() if button.group == here.group}
    for among in (own, others):
        there = [one for one in among if _lies(among[one].rect, here.rect, down=down)]
        if there:
            return min(there, key=lambda one: _distance(among[one].rect, here.rect))
    far = [one for one in others if _lies(others[one].rect, here.rect, down=not down)]
    return max(far, key=lambda one: (abs(others[one].rect.y - here.rect.y), -_aside(others[one].rect, here.rect)),
               default=place)  # fmt: skip


def _lies(rect: Rect, here: Rect, *, down: bool) -> bool:
    return rect.y >= here.y + here.h // 2 if down else rect.y + rect.h <= here.y + here.h // 2


def _aside(rect: Rect, here: Rect) -> int:
    """Pixels between the two, from left to right; 0: one lies above the other."""
    return max(0, rect.x - here.x - here.w, here.x - rect.x - rect.w)


def _distance(rect: Rect, here: Rect) -> tuple[int, int]:
    apart = max(rect.y - here.y - here.h, here.y - rect.y - rect.h, 0)
    middle = abs(2 * rect.x + rect.w - 2 * here.x - here.w) // 2
    return apart + 3 * _aside(rect, here), middle
