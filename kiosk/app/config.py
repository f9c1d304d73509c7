"""Config: what the operator wrote (CONTRACT, section 2), checked before anything starts."""

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec.structs import replace

from drivers.registry import DRIVERS, abilities, device_tables
from kiosk.app.attract import AttractTable
from kiosk.app.codes import Codes
from kiosk.app.config_files import beside
from kiosk.app.config_hours import SaleHoursTable
from kiosk.app.config_money import BagsTable, CharityTable, GiftCardsTable, LimitsTable, TendersTable
from kiosk.app.config_network import ClockTable, NetworkTable
from kiosk.app.config_sound import SoundTable
from kiosk.app.config_tables import (
    ChangesTable,
    DebugTable,
    DepositsTable,
    DisplayTable,
    FiscalTable,
    LinkTable,
    MembersTable,
    ReceiptsTable,
    StorageTable,
    UpdatesTable,
    WeighingTable,
)
from kiosk.app.places import config_folder
from kiosk.checkout.bagging import DEVICE as BAGGING_SCALE
from kiosk.checkout.devices import FITTED
from kiosk.checkout.freshness import read_rule
from kiosk.checkout.inserting import DEVICE as CASH_MACHINE
from kiosk.checkout.lane import (
    AuditRule,
    BaggingLimits,
    CouponRule,
    GroupLimit,
    Lane,
    ParkingRule,
    StaffLimits,
    TimeOuts,
)
from kiosk.checkout.scale import SCALE, Plate
from kiosk.checkout.settings import USUAL, Settings
from kiosk.ui.words import catalogue
from kiosk.values.settings import BadSettings, decode_settings, nearest

__all__ = ["BadSettings", "Config", "read_config"]

LEAST_ASSISTED_MS = 10_000
RETIRED = ("storage.mirror",)
"""Settings that are gone, since they did nothing: a machine whose kiosk.toml still has one sells on."""


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
    short_date: str = ""
    """What is taken off near a last day: `3:20 1:50`, days left and per cent; the price book may know better."""


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """kiosk.toml. Device tables are checked by the registry, which knows each driver's keys."""

    lane: LaneTable
    tenders: TendersTable = TendersTable()
    limits: LimitsTable = LimitsTable()
    storage: StorageTable = StorageTable()
    link: LinkTable = LinkTable()
    display: DisplayTable = DisplayTable()
    comfort: Settings = USUAL
    """`[comfort]`: what every visit begins with."""
    receipts: ReceiptsTable = ReceiptsTable()
    weighing: WeighingTable = WeighingTable()
    fiscal: FiscalTable = FiscalTable()
    updates: UpdatesTable = UpdatesTable()
    debug: DebugTable = DebugTable()
    changes: ChangesTable = ChangesTable()
    clock: ClockTable = ClockTable()
    network: NetworkTable = NetworkTable()
    attract: AttractTable = AttractTable()
    sound: SoundTable = SoundTable()
    codes: Codes = Codes()
    """`[codes]`"""
    time_outs: TimeOuts = TimeOuts()
    bagging: BaggingLimits = BaggingLimits()
    """Without a `[devices.bagging_scale]` nothing is limited by it."""
    staff: StaffLimits = StaffLimits()
    offers: CouponRule = CouponRule()
    """`[offers]`"""
    baskets: ParkingRule = ParkingRule()
    """`[baskets]`"""
    members: MembersTable = MembersTable()
    deposits: DepositsTable = DepositsTable()
    audit: AuditRule = AuditRule()
    charity: CharityTable = CharityTable()
    gift_cards: GiftCardsTable = GiftCardsTable()
    bags: BagsTable = BagsTable()
    sale_hours: SaleHoursTable = SaleHoursTable()
    group_limits: dict[str, int] = {}
    """How many things of a category (and below it) one shopper may buy: `"pharmacy/painkillers" = 2`."""
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
            settings=self.comfort,
            volume=self.sound.step,
            quiet_hours=self.sound.quiet_hours,
            needs=lane.needs,
            receipt_url=self.receipts.public_url.rstrip("/"),
            signed_receipts=bool(self.receipts.signing_key_file),
            receipt_legal=self.receipts.legal,
            return_copy=self.receipts.return_copy,
            email_receipts=self.receipts.email,
            email_endings=self.receipts.email_endings,
            exit_codes=lane.exit_codes,
            short_date=lane.short_date,
            scale=self._plate(),
            trade=self.weighing.trade(),
            tenders=self.tenders.accept,
            tender_limits=self.tenders.of_each_kind,
            printer=any(name.partition(".")[0] == "pos_printer" for name in self.devices),
            cash_machine=CASH_MACHINE in self.devices,
            fitted=tuple(name for name in device_tables(self.devices) if name.partition(".")[0] in FITTED),
            touch=any(name.partition(".")[0] == "touch" for name in self.devices),
            basket_most_minor=self.limits.basket_minor,
            containers_most_minor=self.limits.containers_minor,
            slip_begins=self.codes.deposit[0] if self.codes.deposit and "gift_card" in self.tenders.accept else "",
            time_outs=self.time_outs,
            bagging=self.bagging if BAGGING_SCALE in self.devices else None,
            staff_limits=self.staff,
            coupons=self.offers,
            parking=replace(self.baskets, shared=self.baskets.shared and bool(self.link.broker)),
            sign_up=self.members.sign_up,
            deposits=self.deposits.rule,
            audit=self.audit,
            group_limits=tuple(GroupLimit(category, most) for category, most in self.group_limits.items()),
            hours=self.sale_hours.timetable(),
            charity=self.charity.asked_for,
            card_loads=self.gift_cards.amounts_minor,
            card_names=_card_names(lane.languages) if self.gift_cards.amounts_minor else {},
            bags=self.bags.codes,
        )

    def _plate(self) -> Plate | None:
        """The produce scale's figures, which stand among its driver's settings; the registry checks that table."""
        table = self.devices.get(SCALE)
        if table is None:
            return None
        figures = {key: table[key] for key in ("min_g", "max_g", "step_g") if isinstance(table.get(key), int)}
        can = abilities(SCALE, table)
        return Plate(**figures, computes="price" in can, zeroes="zero" in can)


