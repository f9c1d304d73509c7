"""Weights: what the lanes' bagging scales have seen, learned into the price book, so that every lane knows it.

A lane reports what single things weighed in a visit that was clean (`bagging.weights`). The statistics are worked out
anew from the newest reports, so they do not hang on the order in which lanes were heard. A product gets a new row only
when more is known by half again, or its mean has moved: a price book whose version changes daily would be fetched
daily.
"""

from collections import defaultdict

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.checkout.weights import MG, Seen, learned
from kiosk.wire.messages import LaneEvent
from kiosk.wire.price_csv import PriceRow
from store.price_book import Change, PriceBook
from store.schema import lane_event

KIND = "bagging.weights"
REPORTS_MOST = 50_000
_HEAVIEST_G = 100_000
_MOVED_MG = 2 * MG


class _Report(msgspec.Struct, frozen=True):
    seen: tuple[tuple[str, int], ...]


def learn_weights(engine: Engine, book: PriceBook, now_utc_ms: int) -> Change:
    """The price book with what is known now, as one new version; the version in use if there is no news."""
    seen = _seen(engine)
    rows = [_with(row, seen[row.code]) for row in book.rows() if row.code in seen and _is_news(row, seen[row.code])]
    return book.replace(rows, now_utc_ms, "weights seen on the bagging scales", keep_others=True)


def _seen(engine: Engine) -> dict[str, list[int]]:
    """Grams by code, the oldest first."""
    newest = sa.select(lane_event.c.body).where(lane_event.c.kind == KIND)
    newest = newest.order_by(lane_event.c.at.desc(), lane_event.c.id.desc()).limit(REPORTS_MOST)
    seen: dict[str, list[int]] = defaultdict(list)
    with engine.connect() as connection:
        for body in reversed(connection.scalars(newest).all()):
            for code, grams in _report(body):
                seen[code].append(grams)
    return seen


def _report(body: str) -> tuple[tuple[str, int], ...]:
    """What a lane says it has seen; nothing, of a report that is none: lanes are not always right."""
    try:
        report = msgspec.convert(msgspec.json.decode(body, type=LaneEvent).data, _Report)
    except msgspec.ValidationError:
        return ()
    return tuple((code, grams) for code, grams in report.seen if 0 < grams <= _HEAVIEST_G)


def _known(row: PriceRow, grams: list[int]) -> Seen:
    return learned([one * MG for one in grams], row.weight_g)


def _is_news(row: PriceRow, grams: list[int]) -> bool:
    known, now = row.weight_seen, _known(row, grams)
    return row.sold_by == "each" and (
        2 * now.count >= 3 * known + 2 or known > now.count or abs(now.mean_mg - row.weight_mean_mg) > _MOVED_MG
    )


def _with(row: PriceRow, grams: list[int]) -> PriceRow:
    seen = _known(row, grams)
    return msgspec.structs.replace(
        row, weight_seen=seen.count, weight_mean_mg=seen.mean_mg, weight_spread_mg=seen.spread_mg
    )
