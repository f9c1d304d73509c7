"""Config: what the operator wrote (CONTRACT, section 2), checked before anything starts."""

import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlparse
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from kiosk.checkout.lane import Lane, TimeOuts
from kiosk.values.settings import BadSettings, decode_settings

__all__ = ["BadSettings", "Config", "read_config"]


class LaneTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[lane]`"""

    store: str
    till: str
    currency: str = "SEK"
    languages: tuple[str, ...] = ("sv", "en")
    jurisdiction: str = "se"
    timezone: str = "Europe/Stockholm"
    day_starts: str = "04:00"
    mode: Literal["live", "demo"] = "live"
    name: str = ""
    """The shop's name on the receipt."""
    number: str = ""
    """What this checkout is called on its screen."""
    needs: tuple[str, ...] = ("scanner", "card_terminal")
    """Devices without which no new visit begins."""
    exit_codes: bool = False
    """Whether the shop's gate reads exit codes."""


class StorageTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[storage]`"""

    path: str = "/var/lib/kiosk/kiosk.db"
    mirror: str = ""
    keep_days: int = 30
    """How long the events of finished visits are kept for replay; sealed sales are kept for ever."""
    low_mib: int = 64
    """Below this much free space no new sale starts."""


class LinkTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[link]`; an empty broker sells without a store."""

    broker: str = ""
    ca: str = ""
    cert: str = ""
    key: str = ""
    username: str = ""
    password_file: str = ""


class DisplayTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[display]`"""

    size: tuple[int, int] = (1280, 800)
    fullscreen: bool = True
    rotate: Literal[0, 90, 180, 270] = 0


class ReceiptsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[receipts]`: an empty address offers no QR receipt."""

    public_url: str = ""


class DebugTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[debug]`: loopback only."""

    listen: str = ""


class SoundTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[sound]`: 0 is silent, 100 is full."""

    volume: int = 60


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """kiosk.toml. Device tables are checked by the registry, which knows each driver's keys."""

    lane: LaneTable
    storage: StorageTable = StorageTable()
    link: LinkTable = LinkTable()
    display: DisplayTable = DisplayTable()
    receipts: ReceiptsTable = ReceiptsTable()
    debug: DebugTable = DebugTable()
    sound: SoundTable = SoundTable()
    time_outs: TimeOuts = TimeOuts()
    devices: dict[str, dict[str, Any]] = {}

    @property
    def day_starts_minutes(self) -> int:
        """Minutes after midnight at which the business day begins."""
        hours, minutes = self.lane.day_starts.split(":")
        return int(hours) * 60 + int(minutes)

    @property
    def zone(self) -> ZoneInfo:
        """The shop's clock."""
        return ZoneInfo(self.lane.timezone)

    @property
    def price_book_path(self) -> Path:
        """The price book's file, beside the journal: rebuildable, so it is a file of its own."""
        path = Path(self.storage.path)
        return path.with_name(f"{path.stem}-prices{path.suffix}")

    def brain_lane(self) -> Lane:
        """The facts that the checkout needs."""
        lane = self.lane
        return Lane(
            store=lane.store,
            till=lane.till,
            currency=lane.currency,
            languages=lane.languages,
            jurisdiction=lane.jurisdiction,
            mode=lane.mode,
            store_name=lane.name,
            number=lane.number,
            needs=lane.needs,
            receipt_url=self.receipts.public_url.rstrip("/"),
            exit_codes=lane.exit_codes,
            time_outs=self.time_outs,
        )


def read_config(path: Path) -> Config:
    """The checked configuration. Raises BadSettings with one line that says what to mend."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: cannot be read: {error}") from None
    config = decode_settings(text, Config, str(path))
    for problem in _problems(config):
        raise BadSettings(f"{path}: {problem}")
    return config


def _problems(config: Config) -> list[str]:
    lane = config.lane
    problems = [
        f"lane.{key}: {value!r} may only have a-z, 0-9 and -, at most 32"
        for key, value in (("store", lane.store), ("till", lane.till))
        if not re.fullmatch(r"[a-z0-9-]{1,32}", value)
    ]
    if not re.fullmatch(r"[A-Z]{3}", lane.currency):
        problems.append(f"lane.currency: {lane.currency!r} is not an ISO 4217 code such as SEK")
    if not lane.languages:
        problems.append("lane.languages: name at least one, the first is the default")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", lane.day_starts):
        problems.append(f"lane.day_starts: {lane.day_starts!r} is not a time such as 04:00")
    try:
        ZoneInfo(lane.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        problems.append(f"lane.timezone: {lane.timezone!r} is not known; write one such as Europe/Stockholm")
    if config.debug.listen and urlparse(f"//{config.debug.listen}").hostname not in ("127.0.0.1", "::1", "localhost"):
        problems.append("debug.listen: only on loopback, 127.0.0.1:port")
    if config.link.broker and urlparse(config.link.broker).scheme not in ("mqtt", "mqtts"):
        problems.append(f"link.broker: {config.link.broker!r} must begin with mqtt:// or mqtts://")
    return problems
