"""Errands: what a lane sees to beside selling, put together from its configuration."""

from collections.abc import Callable, Mapping
from pathlib import Path

from drivers.life import Life
from drivers.updater.driver import NoUpdater, Rauc, Updater
from kiosk.app.background import Job
from kiosk.app.changing import Changing, NoChanging
from kiosk.app.config import Config
from kiosk.app.config_tables import UpdatesTable
from kiosk.app.counter import Counter
from kiosk.app.known_keys import known_keys
from kiosk.app.places import config_folder
from kiosk.app.running import Running, running
from kiosk.app.trial_disk import TrialDisk
from kiosk.app.update_order import Places
from kiosk.app.updating import Updates

RESTART_FILE, GOOD_FILE = "/run/kiosk/restart", "/run/kassa/slot-good"
"""What the lane and the appliance's own services say to each other: image/root/usr/lib/systemd/system."""


def changing_of(
    disk: TrialDisk | None, config: Config, lives: Callable[[], Mapping[str, Life]], background: Callable[[Job], None]
) -> Changing | NoChanging:
    """Who takes another kiosk.toml from the store; nobody where there is no file to be changed."""
    if disk is None:
        return NoChanging()
    return Changing(disk, config, known_keys(config, config_folder() / "kiosk.toml"), lives, background)


def updates_of(
    config: Config,
    background: Callable[[Job], None],
    free_mib: Callable[[], int],
    now_utc_ms: int,
    counter: Counter,
) -> Updates:
    """Who puts another version of all this into place. `counter` has the devices."""
    places, runs = Places(Path(config.storage.path).parent / "update"), running()
    return Updates(
        places, runs, updater_of(config.updates, runs), background, free_mib, now_utc_ms, lambda: counter.lives
    )


def updater_of(updates: UpdatesTable, runs: Running) -> Updater:
    """RAUC where the system is the appliance's own image, or whose owner has said so; otherwise nobody."""
    if updates.installer == "none" or (updates.installer == "auto" and not runs.ours):
        return NoUpdater()
    if not runs.ours:
        return Rauc()
    # There the lane may not restart the machine by itself: kassa-restart.path does, and kiosk-health.service says good.
    return Rauc(restart=("touch", RESTART_FILE), good=Path(GOOD_FILE))
