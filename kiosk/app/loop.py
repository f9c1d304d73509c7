"""The loop: gather, step, paint, hand to the journal, perform what is durable. One thread owns the state.

Every turn waits on all file descriptors at once, until the nearest deadline of anybody. What it gathers (hardware,
touches, messages) becomes events; each is stepped at once and the screen painted; then the turn's events, the
sealed sales and the outbox rows go to the journal's writer in one batch. The effects of a batch are held back
until the writer says that it is on disk: a slow card delays money and paper, never the screen or the next scan.

`turn` takes the moment as an argument, so tests, stories and the simulator crank the same loop by hand.
"""

from collections import deque
from collections.abc import Iterable
from typing import Any

import structlog
from msgspec.structs import replace

from kiosk.app.background import Failed
from kiosk.app.books import Misfit
from kiosk.app.changing import Changed, Changing, NoChanging
from kiosk.app.counter import Counter
from kiosk.app.far_pictures import Wanted
from kiosk.app.hands import Hands, is_early
from kiosk.app.housekeeping import Housekeeping
from kiosk.app.inbox import Inbox, Query
from kiosk.app.link import Anew, Arrived, Connected, Disconnected, Link
from kiosk.app.log_telling import LogTelling, NoLogTelling, Told
from kiosk.app.photos import PictureReady
from kiosk.app.reading import Read
from kiosk.app.resting import Rests
from kiosk.app.screen import Screen, Tap
from kiosk.app.surface import Said
from kiosk.app.updates_port import NoUpdates, Updating, Worked
from kiosk.checkout import events as e
from kiosk.checkout.commanding import why_not_restart
from kiosk.checkout.effects import (
    AcknowledgeCard,
    AskStore,
    Beep,
    CallStore,
    Effect,
    FetchChange,
    KeepDay,
    PublishEvent,
    PublishSale,
    PublishStock,
    RecordSale,
    RestartLane,
    ShowBasket,
    TellLog,
    TellResult,
)
from kiosk.checkout.heeding import as_wanted
from kiosk.checkout.machine import deadline_ms, step
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.state import State
from kiosk.storage.journal import Acked, Batch, Refused
from kiosk.storage.outbox import OutboxRow
from kiosk.storage.writer import JournalWriter
from kiosk.ui.keys import KeyPressed
from kiosk.ui.picture_file import Loaded
from kiosk.ui.view import Look
from kiosk.values.moment import Moment

_EVENTS_PER_SNAPSHOT = 100
_DISK_RETRY_MS = 5_000


