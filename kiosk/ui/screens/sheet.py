"""Sheet: a card over the scrim. What lies under it stays in sight and cannot be touched."""

from msgspec.structs import replace

from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Rect, Scene
from kiosk.ui.screens.face import target
from kiosk.ui.view import OpenPage
from kiosk.ui.words import Words

DOCKED = Rect(32, 212, 1216, 560)
CLOSE = Rect(1128, 244, 88, 88)


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


def close(words: Words) -> tuple[Element, ...]:
    """The cross at the sheet's top right."""
    return target(CLOSE, OpenPage(""), words.say("Close")), Icon(CLOSE, "close", size=44)
