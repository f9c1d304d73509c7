"""Lane: the real loop on simulated devices and a hand-cranked clock, on a disk that can lose its power.

Everything between the scanner's bytes and the outbox is the appliance's own code; only the clock, the wires and the
disk are this world's. Stories and the world simulator drive it. A power cut takes the process and its memory; disk,
devices and store keep what they have, and `boot` starts the lane again as systemd would.
"""

from collections.abc import Callable
from datetime import tzinfo
from zoneinfo import ZoneInfo

from kiosk.app.announce import Announcer
from kiosk.app.attract import Attract, AttractTable
from kiosk.app.background import Immediately
from kiosk.app.books import Books
from kiosk.app.config_sound import SoundTable
from kiosk.app.counter import Counter
from kiosk.app.gate import Gate
from kiosk.app.hands import Hands, remind
from kiosk.app.housekeeping import Housekeeping
from kiosk.app.inbox import Inbox
from kiosk.app.link import Link
from kiosk.app.loop import Loop
from kiosk.app.loudness import Loudness
from kiosk.app.paper import Paper
from kiosk.app.photos import Dresser, NoPhotos
from kiosk.app.picking import Picker
from kiosk.app.proved_sale import prover
from kiosk.app.resting import Hours, Rests
from kiosk.app.restore import restore
from kiosk.app.screen import Screen, Tap
from kiosk.app.signed_receipt import screen_signer
from kiosk.app.slip_keys import slip_keys, slip_signer
from kiosk.app.staff import check_pin
from kiosk.app.surface import NoSurface, Surface
from kiosk.app.whispers import Whispers
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import Event, PriceBookChanged, Restarted
from kiosk.checkout.jurisdiction import Pack
from kiosk.checkout.lane import Lane as LaneFacts
from kiosk.checkout.state import State
from kiosk.checkout.succession import Succession
from kiosk.storage.journal import Journal, Prune, migrated
from kiosk.storage.price_book import PriceBook
from kiosk.storage.writer import SteppedWriter
from kiosk.ui.keys import KeyPressed
from kiosk.ui.scene import Button, Scene, buttons
from kiosk.ui.viewing import page_deadline_ms
from kiosk.ui.voice import Speech
from kiosk.ui.words import Words
from kiosk.values.moment import Moment
from kiosk.wire.signed_receipt import DEMO
from kiosk.world.counter_top import CounterTop
from kiosk.world.disk import Disk
from kiosk.world.hand_clock import HandClock
from kiosk.world.power_cut import ApswDatabase, PowerCut
from kiosk.world.signing_desk import SigningDesk
from kiosk.world.wire import Wire

STOCKHOLM = ZoneInfo("Europe/Stockholm")
GENESIS = "5eed" * 16
_TURNS_AT_ONE_TICK = 200
ROOM_MIB = 10_000
SOUND = SoundTable(quiet_hours="22:00-06:00")


class Shop:
    """What a lane is given and does not lose: words, pack, price book, clock, devices, wire."""

    def __init__(
        self,
        facts: LaneFacts,
        pack: Pack,
        words: dict[str, Words],
        prices: PriceBook,
        wire: Wire,
        clock: HandClock,
        zone: tzinfo = STOCKHOLM,
        *,
        cash_parts: bool = False,
    ) -> None:
        """`cash_parts`: its cash machine, if it has one, is of two makers."""
        self.facts, self.pack, self.words, self.prices = facts, pack, words, prices
        self.wire, self.clock, self.zone = wire, clock, zone
        self.top = CounterTop(
            clock.tick_ms,
            plate=facts.scale,
            bagging=facts.bagging is not None,
            phones="qr" in facts.tenders,
            cash_machine=facts.cash_machine,
            cash_parts=cash_parts,
            fitted=facts.fitted,
        )
        self.signer = SigningDesk(zone)
        self.free_mib = ROOM_MIB
        self.maintenance: dict[str, Hours] = {}
        """When which device is let go."""


class UnwatchedScreen(Screen):
    """A screen that nobody looks at between two events: it is right whenever it is looked at, but nothing moves."""

    def deadline_ms(self, state: State) -> int | None:
        """Only of pages that close by themselves, and of keys that are held."""
        dues = (page_deadline_ms(state, self.view), self.held_deadline_ms())
        return min((due for due in dues if due is not None), default=None)


