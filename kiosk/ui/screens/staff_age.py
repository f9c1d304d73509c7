"""19c Age check: the date to compare with, and three answers. No date of birth is typed, asked for or kept."""

from kiosk.checkout.events import AgeApproved, AgeRefused, Event
from kiosk.checkout.paying import age_needed
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Picture, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import INK, LOCK, target
from kiosk.ui.screens.office import page
from kiosk.ui.screens.scan import picture_of
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words

_CARD = Rect(32, 124, 560, 560)


def scene(state: State, view: View, words: Words) -> Scene:
    """The highest limit that is not checked yet; a lower one comes after it."""
    say, limit, clear = words.say, age_needed(state), state.lane.age_limit_clear
    shown = banner(state, view, words)
    too_near = (
        say("By the looks nobody is old enough for {years}: look at the ID.", years=limit) if limit >= clear else ""
    )
    elements = (
        *_what(state, limit, words),
        *_answer(
            Rect(624, 124, 624, 152), AgeApproved(), say("ID checked"), say("Photo and date match"),
            "card-account-details-outline", "staff",
        ),
        *_answer(
            Rect(624, 296, 624, 152), AgeApproved(how="clear"), say("Clearly over {years}", years=clear),
            say("No ID needed by store policy"), "account-check-outline", "secondary", too_near,
        ),
        *_answer(
            Rect(624, 468, 624, 152), AgeRefused(), say("Refuse sale"), say("Item is removed, basket stays"),
            "close-octagon-outline", "danger",
        ),
        Label(
            Rect(624, 636, 624, 60),
            say("Approves all age-limited items in this basket up to {years}.", years=limit),
            layout.CAPTION, colour="ink2", max_lines=2, valign="top",
        ),
        *(paint(shown, Rect(32, 700, 1216, 88), words) if shown else ()),
    )  # fmt: skip
    return page("19c-staff-age", say("Age check"), state, view, words, elements, back=OpenPage("staff"))


def _what(state: State, limit: int, words: Words) -> tuple[Element, ...]:
    lines = [line for line in state.basket.lines if limit and line.item.age_limit >= limit]
    names = ", ".join(line.item.name_in(words.language) for line in lines)
    born = words.born_before(state.seen.utc_ms, limit)
    years = words.count("{count} year", "{count} years", limit)
    return (
        Box(_CARD, "paper", radius=28),
        Box(Rect(68, 160, 168, 168), "staff-soft", radius=24),
        Picture(Rect(88, 180, 128, 128), picture_of(lines[0]) if lines else "svg:age"),
        Label(Rect(260, 160, 304, 168), names, 36, 700, True, max_lines=3, line_height=1.15, plain=True),
        Box(Rect(68, 350, 488, 2), "hair"),
        Label(Rect(68, 366, 240, 60), words.say("Age limit"), layout.BODY),
        Label(Rect(300, 366, 256, 60), years, layout.TITLE, 700, True, align="end", amount=True),
        Label(Rect(68, 438, 240, 60), words.say("Born on or before"), layout.BODY, max_lines=2, line_height=1.05),
        Label(Rect(300, 438, 256, 60), born, 38, 700, True, align="end", amount=True),
        Box(Rect(68, 520, 488, 2), "hair"),
        Label(
            Rect(68, 540, 488, 128),
            words.say("The birth date is never stored. We only save who approved and how."),
            layout.CAPTION,
            colour="ink2",
            max_lines=4,
            line_height=1.25,
            valign="top",
        ),
    )


def _answer(
    rect: Rect, says: Event, text: str, detail: str, icon: str, style: str, why_not: str = ""
) -> tuple[Element, ...]:
    face = target(rect, says, text, style=style, why_not=why_not)
    ink = INK[face.style]
    small = {"staff": "staff-soft", "disabled": "disabled"}.get(face.style, "ink2")
    return (
        face,
        Icon(Rect(rect.x + 22, rect.y, 80, rect.h), LOCK if why_not else icon, ink, 72),
        Label(Rect(rect.x + 114, rect.y + 34, rect.w - 130, 48), text, 36, 600, colour=ink),
        Label(Rect(rect.x + 114, rect.y + 82, rect.w - 130, 32), detail, layout.CAPTION, colour=small),
    )
