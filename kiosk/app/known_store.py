"""Known store: where a machine's store is, as the files that it has tell.

A machine without a kiosk.toml is told in one line of a file, or by KASSA_STORE. A till on an SD card leaves the address
on the card's FAT partition too: there it is found on the day on which its own data cannot be read any more. An address
is no secret, and a wrong one does no harm (`introducing`).
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.values.settings import BadSettings, decode_table

BOOT_FILE = Path("/boot/firmware/kassa-store.txt")
"""An operator can write it on any computer."""
BOOT_WAS = "kassa-store-was.txt"
"""What a till has left there; kiosk-anew.service makes it the STORE_FILE again."""
STORE_FILE = "store.txt"
"""Beside kiosk.toml. All three: one line, such as https://kassa.local:8443."""
CONFIG = "kiosk.toml"


def told_store(folder: Path) -> str:
    """Where the machine has been told that its store is; empty: nowhere."""
    if named := os.environ.get("KASSA_STORE", ""):
        return named.strip()
    for path in (folder / STORE_FILE, BOOT_FILE):
        try:
            lines = path.read_text(encoding="utf-8-sig").split()
        except (OSError, UnicodeDecodeError):
            continue
        if lines:
            return lines[0]
    return ""


def store_of(folder: Path) -> str:
    """The store of a till with its settings in this folder; empty: nothing there tells it."""
    told = folder / STORE_FILE
    if told.is_file():
        return told.read_text(encoding="utf-8", errors="replace").strip()
    try:
        link = decode_table((folder / CONFIG).read_text(encoding="utf-8"), CONFIG).get("link", {})
        host = urlsplit(link.get("broker", "")).hostname if isinstance(link, dict) else None
    except (OSError, UnicodeDecodeError, BadSettings, ValueError):
        return ""
    return f"https://{host}:8443" if host else ""


def leave_behind(folder: Path, boot: Path) -> None:
    """Write it onto the FAT partition, if it is known and does not stand there yet. Raises OSError."""
    known, left = store_of(folder), boot / BOOT_WAS
    if known and not (left.is_file() and left.read_text(encoding="utf-8", errors="replace").strip() == known):
        left.write_text(f"{known}\n", encoding="utf-8")
