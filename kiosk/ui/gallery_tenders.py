"""Pictures of tenders beside card and cash: more stops of the gallery."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.lane import Charity
from kiosk.checkout.questions import GiftCardAnswer
from kiosk.ui.gallery_goods import BAGS
from kiosk.ui.view import Choose, OpenForm, OpenPage, TypeKey
from kiosk.values.money import Money


def tender_stops() -> dict[str, Callable[[Any], Any]]:
    """By the name of the picture; each takes a Visit."""
    return {
        "10-pay-by-phone": lambda v: _takes(v, "card", "qr", "gift_card").does(e.PayPressed()),
        "10-five-tenders": lambda v: _takes(v, "card", "qr", "gift_card", "external", "cash").does(e.PayPressed()),
        "11c-terminal-wait": _external,
        "19e-staff-external": lambda v: _external(v).signs_in(),
        "19e-external-number": lambda v: (
            _external(v).signs_in().does(Choose("amount", "21238", keeps=False), *map(TypeKey, "a4021"))
        ),
        "10b-how-many-bags": lambda v: v.shops().does(e.PayPressed(bags=BAGS)),
        "10b-two-paper-bags": lambda v: v.shops().does(e.PayPressed(bags=BAGS), Choose(f"bags.{BAGS[0].gtin}", "2")),
        "10c-round-up": lambda v: _collects(v).does(e.PayPressed()),
        "10-rounded-up": lambda v: _collects(v).does(e.PayPressed(), e.DonationChosen(give=True)),
        "10d-pay-a-part": lambda v: _part(v),
        "10-a-part-is-named": lambda v: _part(v).does(e.PartChosen(amount=Money(10_000))),
        "10-part-again": lambda v: _gift_card(v).does(OpenPage("tenders")),
        "11e-sign-the-slip": _signs,
        "19n-staff-signature": lambda v: _signs(v).signs_in(),
        "12-signature-refused": lambda v: (
            _signs(v).signs_in().does(e.SignatureChecked(attempt=v.attempt(), right=False), e.StaffSignedOut())
        ),
        "19e-staff-given-back": _given_back,
        "11d-gift-card-asked": lambda v: _takes(v, "gift_card", "cash").does(e.PayPressed(), OpenPage("gift_card")),
        "11d-gift-card": _gift_card,
        "09b-gift-card-amount": _tops_up,
        "09b-gift-card-sold": lambda v: _loads(_tops_up(v)),
        "09b-gift-card-sold-pay": lambda v: _loads(_tops_up(v)).does(e.PayPressed()),
        "11b-qr-pay": _code,
        "11b-no-code-yet": _ordered,
        "12-phone-declined": lambda v: _code(v).does(e.CardDeclined(attempt=v.attempt(), why="declined")),
        "12-phone-unreachable": lambda v: _chosen(v).does(e.CardRefused(attempt=v.attempt(), why="unreachable")),
    }


def _takes(visit: Any, *kinds: str) -> Any:
    lane, language = replace(visit.state.lane, tenders=kinds), visit.state.language
    return visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=language)).shops()


def _collects(visit: Any) -> Any:
    lane = replace(visit.state.lane, charity=Charity("Red Cross", 1_000), tenders=("card", "cash"))
    language = visit.state.language
    return visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=language)).shops()


def _part(visit: Any) -> Any:
    _takes(visit, "card", "gift_card", "cash").does(e.PayPressed(), OpenPage("part"))
    return visit.does(*map(TypeKey, "10000"))


def _external(visit: Any) -> Any:
    return _takes(visit, "external").does(e.PayPressed())


def _signs(visit: Any) -> Any:
    visit.shops().taps_card()
    masked, amount = "************4021", visit.state.payment.amount
    record = e.CardRecord(amount=amount, scheme="Visa", masked=masked, receipt="0175", signature=True)
    return visit.does(e.CardApproved(attempt=visit.attempt(), record=record, message=1)).does(
        e.CardCompleted(attempt=visit.attempt(), record=record, message=2)
    )


def _given_back(visit: Any) -> Any:
    _external(visit).signs_in()
    attempt = visit.attempt()
    visit.does(e.ExternalTaken(amount=Money(10_000), reference="A4021"), e.Stored(), e.TenderCancelled(attempt=attempt))
    return visit.does(OpenForm("staff_given_back", attempt), *map(TypeKey, "a4022"))


def _gift_card(visit: Any) -> Any:
    _takes(visit, "card", "gift_card").shows_member_card().does(e.PayPressed(), OpenPage("gift_card"))
    visit.does(e.GiftCardScanned(number="KG-1000031"))
    answer = GiftCardAnswer(state="ok", held_minor=10000)
    return visit.does(e.QuestionAnswered(id=visit.state.asked[0].id, answer=answer), e.Stored())


def _tops_up(visit: Any) -> Any:
    amounts = (10_000, 20_000, 50_000, 100_000)
    lane, language = (
        replace(visit.state.lane, card_loads=amounts, card_names={"sv": "Presentkort"}),
        visit.state.language,
    )
    visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=language)).shops()
    visit.does(e.GiftCardScanned(number="KG-1000034"))
    answer = GiftCardAnswer(state="ok", balance_minor=4_000)
    return visit.does(e.QuestionAnswered(id=visit.state.asked[0].id, answer=answer))


def _loads(visit: Any) -> Any:
    visit.does(e.CardLoadChosen(amount=Money(50_000)))
    answer = GiftCardAnswer(state="ok", balance_minor=4_000, load_minor=50_000)
    return visit.does(e.QuestionAnswered(id=visit.state.asked[0].id, answer=answer))


def _chosen(visit: Any) -> Any:
    return _takes(visit, "card", "qr").shows_member_card().does(e.PayPressed(), e.CardChosen(kind="qr"))


def _ordered(visit: Any) -> Any:
    return _chosen(visit).does(e.CardReady(attempt=visit.attempt(), baseline=""))


def _code(visit: Any) -> Any:
    code = "kassa-pay:2f5c7f5e-6f0e-5b0c-9d5e-0a4c7f1c2d3e"
    return _ordered(visit).does(e.PhoneCodeShown(attempt=visit.attempt(), code=code)).waits(28_000)
