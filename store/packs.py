"""Packs: the classes of tax that the lanes' jurisdiction knows: an import names those that no lane could tax."""

import os
from pathlib import Path

from kiosk.checkout.jurisdiction import BadPack, decode_pack
from kiosk.values.settings import BadSettings

_FOLDERS = (Path(__file__).resolve().parents[1] / "config", Path("/usr/share/kassa/config"))
"""In a clone, and where a package puts them; `KASSA_CONFIG` names another."""


def tax_classes(jurisdiction: str) -> frozenset[str]:
    """The classes of one pack. BadSettings if it cannot be read."""
    named = os.environ.get("KASSA_CONFIG", "")
    folders = [Path(named)] if named else _FOLDERS
    files = [folder / "jurisdictions" / f"{jurisdiction}.toml" for folder in folders]
    file = next((file for file in files if file.is_file()), files[0])
    try:
        return frozenset(decode_pack(file.read_text(encoding="utf-8"), str(file)).tax)
    except FileNotFoundError:
        raise BadSettings(f"store.jurisdiction: there is no pack {file}") from None
    except BadPack as problem:
        raise BadSettings(str(problem)) from None
