"""Errands: what a lane sees to beside selling, put together from its configuration."""

from collections.abc import Callable, Mapping
from pathlib import Path

from drivers.life import Life
from drivers.updater.driver import NoUpdater, Rauc
from kiosk.app.background import Job
from kiosk.app.changing import Changing, NoChanging
from kiosk.app.config import Config
from kiosk.app.known_keys import known_keys
from kiosk.app.places import config_folder
from kiosk.app.running import running
from kiosk.app.trial_disk import TrialDisk
from kiosk.app.update_order import Places
from kiosk.app.updating import Updates


def changing_of(
    disk: TrialDisk | None, config: Config, lives: Callable[[], Mapping[str, Life]], background: Callable[[Job], None]
) -> Changing | NoChanging:
    """Who takes another kiosk.toml from the store; nobody where there is no file to be changed."""
    if disk is None:
        return NoChanging()
    return Changing(disk, config, known_keys(config, config_folder() / "kiosk.toml"), lives, background)


def updates_of(
    config: Config, background: Callable[[Job], None], free_mib: Callable[[], int], now_utc_ms: int
) -> Updates:
    """Who puts another version of all this into place."""
    updater = Rauc() if config.updates.installer == "rauc" else NoUpdater()
    places = Places(Path(config.storage.path).parent / "update")
    return Updates(places, running(), updater, background, free_mib, now_utc_ms)
