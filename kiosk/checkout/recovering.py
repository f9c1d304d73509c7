"""Recovering: what Restarted means for work that was under way when the process died.

Everything in the state is on disk. What had been ordered but not answered is looked at by kind: publishing and lamps
are done again by those who own them; a receipt is printed again as a copy, since it may be on paper already; a
card authorization is enquired and never repeated; a reversal is never repeated, staff look at it; a question to the
store is asked again under its id.
"""

from msgspec.structs import replace

from kiosk.checkout import asking, card_refund, closing, fiscal, pausing, taking_over, visit
from kiosk.checkout.devices import Devices
from kiosk.checkout.doubting import enquire
from kiosk.checkout.effects import Effect, PublishEvent
from kiosk.checkout.events import Restarted
from kiosk.checkout.finishing import order
from kiosk.checkout.lane import Lane
from kiosk.checkout.notice import Intervention
from kiosk.checkout.settings import Settings
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tuning import first_language
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

REVERSAL_CUT = "the power was lost during the reversal"


def _settings(state: State, lane: Lane) -> Settings:
    """The shop's between visits. In one the shopper's, but the voice of headphones that may have been pulled waits."""
    if state.phase in (Phase.WELCOME, Phase.CLOSED):
        return lane.settings
    return replace(state.settings, voice=False) if state.devices.headphones else state.settings


def restart(state: State, event: Restarted) -> Step:
    """Back where the shopper was, with the lane as it is configured now."""
    state, begun = taking_over.begin(visit.sign_off(rebase(state, event.at)), event.takes_over)
    calls = tuple(
        i for i in state.interventions if i.reason not in ("device", "disk", "door") and i.detail != "printer"
    )
    first = first_language(event.lane.languages, state.tuning)
    state = replace(
        state,
        lane=event.lane,
        settings=_settings(state, event.lane),
        language=state.language if state.language in event.lane.languages else first,
        cleaning_tick=None,
        chain=state.chain or event.genesis,
        audit_seed=state.audit_seed or event.audit_seed,
        devices=Devices(cash_mark=state.devices.cash_mark),
        started_tick=event.at.tick_ms,
        interventions=calls,
        touched_tick=event.at.tick_ms,
        warned_tick=None,
        prompted_tick=None,
    )
    effects: list[Effect] = [*begun, PublishEvent("restarted", {"phase": state.phase.value})]
    state, more = _payment(state, event.at)
    effects += more
    state, more = _refund(state, event.at)
    effects += more
    state, more = closing.interrupted(state)
    effects += more
    state, more = _reversals(state, event.at)
    effects += more
    state, more = _receipts(state)
    effects += more
    state, more = fiscal.ask_again(state, event.at)
    effects += more
    state, more = asking.again(state, event.at)
    return state, (*effects, *more)


def rebase(state: State, now: Moment) -> State:
    """Move every deadline from the clock of the last boot to this one: the time without power does not count."""
    by = now.tick_ms - state.seen.tick_ms
    payment, signing, owed = state.payment, state.signing, bool(state.signatures.owed)
    if payment is not None:
        payment = replace(payment, since_tick=payment.since_tick + by, retry_tick=payment.retry_tick + by)
    return replace(
        state,
        phase_tick=state.phase_tick + by,
        pin_pause_until_tick=state.pin_pause_until_tick + by if state.pin_pause_until_tick else 0,
        payment=payment,
        pause=pausing.rebased(state.pause, now),
        shelf=replace(state.shelf, since_tick=state.shelf.since_tick + by) if state.shelf.kind else state.shelf,
        looked_tick=None,
        parked=tuple(replace(p, until_tick=p.until_tick + by) for p in state.parked),
        interventions=tuple(_moved(i, by) for i in state.interventions),
        signing=None if signing is None else replace(signing, since_tick=signing.since_tick + by),
        signatures=replace(state.signatures, asked_tick=state.signatures.asked_tick + by if owed else 0),
    )


def _moved(call: Intervention, by: int) -> Intervention:
    return replace(call, since_tick=call.since_tick + by, reminded_tick=call.reminded_tick + by)


def _payment(state: State, at: Moment) -> Step:
    payment = state.payment
    if payment is not None and state.phase is Phase.PAYING and payment.stage == "completed" and payment.kind == "cash":
        # The cash is in the till's books; whether the drawer opened for it, nobody saw.
        return visit.call_staff(state, "drawer", at, payment.attempt), ()
    if payment is None or payment.kind == "cash" or state.phase not in (Phase.CARD, Phase.DOUBT):
        return state, ()  # a cash machine is asked by the rule (`inserting`)
    if payment.stage == "preparing":
        # Nothing is sent before CardReady is on disk, and it is not.
        return replace(state, payment=replace(payment, stage="declined", why="interrupted", can_cancel=False)), ()
    if payment.stage in ("sent", "approved", "doubt", "unknown"):
        return enquire(state, "restarted", at)
    return state, ()


def _refund(state: State, at: Moment) -> Step:
    """Money on its way back. A return of which nothing has moved is given up by the rule: nobody is signed in."""
    payment, refund = state.payment, state.refund
    if state.phase is not Phase.RETURNING or refund is None:
        return state, ()
    if payment is not None and payment.stage == "preparing":
        state = replace(state, payment=replace(payment, stage="declined", why="interrupted", can_cancel=False))
    elif payment is not None and payment.stage in ("sent", "approved", "doubt", "unknown"):
        return card_refund.enquire(state, "restarted", at)
    if any(tender.kind == "cash" for tender in refund.tenders):
        state = visit.call_staff(state, "drawer", at, refund.tenders[-1].attempt)
    if refund.stage == "paying" and refund.tenders:
        state = visit.call_staff(state, "refund", at)
    return state, ()


def _reversals(state: State, at: Moment) -> Step:
    cut = tuple(r if r.failed else replace(r, failed=REVERSAL_CUT) for r in state.reversals)
    state = replace(state, reversals=cut)
    for reversal in cut:
        state = visit.call_staff(state, "reversal", at, reversal.attempt)
    return state, ()


def _receipts(state: State) -> Step:
    again = tuple(replace(p, copy=True) if p.state == "pending" and p.what == "receipt" else p for p in state.printing)
    kept = tuple(p for p in again if p.what in ("receipt", "shop", "slip"))
    return replace(state, printing=kept), tuple(order(p) for p in kept if p.state == "pending")
