"""Pictures of the receipt by e-mail: more stops of the gallery."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.questions import EmailAnswer
from kiosk.ui.view import OpenPage, SubmitEmail, TypeKey


def mailing_stops() -> dict[str, Callable[[Any], Any]]:
    """By the name of the picture; each takes a Visit."""
    return {
        "14c-receipt-email": lambda v: _typing(v, "sam@"),
        "14c-bad-address": lambda v: _answered(v, "bad"),
        "14c-not-now": lambda v: _sending(v).does(e.QuestionUnanswered(id=v.state.asked[0].id, why="away")),
        "15-mailed": lambda v: _answered(v, "ok"),
    }


def _typing(visit: Any, typed: str) -> Any:
    lane = replace(visit.state.lane, email_receipts=True, email_endings=("@gmail.com", "@hotmail.com", ".com"))
    visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=visit.state.language))
    visit.shops().taps_card().says_yes()
    return visit.does(e.EmailOpened(), OpenPage("email"), *map(TypeKey, typed))


def _sending(visit: Any) -> Any:
    return _typing(visit, "sam.svensson@example.com").does(SubmitEmail(), e.EmailTyped(address="whispered:1"))


def _answered(visit: Any, state: str) -> Any:
    answer = EmailAnswer(state=state)  # type: ignore[arg-type]  # one of its own words
    _sending(visit)
    return visit.does(e.QuestionAnswered(id=visit.state.asked[0].id, answer=answer))
