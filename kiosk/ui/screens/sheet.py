"""Sheet: a card over the scrim. What lies under it stays in sight and cannot be touched.

Sheets dock to the bottom, where every hand reaches. With Lower controls they are no higher than hands reach.
"""

from msgspec.structs import replace

from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Icon, Rect, Scene
from kiosk.ui.screens.face import USUAL_ROOM, target
from kiosk.ui.view import OpenPage
from kiosk.ui.words import Words


def docked(height: int, room: Room = USUAL_ROOM) -> Rect:
    """A card of that height (in the panel's pixels) at the sheets' place; never higher than there is room."""
    width, below = room.panel.size
    margin, low = room.px(40 if room.portrait else 32), below - room.px(62 if room.portrait else 28)
    high = min(height, low - max(room.px(16), room.top_touch))
    return Rect(margin, low - high, width - 2 * margin, high)


def over(
    base: Scene,
    name: str,
    card: Rect,
    elements: tuple[Element, ...],
    title: str,
    focus: tuple[str, ...] = (),
    room: Room = USUAL_ROOM,
) -> Scene:
    """The base with a scrim, the card and what is on it."""
    return replace(
        base,
        name=name,
        elements=(
            *base.elements,
            Box(room.screen, "scrim", enters="scrim"),
            Box(card, "paper", radius=room.px(32), shadow="sheet", enters=f"sheet {name}"),
            *elements,
        ),
        modal_from=len(base.elements),
        focus=focus,
        title=title,
    )


def close(card: Rect, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """The cross at the card's top right."""
    side, margin = room.touch(88), room.px(32)
    cross = Rect(card.x + card.w - margin - side, card.y + margin, side, side)
    return target(cross, OpenPage(""), words.say("Close"), radius=room.px(20), group="back"), Icon(
        cross, "close", size=room.icon(44)
    )
