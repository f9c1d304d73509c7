"""20d: what the voice said last, in a black bar for whoever does not hear it, or is helping.

It takes the brand bar's place, or a page's title, which it says anyway; never that of something to touch. Where there
is no such place (Large text under a note), there is only the voice.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene, buttons
from kiosk.ui.screens.face import fits

_SIZES = (26, 24)


def over(scene: Scene, text: str, room: Room) -> Scene:
    """The scene with the sentence. What it stands on is not painted: it would look out below."""
    if not text:
        return scene
    taken = [button.rect for button in buttons(scene) if button.group != "aside"]
    from_right = scene.direction == "rtl"
    places = (turned_rect(rect, scene.size[0]) if from_right else rect for rect in _places(room))
    place = next((rect for rect in places if not any(_touch(rect, one) for one in taken)), None)
    if place is None:
        return scene
    kept = tuple(e for e in scene.elements if isinstance(e, Box) or not _inside(e.rect, place))
    dropped = len([e for e in scene.elements[: scene.modal_from] if e not in kept])
    modal = scene.modal_from - dropped if scene.modal_from else 0
    bar = _bar(place, text, room)
    return replace(scene, elements=(*kept, *(_from_right(bar, place) if from_right else bar)), modal_from=modal)


def _places(room: Room) -> Iterator[Rect]:
    zones, px = room.zones, room.px
    high = max(px(68), room.lines(26, 2, 1.15) + px(8)) if room.large else px(68)
    for zone in (zones.brand, zones.title):
        if zone.h:
            yield Rect(zone.x, max(px(8), zone.y + (zone.h - high) // 2), zone.w, high)
    yield Rect(px(32), px(8), zones.stage.w, high)


def _bar(place: Rect, text: str, room: Room) -> tuple[Element, ...]:
    px = room.px
    beside = Rect(place.x + px(78), place.y + 2, place.w - px(98), place.h - 4)
    size = next((room.font(s) for s in _SIZES if fits(text, beside.w, 1, room.font(s), 600)), room.font(_SIZES[-1]))
    lines = max(1, round(beside.h / (size * 1.15)))
    return (
        Box(place, "ink", radius=px(16)),
        Icon(Rect(place.x + px(22), place.y, px(40), place.h), "volume-high", "sun", room.icon(36)),
        Label(beside, f"“{text}”", size, 600, colour="paper", max_lines=lines, line_height=1.15, plain=True),
    )


def _from_right(bar: tuple[Element, ...], place: Rect) -> Iterator[Element]:
    """The same bar, its icon where reading begins."""
    for element in bar:
        rect = element.rect
        yield replace(element, rect=rect._replace(x=2 * place.x + place.w - rect.x - rect.w))


def turned_rect(rect: Rect, width: int) -> Rect:
    """Where a rectangle stands on a screen that is turned over."""
    return rect._replace(x=width - rect.x - rect.w)


def _touch(a: Rect, b: Rect) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


def _inside(inner: Rect, outer: Rect) -> bool:
    middle = inner.x + inner.w // 2, inner.y + inner.h // 2
    return outer.contains(*middle)
