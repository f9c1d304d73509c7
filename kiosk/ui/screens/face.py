"""Face: a button and what stands on it, in the few shapes that the design knows (DESIGN-UI, section 4).

A button that cannot be used now stays in its place, sunken and with a lock, and says why when it is touched: so every
button of every screen says something. Sizes are the design's; the room makes them the panel's. Words go before
pictures: where a long word or a large size leaves no room for both, the icon yields.
"""

from kiosk.checkout.events import Event
from kiosk.ui import layout
from kiosk.ui.measure import text_width, wrap
from kiosk.ui.room import Room
from kiosk.ui.room import room as room_of
from kiosk.ui.scene import Box, Button, Element, Group, Icon, Label, Mark, Rect, Role, Row, Word
from kiosk.ui.view import Look, ShowWhy

INK = {
    "primary": "on-primary",
    "sun": "on-sun",
    "secondary": "label",
    "info": "on-info",
    "danger": "bad",
    "danger-filled": "on-bad",
    "staff": "on-staff",
    "deep": "deep-label",
    "disabled": "disabled",
    "key": "label",
}
"""Colour of words and icons on each style."""

LOCK = "lock-outline"
USUAL_ROOM = room_of()
"""1280 x 800, nothing switched on."""


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
    room: Room = USUAL_ROOM,
    style: str = "secondary",
    icon: str = "",
    size: int = layout.BODY,
    icon_px: int = 44,
    gap: int = 16,
    weight: int = 600,
    why_not: str = "",
    radius: int = 20,
    role: Role = "button",
    group: Group = "stage",
    value: str = "",
    selected: bool = False,
) -> tuple[Element, ...]:
    """Icon and words as one group in the middle of the face; words of two lines begin right beside the icon."""
    face = target(
        rect, says, text, style=style, why_not=why_not, radius=room.px(radius), role=role, group=group, value=value,
        selected=selected,
    )  # fmt: skip
    ink = "ink" if selected else INK[face.style]
    shown, icon_px, gap = LOCK if why_not else icon, room.icon(icon_px), room.px(gap)
    pad = room.px(14 if size < layout.BODY else 24)
    font = room.font(size)
    lines = max(2, int((rect.h - 12) / (font * 1.15)))
    word = Word(text, font, weight, colour=ink, max_lines=lines)  # type: ignore[arg-type]
    whole = rect.w - 2 * pad
    beside = whole - icon_px - gap
    if shown and not fits(text, beside, lines, font, weight):
        shown, pad = "", room.px(8)
    elif not fits(text, whole - (icon_px + gap if shown else 0), lines, font, weight):
        pad = room.px(6)
    folded = bool(shown) and text_width(text, font, weight) > beside
    if folded and " " not in text:
        pad, folded = room.px(8), False
    parts = (Mark(shown, icon_px, ink), word) if shown else (word,)
    return face, Row(layout.inset(rect, pad, 4), parts, gap, "start" if folded else "centre")


def fits(text: str, wide: int, lines: int, size: int, weight: int, display: bool = False) -> bool:
    """Whether the words take no more than so many lines of that width, none of them cut."""
    rows = wrap(text, wide, size, weight, display)
    return len(rows) <= lines and all(text_width(row, size, weight, display) <= wide for row in rows)


def quiet(
    rect: Rect, text: str, why_not: str, *, size: int = layout.BODY, room: Room = USUAL_ROOM
) -> tuple[Element, ...]:
    """A disabled button upon `deep`, where the sunken face would be the loudest thing on the page."""
    face = Button(rect, ShowWhy(why_not), text, style="bare", why_not=why_not)
    parts = (Mark(LOCK, room.icon(38), "deep-line"), Word(text, room.font(size), 600, colour="deep-line"))
    return face, Box(rect, "", "deep2", 2, room.px(20)), Row(layout.inset(rect, room.px(14), 4), parts, room.px(12))


