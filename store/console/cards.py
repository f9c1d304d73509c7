"""Cards: a lane as the console shows it, worked out from what the till said. Pure: pages only draw.

Two cards compare equal when nothing that anybody sees has changed, so a page draws anew only what differs.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec import UnsetType

from kiosk.wire.messages import ActAsked, NeedShown, StaffNeed
from store.console import words
from store.lanes import Lane

Tone = Literal["free", "busy", "call", "off"]
_BUSY = ("scanning", "paying", "card", "doubt", "receipt", "thanks")


class Call(msgspec.Struct, frozen=True):
    """Why staff should come."""

    why: str
    since: str
    reason: str = ""
    detail: str = ""
    facts: tuple[str, ...] = ()
    """What staff must see before they answer, line by line."""
    gtins: tuple[str, ...] = ()
    """The goods that it is about."""
    age_limit: int = 0
    seen_by: str = ""


class Card(msgspec.Struct, frozen=True):
    """One lane."""

    till: str
    title: str
    status: str
    tone: Tone
    items: str
    due: str
    calls: tuple[Call, ...]
    troubles: tuple[str, ...]
    footer: str
    mark: str
    """What a lane that sells nothing real shows; empty: it does."""
    ages: bool = False
    """Whether an age may be approved from here."""


def card_of(till: str, lane: Lane | None, now_utc_ms: int) -> Card:
    """The card of a till; of one that only the books know, when `lane` is None."""
    if lane is None or lane.state is None:
        return Card(till, f"Checkout {till}", "Not heard since the store started", "off", "", "", (), (), "", "")
    state = lane.state
    calls = tuple(
        Call(
            _call(n, state.currency),
            words.ago(n.since, now_utc_ms),
            n.reason,
            n.detail,
            *_shown(n.shown),
            seen_by=n.seen_by or "",
        )
        for n in state.staff_needed
    )
    busy = state.phase in _BUSY
    return Card(
        till=till,
        title=f"Checkout {state.number or till}",
        status=words.said(state.phase, words.PHASES) if lane.online else "Offline",
        tone="off" if not lane.online else "call" if calls else "busy" if busy else "free",
        items=("1 item" if state.items == 1 else f"{state.items} items") if busy else "",
        due=words.money(state.due_minor, state.currency) if busy else "",
        calls=calls if lane.online else (),
        troubles=tuple(_troubles(lane)),
        footer=" · ".join(_footer(lane)),
        mark="" if state.mode == "live" else state.mode.upper(),
        ages=state.console_age,
    )


def _call(need: StaffNeed, currency: str) -> str:
    reason, detail, said = need.reason, need.detail, words.said(need.reason, words.REASONS)
    if isinstance(need.act, ActAsked):
        return _asked(need.act, currency)
    if reason == "help" and detail:
        return f"{said}: {words.said(detail, words.HELP)}"
    # A receipt's detail is its job, of use to the till only.
    return f"{said} ({detail})" if detail and reason != "paper" else said


def _shown(shown: NeedShown | UnsetType) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """The facts in words, the goods, and the age limit."""
    if isinstance(shown, UnsetType):
        return (), (), 0
    facts = [f"{one.name}{f', from {one.age_limit} years' if one.age_limit else ''}" for one in shown.goods]
    if shown.expected_g is not None and shown.seen_g is not None:
        off_g = shown.seen_g - shown.expected_g
        facts.append(f"Should weigh {shown.expected_g} g, weighs {shown.seen_g} g ({off_g:+d} g)")
    if shown.scanned is not None:
        left = f", {shown.not_scanned} not found" if shown.not_scanned else ""
        facts.append(f"{shown.scanned} looked at{left}")
    if shown.found:
        facts.append(words.said(shown.found, words.FOUND))
    return tuple(facts), tuple(one.gtin for one in shown.goods), shown.age_limit


def _asked(act: ActAsked, currency: str) -> str:
    """`Bo asks for a second person: a discount, whole basket, 65.80 → 32.90 SEK (damaged)`"""
    sums = (act.was_minor, act.becomes_minor)
    known = [words.amount(minor, currency) for minor in sums if minor is not None]
    money = f"{' → '.join(known)} {currency}".strip() if known else ""
    what = ", ".join(filter(None, (words.said(act.act, words.ACTS), act.about, money)))
    return f"{act.name} asks for a second person: {what}" + (f" ({words.said(act.why, {}).lower()})" if act.why else "")


def _troubles(lane: Lane) -> Iterable[str]:
    health = lane.health
    if health is None or not lane.online:
        return
    for name, device in sorted(health.devices.items()):
        if device.status == "lost":
            yield f"{words.device(name)}: {device.why or 'lost'}"
    if health.paper not in ("", "ok"):
        yield f"Paper {words.said(health.paper, {}).lower()}"
    if health.outbox_refused:
        yield f"Refused by the store: {health.outbox_refused}"
    yield from () if isinstance(health.troubles, UnsetType) else health.troubles
    if health.clock_unsure is True:
        yield "Clock not set yet"


def _footer(lane: Lane) -> Iterable[str]:
    yield lane.till
    if lane.state is not None and lane.state.price_book:
        yield f"prices {lane.state.price_book}"
    if lane.state is not None and lane.state.software:
        yield f"software {lane.state.software}"
    if lane.health is not None and lane.health.outbox:
        yield f"{lane.health.outbox} waiting to be sent"
