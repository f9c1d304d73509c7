"""Who: whose hand is at this page of the console, and what they may. Looked up each time: a session may have ended.

The guard has put the person who opened the page into its request; what matters here is whether they still are there.
"""

from collections.abc import Callable

from nicegui import context

from store.acts import Act, record
from store.guard import STILL, address_of
from store.parts import Parts
from store.rights import Right
from store.sessions import Person


def person() -> Person | None:
    """Who is signed in at this page; None once they are not any more, or where no guard stands."""
    still: Callable[[], Person | None] | None = context.client.request.scope.get(STILL)
    return still() if still is not None else None


def who() -> str:
    """The user's id; "" if nobody is signed in."""
    found = person()
    return found.id if found is not None else ""


def may(right: Right) -> bool:
    """Whether they have this right."""
    found = person()
    return found is not None and found.may(right)


def note(parts: Parts, kind: str, *, till: str = "", about: str = "", command: str = "") -> None:
    """Write down that they did this."""
    address = address_of(context.client.request.scope)
    record(parts.engine, Act(who(), kind, till, about, address, command), parts.now_utc_ms())
