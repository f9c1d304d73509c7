"""Upkeep alarms: what of the facts somebody must see to, and in which words. Pure.

An alarm stands as long as its fact does and goes when it is mended; nobody dismisses it. Two are grave: what ends
within a week, or what keeps sales out of the books already. What a stranger may know of them (`/healthz` is open to
whoever watches) is the kind alone.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from store.upkeep import Certificate, Disk, Facts, Standing

Kind = Literal["certificate", "backup", "disk", "duty"]
SOON_DAYS, GRAVE_DAYS = 30, 7
DISK_PERCENT, DISK_GRAVE_BYTES = 10, 64 << 20
LATE_TURNS, LATE_S = 3, 900
"""A duty is late when so many of its turns, and so many seconds beside, have passed without one that ended well."""
HOUR_MS = 3_600_000

IN_GENERAL: dict[Kind, str] = {
    "certificate": "a certificate ends soon or cannot be read",
    "backup": "there is no fresh backup of the books",
    "disk": "a disk is nearly full",
    "duty": "a part of the store stands still",
}
"""For whoever may know no more."""
_WHOSE = {
    "authority": "The shop's authority",
    "link": "The store's certificate for the broker",
    "console": "The console's certificate",
    "broker": "The broker's certificate",
}
_MEND = {
    "authority": "found the shop's certificates anew and adopt every checkout again",
    "link": "the store renews it once a day: see its log for certificates.not_renewed",
    "console": "the store renews it once a day: see its log for certificates.not_renewed",
    "broker": "the store renews it once a day: see its log for certificates.not_renewed",
    "till": "it renews it by itself when it is on and reaches the store; else: kiosk adopt --again",
}
_WORK = {
    "clerk": "sales are not booked",
    "postman": "receipts by e-mail wait",
    "price-clock": "planned prices do not begin",
    "webhooks": "other programs are not told",
    "web-shop": "the web shop is not told of stock",
    "revocations": "revoked certificates are believed on",
    "closer": "days are not closed by themselves",
    "watch": "calls that nobody takes do not go on",
    "updates": "updates of checkouts do not go on",
    "pictures": "new pictures are not fetched",
    "caretaker": "certificates are not renewed, and nothing old is forgotten",
}


class Alarm(msgspec.Struct, frozen=True):
    """One thing to see to: what it is, what to do, and whether it cannot wait."""

    kind: Kind
    what: str
    do: str
    grave: bool = False


def alarms(facts: Facts, backup_hours: int) -> tuple[Alarm, ...]:
    """All of them, the grave ones first. `backup_hours`: how old the last backup may be; 0: nobody wants to know."""
    found = [
        *(alarm for one in facts.certificates for alarm in _of_certificate(one)),
        *_of_backup(facts, backup_hours),
        *(alarm for one in facts.disks for alarm in _of_disk(one)),
        *(alarm for one in facts.duties for alarm in _of_duty(one, facts)),
    ]
    return tuple(sorted(found, key=lambda alarm: not alarm.grave))


def harm(disks: Iterable[Disk], duties: Iterable[Standing]) -> list[str]:
    """Why nothing can be booked now, in words for anybody; empty: it can."""
    full = [
        f"the disk of the {one.of} is full" for one in disks if one.of == "books" and one.free < DISK_GRAVE_BYTES
    ]  # fmt: skip
    return full + [
        "sales are not booked: the part that does it has ended"
        for one in duties
        if one.name == "clerk" and one.began and not one.alive
    ]


def is_late(duty: Standing, facts: Facts) -> bool:
    """Whether a duty that takes turns has not for too long. What never began is not late: a trial begins nothing."""
    if not (duty.began or duty.turned_utc_ms):
        return False
    since = max(duty.turned_utc_ms, facts.began_utc_ms)
    return bool(duty.every_s) and facts.at_utc_ms - since > (LATE_TURNS * duty.every_s + LATE_S) * 1_000


def _of_certificate(one: Certificate) -> Iterator[Alarm]:
    whose = f"The certificate of {one.till}" if one.of == "till" else _WHOSE[one.of]
    if one.problem:
        yield Alarm("certificate", f"{whose} cannot be read", one.problem, grave=True)
    elif one.days < 0:
        yield Alarm("certificate", f"{whose} has ended", _MEND[one.of], grave=True)
    elif one.days < SOON_DAYS:
        when = "today" if one.days == 0 else "in 1 day" if one.days == 1 else f"in {one.days} days"
        yield Alarm("certificate", f"{whose} ends {when}", _MEND[one.of], grave=one.days < GRAVE_DAYS)


def _of_backup(facts: Facts, hours: int) -> Iterator[Alarm]:
    if not hours or not facts.has_sales:
        return
    last, good = facts.backup, facts.good_backup
    if last is not None and last.problem:
        yield Alarm("backup", "The last backup failed", last.problem)
    if good is None:
        yield Alarm("backup", "The books have never been backed up", "store backup make FOLDER, every night")
    elif (age := (facts.at_utc_ms - good.at_utc_ms) // HOUR_MS) >= hours:
        told = f"{age} hours" if age < 96 else f"{age // 24} days"
        yield Alarm("backup", f"The last backup is {told} old", "see the timer that makes it, or make one now")


def _of_disk(one: Disk) -> Iterator[Alarm]:
    percent = one.free * 100 // one.total if one.total else 0
    if percent < DISK_PERCENT:
        grave = one.of == "books" and one.free < DISK_GRAVE_BYTES
        what = f"The disk of the {one.of} is nearly full: {percent} %, {one.free >> 20:,} MiB free"
        yield Alarm("disk", what, f"make room on the disk of {one.folder}", grave=grave)


def _of_duty(one: Standing, facts: Facts) -> Iterator[Alarm]:
    ended = one.began and not one.alive
    if ended or is_late(one, facts):
        state = "has ended" if ended else "has not moved for a while"
        yield Alarm(
            "duty",
            f"“{one.name}” {state}: {_WORK.get(one.name, 'its work is not done')}",
            "restart the store; its log says why",
            grave=one.name == "clerk",
        )
