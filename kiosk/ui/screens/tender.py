"""10 Pay: one choice. Only what works now can be chosen; what does not moves to the end and says why.

When a part is paid already the slip says what is left, and the last payment can be taken back.
"""

from typing import NamedTuple

from kiosk.checkout.events import BackPressed, BasketSaved, CardChosen, CashChosen, Event, PartChosen, TenderCancelled
from kiosk.checkout.inserting import takes_cash
from kiosk.checkout.paying import TenderBlocked, tender_blocked, working_tenders
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, room_in
from kiosk.ui.scene import Element, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import button, choice
from kiosk.ui.screens.slip_sum import sums, tender_name
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import Look, OpenPage, TurnPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money


class _Face(NamedTuple):
    """What stands on one tender's button, and what it says."""

    says: Event | Look
    name: str
    detail: str
    icon: str


def scene(state: State, view: View, words: Words) -> Scene:
    """The tenders in the lane's order, beside the sum."""
    room = room_in(state, view).paged
    zones = room.zones
    title = words.say("How do you want to pay?")
    if state.part:
        title = words.say("Pay {amount} with …", amount=words.money(state.part))
    shown = banner(state, view, words)
    working = working_tenders(state)
    below = _below(state, working, words, room)
    return Scene(
        "10-pay-choice",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, BackPressed(), words, room),
            *(paint(shown, zones.title, words, room) if shown else ()),
            *_tenders(state, view, working, below, words, room),
            *utility(state, words, room, back=True),
            *sums(state, words, room),
            *(() if room.portrait else _take_back(zones.pay, state, words, room)),
            *(() if room.portrait or state.basket.taken else _part(zones.pay, state, words, room)),
        ),
        focus=tuple(_face(tender, words).name for tender in _shown(state, view, working, below, room)),
        title=title,
    )


def _below(state: State, working: tuple[TenderKind, ...], words: Words, room: Room) -> int:
    """How many rows stand below the tenders: what is beside them where there is no room below the slip."""
    rows = bool(not working and not state.part) + bool(_is_divisible(state) and (state.basket.taken or room.portrait))
    return rows + bool(state.basket.taken and room.portrait)


def _ordered(state: State, working: tuple[TenderKind, ...]) -> tuple[TenderKind, ...]:
    return (*working, *(tender for tender in state.lane.tenders if tender not in working))


