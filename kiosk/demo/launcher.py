"""Launcher: `make demo`, everything of a shop on one machine, in the order in which one part needs the other.

The broker first, then the store with its catalogue and staff, the counter's devices, the lane that finds all of them,
and the bench page last. Broker, store and lane are real processes; the devices and the page live in this one. Stopping
goes the other way round.
"""

import asyncio
import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from kiosk.app.places import config_folder
from kiosk.demo.bench.honest import Bagger
from kiosk.demo.bench.mirror import Mirror
from kiosk.demo.bench.parts import Bench
from kiosk.demo.bench.server import BenchServer
from kiosk.demo.devices import CARD_PIN, Devices
from kiosk.demo.kinds import chosen, tables
from kiosk.demo.neighbours import Neighbour
from kiosk.demo.place import LOOPBACK, MAIL, MANAGER, MANAGER_PIN, STAFF, STAFF_PIN, Place
from kiosk.demo.ports import choose_ports, free_ports
from kiosk.demo.process import Process, Ready, listens, run_once
from kiosk.demo.trouble import Trouble
from kiosk.storage.ownership import Owned, Ownership


def main(
    *, folder: Path | None, size: tuple[int, int] | None = None, devices: Iterable[str] = (), kiosks: int = 1
) -> int:
    """The exit code. Without a folder the demo's files go with it, unless something went wrong that they can tell.

    `devices`: other kinds than the usual, as `card_terminal=nexo-json`; `kiosks`: how many lanes, at all but the first
    of which the shoppers are simulated.
    """
    try:
        kinds = chosen(devices)
    except Trouble as trouble:
        sys.stderr.write(f"kiosk: {trouble}\n")
        return 2
    home = folder or Path(tempfile.mkdtemp(prefix="kassa-demo-"))
    try:
        place = Place(home, choose_ports(), size, tables(kinds))
    except OSError as error:
        sys.stderr.write(
            f"kiosk: {home}: the demo cannot keep its files there: {error.strerror}; name another --folder\n"
        )
        return 1
    try:
        asyncio.run(Demo(place, kinds, kept=folder is not None, kiosks=kiosks).run())
    except Trouble as trouble:
        sys.stderr.write(f"kiosk: {trouble}\n")
        return 1
    if folder is None:
        shutil.rmtree(home)
    return 0


