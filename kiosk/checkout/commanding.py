"""Commanding: what the console wants of the lane, done as if its person stood here, once.

A command has an id, a person and an end. The lane looks the person up in its own list of staff, so nobody gets a right
by writing it into a message; it does nothing after the end, or on a clock that is not set; and it remembers what became
of the last commands, so that one that comes again (the store repeats it until it hears) is answered the same and not
done twice, over a power cut too. What the person may not do alone at the lane they may not do from afar either.

An age is looked at by eyes. Whoever hands wine over must be sure of the age (Sweden: in person liable; Public Health
Agency, `Regler för näringsidkare som säljer folköl`), and see who is drunk (Norway: Directorate of Health's letter on
self-checkouts, January 2020). So from the console an age is only approved where the shop says that its people see the
lane from there (`[staff] console_age`), and then by the looks, so never at a limit that nobody looks old enough for; it
is refused from anywhere. Whoever approves it says each time that they see the shopper, and a country may forbid it to
all its shops (`remote_age` in the pack). Money in hands, a payment in doubt and a return stay at the lane; but what
somebody there asks a second person for (`approving`) may be allowed or refused from here, by whoever has that right.
Not what every cashier may: that is looked at, or taken in hand, by whoever stands there.

A drawer opens only for somebody who is signed in at the lane: what lies in it is in nobody's sight otherwise. Whoever
takes a call in hand is named to the shopper who waits; a call that nobody takes the store makes `urgent`, which is no
act of a person and only the lamp's business.

A restart waits until nobody is served and no money is under way, and follows another only after a while: who starts
too often is taken for broken by systemd, and left dark. A change of the lane's settings is fetched at once and waits
for such a moment by itself: its restart is nobody's order.
"""

from collections.abc import Callable
from typing import Any, get_args

from msgspec.structs import replace

from kiosk.checkout import (
    approving,
    assisting,
    auditing,
    bagging,
    closing,
    desk,
    leaving,
    pausing,
    permitting,
    taking_cash,
    training,
)
from kiosk.checkout import events as e
from kiosk.checkout.effects import Effect, FetchChange, PublishEvent, RestartLane, ShowBasket, TellLog, TellResult
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import age_needed
from kiosk.checkout.rights import may, right_for
from kiosk.checkout.state import Commanded, Phase, Staff, State
from kiosk.checkout.visit import Step
from kiosk.values.money import Money

REMEMBERED = 64
LONGEST_TEXT = 120
"""Characters of a message: two lines of the banner."""
RESTART_REST_MS = 60_000
"""So long after its start the lane does not start again: five starts in two minutes would be a loop to systemd."""
MOST_LINES = 2_000
"""Of an excerpt of the log."""
LEVELS = ("", "warning", "error")
"""From which on; empty: all."""
_NOTHING = "there is nothing to do: the lane has moved on"
_SET_UTC_MS = 1_700_000_000_000
"""November 2023: a clock that stands before this was never set."""

Act = tuple[e.Event, Callable[[State, Any], Step]]
Done = tuple[State, tuple[Effect, ...], str]
"""The lane after it, what is to be done, and why it was not done."""


def come(state: State, event: e.CommandCame) -> Step:
    """Done, or refused in words; told either way."""
    known = next((one for one in state.commanded if one.id == event.id), None)
    if known is not None:
        return state, (TellResult(known.id, known.why),)
    state, effects, why = _tried(state, event)
    state = replace(state, commanded=(*state.commanded, Commanded(event.id, why))[-REMEMBERED:])
    data = {"id": event.id, "kind": event.kind, "by": event.staff, "reason": event.text, "why": why}
    return state, (
        *effects,
        PublishEvent("command.refused" if why else "command.done", data),
        TellResult(event.id, why),
    )


def _tried(state: State, event: e.CommandCame) -> Done:
    if not event.role and event.kind != "urgent":
        return state, (), "this lane knows nobody by that id"
    if event.at.utc_ms < _SET_UTC_MS:
        return state, (), "the clock of this lane is not set"
    if event.at.utc_ms >= event.expires_utc_ms:
        return state, (), "it came too late"
    if event.kind in _OF_ITS_OWN:
        needed, do = _OF_ITS_OWN[event.kind]
        return do(state, event) if not needed or may(event.role, needed) else (state, (), _may_not(event))
    act, why = _act(state, event)
    if act is None:
        return state, (), why
    right = right_for(act[0], state.basket, state.lane.staff_limits, state.refund)
    if right is not None and not may(event.role, right):
        return state, (), _may_not(event)
    return _as_if_here(state, event, act)


