"""Gallery: one visit after another, played through the checkout, stopping where each screen of the design shows.

Every picture is a state that real events reach and a view that real touches make: nothing is posed. `kiosk shots`
paints them, the golden tests read them. The stops are gathered here; each family has a file `gallery_*.py`, which
takes its goods from `gallery_goods` and its clock from `gallery_visit`.
"""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.settings import USUAL, Settings
from kiosk.checkout.state import State
from kiosk.ui.gallery_cash import cash_stops
from kiosk.ui.gallery_goods import BREAD, COFFEE, WATER, WINE
from kiosk.ui.gallery_joining import joining_stops
from kiosk.ui.gallery_mailing import mailing_stops
from kiosk.ui.gallery_paying import paying_stops
from kiosk.ui.gallery_shopping import shopping_stops
from kiosk.ui.gallery_staff import staff_stops
from kiosk.ui.gallery_staffed import staffed_stops
from kiosk.ui.gallery_tenders import tender_stops
from kiosk.ui.gallery_visit import LANE, Visit
from kiosk.ui.panel import USUAL_PANEL, Panel
from kiosk.ui.view import View

__all__ = ["BREAD", "COFFEE", "LANE", "STOPS", "VARIANTS", "WATER", "WINE", "Visit", "variant", "visit_to"]
STOPS: dict[str, Callable[[Visit], Visit]] = {
    **shopping_stops(),
    **joining_stops(),
    **paying_stops(),
    **cash_stops(),
    **tender_stops(),
    **mailing_stops(),
    **staff_stops(),
    **staffed_stops(e.ItemFound(item=WINE)),
}
"""By the name of the picture; those of the mockups have the mockups' names."""


class Variant(NamedTuple):
    """A stop on another panel, for a shopper who has switched something on, or in a language beside the gallery's."""

    stop: str
    panel: Panel = USUAL_PANEL
    settings: Settings = USUAL
    language: str = "en"
    ring: str = ""
    """The name of the button that has the focus of whoever uses keys."""


_UPRIGHT = Panel((1080, 1920))
_STRONG = Settings(high_contrast=True)
VARIANTS = {
    "p01-welcome": Variant("01-welcome", _UPRIGHT),
    "p02-scanning": Variant("02-scanning", _UPRIGHT),
    "p04-picker": Variant("04a-picker", _UPRIGHT),
    "p04b-picker-search": Variant("04b-picker-search", _UPRIGHT),
    "p10-pay-choice": Variant("10-pay-choice", _UPRIGHT),
    "04b-picker-search-ar": Variant("04b-picker-search", language="ar"),
    "04b-lower-controls": Variant("04b-many", settings=Settings(lower_controls=True)),
    "02-scanning-ar": Variant("02-scanning", language="ar"),
    "20b-large-high-contrast": Variant("02-scanning", settings=Settings(large_text=True, high_contrast=True)),
    "20c-lower-controls": Variant("02-scanning", settings=Settings(lower_controls=True)),
    "20d-voice-focus": Variant("02-scanning", settings=Settings(voice=True), ring="Pay"),
    "20a-voice": Variant("20a-accessibility", settings=Settings(voice=True), ring="Louder"),
    "20a-voice-upright": Variant("20a-accessibility", _UPRIGHT, Settings(voice=True), ring="Louder"),
    "20e-high-contrast-pay": Variant("10-pay-choice", settings=_STRONG),
    "01-high-contrast": Variant("01-welcome", settings=_STRONG),
    "02-high-contrast": Variant("02-unknown-barcode", settings=_STRONG),
    "12-high-contrast": Variant("12-declined", settings=_STRONG),
}
"""By the name of the picture; those of the mockups have the mockups' names."""


def visit_to(name: str, language: str) -> tuple[State, View]:
    """The state and the view of one picture."""
    visit = STOPS[name](Visit(language))
    return visit.state, visit.view


def variant(name: str) -> tuple[State, View]:
    """The state and the view of one of the variants."""
    stop, panel, settings, language, ring = VARIANTS[name]
    visit = STOPS[stop](Visit(language)).does(e.SettingsChosen(settings=settings))
    return visit.state, replace(visit.view, panel=panel, focus=ring)
