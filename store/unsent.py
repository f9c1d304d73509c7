"""Unsent: what a machine never sent, taken in from a file that its card was read into.

A machine that was replaced is not heard any more, so its outbox is carried by hand (`kiosk export --format unsent`).
The messages are the same that it would have sent, and go the same way into the books: each once, kept aside where it
does not fit. Nothing is taken before every line has been read.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy.engine import Engine

from kiosk.checkout.sale import Sale
from kiosk.wire.codec import BadMessage, decode
from kiosk.wire.messages import LaneEvent, StockMovements
from kiosk.wire.topics import NAME, Address, What
from store.aside import Letter
from store.ingest import Taken, take_all

_AT_ONCE = 100
_WHAT: dict[type, What] = {Sale: "sale", StockMovements: "stock", LaneEvent: "event"}


class BadLine(Exception):
    """This is no message of a till. One line for a person, which names the line."""


def take_in(engine: Engine, store: str, lines: Iterable[bytes], now_utc_ms: int) -> str:
    """All of them into the books; what became of them, in a line. BadLine."""
    letters = list(_letters(store, lines))
    taken: list[Taken] = []
    for at in range(0, len(letters), _AT_ONCE):
        taken += take_all(engine, letters[at : at + _AT_ONCE], now_utc_ms)
    new, same, refused = (sum(one.outcome == outcome for one in taken) for outcome in ("new", "same", "refused"))
    aside = f"; {refused} kept aside, see the quarantine" if refused else ""
    return f"{len(taken)} messages: {new} new, {same} known already{aside}"


def _letters(store: str, lines: Iterable[bytes]) -> Iterator[Letter]:
    for number, line in enumerate(lines, start=1):
        try:
            message = decode(line)
        except BadMessage as error:
            raise BadLine(f"line {number}: {error.why}") from error
        what, (shop, _, rest) = _WHAT.get(type(message.data)), message.id.partition("/")
        till = rest.partition("/")[0]
        if what is None or not NAME.fullmatch(till):
            raise BadLine(f"line {number}: {message.type} is nothing that is booked")
        if shop != store:
            raise BadLine(f"line {number}: it is of the store {shop}, and this is {store}")
        yield Letter(Address(store, till, what), line)