def _may_not(event: e.CommandCame) -> str:
    return f"{'an' if event.role == 'operator' else 'a'} {event.role} may not do that"


def _as_if_here(state: State, event: e.CommandCame, act: Act) -> Done:
    """The handler of the act, with the person of the command signed in for this one step."""
    here, before, notes = state.staff, state, len(state.basket.cleared)
    person = Staff(event.staff, event.name, event.role, event.at.tick_ms)
    state, effects = act[1](replace(state, staff=person), act[0])
    if replace(state, staff=here, notice=before.notice) == before and not _reports(effects):
        too_much = state.notice != before.notice and state.notice == Notice("paid_part")
        return before, (), "more is paid already than it would cost then" if too_much else _NOTHING
    cleared = state.basket.cleared
    afar = (*cleared[:notes], *(replace(one, where="console") for one in cleared[notes:]))
    basket = replace(state.basket, cleared=afar)
    kept = here if state.training is before.training else state.staff and here
    return replace(state, staff=kept, basket=basket), effects, ""


def _reports(effects: tuple[Effect, ...]) -> bool:
    return any(isinstance(effect, PublishEvent) for effect in effects)


def _act(state: State, event: e.CommandCame) -> tuple[Act | None, str]:
    """What is meant, as the event that it would be at the lane; None and why not."""
    at = event.at
    match event.kind:
        case "approve" | "deny":
            return _about(state, event)
        case "open":
            return (e.LaneOpened(at=at), assisting.open_lane), ""
        case "close":
            return (e.LaneClosed(at=at), assisting.close_lane), ""
        case "pause":
            if state.phase is not Phase.WELCOME:
                return None, "a pause begins between two visits"
            return (e.LanePaused(at=at, minutes=event.minutes), pausing.pause), ""
        case "drawer":
            if state.staff is None:
                return None, "the drawer opens only while somebody is signed in at the lane"
            return (e.DrawerAsked(at=at), taking_cash.open_drawer), ""
        case "training" if event.on:
            if state.training is not None or state.phase not in (Phase.WELCOME, Phase.CLOSED):
                return None, "training begins between two visits"
            return (e.TrainingBegan(at=at), training.begin), ""
        case "training":
            if state.training is None:
                return None, "nobody practises here"
            return (e.TrainingEnded(at=at), training.leave), ""
        case "price":
            return _price(state, event)
    return None, f"this lane knows no {event.kind}"


def _about(state: State, event: e.CommandCame) -> tuple[Act | None, str]:
    """An intervention that waits here, by its reason and detail."""
    at, yes = event.at, event.kind == "approve"
    if event.reason == "approval":
        return _second(state, event)
    if not any(i.reason == event.reason and event.detail in ("", i.detail) for i in state.interventions):
        return None, _NOTHING
    match event.reason, yes:
        case "age", True:
            if not state.lane.staff_limits.console_age:
                return None, "an age is checked at the lane"
            if not event.sees:
                return None, "an age is approved by somebody who sees the shopper: say so"
            if age_needed(state) >= state.lane.age_limit_clear:
                return None, "by the looks nobody is old enough: look at the ID at the lane"
            return (e.AgeApproved(at=at, how="clear"), assisting.approve_age), ""
        case "age", False:
            return (e.AgeRefused(at=at), assisting.refuse_age), ""
        case "help", True:
            return (e.HelpCleared(at=at), assisting.clear_help), ""
        case "audit", True:
            return (e.AuditSkipped(at=at, reason="console"), auditing.skip), ""
        case "gate", _:
            return (e.GateAsked(at=at, open=yes), leaving.answer), ""
        case "bag", True:
            return (e.BagAccepted(at=at), bagging.accept), ""
        case "item", _ if state.phase is not Phase.SCANNING:
            return None, _NOTHING
        case "item", True:
            return (e.ItemAllowed(at=at), permitting.allow), ""
        case "item", False:
            return (e.ItemDenied(at=at), permitting.deny), ""
    return None, "that is settled at the lane"