class Loop:
    """One lane, turning."""

    def __init__(
        self,
        state: State,
        *,
        counter: Counter,
        hands: Hands,
        writer: JournalWriter,
        screen: Screen,
        link: Link,
        inbox: Inbox,
        housekeeping: Housekeeping,
        rests: Rests | None = None,
        changing: Changing | NoChanging | None = None,
        log_telling: LogTelling | NoLogTelling | None = None,
        updates: Updating | None = None,
    ) -> None:
        self.state = state
        self.restarting = False
        """Whether this process is to end and to be started again."""
        self._restart_wanted = False
        self._counter, self._hands, self._writer = counter, hands, writer
        self.screen, self._link, self._inbox, self._housekeeping = screen, link, inbox, housekeeping
        self._rests = rests or Rests({}, counter.command)
        self._changing, self._log_telling = changing or NoChanging(), log_telling or NoLogTelling()
        self._updates = updates or NoUpdates()
        self._log = structlog.get_logger("loop")
        self._waiting: deque[e.Event] = deque()
        self._held: deque[tuple[int, list[Effect], tuple[OutboxRow, ...]]] = deque()
        self._token = self._durable = 0
        self._since_snapshot = 0
        self._retry_ms: int | None = None
        self._batch_events: list[e.Event] = []
        self._batch_effects: list[Effect] = []

    # --- one turn -----------------------------------------------------------------------------------------------------

    def turn(self, now: Moment) -> None:
        """Everything that can be done at this moment."""
        self._gather(now)
        self._step_all(now)
        self.screen.paint(self.state, now)
        self._hand_over(now)
        self._perform_durable(now)
        self._waiting.extend(self._link.turn(self.state, now))
        self.restarting = self.restarting or (self.idle and self._shall_restart(now))

    def _shall_restart(self, now: Moment) -> bool:
        """Ordered before the disk had it; by now somebody may be served, and then it waits once more."""
        ordered = self._restart_wanted and not why_not_restart(self.state, now.tick_ms)
        return ordered or self._changing.turn(self.state, now)

    def say(self, event: e.Event) -> None:
        """Put an event in, to be stamped and stepped in the next turn."""
        self._waiting.append(event)

    @property
    def idle(self) -> bool:
        """Whether nothing waits for a turn or for the disk."""
        return not self._waiting and self._durable == self._token

    def condition(self) -> str:
        """How the lane is, for whoever watches over this machine: `well`, or what it waits for."""
        return self._updates.condition()

    def deadline_ms(self) -> int | None:
        """The tick at which the next turn is wanted even if nothing happens."""
        if self._waiting:
            return 0
        dues = (
            deadline_ms(self.state),
            self._counter.deadline_ms(),
            self.screen.deadline_ms(self.state),
            self._link.deadline_ms(),
            self._housekeeping.deadline_ms(),
            self._rests.deadline_ms(),
            self._changing.deadline_ms(),
            self._updates.deadline_ms(),
            self._retry_ms,
        )
        return min((due for due in dues if due is not None), default=None)

    # --- gather -------------------------------------------------------------------------------------------------------

    def _gather(self, now: Moment) -> None:
        self._waiting.extend(self._counter.service(now))
        for message in self._inbox.take():
            self._hear(message, now)
        for key in self._counter.pressed():
            self._hear(key, now)
        self._hear_touch(self.screen.touches(now), now)
        self._waiting.extend(self._housekeeping.turn(self.state, now, full=self._retry_ms is not None))
        self._waiting.extend(self._rests.turn(self.state, now))
        self._waiting.extend(self._updates.turn(self.state, now))
        due = deadline_ms(self.state)
        if due is not None and due <= now.tick_ms:
            self._waiting.append(e.TimePassed())

    def _hear(self, message: Any, now: Moment) -> None:
        match message:
            case Acked() | Refused():
                self._writer.submit(message, self._next_token([], ()))
            case Anew(rows):
                self._writer.submit(Batch(outbox=rows), self._next_token([], rows))
            case Arrived() | Read() | Connected() | Disconnected() | Misfit():
                for meant in self._link.heard(message, now):
                    self._hear(meant, now)
            case PictureReady() | Wanted():
                self.screen.hang(message)
            case Worked():
                self._updates.heard(message)
            case Failed():
                raise message.error
            case Changed():
                self._changing.changed(message)
            case Told():
                pass  # the link's turn, later in this one, sends it
            case Loaded():
                self.screen.attracts(message, now)
            case Tap():
                self._hear_touch(self.screen.tap(message, self.state, now), now)
            case KeyPressed():
                self._hear_touch(self.screen.key(message, self.state, now), now)
            case Query():
                message.answer(self)
            case e.PayPressed():
                self._waiting.append(self.screen.pays(message, now))
            case _ if isinstance(message, Look):
                self._waiting.extend(self.screen.look(message, self.state, now))
            case _:
                self._waiting.append(message)

    def _hear_touch(self, said: list[Said], now: Moment) -> None:
        """What a finger or a key did: it ticks if that was a button's word, whatever comes of it."""
        if any(not isinstance(one, e.Touched) for one in said):
            for tick in as_wanted(self.state, [Beep("touch")]):
                self._hands.perform(tick, now)
        for one in said:
            self._hear(one, now)

    @property
    def last_cue(self) -> str:
        """What was heard last; empty: nothing yet."""
        return self._hands.last_cue or ""

    # --- step ---------------------------------------------------------------------------------------------------------

    def _step_all(self, now: Moment) -> None:
        while self._waiting:
            self._take(self._waiting.popleft(), now)
        if self.state.waits and self._durable == self._token and not self._batch_events:
            self._take(e.Stored(), now)

    def _take(self, event: e.Event, now: Moment) -> None:
        event = replace(event, at=now)
        before = self.state
        self.state, effects = step(self.state, event)
        self._batch_events.append(event)
        self.screen.follow(before, self.state)
        self._hands.follow(self.state, now)
        for effect in effects:
            if is_early(effect):
                self._waiting.extend(self._hands.perform(effect, now))
            else:
                self._batch_effects.append(effect)

    # --- journal ------------------------------------------------------------------------------------------------------

    def _hand_over(self, now: Moment) -> None:
        if not self._batch_events:
            return
        events, effects = tuple(self._batch_events), self._batch_effects
        self._batch_events, self._batch_effects = [], []
        rows = tuple(row for effect in effects for row in self._hands.rows(effect, now))
        sales = tuple(effect.sale for effect in effects if isinstance(effect, RecordSale))
        days = tuple(effect.day for effect in effects if isinstance(effect, KeepDay))
        kept = RecordSale | KeepDay | PublishSale | PublishStock | PublishEvent
        later = [effect for effect in effects if not isinstance(effect, kept)]
        self._refuse_if_full(later, now)
        batch = Batch(events=events, sales=sales, days=days, outbox=rows, snapshot=self._snapshot(events))
        self._writer.submit(batch, self._next_token(later, rows))

    def _next_token(self, effects: Iterable[Effect], rows: tuple[OutboxRow, ...]) -> int:
        self._token += 1
        self._held.append((self._token, list(effects), rows))
        return self._token

    def _snapshot(self, events: tuple[e.Event, ...]) -> State | None:
        """A visit has ended, or much has happened between visits: the state itself, so that replay begins here.

        Training begins and ends with one too: no visit of the journal is half in earnest.
        """
        self._since_snapshot += len(events)
        between, practised = is_between_visits(self.state), self.state.training is not None
        ended = between and (self._visit_open or practised != self._practised)
        self._visit_open = not between
        if ended or (between and self._since_snapshot >= _EVENTS_PER_SNAPSHOT):
            self._since_snapshot, self._practised = 0, practised
            return self.state
        return None

    _visit_open = True
    _practised = False

    def _perform_durable(self, now: Moment) -> None:
        for done in self._writer.done():
            if done.full:
                self._disk_full(now)
                continue
            assert isinstance(done.token, int)
            self._durable, self._retry_ms = done.token, None
        if self._retry_ms is not None and now.tick_ms >= self._retry_ms:
            self._retry_ms = now.tick_ms + _DISK_RETRY_MS
            self._writer.retry()
        while self._held and self._held[0][0] <= self._durable:
            _, effects, rows = self._held.popleft()
            self._link.offer(rows)
            for effect in effects:
                self._waiting.extend(self._do(effect, now))
        if self.state.waits and self._durable == self._token:
            self._waiting.append(e.Stored())

    def _do(self, effect: Effect, now: Moment) -> Iterable[e.Event]:
        """What is known at once comes back as events."""
        match effect:
            case TellResult():
                self._link.tell(effect, now)
            case ShowBasket():
                self._link.show(self.state.in_earnest, now)
            case CallStore():
                self._link.call()
            case RestartLane():
                self._restart_wanted = True
            case FetchChange(change):
                self._changing.fetch(change)
            case TellLog():
                self._log_telling.tell(effect)
            case AskStore():
                return self._link.ask(effect, now)
            case _:
                return self._hands.perform(effect, now)
        return ()

    def _disk_full(self, now: Moment) -> None:
        """Nothing is lost: the batches wait in memory, in order, and their effects with them.

        The writer says it once, so it is tried again and again until something is written.
        """
        self._log.error("journal.disk_full", waiting=self._token - self._durable)
        self._retry_ms = now.tick_ms + _DISK_RETRY_MS
        if not self.state.devices.disk_low:
            self._waiting.append(e.DiskLow())
        for token, effects, _ in self._held:
            if token > self._durable:
                self._refuse_if_full(effects, now)

    def _refuse_if_full(self, effects: Iterable[Effect], now: Moment) -> None:
        """An approval that cannot be kept is refused, so that the terminal gives the money back at once.

        Once it is kept it may not be refused any more: then the charge stands, whatever becomes of the rest.
        """
        payment = self.state.payment
        if self._retry_ms is None or payment is None or payment.stage != "approved":
            return
        for effect in effects:
            if isinstance(effect, AcknowledgeCard) and effect.attempt == payment.attempt:
                self._waiting.extend(self._hands.refuse(effect, now))
