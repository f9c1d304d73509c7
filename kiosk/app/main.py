"""Main: the appliance put together, in the order in which its parts start. It stops in the opposite order.

Read this file first: every other file of the lane is named here once.
"""

import gc
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, TypeVar

import structlog
from msgspec.structs import replace

from drivers.device import DeviceError
from drivers.pos_printer.driver import PosPrinter, SimulatedPrinter
from drivers.registry import make_devices
from kiosk.app import introducing, succession
from kiosk.app.announce import Announcer
from kiosk.app.attract import Attract
from kiosk.app.background import Background
from kiosk.app.books import Books
from kiosk.app.changing import Changing
from kiosk.app.clock import SystemClock, clock_is_sure
from kiosk.app.config import Config
from kiosk.app.counter import Counter
from kiosk.app.debug import DebugServer
from kiosk.app.errands import changing_of, updates_of
from kiosk.app.eyes import open_window, panel_of
from kiosk.app.far_pictures import FarPictures
from kiosk.app.gate import Gate
from kiosk.app.hands import Hands, remind
from kiosk.app.housekeeping import Housekeeping
from kiosk.app.identity import Identity
from kiosk.app.inbox import Inbox
from kiosk.app.link import Link, Transport
from kiosk.app.log import set_up_log
from kiosk.app.log_keeping import log_crashes, log_path
from kiosk.app.log_telling import LogTelling
from kiosk.app.loop import Loop
from kiosk.app.loudness import Loudness
from kiosk.app.loudspeaker import Loudspeaker
from kiosk.app.mqtt import Mqtt, NoTransport
from kiosk.app.newer_config import running_config
from kiosk.app.paper import Paper
from kiosk.app.photo_cache import PhotoCache
from kiosk.app.photos import Photos
from kiosk.app.picking import Picker
from kiosk.app.places import config_folder
from kiosk.app.proved_sale import prover
from kiosk.app.renewing import NoRenewing, Renewing
from kiosk.app.resting import Rests, maintenance_hours
from kiosk.app.restore import remembered
from kiosk.app.runner import Runner
from kiosk.app.running import software
from kiosk.app.screen import Screen
from kiosk.app.signed_receipt import receipt_signer, screen_signer
from kiosk.app.signer import NoSigner, Signer, missing, rsa_signer, simulated_signer
from kiosk.app.slip_keys import slip_keys, slip_signer
from kiosk.app.staff import check_pin
from kiosk.app.trial_disk import TrialDisk
from kiosk.app.troubles import sentences
from kiosk.app.watchdog import Watchdog
from kiosk.app.whispers import Whispers
from kiosk.checkout.events import PriceBookChanged, Restarted
from kiosk.checkout.jurisdiction import BadPack, Pack, decode_pack, lawful
from kiosk.checkout.lane import Lane
from kiosk.storage.journal import Journal, Prune, open_journal, read_journal
from kiosk.storage.ownership import Owned, Ownership
from kiosk.storage.price_book import open_price_book
from kiosk.storage.writer import Writer
from kiosk.ui import fonts
from kiosk.ui import words as catalogues
from kiosk.ui.glass import Glass
from kiosk.ui.voice import Voice
from kiosk.ui.window import WindowError
from kiosk.values.barcode import prepared
from kiosk.values.hidden import secrets_of
from kiosk.values.moment import rfc3339
from kiosk.values.settings import BadSettings


class _Closes(Protocol):
    def close(self) -> None: ...


T = TypeVar("T", bound=_Closes)
DEFAULT_COLUMNS = 42


RESTART = 75
"""Exit code of a lane that wants to be started again (EX_TEMPFAIL of sysexits.h): to systemd's unit no failure."""


