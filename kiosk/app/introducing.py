"""Introducing: a machine without a kiosk.toml shows a code with which it is adopted, and becomes a till by itself.

What both ends prove stands in `kiosk.wire.introduction`. Where its store is, the machine is told, in one line of a file
that an operator can write on any computer (`BOOT_FILE`), or by KASSA_STORE; a machine that nobody has told anything
asks for `kassa-store` in the network's own names, and the screen says what to do where nobody is called that. A wrong
address does no harm: nobody learns the code, and nobody without it can answer.

The store is asked every other second, in the background. The code is kept in memory alone: after a power cut there is
another one. What the store has answered is written in the order of `adopting.become`, kiosk.toml last; if the power was
cut just before that, `finish` does the rest at the next start.

Where an operator has put settings onto the card and they are wrong, the screen says that instead, and the lamp blinks
(`troubles`): who wrote a file does not wait for a code.
"""

import os
import select
import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from urllib.parse import quote, urlsplit

import msgspec
import structlog

from kiosk.app import looks, troubles
from kiosk.app.adopting import CannotAdopt, asked, authority_at, become
from kiosk.app.background import Background, Failed
from kiosk.app.blinking import Blinker
from kiosk.app.clock import tick_ms
from kiosk.app.config import read_config
from kiosk.app.config_tables import DisplayTable
from kiosk.app.eyes import open_window, panel_of
from kiosk.app.identity import Identity, NotForUs
from kiosk.app.inbox import Inbox
from kiosk.app.known_store import BOOT_FILE, STORE_FILE, told_store
from kiosk.app.log import set_up_log
from kiosk.app.updates_port import WELL
from kiosk.app.watchdog import Watchdog
from kiosk.ui.screens.adoption import Standing, scene
from kiosk.ui.window import Window, WindowError
from kiosk.values.settings import BadSettings
from kiosk.wire import introduction as wire
from kiosk.wire.adoption import Adopted

USUAL_STORE = "https://kassa-store:8443"
"""A name that the shop's router may give to the store's machine; every shop's certificate has it."""
ASK_EVERY_MS = 2_000
_GLASS_EVERY_MS = 250
_ANSWER = msgspec.json.Decoder(wire.Waiting | wire.Introduced)


class _Adopted(msgspec.Struct, frozen=True):
    """It has happened."""

    till: str


def anew(folder: Path, *, headless: bool) -> int:
    """`kiosk anew`: a machine whose data are damaged shows a code, with which staff make it the till that it was.

    0: they have, and its identity is in this folder; 1: somebody has stopped it. Raises BadSettings.
    """
    set_up_log()
    why = next((one for one in troubles.known() if one.kind == "data"), None)
    try:
        return 0 if run(folder / "kiosk.toml", headless=headless, why=why) else 1
    except WindowError as problem:
        raise BadSettings(f"no screen to show a code on: {problem}") from None


def run(
    config_path: Path, *, headless: bool, display: DisplayTable | None = None, why: troubles.Trouble | None = None
) -> bool:
    """Show the code until this machine is a till (True), or until SIGTERM (False). WindowError, BadSettings.

    `why` a machine that was a till needs one again; what else is wrong with the machine is said beside the code.
    """
    folder = config_path.parent.absolute()
    if finish(folder):
        return True
    waiting, inbox = _Wait(), Inbox()
    waiting.stop_on_signals(inbox)
    seen = looks.known()
    display = display or seen.display
    window = open_window(display, headless=headless)
    found = troubles.known()
    stops = why is None and bool(found) and found[0].stops
    why = why or (found[0] if found else None)
    introducer: Introducer | Stopped = Introducer(folder, lambda: told_store(folder), os.urandom, why=why)
    if stops:
        introducer = Stopped(found[0])
    structlog.get_logger("introducing").info("lane.not_adopted", folder=str(folder))
    blinker = Blinker(seen.lights, troubles.BLINKS[found[0].kind], tick_ms()) if found else None
    try:
        return waiting.until_adopted(introducer, Background(inbox), inbox, window, display, blinker)
    finally:
        if blinker is not None:
            blinker.close()
        window.close()
        inbox.close()


class _Wait:
    """This process's own loop: a screen, a watchdog, and the store asked again and again."""

    def __init__(self) -> None:
        self._stopping = False

    def stop_on_signals(self, inbox: Inbox) -> None:
        """SIGTERM and SIGINT end it."""

        def stop(number: int, frame: FrameType | None) -> None:
            self._stopping = True
            inbox.wake()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)

    def until_adopted(
        self,
        introducer: "Introducer | Stopped",
        background: Background,
        inbox: Inbox,
        window: Window,
        display: DisplayTable,
        blinker: Blinker | None = None,
    ) -> bool:
        """True: this machine is a till."""
        panel, watchdog = panel_of(display, window), Watchdog()
        window.show(scene(introducer.standing(), panel))
        watchdog.status(WELL)
        watchdog.ready()
        ask_ms, asking = 0, False
        poll = select.poll()
        poll.register(inbox.fileno(), select.POLLIN)
        while not self._stopping:
            now_ms = tick_ms()
            watchdog.beat(now_ms)
            if blinker is not None:
                blinker.turn(now_ms)
            if not asking and now_ms >= ask_ms:
                asking = True
                background(lambda: [introducer.turn(tick_ms())])
            poll.poll(_GLASS_EVERY_MS)
            for message in inbox.take():
                if isinstance(message, Failed):
                    raise message.error
                if isinstance(message, _Adopted):
                    background.close()
                    return True
                asking, ask_ms = False, tick_ms() + ASK_EVERY_MS
                window.show(scene(message, panel))
            if any(gesture.kind == "closed" for gesture in window.gestures()):
                return False
        return False


