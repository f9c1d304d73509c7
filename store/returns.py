"""Returns: which pieces of a sealed sale have come back, so that none does so twice.

A lane that takes goods back first has the store keep the pieces for it: under the id of its question, like a voucher
(`vouchers`): the sealed return that names the id spends it, the lane's report lets it go, and what nobody comes back
to is free again after a day. Two lanes that want the same piece queue for the row of its sale, and one finds it gone.
A return that was made while the store was away kept nothing: its pieces are written down when it comes. What is odd
about it is `return_flags`' to say: money has changed hands.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.questions import LineUnits, SaleAnswer, SaleAsk, Wanted
from kiosk.checkout.sale import Original, Sale
from store.database import writing
from store.schema import hold, returned_unit, sale
from store.vouchers import Asker, is_in_use, write_hold

KIND = "return"
Piece = tuple[int, int]
"""(line, unit) of a sale."""


def look_up(engine: Engine, asker: Asker, ask: SaleAsk) -> SaleAnswer:
    """The sale and what is gone of it; what is asked for is kept for this question. Asked again, the answer is same."""
    key = _key_of(engine, ask.find)
    if key is None:
        return SaleAnswer(state="unknown")
    with writing(engine) as connection:
        sold = sealed(connection, key)
        if sold is None or sold.kind != "sale" or sold.training:
            return SaleAnswer(state="no_sale")
        # Which machine sealed it no lane asks, and lanes of the version before refuse a link that says it;
        # nor do they know of gift cards that were sold with it.
        plain = msgspec.structs.replace(sold.chain, segment=msgspec.UNSET)
        sold = msgspec.structs.replace(sold, chain=plain, loads=sold.loads if ask.loads else msgspec.UNSET)
        kept = _kept(connection, asker, sold, ask.take) if ask.take else frozenset()
        if kept is None:
            gone = _pieces_in_use(connection, key, asker.now_utc_ms)
            return SaleAnswer(state="gone", sale=sold, gone=_by_line(gone))
        gone = _pieces_in_use(connection, key, asker.now_utc_ms) - kept
        return SaleAnswer(state="ok", sale=sold, gone=_by_line(gone), held=_by_line(kept))


def _key_of(engine: Engine, find: str) -> str | None:
    """By its key, by `till/number` (the shop before it or not), or by the address of its receipt."""
    words = find.strip().rsplit("/", 2)
    where = [sale.c.key == find.strip(), sale.c.token == words[-1].lower()]
    if len(words) >= 2 and words[-1].isascii() and words[-1].isdecimal() and len(words[-1]) <= 12:
        where.append(sa.and_(sale.c.till == words[-2], sale.c.sequence == int(words[-1])))
    with engine.connect() as connection:
        return connection.scalar(sa.select(sale.c.key).where(sa.or_(*where)).order_by(sale.c.key.desc()).limit(1))


def sealed(connection: Connection, key: str) -> Sale | None:
    """The sale; others who want it wait until this transaction ends."""
    body = connection.scalar(sa.select(sale.c.body).where(sale.c.key == key).with_for_update())
    return None if body is None else msgspec.json.decode(body, type=Sale)


# --- keeping ----------------------------------------------------------------------------------------------------------


def _kept(connection: Connection, asker: Asker, sold: Sale, take: tuple[Wanted, ...]) -> frozenset[Piece] | None:
    """The pieces kept for this question, now or before; None if there are not so many left."""
    known = connection.execute(sa.select(hold).where(hold.c.id == asker.id)).first()
    if known is not None:
        mine = (known.till, known.number) == (asker.till, sold.key) and known.state != "released"
        return frozenset(_pieces_of(connection, asker.id, sold.key)) if mine else None
    chosen = _choose(sold, take, _pieces_in_use(connection, sold.key, asker.now_utc_ms))
    if chosen is not None:
        _write(connection, asker, sold.key, chosen)
    return chosen


def _choose(sold: Sale, take: tuple[Wanted, ...], gone: frozenset[Piece]) -> frozenset[Piece] | None:
    """The first free pieces of each line that is wanted."""
    counts = {line.line: line.count for line in sold.lines}
    chosen: set[Piece] = set()
    for wanted in take:
        taken = gone | chosen
        free = ((wanted.line, unit) for unit in range(counts.get(wanted.line, 0)) if (wanted.line, unit) not in taken)
        found = [piece for piece, _ in zip(free, range(wanted.count), strict=False)]
        if len(found) < wanted.count:
            return None
        chosen.update(found)
    return frozenset(chosen)


def _write(connection: Connection, asker: Asker, key: str, pieces: frozenset[Piece]) -> None:
    write_hold(connection, asker, key, KIND, len(pieces), "held")
    _write_pieces(connection, asker.id, key, pieces)


def _write_pieces(connection: Connection, id_: str, key: str, pieces: Iterable[Piece]) -> None:
    rows = [{"hold_id": id_, "sale_key": key, "line": line, "unit": unit} for line, unit in sorted(pieces)]
    if rows:
        connection.execute(sa.insert(returned_unit), rows)


def _pieces_in_use(connection: Connection, key: str, now_utc_ms: int) -> frozenset[Piece]:
    joined = returned_unit.join(hold, hold.c.id == returned_unit.c.hold_id)
    query = sa.select(returned_unit.c.line, returned_unit.c.unit).select_from(joined)
    rows = connection.execute(query.where(returned_unit.c.sale_key == key, is_in_use(now_utc_ms)))
    return frozenset((row.line, row.unit) for row in rows)


def _pieces_of(connection: Connection, id_: str, key: str) -> Iterator[Piece]:
    where = (returned_unit.c.hold_id == id_, returned_unit.c.sale_key == key)
    for row in connection.execute(sa.select(returned_unit.c.line, returned_unit.c.unit).where(*where)):
        yield row.line, row.unit


def _by_line(pieces: Iterable[Piece]) -> tuple[LineUnits, ...]:
    units: dict[int, list[int]] = {}
    for line, unit in sorted(pieces):
        units.setdefault(line, []).append(unit)
    return tuple(LineUnits(line, tuple(found)) for line, found in units.items())


# --- sealed returns ---------------------------------------------------------------------------------------------------


def take_back(connection: Connection, back: Sale, now_utc_ms: int) -> None:
    """A sealed return has taken these pieces back: for good, whoever kept them and whether or not its sale is here."""
    if back.kind != "return" or back.training:
        return
    for key in originals_of(back):
        sealed(connection, key)  # for its lock: a question about the same sale waits
    spent: dict[tuple[str, str], set[Piece]] = {}
    for original in (line.original for line in back.lines if isinstance(line.original, Original)):
        id_ = original.hold if _is_kept_for(connection, back, original) else f"{back.key}/{original.sale}"
        pieces = spent.setdefault((id_, original.sale), set())
        pieces.update((original.line, unit) for unit in original.units)
    for (id_, key), pieces in spent.items():
        _spend(connection, Asker(back.till, id_, now_utc_ms), back.key, key, pieces)


def originals_of(back: Sale) -> list[str]:
    """Keys of the sales that it takes something back of, each once, sorted: who locks them all does it in one order."""
    return sorted({line.original.sale for line in back.lines if isinstance(line.original, Original)})


def _is_kept_for(connection: Connection, back: Sale, original: Original) -> bool:
    """Whether the hold that it names is its till's, of this sale, and no other return's already."""
    known = connection.execute(sa.select(hold).where(hold.c.id == original.hold)).first()
    if known is None or (known.till, known.number, known.kind) != (back.till, original.sale, KIND):
        return False
    return bool(known.state != "spent")


def _spend(connection: Connection, asker: Asker, back_key: str, key: str, pieces: set[Piece]) -> None:
    """What the return says that it took counts, not what was kept for it."""
    if connection.scalar(sa.select(hold.c.id).where(hold.c.id == asker.id)) is None:
        write_hold(connection, asker, key, KIND, len(pieces), "held")
    connection.execute(sa.delete(returned_unit).where(returned_unit.c.hold_id == asker.id))
    _write_pieces(connection, asker.id, key, pieces)
    ended = {"state": "spent", "sale_key": back_key, "amount_minor": len(pieces), "ended_utc_ms": asker.now_utc_ms}
    connection.execute(sa.update(hold).where(hold.c.id == asker.id).values(ended))


def returns_of(connection: Connection, key: str) -> list[str]:
    """Keys of the sealed returns that take something back of this sale, in the order of their keys."""
    where = (hold.c.number == key, hold.c.kind == KIND, hold.c.state == "spent")
    return list(connection.scalars(sa.select(hold.c.sale_key).where(*where).distinct().order_by(hold.c.sale_key)))


def came_back(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Those of these sales that sealed returns have taken something back of."""
    where = (hold.c.number.in_(keys), hold.c.kind == KIND, hold.c.state == "spent")
    return set(connection.scalars(sa.select(hold.c.number).where(*where)))


def taken_before(connection: Connection, back: Sale, key: str) -> frozenset[Piece]:
    """What returns that were sealed earlier have of this sale; of two of one instant the smaller key is earlier."""
    joined = returned_unit.join(hold, hold.c.id == returned_unit.c.hold_id).join(sale, sale.c.key == hold.c.sale_key)
    earlier = sa.or_(sale.c.sealed < back.sealed, sa.and_(sale.c.sealed == back.sealed, sale.c.key < back.key))
    query = sa.select(returned_unit.c.line, returned_unit.c.unit).select_from(joined)
    rows = connection.execute(query.where(returned_unit.c.sale_key == key, hold.c.state == "spent", earlier))
    return frozenset((row.line, row.unit) for row in rows)
