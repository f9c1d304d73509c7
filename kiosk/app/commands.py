"""Commands: what the store's console orders, on its way to the checkout, and what became of it on the way back.

A command's person is looked up in the lane's own list of staff: what the message says of them is only their id. What
cannot be read is refused at once and never becomes an event.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import get_args

from kiosk.checkout.events import CommandCame, CommandKind
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


def came(command: Command, staff: Callable[[], Iterable[StaffMember]]) -> CommandCame | str:
    """The event; or why this lane cannot do it, in words."""
    if command.kind not in KINDS:
        return f"this lane knows no {command.kind[:20]}"
    try:
        expires = datetime.fromisoformat(command.expires)
    except ValueError:
        return "its end is no time"
    if expires.tzinfo is None:
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
        expires_utc_ms=int(expires.timestamp() * 1_000),
        on=on,
        sees=sees,
        **told,
        **numbers,
    )