def _shown(state: State, view: View, working: tuple[TenderKind, ...], below: int, room: Room) -> tuple[TenderKind, ...]:
    """Those on this page; more than have room are turned."""
    every = _ordered(state, working)
    cells = _cells(len(every), below, room)
    if len(every) <= len(cells):
        return every
    count = len(cells) - 1
    pages = -(-len(every) // count)
    first = view.shelf_page % pages * count
    return every[first : first + count]


def _cells(count: int, below: int, room: Room) -> tuple[Rect, ...]:
    """Places for the tenders, the first higher than the others: one column, or two where one has no room for all."""
    px, touch, place = room.px, room.touch, _place(room)
    drawn = (touch(220), touch(168), px(28)) if room.portrait else (touch(138), touch(104), px(20))
    between = (touch(170), touch(136), px(24)) if room.portrait else (touch(120), touch(104), px(18))
    close = (touch(104), touch(104), max(px(16), GAP_PX))
    free = place.h - below * (close[1] + close[2])
    for first_h, high, gap in (drawn, between, close):
        if first_h + (count - 1) * (high + gap) <= free:
            first = Rect(place.x, place.y, place.w, first_h)
            under = layout.below(first) + gap
            return (first, *(Rect(place.x, under + n * (high + gap), place.w, high) for n in range(count - 1)))
    high, gap = close[1:]
    rows = max(1, (free + gap) // (high + gap))
    cells = layout.grid(Rect(place.x, place.y, place.w, rows * (high + gap) - gap), 2, rows, px(16), gap)
    if rows > 1 and count < len(cells):
        return (Rect(place.x, place.y, place.w, high), *cells[2:])
    return cells


def _place(room: Room) -> Rect:
    """The page, but for what no hand reaches."""
    page = room.zones.page
    top = max(page.y, room.top_touch)
    return Rect(page.x, top, page.w, layout.below(page) - top)


def _tenders(
    state: State, view: View, working: tuple[TenderKind, ...], below: int, words: Words, room: Room
) -> tuple[Element, ...]:
    every = _ordered(state, working)
    shown = _shown(state, view, working, below, room)
    cells = _cells(len(every), below, room)
    painted: list[Element] = []
    for tender, cell in zip(shown, cells, strict=False):
        style = "primary" if tender == every[0] else "secondary"
        face = _face(tender, words, takes_cash(state))
        painted += _tender(cell, face, tender, style, tender_blocked(state, tender), words, room)
    used = cells[: len(shown)]
    if len(shown) < len(every):
        more = cells[len(cells) - 1]
        used = (*used, more)
        painted += button(more, TurnPage(1), words.say("More choices"), room=room, icon="chevron-right")
    end = max(layout.below(cell) for cell in used)
    gap, high, place = room.px(20 if room.portrait else 16), room.touch(104), _place(room)
    rows = [Rect(place.x, end + gap + n * (high + gap), place.w, high) for n in range(below)]
    if not working and not state.part:
        painted += _way_out(rows.pop(0), words, room)
    if rows and _is_divisible(state) and (state.basket.taken or room.portrait):
        painted += _part(rows.pop(0), state, words, room)
    if rows:
        painted += _take_back(rows.pop(0), state, words, room)
    return tuple(painted)


def _way_out(place: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    """Nothing to pay with: the basket can be kept, and staff help."""
    return choice(
        place,
        BasketSaved(),
        words.say("Save basket and ask staff"),
        words.say("Nothing is lost"),
        "hand-wave-outline",
        room=room,
    )


def _take_back(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """The last payment."""
    if not state.basket.taken:
        return ()
    last = state.basket.taken[-1].tender
    name = tender_name(last.kind, words)
    text = words.say("Remove {tender} {amount}", tender=name, amount=words.money(Money(last.amount_minor)))
    return button(place, TenderCancelled(attempt=last.attempt), text, room=room, icon="undo-variant")


def _is_divisible(state: State) -> bool:
    """Whether a part can be paid first, or is being paid."""
    blocked = {tender_blocked(state, tender) for tender in state.lane.tenders}
    return bool(state.part) or "" in blocked or (not state.basket.taken and "too_much" in blocked)


def _part(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """A part first, or all of it after all."""
    if not _is_divisible(state):
        return ()
    if state.part:
        text = words.say("All of it instead")
        return button(place, PartChosen(amount=left(state.basket)), text, room=room, icon="undo-variant")
    return button(place, OpenPage("part"), words.say("Pay a part"), room=room, icon="call-split")


def _face(tender: TenderKind, words: Words, machine: bool = False) -> _Face:
    name = tender_name(tender, words)
    if tender == "gift_card":
        return _Face(OpenPage("gift_card"), name, words.say("Or voucher"), "gift-outline")
    if tender == "cash":
        how = words.say("Notes and coins, with change") if machine else words.say("Staff will take it here")
        return _Face(CashChosen(), name, how, "cash-multiple")
    if tender == "external":
        detail = words.say("Staff bring the terminal")
        return _Face(CardChosen(kind="external"), words.say("Card, with staff"), detail, "credit-card-outline")
    if tender == "qr":
        return _Face(CardChosen(kind="qr"), name, words.say("Scan with your pay app"), "qrcode-scan")
    return _Face(CardChosen(), name, words.say("Tap, insert, phone or watch"), "contactless-payment")


def _tender(
    rect: Rect, face: _Face, tender: TenderKind, style: str, blocked: TenderBlocked, words: Words, room: Room
) -> tuple[Element, ...]:
    if not blocked:
        return choice(rect, face.says, face.name, face.detail, face.icon, style=style, room=room)
    detail, why = words.say("Not possible right now"), why_not_tender(blocked, words, tender)
    return choice(rect, face.says, face.name, detail, face.icon, style=style, why_not=why, room=room)


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
