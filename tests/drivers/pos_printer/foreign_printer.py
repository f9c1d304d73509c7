"""A receipt printer that we did not write: emupos, which draws what ESC/POS bytes print, dot by dot.

It stands on the other side of a MemoryPort, as the device does. It has no process ids (GS ( H) and nothing to clear in
real time (DLE DC4 8), so it is spoken to as a clone is, with `status = "poll"`.

It asks for Python 3.13. What reads, draws and answers of it needs that only to write `type Name = ...`, which an older
Python reads as an assignment; its configuration needs more, and is left out: the profile is read from its file here.
"""

import re
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from io import BytesIO
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from PIL import Image
from yaml import safe_load

TYPE_STATEMENT = re.compile(rb"^type (\w+) = ", re.MULTILINE)
WIRE = "wire"


class _Loader(SourceFileLoader):
    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> Any:
        return super().source_to_code(TYPE_STATEMENT.sub(rb"\1 = ", bytes(data)), path, _optimize=_optimize)


class _Finder(MetaPathFinder):
    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if fullname.split(".")[0] == "emupos" else None
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


sys.meta_path.insert(0, _Finder())

CONFIGURATION = ModuleType("emupos.config")
vars(CONFIGURATION).update(Level=str, PrinterProfile=SimpleNamespace, PrinterId=SimpleNamespace)
sys.modules["emupos.config"] = CONFIGURATION

import emupos  # noqa: E402
from emupos.printer.printer import Printer, PrinterFault  # noqa: E402

PROFILES = Path(emupos.__file__).parent / "profiles/printers"


def profile(model: str) -> SimpleNamespace:
    """One of its printer models."""
    known = safe_load((PROFILES / f"{model}.yaml").read_text())
    cells = {name: SimpleNamespace(**known[name]) for name in ("font_a", "font_b")}
    return SimpleNamespace(**{"printer_id": None, **known, **cells})


class ForeignPrinter:
    """It as our drivers' Simulator. `receipts`: all that it has cut; `strange`: what it was told and does not know."""

    def __init__(self, model: str = "epson-tm-t20iii") -> None:
        self._printer = Printer("front", profile(model), sensor_open_level="low", job_idle_timeout_ms=3_600_000)
        self._said = bytearray()
        self.receipts: list[Any] = []
        self.strange: list[str] = []
        self.reachable = True

    # --- a person's hands ---------------------------------------------------------------------------------------------

    def fault(self, name: str, active: bool = True) -> None:
        """`paper-near-end`, `paper-out`, `cover-open` or `offline`."""
        self._note(self._printer.set_fault(PrinterFault(name), active, 0.0))

    @property
    def drawer(self) -> str:
        """`open` or `closed`."""
        return str(self._printer.state().drawer)

    def push_drawer(self) -> None:
        """Shut it."""
        self._note(self._printer.close_drawer(0.0))

    def print(self, data: bytes) -> Any:
        """Bytes straight into it; the one receipt that they print."""
        self.connected(0)
        self.receive(data, 0)
        (receipt,) = self.receipts
        return receipt

    # --- the wire -----------------------------------------------------------------------------------------------------

    def connected(self, now_ms: int) -> None:
        self._note(self._printer.open_connection(WIRE, now_ms / 1_000))

    def disconnected(self, now_ms: int) -> None:
        self._note(self._printer.close_connection(WIRE, now_ms / 1_000))

    def receive(self, data: bytes, now_ms: int) -> None:
        self._note(self._printer.receive(WIRE, data, now_ms / 1_000))

    def advance(self, now_ms: int) -> None:
        self._note(self._printer.tick(now_ms / 1_000))

    def deadline_ms(self) -> int | None:
        return None

    def take(self) -> bytes:
        said = bytes(self._said)
        self._said.clear()
        return said

    def _note(self, output: Any) -> None:
        for write in output.writes:
            self._said += write.data
        self.receipts += output.receipts
        self.strange += [e.data["bytes"] for e in output.events if e.type.value.startswith("printer.command")]


def image_of(receipt: Any) -> Image.Image:
    """The receipt as it looks."""
    return Image.open(BytesIO(receipt.png)).convert("L")
