"""The path of store/README.md is walked: its very commands, real processes, TLS and certificates from end to end.

A shop is founded, its broker, store and two lanes are started as the README says, one lane with the card that `store
init` filled, one by a code; each sells something to a shopper at simulated devices, and both sales are in the books.
"""

import json
import os
import re
import shlex
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from adopting import HOST, answers
from patience import until

from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.ports.serving import SimulatorServer
from drivers.pos_printer.simulator import PrinterSimulator
from drivers.scanner.simulator import ScannerSimulator
from kiosk.demo.devices import tick_ms
from kiosk.demo.ports import free_port

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SOON_S, A_START_S, A_COMMAND_S = 60, 240, 240
MILK = "9520001200014"
DEVICES = """
[storage]
path = "kiosk.db"
[display]
fullscreen = false
[debug]
listen = "{debug}"
[devices.scanner]
driver = "serial"
port = "socket://{scanner}"
[devices.pos_printer]
driver = "escpos"
port = "socket://{printer}"
profile = "TM-T88V"
[devices.card_terminal]
driver = "zvt"
port = "socket://{terminal}"
password = "271828"
"""


def commands() -> list[str]:
    """What the README's section has somebody type, line by line."""
    text = (ROOT / "store/README.md").read_text(encoding="utf-8")
    section = text.partition("## Founding a shop\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


class Walker:
    """Somebody who types what the README says, with folders and free ports of their own."""

    def __init__(self, folder: Path, running: ExitStack) -> None:
        self.shop, self.lanes = folder / "shop", {"k01": folder / "k01", "k02": folder / "k02"}
        self.broker, self.console, self.door = free_port(), free_port(), free_port()
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()
        self._running = running
        self._left = commands()

    def next(self, begins: str, lane: str = "k01", code: str = "") -> list[str]:
        """The next line, which must begin so, as it is typed here."""
        line = self._left.pop(0)
        assert line.startswith(begins), f"the README goes on with {line!r}"
        line = line.replace("/var/lib/kassa/shop", str(self.shop)).replace("kassa.local", HOST)
        line = line.replace("/etc/kassa", str(self.lanes[lane])).replace("CODE", code).replace(":8443", f":{self.door}")
        line = line.replace("catalogue.csv", str(ROOT / "config/catalogue/demo.csv"))
        words = shlex.split(line)
        if words[:2] == ["store", "init"]:
            ports = {"--port": self.broker, "--console-port": self.console, "--adoption-port": self.door}
            words += [*(str(word) for pair in ports.items() for word in pair), "--mode", "demo"]
        return [sys.executable, "-m", *words] if words[0] in ("store", "kiosk") else words

    def types(self, begins: str, **more: str) -> str:
        """Type it and wait; what it says."""
        told = subprocess.run(
            self.next(begins, **more), cwd=self.elsewhere, capture_output=True, text=True, timeout=A_COMMAND_S,
            check=False, env=surroundings(),
        )  # fmt: skip
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout

    def starts(self, begins: str, **more: str) -> None:
        """Type it and leave it running until the end of the test, when it must end in order."""
        log = self._running.enter_context((self.elsewhere / f"{len(self._left)}.log").open("wb"))
        process = subprocess.Popen(self.next(begins, **more), cwd=self.elsewhere, stderr=log, stdout=log,
                                   env=surroundings())  # fmt: skip
        self._running.callback(ended, process)

    @property
    def done(self) -> bool:
        """Whether nothing is left to type."""
        return not self._left


def surroundings() -> dict[str, str]:
    """Ours, wherever it is started from."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def ended(process: "subprocess.Popen[bytes]") -> None:
    """In order, or else by force, and then the test has failed."""
    process.terminate()
    try:
        assert process.wait(SOON_S) == 0, f"{process.args} did not end in order"
    finally:
        process.kill()


@pytest.fixture
def walker(tmp_path: Path) -> Iterator[Walker]:
    with ExitStack() as running:
        yield Walker(tmp_path, running)


class Counter:
    """A lane's scanner, printer and card terminal, and its screen, looked at and touched."""

    def __init__(self, settings: Path, running: ExitStack) -> None:
        def served(simulator: Any) -> SimulatorServer[Any]:
            server = SimulatorServer(simulator, (HOST, 0), tick_ms, getattr(simulator, "side", None))
            server.start()
            running.callback(server.close)
            return server

        self.scanner, self.printer = served(ScannerSimulator()), served(PrinterSimulator(42))
        self.terminal = served(ZvtSimulator(currency=752))
        debug = f"{HOST}:{free_port()}"
        self._web = running.enter_context(httpx.Client(base_url=f"http://{debug}", timeout=SOON_S, trust_env=False))
        ports = {name: f"{HOST}:{getattr(self, name).address[1]}" for name in ("scanner", "printer", "terminal")}
        settings.write_text(settings.read_text() + DEVICES.format(debug=debug, **ports))

    def scene(self) -> dict[str, Any]:
        with suppress(httpx.TransportError):
            answer = self._web.get("/scene.json")
            if answer.is_success:
                return dict(json.loads(answer.content) or {"elements": []})
        return {"name": "", "elements": []}

    def sees(self, words: str, within_s: int = SOON_S) -> None:
        try:
            until(lambda: words in json.dumps(self.scene(), ensure_ascii=False), f"no {words!r}", within_s)
        except AssertionError as error:
            raise AssertionError(f"{error} on the screen: {self.scene()}") from None

    def touches(self, name: str) -> None:
        try:
            until(lambda: self._place(name) is not None, f"no button {name!r}", SOON_S)
        except AssertionError as error:
            raise AssertionError(f"{error} on the screen: {self.scene()}") from None
        x, y, width, height = self._place(name) or (0, 0, 0, 0)
        self._web.post("/touch", json={"x": x + width // 2, "y": y + height // 2}).raise_for_status()

    def _place(self, name: str) -> tuple[int, int, int, int] | None:
        buttons = [one for one in self.scene()["elements"] if one["type"] == "Button" and one["name"] == name]
        return tuple(buttons[-1]["rect"]) if buttons and not buttons[-1].get("why_not") else None

    def buys(self, gtin: str) -> None:
        """Scan, pay by holding a card there (nothing else is taken, so nothing is asked), take the receipt."""
        with self.scanner.hands() as scanner:
            scanner.scan(gtin)
        self.touches("Betala")
        self._does(lambda terminal: terminal.tap_card())
        self.touches("Skriv ut")
        self.sees("15-thank-you")

    def _does(self, act: Callable[[Any], bool]) -> None:
        def done() -> bool:
            with self.terminal.hands() as terminal:
                return act(terminal)

        until(done, "the terminal does not ask for a card", SOON_S)


@contextmanager
def console(walker: Walker, pin: str) -> Iterator[httpx.Client]:
    """Signed in, by a browser that trusts the shop's authority alone."""
    url = f"https://{HOST}:{walker.console}"
    trust = ssl.create_default_context(cafile=walker.shop / "ca.crt")
    with httpx.Client(base_url=url, verify=trust, headers={"Origin": url}, timeout=SOON_S, trust_env=False) as client:
        assert client.get("/trust").is_success
        assert client.post("/sign-in", data={"name": "Anna", "pin": pin}).headers["location"] == "/"
        yield client


def test_every_command_of_the_readme_leads_to_a_sale_in_the_books(walker: Walker, tmp_path: Path) -> None:
    walker.types("store init")
    pin = re.findall(r"PIN (\d+)", walker.types("store user add Anna"))[0]
    walker.types("store catalogue import")
    walker.starts("mosquitto -c")
    until(lambda: answers(walker.broker), "the broker does not listen", A_START_S)
    walker.starts("store serve")
    until(lambda: answers(walker.console) and answers(walker.door), "the store does not open", A_START_S)
    subprocess.run(walker.next("cp -aT"), check=True)
    with ExitStack() as counters, console(walker, pin) as client:
        one = Counter(walker.lanes["k01"] / "kiosk.toml", counters)
        assert f"mqtts://{HOST}:{walker.broker} answers" in walker.types("kiosk doctor")
        walker.starts("kiosk run")
        one.sees("01-welcome", A_START_S)
        until(lambda: online(client) == ["k01"], "k01 is not heard", A_START_S)
        one.buys(MILK)
        until(lambda: len(sales(client)) == 1, "the sale does not come", SOON_S)
        offer = walker.types("store till adopt k02")
        code = re.findall(r"kiosk adopt \S+ (\S+)", offer)[0]
        assert "This machine is till k02 of Corner shop." in walker.types("kiosk adopt", lane="k02", code=code)
        other = Counter(walker.lanes["k02"] / "kiosk.toml", counters)
        walker.starts("kiosk run", lane="k02")
        other.sees("01-welcome", A_START_S)
        until(lambda: online(client) == ["k01", "k02"], "k02 is not heard", A_START_S)
        other.buys(MILK)
        until(lambda: sorted(sale["till"] for sale in sales(client)) == ["k01", "k02"], "it does not come", SOON_S)
        assert all(not sale["flags"] for sale in sales(client)), "every price is the catalogue's"
    assert walker.done, "the README says more"


def online(client: httpx.Client) -> list[str]:
    return [till["till"] for till in client.get("/api/v1/tills").raise_for_status().json() if till["online"]]


def sales(client: httpx.Client) -> list[dict[str, Any]]:
    return list(client.get("/api/v1/sales").raise_for_status().json())
