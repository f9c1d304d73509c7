"""Metrics: the store as numbers, in the Prometheus text format (version 0.0.4)."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from store.lanes import Lane
from store.ledger import Counts

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


Labels = tuple[tuple[str, str], ...]


class Metric(msgspec.Struct, frozen=True):
    """One family: its samples by labels (a tuple of name and value pairs)."""

    name: str
    kind: str
    help: str
    samples: Mapping[Labels, int]


def metrics_of(
    lanes: Iterable[Lane],
    messages: Mapping[tuple[str, str], int],
    waiting: int,
    counts: Counts,
    price_book: int,
    up: bool,
    differences: Mapping[str, int],
) -> tuple[Metric, ...]:
    """Everything that is counted. `messages`: by topic and outcome; `differences`: open ones, by kind."""
    all_lanes = list(lanes)
    online: dict[Labels, int] = {(("till", lane.till),): int(lane.online) for lane in all_lanes}
    needed: dict[Labels, int] = {
        (("till", lane.till),): len(lane.state.staff_needed) for lane in all_lanes if lane.state
    }
    outbox: dict[Labels, int] = {(("till", lane.till),): lane.health.outbox for lane in all_lanes if lane.health}
    said: dict[Labels, int] = {
        (("topic", what), ("outcome", outcome)): n for (what, outcome), n in sorted(messages.items())
    }
    return (
        Metric("kassa_store_broker_up", "gauge", "Whether the broker is connected.", {(): int(up)}),
        Metric("kassa_store_messages_total", "counter", "Messages of the tills.", said),
        Metric("kassa_store_messages_waiting", "gauge", "Messages not yet opened.", {(): waiting}),
        Metric("kassa_store_messages_aside", "gauge", "Messages kept aside, not in the books.", {(): counts.aside}),
        Metric("kassa_store_sales", "gauge", "Sales in the books.", {(): counts.sales}),
        Metric("kassa_store_sales_flagged", "gauge", "Sales with something odd about them.", {(): counts.flagged}),
        Metric(
            "kassa_store_differences_open",
            "gauge",
            "What did not agree and has no reason yet; a conflict is another sale under a known key.",
            {(("what", what),): many for what, many in sorted({"conflict": 0, **differences}.items())},
        ),
        Metric("kassa_store_price_book_version", "gauge", "Version of the price book in use.", {(): price_book}),
        Metric("kassa_lane_online", "gauge", "Whether a lane can be reached.", online),
        Metric("kassa_lane_staff_needed", "gauge", "Reasons for which a lane waits for staff.", needed),
        Metric("kassa_lane_outbox", "gauge", "Messages that a lane has not got rid of.", outbox),
    )


def exposition(metrics: Iterable[Metric]) -> Iterator[str]:
    """The lines of the text format."""
    for metric in metrics:
        yield f"# HELP {metric.name} {metric.help}"
        yield f"# TYPE {metric.name} {metric.kind}"
        for labels, value in metric.samples.items():
            inside = ",".join(f'{name}="{text.translate(_ESCAPES)}"' for name, text in labels)
            yield f"{metric.name}{{{inside}}} {value}" if inside else f"{metric.name} {value}"
