"""Programs of the demo come back when they die, are given up when they cannot, and end when they are told to."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from kiosk.demo import process as room
from kiosk.demo.process import Process, run_once
from kiosk.demo.trouble import Trouble

pytestmark = pytest.mark.slow
WITHIN_S = 20
STAYS = [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"]
DEAF = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\nwhile True: signal.pause()",
]
DIES = [sys.executable, "-c", "raise SystemExit('no such file: thing.toml')"]


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "REST_S", 0)
    monkeypatch.setattr(room, "STOP_WITHIN_S", 0.3)


class Bench:
    """A process, its log and what it said."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.said: list[str] = []
        self.log = folder / "thing.log"
        self.process = Process("thing", command, self.log, self._is_up, self.said.append)

    async def _is_up(self) -> bool:
        return "up" in self.log.read_text()

    async def until(self, what: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN_S):
            while not what():
                await asyncio.to_thread(os.sched_yield)


def played(bench: Bench, play: Callable[[Bench], Awaitable[None]]) -> Bench:
    async def main() -> None:
        try:
            await play(bench)
        finally:
            await bench.process.stop()

    asyncio.run(main())
    return bench


def test_a_killed_program_is_announced_with_its_log_and_started_again(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        await bench.process.start()
        first = bench.process.pid
        bench.process.kill()
        await bench.until(lambda: bench.process.pid not in (first, None))

    bench = played(Bench(STAYS, tmp_path), play)
    assert len(bench.said) == 1
    assert "SIGKILL" in bench.said[0]
    assert str(bench.log) in bench.said[0]


def test_a_program_that_cannot_stay_up_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        with pytest.raises(Trouble, match=r"thing\.log(?s:.*)no such file: thing\.toml"):
            await bench.process.start()
        assert (bench.process.pid, bench.process.wanted) == (None, False)

    bench = played(Bench(DIES, tmp_path), play)
    assert len(bench.said) == room.CRASHES


def test_a_stopped_program_stays_away_until_it_is_started(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        await bench.process.start()
        await bench.process.stop()
        assert (bench.process.pid, bench.process.wanted) == (None, False)
        await bench.process.start()
        assert bench.process.pid is not None
        assert bench.process.wanted

    assert played(Bench(STAYS, tmp_path), play).said == []


def test_one_that_does_not_hear_is_killed(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        await bench.process.start()
        pid = bench.process.pid
        assert pid is not None
        await bench.process.stop()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    assert "was killed" in played(Bench(DEAF, tmp_path), play).said[0]


def test_ctrl_c_at_the_terminal_does_not_reach_it(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        await bench.process.start()
        assert bench.process.pid is not None
        assert os.getsid(bench.process.pid) != os.getsid(0)

    played(Bench(STAYS, tmp_path), play)


def test_it_ends_when_whoever_started_it_is_killed(tmp_path: Path) -> None:
    """The launcher's launcher is a process of its own here, so that it can be killed."""
    script = f"""
import asyncio, pathlib
from kiosk.demo.process import Process
async def ready(): return 'up' in pathlib.Path({str(tmp_path / "thing.log")!r}).read_text()
async def main():
    process = Process('thing', {STAYS!r}, pathlib.Path({str(tmp_path / "thing.log")!r}), ready, print)
    await process.start()
    print(process.pid, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""

    async def main() -> None:
        launcher = await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE)
        assert launcher.stdout is not None
        pid = int(await asyncio.wait_for(launcher.stdout.readline(), WITHIN_S))
        launcher.send_signal(signal.SIGKILL)
        await launcher.wait()
        async with asyncio.timeout(WITHIN_S):
            while _runs(pid):
                await asyncio.to_thread(os.sched_yield)

    asyncio.run(main())


def _runs(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:  # it is gone
        return False


def test_a_command_that_nobody_waits_for_any_more_ends(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    says = f"import os, pathlib, signal; pathlib.Path({str(pid)!r}).write_text(f'{{os.getpid()}} '); signal.pause()"

    async def main() -> None:
        command = asyncio.create_task(run_once("it", [sys.executable, "-c", says], tmp_path / "it.log"))
        async with asyncio.timeout(WITHIN_S):
            while not (pid.exists() and pid.read_text().endswith(" ")):
                await asyncio.to_thread(os.sched_yield)
        command.cancel()
        with pytest.raises(asyncio.CancelledError):
            await command

    asyncio.run(main())
    assert not _runs(int(pid.read_text()))


def test_a_command_that_fails_says_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"the import failed; its log: (?s:.*)no such file"):
        asyncio.run(run_once("the import", DIES, tmp_path / "store.log"))
    assert "no such file" in (tmp_path / "store.log").read_text()
