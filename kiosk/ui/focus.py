"""Focus: where a shopper who uses keys is on the screen, and where an arrow leads (DESIGN-UI, section 8). Pure.

A place is a button's name, with a number behind it from the second of a name on. The order of a screen is a ring of all
that can be touched: what the screen itself lists (`Scene.focus`), then the stage, the slip, Pay, the way back and the
utility row. Onwards and backwards follow the ring, so that one key alone comes everywhere; up and down go by geometry,
first among what belongs together. A sheet's buttons are the only ones that can be touched, so nobody leaves it by keys.
"""

from collections import Counter

from msgspec.structs import replace

from kiosk.checkout.events import AssistedBegan, AssistedEnded, HelpCalled, PayPressed
from kiosk.ui.scene import Box, Button, Rect, Scene, buttons
from kiosk.ui.view import OpenPage, ScrollLines

GAP_PX, INK_PX, SUN_PX = 2, 6, 6
_STAGE, _SLIP, _PAY, _BACK, _UTILITY = range(5)
_RISKY = ("danger", "danger-filled")


def places(scene: Scene) -> dict[str, Button]:
    """What can be touched, by place, in painting order."""
    seen: Counter[str] = Counter()
    found: dict[str, Button] = {}
    for button in buttons(scene):
        seen[button.name] += 1
        times = seen[button.name]
        found[button.name if times == 1 else f"{button.name}\t{times}"] = button
    return found


def order(scene: Scene) -> tuple[str, ...]:
    """All places of the screen, in focus order."""
    found = places(scene)
    listed = list(dict.fromkeys(name for name in scene.focus if name in found))
    listed += [place for place in found if place.partition("\t")[0] in listed and place not in listed]
    rest = [place for place in found if place not in listed]
    grouped = sorted(rest, key=lambda place: _group(found[place]))
    out = listed
    for group in range(_UTILITY + 1):
        out += _as_read({place: found[place] for place in grouped if _group(found[place]) == group}, scene)
    return tuple(out)


def first(scene: Scene) -> str:
    """Where a new screen begins: its main action, never one that cannot be taken back. Empty: there is nothing."""
    found, ring = places(scene), order(scene)
    if scene.focus:
        mains = [place for place in ring if place in scene.focus]
    else:
        mains = [place for place in ring if found[place].style in ("primary", "sun")]
    safe = [place for place in (*mains, *ring) if found[place].style not in _RISKY]
    return safe[0] if safe else ""


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
    old = places(before)
    if place in old and _group(old[place]) == _SLIP:
        ring = order(before)
        later = ring[ring.index(place) + 1 :]
        lines = [one for one in later if one in found and _group(found[one]) == _SLIP]
        return next(iter(lines), "") or pay(scene) or first(scene)
    return first(scene)


def pay(scene: Scene) -> str:
    """The place of Pay; empty: this screen has none."""
    return next((place for place, button in places(scene).items() if _group(button) == _PAY), "")


def ringed(scene: Scene, place: str) -> Scene:
    """The scene with the ring around that place, above all else; never beyond the screen's edge."""
    button = places(scene).get(place)
    if button is None:
        return scene
    high = scene.contrast == "high"
    gap, ink, sun = (max(1, round(px * scene.scale)) for px in (GAP_PX, INK_PX, SUN_PX))
    inner, outer = _around(button.rect, gap + ink, scene), _around(button.rect, gap + ink + sun, scene)
    drawn = (
        Box(outer, outline="ink" if high else "sun", outline_px=sun, radius=button.radius + gap + ink + sun),
        Box(inner, outline="ground" if high else "ink", outline_px=ink, radius=button.radius + gap + ink),
    )
    return replace(scene, elements=(*scene.elements, *drawn))


def _around(rect: Rect, by: int, scene: Scene) -> Rect:
    left, top = max(0, rect.x - by), max(0, rect.y - by)
    right, bottom = min(scene.size[0], rect.x + rect.w + by), min(scene.size[1], rect.y + rect.h + by)
    return Rect(left, top, right - left, bottom - top)


def _group(button: Button) -> int:
    match button.says:
        case HelpCalled() | AssistedBegan() | AssistedEnded() | OpenPage("languages" | "settings" | "staff"):
            return _UTILITY
        case PayPressed():
            return _PAY
        case ScrollLines():
            return _SLIP
        case OpenPage("") if button.style == "secondary":
            return _BACK
    return _SLIP if button.role == "line" else _STAGE


def _as_read(found: dict[str, Button], scene: Scene) -> list[str]:
    """Row by row, each from where reading begins; a row is what overlaps its first one's middle."""
    left = sorted(found, key=lambda place: found[place].rect.y)
    out: list[str] = []
    while left:
        top = found[left[0]].rect
        row = [place for place in left if found[place].rect.y < top.y + top.h // 2]
        out += sorted(row, key=lambda place: found[place].rect.x, reverse=scene.direction == "rtl")
        left = [place for place in left if place not in row]
    return out


def _vertical(found: dict[str, Button], place: str, *, down: bool) -> str:
    """The nearest above or below: of its own group, then of all; past the edge, round to the other end."""
    here = found[place]
    others = {one: button for one, button in found.items() if one != place}
    own = {one: button for one, button in others.items() if _group(button) == _group(here)}
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
