"""TABLE: every phase and every event type, to a handler or to the reason why nothing is done.

A chapter of events is a file here, with a row for each of its events. An event in two chapters is refused when the
module loads; one in none fails the table test. Handlers that move the lane to another phase say where to (`MOVES`), and
the chart in the README is drawn from both. `SHOPPER` and `STAFF` say whose act an event is.
"""

from kiosk.checkout.events import Event
from kiosk.checkout.state import Phase
from kiosk.checkout.table import (
    asking,
    audit,
    bagging,
    card,
    cash,
    cash_machine,
    commands,
    coupons,
    day,
    desk,
    fiscal,
    items,
    leaving,
    machine,
    paper,
    returns,
    serving,
    shopper,
    staff,
)
from kiosk.checkout.table.cells import Cell, Chapter, Handler, Ignored

__all__ = ["MOVES", "SHOPPER", "STAFF", "TABLE", "Handler", "Ignored"]

CHAPTERS: tuple[Chapter, ...] = (
    asking.CHAPTER,
    audit.CHAPTER,
    bagging.CHAPTER,
    card.CHAPTER,
    cash.CHAPTER,
    cash_machine.CHAPTER,
    commands.CHAPTER,
    coupons.CHAPTER,
    day.CHAPTER,
    desk.CHAPTER,
    fiscal.CHAPTER,
    items.CHAPTER,
    leaving.CHAPTER,
    machine.CHAPTER,
    paper.CHAPTER,
    returns.CHAPTER,
    serving.CHAPTER,
    shopper.CHAPTER,
    staff.CHAPTER,
)


def _table(chapters: tuple[Chapter, ...]) -> dict[tuple[Phase, type[Event]], Cell]:
    table: dict[tuple[Phase, type[Event]], Cell] = {}
    for chapter in chapters:
        for kind, row in chapter.rows.items():
            for phase, cell in row.items():
                assert (phase, kind) not in table, f"{phase} {kind.__name__} stands in the table twice"
                table[phase, kind] = cell
    return table


TABLE = _table(CHAPTERS)
MOVES: dict[Handler, tuple[Phase, ...]] = {handler: to for chapter in CHAPTERS for handler, to in chapter.moves.items()}
"""Where a handler may move the lane. Besides these, the rule between visits joins WELCOME and CLOSED (out of order)."""
SHOPPER = tuple(kind for chapter in CHAPTERS for kind in chapter.shopper)
STAFF = tuple(kind for chapter in CHAPTERS for kind in chapter.staff)
