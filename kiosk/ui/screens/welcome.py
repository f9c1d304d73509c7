"""01 Welcome: seen from five metres; a scan, Start, or a touch of the empty green begins."""

from kiosk.checkout.events import LanguageChosen, StartPressed
from kiosk.checkout.paying import working_tenders
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Picture, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import button, target
from kiosk.ui.screens.paper import paper
from kiosk.ui.screens.utility import accessibility, call_staff
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import LANGUAGES, Words

_START = Rect(56, 512, 300, 128)
_FIRST_ROW, _ROW_PX, _MORE_ROW = 69, 97, 651


def scene(state: State, view: View, words: Words) -> Scene:
    """The front page."""
    title = words.say("Scan your\nfirst item")
    shown = banner(state, view, words)
    note = paint(shown, Rect(56, 408, 676, 88), words) if shown else ()
    drawing = Rect(388, 508, 355, 134) if shown else Rect(388, 420, 355, 237)
    return Scene(
        "01-welcome",
        layout.SIZE,
        "deep",
        (
            target(
                Rect(0, 104, 760, 296 if shown else 400),
                StartPressed(),
                words.say("Start by touching anywhere"),
                style="bare",
                radius=0,
            ),
            *brand(state, words, ink="on-deep"),
            Label(Rect(56, 120, 690, 175), title, layout.WELCOME, 800, True, "on-deep", max_lines=2, line_height=1.04),
            Label(
                Rect(56, 313, 690, 86),
                _how_to_begin(state, words),
                34,
                600,
                colour="on-deep2",
                max_lines=2,
                line_height=1.25,
                valign="top",
            ),
            Picture(drawing, "svg:scan-dark"),
            *note,
            *button(
                _START,
                StartPressed(),
                words.say("Start"),
                style="sun",
                icon="gesture-tap",
                size=46,
                icon_px=60,
                weight=700,
                gap=16,
                radius=28,
            ),
            *accessibility(Rect(56, 684, 330, 88), words, style="deep", size=layout.BODY),
            *call_staff(Rect(402, 684, 330, 88), state, words, style="deep", size=layout.BODY),
            *_languages(state, words),
        ),
        focus=(
            words.say("Start"),
            *(LANGUAGES[tag][1] for tag in state.lane.languages if tag in LANGUAGES),
            words.say("More languages"),
            words.say("Accessibility"),
            words.say("Call staff"),
        ),
        title=title.replace("\n", " "),
    )


def _how_to_begin(state: State, words: Words) -> str:
    """What the lane takes now, so that nobody scans a basket that they cannot pay for."""
    if state.training is not None:
        return words.say("Somebody is learning here. Please use another checkout.")
    working = working_tenders(state)
    if "card" in working and "cash" in working:
        return words.say("or touch Start. We take card, phone and cash.")
    if "card" in working:
        return words.say("or touch Start. We take card and phone.")
    if "cash" in working:
        return words.say("or touch Start. We take cash, no cards right now.")
    return words.say("or touch Start. Paying by card is not possible right now.")


def _languages(state: State, words: Words) -> tuple[Element, ...]:
    painted: list[Element] = [
        *paper(0, 748),
        Icon(Rect(804, 12, 36, 36), "translate", "ink2", 38),
        Label(Rect(856, 10, 360, 40), words.say("Språk · Language"), layout.CAPTION, 600, colour="ink2"),
        Box(Rect(776, 60, 472, 2), "hair"),
    ]
    for number, tag in enumerate(state.lane.languages[:6]):
        painted += _language(_FIRST_ROW + _ROW_PX * number, tag, tag == words.language)
    return (*painted, *_more(words))


def _language(y: int, tag: str, chosen: bool) -> tuple[Element, ...]:
    greeting, name = LANGUAGES.get(tag, (tag, tag))
    row = Rect(776, y, 472, _ROW_PX - 2)
    marks: tuple[Element, ...] = ()
    if chosen:
        marks = (
            Box(row, "primary-soft"),
            Box(row._replace(w=8), "primary"),
            Icon(Rect(1184, y, 36, row.h), "check-circle", "primary", 36),
        )
    return (
        target(row, LanguageChosen(language=tag), name, style="line", role="switch", selected=chosen, radius=0),
        *marks,
        Box(Rect(776, y + row.h, 472, 2), "hair"),
        Label(Rect(804, y, 240, row.h), greeting, 38, 700, True),
        Label(Rect(980, y, 192 if chosen else 240, row.h), name, layout.BODY, 600, align="end"),
    )


def _more(words: Words) -> tuple[Element, ...]:
    row = Rect(776, _MORE_ROW, 472, _ROW_PX)
    why = words.say("More languages come later.")
    text = words.say("More languages")
    return (
        target(row, OpenPage(""), text, why_not=why, radius=0),
        Box(row, "paper"),
        Label(Rect(804, row.y, 340, row.h), text, layout.BODY, 600, colour="disabled"),
        Icon(Rect(1180, row.y, 36, row.h), "lock-outline", "disabled", 36),
    )
