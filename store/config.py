"""Config: what the shop wrote in store.toml (CONTRACT, section 2), checked before anything starts."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from kiosk.values.contact import read_email
from kiosk.values.settings import BadSettings, decode_settings
from kiosk.wire.topics import NAME
from store.close_config import BookkeepingTable, DayTable, PayoutProfile, problems_of

__all__ = ["BadSettings", "Config", "read_config"]

LEAST_QUARANTINE_DAYS = 60


class StoreTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[store]`"""

    id: str
    name: str = ""
    mode: Literal["live", "demo"] = "live"
    """`demo` marks receipts and the console DEMO."""
    currency: str = "SEK"
    jurisdiction: str = "se"
    """The lanes' pack: an import checks classes of tax against it, receipts say what it asks."""
    timezone: str = "Europe/Stockholm"


class DatabaseTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[database]`: an SQLAlchemy address, `sqlite:////path` or `postgresql+psycopg://...`"""

    url: str = "sqlite:////var/lib/kassa/store.db"


class LinkTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[link]`; an empty broker serves the books and hears no till."""

    broker: str = ""
    ca: str = ""
    cert: str = ""
    key: str = ""
    username: str = ""
    password_file: str = ""


class HttpTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[http]`: host:port; port 0 takes a free one. With `cert` and `key` (PEM) it is HTTPS.

    `ca` is who signed the certificate, PEM: `/trust` hands it to phones and tablets.
    """

    listen: str = "127.0.0.1:8080"
    cert: str = ""
    key: str = ""
    ca: str = ""


class ConsoleTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[console]`: how long nobody may touch it, and after how long a call that nobody takes goes on.

    `address`: where browsers in the shop find it; empty: worked out of `[http]` and the shop's host.
    """

    address: str = ""
    idle_minutes: int = 15
    escalate_s: int = 45

    @property
    def idle_ms(self) -> int:
        """In milliseconds."""
        return self.idle_minutes * 60_000


class ReceiptsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[receipts]`: `public_url` is what the QR code begins with, `legal` the lines below the shop's name.

    `languages` are those that a receipt can be read in (empty: all that we have words for), `signing_keys` the lanes'
    public keys, by which a signed receipt is known.
    """

    public_url: str = ""
    legal: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    signing_keys: tuple[str, ...] = ()


class SmtpTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[smtp]`: smtp:// (with STARTTLS where the server offers it) or smtps://; empty sends no mail.

    `sender` is the address that receipts come from; `ca` the server's certificate authority, PEM.
    """

    url: str = ""
    sender: str = ""
    ca: str = ""


class MembersTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[members]`: the groups of whoever joins at a lane; how long somebody is kept who buys nothing (0: for ever)."""

    groups: tuple[str, ...] = ("members",)
    keep_days: int = 0


class PicturesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[pictures]`: where pictures from the web are kept; whether they may lie inside a private network."""

    folder: str = "/var/lib/kassa/pictures"
    allow_private: bool = False


class UpdatesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[updates]`: where versions of the lanes' image are kept."""

    folder: str = "/var/lib/kassa/bundles"


class SelfUpdateTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[self_update]`: what `store update` keeps, how the service is stopped and started, how long a trial may take.

    `keep` is how many backups of before an update stay.
    """

    folder: str = "/var/lib/kassa/update"
    stop: tuple[str, ...] = ("systemctl", "stop", "store.service")
    start: tuple[str, ...] = ("systemctl", "start", "store.service")
    limit_s: int = 300
    keep: int = 3


class BackupTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[backup]`: how old the last backup may be before people at the console are told; 0: nobody is told."""

    at_most_hours: int = 48


class PricesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[prices]`: what one person may change alone: one price by so many per cent, so many in one batch. 0: all."""

    approve_above_percent: int = 0
    approve_above_rows: int = 0


class WebhooksTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[webhooks]`: whether programs that want to hear what happens may lie inside a private network."""

    allow_private: bool = False


class WooCommerceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[woocommerce]`: a web shop that sells out of the same stock; an empty `url` means that there is none.

    `key` and `secret_file` are a REST API key with read and write permission, `webhook_secret_file` is what its
    webhooks are signed with; `safety_stock` is never offered there.
    """

    url: str = ""
    key: str = ""
    secret_file: str = ""
    webhook_secret_file: str = ""
    safety_stock: int = 0


class AdoptionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[adoption]`: the shop's folder as `store init` made it, with the authority in it, and host:port of the HTTPS

    door where machines become tills; without a folder there is neither, without `listen` no door. `broker_pid_file`
    is where Mosquitto writes its process id: it is told when its certificates or the revocation list are new.
    """

    folder: str = ""
    listen: str = ""
    broker_pid_file: str = ""


class RetentionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[retention]`: after how many days the store forgets what it is done with; 0 keeps it. See `retention.py`."""

    mail_days: int = 90
    orders_days: int = 90
    deliveries_days: int = 90
    drafts_days: int = 30
    adoptions_days: int = 365
    acts_days: int = 0
    quarantine_days: int = 0


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """store.toml"""

    store: StoreTable
    database: DatabaseTable = DatabaseTable()
    link: LinkTable = LinkTable()
    http: HttpTable = HttpTable()
    console: ConsoleTable = ConsoleTable()
    receipts: ReceiptsTable = ReceiptsTable()
    smtp: SmtpTable = SmtpTable()
    members: MembersTable = MembersTable()
    pictures: PicturesTable = PicturesTable()
    updates: UpdatesTable = UpdatesTable()
    self_update: SelfUpdateTable = SelfUpdateTable()
    backup: BackupTable = BackupTable()
    prices: PricesTable = PricesTable()
    webhooks: WebhooksTable = WebhooksTable()
    woocommerce: WooCommerceTable = WooCommerceTable()
    adoption: AdoptionTable = AdoptionTable()
    retention: RetentionTable = RetentionTable()
    day: DayTable = DayTable()
    payouts: dict[str, PayoutProfile] = {}
    bookkeeping: BookkeepingTable = BookkeepingTable()

    @property
    def listen(self) -> tuple[str, int]:
        """Host and port."""
        return host_and_port(self.http.listen)

    @property
    def name(self) -> str:
        """What people call the shop."""
        return self.store.name or self.store.id

    @property
    def zone(self) -> ZoneInfo:
        """The shop's clock."""
        return ZoneInfo(self.store.timezone)


def host_and_port(listen: str) -> tuple[str, int]:
    """Of host:port; ValueError if the port is none."""
    parts = urlsplit(f"//{listen}")
    return parts.hostname or "", parts.port or 0


def read_config(path: Path) -> Config:
    """The checked configuration. BadSettings with one line that says what to mend."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: cannot be read: {error}") from None
    config = decode_settings(text, Config, str(path))
    for problem in _problems(config):
        raise BadSettings(f"{path}: {problem}")
    return config


def _problems(config: Config) -> list[str]:
    problems = []
    if not NAME.fullmatch(config.store.id):
        problems.append(f"store.id: {config.store.id!r} may only have a-z, 0-9 and -, at most 32")
    try:
        ZoneInfo(config.store.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        problems.append(f"store.timezone: {config.store.timezone!r} is not known; write one such as Europe/Stockholm")
    if config.members.keep_days < 0:
        problems.append(f"members.keep_days: {config.members.keep_days} is less than 0; 0 keeps them for ever")
    if bad := [group for group in config.members.groups if not group or len(group.split()) != 1]:
        problems.append(f"members.groups: {bad[0]!r} is not one word")
    if min(config.prices.approve_above_percent, config.prices.approve_above_rows) < 0:
        problems.append("prices: approve_above_percent and approve_above_rows are 0 or more; 0 asks nobody")
    if config.backup.at_most_hours < 0:
        problems.append(f"backup.at_most_hours: {config.backup.at_most_hours} is less than 0; 0 tells nobody")
    problems += _of_self_updates(config.self_update)
    problems += _of_the_mail(config.smtp)
    problems += _of_the_web_shop(config.woocommerce)
    problems += problems_of(config.day, config.payouts, config.bookkeeping)
    problems += _of_the_console(config)
    if config.link.broker and urlsplit(config.link.broker).scheme not in ("mqtt", "mqtts"):
        problems.append(f"link.broker: {config.link.broker!r} must begin with mqtt:// or mqtts://")
    if not config.database.url.startswith(("sqlite:///", "postgresql+psycopg://")):
        problems.append("database.url: write sqlite:////path/to/store.db or postgresql+psycopg://...")
    if config.receipts.public_url and urlsplit(config.receipts.public_url).scheme not in ("http", "https"):
        problems.append("receipts.public_url: must begin with https:// (or http://)")
    if not _is_listen(config.http.listen):
        problems.append(f"http.listen: {config.http.listen!r} is not host:port such as 127.0.0.1:8080")
    problems += _of_adoption(config.adoption)
    problems += _of_retention(config.retention)
    return problems


def _is_listen(text: str) -> bool:
    try:
        host, _ = host_and_port(text)
    except ValueError:
        return False
    return bool(host) and ":" in text


def _of_adoption(adoption: AdoptionTable) -> list[str]:
    if adoption.listen and not _is_listen(adoption.listen):
        return [f"adoption.listen: {adoption.listen!r} is not host:port such as 0.0.0.0:8443"]
    if adoption.listen and not adoption.folder:
        return ["adoption.folder: whoever adopts tills needs the folder that `store init` made"]
    return []


def _of_self_updates(table: SelfUpdateTable) -> list[str]:
    problems = []
    if not (table.stop and table.start):
        problems.append("self_update.stop and self_update.start: say by which commands the service stops and starts")
    if table.limit_s < 1 or table.keep < 1:
        problems.append("self_update: limit_s and keep are 1 or more")
    return problems


def _of_the_mail(smtp: SmtpTable) -> list[str]:
    if not smtp.url:
        return []
    parts = urlsplit(smtp.url)
    problems = []
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        problems.append("smtp.url: must be smtp://host:port or smtps://user:password@host:port")
    if read_email(smtp.sender) is None:
        problems.append(f"smtp.sender: {smtp.sender!r} is no e-mail address; receipts need one that they come from")
    return problems


def _of_the_web_shop(shop: WooCommerceTable) -> list[str]:
    problems = []
    if shop.url and (urlsplit(shop.url).scheme not in ("http", "https") or not urlsplit(shop.url).hostname):
        problems.append(f"woocommerce.url: {shop.url!r} is no address such as https://shop.example")
    if shop.url and not (shop.key and shop.secret_file):
        problems.append("woocommerce.key: a web shop needs key and secret_file (WooCommerce, Advanced, REST API)")
    if shop.safety_stock < 0:
        problems.append(f"woocommerce.safety_stock: {shop.safety_stock} is less than 0; 0 offers everything")
    return problems


def _of_the_console(config: Config) -> list[str]:
    problems = []
    if bool(config.http.cert) != bool(config.http.key):
        problems.append("http.cert and http.key: HTTPS needs both, the certificate and its key")
    if not 1 <= config.console.idle_minutes <= 720:
        problems.append(f"console.idle_minutes: {config.console.idle_minutes} is not from 1 to 720")
    if not 10 <= config.console.escalate_s <= 3_600:
        problems.append(f"console.escalate_s: {config.console.escalate_s} is not from 10 to 3600")
    return problems


def _of_retention(retention: RetentionTable) -> list[str]:
    days = msgspec.structs.asdict(retention)
    problems = [f"retention.{name}: {value} is less than 0; 0 keeps it" for name, value in days.items() if value < 0]
    if 0 < retention.quarantine_days < LEAST_QUARANTINE_DAYS:
        problems.append(
            f"retention.quarantine_days: {retention.quarantine_days} is less than {LEAST_QUARANTINE_DAYS}: days that "
            "are being closed are compared with it; 0 keeps it"
        )
    return problems
