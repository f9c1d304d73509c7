"""Upkeep's words: what the console says of certificates, backups, disks and duties when nothing is wrong. Pure."""

from kiosk.values.moment import rfc3339
from store.console.words import ago, counted, mebibytes
from store.upkeep import Facts


def badge(alarms: int) -> str:
    """In the page's head; empty: nothing to see to."""
    return (
        "" if not alarms else "The store needs an operator" if alarms == 1 else f"The store needs an operator: {alarms}"
    )


def summary(facts: Facts) -> tuple[str, ...]:
    """How all stands, a line each."""
    return (*_certificate(facts), _backup(facts), *_disks(facts), _duties(facts))


def _certificate(facts: Facts) -> tuple[str, ...]:
    known = [one for one in facts.certificates if not one.problem]
    if not known:
        return ()
    first = min(known, key=lambda one: one.days)
    whose = first.till or f"the {first.of}"
    return (
        f"{counted(len(known), 'certificate')}; the first to end is that of {whose}, in {counted(first.days, 'day')}",
    )


def _backup(facts: Facts) -> str:
    good = facts.good_backup
    if good is None:
        return "No backup has been made yet"
    when = ago(rfc3339(good.at_utc_ms), facts.at_utc_ms)
    return f"Last backup {when if when == 'just now' else f'{when} ago'}: {good.file}"


def _disks(facts: Facts) -> tuple[str, ...]:
    return tuple(
        f"Disk of the {one.of}: {_size(one.free)} free of {_size(one.total)}" for one in facts.disks
    )  # fmt: skip


def _size(octets: int) -> str:
    return mebibytes(octets >> 20)


def _duties(facts: Facts) -> str:
    at_work = sum(one.alive for one in facts.duties)
    return f"{at_work} of {len(facts.duties)} parts at work; books of revision {facts.revision}"
