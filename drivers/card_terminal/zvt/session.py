"""Session: the till's end of the line, as the procedures see it.

A *procedure* (prepare, pay, recover, ...) is a generator: it says things through the session and then yields until the
next happening: the line opened, was lost, a message was heard, the timer ran out, the caller answered. So each
procedure reads from top to bottom like the text of the standard, and nothing blocks.

Numbered messages: an approval, a receipt to print and the final word are not answered when they arrive but when the
caller says that they are kept (`owe`, `answer`). Until then the terminal waits; that wait is what makes the charge and
the till's journal agree (section 2.2.8).
"""

from collections import deque
from collections.abc import Generator
from typing import TypeVar

import msgspec

from drivers.card_terminal.zvt import messages
from drivers.card_terminal.zvt.apdu import Apdu
from drivers.card_terminal.zvt.messages import Message
from drivers.card_terminal.zvt.wire import Wire
from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, TerminalCardLeft


class Terms(msgspec.Struct, frozen=True):
    """What the till and this terminal have agreed on, and every patience. `currency` is the ISO 4217 number."""

    password: str = "000000"
    currency: int = 978
    connect_ms: int = 3_000
    t3_ms: int = 5_000
    """From an order to its `80 00 00`."""
    t4_ms: int = 180_000
    """From there to the end, begun anew by every sign of life."""
    poll_ms: int = 1_000
    """Between two looks at a terminal that is busy."""
    ask_every_ms: int = 10_000
    """Between two enquiries of a payment in doubt."""
    confirm_ms: int = 30_000
    """How long the terminal's journal must stay unchanged before it proves that nothing was charged."""
    give_up_ms: int = 180_000
    """After this an enquiry says that it cannot tell."""
    probe_ms: int = 15_000
    """Between two looks at an idle terminal."""
    busy_ms: int = 30_000
    """An idle terminal that is busy for so long takes no payments."""
    text_after_ms: int = 5_000
    """From the end of a payment to the shop's text: the last word of the payment is read first."""
    unattended: bool = True
    columns: int = 0
    idle_text: tuple[str, ...] = ()
    """What an idle terminal shows; nothing: its own."""
    idle_hang_up_ms: int | None = 1_000
    """An idle connection is closed after this; None holds the line."""


class Opened(msgspec.Struct, frozen=True):
    """The line is open."""


class Lost(msgspec.Struct, frozen=True):
    """The line is gone, or could not be opened."""

    why: str


class Heard(msgspec.Struct, frozen=True):
    """A message of the terminal."""

    message: Message


class TimeUp(msgspec.Struct, frozen=True):
    """The timer that the procedure set."""


class Answered(msgspec.Struct, frozen=True):
    """The caller has answered a numbered message: it is `kept`, or could not be."""

    kept: bool


class StopWanted(msgspec.Struct, frozen=True):
    """The caller wants the payment stopped."""


Happening = Opened | Lost | Heard | TimeUp | Answered | StopWanted
T = TypeVar("T")
Procedure = Generator[None, Happening, T]


SEEN_KEPT = 100
"""Transactions that the terminal told of and that cannot be new any more."""


