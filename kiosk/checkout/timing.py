"""Timing: everything that happens because nothing happened. Pure: deadlines are ticks in the state, never a clock.

Each Timer says when it is due in this state (None: not running) and what it does. The loop sleeps until `deadline_ms`
and then says TimePassed; all timers that are due act, in the order of the table (DESIGN-UI, section 6).
"""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.checkout import (
    answers,
    bagging,
    card_refund,
    cleaning,
    fiscal,
    heeding,
    inserting,
    mailing,
    membership,
    parking,
    pausing,
    refunding,
    visit,
)
from kiosk.checkout.asking import is_asking
from kiosk.checkout.doubting import ask_again
from kiosk.checkout.effects import Beep, Effect, PublishEvent
from kiosk.checkout.events import ReceiptChosen, TimePassed
from kiosk.checkout.finishing import choose
from kiosk.checkout.lights import paid_ends
from kiosk.checkout.paying import is_settling
from kiosk.checkout.questions import EmailAsk
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tuning import first_language
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

_LOADED_G = 50
_AWAITED = ("age", "help", "bag", "cash", "external", "signature", "audit", "payout")
"""What a shopper waits for, at the lane."""
MORE_TIMES = 10
"""`Give me more time` makes a shopper's time-outs so many times as long: what WCAG 2.2 asks for at least (2.2.1, Timing
Adjustable). Not for ever, or a lane that somebody walked away from would never be free again."""
CARD_LEFT_MS = 60_000
"""So long goodbye waits for whoever left a card in the terminal."""
LAST_CALL_MS = 10_000
"""So long before 17 ends it is heard once more (DESIGN-UI 2.7)."""


class Timer(NamedTuple):
    """One rule of waiting."""

    name: str
    due: Callable[[State], int | None]
    act: Callable[[State, Moment], Step]


def _waits_for_staff(state: State, reasons: tuple[str, ...] = _AWAITED) -> bool:
    """Staff are on their way to this shopper, or here: nothing is taken away meanwhile. Who serves needs no time."""
    return (state.staff is not None and not state.assisted) or any(i.reason in reasons for i in state.interventions)


def _idle_due(state: State) -> int | None:
    outs = state.lane.time_outs
    if is_settling(state):
        return None  # money is on its way to the disk: the visit waits for it, however long that takes
    if state.warned_tick is not None:
        return state.warned_tick + outs.still_there_ms
    if state.assisted or _waits_for_staff(state):
        return None
    times = MORE_TIMES if state.more_time else 1
    if state.phase is Phase.SCANNING:
        return state.touched_tick + times * (outs.scanning_ms if state.basket.lines else outs.empty_ms)
    if state.phase is Phase.PAYING:
        return state.touched_tick + times * outs.paying_ms
    if inserting.is_open(state):
        return state.touched_tick + times * outs.paying_ms
    if state.phase is Phase.CARD and state.payment is not None and state.payment.stage == "declined":
        return state.touched_tick + times * outs.declined_ms
    return None


def _idle_act(state: State, at: Moment) -> Step:
    if not state.basket.lines:
        return visit.end(state), ()
    if inserting.is_open(state):
        return inserting.leave(state, at)
    if state.warned_tick is None:
        return replace(state, warned_tick=at.tick_ms), (Beep("countdown"),)
    return visit.park(state, at, somebody=False)


def _last_call_due(state: State) -> int | None:
    """Shortly before the basket is taken away; once, because the state has seen nothing so late yet."""
    if state.warned_tick is None:
        return None
    due = state.warned_tick + state.lane.time_outs.still_there_ms - LAST_CALL_MS
    return due if state.seen.tick_ms < due else None


def _last_call_act(state: State, at: Moment) -> Step:
    return replace(state, seen=at), (Beep("countdown"),)


def _paid_act(state: State, at: Moment) -> Step:
    """The light tower has said it for long enough."""
    return replace(state, seen=at), ()


def receipt_closes(state: State) -> int | None:
    """The tick at which the receipt is put away unasked; None: not by itself."""
    waits = state.signing is not None or is_asking(state, EmailAsk)
    if state.phase is not Phase.RECEIPT or waits or _waits_for_staff(state):
        return None
    outs = state.lane.time_outs
    times = MORE_TIMES if state.more_time else 1
    return state.touched_tick + times * (outs.receipt_qr_ms if state.receipt in ("qr", "typing") else outs.receipt_ms)


def _receipt_act(state: State, at: Moment) -> Step:
    state = replace(state, touched_tick=at.tick_ms)  # goodbye has its whole time, or its exit code would not be seen
    if state.receipt == "qr":
        return replace(state, phase=Phase.THANKS), ()
    if any(p.state == "failed" and p.sale == state.sale for p in state.printing):
        return replace(state, phase=Phase.THANKS), ()
    return choose(state, ReceiptChosen(at=at, kind="none"))


def _standing_due(state: State) -> int | None:
    """A member who has chosen once and for all is not asked on 14a."""
    return state.phase_tick if state.standing and state.phase is Phase.RECEIPT and not state.receipt else None


def _standing_act(state: State, at: Moment) -> Step:
    kind = state.standing
    assert kind
    if kind == "email":
        return mailing.for_member(replace(state, standing=""), at)
    return choose(replace(state, standing=""), ReceiptChosen(at=at, kind=kind))


def _thanks_due(state: State) -> int | None:
    """A call for help does not hold goodbye: it needs no shopper, and the next one needs the lane."""
    if state.phase is not Phase.THANKS or _waits_for_staff(state, tuple(r for r in _AWAITED if r != "help")):
        return None
    if state.sign_up == "begun":
        return state.touched_tick + state.lane.time_outs.scanning_ms
    if state.devices.card_left:
        return max(state.touched_tick, state.phase_tick) + CARD_LEFT_MS
    # With the bags still on the shelf, goodbye stays twice as long.
    loaded = state.shelf.seen_g >= _LOADED_G
    return state.touched_tick + state.lane.time_outs.thanks_ms * (2 if loaded else 1)


