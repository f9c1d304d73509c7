"""Every device's life: one table, total, and what it comes to for what devices say."""

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, PrinterStatus, Scanned, WeightSeen
from drivers.life import TABLE, Life, Stage, Word

ONLINE, LOST = DeviceOnline(device="x"), DeviceOffline(device="x", why="unplugged")
LOW, OUT = PrinterStatus(device="x", paper="low"), PrinterStatus(device="x", paper="out")
FULL, OPEN = PrinterStatus(device="x", paper="ok"), PrinterStatus(device="x", paper="ok", cover_open=True)
ZERO = WeightSeen(device="x", grams=None, stable=False, trouble="zero")
RESTS = WeightSeen(device="x", grams=0, stable=True)
SAYS: tuple[HardwareEvent, ...] = (ONLINE, LOST, LOW, OUT, FULL, OPEN, ZERO, RESTS)


def lived(*events: HardwareEvent) -> Life:
    life = Life()
    for tick, event in enumerate(events, start=1):
        life = life.after(event, tick)
    return life


def test_every_pair_has_an_answer() -> None:
    assert set(TABLE) == set(product(get_args(Stage), get_args(Word)))


@pytest.mark.parametrize(("events", "stage", "why"), [
    ((), "opening", ""),
    ((LOST,), "absent", "unplugged"),
    ((LOST, ONLINE), "ready", ""),
    ((ONLINE, LOST), "recovering", "unplugged"),
    ((ONLINE, LOST, LOST, ONLINE), "ready", ""),
    ((ONLINE, LOW), "degraded", "paper low"),
    ((ONLINE, LOW, OUT), "faulty", "no paper"),
    ((ONLINE, OPEN), "faulty", "cover open"),
    ((ONLINE, OUT, FULL), "ready", ""),
    ((ONLINE, ZERO), "degraded", "zero"),
    ((ONLINE, ZERO, RESTS), "ready", ""),
    ((LOW,), "opening", ""),
    ((ONLINE, Scanned(device="x", symbology="", text="1")), "ready", ""),
])  # fmt: skip
def test_what_it_says_is_how_it_is(events: tuple[HardwareEvent, ...], stage: str, why: str) -> None:
    assert lived(*events)[:2] == (stage, why)


@given(st.lists(st.sampled_from(SAYS)))
def test_whatever_it_has_said_the_last_word_of_being_there_counts(events: list[HardwareEvent]) -> None:
    life = lived(*events)
    words = [event for event in events if isinstance(event, DeviceOnline | DeviceOffline)]
    there = bool(words) and isinstance(words[-1], DeviceOnline)
    assert (life.stage in ("ready", "degraded", "faulty")) == there


def test_since_is_the_tick_of_the_change_not_of_the_last_word() -> None:
    assert lived(ONLINE, LOW, LOW, LOW).since_ms == 2
