"""Utility row: Language, Accessibility and Call staff, at the bottom of every working shopper screen.

In Large text, and on pages whose Back stands here (Lower controls), Language is a row of the accessibility panel.
"""

from kiosk.checkout.events import AssistedBegan, AssistedEnded, Event, HelpCalled
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import FLOOR_PX, Room
from kiosk.ui.scene import Element, Rect
from kiosk.ui.screens.face import USUAL_ROOM, button, fits
from kiosk.ui.view import OpenPage
from kiosk.ui.words import LANGUAGES, Words

_SHARES = (197, 252, 231)
"""Widths of the three in the design."""


def utility(state: State, words: Words, room: Room = USUAL_ROOM, *, back: bool = False) -> tuple[Element, ...]:
    """The three buttons, or two. `back`: Back stands in this row's first place where controls are low."""
    row = room.zones.utility
    gap = room.px(20 if room.large else 16)
    lowered = back and room.reach and not room.portrait
    if lowered:
        row = Rect(room.zones.back.x + room.zones.back.w + gap, row.y, row.w - room.zones.back.w - gap, row.h)
    named = (settings_name(state, words, room), staff_name(state, words, room))
    if room.large or lowered:
        one, two = cut(row, named, (1, 1), gap, room)
        return (*_settings(one, state, words, room), *call_staff(two, state, words, room=room))
    one, two, three = cut(row, (own_name(words), *named), _SHARES, gap, room)
    return (
        *language(one, state, words, room=room),
        *_settings(two, state, words, room),
        *call_staff(three, state, words, room=room),
    )


def cut(
    row: Rect,
    texts: tuple[str, ...],
    usual: tuple[int, ...],
    gap: int,
    room: Room,
    size: int = layout.UTILITY_TEXT,
) -> tuple[Rect, ...]:
    """The row in the widths of the design; where a word is too long for its place, in those of the words."""
    font = room.font(size)
    places = layout.shares(row, usual, gap)
    if all(fits(text, place.w - 2 * room.px(14), 2, font, 600) for text, place in zip(texts, places, strict=True)):
        return places
    least = [max(longest(text, font) + 2 * room.px(8) + 10, FLOOR_PX) for text in texts]
    spare = max(0, row.w - gap * (len(texts) - 1) - sum(least)) // len(texts)
    return layout.shares(row, tuple(width + spare for width in least), gap)


def longest(text: str, font: int) -> int:
    """Width of the longest word."""
    return max(text_width(word, font, 600) for word in text.split(" "))


def own_name(words: Words) -> str:
    """What the language that is spoken calls itself."""
    return LANGUAGES.get(words.language, ("", words.language))[1]


def settings_name(state: State, words: Words, room: Room) -> str:
    """What stands on the second button."""
    if state.staff:
        return words.say("Self-service") if state.assisted else words.say("Serve here")
    return words.say("Settings") if room.large else words.say("Accessibility")


def staff_name(state: State, words: Words, room: Room) -> str:
    """What stands on the third."""
    if state.staff is not None:
        return words.say("Staff")
    if _heard(state):
        return words.say("Staff are coming")
    return words.say("Staff") if room.large else words.say("Call staff")


def _heard(state: State) -> bool:
    return state.prompt != "help" and any(call.reason == "help" for call in state.interventions)


def language(
    rect: Rect, state: State, words: Words, *, style: str = "secondary", room: Room = USUAL_ROOM
) -> tuple[Element, ...]:
    """The language that is spoken now, and the way to others."""
    return button(
        rect,
        OpenPage("languages"),
        own_name(words),
        room=room,
        style=style,
        icon="translate",
        icon_px=38,
        size=layout.UTILITY_TEXT,
        gap=12,
        group="utility",
        why_not="" if len(state.lane.languages) > 1 else words.say("This shop has one language only."),
    )


def _settings(rect: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    return mode_switch(rect, state, words, room=room) if state.staff else accessibility(rect, words, room=room)


def accessibility(
    rect: Rect, words: Words, *, style: str = "secondary", size: int = layout.UTILITY_TEXT, room: Room = USUAL_ROOM
) -> tuple[Element, ...]:
    """The way to 20a; in Large text its short name."""
    text = words.say("Settings") if room.large else words.say("Accessibility")
    return button(
        rect,
        OpenPage("settings"),
        text,
        room=room,
        icon="human",
        icon_px=38,
        style=style,
        size=size,
        gap=12,
        group="utility",
    )


def call_staff(
    rect: Rect,
    state: State,
    words: Words,
    *,
    style: str = "secondary",
    size: int = layout.UTILITY_TEXT,
    room: Room = USUAL_ROOM,
) -> tuple[Element, ...]:
    """Call staff; while staff are signed in, the way back to their list; while a call is open, that it was heard."""
    small = size < layout.BODY
    icon_px, gap = (38, 12) if small else (44, 16)
    if state.staff is not None:
        text, icon = words.say("Staff"), "badge-account-horizontal-outline"
        return button(
            rect,
            OpenPage("staff"),
            text,
            room=room,
            icon=icon,
            style="staff",
            size=size,
            icon_px=icon_px,
            gap=gap,
            group="utility",
        )
    heard, text = _heard(state), staff_name(state, words, room)
    icon = "check-circle-outline" if heard else "hand-wave-outline"
    return button(rect, HelpCalled(), text, room=room, icon=icon, style=style, size=size, icon_px=icon_px, gap=gap,
                  group="utility")  # fmt: skip


def mode_switch(
    rect: Rect, state: State, words: Words, *, size: int = layout.UTILITY_TEXT, room: Room = USUAL_ROOM
) -> tuple[Element, ...]:
    """The one touch between self-service and assisted."""
    says: Event = AssistedEnded() if state.assisted else AssistedBegan()
    text = words.say("Self-service") if state.assisted else words.say("Serve here")
    icon = "account" if state.assisted else "account-tie-outline"
    closed = words.say("Open the lane first.") if state.phase is Phase.CLOSED else ""
    return button(rect, says, text, room=room, icon=icon, style="staff", size=size, icon_px=38, gap=12, why_not=closed,
                  group="utility")  # fmt: skip
