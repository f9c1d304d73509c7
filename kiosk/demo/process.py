"""Process: one program of the demo, started, watched, started again when it dies, and stopped.

What systemd does on an appliance is done here in small: a program that ends unasked is announced with the place of its
log and started again after a short rest; one that cannot stay up is given up. Each has a session of its own, so that
Ctrl-C reaches the launcher alone and everything is stopped in order; and each is told to end should the launcher itself
be killed (setpriv's --pdeathsig).
"""

import asyncio
import contextlib
import os
import shutil
import signal
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from kiosk.demo.place import LOOPBACK
from kiosk.demo.trouble import Trouble

REST_S = 0.5
LOOK_EVERY_S = 0.05
READY_WITHIN_S = 120
"""A small computer takes its time, and a busy one."""
STOP_WITHIN_S = 10
CRASHES, CRASHES_WITHIN_S = 5, 60
LOG_SHOWN = 5

Ready = Callable[[], Awaitable[bool]]


class Process:
    """One program. `say` tells the person at the terminal what happened."""

    def __init__(self, name: str, command: Sequence[str], log: Path, ready: Ready, say: Callable[[str], None]) -> None:
        """`ready` tells whether it answers."""
        self.name = name
        self._command, self._log, self._ready, self._say = command, log, ready, say
        self._running: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._crashes: deque[float] = deque(maxlen=CRASHES)
        self.given_up = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._running.pid if self._running is not None and self._running.returncode is None else None

    @property
    def wanted(self) -> bool:
        """Whether it shall run: it was started, and neither stopped nor given up."""
        return self._watch is not None and not self.given_up.is_set()

    async def start(self) -> None:
        """Start it and keep it running. Raises Trouble if it ends again and again or never answers."""
        self._crashes.clear()
        self.given_up.clear()
        await self._spawn()
        self._watch = asyncio.create_task(self._keep(), name=f"keep {self.name}")
        await self._answers()

    async def _spawn(self) -> None:
        with self._log.open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                *_tied_to_us(),
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def _answers(self) -> None:
        """Wait until it is ready; a program that dies meanwhile may be started again, until it is given up."""
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                while not (self.pid is not None and await self._ready()):
                    if self.given_up.is_set():
                        raise Trouble(self._obituary("cannot be started"))
                    await asyncio.sleep(LOOK_EVERY_S)
        except TimeoutError:
            raise Trouble(self._obituary(f"does not answer after {READY_WITHIN_S} s")) from None

    async def _keep(self) -> None:
        """Start it again whenever it ends, until it does so too often."""
        while True:
            assert self._running is not None
            code = await self._running.wait()
            if self._in_a_loop():
                self._say(self._obituary("ends again and again and is given up"))
                self.given_up.set()
                return
            self._say(f"{self.name} ended ({_why(code)}) and is started again; its log: {self._log}")
            await asyncio.sleep(REST_S)
            await self._spawn()

    def _in_a_loop(self) -> bool:
        now_s = asyncio.get_running_loop().time()
        self._crashes.append(now_s)
        return len(self._crashes) == CRASHES and now_s - self._crashes[0] < CRASHES_WITHIN_S

    def kill(self) -> None:
        """Pull its plug: SIGKILL. It is started again."""
        if self.pid is not None:
            os.kill(self.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """End it for good (until `start`); one that does not hear is killed."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if self.pid is None:
            return
        assert self._running is not None
        with contextlib.suppress(ProcessLookupError):
            self._running.terminate()
        try:
            await asyncio.wait_for(self._running.wait(), STOP_WITHIN_S)
        except TimeoutError:
            self._say(f"{self.name} did not stop when asked and was killed; its log: {self._log}")
            self._running.kill()
            await self._running.wait()

    def _obituary(self, what: str) -> str:
        last = self._log.read_text(errors="replace").splitlines()[-LOG_SHOWN:] if self._log.exists() else []
        return "\n".join([f"{self.name} {what}; its log: {self._log}", *(f"  {line}" for line in last)])


async def run_once(name: str, command: Sequence[str], log: Path, *, secret: bool = False) -> str:
    """A program that does one thing: what it said, which is no business of the log if it is `secret`.

    Raises Trouble with what it said if it fails.
    """
    process = await asyncio.create_subprocess_exec(
        *_tied_to_us(),
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _ = await process.communicate()
    finally:
        if process.returncode is None:  # nobody waits for it any more
            process.kill()
            await process.wait()
    with log.open("ab") as file:
        file.write(b"" if secret and not process.returncode else said)
    text = said.decode(errors="replace")
    if process.returncode:
        raise Trouble(f"{name} failed; its log: {log}\n{text.rstrip()}")
    return text


async def listens(port: int) -> bool:
    """Whether somebody listens there on loopback."""
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


def _tied_to_us() -> list[str]:
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _why(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
