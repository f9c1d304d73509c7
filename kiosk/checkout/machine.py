"""The checkout: `step(state, event) -> (state, effects)`, a pure function.

Theory. A visit is in one of nine phases. TABLE gives every pair of phase and event type its handler, or the reason
why it is ignored there; there is no third case, and a test counts the cells. A handler knows only its own moment.
What holds at every moment is added here, around the handler, by rules that are functions of the old and the new state:

- a shopper's act is a sign of life: it clears the banner and the `Are you still there?`; what staff do gives the
  shopper as much time again, since nobody touches the screen while staff stand before it;
- an act that needs a right which its person lacks waits for a second person (`approving`);
- a lane whose needed device is away is out of order between visits, and opens by itself;
- on a day with other tax rates the basket bears those (`taxing`);
- the bagging shelf expects what the basket has, and a disagreement of the two has its name (`bagging`);
- a return that is sealed is printed, one that nobody is signed in for any more is given up (`refunding`);
- who goes back to scanning is asked again about rounding up (`charity`), and about bags if there was no answer;
- a coupon that leaves the basket unused is let go (`couponing`);
- a cash machine that is back is asked what it did, and pays out one thing after the other (`inserting`);
- another day has other lots, and whoever is served waits for no look (`audit`);
- a machine that took another's place learns what that one's terminal took last (`taking_over`);
- an open door of the kiosk has somebody signed in, or called to it (`doors`);
- who has paid may leave by the exit gate (`leaving`);
- a scale that works out prices is told what is weighed (`weighing`);
- what staff try is heard by them, not by the shop (`trying_parts`);
- while the screen is cleaned, no hand does anything (`cleaning`);
- while somebody practises, all of this happens to a copy of the lane (`training`);
- who was asked by ear to look, and has not, is asked once more (`heeding`); sounds are as shopper and staff want them;
- the light tower follows the state; interventions that opened or ended are reported.

Because `step` runs before anything is written, an event that crashes it never reaches the disk.
"""

from msgspec.structs import replace

from kiosk.checkout import (
    approving,
    audit,
    bagging,
    card_loading,
    carrier_bags,
    charity,
    cleaning,
    closing,
    couponing,
    doors,
    heeding,
    inserting,
    leaving,
    part,
    paying_back,
    refunding,
    taking_over,
    taxing,
    training,
    trying_parts,
    weighing,
)
from kiosk.checkout import events as e
from kiosk.checkout.conditions import open_or_close
from kiosk.checkout.effects import Effect, PublishEvent
from kiosk.checkout.lane import Lane
from kiosk.checkout.lights import tower
from kiosk.checkout.state import Phase, State
from kiosk.checkout.table import SHOPPER, STAFF, TABLE, Ignored
from kiosk.checkout.training import deadline_ms

_HANDS = (*SHOPPER, *STAFF, e.SettingsChosen, e.BadgeShown, e.BadgeUnknown)
"""What only hands do, at the screen or the scanner."""

__all__ = ["blank", "deadline_ms", "step"]


def blank(lane: Lane) -> State:
    """A lane that has never sold; its first event is Restarted."""
    return State(lane=lane, phase=Phase.WELCOME, language=lane.languages[0], open_from=(1, 1))


def step(state: State, event: e.Event) -> tuple[State, tuple[Effect, ...]]:
    """What the shop remembers after this event, and what is to be done when the event is on disk."""
    return _turn(state, event) if state.training is None else training.step(_turn, state, event)


