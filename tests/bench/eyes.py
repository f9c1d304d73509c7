"""What eyes and fingers wait for, measured in a process of its own on one display; prints JSON.

- *touch*: a finger is lifted -> the changed pixels have been handed to the display, on the running appliance (a page of
  typing opens and closes in turn). The finger is another thread's, which posts to SDL's queue at uneven moments, so the
  loop's looking for it is in the figure.
- *repaint*: the heaviest screen of the gallery, painted whole with warm caches, beside one blit of a whole screen.
- *walk*: 200 screens in random order and all languages, each made, painted and sent; the slowest frame, and the memory
  of the process that has then had every font and word in its hands.
"""

import gc
import json
import random
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter_ns
from typing import Any
from zoneinfo import ZoneInfo

import pygame
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent))

import scanning

from kiosk.ui import fonts, gallery
from kiosk.ui.panel import Panel
from kiosk.ui.scene import Button, Scene, buttons
from kiosk.ui.show import scene as make_scene
from kiosk.ui.window import Window
from kiosk.ui.words import Words, load

TOUCHES, REPAINTS, STEPS = 300, 40, 200
WORDS = Path(__file__).parents[2] / "config" / "words"
Figures = dict[str, Any]


def ms(nanoseconds: float) -> float:
    """Milliseconds, to the microsecond."""
    return round(nanoseconds / 1e6, 3)


def _peak_mib() -> int:
    """VmHWM of proc(5): of this program alone. getrusage's maximum begins with what whoever started it had."""
    told = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(told.split()[1]) // 1024


def touches(folder: Path) -> Figures:
    """Release to pixels."""
    dice, measured = random.Random(4), []
    with scanning.bench(folder, headless=False) as running:
        for number in range(TOUCHES):
            name = "Skriv en kod" if number % 2 == 0 else "Tillbaka"
            measured.append(_touch(running, name, dice.uniform(0.01, 0.04)))
    ordered = sorted(measured)
    return {"median_ms": ms(median(ordered)), "p99_ms": ms(ordered[len(ordered) * 99 // 100])}


def _touch(running: scanning.Bench, name: str, after_s: float) -> int:
    loop, posted, pause = running.appliance.loop, [0], threading.Event()
    running.until(lambda: loop.idle and not loop.screen.moving)
    scene = loop.screen.scene
    assert scene is not None
    button = next(b for b in buttons(scene) if b.name == name)
    x, y = button.rect.x + button.rect.w // 2, button.rect.y + button.rect.h // 2

    def finger() -> None:
        pause.wait(after_s)
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(x, y)))
        pause.wait(0.08 + after_s)
        posted[0] = perf_counter_ns()
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, button=1, pos=(x, y)))

    hand = threading.Thread(target=finger)
    hand.start()
    running.until(lambda: _page(loop.screen.scene) != _page(scene))
    took = running.shown_ns - posted[0]
    hand.join()
    return took


def _page(scene: Scene | None) -> tuple[str, int]:
    assert scene is not None
    return scene.name, len([b for b in scene.elements if isinstance(b, Button)])


def repaints(size: tuple[int, int], words: dict[str, Words]) -> Figures:
    """The slowest screen of all, and a plain blit beside each."""
    window = Window(size)
    sheet, blits = pygame.Surface(size, 0, 32), []
    slowest, name = 0.0, ""
    for stop in gallery.STOPS:
        scene = _scene(stop, "en", size, words)
        took = []
        for _ in range(REPAINTS // 4):
            started = perf_counter_ns()
            window.canvas.blit(sheet, (0, 0))
            pygame.display.update()
            blits.append(perf_counter_ns() - started)
            window.forget()
            started = perf_counter_ns()
            window.show(scene)
            took.append(perf_counter_ns() - started)
        if median(took) > slowest:
            slowest, name = median(took), stop
    window.close()
    return {"screen": name, "median_ms": ms(slowest), "bare_blit_ms": ms(median(blits)),
            "ratio": round(slowest / median(blits), 2)}  # fmt: skip


def walk(words: dict[str, Words]) -> Figures:
    """The slowest of so many frames."""
    dice, window, took = random.Random(7), Window((1280, 800)), []
    fonts.prepare([each.direction for each in words.values()])
    window.show(_scene("01-welcome", "en", (1280, 800), words))
    gc.freeze()  # so far as the lane itself
    for _ in range(STEPS):
        started = perf_counter_ns()
        window.show(_scene(dice.choice(tuple(gallery.STOPS)), dice.choice(tuple(words)), (1280, 800), words))
        took.append(perf_counter_ns() - started)
    window.close()
    return {"worst_ms": ms(max(took)), "median_ms": ms(median(took)), "languages": len(words)}


def _scene(stop: str, language: str, size: tuple[int, int], words: dict[str, Words]) -> Scene:
    state, view = _VISITS[stop]
    state = replace(state, language=language)
    return make_scene(state, replace(view, panel=Panel(size)), words[language])


_VISITS = {stop: gallery.visit_to(stop, "en") for stop in gallery.STOPS}


def _languages() -> Iterator[str]:
    yield "en"
    yield from sorted(path.stem for path in WORDS.glob("*.po"))


def main() -> None:
    """Everything, on whatever display the environment names."""
    words = load(WORDS, tuple(_languages()), currency="SEK", territory="se", zone=ZoneInfo("Europe/Stockholm"))
    figures: Figures = {"walk": walk(words)}
    figures["rss_mib"] = _peak_mib()
    figures["repaint"] = repaints((1280, 800), words)
    figures["repaint_upright"] = repaints((1080, 1920), words)
    with TemporaryDirectory() as name:
        figures["touch"] = touches(Path(name))
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
