"""Web shop, from us: what anybody may still buy of each product, pushed to WooCommerce with retry and safety stock.

Pushed is the number itself, not the change, so an attempt that is repeated does no harm, and what moves ten times while
the web shop is away is pushed once. Offered is what is available less the safety stock, never less than nothing. Our
codes are looked up there as SKUs and remembered; what the web shop does not sell is asked for again after a day. Loose
goods are not offered by piece.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Engine

from kiosk.wire.price_csv import PriceRow
from store import stock
from store.config import WooCommerceTable
from store.database import writing
from store.outgoing_schema import shop_push
from store.schema import price
from store.stock_schema import stock_rule
from store.web_fetch import is_anywhere
from store.web_send import NotSent, send
from store.woocommerce import Batch, Product, batch_body, batch_path, codes_of

AT_ONCE = 50
"""Each has up to five spellings, and an address has an end."""
FIRST_WAIT_MS, LONGEST_WAIT_MS = 5_000, 30 * 60_000
LOOK_AGAIN_MS = 24 * 3_600_000
_PER_PAGE = 100
Decoded = TypeVar("Decoded")


class Waiting(msgspec.Struct, frozen=True):
    """One product that the web shop is to hear of."""

    gtin: str
    tries: int
    product: int
    parent: int
    looked_utc_ms: int
    told_count: int | None


class Counts(msgspec.Struct, frozen=True):
    """How many products the web shop was told, is to be told, and does not sell; what went wrong last."""

    told: int
    waiting: int
    absent: int
    why: str


class Refused(Exception):
    """The web shop answered, but not with what was asked for."""


class StockCarrier:
    """Tells one web shop."""

    def __init__(self, shop: WooCommerceTable, engine: Engine, now_utc_ms: Callable[[], int]) -> None:
        """`shop.url` is where; OSError at the first turn if its secret cannot be read."""
        self._shop, self._engine, self._now = shop, engine, now_utc_ms
        self._log = structlog.get_logger("web_shop")

    def turn(self) -> bool:
        """Up to `AT_ONCE` products that are due. False: none was."""
        due = _take_due(self._engine, self._now())
        if not due:
            return False
        try:
            known = self._find(due)
            self._push(known, _offered(self._engine, [one.gtin for one in known], self._shop.safety_stock))
        except (NotSent, Refused, OSError) as why:
            self._log.warning("web_shop.not_now", products=len(due), why=str(why))
            _settle(self._engine, [{"code": one.gtin, "why": str(why)[:200]} for one in due])
        return True

    def _find(self, due: Sequence[Waiting]) -> list[Waiting]:
        """Those that the web shop sells, with its ids; the others are noted as absent."""
        now = self._now()
        fresh = [one for one in due if not one.product and now - one.looked_utc_ms >= LOOK_AGAIN_MS]
        found = self._look([one.gtin for one in fresh]) if fresh else {}
        noted, known = [], [one for one in due if one.product]
        for one in due:
            if one.product:
                continue
            there = found.get(one.gtin)
            looked = now if one in fresh else one.looked_utc_ms
            row = {"code": one.gtin, "looked_utc_ms": looked, "why": ""}
            if there is None:
                noted.append({**row, "state": "absent", "product": 0, "parent": 0})
            else:
                noted.append({**row, "state": "waiting", "product": there.id, "parent": there.parent_id})
                known.append(msgspec.structs.replace(one, product=there.id, parent=there.parent_id))
        _settle(self._engine, noted)
        return known

    def _look(self, codes: Sequence[str]) -> dict[str, Product]:
        spelt = {spelling: code for code in codes for spelling in codes_of(code)}
        found: dict[str, Product] = {}
        page = 1
        while True:
            fields = {"per_page": _PER_PAGE, "page": page, "_fields": "id,sku,parent_id"}
            asked = urlencode({"sku": ",".join(spelt), **fields})
            products = self._ask("GET", f"/wp-json/wc/v3/products?{asked}", b"", list[Product])
            for product in products:
                if (code := spelt.get(product.sku.strip())) is not None:
                    found.setdefault(code, product)
            if len(products) < _PER_PAGE:
                return found
            page += 1

    def _push(self, known: Sequence[Waiting], offered: Mapping[str, int]) -> None:
        now = self._now()
        same = [one for one in known if offered.get(one.gtin, 0) == one.told_count]
        _settle(self._engine, [{"code": one.gtin, "state": "told", "tries": 0, "why": ""} for one in same])
        changed = [one for one in known if one not in same]
        for parent in sorted({one.parent for one in changed}):
            mine = {one.product: one for one in changed if one.parent == parent}
            wanted = [(id_, offered.get(one.gtin, 0)) for id_, one in mine.items()]
            answer = self._ask("POST", batch_path(parent), batch_body(wanted), Batch)
            refused = {one.id: str(one.error.get("message", "refused")) for one in answer.update if one.error}
            told = {one.id for one in answer.update} - set(refused)
            rows: list[dict[str, Any]] = []
            for id_, count in wanted:
                row: dict[str, Any] = {"code": mine[id_].gtin}
                if id_ in told:
                    row |= {"state": "told", "tries": 0, "why": "", "told_count": count, "told_utc_ms": now}
                else:  # perhaps it is another product now: look for it again
                    row |= {"why": refused.get(id_, "was not answered for")[:200], "product": 0, "looked_utc_ms": 0}
                rows.append(row)
            _settle(self._engine, rows)

    def _ask(self, method: str, path: str, body: bytes, kind: type[Decoded]) -> Decoded:
        secret = Path(self._shop.secret_file).read_text(encoding="utf-8").strip()
        word = base64.b64encode(f"{self._shop.key}:{secret}".encode()).decode()
        headers = {"Authorization": f"Basic {word}", "Content-Type": "application/json", "Accept": "application/json"}
        answer = send(method, self._shop.url.rstrip("/") + path, body, headers, allowed=is_anywhere)
        if not 200 <= answer.status < 300:
            raise Refused(f"answered {answer.status} {answer.reason}")
        try:
            return msgspec.json.decode(answer.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refused(f"answered what is not WooCommerce's REST API: {error}") from error


def _take_due(engine: Engine, now_utc_ms: int) -> list[Waiting]:
    """Those that have waited longest, with their next attempt already put off."""
    columns = [getattr(shop_push.c, name) for name in Waiting.__struct_fields__]
    due = (shop_push.c.state == "waiting", shop_push.c.next_utc_ms <= now_utc_ms)
    query = sa.select(*columns).where(*due).order_by(shop_push.c.next_utc_ms, shop_push.c.gtin).limit(AT_ONCE)
    with engine.connect() as connection:  # most often there is none: only look
        if connection.execute(query.limit(1)).first() is None:
            return []
    with writing(engine) as connection:
        found = [Waiting(*row) for row in connection.execute(query)]
        for one in found:
            wait_ms = min(LONGEST_WAIT_MS, FIRST_WAIT_MS << min(one.tries, 16))
            later = {"tries": one.tries + 1, "next_utc_ms": now_utc_ms + wait_ms}
            connection.execute(sa.update(shop_push).where(shop_push.c.gtin == one.gtin, *due).values(**later))
    return found


def _settle(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    """What became of them. One that has moved again meanwhile waits on: `told` is only what was told."""
    if not rows:
        return
    with writing(engine) as connection:
        for row in rows:
            values = {name: value for name, value in row.items() if name != "code"}
            mine = sa.update(shop_push).where(shop_push.c.gtin == row["code"])
            if values.get("state") in ("told", "absent"):
                still = mine.where(shop_push.c.tries > 0)
                connection.execute(still.values(state=values["state"], tries=0))
                values = {name: value for name, value in values.items() if name not in ("state", "tries")}
            if values:
                connection.execute(mine.values(**values))


def _offered(engine: Engine, codes: Sequence[str], safety_count: int) -> dict[str, int]:
    """Pieces that the web shop may sell; nothing of what is not sold by piece, or not at all."""
    levels = stock.levels(engine, codes)
    rule, row = stock_rule.c, price.c
    with engine.connect() as connection:
        found = connection.execute(sa.select(rule.gtin, rule.safety_count).where(rule.gtin.in_(codes)))
        own = {gtin: count for gtin, count in found if count is not None}
        texts = connection.scalars(sa.select(row.row).where(row.code.in_(codes), row.until.is_(None)))
        rows = [msgspec.json.decode(text, type=PriceRow) for text in texts]
    sold = {one.code for one in rows if one.sold_by == "each" and not one.blocked}
    return {
        gtin: max(0, levels[gtin].available_count - own.get(gtin, safety_count)) if gtin in levels else 0
        for gtin in sold
    }


def counts(engine: Engine) -> Counts:
    """For staff."""
    push = shop_push.c
    with engine.connect() as connection:
        found = connection.execute(sa.select(push.state, sa.func.count()).group_by(push.state))
        many: dict[str, int] = {row[0]: row[1] for row in found}
        failing = sa.select(push.why).where(push.state == "waiting", push.why != "").order_by(push.next_utc_ms.desc())
        why = connection.scalar(failing.limit(1))
    return Counts(many.get("told", 0), many.get("waiting", 0), many.get("absent", 0), why or "")
