"""Shopper: somebody at the bench page of a whole demo, which runs as real processes on free ports."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from playwright.sync_api import Browser, Page, Request, expect

START_WITHIN_S, STOP_WITHIN_S, WITHIN_S = 180, 60, 40
"""For a machine that has much else to do: only what never comes waits so long."""
T = TypeVar("T")


def eventually(what: str, probe: Callable[[], T], within_s: float = WITHIN_S) -> T:
    """The first true answer of the probe, which is asked twenty times a second until the deadline."""
    pause, until_s = threading.Event(), time.monotonic() + within_s
    while not (found := probe()):
        assert time.monotonic() < until_s, f"{what}: not after {within_s} s"
        pause.wait(0.05)
    return found


class Demo:
    """`kiosk demo`, started with no display; `devices`: other kinds than usual, as `scale=dialog06`."""

    def __init__(self, folder: Path, size: str = "1280x800", devices: tuple[str, ...] = ()) -> None:
        self.folder, self.size, self.width = folder, size, int(size.partition("x")[0])
        said = self._start(size, devices)
        self.bench, self.console = re.findall(r"http://127\.0\.0\.1:\d+", said)
        config = (folder / "kiosk.toml").read_text()
        self.debug = "http://" + re.findall(r'listen = "(.*?)"', config)[0]
        token = {"Authorization": f"Bearer {(folder / 'token').read_text()}"}
        self.web = httpx.Client(timeout=WITHIN_S, trust_env=False, headers=token)

    def _start(self, size: str, devices: tuple[str, ...]) -> str:
        """What it says when it has started."""
        hidden = ("DISPLAY", "WAYLAND_DISPLAY")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "demo", "--folder", str(self.folder), "--size", size]
            + [word for device in devices for word in ("--device", device)],
            env={name: value for name, value in os.environ.items() if name not in hidden},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return self.said_until("Ctrl-C")

    def said_until(self, word: str) -> str:
        """What it says at the terminal from now on, up to this word."""
        assert self.process.stdout is not None
        said, until_s = b"", time.monotonic() + START_WITHIN_S
        while word.encode() not in said:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, until_s - time.monotonic()))
            more = os.read(self.process.stdout.fileno(), 4096) if ready else b""
            if not more:
                self.process.kill()
                raise AssertionError(f"the demo did not say {word}:\n{said.decode()}")
            said += more
        return said.decode()

    def api(self, path: str) -> Any:
        """An answer of the store's API."""
        return self.web.get(f"{self.console}/api/v1/{path}").raise_for_status().json()

    def scene(self) -> dict[str, Any]:
        """What is on the lane's screen; nothing while the lane is away, or has just begun and not painted yet."""
        return self._look()[0]

    def touches(self) -> int:
        """How many were made at the bench page and are seen on the screen; -1 while the lane is away."""
        return self._look()[1]

    def _look(self) -> tuple[dict[str, Any], int]:
        nothing = {"name": "", "elements": []}
        try:
            answer = self.web.get(f"{self.debug}/scene.json")
        except httpx.TransportError:
            return nothing, -1
        if not answer.is_success:
            return nothing, -1
        return dict(json.loads(answer.content) or nothing), int(answer.headers["Touches"])

    def state(self) -> dict[str, Any]:
        """What the lane remembers."""
        return dict(self.web.get(f"{self.debug}/state.json").raise_for_status().json())

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        self.web.close()
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=STOP_WITHIN_S)
        return self.process.returncode


class Demos:
    """One demo after the other, each started when somebody wants it; the last must stop cleanly and leave nobody."""

    def __init__(self, start: Callable[[], Demo]) -> None:
        self._start = start
        self._running: Demo | None = None

    def running(self) -> Demo:
        """The one that runs."""
        self._running = self._running or self._start()
        return self._running

    def give_up(self) -> None:
        """Stop the one that runs, in whatever state it is: the next who wants one gets another."""
        spoilt, self._running = self._running, None
        if spoilt is not None:
            spoilt.stop()

    def __enter__(self) -> "Demos":
        return self

    def __exit__(self, *_: object) -> None:
        if self._running is not None:
            assert self._running.stop() == 0
            assert _still_running(self._running.folder) == []


def _still_running(folder: Path) -> list[str]:
    """Command lines of programs that were started with files of this folder."""
    lines = [path.read_bytes().replace(b"\0", b" ").decode() for path in _command_lines()]
    return [line for line in lines if str(folder) in line]


def _command_lines() -> Iterator[Path]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            path.read_bytes()
        except OSError:  # it has ended meanwhile
            continue
        yield path