class Stopped:
    """A machine that somebody must see to first; it asks nobody."""

    def __init__(self, trouble: troubles.Trouble) -> None:
        self._trouble = trouble

    def standing(self) -> Standing:
        """What is wrong, in words."""
        return Standing(title=self._trouble.title, trouble=self._trouble.lines)

    def turn(self, now_ms: int) -> Standing:
        """The same: it ends with the power."""
        return self.standing()


class Introducer:
    """One machine that asks to be adopted. `turn` blocks on the network."""

    def __init__(
        self,
        folder: Path,
        store: Callable[[], str],
        chance: Callable[[int], bytes],
        usual: str = USUAL_STORE,
        why: troubles.Trouble | None = None,
    ) -> None:
        """`store`: the store's address, read anew each time; empty: nobody has told it, and `usual` is asked.
        `chance`: random bytes."""
        self._folder, self._store, self._chance, self._usual = folder, store, chance, usual
        self._title, self._why = (why.title, why.lines) if why is not None else ("", ())
        self._identity = Identity(folder / "till.crt", folder / "till.key")
        self._code = ""
        self._made_ms = 0
        self._request, self._key_digest, self._secret = b"", "", b""

    def standing(self) -> Standing:
        """Before anybody has been asked."""
        url = self._store() or self._usual
        return Standing(title="One moment", trouble=(f"Looking for the store at {url}.",), store=url)

    def turn(self, now_ms: int) -> Standing | _Adopted:
        """Ask the store once; what to show. `now_ms`: ticks, by which a code grows old."""
        told = self._store()
        url = told or self._usual
        try:
            return self._ask(url, now_ms)
        except (CannotAdopt, NotForUs, BadSettings) as error:
            if not told:
                return _nowhere(self._folder, self._usual, self._title, self._why)
            trouble = (f"{error}.", "It is tried again every few seconds. The address is in the machine's store file.")
        except OSError as error:
            trouble = (
                f"{self._folder} cannot be written: {error.strerror or error}.",
                "Is the card full, or worn out?",
            )
        return Standing(title="This machine cannot be adopted yet", trouble=(*trouble, *self._why), store=url)

    def _ask(self, url: str, now_ms: int) -> Standing | _Adopted:
        authority, content = authority_at(url)
        if not self._code or now_ms - self._made_ms >= wire.LIFE_MS:
            self._make_code(now_ms)
        proof = wire.machines_proof(self._secret, content, self._key_digest)
        said = {"request": self._request.decode("ascii"), "proof": proof}
        try:
            answer = _ANSWER.decode(asked(url, authority, "/adopt/introduction", said))
        except msgspec.DecodeError as error:
            raise CannotAdopt(f"{url} answered something that is no store's: {error}") from error
        if isinstance(answer, wire.Waiting):
            number = wire.number_of(self._key_digest)
            link = link_of(url, answer.console, number, self._code)
            code = wire.shown(self._code)
            return Standing(code, number, link, store=url, title=self._title, trouble=self._why)
        right = wire.stores_proof(self._secret, content, self._key_digest, answer.adopted)
        if not wire.same(right, answer.proof):
            self._code = ""
            raise CannotAdopt(f"{url} answered without knowing the code: it is not the store where it was typed")
        adopted = msgspec.json.decode(answer.adopted, type=Adopted)
        become(self._folder, authority, adopted, self._identity)
        structlog.get_logger("introducing").info("lane.adopted", till=adopted.till, store=adopted.store)
        return _Adopted(adopted.till)

    def _make_code(self, now_ms: int) -> None:
        self._identity.settle()
        self._request = self._identity.request()
        self._key_digest = self._identity.waiting_digest()
        self._code, self._made_ms = wire.new_code(self._chance(wire.CODE_BYTES)), now_ms
        self._secret = wire.stretched(self._code, self._key_digest)


def finish(folder: Path) -> bool:
    """Whether an adoption was cut short when only kiosk.toml was not in its place yet; it is, then."""
    tried = folder / "kiosk.toml.new"
    identity = Identity(folder / "till.crt", folder / "till.key")
    try:
        identity.settle()
        lane = read_config(tried).lane
    except (BadSettings, OSError):
        return False
    if identity.name() != f"{lane.store}/{lane.till}":
        return False
    tried.replace(folder / "kiosk.toml")
    return True


def link_of(url: str, console: str, number: str, code: str) -> str:
    """What the QR code says: the console's page for this machine, if it is on the machine that was asked; else the code
    alone. Somebody who is not our store shall not lead a phone to a page of their own."""
    try:
        ours, theirs = urlsplit(url).hostname, urlsplit(console)
    except ValueError:
        return wire.shown(code)
    if theirs.scheme not in ("https", "http") or theirs.hostname != ours:
        return wire.shown(code)
    return f"{console}/adopt?machine={quote(number)}&code={quote(code)}"


def _nowhere(folder: Path, usual: str, title: str, why: tuple[str, ...]) -> Standing:
    return Standing(
        title=title or "Which store is this for?",
        trouble=(
            *why,
            "This machine has not been told where its store is, and nobody answers as "
            f"**{urlsplit(usual).hostname}** on this network. The console shows the address under **Operators**.",
            f"Write it as the only line of **{BOOT_FILE.name}** on the card's boot partition, or of "
            f"**{folder / STORE_FILE}**.",
            "The screen goes on by itself; or adopt the machine by hand: kiosk adopt.",
        ),
    )