class Heard:
    """A voice that writes down what it says."""

    def __init__(self, spoken: list[str]) -> None:
        self._spoken = spoken

    def speak(self, speech: Speech) -> None:
        """As Mouth."""
        self._spoken += speech.sentences

    def hush(self) -> None:
        """As Mouth: it is written already."""


class Lane:
    """One lane of the shop, running or dead."""

    def __init__(
        self,
        shop: Shop,
        disk: Disk | None = None,
        surface: Callable[[], Surface] = NoSurface,
        attract: AttractTable | None = None,
    ) -> None:
        self.shop = shop
        self._attract = attract or AttractTable()
        self.disk = disk or Disk()
        self._surface = surface
        self.photos: Dresser = NoPhotos()
        """The shop's own pictures, for the process that starts next."""
        self.loop: Loop | None = None
        self.cues: list[str] = []
        """What was heard, in order."""
        self.levels: list[int] = []
        """How loud each of them was, in dB(A)."""
        self.spoken: list[str] = []
        """What the voice has said, a sentence each."""
        self.starts = 0
        """How often the process was started."""
        self.takes_over: Succession | None = None
        """What its adoption wrote, of a machine that took another's place."""
        self.disk_stuck = False
        """While true nothing is committed: a card that sits in its sync."""
        self.after_turn: Callable[[], None] = lambda: None
        """Whoever watches the lane looks now."""

    # --- power --------------------------------------------------------------------------------------------------------

    def boot(self) -> None:
        """Start the process on what the disk has."""
        assert self.loop is None, "the lane is running"
        self.starts += 1
        self._journal = migrated(ApswDatabase(self.disk))
        boot = self._journal.boot()
        state = restore(boot.snapshot, boot.events, self.shop.facts)
        self._inbox = Inbox()
        self._writer = SteppedWriter(self._journal)
        self.loop = self._make_loop(state, self._journal)
        place = self.takes_over
        if place is not None and place.segment <= state.in_earnest.segment:
            place = None
        genesis = (place.head if place is not None else "") or GENESIS
        self.loop.say(Restarted(lane=self.shop.facts, genesis=genesis, audit_seed=AUDIT_SEED, takes_over=place))
        self.loop.say(PriceBookChanged(version=self.shop.prices.version))

    def die(self) -> None:
        """The process is gone (kill -9); what it had not written is gone with it."""
        assert self.loop is not None
        self.loop = None
        self._writer.abandon()
        self.shop.top.drop_lines()
        self.shop.wire.close()
        self._inbox.close()

    def cut_power(self, seed: int) -> None:
        """The power is gone: un-synced writes are kept, dropped or torn as the seed says."""
        if self.loop is not None:
            self.die()
        room, self.disk.room = self.disk.room, None
        self.disk = Disk(self.disk.survivors(seed))
        self.disk.room = room

    def restart(self) -> None:
        """kill -9 and start again."""
        self.kill()
        self.boot()

    def kill(self) -> None:
        """kill -9: the disk's cache survives."""
        if self.loop is not None:
            self.die()
        self.disk = self.disk.process_died()

    # --- turning ------------------------------------------------------------------------------------------------------

    def turn(self) -> None:
        """One turn of the loop at this moment, and what it handed to the journal. Raises PowerCut."""
        assert self.loop is not None, "the lane has no power"
        for message in self.shop.wire.arrivals():
            self._inbox.put(message)
        self.shop.top.advance()
        self.loop.turn(self.shop.clock.now())
        if not self.disk_stuck and not self._writer.full:
            self._writer.step()
        self.after_turn()
        if self.loop.restarting:  # systemd starts it again
            self.restart()

    @property
    def caught_up(self) -> bool:
        """Whether everything that was handed to the journal is in it."""
        return self._writer.waiting() == 0

    def settle(self) -> None:
        """Turn until nothing more happens at this moment."""
        for _ in range(_TURNS_AT_ONE_TICK):
            before = self.running.state
            self.turn()
            due = self.deadline_ms()
            quiet = due is None or due > self.shop.clock.tick_ms()
            calm = self.running.idle or self.disk_stuck or self._writer.full
            if self.running.state is before and calm and quiet:
                return
        raise AssertionError("the lane does not come to rest")

    def wait(self, ms: int) -> None:
        """Let time pass, stopping wherever the lane or a device has something to do."""
        clock = self.shop.clock
        until = clock.tick_ms() + ms
        self.settle()
        while (due := self.deadline_ms()) is not None and due < until:
            clock.turn_to(due)
            self.settle()
        clock.turn_to(until)
        self.settle()

    def deadline_ms(self) -> int | None:
        """When the lane or a device wants to be turned next."""
        dues = [due for due in (self.running.deadline_ms(), self.shop.top.deadline_ms()) if due is not None]
        return min(dues, default=None)

    @property
    def running(self) -> Loop:
        """The loop, of a lane that has power."""
        assert self.loop is not None, "the lane has no power"
        return self.loop

    @property
    def state(self) -> State:
        """What the lane remembers."""
        return self.running.state

    @property
    def journal(self) -> Journal:
        """The journal of the running lane."""
        return self._journal

    # --- people -------------------------------------------------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """What is on the screen."""
        scene = self.running.screen.scene
        assert scene is not None, "nothing has been shown yet"
        return scene

    def button(self, name: str) -> Button | None:
        """The button with this spoken name, if it can be touched now."""
        return next((b for b in buttons(self.scene) if b.name == name), None)

    def tap(self, button: Button) -> None:
        """Touch its middle."""
        x, y, w, h = button.rect
        self.feel(Tap(x + w // 2, y + h // 2))

    def feel(self, felt: Tap | KeyPressed) -> None:
        """A touch somewhere, or a key."""
        self._inbox.put(felt)
        self.settle()

    def _sound(self, beep: Beep, now: Moment) -> None:
        below_db = Loudness(SOUND).below_db(beep, now)
        if below_db is not None:
            self.cues.append(beep.cue)
            self.levels.append(SOUND.loudest - below_db)

    def say(self, event: Event) -> None:
        """Put an event in directly, where a person or the console would cause it."""
        self.running.say(event)
        self.settle()

    # --- putting it together ------------------------------------------------------------------------------------------

    def _make_loop(self, state: State, journal: Journal) -> Loop:
        shop = self.shop
        proved = prover(DEMO, shop.pack) if shop.facts.signed_receipts else None
        gate = Gate(shop.prices, shop.pack, shop.zone, slips=slip_keys([DEMO]), proved=proved)
        counter = Counter(shop.top.devices(), gate)
        remind(counter, state, shop.clock.now())
        background = Immediately(self._inbox)
        books = Books(lambda: shop.prices, background, shop.prices.head())
        screen_of = UnwatchedScreen if self._surface is NoSurface else Screen
        whispers = Whispers()
        screen = screen_of(
            self._surface(),
            shop.words,
            typed=gate.typed,
            picked=gate.picked,
            picker=Picker(shop.prices),
            bags=lambda now: gate.bags(shop.facts.bags, now),
            keyed=gate.keyed,
            empties=gate.empties,
            kinds=gate.kinds,
            whispers=whispers,
            check_pin=lambda pin, badge, number: background(
                lambda: [check_pin(pin, shop.prices.staff(), badge, number)]
            ),
            signed=screen_signer(DEMO) if shop.facts.signed_receipts else None,
            mouth=Heard(self.spoken),
            attract=Attract(self._attract, (1280, 800), background),
            photos=self.photos,
        )
        paper = Paper(shop.facts, shop.pack, shop.words, shop.zone, sign_slip=slip_signer(DEMO))
        return Loop(
            state,
            counter=counter,
            hands=Hands(shop.facts, counter, paper, self._sound, shop.signer),
            writer=self._writer,
            screen=screen,
            link=Link(
                shop.facts,
                shop.wire,
                books,
                Announcer(lambda: shop.free_mib, journal.outbox.length, lives=lambda: counter.lives),
                journal.outbox.pending,
                whispers,
                gate.told,
                shop.prices.staff,
                anew=journal.outbox.anew,
            ),
            inbox=self._inbox,
            housekeeping=Housekeeping(
                lambda: shop.free_mib, 64, lambda utc_ms: self._writer.submit(Prune(utc_ms)), keep_days=30
            ),
            rests=Rests(shop.maintenance, counter.command),
        )


AUDIT_SEED = "5" * 64

__all__ = ["GENESIS", "Lane", "PowerCut", "Shop"]
