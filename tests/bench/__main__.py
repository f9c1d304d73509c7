"""`make bench`: the speed that is promised, as a table and as JSON, each figure with the bare limit of this machine.

Everything is measured in one run, because two cores that others share tell nothing from one day to the next.
"""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

import structlog

sys.path.insert(0, str(Path(__file__).parent))

import approving
import booking
import display
import flooding
import importing
import limits
import price_changes
import printing
import process
import sale
import scanning
import searching
import silence
import stocking
import terminal

from kiosk.checkout.events import Touched
from kiosk.demo.ports import free_port
from kiosk.storage.database import open_database
from kiosk.storage.journal import Batch, Journal, migrated, open_journal
from kiosk.wire.price_csv import read_csv
from kiosk.world.slow_disk import SlowDatabase, tired_card

Figures = dict[str, Any]
SCANS = 400
SLOW_SCANS = 250
WATCHDOG_MS = 10_000
"""WatchdogSec of systemd/kiosk.service."""


def ms(nanoseconds: float) -> float:
    """Milliseconds, to the microsecond."""
    return round(nanoseconds / 1e6, 3)


def spread(measured: list[int]) -> Figures:
    """Median and 99th percentile, in milliseconds."""
    return {"median_ms": ms(median(measured)), "p99_ms": ms(sorted(measured)[len(measured) * 99 // 100])}


def scan_figures(folder: Path, headless: bool) -> Figures:
    """Scan to pixels, with the machine's blit and lookup beside it."""
    with scanning.bench(folder, headless=headless) as running:
        bare_change = limits.BareChange()
        measured = spread(scanning.scans(running, SCANS, rested=True, between=bare_change))
        blit = spread(limits.dirty_blits(SCANS))
    bare = spread(limits.lookups(folder / "bare-prices.db", [scanning.gtin(n) for n in range(scanning.ITEMS)]))
    return {
        "scan_to_pixels": measured,
        "bare_change": spread(bare_change.measured),
        "bare_dirty_blit": blit,
        "bare_lookup": bare,
    }


def slow_figures(folder: Path, headless: bool) -> Figures:
    """The same while every sync takes 40 ms and one in 200 five seconds; how long the loop was away at most."""

    def open_slow(path: Path) -> Journal:
        return migrated(SlowDatabase(open_database(path), tired_card(), lambda seconds: Event().wait(seconds)))

    with scanning.bench(folder, headless=headless, open_to_write=open_slow) as running:
        measured = spread(scanning.scans(running, SLOW_SCANS, rested=False))
        held_back = not running.appliance.loop.idle
        longest = ms(running.longest_turn_ns)
    return {
        "scan_to_pixels_slow_card": measured,
        "effects_waited_for_the_card": held_back,
        "longest_turn_slow_card_ms": longest,
    }


def flood_figures(folder: Path, headless: bool) -> Figures:
    """A scan's last byte to its event, and a finger while 1,000 labels a second come: 40 products, and one alone."""
    (folder / "events").mkdir()
    figures: Figures = {"event": spread(flooding.events(folder / "events", headless=headless))}
    for name, codes in (("many", range(40)), ("one", range(1))):
        (folder / name).mkdir()
        took, heard_per_s = flooding.touches(folder / name, [scanning.gtin(number) for number in codes])
        figures[name] = {**spread(took), "worst_ms": ms(max(took)), "heard_per_s": round(heard_per_s)}
    return figures


def commit_figures(folder: Path) -> Figures:
    """The journal's commit against a bare one."""
    journal = open_journal(folder / "commits.db")
    batch = Batch(events=(Touched(at=limits.NOW),))
    bare, ours = limits.commits(folder, journal, batch, 500)
    journal.close()
    ratio = round(median(ours) / median(bare), 2)
    return {"journal_commit": spread(ours), "bare_commit": spread(bare), "commit_ratio": ratio,
            "bare_fsync": spread(limits.fsyncs(folder, 200))}  # fmt: skip


def process_figures(folder: Path, headless: bool) -> Figures:
    """Start, idle, memory."""
    starts = []
    for number in range(5):
        (folder / str(number)).mkdir()
        lane, took = process.start(folder / str(number), headless=headless)
        starts.append(took)
        if number < 4:
            process.stop(lane)
    at_rest = process.idle(lane, 10)
    process.stop(lane)
    bare = [process.bare_start() for _ in range(3)]
    return {"start_to_welcome_ms": ms(median(starts)), "bare_start_ms": ms(median(bare)), **at_rest}


def silence_figures(folder: Path, headless: bool) -> Figures:
    """How soon the voice is silent; the promise is 150 ms, the sound card's own buffer in it."""
    keys, pulls, bare = silence.silences(folder, headless=headless)
    longest = {
        f"{name}_heard_ms": round(ms(max(took)) + silence.BUFFER_MS, 3)
        for name, took in (("key", keys), ("jack", pulls))
    }
    return {"key_to_silence": spread(keys), "jack_to_silence": spread(pulls), "bare_stop": spread(bare),
            "one_buffer_ms": silence.BUFFER_MS, **longest}  # fmt: skip


def eyes_figures(measured_on: str) -> Figures:
    """Touches and repaints on the display, and once more on SDL's dummy driver."""
    script = str(Path(__file__).parent / "eyes.py")
    out = {}
    for name, more in (("eyes", {}), ("eyes_on_dummy", {"SDL_VIDEODRIVER": "dummy"})):
        run = subprocess.run([sys.executable, script], check=True, stdout=subprocess.PIPE, env={**os.environ, **more})
        out[name] = {"display": more.get("SDL_VIDEODRIVER", measured_on), **json.loads(run.stdout.splitlines()[-1])}
    return out


def ten_codes() -> list[str]:
    """Ten ordinary products of the demo catalogue."""
    text = Path("config/catalogue/demo.csv").read_text(encoding="utf-8")
    rows = (r for r in read_csv(text) if r.gtin and r.sold_by == "each" and not r.age_limit and not r.blocked)
    return [row.gtin for row in rows][:10]


PROMISES: tuple[tuple[str, str, Any], ...] = (
    ("scan to pixels, median", "scan_to_pixels.median_ms", 3),
    ("scan to pixels, p99", "scan_to_pixels.p99_ms", 16.7),
    ("  bare pygame, the same pixels, median", "bare_change.median_ms", None),
    ("  bare dirty blit, median", "bare_dirty_blit.median_ms", None),
    ("  bare lookup, median", "bare_lookup.median_ms", None),
    ("the same on a tired card, median", "scan_to_pixels_slow_card.median_ms", 3),
    ("the same on a tired card, p99", "scan_to_pixels_slow_card.p99_ms", 16.7),
    ("longest turn there (watchdog: 10 s), ms", "longest_turn_slow_card_ms", WATCHDOG_MS // 2),
    ("last byte of a scan to its event, median", "flood.event.median_ms", 1),
    ("touch in a flood of labels, slowest", "flood.many.worst_ms", 50),
    ("touch in a flood of one label, slowest", "flood.one.worst_ms", 50),
    ("  labels heard a second in the flood", "flood.many.heard_per_s", None),
    ("journal commit, median", "journal_commit.median_ms", None),
    ("  bare SQLite WAL/FULL commit, median", "bare_commit.median_ms", None),
    ("  bare 4 KiB fsync, median", "bare_fsync.median_ms", None),
    ("journal commit / bare commit", "commit_ratio", 1.3),
    ("start to the welcome screen, ms", "start_to_welcome_ms", 1500),
    ("  bare pygame window, ms", "bare_start_ms", None),
    ("idle CPU, thousandths of a core", "cpu_permille", 20),
    ("resident memory, MiB", "rss_mib", 120),
    ("key to silence, median", "silence.key_to_silence.median_ms", None),
    ("jack to silence, median", "silence.jack_to_silence.median_ms", None),
    ("  bare stop of the mixer, median", "silence.bare_stop.median_ms", None),
    ("  one buffer of the sound card, ms", "silence.one_buffer_ms", None),
    ("key to silence, slowest, buffer played out, ms", "silence.key_heard_ms", 150),
    ("jack to silence, slowest, buffer played out, ms", "silence.jack_heard_ms", 150),
    ("seal to a receipt's first byte, 40 lines, median", "printing.first_byte.median_ms", 20),
    ("receipt of 40 lines encoded, median", "printing.encoded.median_ms", 5),
    ("  with every name drawn", "printing.drawn.median_ms", None),
    ("a ZVT message, beyond the terminal's time, median", "terminal.overhead.median_ms", 2),
    ("  the simulated terminal's own, median", "terminal.own.median_ms", None),
    ("approval at the store to the lane, median", "approving.approval.median_ms", 300),
    ("  bare request to the store, median", "approving.request.median_ms", None),
    ("syncs of a ten-line sale", "ten_lines.syncs", None),
    ("KiB written of a ten-line sale", "ten_lines.KiB", None),
)


def _eyes(key: str, where: str) -> tuple[tuple[str, str, Any], ...]:
    return (
        (f"touch release to pixels, median ({where})", f"{key}.touch.median_ms", 8),
        (f"touch release to pixels, p99 ({where})", f"{key}.touch.p99_ms", 33),
        (f"heaviest screen whole, 1280x800 ({where})", f"{key}.repaint.median_ms", 8),
        ("  bare blit of a whole screen", f"{key}.repaint.bare_blit_ms", None),
        ("  so many bare blits", f"{key}.repaint.ratio", None),
        (f"heaviest screen whole, 1080x1920 ({where})", f"{key}.repaint_upright.median_ms", 16),
        ("  bare blit of a whole screen", f"{key}.repaint_upright.bare_blit_ms", None),
        ("  so many bare blits", f"{key}.repaint_upright.ratio", None),
        (f"slowest of 200 frames, all languages ({where})", f"{key}.walk.worst_ms", 33),
        ("memory with all fonts and languages, MiB", f"{key}.rss_mib", 160),
    )


PROMISES += (
    *_eyes("eyes", "display"),
    *_eyes("eyes_on_dummy", "dummy"),
    ("search of 30,000 goods, a key, slowest", "search.worst_ms", 30),
    ("search of 30,000 goods, a key, median", "search.median_ms", None),
    ("a ten-line sale booked, SQLite (500 a second), ms", "books.sqlite.ours_ms", 2),
    ("  its rows inserted bare, ms", "books.sqlite.bare_ms", None),
    ("  so many times bare", "books.sqlite.times_bare", 4),
    ("a ten-line sale booked, PostgreSQL (350 a second), ms", "books.postgresql.ours_ms", 2.857),
    ("  its rows inserted bare, ms", "books.postgresql.bare_ms", None),
    ("  so many times bare", "books.postgresql.times_bare", 4),
    ("200 lanes, 60 sales an hour each: acknowledged, p99", "books.acks.p99_ms", 1_000),
    ("  the same, median", "books.acks.median_ms", None),
    ("a price changed to charged on the last of 40 lanes, worst", "changes.charged.worst_ms", 1_000),
    ("  the same, median", "changes.charged.median_ms", None),
    ("  what the 40 lanes compute for it, together", "changes.lanes.median_ms", None),
    ("  as many bytes bare to 40 subscribers, median", "changes.bare.median_ms", None),
    ("100,000 products to a lane that sells, s", "stocking.took_s", 10),
    ("  their parts read and inserted bare, s", "stocking.bare_s", None),
    ("  longest turn of its loop meanwhile, ms", "stocking.turn_ms", 16.7),
    ("  the same while nothing comes, ms", "stocking.rest_turn_ms", None),
    ("  slowest scan to pixels meanwhile, ms", "stocking.scan_ms", None),
    ("  the same while nothing comes, ms", "stocking.rest_scan_ms", None),
    ("100,000 products of Odoo into the price book, s", "imports.import_s", 20),
    ("  a look at them before, s", "imports.look_s", None),
    ("  again with other prices, s", "imports.again_s", None),
    ("  that undone, s", "imports.undo_s", None),
    ("  the same rows inserted bare, s", "imports.bare_s", None),
    ("235,000 sales of a week offline, 40 lanes, s", "books.drain.week_s", 600),
    ("  sales a second meanwhile", "books.drain.sales_per_s", None),
)


def table(figures: Figures) -> str:
    """One row a figure: measured, promised, kept or not."""
    rows = []
    for name, path, promised in PROMISES:
        value: Any = figures
        for part in path.split("."):
            value = value[part]
        kept = "" if promised is None else ("kept" if value <= promised else "NOT KEPT")
        rows.append(f"{name:52}{value:>12}{'' if promised is None else f'<= {promised}':>12}  {kept}")
    return "\n".join(rows)


def main() -> int:
    """0 if every promise was kept."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    with display.display() as measured_on, TemporaryDirectory() as name:
        folder = Path(name)
        headless = "dummy" in measured_on
        (folder / "slow").mkdir()
        figures: Figures = {"display": measured_on, **scan_figures(folder, headless)}
        figures |= slow_figures(folder / "slow", headless)
        figures |= commit_figures(folder) | process_figures(folder, headless)
        figures["flood"] = flood_figures(folder, headless)
        figures["silence"] = silence_figures(folder, headless)
        figures["printing"] = {name: spread(measured) for name, measured in printing.receipts().items()}
        figures["terminal"] = {name: spread(measured) for name, measured in terminal.overheads().items()}
        figures |= eyes_figures(measured_on) | {"search": searching.searches()}
        (folder / "books").mkdir()
        figures["books"] = booking.all_figures(folder / "books", free_port())
        (folder / "approving").mkdir()
        approved = approving.approvals(folder / "approving")
        figures["approving"] = {name: spread(measured) for name, measured in approved.items()}
        (folder / "changes").mkdir()
        changed = price_changes.changes(folder / "changes")
        figures["changes"] = {name: {**spread(m), "worst_ms": ms(max(m))} for name, m in changed.items()}
        (folder / "stocking").mkdir()
        stocked = stocking.arrival(folder / "stocking", headless=headless)
        figures["stocking"] = {name if name.endswith("_s") else f"{name}_ms": took if name.endswith("_s") else ms(took)
                               for name, took in stocked.items()}  # fmt: skip
        figures["imports"] = importing.imports(folder / "books")
        figures["ten_lines"] = sale.ten_lines(folder, ten_codes())
    Path("build").mkdir(exist_ok=True)
    Path("build/bench.json").write_text(json.dumps(figures, indent=2) + "\n")
    sys.stdout.write(f"measured on {measured_on}\n{table(figures)}\n\nbuild/bench.json:\n{json.dumps(figures)}\n")
    return int("NOT KEPT" in table(figures))


if __name__ == "__main__":
    sys.exit(main())