def run(config_path: Path, *, headless: bool) -> int:
    """The appliance's one process, until SIGTERM, SIGINT or the console's word. The exit code.

    A machine without its kiosk.toml becomes a till first (`introducing`). Raises BadSettings for what the operator must
    mend.
    """
    keeper = set_up_log()
    if not config_path.exists():
        try:
            if not introducing.run(config_path, headless=headless):
                return 0
        except WindowError as problem:
            raise BadSettings(f"{config_path} is not there, and no screen to show a code on: {problem}") from None
    disk = TrialDisk(config_path)
    _settle(disk)
    try:
        config = running_config(config_path, software())
        keeper.keep_in(log_path(config.storage.path))
        log_crashes()
        return _run(config_path, config, disk, headless=headless)
    except BadSettings as problem:
        if disk.fails(str(problem).removeprefix(f"{config_path}: ")):
            structlog.get_logger("main").error("change.taken_back", why=str(problem))
            return RESTART
        raise


def _run(config_path: Path, config: Config, disk: TrialDisk, *, headless: bool) -> int:
    with ExitStack() as stack:
        try:
            appliance = Appliance(config, headless, stack, disk=disk)
            runner = appliance.runner()
        except (BadSettings, WindowError) as problem:
            raise BadSettings(f"{config_path}: {problem}") from None
        runner.stop_on_signals()
        runner.run(ready=appliance.ready)
    return RESTART if appliance.loop.restarting else 0


