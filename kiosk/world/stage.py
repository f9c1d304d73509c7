"""Stage: one whole shop in memory, with its people's hands: lane, counter, network, store, clock.

A story or the simulator acts only through it. Whatever makes the lane turn may also kill it (its power was told to go
at some write, or a sync fails): then the lane is dark until somebody starts it, and everything else goes on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import apsw

from kiosk.checkout.lane import Lane as LaneFacts
from kiosk.storage.price_book import open_price_book
from kiosk.ui.scene import Button, Label, Row, Word, buttons
from kiosk.ui.view import View
from kiosk.world.back_office import BackOffice
from kiosk.world.counter_top import CounterTop
from kiosk.world.disk import KEEP_ALL, Disk
from kiosk.world.hand_clock import HandClock
from kiosk.world.lane import STOCKHOLM, Lane, PowerCut, Shop
from kiosk.world.promises import Promises
from kiosk.world.shops import FACTS, make_shop

A_MOMENT_MS = 100
_STEP_IN_THE_DARK_MS = 100
_NEVER_MS = 2**62


class NotThere(AssertionError):
    """What somebody wanted to do cannot be done now. The text says what there is instead."""


class Stage:
    """The shop is open when this returns: the lane stands at its welcome screen."""

    def __init__(self, facts: LaneFacts = FACTS, beside: "Stage | None" = None, *, cash_parts: bool = False) -> None:
        """`beside`: another lane of the same shop, which is open already. `cash_parts`: its cash machine is of two
        makers."""
        self.clock: HandClock = beside.clock if beside is not None else HandClock(STOCKHOLM)
        self.office: BackOffice = (
            beside.office if beside is not None else BackOffice(facts.store, lambda: self.clock.now().utc_ms)
        )
        self.lanes: dict[str, Stage] = beside.lanes if beside is not None else {}
        """All lanes of the shop, by till. Time passes for all of them."""
        self.lanes[facts.till] = self
        self.shop: Shop = make_shop(facts, self.clock, self.office, open_price_book(":memory:"), cash_parts=cash_parts)
        self.lane = Lane(self.shop)
        self.promises = Promises(self.lane, self.office)
        if beside is not None:
            beside.promises.joins(self.promises)
        self.lane.after_turn = self.promises.turned
        self.cut_seed = 0
        """What a power cut leaves of un-synced writes, if one strikes now."""
        self.power_cuts = self.kills = 0
        self.asked_elsewhere = 0
        """How often another lane has asked the store for something."""
        self._copy: Disk | None = None
        self._old_machine: Disk | None = None
        self.start()
        self.wait(3_000)

    @property
    def top(self) -> CounterTop:
        """The devices."""
        return self.shop.top

    @property
    def dark(self) -> bool:
        """Whether the lane's process is not running."""
        return self.lane.loop is None

    @property
    def view(self) -> View:
        """What people have set on the screen. NotThere once the lane is dark, even within an act."""
        if self.dark:
            raise NotThere("the lane is dark")
        return self.lane.running.screen.view

    # --- time and power -----------------------------------------------------------------------------------------------

    def wait(self, ms: int) -> None:
        """Let time pass."""
        if len(self.lanes) > 1:
            self._wait_together(ms)
        elif self.dark:
            self._wait_in_the_dark(ms)
        else:
            with self._mortal():
                self.lane.wait(ms)

    def _wait_together(self, ms: int) -> None:
        """All lanes, stopping wherever one of them has something to do; that one alone is turned then."""
        until = self.clock.tick_ms() + ms
        lanes = list(self.lanes.values())
        self._settle(lanes)
        while (dues := [stage._due() for stage in lanes]) and (due := min(dues)) < until:
            self.clock.turn_to(max(due, self.clock.tick_ms() + 1))
            self._settle([stage for stage, at in zip(lanes, dues, strict=True) if at <= self.clock.tick_ms()])
        self.clock.turn_to(until)
        self._settle(lanes)

    def _due(self) -> int:
        due = self.top.deadline_ms() if self.dark else self.lane.deadline_ms()
        return _NEVER_MS if due is None else due

    def _settle(self, lanes: list["Stage"]) -> None:
        for stage in lanes:
            if stage.dark:
                stage.top.advance()
                continue
            with stage._mortal():
                stage.lane.settle()

    def _wait_in_the_dark(self, ms: int) -> None:
        until = self.clock.tick_ms() + ms
        while (due := self.top.deadline_ms()) is not None and due < until:
            self.clock.turn_to(min(until, max(due, self.clock.tick_ms() + _STEP_IN_THE_DARK_MS)))
            self.top.advance()
        self.clock.turn_to(until)
        self.top.advance()

    @contextmanager
    def _mortal(self) -> Iterator[None]:
        try:
            yield
        except PowerCut:
            self._lose_power()
        except apsw.IOError:  # a sync failed: the process must not go on
            self.kill()

    def cut_power(self) -> None:
        """The plug is pulled, now."""
        self._lose_power()

    def _lose_power(self) -> None:
        self.power_cuts += 1
        self.lane.cut_power(self.cut_seed)

    def kill(self) -> None:
        """kill -9."""
        self.kills += 1
        self.lane.kill()

    def start(self) -> None:
        """Power on, or systemd starts the process again."""
        if not self.dark:
            raise NotThere("the lane is running already")
        with self._mortal():
            self.lane.boot()
            self.promises.booted()
            self.lane.settle()

    def copy_disk(self) -> None:
        """Somebody keeps a copy of the card."""
        self._copy = Disk(self.lane.disk.survivors(KEEP_ALL))

    def restore_disk(self) -> None:
        """Somebody puts the copy in: what was sold since is not on it."""
        if not self.dark:
            raise NotThere("the lane is running; its card cannot be taken out")
        if self._copy is None:
            raise NotThere("nobody has kept a copy of the card")
        self.lane.disk = self._copy.process_died()
        self.promises.forget()

    def replace_machine(self) -> None:
        """Another machine takes the place of one that is dark: an empty disk, and what its adoption wrote."""
        if not self.dark:
            raise NotThere("the lane is running; nobody takes its place")
        self._old_machine = self.lane.disk
        heard = self.shop.wire.retained.items()
        self.lane.disk, self.lane.takes_over = Disk(), self.office.replace_machine(self.shop.facts.till, heard)
        self.promises.forget()

    def find_old_machine(self) -> None:
        """The machine that was replaced is found, and has power."""
        if not self.dark or self._old_machine is None:
            raise NotThere("nobody was replaced, or the new machine is running")
        self.lane.disk, self.lane.takes_over = self._old_machine, None
        self.promises.forget()

    def act(self, deed: Callable[[], object], then_ms: int = A_MOMENT_MS) -> None:
        """Something that somebody does, and a moment for it to take effect."""
        with self._mortal():
            deed()
            if not self.dark and len(self.lanes) == 1:
                self.lane.wait(then_ms)
        if len(self.lanes) > 1:
            self._wait_together(then_ms)

    # --- the screen ---------------------------------------------------------------------------------------------------

    def button(self, name: str) -> Button:
        """The one with this spoken name that can be touched now. NotThere."""
        self._need_light()
        found = self.lane.button(name)
        if found is None:
            names = ", ".join(f'"{one.name}"' for one in buttons(self.lane.scene))
            raise NotThere(f'there is no button "{name}"; there are: {names}')
        return found

    def buttons(self) -> tuple[Button, ...]:
        """All that can be touched now."""
        self._need_light()
        return buttons(self.lane.scene)

    def tap(self, name: str) -> None:
        """Touch a button."""
        found = self.button(name)
        self.act(lambda: self.lane.tap(found))

    def say(self, english: str) -> str:
        """A text of the screens in the language that they are in now."""
        self._need_light()
        return self.lane.running.screen.words_of(self.lane.state).say(english)

    def type_on_pad(self, digits: str, ok: str) -> None:
        """Digits on a keypad, and the key that takes them (its English name)."""
        for digit in digits:
            self.tap(digit)
        self.tap(self.say(ok))

    def texts(self) -> tuple[str, ...]:
        """All words on the screen, in painting order."""
        if self.dark:
            return ()
        return tuple(_texts(self.lane))

    def _need_light(self) -> None:
        if self.dark:
            raise NotThere("the screen is dark: the lane has no power")

    def close(self) -> None:
        """Close the shop for ever."""
        for stage in self.lanes.values():
            if not stage.dark:
                stage.lane.die()
            stage.shop.prices.close()
        self.office.close()


def _texts(lane: Lane) -> Iterator[str]:
    for element in lane.scene.elements:
        if isinstance(element, Label):
            yield element.text.replace("**", "")
        if isinstance(element, Row):
            yield " ".join(part.text.replace("**", "") for part in element.parts if isinstance(part, Word))
