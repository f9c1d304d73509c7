"""Upkeep metrics: what a store stands on, as numbers for Prometheus. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from store.lanes import Lane
from store.metrics import Labels, Metric
from store.upkeep import Facts
from store.upkeep_alarms import IN_GENERAL, Alarm


def upkeep_metrics(facts: Facts, standing: Iterable[Alarm], lanes: Iterable[Lane]) -> Iterator[Metric]:
    """All of them. What has never happened (a backup, a first turn) has no sample: 0 would say that it just did."""
    now = facts.at_utc_ms

    def ago_s(at_utc_ms: int) -> int:
        return max(0, (now - at_utc_ms) // 1_000)

    days: dict[Labels, int] = {
        (("of", one.of), ("till", one.till)): one.days for one in facts.certificates if not one.problem
    }
    yield Metric("kassa_store_certificate_days", "gauge", "Whole days until a certificate ends.", days)
    good, last = facts.good_backup, facts.backup
    age: dict[Labels, int] = {(): ago_s(good.at_utc_ms)} if good is not None else {}
    yield Metric("kassa_store_backup_age_seconds", "gauge", "Age of the last backup that succeeded.", age)
    success: dict[Labels, int] = {(): int(last is not None and not last.problem)}
    yield Metric("kassa_store_backup_ok", "gauge", "Whether the last backup that was tried succeeded.", success)
    free: dict[Labels, int] = {(("of", one.of),): one.free for one in facts.disks}
    yield Metric("kassa_store_disk_free_bytes", "gauge", "What may still be written, by what lies there.", free)
    size: dict[Labels, int] = {(("of", one.of),): one.total for one in facts.disks}
    yield Metric("kassa_store_disk_size_bytes", "gauge", "Size of the disk, by what lies there.", size)
    alive: dict[Labels, int] = {(("duty", one.name),): int(one.alive) for one in facts.duties}
    yield Metric("kassa_store_duty_alive", "gauge", "Whether a part of the store works.", alive)
    turns = [one for one in facts.duties if one.every_s]
    every: dict[Labels, int] = {(("duty", one.name),): one.every_s for one in turns}
    yield Metric("kassa_store_duty_every_seconds", "gauge", "How often it looks whether there is work.", every)
    turned: dict[Labels, int] = {
        (("duty", one.name),): ago_s(one.turned_utc_ms) for one in turns if one.turned_utc_ms
    }  # fmt: skip
    yield Metric("kassa_store_duty_turned_seconds", "gauge", "Since its last turn ended well.", turned)
    yield Metric("kassa_store_migration", "gauge", "Revision of the books.", {(): facts.revision})
    waiting: dict[Labels, int] = {(("to", to),): count for to, count in facts.waiting.items()}
    yield Metric("kassa_store_outgoing_waiting", "gauge", "What others have not taken yet.", waiting)
    heard: dict[Labels, int] = {(("till", lane.till),): ago_s(lane.heard_utc_ms) for lane in lanes if lane.heard_utc_ms}
    yield Metric("kassa_lane_heard_seconds", "gauge", "Since a lane last said anything.", heard)
    kinds = Counter(alarm.kind for alarm in standing)
    many: dict[Labels, int] = {(("kind", kind),): kinds[kind] for kind in IN_GENERAL}
    yield Metric("kassa_store_alarms", "gauge", "What somebody must see to, as the console shows it.", many)
