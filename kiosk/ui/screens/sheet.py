"""Sheet: a card over the scrim. What lies under it stays in sight and cannot be touched."""

from msgspec.structs import replace

from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Rect, Scene
from kiosk.ui.screens.face import target
from kiosk.ui.view import OpenPage
from kiosk.ui.words import Words


def docked(height: int) -> Rect:
    """A card of that height at the sheets' place."""
    return Rect(32, 772 - height, 1216, height)


def over(
    base: Scene, name: str, card: Rect, elements: tuple[Element, ...], title: str, focus: tuple[str, ...] = ()
) -> Scene:
    """The base with a scrim, the card and what is on it."""
    return replace(
        base,
        name=name,
        elements=(
            *base.elements,
            Box(layout.SCREEN, "scrim"),
            Box(card, "paper", radius=32, shadow="sheet"),
            *elements,
        ),
        modal_from=len(base.elements),
        focus=focus,
        title=title,
    )


def close(card: Rect, words: Words) -> tuple[Element, ...]:
    """The cross at the card's top right."""
    cross = Rect(1128, card.y + 32, 88, 88)
    return target(cross, OpenPage(""), words.say("Close")), Icon(cross, "close", size=44)
