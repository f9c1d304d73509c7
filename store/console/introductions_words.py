"""Introductions' words: what the page says of machines that wait, and of one that was adopted. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from store.introductions import Done, Machine

WARNING = (
    "Only if the old machine is gone or broken for good: from now on its name is this one's. What it had not told the "
    "store yet is listed as a possible loss; its card, if it is found, can still be read."
)


def waits(machine: Machine, zone: ZoneInfo) -> tuple[str, str]:
    """A row: which machine, and where and since when it is there."""
    since = datetime.fromtimestamp(machine.first_utc_ms // 1000, zone)
    return f"Machine {machine.number}", f"at {machine.address}, since {since:%H:%M}"


def done(one: Done) -> list[str]:
    """What somebody reads who has just adopted it."""
    lines = [f"Machine {one.number} is checkout {one.till} now. It goes on by itself in a few seconds."]
    if one.begins:
        lines.append(
            f"Its sales begin with number {one.begins}: lower ones are kept for what the old machine may have sold "
            "unheard."
        )
        count = one.losses
        lines.append(
            "Nothing is known to be missing; the payment terminal is asked for its last payment."
            if not count
            else f"{count} {'thing' if count == 1 else 'things'} may be missing: see Possible losses."
        )
    return lines