class Shopper:
    """Somebody at the bench page. They touch only what is drawn there; `demo` is asked where on the screen it is.

    `say` gives the words on the screen for the English ones: another is set by whoever chooses another language.
    """

    def __init__(self, demo: Demo, page: Page) -> None:
        self.demo, self.page = demo, page
        self.say: Callable[[str], str] = str

    def scan(self, gtin: str) -> None:
        """Hold this product to the scanner."""
        self.page.get_by_test_id(f"product-{gtin}").click()

    def sees(self, *screens: str) -> str:
        """Wait for one of these screens."""
        return eventually(f"screen {screens}", lambda: name if (name := self.demo.scene()["name"]) in screens else "")

    def sees_text(self, words: str) -> None:
        """Wait for these words on the screen."""
        eventually(words, lambda: words in json.dumps(self.demo.scene(), ensure_ascii=False))

    def sees_the_lane_started_anew(self, pid: str) -> None:
        """Wait until another process than this one paints the screen, for as long as a start may take."""
        within_ms, hand = START_WITHIN_S * 1_000, self.page.get_by_test_id
        expect(hand("kiosk-pid")).to_have_text(re.compile(rf"process (?!{pid}$)\d+"), timeout=within_ms)
        expect(hand("screen-away")).to_be_hidden(timeout=within_ms)

    def touch(self, name: str) -> None:
        """Touch the button with this name, where it is in the picture, until the screen shows what that did.

        Whoever looks for the next button any sooner may find one that is gone before the finger is there.
        """
        x, y, w, h = eventually(f"a button {name!r}", lambda: self._place(name))
        before = self.demo.touches()
        picture = self.page.get_by_test_id("screen").bounding_box()
        assert picture is not None
        scale = picture["width"] / self.demo.width
        self.page.mouse.click(picture["x"] + (x + w / 2) * scale, picture["y"] + (y + h / 2) * scale)
        eventually(f"the touch of {name!r} was heard", lambda: self.demo.touches() != before)

    def offers(self, name: str) -> bool:
        """Whether there is such a button now."""
        return any(each["name"] == name for each in self.demo.scene()["elements"] if each["type"] == "Button")

    def goes_to_the_screen(self) -> None:
        """With the browser's focus, so that the keyboard's keys are the keypad's."""
        self.page.locator(".b-bezel").focus()

    def finds(self, name: str) -> None:
        """Right, and right again, until the ring is around the button with this name."""
        passed: list[str] = []
        while name not in (ring := self.demo.scene().get("ring", "")) or not ring:
            assert ring not in passed, f"{name!r} is not among {passed}"
            passed += [ring] if ring else []
            self.page.keyboard.press("ArrowRight")
            eventually(f"a ring after {ring!r}", lambda before=ring: self.demo.scene().get("ring", "") != before)

    def _place(self, name: str) -> Any:
        elements = self.demo.scene()["elements"]
        buttons = [e for e in elements if e["type"] == "Button" and name in e["name"] and e.get("says")]
        buttons = [e for e in buttons if not e.get("why_not")]
        so_called = [e for e in buttons if e["name"] == name] or buttons
        return so_called[-1]["rect"] if so_called else None

    def goes_to_pay(self) -> None:
        """To the choice of a tender; no bag is bought."""
        self.touch(self.say("Pay"))
        if self.sees("10b-how-many-bags", "10-pay-choice") == "10b-how-many-bags":
            self.touch(self.say("No, thank you"))
        self.sees("10-pay-choice")

    def pay_up_to_the_pin(self) -> None:
        """Pay by a card that is put in, and type its PIN."""
        self.goes_to_pay()
        self.touch(self.say("Card"))
        self.page.get_by_test_id("insert-card").click()
        expect(self.page.get_by_test_id("terminal-display")).to_have_text("Enter PIN")
        for digit in "1234":
            self.page.get_by_test_id(f"pin-{digit}").click()
        self.page.get_by_test_id("pin-ok").click()

    def take_the_card(self) -> None:
        """When the terminal says so."""
        expect(self.page.get_by_test_id("terminal-display")).to_contain_text("Remove card")
        self.page.get_by_text("Take the card").click()

    def print_and_leave(self) -> None:
        """Take the receipt on paper, and go."""
        before = self.page.get_by_test_id("receipt").count()
        self.sees("14a-receipt-choice")
        self.touch(self.say("Print it"))
        expect(self.page.get_by_test_id("receipt")).to_have_count(before + 1)
        self.sees("15-thank-you")
        self.touch(self.say("Done"))
        self.sees("01-welcome")


@contextmanager
def somebody_at(demo: Demo, browser: Browser) -> Iterator[Shopper]:
    """A fresh page, on which nothing failed and which asked nobody outside this machine for anything."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(START_WITHIN_S * 1_000)
    asked: list[str] = []
    errors: list[str] = []

    def remember(request: Request) -> None:
        asked.append(request.url)

    page.on("request", remember)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(demo.bench)
    expect(page.get_by_test_id("product-9520001200014")).to_be_visible()
    expect(page.get_by_test_id("terminal-display")).not_to_be_empty()
    page.wait_for_function("(document.querySelector('[data-testid=screen] img') ?? {}).naturalWidth > 0")
    yield Shopper(demo, page)
    page.close()
    assert errors == []
    assert [url for url in asked if not url.startswith((demo.bench, demo.console, "data:", "blob:"))] == []
