"""The ZVT client: commands, bytes and time in; hardware events and bytes out. Pure, no I/O.

It runs one procedure at a time, in the order in which the commands came:

    Prepare -> preparing    Authorize, Refund -> payment    Enquire, EnquireRefund -> recovery
    Reverse -> reversal     Settle -> settlement            Release -> upkeep

Acknowledge, RefuseMessage and Abort speak to the procedure that runs. In between, an idle terminal is looked at now and
then (`upkeep`), so that the lane knows whether cards work before a shopper asks; soon after a payment too, because
somebody's card may still be in. A terminal that is released begins no new payment; what has begun goes on to its end.
No ticket is ever authorized (or refunded) twice.

The owner keeps the line: it opens it while `wants_line`, closes it when `take_hang_up` says so, and writes `take()`.
"""

from collections import deque

from drivers.card_terminal.zvt import codes, messages
from drivers.card_terminal.zvt.apdu import NotZvt
from drivers.card_terminal.zvt.payment import Order, pay
from drivers.card_terminal.zvt.preparing import CANCELLED, prepare
from drivers.card_terminal.zvt.recovery import Enquiry, Look, case_of, in_words, judge, recover, report
from drivers.card_terminal.zvt.reversal import reverse
from drivers.card_terminal.zvt.session import (
    Answered,
    Happening,
    Heard,
    Lost,
    Opened,
    Procedure,
    Session,
    StopWanted,
    Terms,
    TimeUp,
)
from drivers.card_terminal.zvt.settlement import settle
from drivers.card_terminal.zvt.upkeep import MAINTENANCE, let_go, look, show
from drivers.card_terminal.zvt.wire import Wire, WireBroken
from drivers.events import (
    Abort,
    Acknowledge,
    Authorize,
    Claim,
    Command,
    Enquire,
    EnquireRefund,
    HardwareEvent,
    Prepare,
    Refund,
    RefuseMessage,
    Release,
    Reverse,
    Settle,
    TerminalInDoubt,
    TerminalRecord,
    TerminalRefused,
)

_STRAY = {
    messages.Accepted: None,
    messages.Refused: None,
    messages.Status: messages.NOT_KEPT,
    messages.Lines: messages.CANNOT_PRINT,
}
"""What an idle till answers to what it did not ask for; everything else is taken with thanks."""
_CHANGES_THE_DISPLAY = Authorize | Refund | Reverse | Settle
_ANSWERS = messages.Accepted | messages.Refused | messages.Status | messages.Completed | messages.Aborted
"""What only an order brings: while none runs, the terminal is not where we think it is."""


APPROVALS_KEPT = 100
"""How many payments back an enquiry still compares with the approval that was seen."""


