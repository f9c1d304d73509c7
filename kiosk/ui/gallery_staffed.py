"""Pictures of a lane that staff serve: more stops of the gallery."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.item import Item
from kiosk.checkout.lane import AuditRule, ParkingRule
from kiosk.checkout.questions import BasketsAnswer, KeptBasket, LineUnits, SaleAnswer, SaleAsk
from kiosk.checkout.sale import Sale
from kiosk.ui.view import Choose, OpenForm, OpenPage, TypeKey
from kiosk.values.money import Money


def _sold(visit: Any) -> Sale:
    """The mockups' basket, paid by card on this lane."""
    visit.shops().taps_card()
    visit.says_yes()
    sale: Sale = visit.state.sale
    visit.does(e.ReceiptChosen(kind="none"), e.DonePressed())
    return sale


def _returning(visit: Any) -> Any:
    """Staff have the receipt of that sale before them, and one line has come back before."""
    sale = _sold(visit)
    visit.signs_in().does(e.ReturnBegan(), e.ReceiptShown(find=sale.key))
    (asked,) = visit.state.asked
    answer = SaleAnswer(state="ok", sale=sale, gone=(LineUnits(3, (0,)),))
    return visit.does(e.QuestionAnswered(id=asked.id, answer=answer))


def _chosen(visit: Any) -> Any:
    return _returning(visit).does(
        e.PieceReturned(line=4, count=1, reason="defective", waste=True),
        Choose("line", "1"),
        e.PieceReturned(line=1, count=1, reason="changed_mind"),
    )


def _paying_back(visit: Any) -> Any:
    _chosen(visit).does(OpenPage("staff_return_pay"), e.ReturnConfirmed())
    (asked,) = visit.state.asked
    assert isinstance(asked.question, SaleAsk)
    sale = visit.state.refund.sale
    held = tuple(LineUnits(one.line, (0,)) for one in asked.question.take)
    return visit.does(e.QuestionAnswered(id=asked.id, answer=SaleAnswer(state="ok", sale=sale, held=held)))


def _empties(visit: Any) -> Any:
    """A can that was scanned, two kinds that were counted, and the count of a third is being typed."""
    lane = replace(visit.state.lane, slip_begins="KD-")
    can = Item(
        "9520000000141", "Sparkling water 33 cl", Money(1190), "food", 600, "1", deposit=Money(100),
        names={"sv": "Kolsyrat vatten 33 cl"},
    )  # fmt: skip
    visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=visit.state.language)).signs_in()
    kinds = tuple(
        replace(can, gtin=f"keyed/container-{n}", name=english, names={"sv": swedish}, deposit=Money(n * 100))
        for n, english, swedish in (
            (1, "1 kr: old mark", "1 kr: äldre märke"),
            (2, "2 kr: can, small bottle", "2 kr: burk, liten flaska"),
            (3, "3 kr: large bottle", "3 kr: stor flaska"),
        )
    )
    counted = (e.PieceReturned(line=2, count=24), e.PieceReturned(line=3, count=6))
    visit.does(e.ReturnBegan(), e.EmptiesBegan(classes=kinds), *counted, e.ItemFound(item=can))
    return visit.does(Choose("line", "1"), *map(TypeKey, "12"))


def _unattended(visit: Any) -> Any:
    """The power was gone while the terminal gave the money: nobody is signed in."""
    _paying_back(visit)
    visit.does(e.CardReady(attempt=visit.attempt(), baseline="{}"))
    return visit.does(e.Restarted(lane=visit.state.lane), e.LanguageChosen(language=visit.state.language))


def _failed(visit: Any) -> Any:
    _paying_back(visit)
    return visit.does(e.CardRefused(attempt=visit.attempt(), why="busy"))


def _reversing(visit: Any) -> Any:
    """All of a card sale comes back, and the terminal can still undo the payment."""
    sale = _sold(visit)
    (paid,) = sale.tenders
    assert paid.card is not None
    sale = replace(sale, tenders=(replace(paid, card=replace(paid.card, trace="000175")),))
    visit.signs_in().does(e.ReturnBegan(), e.ReceiptShown(find=sale.key))
    (asked,) = visit.state.asked
    visit.does(e.QuestionAnswered(id=asked.id, answer=SaleAnswer(state="ok", sale=sale)))
    visit.does(*(e.PieceReturned(line=one.line, count=one.count, reason="other") for one in sale.lines))
    visit.does(OpenPage("staff_return_pay"), e.ReturnConfirmed())
    (asked,) = visit.state.asked
    held = tuple(LineUnits(one.line, tuple(range(one.count))) for one in sale.lines)
    visit.does(e.QuestionAnswered(id=asked.id, answer=SaleAnswer(state="ok", sale=sale, held=held)))
    return visit.does(e.CardReady(attempt=visit.attempt(), baseline="{}"))


def _card_needed(visit: Any) -> Any:
    _reversing(visit)
    return visit.does(e.RefundDeclined(attempt=visit.attempt(), why="declined", detail="B5"))


def _shared(visit: Any) -> Any:
    """Two baskets of other lanes beside the one that was set aside here."""
    lane = replace(visit.state.lane, parking=ParkingRule())
    visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=visit.state.language)).shops()
    visit.does(e.BasketSaved()).signs_in().does(e.BasketsListed(), OpenPage("staff_recall"))
    others = tuple(
        KeptBasket(f"k0{n}", code, n, 4_590 * n, visit.view.utc_ms) for n, code in ((2, "7QF2"), (5, "M4XK"))
    )
    (asked,) = visit.state.asked
    return visit.does(e.QuestionAnswered(id=asked.id, answer=BasketsAnswer(baskets=others)))