class Demo:
    """One demo, from start to stop."""

    def __init__(self, place: Place, kinds: Mapping[str, str], *, kept: bool, kiosks: int = 1) -> None:
        """`kinds`: of which kind each device is; `kept`: whether the folder stays when the demo stops.

        Raises Trouble if there is no broker to start.
        """
        self._place, self._kept = place, kept
        self._devices = Devices(kinds)
        self._broker = self._process("broker", [_mosquitto(), "-c", str(place.broker_config)], self._broker_answers)
        self._store = self._process("store", _store(place, "serve"), self._store_answers)
        self._kiosk = self._process("kiosk", _kiosk(place), self._kiosk_answers)
        self._kiosks = kiosks

    def _process(self, name: str, command: list[str], ready: Ready) -> Process:
        return Process(name, command, self._place.logs / f"{name}.log", ready, say)

    async def run(self) -> None:
        """Until a signal says to stop. Raises Trouble."""
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with AsyncExitStack() as stack:
            started = asyncio.create_task(self._start(stack))
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait((started, stopped), return_when=asyncio.FIRST_COMPLETED)
            if started.done():
                started.result()
                say(self._welcome())
                await stopped
            else:
                started.cancel()
                await asyncio.wait((started,))
            say("stopping")

    async def _start(self, stack: AsyncExitStack) -> None:
        stack.callback(self._devices.close)
        self._web = await stack.enter_async_context(httpx.AsyncClient(timeout=5, trust_env=False))
        self._nobody_else_here()
        self._place.write(config_folder(), self._devices.ports)
        await _keep(self._broker, stack)
        if not self._place.books.exists():
            stocking = [sys.executable, "-m", "kiosk.demo.stocking", str(self._place.store_config)]
            await run_once("stocking the shop", stocking, self._place.logs / "store.log")
        await self._let_the_bench_in()
        await _keep(self._store, stack)
        self._devices.start()
        await _keep(self._kiosk, stack)
        await self._open_the_others(stack)
        bench = Bench(
            devices=self._devices,
            mirror=Mirror(self._web, self._place.debug_url),
            web=self._web,
            place=self._place,
            kiosk=self._kiosk,
            store=self._store,
            broker=self._broker,
            bagger=Bagger(),
        )
        server = BenchServer(bench)
        stack.push_async_callback(server.stop)
        await server.start()

    async def _open_the_others(self, stack: AsyncExitStack) -> None:
        """The lanes beside the first, each with a shopper."""
        place, codes = self._place, await self._codes() if self._kiosks > 1 else ()
        for number, debug in enumerate(free_ports(self._kiosks - 1), start=2):
            url = f"http://{LOOPBACK}:{debug}"
            one = Neighbour(number, url, self._web, codes)
            stack.callback(one.devices.close)
            ports = {**one.devices.ports, MAIL: self._devices.ports[MAIL]}
            place.write_neighbour(config_folder(), number, debug, ports)
            one.devices.start()
            command = [*_run(place.neighbour_config(number)), "--headless"]
            await _keep(self._process(f"kiosk {number}", command, partial(self._lane_answers, url)), stack)
            shopping = asyncio.create_task(one.shop())
            stack.callback(shopping.cancel)

    async def _codes(self) -> tuple[str, ...]:
        """What the shop sells by the piece and to anybody."""
        answer = await self._web.get(f"{self._place.console_url}/api/v1/products?limit=1000")
        rows = answer.raise_for_status().json()
        plain = [row for row in rows if row["gtin"] and row["sold_by"] == "each" and not row["blocked"]]
        return tuple(row["gtin"] for row in plain if not (row["age_limit"] or row["staff_only"] or row["open_price"]))

    def _nobody_else_here(self) -> None:
        """A second demo in the folder would change the addresses under the first one's feet."""
        try:
            Ownership(self._place.journal).close()
        except Owned:
            folder = self._place.folder
            raise Trouble(f"a demo is running in {folder} already; stop it, or name another --folder") from None

    async def _let_the_bench_in(self) -> None:
        """A token for the API, one for this folder."""
        token = self._place.token
        if not token.exists():
            words = ("token", "add", f"bench-{secrets.token_hex(4)}", "--role", "manager")
            log = self._place.logs / "store.log"
            said = await run_once("a token for the bench", _store(self._place, *words), log, secret=True)
            token.touch(mode=0o600)
            token.write_text(next(line for line in said.splitlines() if line.startswith("kassa_")))
        self._web.headers["Authorization"] = f"Bearer {token.read_text()}"

    # --- whether each of them answers ---------------------------------------------------------------------------------

    async def _broker_answers(self) -> bool:
        return await listens(self._place.ports.broker)

    async def _store_answers(self) -> bool:
        health = await self._asked(f"{self._place.console_url}/healthz")
        return health.get("broker") == "up"

    async def _kiosk_answers(self) -> bool:
        """It does, and has its prices."""
        return await self._lane_answers(self._place.debug_url)

    async def _lane_answers(self, url: str) -> bool:
        state = await self._asked(f"{url}/state.json")
        return state.get("price_book", "0") not in ("", "0")

    async def _asked(self, url: str) -> dict[str, Any]:
        try:
            answer = await self._web.get(url)
        except httpx.TransportError:
            return {}
        found: dict[str, Any] = answer.json() if answer.is_success else {}
        return found

    def _welcome(self) -> str:
        place = self._place
        files = str(place.folder) + (
            "" if self._kept else "  (gone when the demo stops; kiosk demo --folder keeps them)"
        )
        return f"""The demo is running.

  bench page   {place.bench_url}   the lane's screen and everything on its counter
  console      {place.console_url}   the store's lanes, sales, stock and prices
  staff        {STAFF}, supervisor, PIN {STAFF_PIN}; {MANAGER}, manager, PIN {MANAGER_PIN}
  card PIN     {CARD_PIN}
  kiosk        process {self._kiosk.pid}; its journal is {place.journal}
  files        {files}

Ctrl-C stops it all."""


async def _keep(process: Process, stack: AsyncExitStack) -> None:
    stack.push_async_callback(process.stop)
    await process.start()


def say(text: str) -> None:
    """To the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _mosquitto() -> str:
    """Debian puts it where only root looks."""
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin"))
    found = shutil.which("mosquitto", path=path)
    if found is None:
        raise Trouble("there is no Mosquitto here; type: sudo apt-get install mosquitto")
    return found


def _store(place: Place, *words: str) -> list[str]:
    return [sys.executable, "-m", "store", *words, "--config", str(place.store_config)]


def _run(config: Path) -> list[str]:
    return [sys.executable, "-m", "kiosk", "run", "--config", str(config)]


def _kiosk(place: Place) -> list[str]:
    command = _run(place.kiosk_config)
    has_display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return command if has_display else [*command, "--headless"]
