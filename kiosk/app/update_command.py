"""`kiosk update FILE`: a bundle from a stick, for a machine that no store reaches.

On the appliance a stick's folder is named instead (kassa-stick@.service), and exactly one `kassa-*.raucb` in it is
meant. A stick without any is none of our business, and nothing is said.

The bundle is looked at by RAUC (its signature, its version), copied beside the journal and laid ready; the lane takes
it from there within some seconds and installs it as it would the store's: when nobody is served. Whoever pulls the
stick out too early has done nothing.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from drivers.updater.driver import Updater
from kiosk.app.config import read_config
from kiosk.app.errands import updater_of
from kiosk.app.running import running
from kiosk.app.update_order import Order, Places, refusal
from kiosk.values.settings import BadSettings

FAILURE = 1
ON_A_STICK = "kassa-*.raucb"
_CHUNK = 1 << 20


class CannotUpdate(Exception):
    """This bundle is not taken. One line for a person."""


def main(config_path: Path, file: Path) -> int:
    """The command; the exit code."""
    try:
        config, runs = read_config(config_path), running()
        updater = updater_of(config.updates, runs)
        if updater.cannot:
            raise CannotUpdate(updater.cannot)
        found = bundle_on(file) if file.is_dir() else file
        if found is None:
            return 0
        order = lay_ready(found, Places(Path(config.storage.path).parent / "update"), updater, runs.version)
    except (CannotUpdate, BadSettings) as error:
        sys.stderr.write(f"kiosk: {error}\n")
        return FAILURE
    except OSError as error:
        sys.stderr.write(f"kiosk: {error.filename}: {error.strerror}\n")
        return FAILURE
    sys.stdout.write(f"{order.version} is here: the lane installs it when nobody is served. The stick may be pulled.\n")
    return 0


def bundle_on(folder: Path) -> Path | None:
    """The bundle on a stick; None: there is none. CannotUpdate, OSError."""
    found = sorted(path for path in folder.glob(ON_A_STICK) if path.is_file() and not path.is_symlink())
    if len(found) > 1:
        raise CannotUpdate(f"which one? {', '.join(path.name for path in found)}: leave one on the stick")
    return found[0] if found else None


def lay_ready(file: Path, places: Places, updater: Updater, runs: str) -> Order:
    """Copied, checked and announced to the lane. CannotUpdate, OSError; then nothing is."""
    version, why = updater.version_of(str(file))
    if why:
        raise CannotUpdate(f"{file}: {why}")
    places.folder.mkdir(parents=True, exist_ok=True)
    size = file.stat().st_size
    asked = Order(id="usb", version=version, sha256="0" * 64, size=size, staff="usb", name="USB stick")
    if why := refusal(asked, runs, shutil.disk_usage(places.folder).free >> 20):
        raise CannotUpdate(why)
    sha256 = _copied(file, places.stick)
    order = Order(id=f"usb-{sha256[:16]}", version=version, sha256=sha256, size=size, staff="usb", name="USB stick")
    places.bring(order)
    return order


def _copied(file: Path, to: Path) -> str:
    """The SHA-256 of what lies there now, read again from the copy: sticks are not to be trusted twice."""
    part, digest = to.with_name(f"{to.name}.part"), hashlib.sha256()
    try:
        with file.open("rb") as source, part.open("wb") as copy:
            shutil.copyfileobj(source, copy, _CHUNK)
            copy.flush()
            os.fsync(copy.fileno())
        with part.open("rb") as copy:
            while chunk := copy.read(_CHUNK):
                digest.update(chunk)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)  # the stick was pulled: what is here is of no use
    return digest.hexdigest()
