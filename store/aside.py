"""Aside: what cannot go into the books is kept as it came, once, and the sale whose key it claims is flagged.

What becomes of it then is `quarantine`'s.
"""

import hashlib

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.wire.codec import LARGEST_BYTES
from kiosk.wire.topics import Address
from store import differences
from store.schema import aside, sale, sale_flag

_SLASHES = 3
"""In a sale's key."""
_KEPT_BYTES = LARGEST_BYTES + 1024
"""All that a broker may give us at once (`link`)."""


class Letter(msgspec.Struct, frozen=True):
    """One message as it came."""

    address: Address
    payload: bytes


def set_aside(connection: Connection, letter: Letter, id_: str, reason: str, now_utc_ms: int) -> None:
    """Keep it, in its sender's lane (`writing`); `id_` is what it calls itself, if that could be read."""
    address, digest = letter.address, hashlib.sha256(letter.payload).hexdigest()
    known = (aside.c.till == address.till, aside.c.what == address.what, aside.c.digest == digest)
    if not connection.scalar(sa.select(sa.func.count()).where(*known)):
        row = {"till": address.till, "what": address.what, "id": id_, "digest": digest, "reason": reason}
        kept = {"payload": letter.payload[:_KEPT_BYTES], "received_utc_ms": now_utc_ms}
        connection.execute(sa.insert(aside).values(**row, **kept))
    its_own = id_.startswith(f"{address.store}/{address.till}/") and id_.count("/") == _SLASHES
    if address.what == "sale" and its_own:
        differences.alarm(connection, address.till, id_, reason, now_utc_ms)
        _flag_its_namesake(connection, id_, reason)


def _flag_its_namesake(connection: Connection, key: str, reason: str) -> None:
    """The sale that is in the books under this key, if there is one."""
    here = sa.select(sale.c.key).where(sale.c.key == key)
    flagged = sa.select(sale_flag.c.reason).where(sale_flag.c.sale_key == key, sale_flag.c.reason == "conflict")
    if connection.scalar(here) and not connection.scalar(flagged):
        detail = f"something else came under this key and is kept aside: {reason}"
        connection.execute(sa.insert(sale_flag).values(sale_key=key, reason="conflict", detail=detail))
