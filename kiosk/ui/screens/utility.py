"""Utility row: Language, Accessibility and Call staff, at the bottom of every working shopper screen."""

from kiosk.checkout.events import AssistedBegan, AssistedEnded, Event, HelpCalled
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Rect
from kiosk.ui.screens.face import button, quiet
from kiosk.ui.view import OpenPage
from kiosk.ui.words import LANGUAGES, Words

_LANGUAGE, _ACCESSIBILITY, _STAFF = Rect(32, 684, 197, 88), Rect(245, 684, 252, 88), Rect(513, 684, 231, 88)


def utility(state: State, words: Words) -> tuple[Element, ...]:
    """The three buttons."""
    _, own_name = LANGUAGES.get(words.language, ("", words.language))
    return (
        *button(
            _LANGUAGE,
            OpenPage("languages"),
            own_name,
            icon="translate",
            icon_px=38,
            size=layout.UTILITY_TEXT,
            gap=12,
            why_not="" if len(state.lane.languages) > 1 else words.say("This shop has one language only."),
        ),
        *(mode_switch(_ACCESSIBILITY, state, words) if state.staff else accessibility(_ACCESSIBILITY, words)),
        *call_staff(_STAFF, state, words),
    )


def accessibility(
    rect: Rect, words: Words, *, style: str = "secondary", size: int = layout.UTILITY_TEXT
) -> tuple[Element, ...]:
    """Painted, but not built yet."""
    why_not = words.say("These settings come later. Our staff are glad to help.")
    if style == "deep":
        return quiet(rect, words.say("Accessibility"), why_not, size=size)
    return button(
        rect,
        OpenPage(""),
        words.say("Accessibility"),
        icon="human",
        icon_px=38,
        size=size,
        gap=12,
        why_not=why_not,
    )


def call_staff(
    rect: Rect, state: State, words: Words, *, style: str = "secondary", size: int = layout.UTILITY_TEXT
) -> tuple[Element, ...]:
    """Call staff; while staff are signed in, the way back to their list; while a call is open, that it was heard."""
    small = size < layout.BODY
    icon_px, gap = (38, 12) if small else (44, 16)
    if state.staff is not None:
        text, icon = words.say("Staff"), "badge-account-horizontal-outline"
        return button(rect, OpenPage("staff"), text, icon=icon, style="staff", size=size, icon_px=icon_px, gap=gap)
    heard = state.prompt != "help" and any(call.reason == "help" for call in state.interventions)
    text = words.say("Staff are coming") if heard else words.say("Call staff")
    icon = "check-circle-outline" if heard else "hand-wave-outline"
    return button(rect, HelpCalled(), text, icon=icon, style=style, size=size, icon_px=icon_px, gap=gap)


def mode_switch(rect: Rect, state: State, words: Words, *, size: int = layout.UTILITY_TEXT) -> tuple[Element, ...]:
    """The one touch between self-service and assisted."""
    says: Event = AssistedEnded() if state.assisted else AssistedBegan()
    text = words.say("Self-service") if state.assisted else words.say("Serve here")
    icon = "account" if state.assisted else "account-tie-outline"
    closed = words.say("Open the lane first.") if state.phase is Phase.CLOSED else ""
    return button(rect, says, text, icon=icon, style="staff", size=size, icon_px=38, gap=12, why_not=closed)
