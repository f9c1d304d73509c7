"""Face: a button and what stands on it, in the few shapes that the design knows (DESIGN-UI, section 4).

A button that cannot be used now stays in its place, sunken and with a lock, and says why when it is touched: so every
button of every screen says something.
"""

from kiosk.checkout.events import Event
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.scene import Box, Button, Element, Icon, Label, Mark, Rect, Row, Word
from kiosk.ui.view import Look, ShowWhy

INK = {
    "primary": "on-primary",
    "sun": "on-sun",
    "secondary": "ink",
    "info": "on-info",
    "danger": "bad",
    "danger-filled": "on-bad",
    "staff": "on-staff",
    "deep": "on-deep",
    "disabled": "disabled",
    "key": "ink",
}
"""Colour of words and icons on each style."""

LOCK = "lock-outline"


def target(
    rect: Rect,
    says: Event | Look,
    name: str,
    *,
    style: str = "secondary",
    why_not: str = "",
    value: str = "",
    **more: object,
) -> Button:
    """The face alone. With a reason in `why_not` it is disabled and says that reason."""
    if why_not:
        return Button(rect, ShowWhy(why_not), name, style="disabled", why_not=why_not, value=value, **more)  # type: ignore[arg-type]
    return Button(rect, says, name, style=style, value=value, **more)  # type: ignore[arg-type]


def button(
    rect: Rect,
    says: Event | Look,
    text: str,
    *,
    style: str = "secondary",
    icon: str = "",
    size: int = layout.BODY,
    icon_px: int = 44,
    gap: int = 16,
    weight: int = 600,
    why_not: str = "",
    radius: int = 20,
) -> tuple[Element, ...]:
    """Icon and words as one group in the middle of the face; words of two lines begin right beside the icon."""
    face = target(rect, says, text, style=style, why_not=why_not, radius=radius)
    ink = INK[face.style]
    word = Word(text, size, weight, colour=ink)  # type: ignore[arg-type]
    shown = LOCK if why_not else icon
    parts = (Mark(shown, icon_px, ink), word) if shown else (word,)
    pad = 14 if size < layout.BODY else 24
    room = rect.w - 2 * pad - (icon_px + gap if shown else 0)
    folded = bool(shown) and text_width(text, size, weight) > room
    if folded and " " not in text:
        pad, folded = 8, False
    return face, Row(layout.inset(rect, pad, 4), parts, gap, "start" if folded else "centre")


def quiet(rect: Rect, text: str, why_not: str, *, size: int = layout.BODY) -> tuple[Element, ...]:
    """A disabled button upon `deep`, where the sunken face would be the loudest thing on the page."""
    face = Button(rect, ShowWhy(why_not), text, style="bare", why_not=why_not)
    parts = (Mark(LOCK, 38, "deep-line"), Word(text, size, 600, colour="deep-line"))
    return face, Box(rect, "", "deep2", 2, 20), Row(layout.inset(rect, 14, 4), parts, 12)


def action(rect: Rect, says: Event | Look, text: str, icon: str, *, why_not: str = "") -> tuple[Element, ...]:
    """One of the four actions of 02: the icon in a column of its own, words beside it on two lines at most."""
    face = target(rect, says, text, why_not=why_not)
    ink = INK[face.style]
    glyph = Icon(Rect(rect.x + 26, rect.y, 48, rect.h), LOCK if why_not else icon, ink, 48)
    words = Rect(rect.x + 90, rect.y + 8, rect.w - 106, rect.h - 16)
    return face, glyph, Label(words, text, layout.BODY, 600, colour=ink, max_lines=2, line_height=1.15)


def tile(
    rect: Rect,
    says: Event | Look,
    text: str,
    detail: str,
    icon: str,
    *,
    style: str = "secondary",
    icon_colour: str = "",
    why_not: str = "",
) -> tuple[Element, ...]:
    """One of the four receipts of 14a: icon above, words, a smaller line below."""
    face = target(rect, says, text, style=style, why_not=why_not)
    ink = INK[face.style]
    small = {"primary": "primary-soft", "disabled": "disabled"}.get(face.style, "ink2")
    wide = layout.inset(rect, 12, 0)
    lift = 17 if text_width(text, 32, 700) > wide.w else 0
    return (
        face,
        Icon(
            Rect(rect.x, rect.y + 26 - lift, rect.w, 72),
            LOCK if why_not else icon,
            icon_colour if not why_not and icon_colour else ink,
            76,
        ),
        Label(
            wide._replace(y=rect.y + 108 - lift, h=44 + 2 * lift),
            text,
            32,
            700,
            colour=ink,
            align="centre",
            max_lines=2,
            line_height=1.1,
        ),
        Label(wide._replace(y=rect.y + 148 + lift, h=34), detail, layout.CAPTION, colour=small, align="centre"),
    )


_NARROW_PX = 400


def choice(
    rect: Rect, says: Event | Look, text: str, detail: str, icon: str, *, style: str = "secondary", why_not: str = ""
) -> tuple[Element, ...]:
    """One tender of 10: icon in a column, name and a smaller line beside it; of a narrow one the name alone."""
    face = target(rect, says, text, style=style, why_not=why_not)
    ink = INK[face.style]
    small = {"primary": "primary-soft", "disabled": "disabled"}.get(face.style, "ink2")
    middle = rect.y + rect.h // 2 - (0 if style == "primary" else 1)
    if rect.w < _NARROW_PX:
        mark = Icon(Rect(rect.x + 14, rect.y, 56, rect.h), LOCK if why_not else icon, ink, 48)
        name = Rect(rect.x + 82, rect.y + 4, rect.w - 94, rect.h - 12)
        return face, mark, Label(name, text, 30, 700, colour=ink, max_lines=2, line_height=1.1)
    room = rect.w - 158 + rect.x
    return (
        face,
        Icon(Rect(rect.x + 26, rect.y, 80, rect.h), LOCK if why_not else icon, ink, 76),
        Label(Rect(rect.x + 126, middle - 36, room, 44), text, 36, 700, colour=ink),
        Label(Rect(rect.x + 126, middle + 5, room, 32), detail, layout.CAPTION, colour=small),
    )
