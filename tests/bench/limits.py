"""The machine's own limits, measured in the same run: what no program on it could beat."""

import os
import sqlite3
from pathlib import Path
from time import perf_counter_ns

import pygame

from kiosk.storage.journal import Batch, Journal
from kiosk.ui import assets
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


class BareChange:
    """The pixels of a scan and nothing else: its new texts set, its rectangles filled, its texts laid and sent.

    Done between the scans, in the same caches and beside the same neighbours as they. No program that shows such a
    change with pygame takes less.
    """

    _NEW = (("KassaDisplay-700.otf", 44, 14), ("KassaDisplay-700.otf", 44, 20), ("KassaSans-500.otf", 22, 14),
            ("KassaDisplay-800.otf", 64, 8), ("KassaSans-600.otf", 28, 22), ("KassaSans-500.otf", 22, 9),
            ("KassaSans-600.otf", 28, 5), ("KassaDisplay-800.otf", 44, 11))  # fmt: skip
    """Font, size and letters of each new text of 02 with 40 lines in the basket."""
    _SENT = ((348, 169, 328, 135), (348, 311, 251, 83), (1088, 22, 136, 43), (872, 109, 279, 38), (975, 550, 249, 68),
             *((x, y, w, h) for y in (191, 280, 369, 458) for x, w, h in ((800, 318, 66), (1140, 84, 34))))  # fmt: skip
    _LAID = 24

    def __init__(self) -> None:
        self._fonts = [pygame.font.Font(str(assets.font(name)), size) for name, size, _ in self._NEW]
        self._canvas = pygame.Surface((1280, 800), 0, 32)
        self._texts: list[pygame.Surface] = []
        self._count = 0
        self.measured: list[int] = []

    def __call__(self) -> None:
        """One change; its nanoseconds join `measured`."""
        self._count += 1
        started = perf_counter_ns()
        new = [
            font.render(f"{self._count:05} an ordinary name, kr"[:letters], True, (20, 20, 20))
            for font, (_, _, letters) in zip(self._fonts, self._NEW, strict=True)
        ]
        self._texts = [*new, *self._texts][: self._LAID]
        for rect in self._SENT:
            self._canvas.fill((255, 255, 255), rect)
        for number, text in enumerate(self._texts):
            self._canvas.blit(text, self._SENT[number % len(self._SENT)])
        pygame.display.update(self._SENT)
        self.measured.append(perf_counter_ns() - started)


NOW = Moment(1_795_510_800_000, 1_000, "2026-11-24")