def _thanks_act(state: State, at: Moment) -> Step:
    """Goodbye is over; a call for help stays open for staff."""
    ended, helps = visit.end(state), tuple(i for i in state.interventions if i.reason == "help")
    return replace(ended, interventions=(*ended.interventions, *helps)), ()


def _unanswered_due(state: State) -> int | None:
    """Called, after all was paid, and nobody came: the shopper has long gone, and what is known of them goes too."""
    if state.phase not in (Phase.RECEIPT, Phase.THANKS) or state.staff is not None or not _waits_for_staff(state):
        return None
    return None if state.signing is not None else state.touched_tick + state.lane.time_outs.parked_ms


def _unanswered_act(state: State, at: Moment) -> Step:
    return visit.end(state), ()


def _staff_due(state: State) -> int | None:
    if state.staff is None or (state.phase is Phase.RETURNING and state.payment is not None):
        return None  # whoever pays back waits for the terminal
    served_ms = state.lane.staff_limits.assisted_timeout_ms
    return state.staff.active_tick + (served_ms if state.assisted else state.lane.time_outs.staff_ms)


def _staff_act(state: State, at: Moment) -> Step:
    return refunding.follow(replace(visit.sign_off(state), touched_tick=at.tick_ms))


def _badge_due(state: State) -> int | None:
    return state.badge.shown_tick + state.lane.time_outs.staff_ms if state.badge is not None else None


def _badge_act(state: State, at: Moment) -> Step:
    return replace(state, badge=None), ()


def _unknown_due(state: State) -> int | None:
    if state.payment is not None and state.payment.stage == "unknown":
        return state.payment.retry_tick
    return None


def _unknown_act(state: State, at: Moment) -> Step:
    return card_refund.ask_again(state, at) if state.phase is Phase.RETURNING else ask_again(state, at)


def _reminder_due(state: State) -> int | None:
    ticks = [i.reminded_tick for i in state.interventions if i.reason == "age"]
    return min(ticks) + state.lane.time_outs.age_reminder_ms if ticks else None


def _reminder_act(state: State, at: Moment) -> Step:
    calls = tuple(replace(i, reminded_tick=at.tick_ms) if i.reason == "age" else i for i in state.interventions)
    return replace(state, interventions=calls), (PublishEvent("intervention.reminder", {"reason": "age"}),)


def _drawer_due(state: State) -> int | None:
    if not state.devices.drawer_open or any(i.reason == "drawer" for i in state.interventions):
        return None
    return state.devices.drawer_tick + state.lane.time_outs.drawer_ms


def _drawer_act(state: State, at: Moment) -> Step:
    return visit.call_staff(state, "drawer", at), (Beep("attention"), PublishEvent("drawer.left_open", {}))


def _forsaken_due(state: State) -> int | None:
    """Somebody chose a language or a look on the welcome screen and went: the next one begins with the shop's."""
    if state.phase is not Phase.WELCOME or state.prompt or state.training is not None:
        return None
    if state.staff is not None or state.assisted or state.interventions:
        return None
    usual = (first_language(state.lane.languages, state.tuning), visit.first_settings(state), False)
    if (state.language, state.settings, state.more_time) == usual:
        return None
    return state.touched_tick + (MORE_TIMES if state.more_time else 1) * state.lane.time_outs.scanning_ms


def _forsaken_act(state: State, at: Moment) -> Step:
    return visit.end(state), ()


TIMERS = (
    Timer("staff", _staff_due, _staff_act),
    Timer("badge", _badge_due, _badge_act),
    Timer("idle", _idle_due, _idle_act),
    Timer("last call", _last_call_due, _last_call_act),
    Timer("look again", heeding.due, heeding.ask_again),
    Timer("paid light", paid_ends, _paid_act),
    Timer("receipt", receipt_closes, _receipt_act),
    Timer("thanks", _thanks_due, _thanks_act),
    Timer("unanswered", _unanswered_due, _unanswered_act),
    Timer("unknown", _unknown_due, _unknown_act),
    Timer("parked", parking.over_due, parking.over_act),
    Timer("forsaken", _forsaken_due, _forsaken_act),
    Timer("reminder", _reminder_due, _reminder_act),
    Timer("signer", fiscal.due, fiscal.act),
    Timer("member", membership.shown_due, membership.shown_act),
    Timer("standing receipt", _standing_due, _standing_act),
    Timer("silent store", answers.silent_due, answers.silent_act),
    Timer("look for baskets", parking.look_due, parking.look_act),
    Timer("shelf", bagging.prompt_due, bagging.show_prompt),
    Timer("shelf call", bagging.staff_due, bagging.call),
    Timer("drawer", _drawer_due, _drawer_act),
    Timer("pause", pausing.over, pausing.reopen),
    Timer("cleaning", cleaning.over, cleaning.end),
)


def deadline_ms(state: State) -> int | None:
    """The tick at which TimePassed is wanted; None while nothing waits."""
    return min((due for timer in TIMERS if (due := timer.due(state)) is not None), default=None)


def pass_time(state: State, event: TimePassed) -> Step:
    """Every timer that is due acts once; one that is due again at once (a second parked basket) acts again."""
    effects: tuple[Effect, ...] = ()
    for timer in TIMERS:
        while (due := timer.due(state)) is not None and due <= event.at.tick_ms:
            before = state
            state, more = timer.act(state, event.at)
            effects = (*effects, *more)
            assert state != before, f"the timer {timer.name} does not move on"
    return state, effects