def _practising(visit: Any) -> Any:
    return visit.signs_in().does(e.TrainingBegan(), e.StaffSignedOut())


def _practising_phone(visit: Any) -> Any:
    lane, language = replace(visit.state.lane, tenders=("card", "qr")), visit.state.language
    visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=language))
    return _practising(visit).shops().does(e.PayPressed(), e.CardChosen(kind="qr"))


def _looked_at(visit: Any) -> Any:
    """A shopper whose basket was drawn has pressed Pay."""
    lane, language = replace(visit.state.lane, audit=AuditRule(rate_permille=1_000)), visit.state.language
    visit.does(e.Restarted(lane=lane, audit_seed="5"), e.LanguageChosen(language=language))
    return visit.shops().does(e.PayPressed())


def _looking(visit: Any) -> Any:
    return _looked_at(visit).signs_in().does(OpenPage("staff_audit"))


def _all_of_it(visit: Any, wine: e.ItemFound) -> Any:
    """Everything is scanned: one thing is in no line, some are not seen yet."""
    _looking(visit).does(e.AuditBegan())
    first = visit.state.basket.lines[0].item
    return visit.does(e.ItemFound(item=first), wine)


def _setting_up(visit: Any) -> Any:
    """A lane with many languages and quiet evenings."""
    languages = ("sv", "en", "fi", "de", "uk", "ar", "nb", "da")
    lane, language = replace(visit.state.lane, languages=languages, quiet_hours="20:00-09:00"), visit.state.language
    visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=language))
    return visit.signs_in().does(OpenPage("staff_language"))


def _rolled(visit: Any) -> Any:
    """A new roll, and its test slip has come out."""
    visit.does(e.PaperChanged(paper="out")).signs_in().does(OpenPage("staff_roll"), e.PaperChanged(paper="ok"))
    return visit.does(e.RollChanged()).does(e.ReceiptPrinted(job=visit.state.staff.roll))


def staffed_stops(wine: e.ItemFound) -> dict[str, Callable[[Any], Any]]:
    """By the name of the picture; each takes a Visit. `wine`: a thing that asks for an age."""
    return {
        "18e-paper-low": lambda v: v.shops().does(e.PaperChanged(paper="low")),
        "19b-paper-low": lambda v: v.shops().does(e.PaperChanged(paper="low"), wine, e.HelpCalled()).signs_in(),
        "19h-staff-health": lambda v: (
            v.does(e.PaperChanged(paper="low"), e.LinkChanged(up=False)).signs_in().does(OpenPage("staff_health"))
        ),
        "19j-staff-language": _setting_up,
        "19-cleaning": lambda v: v.signs_in().does(e.CleaningBegan()).waits(8_000).does(wine),
        "19-staff-roll": _rolled,
        "19-staff-lane-close": lambda v: v.signs_in().does(OpenForm("staff_lane", "close")),
        "19h-touch-away": lambda v: (
            v.does(e.Restarted(lane=replace(v.state.lane, touch=True)), e.DeviceLost(device="touch"))
            .does(e.DeviceLost(device="card_terminal", why="maintenance"))
            .signs_in()
            .does(OpenPage("staff_health"))
        ),
        "19h-staff-log": lambda v: (
            v.does(e.DeviceLost(device="card_terminal", why="unreachable"), e.LinkChanged(up=False))
            .signs_in()
            .does(OpenPage("staff_log"))
        ),
        "19-staff-recall-shared": _shared,
        "02-audit": _looked_at,
        "19b-audit": lambda v: _looked_at(v).signs_in(),
        "19-staff-audit": _looking,
        "19-staff-audit-partial": lambda v: _looking(v).does(e.AuditBegan()),
        "19-staff-audit-full": lambda v: _all_of_it(v, wine),
        "19f-staff-refund-found": _returning,
        "01-training": _practising,
        "19i-training-mode": lambda v: _practising(v).shops(),
        "11-training-card": lambda v: _practising(v).shops().does(e.PayPressed()),
        "11b-training-phone": _practising_phone,
        "19b-training": lambda v: _practising(v).signs_in(),
        "18a-paused": lambda v: v.signs_in().does(e.LanePaused(minutes=15), e.StaffSignedOut()),
        "18a-paused-why": lambda v: v.signs_in().does(e.LanePaused(minutes=15, reason="cleaning"), e.StaffSignedOut()),
        "19-staff-lane": lambda v: v.signs_in().does(OpenForm("staff_lane", "15")),
        "02-assisted-ready": lambda v: v.signs_in().does(e.AssistedBegan()),
        "02-assisted": lambda v: v.shops().signs_in().does(e.AssistedBegan()),
        "19f-staff-refund-find": lambda v: v.signs_in().does(e.ReturnBegan(), *map(TypeKey, "k02-17")),
        "19f-staff-refund": _chosen,
        "19f-staff-empties": _empties,
        "19f-staff-empties-pay": lambda v: _empties(v).does(OpenPage("staff_return_pay")),
        "19f-staff-refund-pay": lambda v: _chosen(v).does(OpenPage("staff_return_pay")),
        "19f-staff-refund-failed": _failed,
        "19f-staff-refund-reversing": _reversing,
        "19f-staff-refund-card-needed": _card_needed,
        "19f-waiting": _unattended,
        "02-assisted-age": lambda v: v.shops().signs_in().does(e.AssistedBegan(), wine),
    }
