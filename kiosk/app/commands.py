"""Commands: what the store's console orders, on its way to the checkout, and what became of it on the way back.

A command's person is looked up in the lane's own list of staff: what the message says of them is only their id. What
cannot be read is refused at once and never becomes an event. An update never does (`updating`), and is read here too.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import get_args

from kiosk.app.update_order import Order
from kiosk.checkout.events import CommandCame, CommandKind
from kiosk.checkout.rights import may
from kiosk.storage.price_book import StaffMember
from kiosk.wire.messages import Command

KINDS: tuple[str, ...] = get_args(CommandKind)
_TEXT = ("reason", "detail", "text")
_NUMBERS = (
    "minutes",
    "line",
    "price_minor",
    "started_utc_ms",
    "lines",
    "since_utc_ms",
)
_LONGEST, _MOST = 200, 1 << 53
_SET_UTC_MS = 1_700_000_000_000
"""November 2023: a clock that stands before this was never set."""


def came(command: Command, staff: Callable[[], Iterable[StaffMember]]) -> CommandCame | str:
    """The event; or why this lane cannot do it, in words."""
    if command.kind not in KINDS:
        return f"this lane knows no {command.kind[:20]}"
    expires = _moment(command.expires)
    if expires is None:
        return "its end is no time"
    told = {name: command.data.get(name, "") for name in _TEXT}
    numbers = {name: command.data.get(name, 0) for name in _NUMBERS}
    on, sees = command.data.get("on", True), command.data.get("sees", False)
    if not all(isinstance(text, str) and len(text) <= _LONGEST for text in told.values()):
        return "what it says is too long, or no text"
    if not all(type(number) is int and abs(number) <= _MOST for number in numbers.values()):
        return "what it says cannot be read"
    if type(on) is not bool or type(sees) is not bool:
        return "what it says cannot be read"
    person = next((one for one in staff() if one.id == command.staff), None)
    return CommandCame(
        id=command.id[:64],
        kind=command.kind,  # type: ignore[arg-type]  # one of KINDS
        staff=command.staff[:32],
        name=person.name if person is not None else "",
        role=person.role if person is not None else "",
        expires_utc_ms=expires,
        on=on,
        sees=sees,
        **told,
        **numbers,
    )


def ordered(command: Command, staff: Callable[[], Iterable[StaffMember]], now_utc_ms: int) -> Order | str:
    """An update, of somebody who may look after machines; or why not, in words. An empty version takes it back."""
    expires = _moment(command.expires)
    texts = {name: command.data.get(name, "") for name in ("version", "sha256")}
    numbers = {name: command.data.get(name, 0) for name in ("size", "not_before_utc_ms", "not_after_utc_ms")}
    if not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts.values()):
        return "what it says cannot be read"
    if not all(type(number) is int and 0 <= number <= _MOST for number in numbers.values()):
        return "what it says cannot be read"
    person = next((one for one in staff() if one.id == command.staff), None)
    if person is None:
        return "this lane knows nobody by that id"
    if not may(person.role, "machine"):
        return f"the role {person.role} may not do that"
    if now_utc_ms < _SET_UTC_MS:
        return "the clock of this lane is not set"
    if expires is None or expires <= now_utc_ms:
        return "it came too late"
    return Order(id=command.id[:64], staff=person.id, name=person.name, role=person.role, **texts, **numbers)


def _moment(text: str) -> int | None:
    """RFC 3339 as UTC in milliseconds; None if it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return int(found.timestamp() * 1_000) if found.tzinfo is not None else None