def _turn(state: State, event: e.Event) -> tuple[State, tuple[Effect, ...]]:
    before = state
    state = taxing.of_the_day(_sign_of_life(state, event), event.at)
    state, effects = _handled(state, event)
    if state.approval is not None and state.approval.by is not None:
        cell = TABLE[state.phase, type(state.approval.event)]
        state, more = approving.in_both_names(state, event.at, None if isinstance(cell, Ignored) else cell)
        effects = (*effects, *more)
    state, taught = bagging.follow(before, state, event)
    effects = (*effects, *taught)
    effects = (*effects, *couponing.let_go(before, state), *card_loading.let_go(before, state))
    state, more = inserting.follow(before, state, event)
    effects = (*effects, *more)
    state = part.follow(card_loading.follow(before, charity.follow(carrier_bags.follow(state))))
    state, more = paying_back.follow(state, effects)
    effects = (*effects, *more)
    state, more = refunding.follow(state)
    effects = (*effects, *more)
    state, more = taking_over.follow(state, event)
    effects = (*effects, *more)
    state, more = audit.follow(state, event.at)
    effects = (*effects, *more)
    state, more = doors.follow(open_or_close(state), event.at)
    effects = (*effects, *more)
    if state.phase is not before.phase:
        state = replace(
            state, phase_tick=event.at.tick_ms, touched_tick=event.at.tick_ms, warned_tick=None, approval=None
        )
    elif _is_declined(state) and not _is_declined(before):
        # However long the card took: the shopper's time to read the answer begins with it.
        state = replace(state, touched_tick=event.at.tick_ms, warned_tick=None)
    state = heeding.follow(before, replace(state, seen=event.at), effects, event.at)
    state, closed = closing.follow(leaving.follow(state, effects, event.at), effects, event.at)
    effects = (*heeding.as_wanted(state, effects), *closed)
    effects = (*effects, *weighing.follow(before, state, event))
    return _numbered(state, (*effects, *_lights(before, state, event), *_interventions(before, state)))


def _handled(state: State, event: e.Event) -> tuple[State, tuple[Effect, ...]]:
    """What the table says, unless whoever is signed in may not do it alone."""
    if state.cleaning_tick is not None and isinstance(event, _HANDS):
        return cleaning.keep_off(state, event)
    tried = trying_parts.heard(state, event)
    if tried is not None:
        return tried
    cell = TABLE[state.phase, type(event)]
    if isinstance(cell, Ignored):
        return state, ()
    right = approving.missing(state, event)
    return approving.ask(state, event, right) if right else cell(state, event)


def _is_declined(state: State) -> bool:
    return state.payment is not None and state.payment.stage == "declined"


def _sign_of_life(state: State, event: e.Event) -> State:
    if state.staff is not None and (isinstance(event, STAFF) or (_is_theirs(state) and isinstance(event, SHOPPER))):
        state = replace(state, staff=replace(state.staff, active_tick=event.at.tick_ms))
    if isinstance(event, SHOPPER):
        # A touch of staff on the way back to the shopper must not take the news away that it is for.
        notice = state.notice if state.staff is not None and isinstance(event, e.Touched) else None
        state = replace(state, notice=notice)
    if isinstance(event, SHOPPER + STAFF):
        asks = state.warned_tick is not None and isinstance(event, e.Touched) and event.looking
        warned_tick = event.at.tick_ms if asks else None
        state = replace(state, touched_tick=event.at.tick_ms, warned_tick=warned_tick)
    return state


def _is_theirs(state: State) -> bool:
    """Whether what is scanned is scanned by staff."""
    return state.assisted or state.look is not None


def _lights(before: State, after: State, event: e.Event) -> tuple[Effect, ...]:
    shown = tower(after)
    if shown == tower(before) and not isinstance(event, e.Restarted | e.DeviceFound):
        return ()
    return (shown,)


def _interventions(before: State, after: State) -> tuple[Effect, ...]:
    was = {(i.reason, i.detail) for i in before.interventions}
    now = {(i.reason, i.detail) for i in after.interventions}
    opened = tuple(
        PublishEvent("intervention.opened", {"reason": i.reason, "detail": i.detail})
        for i in after.interventions
        if (i.reason, i.detail) not in was
    )
    cleared = tuple(
        PublishEvent("intervention.cleared", {"reason": i.reason, "detail": i.detail})
        for i in before.interventions
        if (i.reason, i.detail) not in now
    )
    return (*opened, *cleared)


def _numbered(state: State, effects: tuple[Effect, ...]) -> tuple[State, tuple[Effect, ...]]:
    """Give every report its number, which is its id for ever."""
    numbered: list[Effect] = []
    for effect in effects:
        if isinstance(effect, PublishEvent):
            state = replace(state, reports=state.reports + 1)
            effect = replace(effect, n=state.reports)
        numbered.append(effect)
    return state, tuple(numbered)