def _card_names(languages: tuple[str, ...]) -> dict[str, str]:
    """What a gift card is called as a line of the basket."""
    return {one: catalogue(config_folder() / "words", one).gettext("Gift card") for one in languages}


def read_config(path: Path) -> Config:
    """The checked configuration, files with their whole paths. BadSettings: one line that says what to mend."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: cannot be read: {error}") from None
    return beside(checked_config(text, str(path)), path.resolve().parent)


def checked_config(text: str, file: str) -> Config:
    """The same of a text, files as they are named in it; `file` is only for the message."""
    return checked(decode_settings(text, Config, file, RETIRED), file)


def checked(config: Config, file: str) -> Config:
    """The same, if every value can be meant. BadSettings."""
    for problem in _problems(config):
        raise BadSettings(f"{file}: {problem}")
    return config


_SLIP_BEGINS = r"[!-\-/-~]{1,20}"
_ENDINGS, _ENDING_LONGEST = 3, 14


def _problems(config: Config) -> Iterator[str]:
    """Every value that cannot be meant, though its type is right."""
    yield from _of_the_lane(config.lane)
    yield from config.tenders.problems()
    if "qr" in config.tenders.accept and "qr_payment" not in config.devices:
        yield "tenders.accept: 'qr' needs a [devices.qr_payment]"
    yield from _of_this_machine(config)
    for name in BaggingLimits.__struct_fields__:
        if getattr(config.bagging, name) < (name == "step_g"):
            yield f"bagging.{name}: {getattr(config.bagging, name)} is too little"
    yield from config.limits.problems()
    yield from config.changes.problems()
    yield from config.clock.problems()
    yield from config.network.problems()
    yield from config.charity.problems()
    yield from config.gift_cards.problems()
    yield from config.bags.problems()
    yield from config.sale_hours.problems()
    ends = config.receipts.email_endings
    if len(ends) > _ENDINGS or any(not 0 < len(end) <= _ENDING_LONGEST for end in ends):
        yield f"receipts.email_endings: at most {_ENDINGS}, of at most {_ENDING_LONGEST} letters"
    if config.debug.listen and _port(f"//{config.debug.listen}", ("127.0.0.1", "localhost")) is None:
        yield f"debug.listen: {config.debug.listen!r} must be 127.0.0.1:port, only on loopback"
    if config.fiscal.signer == "rsa" and not config.fiscal.key_file:
        yield 'fiscal.key_file: signer = "rsa" needs the file of its private key'
    broker = config.link.broker
    if broker and (urlsplit(broker).scheme not in ("mqtt", "mqtts") or _port(broker, default=1883) is None):
        yield f"link.broker: {broker!r} must be mqtt://host:port or mqtts://host:port"


def _of_the_lane(lane: LaneTable) -> Iterator[str]:
    for key, value in (("store", lane.store), ("till", lane.till)):
        if not re.fullmatch(r"[a-z0-9-]{1,32}", value):
            yield f"lane.{key}: {value!r} may only have a-z, 0-9 and -, at most 32"
    if not re.fullmatch(r"[A-Z]{3}", lane.currency):
        yield f"lane.currency: {lane.currency!r} is not an ISO 4217 code such as SEK"
    if not lane.languages:
        yield "lane.languages: name at least one, the first is the default"
    spoken = [language for language in lane.languages if language.split("-")[0] != "en"]
    yield from _not_among("lane.languages", spoken, ["en", *_shipped("words/*.po")])
    yield from _not_among("lane.jurisdiction", [lane.jurisdiction], _shipped("jurisdictions/*.toml"))
    yield from _not_among("lane.needs", [need.partition(".")[0] for need in lane.needs], list(DRIVERS))
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", lane.day_starts):
        yield f"lane.day_starts: {lane.day_starts!r} is not a time such as 04:00"
    try:
        read_rule(lane.short_date)
    except ValueError as problem:
        yield f"lane.short_date: {problem}"
    try:
        ZoneInfo(lane.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield f"lane.timezone: {lane.timezone!r} is not known; write one such as Europe/Stockholm"


def _of_this_machine(config: Config) -> Iterator[str]:
    path = Path(config.storage.path)
    if not path.name or path.is_dir():
        yield f"storage.path: {str(path)!r} is a folder; write a file such as /var/lib/kiosk/kiosk.db"
    if config.storage.keep_days < 1 or config.storage.low_mib < 0:
        yield "storage: keep_days must be at least 1 and low_mib at least 0"
    if min(config.display.size) < 1:
        yield "display.size: width and height in pixels, such as [1280, 800]"
    display = config.display
    if not 0 <= display.diagonal_mm <= 2_000 or not 0 <= display.distance_mm <= 5_000:
        yield "display: diagonal_mm (to 2000) and distance_mm (to 5000) are millimetres; 0 where they are not known"
    staff = config.staff
    if min(staff.void_minor, staff.off_minor, staff.off_bp, staff.refund_minor, staff.unproved_refund_minor) < 0:
        yield "staff: void_minor, off_minor, off_bp, refund_minor and unproved_refund_minor are thresholds of 0 or more"
    if config.staff.training_timeout_ms < LEAST_ASSISTED_MS:
        yield f"staff.training_timeout_ms: at least {LEAST_ASSISTED_MS}, or nobody could learn"
    if config.staff.assisted_timeout_ms < LEAST_ASSISTED_MS:
        yield f"staff.assisted_timeout_ms: at least {LEAST_ASSISTED_MS}, or nobody could serve"
    if config.offers.coupon_offline_most_minor < 0:
        yield "offers.coupon_offline_most_minor: is 0 (no limit) or more"
    audit = config.audit
    if not 0 <= audit.rate_permille <= 1000 or audit.partial_items < 1:
        yield "audit: rate_permille is from 0 to 1000, partial_items at least 1"
    if min(audit.value_over_minor, audit.risk_over, audit.most_per_hour) < 0:
        yield "audit: value_over_minor, risk_over and most_per_hour are 0 (never) or more"
    deposits = config.deposits
    if min(deposits.offline_days, deposits.offline_most_minor, deposits.offline_day_minor) < 0:
        yield "deposits: offline_days, offline_most_minor and offline_day_minor are 0 or more"
    begins = config.codes.deposit[0] if config.codes.deposit else ""
    if deposits.signing_key_file and not re.fullmatch(_SLIP_BEGINS, begins):
        yield f"codes.deposit: {begins!r} cannot begin a signed slip: 1 to 20 characters, no point and no space"
    for category, most in config.group_limits.items():
        if most < 1 or not category or category.strip("/") != category:
            yield f'group_limits: write "category/below" = how many, 1 or more; not {category!r} = {most}'
    yield from config.sound.problems()
    yield from config.attract.problems()


def _not_among(setting: str, values: Iterable[str], good: list[str]) -> Iterator[str]:
    for value in values:
        if value not in good:
            yield f"{setting}: there is no {value!r}; {nearest(value, good)}"


def _shipped(pattern: str) -> list[str]:
    return [path.stem for path in config_folder().glob(pattern)]


def _port(url: str, hosts: Container[str] = (), default: int | None = None) -> int | None:
    """The port of an address, or its default; None if there is none, or the host is none (or none of these)."""
    try:
        parts = urlsplit(url)
        port = parts.port if parts.port is not None else default
    except ValueError:  # not a number, or none that a port can have
        return None
    return port if parts.hostname and (not hosts or parts.hostname in hosts) else None
