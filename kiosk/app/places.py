"""Places: where the files that ship with Kassa are: packs, words, the demo catalogue.

In a clone they are in its `config/`; on the image in `/usr/share/kassa/config`; `KASSA_CONFIG` names another folder.
"""

import os
from pathlib import Path

from kiosk.values.settings import BadSettings

_CLONE = Path(__file__).resolve().parents[2] / "config"
_IMAGE = Path("/usr/share/kassa/config")


def config_folder() -> Path:
    """The folder. Raises BadSettings if there is none."""
    named = os.environ.get("KASSA_CONFIG", "")
    folders = [Path(named)] if named else [_CLONE, _IMAGE]
    for folder in folders:
        if (folder / "jurisdictions").is_dir():
            return folder
    raise BadSettings(f"{folders[0]}: the folder with jurisdictions and words is missing; set KASSA_CONFIG to it")
