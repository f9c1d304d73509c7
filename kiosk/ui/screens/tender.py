"""10 Pay: one choice. Only what works now can be chosen; what does not moves to the end and says why.

When a part is paid already the slip says what is left, and the last payment can be taken back.
"""

from typing import NamedTuple

from kiosk.checkout.events import BackPressed, BasketSaved, CardChosen, CashChosen, Event, PartChosen, TenderCancelled
from kiosk.checkout.paying import TenderBlocked, tender_blocked, working_tenders
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left
from kiosk.ui import layout
from kiosk.ui.scene import Element, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import button, choice
from kiosk.ui.screens.slip_sum import sums, tender_name
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import Look, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_FIRST = Rect(32, 136, 712, 138)
_NEXT_Y, _NEXT_PX = 294, 124
_BELOW = Rect(32, 548, 712, 104)
_ONE_COLUMN = 4
"""So many tenders stand below each other, one less where something stands below them."""


class _Face(NamedTuple):
    """What stands on one tender's button, and what it says."""

    says: Event | Look
    name: str
    detail: str
    icon: str


def scene(state: State, view: View, words: Words) -> Scene:
    """The tenders in the lane's order, beside the sum."""
    title = words.say("How do you want to pay?")
    if state.part:
        title = words.say("Pay {amount} with …", amount=words.money(state.part))
    shown = banner(state, view, words)
    working = working_tenders(state)
    return Scene(
        "10-pay-choice",
        layout.SIZE,
        "ground",
        (
            *back("" if shown else title, BackPressed(), words),
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            *_tenders(state, working, words),
            *(_way_out(working, words) if not state.part else ()),
            *utility(state, words),
            *sums(state, words),
            *_take_back(state, words),
            *_part(state, words),
        ),
        focus=(*(_face(tender, words).name for tender in working or state.lane.tenders), words.say("Back")),
        title=title,
    )


def _tenders(state: State, working: tuple[TenderKind, ...], words: Words) -> tuple[Element, ...]:
    missing = tuple(tender for tender in state.lane.tenders if tender not in working)
    painted: list[Element] = []
    for place, tender in enumerate((*working, *missing)):
        rect = (
            _FIRST if place == 0 else _cell(place - 1, len(state.lane.tenders) > _ONE_COLUMN - bool(state.basket.taken))
        )
        style = "primary" if place == 0 else "secondary"
        painted += _tender(rect, tender, style, tender_blocked(state, tender), words)
    return tuple(painted)


def _cell(place: int, narrow: bool) -> Rect:
    """Below the first: one column, or two where a lane takes more than that has room for."""
    if not narrow:
        return Rect(32, _NEXT_Y + _NEXT_PX * place, 712, 104)
    return Rect(32 + 362 * (place % 2), _NEXT_Y + _NEXT_PX * (place // 2), 350, 104)


def _way_out(working: tuple[TenderKind, ...], words: Words) -> tuple[Element, ...]:
    """Nothing to pay with: the basket can be kept, and staff help."""
    if working:
        return ()
    return choice(
        Rect(32, 548, 712, 104),
        BasketSaved(),
        words.say("Save basket and ask staff"),
        words.say("Nothing is lost"),
        "hand-wave-outline",
    )


def _take_back(state: State, words: Words) -> tuple[Element, ...]:
    """The last payment, below the slip."""
    if not state.basket.taken:
        return ()
    last = state.basket.taken[-1].tender
    name = tender_name(last.kind, words)
    text = words.say("Remove {tender} {amount}", tender=name, amount=words.money(Money(last.amount_minor)))
    return button(layout.PAY, TenderCancelled(attempt=last.attempt), text, icon="undo-variant")


def _part(state: State, words: Words) -> tuple[Element, ...]:
    """A part first, or all of it after all; below the tenders where the last payment stands below the slip."""
    taken = state.basket.taken
    blocked = {tender_blocked(state, tender) for tender in state.lane.tenders}
    if not state.part and "" not in blocked and (taken or "too_much" not in blocked):
        return ()
    rect = _BELOW if taken else layout.PAY
    if state.part:
        text = words.say("All of it instead")
        return button(rect, PartChosen(amount=left(state.basket)), text, icon="undo-variant")
    return button(rect, OpenPage("part"), words.say("Pay a part"), icon="call-split")


def _face(tender: TenderKind, words: Words) -> _Face:
    name = tender_name(tender, words)
    if tender == "gift_card":
        return _Face(OpenPage("gift_card"), name, words.say("Or voucher"), "gift-outline")
    if tender == "cash":
        return _Face(CashChosen(), name, words.say("Staff will take it here"), "cash-multiple")
    if tender == "external":
        detail = words.say("Staff bring the terminal")
        return _Face(CardChosen(kind="external"), words.say("Card, with staff"), detail, "credit-card-outline")
    if tender == "qr":
        return _Face(CardChosen(kind="qr"), name, words.say("Scan a code with your phone"), "qrcode-scan")
    return _Face(CardChosen(), name, words.say("Tap, insert, phone or watch"), "contactless-payment")


def _tender(rect: Rect, tender: TenderKind, style: str, blocked: TenderBlocked, words: Words) -> tuple[Element, ...]:
    face = _face(tender, words)
    if not blocked:
        return choice(rect, face.says, face.name, face.detail, face.icon, style=style)
    detail = words.say("Not possible right now")
    return choice(
        rect, face.says, face.name, detail, face.icon, style=style, why_not=why_not_tender(blocked, words, tender)
    )


def why_not_tender(blocked: TenderBlocked, words: Words, tender: TenderKind = "card") -> str:
    """The sentence for a tender that cannot be chosen now."""
    match blocked:
        case "too_much":
            return words.say("The sum is too high to pay this way. Pay a part of it, or ask our staff.")
        case "too_little":
            return words.say("The sum is too small to pay this way.")
        case "store":
            return words.say("The store can’t be reached just now. Please pay another way.")
        case "paid":
            return words.say("More is paid than the basket costs. Remove a payment first.")
    if tender == "qr":
        return words.say("Paying by phone does not work just now. Please pay another way.")
    return words.say("The card terminal does not answer. Please ask our staff.")
