"""Packs: the lanes' jurisdiction, read by the store: an import names classes of tax that no lane could tax, and the
receipt on the phone owes the law what the paper does."""

import os
from pathlib import Path

from kiosk.checkout.jurisdiction import BadPack, Pack, decode_pack
from kiosk.values.settings import BadSettings

_FOLDERS = (Path(__file__).resolve().parents[1] / "config", Path("/usr/share/kassa/config"))
"""In a clone, and where a package puts them; `KASSA_CONFIG` names another."""


def config_path(name: str) -> Path:
    """Where a file or a folder of the configuration that is shipped is, or would be."""
    named = os.environ.get("KASSA_CONFIG", "")
    places = [folder.joinpath(name) for folder in ([Path(named)] if named else _FOLDERS)]
    return next((place for place in places if place.exists()), places[0])


def tax_classes(jurisdiction: str) -> frozenset[str]:
    """The classes of one pack. BadSettings if it cannot be read."""
    return frozenset(read_pack(jurisdiction).tax)


def read_pack(jurisdiction: str) -> Pack:
    """One country's rules. BadSettings if they cannot be read."""
    file = config_path(f"jurisdictions/{jurisdiction}.toml")
    try:
        return decode_pack(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        raise BadSettings(f"store.jurisdiction: there is no pack {file}") from None
    except BadPack as problem:
        raise BadSettings(str(problem)) from None
