"""Heard: what follows from a lane's own reports, when one comes into the books for the first time."""

from typing import Any

from sqlalchemy.engine import Connection

from kiosk.wire.messages import LaneEvent, Result
from kiosk.wire.topics import Address
from store import baskets, commands, exit_codes, losses, rollups
from store.members import collect
from store.vouchers import release


def note_event(connection: Connection, address: Address, id_: str, event: LaneEvent, now_utc_ms: int) -> None:
    """Do what this report asks for, in the transaction that writes it."""
    data = event.data
    rollups.after_event(connection, id_, event)
    if event.kind == "hold.released":
        release(connection, address.till, str(data.get("id", "")), now_utc_ms)
    elif event.kind in ("command.done", "command.refused"):
        why = str(data.get("why", ""))
        result = Result(id=str(data.get("id", "")), done=not why, why=why)
        commands.settle(connection, address.till, result, now_utc_ms)
    elif event.kind in baskets.KINDS:
        baskets.note(connection, id_, address.till, event, now_utc_ms)
    elif event.kind == "terminal.last":
        losses.note_payment(connection, address.till, data.get("said"), now_utc_ms)
    elif event.kind == "gate.opened":
        exit_codes.note_opened(connection, address.till, data, now_utc_ms)
    elif event.kind in ("member.claimed", "member.joined"):
        _claim(connection, address, data)


def _claim(connection: Connection, address: Address, data: dict[str, Any]) -> None:
    """A member came after the payment: points for this lane's own sale, unless it has a member already."""
    key, customer = str(data.get("sale", "")), str(data.get("customer", ""))
    if key.startswith(f"{address.store}/{address.till}/"):
        collect(connection, key, customer)
        rollups.after_claim(connection, key)