def _settle(disk: TrialDisk) -> None:
    """What a change of kiosk.toml asks of this start, before anybody reads it."""
    try:
        disk.settle(time.time_ns() // 1_000_000)
    except OSError as error:
        what = "let the lane's account write where kiosk.toml is"
        structlog.get_logger("main").error("change.not_settled", why=str(error), what_to_do=what)


class Appliance:
    """One lane. Each method is one chapter; whatever must be let go again is pushed on the stack at once."""

    def __init__(
        self,
        config: Config,
        headless: bool,
        stack: ExitStack,
        open_to_write: Callable[[Path], Journal] = open_journal,
        disk: TrialDisk | None = None,
    ) -> None:
        """`open_to_write` opens the journal for its writer's thread; `disk` has the kiosk.toml that may be changed."""
        self._disk = disk
        self._config, self._stack, self._open_to_write = config, stack, open_to_write
        self._zone, self._pack = config.zone, _pack(config)
        self._signer = _signer(config)
        lane = replace(config.brain_lane(), troubles=sentences())
        self._lane = signed_lane(lawful(lane, self._pack), self._pack, self._signer)
        self._clock = SystemClock(config.zone, config.day_starts_minutes)
        self._inbox = self._closing(Inbox())
        self._whispers = Whispers()
        self._remember()
        self._set_the_counter()
        self._open_eyes(headless)
        self._reach_for_the_store()
        self.loop = self._make_loop()

    def runner(self) -> Runner:
        """What turns the loop, with the first two facts of this run already said."""
        if self._config.debug.listen:
            self._closing(self._debug_port())
        place = succession.read(self._config.link.succession, self._state)
        genesis = (place.head if place is not None else "") or secrets.token_hex(32)
        seed = secrets.token_hex(32)
        self.loop.say(Restarted(lane=self._lane, genesis=genesis, audit_seed=seed, takes_over=place))
        self.loop.say(PriceBookChanged(version=self._prices.version))
        watchdog = Watchdog()
        self._stack.callback(watchdog.stopping)
        gc.freeze()  # what is alive now lives as long as the lane: looking through it again would only make a scan wait
        return Runner(
            self.loop,
            self._clock,
            self._counter,
            self._inbox,
            watchdog,
            fds=[self._writer.fileno()],
            glass=self.glass,
        )

    def ready(self) -> None:
        """The first screen stands: now there is time for what the first label needs."""
        structlog.get_logger("main").info("lane.ready")
        self._background(prepared)

    def _debug_port(self) -> DebugServer:
        listen = self._config.debug.listen
        try:
            return DebugServer(listen, self._inbox)
        except OSError as error:
            raise BadSettings(f"debug.listen: {listen} cannot be had: {error.strerror}; name another port") from None

    def _closing(self, thing: T) -> T:
        self._stack.callback(thing.close)
        return thing

    def _remember(self) -> None:
        """What the journal and the price book know."""
        path = Path(self._config.storage.path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._closing(Ownership(path))
        except Owned as problem:
            raise BadSettings(str(problem)) from None
        except OSError as error:
            raise BadSettings(f"storage.path: nothing can be written beside {path}: {error.strerror}") from None
        journal = open_journal(path)
        self._state = remembered(journal, software(), self._lane)
        journal.close()
        self._writer = self._closing(Writer(lambda: self._open_to_write(path)))
        self._journal = self._closing(read_journal(path))
        self._background = self._closing(Background(self._inbox))
        self._prices = self._closing(open_price_book(self._config.price_book_path))
        self._books = Books(
            lambda: open_price_book(self._config.price_book_path), self._background, self._prices.head()
        )

    def _set_the_counter(self) -> None:
        """The devices, and what their events mean."""
        try:
            devices = make_devices(self._config.devices, {"currency": self._config.lane.currency})
        except DeviceError as problem:
            raise BadSettings(str(problem)) from None
        slips = slip_keys(self._config.deposits.slip_keys)
        proved = prover(self._config.receipts.signing_key_file, self._pack)
        self._gate = Gate(self._prices, self._pack, self._zone, self._config.codes, slips, proved)
        self._speaker = Loudspeaker(Loudness(self._config.sound))
        self._counter = self._closing(Counter([*devices, self._speaker], self._gate))
        remind(self._counter, self._state, self._clock.now())
        printers = (device for device in devices if isinstance(device, PosPrinter | SimulatedPrinter))
        self._columns = next((printer.columns for printer in printers), DEFAULT_COLUMNS)

    def _open_eyes(self, headless: bool) -> None:
        """What people see, hear and take home."""
        lane, display = self._lane, self._config.display
        words = catalogues.load(
            config_folder() / "words",
            lane.languages,
            currency=lane.currency,
            territory=self._pack.country,
            zone=self._zone,
        )
        fonts.prepare([each.direction for each in words.values()])
        window = self._closing(open_window(display, headless=headless))
        panel = panel_of(display, window)
        own_touch = any(name.partition(".")[0] == "touch" for name in self._config.devices)
        self.glass = Glass(window, polled=not headless and not own_touch, fingers=self._counter.fingers)
        beside = Path(self._config.storage.path).parent
        self._far_pictures = FarPictures()
        self._photos = Photos(
            self._closing(Background(self._inbox)), PhotoCache(beside / "pictures"), self._far_pictures
        )
        voice = self._closing(Voice())
        if voice.trouble:
            structlog.get_logger("voice").warning("voice.silent", why=voice.trouble)
        self._screen = Screen(
            self.glass,
            words,
            panel=panel,
            typed=self._gate.typed,
            check_pin=self._check_pin,
            picked=self._gate.picked,
            picker=Picker(self._prices),
            bags=lambda now: self._gate.bags(lane.bags, now),
            keyed=self._gate.keyed,
            empties=self._gate.empties,
            kinds=self._gate.kinds,
            whispers=self._whispers,
            signed=screen_signer(self._config.receipts.signing_key_file),
            mouth=voice,
            headphones=self._config.sound.headphones,
            attract=Attract(self._config.attract, panel.size, self._background),
            photos=self._photos,
        )
        signer = receipt_signer(self._config.receipts.signing_key_file)
        slips = slip_signer(self._config.deposits.signing_key_file)
        paper = Paper(lane, self._pack, words, self._zone, self._columns, signer, self._config.codes, slips)
        self._hands = Hands(lane, self._counter, paper, self._speaker.play, self._signer)

    def _check_pin(self, pin: str, badge: str, number: str) -> None:
        self._background(lambda: [check_pin(pin, self._books.staff_here(), badge, number)])

    def _reach_for_the_store(self) -> None:
        """The link, over MQTT or to nowhere."""
        config, outbox = self._config, self._journal.outbox
        transport: Transport = NoTransport()
        renewing = self._known_by(config.link.cert, config.link.key)
        self._changing = changing_of(self._disk, config, lambda: self._counter.lives, self._background)
        secrets = secrets_of(self._disk.text()) if self._disk is not None else ()
        self._log_telling = LogTelling(log_path(config.storage.path), secrets, self._background)
        by_itself = self._closing(Background(self._inbox))
        self._updates = updates_of(config, by_itself, self._free_mib, self._clock.now().utc_ms, self._counter)
        if config.link.broker:
            started = rfc3339(self._clock.now().utc_ms)
            transport = self._closing(Mqtt(config.link, config.lane.store, config.lane.till, self._inbox, started))
        announcer = Announcer(
            self._free_mib,
            outbox.length,
            lambda: len(outbox.refused()),
            lambda: self._counter.lives,
            self._updates.said,
        )
        self._link = Link(
            self._lane,
            transport,
            self._books,
            announcer,
            outbox.pending,
            self._whispers,
            self._gate.told,
            self._prices.staff,
            self._far_pictures,
            outbox.anew,
            renewing,
            (self._log_telling, *((self._changing,) if isinstance(self._changing, Changing) else ())),
            self._updates,
        )

    def _known_by(self, cert: str, key: str) -> Renewing | NoRenewing:
        """The pair of files by which the broker knows the lane, as it fits, before anybody reads it."""
        if not (cert and key):
            return NoRenewing()
        identity = Identity(Path(cert), Path(key))
        try:
            identity.settle()
        except OSError as error:
            raise BadSettings(f"link.cert: the new certificate beside it cannot be put in its place: {error}") from None
        return Renewing(identity, self._background)

    def _free_mib(self) -> int:
        return shutil.disk_usage(Path(self._config.storage.path).parent).free >> 20

    def _make_loop(self) -> Loop:
        storage = self._config.storage
        return Loop(
            self._state,
            counter=self._counter,
            hands=self._hands,
            writer=self._writer,
            screen=self._screen,
            link=self._link,
            inbox=self._inbox,
            housekeeping=Housekeeping(
                self._free_mib,
                storage.low_mib,
                lambda utc_ms: self._writer.submit(Prune(utc_ms)),
                storage.keep_days,
                clock_is_sure,
            ),
            rests=Rests(maintenance_hours(self._config.devices), self._counter.command),
            changing=self._changing,
            log_telling=self._log_telling,
            updates=self._updates,
        )


def _signer(config: Config) -> Signer:
    match config.fiscal.signer:
        case "rsa":
            return rsa_signer(Path(config.fiscal.key_file), config.fiscal.key_version, config.zone)
        case "simulated":
            return simulated_signer(config.zone)
    return NoSigner()


def signed_lane(lane: Lane, pack: Pack, signer: Signer) -> Lane:
    """The lane with its signer, or with what it lacks: then it does not open, and whoever started it is told why."""
    lacks = missing(pack.fiscal, signer.method, live=lane.mode == "live")
    if lacks:
        structlog.get_logger("main").error(
            "lane.not_opened",
            problem=f"a live lane in {pack.country} needs: {lacks}; this one has none",
            what_to_do='set [fiscal], or mode = "demo" in [lane]',
        )
    return replace(lane, signer=signer.method, signer_missing=lacks)


def _pack(config: Config) -> Pack:
    path = config_folder() / "jurisdictions" / f"{config.lane.jurisdiction}.toml"
    try:
        return decode_pack(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadSettings(f"lane.jurisdiction: there is no pack {path}") from None
    except BadPack as problem:
        raise BadSettings(f"{path}: {problem}") from None
