"""Pictures of becoming a member: more stops of the gallery."""

from collections.abc import Callable
from typing import Any, Literal

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.ui.view import OpenForm, OpenPage, TurnLeaf, TypeKey

_ADDRESS = "sam.svensson@example.com"


def joining_stops() -> dict[str, Callable[[Any], Any]]:
    """By the name of the picture; each takes a Visit."""
    return {
        "09-member-joins": lambda v: _at(v, "before").shops().does(OpenPage("member")),
        "09-member-contact": lambda v: _typed(_at(v, "before")),
        "09-member-consent": lambda v: _typed(_at(v, "before")).does(TurnLeaf("consent")),
        "15-join": lambda v: _at(v, "after").shops().taps_card().says_yes().does(e.ReceiptChosen(kind="print")),
    }


def _at(visit: Any, when: Literal["before", "after"]) -> Any:
    lane, language = replace(visit.state.lane, sign_up=when), visit.state.language
    return visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=language))


def _typed(visit: Any) -> Any:
    return visit.shops().does(OpenForm("contact", "join"), *map(TypeKey, _ADDRESS))