class Session:
    """The open (or closed) line and what has been agreed on it.

    `out_of_step`: the terminal answered something that was not asked. Then nobody knows which answer belongs to which
    order, until a new line is opened. `logged_on`: the terminal has locked its menus for us, whatever became of the
    line. `released`: the caller wants it let go; `let_go`: it is. `text_due`: it does not show the shop's text.
    """

    def __init__(self, device: str, terms: Terms, wire: Wire) -> None:
        self.device = device
        self.terms = terms
        self.wire = wire
        self.now_ms = 0
        self.wanted = terms.idle_hang_up_ms is None
        self.hung_up = False
        self.is_open = False
        self.registered = False
        self.stop_wanted = False
        self.terminal_id = self.version = ""
        self.logged_on = False
        self.text_due = False
        self.released = self.let_go = False
        self.seen: deque[object] = deque(maxlen=SEEN_KEPT)
        self.out_of_step = False
        self.timer_ms: int | None = None
        self._events: list[HardwareEvent] = []
        self._owed: dict[int, Apdu] = {}
        self._numbered = 0
        self._online: bool | None = None
        self.card_in = False
        self._occupied = False
        self._busy_since_ms: int | None = None

    # --- the line ---

    def want_line(self) -> None:
        """Open it, if it is not open."""
        self.wanted = True

    def hang_up(self) -> None:
        """Close it. What was said before still goes out."""
        self.hung_up = True
        self.wanted = self.terms.idle_hang_up_ms is None
        self.line_closed()

    def line_opened(self) -> None:
        """It is open: nothing of an older one counts."""
        self.wire.reset()
        self.is_open, self.let_go = True, False

    def line_closed(self) -> None:
        """It is closed: the registration and all unanswered messages went with it."""
        self.is_open = self.registered = False
        self._owed.clear()

    # --- speaking ---

    def say(self, apdu: Apdu, *, once: bool = False) -> None:
        """Send a message; `once` for what must never be doubled."""
        self.wire.send(apdu, self.now_ms, once=once)

    def owe(self, no: Apdu) -> int:
        """A number for the message just heard, which the caller will answer; `no` is what a refusal says."""
        self._numbered += 1
        self._owed[self._numbered] = no
        return self._numbered

    def answer(self, number: int, *, kept: bool) -> bool:
        """The caller's answer to a numbered message; False if it was answered before or went with its line."""
        no = self._owed.pop(number, None)
        if no is None:
            return False
        self.say(messages.POSITIVE if kept else no)
        return True

    def stop_owing(self) -> None:
        """The conversation is over: an answer now would be taken for the answer to something else."""
        self._owed.clear()

    @property
    def owes(self) -> int:
        """How many messages wait for an answer of the caller."""
        return len(self._owed)

    # --- time and reports ---

    def wait(self, patience_ms: int | None) -> None:
        """Set the procedure's one timer; None stops it."""
        self.timer_ms = None if patience_ms is None else self.now_ms + patience_ms

    def report(self, event: HardwareEvent) -> None:
        """Tell the caller."""
        self._events.append(event)

    def take_events(self) -> list[HardwareEvent]:
        """What there is to tell; empties the list."""
        events, self._events = self._events, []
        return events

    def is_there(self) -> None:
        """The terminal answers: report it if that is news, and if nothing else keeps it from taking payments."""
        if self._online is not True and not self._occupied and not self.released:
            self._online = True
            self.is_blank()
            self.report(DeviceOnline(device=self.device, detail=self.terminal_id))

    def card_is(self, there: bool) -> None:
        """A card is (still) in the terminal though it does nothing: report it if that is news."""
        if there != self.card_in:
            self.card_in = there
            self.report(TerminalCardLeft(device=self.device, there=there))

    def is_blank(self) -> None:
        """The terminal shows something else than the shop's text."""
        self.text_due = bool(self.terms.idle_text)

    def is_ready(self) -> None:
        """It says so itself."""
        self._occupied, self._busy_since_ms = False, None
        self.is_there()

    def is_busy(self, why: str) -> None:
        """It is in the middle of something; that is only worth a word if it stays so."""
        if self._busy_since_ms is None:
            self._busy_since_ms = self.now_ms
        elif self.now_ms - self._busy_since_ms >= self.terms.busy_ms:
            self.is_occupied(why)

    def is_occupied(self, why: str) -> None:
        """It answers, but takes no payments until it says that it is ready."""
        self._occupied = True
        self.is_away(why)

    def is_away(self, why: str) -> None:
        """Cards cannot be taken: report it if that is news."""
        self.card_is(False)
        if self._online is not False:
            self._online = False
            self.report(DeviceOffline(device=self.device, why=why))


def pause(session: Session, patience_ms: int) -> Procedure[None]:
    """Let time pass. A line lost meanwhile is noticed by whoever speaks next."""
    session.wait(patience_ms)
    while not isinstance((yield), TimeUp):
        pass
