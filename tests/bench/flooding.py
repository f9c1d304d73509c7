"""Scanners that are fast, and scanners gone mad: last byte -> event in the loop, and a finger during a flood.

- *event*: the last byte of a label is written to the scanner's socket -> the gate has it as an event, on the real
  appliance at rest.
- *flood*: another process writes 1,000 labels a second (so many products, over and over) while a finger presses a
  button again and again; release -> the pixels that answer have been handed to the display. The finger is another
  thread's, as in `eyes.py`.
"""

import random
import subprocess
import sys
import threading
from pathlib import Path
from time import perf_counter_ns
from typing import Any

import pygame
from scanning import LINES, Bench, bench, gtin

from kiosk.checkout.events import Touched
from kiosk.ui.scene import buttons

EVENTS, TOUCHES = 100, 20
PER_SECOND = 1_000
_PUMP = """
import socket, sys, time
cable, labels = socket.socket(fileno=int(sys.argv[1])), sys.argv[3:]
cable.setblocking(True)
begun, sent = time.monotonic(), 0
while True:
    due = int((time.monotonic() - begun) * int(sys.argv[2]))
    for number in range(sent, due):
        cable.sendall(labels[number % len(labels)].encode() + b"\\r")
    sent = due
    time.sleep(0.001)
"""


def events(folder: Path, *, headless: bool) -> list[int]:
    """Last byte to event, in nanoseconds."""
    measured = []
    with bench(folder, headless=headless) as running:
        heard = [0]
        gate = running.appliance._counter._gate
        scanned = gate.scanned

        def stop_watch(*said: Any) -> Any:
            event = scanned(*said)
            heard[0] = perf_counter_ns()
            return event

        gate.scanned = stop_watch  # type: ignore[method-assign]  # a stop-watch on the real thing
        for number in range(EVENTS):
            label = f"]E0{gtin(LINES + number)}\r".encode()
            running._cable.sendall(label[:-1])
            running.runner.turn()
            heard[0] = 0
            started = perf_counter_ns()
            running._cable.sendall(label[-1:])
            running.until(lambda: heard[0] > 0)
            measured.append(heard[0] - started)
            running.void_oldest()
            running.until(lambda: running.appliance.loop.idle)
    return measured


def touches(folder: Path, labels: list[str]) -> tuple[list[int], float]:
    """Release to the pixels that answer, in nanoseconds, while it rains labels; and how many a second were heard."""
    with bench(folder, headless=False) as running:
        heard = [0]
        gate = running.appliance._counter._gate
        scanned = gate.scanned

        def count(*said: Any) -> Any:
            heard[0] += 1
            return scanned(*said)

        gate.scanned = count  # type: ignore[method-assign]
        command = [sys.executable, "-c", _PUMP, str(running._cable.fileno()), str(PER_SECOND), *labels]
        begun = perf_counter_ns()
        pump = subprocess.Popen(command, pass_fds=(running._cable.fileno(),))
        try:
            measured = [_touch(running, random.Random(number)) for number in range(TOUCHES)]
        finally:
            pump.kill()
            pump.wait()
        return measured, heard[0] / (perf_counter_ns() - begun) * 1e9


def _touch(running: Bench, dice: random.Random) -> int:
    """Once a button is pressed whose word is heard, the next frame answers it."""
    screen, glass = running.appliance.loop.screen, running.appliance.glass
    said, answered, posted, pause = [0], [0], [0], threading.Event()
    touched, shown = screen.touches, glass.show

    def touches(now: Any) -> Any:
        words = touched(now)
        if posted[0] and any(not isinstance(word, Touched) for word in words):
            said[0] = perf_counter_ns()
        return words

    def show(scene: Any) -> None:
        shown(scene)
        if said[0] and not answered[0]:
            answered[0] = perf_counter_ns()

    def finger() -> None:
        while not said[0]:  # a press on a page that a scan closes under the finger is none
            pause.wait(dice.uniform(0.02, 0.1))
            place = _place(screen.scene)
            if place is None or said[0]:
                continue
            pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=place))
            pause.wait(0.08)
            posted[0] = perf_counter_ns()
            pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, button=1, pos=place))
            pause.wait(0.5)

    screen.touches, glass.show = touches, show  # type: ignore[method-assign]
    hand = threading.Thread(target=finger)
    hand.start()
    running.until(lambda: answered[0] > 0)
    hand.join()
    screen.touches, glass.show = touched, shown  # type: ignore[method-assign]
    return answered[0] - posted[0]


def _place(scene: Any) -> tuple[int, int] | None:
    """The middle of the button that opens the page of typing, while it is there."""
    button = next((one for one in buttons(scene) if one.name == "Skriv en kod"), None)
    return None if button is None else (button.rect.x + button.rect.w // 2, button.rect.y + button.rect.h // 2)
