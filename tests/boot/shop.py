"""Shop: what a till has around it, on this machine's loopback: broker, store server, card terminal, receipt printer.

Broker and store are what `store init` makes, with certificates; they are real processes. Terminal and printer are the
simulators beside our drivers, which the guest reaches over its USB serial lines.
"""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from patience import eventually

from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.ports.serving import SimulatorServer
from drivers.pos_printer.simulator import PrinterSimulator
from image.workplace import REPOSITORY

HOST = "10.0.2.2"
"""How QEMU's guest calls this machine's loopback (https://www.qemu.org/docs/master/system/devices/net.html)."""
LOOPBACK = "127.0.0.1"
TILL = "k01"
STORE = "kassa-store.txt"
"""On the card: where the store is."""
MANAGER_PIN = "2468"
COLUMNS = 42
SEK = 752
DEVICES = """
[devices.scanner]
driver = "evdev"
port = "*USB Keyboard*"
silence_ms = 0                           # an emulated keyboard pauses longer than any scanner: Enter ends a label

[devices.touch]
driver = "evdev"
port = "*MultiTouch*"

[devices.card_terminal]
driver = "zvt"
port = "/dev/serial/by-id/*terminal*"
framing = "serial"

[devices.pos_printer]
driver = "escpos"
port = "/dev/serial/by-id/*printer*"
profile = "TM-T88V"
"""
LANE = 'languages = ["en", "sv"]\n'
NAME = "Kassa image test"
LAW = ("--mode", "demo", "--currency", "SEK", "--jurisdiction", "se", "--timezone", "Europe/Stockholm")
"""A live lane in Sweden wants a control unit."""
STARTS_WITHIN_S = 120


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class Shop:
    """One shop in a folder."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self.terminal = SimulatorServer(ZvtSimulator(currency=SEK, framing="serial"), (LOOPBACK, 0), _now_ms)
        self.printer = SimulatorServer(PrinterSimulator(COLUMNS), (LOOPBACK, 0), _now_ms)
        self.wires = {"terminal": self.terminal.address[1], "printer": self.printer.address[1]}
        self._port, self._console, self._adoption = _free_ports(3)

    def open(self) -> None:
        """Found it, stock it, start everything."""
        wanted = ["--host", HOST, "--till", TILL, "--name", NAME, *LAW, "--port", str(self._port)]
        ports = ["--console-port", str(self._console), "--adoption-port", str(self._adoption)]
        self._store("init", str(self.folder), *wanted, *ports, config=False)
        broker, store = self.folder / "broker/mosquitto.conf", self.folder / "store.toml"
        _change(broker, f"listener {self._port}\n", f"listener {self._port} {LOOPBACK}\n")
        _change(store, f"mqtts://{HOST}:", f"mqtts://{LOOPBACK}:")
        store.write_text(store.read_text().replace('"0.0.0.0:', f'"{LOOPBACK}:'))
        self._store("user", "add", "Kim", "--role", "manager", "--pin", MANAGER_PIN)
        self._store("catalogue", "import", str(REPOSITORY / "config" / "catalogue" / "demo.csv"))
        self.token = self._store("token", "add", "image-test", "--role", "manager").split()[-1]
        mosquitto = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin") or "mosquitto"
        self._start("broker", [mosquitto, "-c", str(broker)])
        self._start("store", [sys.executable, "-m", "store", "serve", "--config", str(store)])
        eventually("the store's API", lambda: self.asked("sales") is not None, STARTS_WITHIN_S, 1)
        self.terminal.start()
        self.printer.start()

    @property
    def adoption(self) -> str:
        """Where a machine that is no till yet finds the store."""
        return f"https://{HOST}:{self._adoption}"

    def card_files(self, **changes: str) -> dict[str, str | bytes]:
        """What goes onto the till's card. `changes`: texts of kiosk.toml by what stands there instead."""
        files: dict[str, str | bytes] = {p.name: p.read_bytes() for p in (self.folder / "tills" / TILL).iterdir()}
        text = (self.folder / "tills" / TILL / "kiosk.toml").read_text()
        text = text.replace("[lane]\n", f"[lane]\n{LANE}") + DEVICES
        for before, after in changes.items():
            text = text.replace(before, after)
        return {**files, STORE: f"{self.adoption}\n", "kiosk.toml": text}

    def asked(self, path: str) -> Any:
        """An answer of the store's API; None while there is none."""
        try:
            return self._told(path)
        except OSError:
            return None

    def said(self, path: str, body: object) -> Any:
        """The same, for something that is wanted of it. Raises OSError."""
        return self._told(path, json.dumps(body).encode())

    def sent(self, path: str, file: Path) -> Any:
        """The same, with a file as it is. Raises OSError."""
        return self._told(f"{path}?name={file.name}", file.read_bytes(), "application/octet-stream")

    def _told(self, path: str, body: bytes | None = None, kind: str = "application/json") -> Any:
        request = urllib.request.Request(f"https://{LOOPBACK}:{self._console}/api/v1/{path}", body)
        request.add_header("Authorization", f"Bearer {self.token}")
        if body is not None:
            request.add_header("Content-Type", kind)
        trusted = ssl.create_default_context(cafile=str(self.folder / "ca.crt"))
        with urllib.request.urlopen(request, timeout=300, context=trusted) as answer:
            return json.load(answer)

    def printed(self) -> str:
        """What is on the printer's paper."""
        with self.printer.hands() as printer:
            return printer.roll_text()

    def taken_minor(self) -> int:
        """What the bank has taken and not given back."""
        with self.terminal.hands() as terminal:
            return sum(entry.amount_minor for entry in terminal.journal.standing)

    def close(self) -> None:
        """Stop everything, the store first."""
        for process in reversed(self._running):
            process.terminate()
            process.wait()
        self.terminal.close()
        self.printer.close()

    def _store(self, *words: str, config: bool = True) -> str:
        where = ["--config", str(self.folder / "store.toml")] if config else []
        command = [sys.executable, "-m", "store", *words, *where]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"store {words}: {done.stderr}"
        return done.stdout

    def _start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running.append(subprocess.Popen(command, cwd=REPOSITORY, stdout=log, stderr=log))


def _change(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text, f"{file} has no {before!r}"
    file.write_text(text.replace(before, after, 1))


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server((LOOPBACK, 0)) for _ in range(count)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports
