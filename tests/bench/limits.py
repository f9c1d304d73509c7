"""The machine's own limits, measured in the same run: what no program on it could beat."""

import os
import sqlite3
from pathlib import Path
from time import perf_counter_ns

import pygame

from kiosk.storage.journal import Batch, Journal
from kiosk.values.moment import Moment

_LINE_OF_THE_SLIP = pygame.Rect(776, 408, 472, 88)


def fsyncs(folder: Path, count: int) -> list[int]:
    """4 KiB appended and synced."""
    measured = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(count):
            started = perf_counter_ns()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            measured.append(perf_counter_ns() - started)
    return measured


def commits(folder: Path, journal: Journal, batch: Batch, count: int) -> tuple[list[int], list[int]]:
    """(bare SQLite, journal): one row of the same size in WAL and synchronous=FULL, and one event, taking turns."""
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=0"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")
    body = "x" * 700
    ours, theirs = [], []
    for _ in range(count):
        started = perf_counter_ns()
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO event (body) VALUES (?)", (body,))
        bare.execute("COMMIT")
        between = perf_counter_ns()
        journal.write(batch)
        theirs.append(between - started)
        ours.append(perf_counter_ns() - between)
    bare.close()
    return theirs, ours


def lookups(path: Path, codes: list[str]) -> list[int]:
    """A bare SELECT by primary key in a file of as many products."""
    bare = sqlite3.connect(path)
    bare.execute("CREATE TABLE product (code TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID")
    bare.executemany("INSERT INTO product VALUES (?, ?)", ((code, "x" * 150) for code in codes))
    bare.commit()
    measured = []
    for code in codes[::50]:
        started = perf_counter_ns()
        bare.execute("SELECT body FROM product WHERE code = ?", (code,)).fetchone()
        measured.append(perf_counter_ns() - started)
    bare.close()
    return measured


def dirty_blits(count: int) -> list[int]:
    """One line of the slip filled and sent to the display, on the window that is open."""
    screen = pygame.display.get_surface()
    assert screen is not None, "open the window first"
    measured = []
    for number in range(count):
        started = perf_counter_ns()
        screen.fill((number % 256, 200, 200), _LINE_OF_THE_SLIP)
        pygame.display.update(_LINE_OF_THE_SLIP)
        measured.append(perf_counter_ns() - started)
    return measured


NOW = Moment(1_795_510_800_000, 1_000, "2026-11-24")