def action(
    rect: Rect,
    says: Event | Look,
    text: str,
    icon: str,
    *,
    why_not: str = "",
    room: Room = USUAL_ROOM,
    group: Group = "stage",
) -> tuple[Element, ...]:
    """One of the four actions of 02: the icon in a column of its own, words beside it on two lines at most."""
    face = target(rect, says, text, why_not=why_not, radius=room.px(20), group=group)
    ink, font, side = INK[face.style], room.font(layout.BODY), room.icon(48)
    left = room.px(26) + side + room.px(16)
    wide = rect.w - left - room.px(16)
    lines = max(2, int((rect.h - 16) / (font * 1.15)))
    words = Label(Rect(rect.x + left, rect.y + 8, wide, rect.h - 16), text, font, 600, colour=ink, max_lines=lines,
                  line_height=1.15)  # fmt: skip
    if not fits(text, wide, lines, font, 600):
        narrow = layout.inset(rect, room.px(12), 8)
        return face, Label(narrow, text, font, 600, colour=ink, align="centre", max_lines=lines, line_height=1.15)
    glyph = Icon(Rect(rect.x + room.px(26), rect.y, side, rect.h), LOCK if why_not else icon, ink, side)
    return face, glyph, words


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
    room: Room = USUAL_ROOM,
) -> tuple[Element, ...]:
    """One of the four receipts of 14a: icon above, words, a smaller line below; of a low one the words alone."""
    face = target(rect, says, text, style=style, why_not=why_not, radius=room.px(20))
    ink = INK[face.style]
    small = {"primary": "primary-soft", "disabled": "disabled"}.get(face.style, "ink2")
    wide = layout.inset(rect, room.px(12), 0)
    small_px, side = room.font(layout.CAPTION), room.icon(76)
    name_px, rows = room.font(32), 1
    for design in (32, layout.BODY, layout.CAPTION):
        name_px = room.font(design)
        rows = len(wrap(text, wide.w, name_px, 700))
        if round(rows * name_px * 1.1) + 8 <= rect.h:
            break
    below = len(wrap(detail, wide.w, small_px)) if detail else 0
    name_h, below_h = round(rows * name_px * 1.1) + 8, round(below * small_px * 1.25)
    close = name_h > rect.h
    name_h = min(name_h, rect.h)
    gap = room.px(6)
    free = rect.h - name_h - below_h - 3 * gap
    shown = free >= side + gap
    if free < 0 or not fits(detail, wide.w, max(1, below), small_px, 500):
        detail, below_h = "", 0
    top = rect.y + max(0, (rect.h - name_h - below_h - (side + 2 * gap if shown else 0)) // 2) - (5 if shown else 0)
    painted: list[Element] = [face]
    if shown:
        name = LOCK if why_not else icon
        painted.append(Icon(Rect(rect.x, top, rect.w, side), name, ink if why_not else icon_colour or ink, side))
        top += side + 2 * gap
    place = layout.inset(Rect(wide.x, top, wide.w, name_h), 0, 4 if close else 0)
    painted.append(Label(place, text, name_px, 700, colour=ink, align="centre",
                         max_lines=max(2, rows), line_height=1.0 if close else 1.1))  # fmt: skip
    if detail:
        painted.append(Label(Rect(wide.x, top + name_h, wide.w, below_h), detail, small_px, colour=small,
                             align="centre", max_lines=max(1, below), line_height=1.25))  # fmt: skip
    return tuple(painted)


def key(
    rect: Rect, says: Event | Look, text: str, icon: str, why_not: str = "", *, room: Room = USUAL_ROOM
) -> tuple[Element, ...]:
    """One of the many that staff know by their place: icon above, small words on two lines at most below."""
    face = target(rect, says, text, why_not=why_not, radius=room.px(20))
    font, side = room.font(24), room.icon(40)
    wide = next(
        (w for w in (layout.inset(rect, 8, 0), layout.inset(rect, 4, 0)) if fits(text, w.w - 4, 2, font, 600)), rect
    )
    lines = len(wrap(text, wide.w - 4, font, 600))
    words_h = round(lines * font * 1.05) + (2 if lines > 1 else room.px(15))
    mark_h, ink = side + room.px(6), INK[face.style]
    top = rect.y + (rect.h - mark_h - words_h) // 2
    shown = top >= rect.y + 2
    label = wide._replace(y=top + mark_h, h=words_h) if shown else layout.inset(wide, 0, 4)
    words = Label(label, text, font, 600, colour=ink, align="centre", max_lines=max(2, lines), line_height=1.05)
    place = Rect(rect.x, top, rect.w, mark_h)
    mark = Icon(place, LOCK if why_not else icon, "disabled" if why_not else "staff", side)
    return (face, mark, words) if shown else (face, words)


_NARROW_PX = 400


def choice(
    rect: Rect,
    says: Event | Look,
    text: str,
    detail: str,
    icon: str,
    *,
    style: str = "secondary",
    why_not: str = "",
    room: Room = USUAL_ROOM,
) -> tuple[Element, ...]:
    """One tender of 10: icon in a column, name and a smaller line beside it; of a narrow one the name alone."""
    face = target(rect, says, text, style=style, why_not=why_not, radius=room.px(20))
    ink = INK[face.style]
    small = {"primary": "primary-soft", "disabled": "disabled"}.get(face.style, "ink2")
    middle = rect.y + rect.h // 2 - (0 if style == "primary" else 1)
    name_px, small_px = room.font(36), room.font(layout.CAPTION)
    side, left = room.icon(76), room.px(126) if rect.w >= room.px(_NARROW_PX) else room.px(82)
    wide = rect.w - left - room.px(16)
    name_h, small_h = round(name_px * 1.22), round(small_px * 1.33)
    roomy = rect.w >= room.px(_NARROW_PX) and name_h + small_h + 8 <= rect.h
    if not roomy or not fits(text, wide, 1, name_px, 700) or not fits(detail, wide, 1, small_px, 500):
        return face, *_name_alone(rect, text, LOCK if why_not else icon, ink, room)
    top = middle - round(name_h * 0.82)
    return (
        face,
        Icon(Rect(rect.x + room.px(26), rect.y, room.px(80), rect.h), LOCK if why_not else icon, ink, side),
        Label(Rect(rect.x + left, top, wide, name_h), text, name_px, 700, colour=ink),
        Label(Rect(rect.x + left, top + name_h - 3, wide, small_h), detail, small_px, colour=small),
    )


def _name_alone(rect: Rect, text: str, icon: str, ink: str, room: Room) -> tuple[Element, ...]:
    """A tender's name beside a small icon; a long one in smaller type, or without the icon."""
    px = room.px
    tries = ((82, 30, 700), (82, 26, 700), (16, 30, 700), (16, 26, 700), (8, 24, 700), (4, 24, 600))
    for indent, design, weight in tries:
        left, size = px(indent), room.font(design)
        name = Rect(rect.x + left, rect.y + 4, rect.w - left - px(12 if indent > 4 else 4), rect.h - 12)
        lines = max(2, int((name.h + size // 4) / (size * 1.1)))
        if fits(text, name.w, lines, size, weight):
            break
    marked = left == px(82)
    glyph = Icon(Rect(rect.x + px(14), rect.y, px(56), rect.h), icon, ink, room.icon(48))
    words = Label(name, text, size, 700 if weight == 700 else 600, colour=ink, align="start" if marked else "centre",
                  max_lines=lines, line_height=1.1)  # fmt: skip
    return (glyph, words) if marked else (words,)
