"""Credits: what an acceptor's answer to CREDITS says that is new. Pure.

    event counter   newest   second   third   fourth   oldest            two bytes each

The counter has risen by one with each event, coin or error: 1 to 255 and then 1 again, 0 after power-up. An event is
(coin, path) or (0, error). A coin counts once, when the counter has passed it, however often it is read. Of more than
five new events the older ones are not there any more: what they were nobody knows (`lost`). One case looks the same and
is none: an acceptor that was without power began again at 0, and has places that no event has filled yet (0, 0).
"""

from typing import NamedTuple

from drivers.cash_recycler.cctalk.codes import EVENTS_KEPT, EVENTS_ROUND

SIZE = 1 + 2 * EVENTS_KEPT


class News(NamedTuple):
    """`coins`: (position, path), the oldest first. `errors`: codes. `lost`: events of which nobody knows what they
    were. `anew`: the acceptor has started again since."""

    event: int
    coins: tuple[tuple[int, int], ...] = ()
    errors: tuple[int, ...] = ()
    lost: int = 0
    anew: bool = False


def news_of(told: bytes, known: int) -> News:
    """`told`: an answer of 11 bytes; `known`: the counter up to which events were counted, -1 if none ever was."""
    event = told[0]
    if known < 0:
        return News(event)
    if event == 0:
        return News(0, anew=known > 0)
    rows = [(told[at], told[at + 1]) for at in range(1, SIZE, 2)]
    fresh = event if known == 0 else (event - known) % EVENTS_ROUND
    anew = fresh > EVENTS_KEPT and (0, 0) in rows
    if anew:
        fresh = min(event, EVENTS_KEPT)
    seen = [row for row in reversed(rows[: min(fresh, EVENTS_KEPT)]) if row != (0, 0)]
    coins = tuple(row for row in seen if row[0])
    errors = tuple(error for coin, error in seen if not coin)
    return News(event, coins, errors, max(0, fresh - EVENTS_KEPT), anew)