class Client:
    """One terminal."""

    def __init__(self, device: str, terms: Terms, wire: Wire) -> None:
        self._session = Session(device, terms, wire)
        self._running: Procedure[None] | None = None
        self._order: Command | None = None
        self._ticket = ""
        self._queue: deque[Command] = deque()
        self._authorized: set[str] = set()
        self._approvals: dict[str, TerminalRecord] = {}
        self._asked: dict[str, int] = {}
        self._doubts: dict[str, Enquiry] = {}
        self._idle_since_ms = 0
        self._look_ms: int | None = 0
        self._text_ms = 0

    # --- what the owner of the line asks ---

    @property
    def wants_line(self) -> bool:
        """Whether the line should be open."""
        return self._session.wanted

    def take_hang_up(self) -> bool:
        """Whether the line must be closed first (after writing `take()`)."""
        hung_up, self._session.hung_up = self._session.hung_up, False
        return hung_up

    def take(self) -> bytes:
        """The bytes to write; empties the queue."""
        return self._session.wire.take()

    @property
    def version(self) -> str:
        """Of the terminal's software, once it has told."""
        return self._session.version

    def deadline_ms(self) -> int | None:
        """When `advance` has something to do."""
        due = [self._session.timer_ms, self._session.wire.deadline_ms() if self._session.is_open else None]
        if self._running is None:
            due.append(self._look_ms)
            due.append(self._hang_up_ms())
        return min((tick for tick in due if tick is not None), default=None)

    def _hang_up_ms(self) -> int | None:
        patience_ms = self._session.terms.idle_hang_up_ms
        return self._idle_since_ms + patience_ms if patience_ms is not None and self._session.is_open else None

    # --- what happens ---

    def opened(self, now_ms: int) -> list[HardwareEvent]:
        """The line is open."""
        self._session.now_ms = now_ms
        self._session.line_opened()
        return self._happen(Opened())

    def lost(self, why: str, now_ms: int) -> list[HardwareEvent]:
        """The line is gone or could not be opened."""
        self._session.now_ms = now_ms
        self._session.line_closed()
        if self._running is None and self._session.terms.idle_hang_up_ms is None:
            self._session.is_away(why)
        return self._happen(Lost(why))

    def received(self, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes came. What is no ZVT ends the connection."""
        self._session.now_ms = now_ms
        events: list[HardwareEvent] = []
        if not self._session.is_open:
            return events
        try:
            for apdu in self._session.wire.receive(data, now_ms):
                if self._session.is_open:
                    events += self._happen(Heard(messages.parse(apdu)))
        except (NotZvt, WireBroken) as broken:
            self._session.hang_up()
            events += self._happen(Lost(str(broken)))
        return events

    def advance(self, now_ms: int) -> list[HardwareEvent]:
        """Time passes."""
        session = self._session
        session.now_ms = now_ms
        events: list[HardwareEvent] = []
        try:
            if session.is_open:
                session.wire.advance(now_ms)
        except WireBroken as broken:
            session.hang_up()
            events += self._happen(Lost(str(broken)))
        if session.timer_ms is not None and now_ms >= session.timer_ms:
            session.timer_ms = None
            events += self._happen(TimeUp())
        if self._running is None:
            self._idle(now_ms)
        return events + session.take_events()

    def _idle(self, now_ms: int) -> None:
        hang_up_ms = self._hang_up_ms()
        if self._look_ms is not None and now_ms >= self._look_ms:
            self._upkeep()
        elif hang_up_ms is not None and now_ms >= hang_up_ms:
            self._session.hang_up()

    def _upkeep(self) -> None:
        session = self._session
        if session.released:
            self._start(let_go(session), "")
        elif self._text_waits() and session.now_ms >= self._text_ms:
            self._start(show(session), "")
        else:
            self._start(look(session), "")

    def _text_waits(self) -> bool:
        """Whether the shop's text is to be shown. Somebody's card comes first."""
        session = self._session
        return session.text_due and session.logged_on and not session.card_in

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """Carry out a command, now or after those before it."""
        session = self._session
        session.now_ms = now_ms
        match command:
            case Acknowledge(message=number):
                return self._answer(number, kept=True)
            case RefuseMessage(message=number):
                return self._answer(number, kept=False)
            case Abort(ticket=ticket):
                return self._stop(ticket)
            case Release() | Claim():
                session.released = isinstance(command, Release)
                self._look_ms = now_ms
            case Prepare(ticket=ticket) if session.released:
                session.report(TerminalRefused(device=session.device, ticket=ticket, why=MAINTENANCE))
            case Prepare() | Authorize() | Refund() | Enquire() | EnquireRefund() | Reverse() | Settle():
                if isinstance(command, Prepare):
                    self._stop_asking()
                if not self._is_asked_already(command):
                    self._queue.append(command)
                if self._running is None:
                    self._next()
            case _:
                assert False, f"a card terminal cannot {type(command).__name__}"  # noqa: B011
        return session.take_events()

    def _answer(self, number: int, *, kept: bool) -> list[HardwareEvent]:
        """A number that is not owed (any more) went with its line: nobody is there to hear it."""
        return self._happen(Answered(kept)) if self._session.answer(number, kept=kept) else []

    def _stop(self, ticket: str) -> list[HardwareEvent]:
        for command in list(self._queue):
            if isinstance(command, Prepare | Order) and command.ticket == ticket:
                self._queue.remove(command)
                return [TerminalRefused(device=self._session.device, ticket=ticket, why=CANCELLED)]
        if ticket != self._ticket or self._running is None:
            return []
        self._session.stop_wanted = True
        return self._happen(StopWanted())

    def _stop_asking(self) -> None:
        """A new payment: people have decided about the one before. The way on looks at it once more (`_compare`)."""
        self._doubts |= {order.ticket: order for order in self._queue if isinstance(order, Enquiry)}
        self._queue = deque(order for order in self._queue if not isinstance(order, Enquiry))
        if isinstance(self._order, Enquiry) and self._running is not None:
            self._running.close()
            self._session.hang_up()
            self._finished()

    def _is_asked_already(self, command: Command) -> bool:
        """An enquiry about a payment that is still running, or that is being enquired, is answered by what runs."""
        waiting = [other.ticket for other in self._queue if isinstance(other, Enquiry)]
        running = [self._ticket] if self._running is not None else []
        return isinstance(command, Enquiry) and command.ticket in (*running, *waiting)

    # --- running procedures ---

    def _happen(self, happening: Happening) -> list[HardwareEvent]:
        if self._running is not None:
            try:
                self._running.send(happening)
            except StopIteration:
                self._finished()
        elif isinstance(happening, Heard):
            self._stray(happening.message)
        return self._session.take_events()

    def _stray(self, message: messages.Message) -> None:
        self._session.out_of_step = self._session.out_of_step or isinstance(message, _ANSWERS)
        if isinstance(message, messages.Standing) and (doing := codes.upkeep(message.code)):
            self._session.is_occupied(doing)
        answer = _STRAY.get(type(message), messages.POSITIVE)
        if isinstance(message, messages.Unknown):
            answer = messages.UNKNOWN_COMMAND
        if answer is not None:
            self._session.say(answer)

    def _start(self, procedure: Procedure[None], ticket: str) -> None:
        self._running, self._ticket = procedure, ticket
        self._session.stop_wanted = False
        try:
            next(procedure)
        except StopIteration:
            self._finished()

    def _finished(self) -> None:
        session = self._session
        session.wait(None)
        session.stop_owing()
        if isinstance(self._order, _CHANGES_THE_DISPLAY):
            session.is_blank()
            self._text_ms = session.now_ms + session.terms.text_after_ms
        self._look_ms = self._next_look_ms()
        self._running, self._order, self._ticket = None, None, ""
        self._idle_since_ms = session.now_ms
        self._next()

    def _next_look_ms(self) -> int | None:
        """When there is something to do on an idle terminal. One that was let go is not looked at, and one that was
        prepared waits for its order."""
        session, now_ms = self._session, self._session.now_ms
        if session.released:
            return None if session.let_go else now_ms
        soon = session.card_in or isinstance(self._order, Order | Settle)  # is a card still in, does it take the next?
        look_ms = now_ms + (session.terms.poll_ms if soon else session.terms.probe_ms)
        if isinstance(self._order, Prepare) or not self._text_waits():
            return look_ms
        return min(look_ms, max(now_ms, self._text_ms))

    def _next(self) -> None:
        if self._queue and self._running is None:
            self._order = command = self._queue.popleft()
            self._start(self._procedure(command), getattr(command, "ticket", ""))

    def _procedure(self, command: Command) -> Procedure[None]:
        match command:
            case Prepare(ticket=ticket):
                return prepare(self._session, ticket, self._compare)
            case Authorize() | Refund():
                return self._pay(command)
            case Enquire() | EnquireRefund():
                return self._recover(command)
            case Reverse():
                return reverse(self._session, command)
            case _:
                assert isinstance(command, Settle)
                return settle(self._session, command)

    def _pay(self, order: Order) -> Procedure[None]:
        if order.ticket in self._authorized:
            why, refund = "this order was already sent once", isinstance(order, Refund)
            device, ticket = self._session.device, order.ticket
            self._session.report(TerminalInDoubt(device=device, ticket=ticket, why=why, refund=refund))
            return
        self._authorized.add(order.ticket)
        approved = yield from pay(self._session, order)
        if approved is not None:
            self._approvals[order.ticket] = approved
            for old in list(self._approvals)[:-APPROVALS_KEPT]:
                del self._approvals[old]

    def _recover(self, order: Enquiry) -> Procedure[None]:
        approved, asked = self._approvals.get(order.ticket), self._asked.get(order.ticket, 0)
        self._doubts[order.ticket] = order
        found = yield from recover(self._session, order, approved, asked)
        self._asked[order.ticket] = found.asked
        if found.settled:
            del self._doubts[order.ticket]

    def _compare(self, last: messages.Status) -> None:
        """The next payment's look at the journal is the last chance to find a charge that people gave up: report it."""
        session, doubts = self._session, self._doubts
        self._doubts = {}
        for order in doubts.values():
            case = case_of(session, order, self._approvals.get(order.ticket), last)
            report(session, order, Look(judge(case), in_words(last), last))
