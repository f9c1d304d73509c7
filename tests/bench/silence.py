"""Key or jack -> silence: from the kernel's record on its way to the moment at which the mixer plays nothing more.

On the real appliance with its real voice, which says a minute of noise, so that the engine is not in the figure. Beside
it a bare stop of the mixer, and the one buffer that the sound card has by then and plays to its end: neither is ours.
"""

import random
import socket
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter_ns

import pygame
from scanning import Bench

from drivers.headphones.simulator import JackSimulator
from drivers.keypad.simulator import KeypadSimulator
from kiosk.app.config import Config, DisplayTable, LaneTable, StorageTable
from kiosk.app.main import Appliance
from kiosk.ui.sound import BUFFER, RATE
from kiosk.ui.voice import SPEEDS, Speech, Voice

TIMES = 40
NOISE = Speech(("noise",), "en")
BUFFER_MS = round(1_000 * BUFFER / RATE, 3)
"""What the sound card has already; the sound server, where there is one, has more."""


class Listener:
    """A lane that speaks, with somebody at its keypad and its jack, who notices when it is silent."""

    def __init__(self, running: Bench, keypad: socket.socket, jack: socket.socket) -> None:
        self._running, self._keypad, self._jack = running, keypad, jack
        self._keys, self._plug = KeypadSimulator(), JackSimulator()
        voice = running.appliance._screen._teller._mouth
        assert isinstance(voice, Voice)
        self._voice, hush = voice, voice.hush
        voice.trouble = ""  # what is said needs no engine
        voice._kept["noise", "en", SPEEDS.index(180) + 1] = random.Random(1).randbytes(2 * RATE * 60)
        self._silent_ns = 0

        def stopped() -> None:
            hush()
            if not self._silent_ns and not self._is_heard():
                self._silent_ns = perf_counter_ns()

        voice.hush = stopped  # type: ignore[method-assign]  # a stop-watch on the real thing

    def keys(self) -> list[int]:
        """So many presses while it speaks, in nanoseconds."""
        self._move(plugged=True)
        measured = [self._silenced(lambda: self._press("right")) for _ in range(TIMES)]
        self._move(plugged=False)
        return measured

    def pulls(self) -> list[int]:
        """So many pulls while it speaks."""
        measured = []
        for _ in range(TIMES // 4):
            self._move(plugged=True)
            measured.append(self._silenced(lambda: self._tell(plugged=False)))
            self._running.until(lambda: self._running.appliance.loop.idle)
        return measured

    def _silenced(self, act: object) -> int:
        assert callable(act)
        self._voice.speak(NOISE)
        while not self._is_heard():  # the voice's thread begins it, which wakes no loop
            self._running.appliance._inbox.wake()
            self._running.runner.turn()
        self._silent_ns = 0
        started = perf_counter_ns()
        act()
        self._running.until(lambda: self._silent_ns > 0)
        return self._silent_ns - started

    def _is_heard(self) -> bool:
        channel = self._voice._channel
        return channel is not None and channel.get_busy()

    def _press(self, key: str) -> None:
        self._keys.press(key)  # type: ignore[arg-type]
        self._keypad.sendall(self._keys.take())

    def _tell(self, *, plugged: bool) -> None:
        (self._plug.insert if plugged else self._plug.pull)()
        self._jack.sendall(self._plug.take())

    def _move(self, *, plugged: bool) -> None:
        self._tell(plugged=plugged)
        loop = self._running.appliance.loop
        self._running.until(lambda: loop.state.devices.headphones == plugged and loop.idle)


def silences(folder: Path, *, headless: bool) -> tuple[list[int], list[int], list[int]]:
    """Key to silence, jack to silence, and a bare stop, in nanoseconds."""
    with ExitStack() as stack:
        servers = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(2)]
        appliance = Appliance(_config(folder, [server.getsockname()[1] for server in servers]), headless, stack)
        runner = appliance.runner()
        runner.turn()
        cables = []
        for server in servers:
            server.settimeout(10)
            cables.append(stack.enter_context(server.accept()[0]))
        running = Bench(appliance, runner, cables[0])
        running.until(lambda: appliance.loop.idle)
        listener = Listener(running, *cables)
        return listener.keys(), listener.pulls(), _bare_stops()


def _bare_stops() -> list[int]:
    sound, measured = pygame.mixer.Sound(buffer=bytes(2 * RATE)), []
    for _ in range(TIMES):
        channel = sound.play()
        started = perf_counter_ns()
        channel.stop()
        measured.append(perf_counter_ns() - started)
    return measured


def _config(folder: Path, ports: list[int]) -> Config:
    names = ("keypad", "headphones")
    return Config(
        lane=LaneTable(store="s001", till="k01", needs=(), mode="demo"),
        storage=StorageTable(path=str(folder / "silence.db")),
        display=DisplayTable(fullscreen=False),
        devices={
            name: {"driver": "evdev", "port": f"socket://127.0.0.1:{port}"}
            for name, port in zip(names, ports, strict=True)
        },
    )
