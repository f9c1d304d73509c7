"""Floors: who may import what, read from the syntax tree of every module.

The house has floors so that each room can be read, tested and replaced alone: values below checkout below screen,
storage and loop, with the drivers in a wing of their own. A room is a path; the longest path that fits a file is its
room. `may` names what it may import besides the standard library, `only_stdlib` and `no_stdlib` limit that. `import
msgspec` alone gives Struct and its like; a codec is named apart (`msgspec.json`), because encoding is where I/O begins.
What stands under `if __name__ == "__main__":` is a tool for people, and no part of the room.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

CODECS = ("msgspec.json", "msgspec.toml", "msgspec.msgpack", "msgspec.yaml")
ANYTHING = ("*",)

# What makes an answer depend on anything but the arguments.
OUTSIDE_WORLD = (
    "asyncio",
    "concurrent",
    "ctypes",
    "ftplib",
    "http",
    "io.open",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "queue",
    "random",
    "secrets",
    "select",
    "selectors",
    "shutil",
    "signal",
    "smtplib",
    "socket",
    "socketserver",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib.request",
    "uuid",
)
# The brain and its nouns get a list of what is allowed instead: a new entry is a decision.
ARITHMETIC = (
    "__future__",
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "hashlib",
    "itertools",
    "operator",
    "re",
    "string",
    "types",
    "typing",
    "unicodedata",
)


class Room(NamedTuple):
    """One row of the table."""

    path: str
    may: tuple[str, ...]
    why: str
    only_stdlib: tuple[str, ...] = ()
    no_stdlib: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


VALUES = ("kiosk.values", "msgspec")
BRAIN = ("kiosk.values", "kiosk.checkout", "msgspec")
EYES = (*BRAIN, "kiosk.search", "kiosk.ui", "babel", "segno", "bidi", "arabic_reshaper")
PAINT = (*EYES, "pygame", "barcode", "fonticon_mdi7", "opentype_feature_freezer", "fontTools", "PIL")
PAINTING_MODULES = (
    "artwork",
    "assets",
    "bake",
    "codes",
    "drawing",
    "faces",
    "fonts",
    "glass",
    "painter",
    "picture_file",
    "sound",
    "stamp",
    "theme",
    "typesetting",
    "voice",
    "window",
)
PAINTING = tuple(f"kiosk.ui.{name}" for name in PAINTING_MODULES)
STORE_LIBRARIES = (
    "PIL",
    "alembic",
    "argon2",
    "babel",
    "cryptography",
    "fastapi",
    "httpx",
    "msgspec",
    "nicegui",
    "reportlab",
    "paho",
    "psycopg",
    "pydantic",
    "reportlab",
    "segno",
    "reportlab",
    "sqlalchemy",
    "starlette",
    "structlog",
    "uvicorn",
    "xlsxwriter",
)
HARDWARE = (
    *("drivers", "msgspec", "msgspec.json", "serial", "usb", "evdev", "gpiozero", "gpiod", "escpos", "h11"),
    "cryptography",
)
LANES_READER = (
    "kiosk.app.card_files",
    "kiosk.app.config_network",
    "kiosk.app.known_store",
    "kiosk.app.looks",
    "kiosk.app.troubles",
    "kiosk.values",
    "msgspec",
)
LANES_SETTINGS = ("kiosk.app.config", "kiosk.app.known_keys", "kiosk.app.places")
PROTOCOL_WHY = "bytes and the time in, events and bytes out: tested against its simulator with no hardware"

ROOMS = (
    Room("kiosk/values", VALUES, "the same answer for ever, on a till and in the store", only_stdlib=ARITHMETIC),
    Room("kiosk/values/barcode_reading.py", (*VALUES, "biip"), "the one place that knows biip", only_stdlib=ARITHMETIC),
    Room("kiosk/values/picture.py", (*VALUES, "PIL"), "bytes in, pixels out", only_stdlib=(*ARITHMETIC, "io")),
    Room("kiosk/values/canonical.py", (*VALUES, "msgspec.json"), "bytes to hash, not to send", only_stdlib=ARITHMETIC),
    Room("kiosk/values/settings.py", (*VALUES, "msgspec.toml"), "decodes a text", only_stdlib=(*ARITHMETIC, "difflib")),
    Room("kiosk/checkout", BRAIN, "replay must come to the same state", only_stdlib=ARITHMETIC),
    Room("kiosk/search", ("kiosk.values", "kiosk.search", "msgspec"), "words in, goods out", only_stdlib=ARITHMETIC),
    Room("kiosk/wire", (*BRAIN, "kiosk.wire", *CODECS), "messages know no broker", no_stdlib=OUTSIDE_WORLD),
    Room("kiosk/ui", EYES, "a screen is a function of state", no_stdlib=OUTSIDE_WORLD, never=("pygame", *PAINTING)),
    Room("kiosk/ui/words.py", EYES, "reads its catalogues once, when the lane starts", never=("pygame", *PAINTING)),
    *(
        Room(f"kiosk/ui/{name}.py", PAINT, "paints what it is given", never=("kiosk.checkout.machine",))
        for name in PAINTING_MODULES
    ),
    Room("kiosk/storage", (*BRAIN, "kiosk.wire", "kiosk.storage", *CODECS), "a file is all it knows"),
    Room(
        "kiosk/app",
        (
            *EYES,
            *PAINTING,
            *CODECS,
            "kiosk.wire",
            "kiosk.storage",
            "kiosk.app",
            "drivers",
            "paho",
            "structlog",
            "argon2",
            "cryptography",
        ),
        "composes the floors below; the demo and the store stand on it, not under it",
    ),
    Room("image", ("image", "kiosk.ui.bake"), "makes the appliance out of files; nobody imports it"),
    Room("image/splash.py", ("image", "kiosk.ui", "pygame"), "paints the first picture as the lane paints"),
    Room("image/provisioning.py", ("image", *LANES_READER, *LANES_SETTINGS), "checks tills as they check themselves"),
    Room("image/till_list.py", ("kiosk.values", "msgspec", "msgspec.toml"), "a list is read in the settings' words"),
    Room("image/device", ("image.device",), "a program beside the lane, of Python's own library"),
    Room("image/device/takeover.py", LANES_READER, "checks a file as the lane checks it, and tells what is wrong"),
    Room("image/device/network.py", LANES_READER, "reads kiosk.toml as the lane reads it"),
    Room("image/device/data_rescue.py", LANES_READER, "reads kiosk.toml as the lane reads it, and tells what is wrong"),
    Room("image/device/battery_clock.py", LANES_READER, "reads kiosk.toml as the lane reads it"),
    Room("kiosk/demo", ANYTHING, "on top of everything, loaded only by its command"),
    Room("kiosk/world", ANYTHING, "on top of everything, loaded only by its command"),
    Room("kiosk/ui/shots.py", ANYTHING, "a command: real states, really painted"),
    Room("kiosk/__main__.py", ANYTHING, "loads each command when it is asked for"),
    Room("kiosk/__init__.py", (), "a name and nothing more"),
    Room("drivers", HARDWARE, "hardware knows nothing of shopping"),
    Room("drivers/pos_printer", (*HARDWARE, "PIL", "bidi", "arabic_reshaper"), "draws what no code page can print"),
    Room(
        "store",
        ("store", "kiosk.values", "kiosk.checkout", "kiosk.wire", *CODECS, *STORE_LIBRARIES),
        "another machine: it shares the nouns with a till, never its floors",
    ),
)


def room_of(path: str) -> Room | None:
    """The room of a file; a driver's protocol may not even import its own driver's ports."""
    fitting = [room for room in ROOMS if path == room.path or path.startswith(room.path + "/")]
    if path.startswith("drivers/") and path.endswith("/protocol.py"):
        own = ".".join(Path(path).parent.parts)
        talk = ".".join((*Path(path).parts[:2], "talk"))  # what the protocols of one kind have in common
        pure = ("drivers.events", own, talk, "msgspec", "escpos")
        return Room(path, pure, PROTOCOL_WHY, no_stdlib=OUTSIDE_WORLD, never=(f"{own}.driver", f"{own}.simulator"))
    return max(fitting, key=lambda room: len(room.path), default=None)


def imports(path: str, source: str) -> Iterator[tuple[int, str]]:
    """(line, full dotted name) of whatever a module imports, wherever in it; a codec of msgspec counts as an import."""
    package = Path(path).parent.parts
    module_body = [node for node in ast.parse(source).body if not _is_tool(node)]
    for node in (inner for outer in module_body for inner in ast.walk(outer)):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = ".".join((*package[: len(package) - level + 1], *filter(None, [module])) if level else [module])
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in names)
            case ast.Attribute(value=ast.Name(id="msgspec"), attr=attr) if f"msgspec.{attr}" in CODECS:
                yield node.lineno, f"msgspec.{attr}"


def _is_tool(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def _within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def _allowed(room: Room, name: str) -> bool:
    if room.may == ANYTHING:
        return True
    if name.split(".")[0] in sys.stdlib_module_names:
        return not _within(name, room.no_stdlib) and (not room.only_stdlib or _within(name, room.only_stdlib))
    if _within(name, room.never):
        return False
    if _within(name, CODECS):
        return _within(name, tuple(c for c in room.may if c in CODECS))
    return _within(name, room.may)


def trespasses(path: str, source: str) -> list[str]:
    """What a module imports that its room may not, one sentence each."""
    room = room_of(path)
    if room is None:
        return [f"{path}: no room of the house; give it one in ROOMS"]
    return [
        f"{path}:{line} imports {name}, but {room.path}: {room.why}"
        for line, name in imports(path, source)
        if not _allowed(room, name)
    ]


def test_nobody_is_on_the_wrong_floor(product_sources: dict[str, str]) -> None:
    found = [line for path, source in product_sources.items() for line in trespasses(path, source)]
    assert not found, "\n".join(found)


def test_every_room_exists(product_sources: dict[str, str]) -> None:
    rooms = {room.path for room in ROOMS if not room.path.startswith("kiosk/ui/") and not room.path.endswith(".py")}
    assert not {room for room in rooms if not any(path.startswith(room + "/") for path in product_sources)}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("kiosk/values/money.py", "import time"),
        ("kiosk/values/money.py", "from random import random"),
        ("kiosk/values/money.py", "import decimal"),
        ("kiosk/values/money.py", "import biip"),
        ("kiosk/values/money.py", "import msgspec\nmsgspec.json.encode(1)"),
        ("kiosk/values/tax.py", "from kiosk.checkout.sale import TaxTotal"),
        ("kiosk/checkout/machine.py", "def step():\n    import logging"),
        ("kiosk/checkout/machine.py", "from kiosk.storage.journal import Journal"),
        ("kiosk/checkout/machine.py", "from ..ui import scene"),
        ("kiosk/checkout/machine.py", "if True:\n    import os"),
        ("kiosk/wire/codec.py", "import paho.mqtt.client"),
        ("kiosk/ui/screens/scan.py", "import pygame"),
        ("kiosk/ui/screens/scan.py", "from kiosk.ui.painter import Painter"),
        ("kiosk/ui/screens/scan.py", "from kiosk.ui import painter"),
        ("kiosk/ui/painter.py", "from kiosk.checkout.machine import step"),
        ("kiosk/storage/journal.py", "from kiosk.app.loop import Loop"),
        ("kiosk/app/loop.py", "from kiosk.demo import bench"),
        ("kiosk/app/loop.py", "import kiosk.world"),
        ("drivers/scanner/driver.py", "from kiosk.values.money import Money"),
        ("drivers/scanner/protocol.py", "import time"),
        ("drivers/scanner/protocol.py", "import serial"),
        ("drivers/scanner/protocol.py", "from drivers.ports.line import Line"),
        ("store/ingest.py", "from kiosk.storage.journal import Journal"),
        ("store/ingest.py", "import drivers.events"),
        ("elsewhere/thing.py", "import re"),
    ],
)
def test_a_trespass_is_seen(path: str, source: str) -> None:
    assert trespasses(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("kiosk/values/barcode_reading.py", "from biip.gtin import Gtin"),
        ("kiosk/values/canonical.py", "import msgspec\nmsgspec.json.encode(1)"),
        ("kiosk/checkout/machine.py", "from kiosk.values.money import Money\nfrom msgspec.structs import replace"),
        ("kiosk/checkout/chart.py", "if __name__ == '__main__':\n    from pathlib import Path"),
        ("kiosk/ui/painter.py", "import pygame\nfrom kiosk.ui.fonts import Fonts"),
        ("drivers/card_terminal/zvt/protocol.py", "from drivers.card_terminal.zvt.apdu import Apdu"),
        ("store/ingest.py", "from kiosk.wire.codec import decode\nimport sqlalchemy as sa"),
    ],
)
def test_what_is_allowed_is_allowed(path: str, source: str) -> None:
    assert trespasses(path, source) == []