def _second(state: State, event: e.CommandCame) -> tuple[Act | None, str]:
    """The act that waits for a second person: allowed as if they had come, or not. Their right is its right."""
    asked, first = state.approval, state.staff
    if asked is None or first is None or event.detail != approving.name_of(asked, first):
        return None, _NOTHING
    if asked.right == "assist":
        return None, "that is settled at the lane"
    why, yes = " ".join(event.text.split()), event.kind == "approve"
    return (asked.event, lambda here, _: approving.from_afar(here, why, first, yes=yes)), ""


def _price(state: State, event: e.CommandCame) -> tuple[Act | None, str]:
    """Another price of one line, known by visit, number and product: the basket may be somebody else's by now."""
    basket = state.basket
    there = any(one.line == event.line and one.item.gtin == event.detail for one in basket.lines)
    if state.phase is not Phase.SCANNING or not there or basket.started_utc_ms != event.started_utc_ms:
        return None, "the basket is another now"
    if not 0 <= event.price_minor <= desk.MOST_MINOR:
        return None, "nothing has such a price"
    if event.reason not in get_args(e.Reason):
        return None, "a price is changed for a reason"
    price = Money(event.price_minor)
    return (e.PriceChanged(at=event.at, line=event.line, price=price, reason=event.reason), desk.change_price), ""  # type: ignore[arg-type]  # one of Reason


def why_not_restart(state: State, tick_ms: int) -> str:
    """Why the lane may not start anew at this moment; empty: it may. Nothing under way would be lost, but nobody shall
    wait for a lane that could have waited for them."""
    if state.training is not None:
        return "somebody practises here"
    if not closing.is_quiet(state):
        return "somebody is served, or money is under way"
    if any(one.state == "pending" for one in state.printing):
        return "something is being printed"
    if tick_ms - state.started_tick < RESTART_REST_MS:
        return "it has only just started"
    return ""


def _restart(state: State, event: e.CommandCame) -> Done:
    why = why_not_restart(state, event.at.tick_ms)
    return state, () if why else (RestartLane(),), why


def _configure(state: State, event: e.CommandCame) -> Done:
    """The lane gets it and looks at it; it is tried when nobody is served."""
    if not event.detail:
        return state, (), "it names no change"
    return state, (FetchChange(event.detail),), ""


def _log(state: State, event: e.CommandCame) -> Done:
    """Only looked at; that somebody did is reported."""
    if not 0 < event.lines <= MOST_LINES or event.detail not in LEVELS:
        return state, (), f"an excerpt has 1 to {MOST_LINES} lines, of all levels or of {', '.join(LEVELS[1:])}"
    return state, (TellLog(event.id, event.lines, event.since_utc_ms, event.detail),), ""


def _coming(state: State, event: e.CommandCame) -> Done:
    """Somebody is on their way: to all that waits here, for whoever comes sees to all of it."""
    if not state.interventions:
        return state, (), _NOTHING
    calls = tuple(replace(one, seen_by=event.name, urgent=False) for one in state.interventions)
    return replace(state, interventions=calls), (PublishEvent("help.coming", {"by": event.staff}),), ""


def _urgent(state: State, event: e.CommandCame) -> Done:
    """Nobody has taken it in hand."""
    calls = tuple(
        replace(one, urgent=True) if one.reason == event.reason and not one.seen_by else one
        for one in state.interventions
    )
    if calls == state.interventions:
        return state, (), _NOTHING
    return replace(state, interventions=calls), (PublishEvent("help.urgent", {"reason": event.reason}),), ""


def _basket(state: State, event: e.CommandCame) -> Done:
    """Only looked at."""
    return state, (ShowBasket(),), ""


def _message(state: State, event: e.CommandCame) -> Done:
    """Shown in the banner until the shopper's next act."""
    text = " ".join(event.text.replace("*", "").split())
    if not 0 < len(text) <= LONGEST_TEXT or not text.isprintable():
        return state, (), f"a message has 1 to {LONGEST_TEXT} characters"
    if state.phase in (Phase.WELCOME, Phase.CLOSED):
        return state, (), "nobody is served here to read it"
    return replace(state, notice=Notice("message", text)), (PublishEvent("message.shown", {"by": event.staff}),), ""


_OF_ITS_OWN: dict[str, tuple[str, Callable[[State, e.CommandCame], Done]]] = {
    "message": ("", _message),
    "basket": ("assist", _basket),
    "coming": ("", _coming),
    "urgent": ("", _urgent),
    "restart": ("machine", _restart),
    "configure": ("configure", _configure),
    "log": ("machine", _log),
}
"""What is no act of somebody at the lane: the right that it needs, if any, and what it does."""
