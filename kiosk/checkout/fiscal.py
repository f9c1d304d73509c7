"""Fiscal: the second breath of a signed sale, and what happens when the signer is late (`signing` has the theory)."""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.effects import Effect, PublishEvent, SignSale
from kiosk.checkout.events import ReceiptChosen, SaleSigned, SignerFailed
from kiosk.checkout.finishing import choose
from kiosk.checkout.sale import FiscalMark, LateSignature
from kiosk.checkout.signing import marked
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

SILENT = "the signer did not answer"


def signed(state: State, event: SaleSigned) -> Step:
    """The sale is sealed with its signature."""
    signing = state.signing
    if signing is not None and event.number == signing.request.number:
        mark = FiscalMark(state.lane.signer, event.number, event.date, event.time, event.signature, event.key)
        sale = marked(signing.sale, mark, state.signatures)
        signatures = replace(state.signatures, last=event.signature, late=())
        state, effects = visit.keep(replace(state, signing=None, signatures=signatures), sale)
        return _granted(state, signing.wish, effects, event.at)
    return signed_late(state, event)


def signed_late(state: State, event: SaleSigned) -> Step:
    """An older one, sealed in an outage, has its signature at last; anything else is an answer heard twice."""
    if not state.signatures.owed or event.number != state.signatures.owed[0].number:
        return state, ()
    first, *rest = state.signatures.owed
    late = LateSignature(first.key, first.number, event.date, event.time, event.signature, event.key)
    signatures = replace(
        state.signatures,
        last=event.signature,
        owed=tuple(rest),
        late=(*state.signatures.late, late),
        asked_tick=event.at.tick_ms,
    )
    again = (SignSale(rest[0], event.signature),) if rest else ()
    return replace(state, signatures=signatures), (PublishEvent("fiscal.signed_late", {"sale": first.key}), *again)


def failed(state: State, event: SignerFailed) -> Step:
    """The shopper does not wait for a signer that says no."""
    signing = state.signing
    if signing is None or event.number != signing.request.number:
        return state, ()
    return _outage(state, event.why, event.at)


def return_signed(state: State, event: SaleSigned) -> Step:
    """The same of a return, after which the lane is free (`paying_back`)."""
    return signed(state, event)


def return_unsigned(state: State, event: SignerFailed) -> Step:
    """The same of a return."""
    return failed(state, event)


def _outage(state: State, why: str, at: Moment) -> Step:
    signing = state.signing
    assert signing is not None
    state, effects = visit.seal_unsigned(state, signing.sale, signing.request, why)
    state = replace(state, signatures=replace(state.signatures, asked_tick=at.tick_ms))
    return _granted(state, signing.wish, effects, at)


def _granted(state: State, wish: str, effects: tuple[Effect, ...], at: Moment) -> Step:
    """What the shopper has asked for while the sale was being signed; who has not asked yet has all the time for it."""
    state = replace(state, touched_tick=at.tick_ms)
    if not wish or state.phase is not Phase.RECEIPT:
        return state, effects
    state, more = choose(state, ReceiptChosen(at=at, kind=wish))  # type: ignore[arg-type]  # it was one
    return state, (*effects, *more)


def ask_again(state: State, at: Moment) -> Step:
    """After a restart: what was being signed is asked for again, under the same number."""
    signing = state.signing
    if signing is None:
        return state, ()
    return replace(state, signing=replace(signing, since_tick=at.tick_ms)), (
        SignSale(signing.request, state.signatures.last),
    )


def due(state: State) -> int | None:
    """When a silent signer is given up, or one that owes signatures is asked for the oldest of them."""
    outs = state.lane.time_outs
    if state.signing is not None:
        return state.signing.since_tick + outs.signer_ms
    if state.signatures.owed and state.lane.signer:
        return state.signatures.asked_tick + outs.signer_retry_ms
    return None


def act(state: State, at: Moment) -> Step:
    """The timer."""
    if state.signing is not None:
        return _outage(state, SILENT, at)
    oldest = state.signatures.owed[0]
    state = replace(state, signatures=replace(state.signatures, asked_tick=at.tick_ms))
    return state, (SignSale(oldest, state.signatures.last),)
