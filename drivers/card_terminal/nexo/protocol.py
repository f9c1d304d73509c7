"""The nexo client: commands, bytes and time in; hardware events and bytes out. Pure, no I/O.

It runs one procedure at a time, in the order in which the commands came:

    Prepare -> preparing    Authorize, Refund -> payment    Enquire, EnquireRefund -> recovery
    Reverse -> reversal     Settle -> settlement

Every question goes out on a connection of its own (`call`). Abort speaks while the payment's connection waits for its
answer, so it has a second line. In between, an idle terminal is probed now and then, so that the lane knows whether
cards work before a shopper asks. No ticket is ever authorized (or refunded) twice.

Nothing waits to be acknowledged: what the terminal has answered once, it tells again whenever it is asked.
"""

from collections import deque
from collections.abc import Callable
from typing import Literal

from drivers.card_terminal.nexo import device_requests, messages
from drivers.card_terminal.nexo.answers import Header, Reply, answer_to
from drivers.card_terminal.nexo.binding import Binding, NotNexo
from drivers.card_terminal.nexo.call import Call, Silence
from drivers.card_terminal.nexo.names import LONGEST, from_bytes, service_id
from drivers.card_terminal.nexo.payment import Enquiry, Order, category_of, is_refund, pay
from drivers.card_terminal.nexo.preparing import CANCELLED, prepare, probe
from drivers.card_terminal.nexo.recovery import look, recover, report
from drivers.card_terminal.nexo.reversal import reverse
from drivers.card_terminal.nexo.session import Ask, Procedure, Session, Surroundings, Terms, Wait
from drivers.card_terminal.nexo.settlement import settle
from drivers.events import (
    Abort,
    Acknowledge,
    Authorize,
    Command,
    Enquire,
    EnquireRefund,
    HardwareEvent,
    Prepare,
    Refund,
    RefuseMessage,
    Reverse,
    Settle,
    TerminalInDoubt,
    TerminalRefused,
)

Which = Literal["main", "side"]
Happening = Callable[[Call], None]
DOUBTS_KEPT = 3
"""How many payments that people have settled are still looked for when the next one begins."""


class _Slot:
    """One of the two lines: the call on it, and whether the line must be closed first."""

    def __init__(self) -> None:
        self.call: Call | None = None
        self.hang_up = False

    def end(self) -> None:
        self.hang_up = self.hang_up or self.call is not None
        self.call = None


class Client:
    """One terminal."""

    def __init__(self, device: str, terms: Terms, binding: Binding, surroundings: Surroundings) -> None:
        self._session = Session(device, terms, surroundings)
        self._binding = binding
        self._slots: dict[Which, _Slot] = {"main": _Slot(), "side": _Slot()}
        self._running: Procedure[None] | None = None
        self._order: Command | None = None
        self._question: Header | None = None
        self._until_ms: int | None = None
        self._queue: deque[Command] = deque()
        self._authorized: set[str] = set()
        self._asked: dict[str, int] = {}
        self._doubts: dict[str, Enquiry] = {}
        self._probe_ms = 0

    # --- what the owner of the lines asks ---

    def wants_line(self, which: Which) -> bool:
        """Whether that line should be open."""
        return self._slots[which].call is not None

    def take_hang_up(self, which: Which) -> bool:
        """Whether that line must be closed first: what is said next is said on a connection of its own."""
        slot = self._slots[which]
        hang_up, slot.hang_up = slot.hang_up, False
        return hang_up

    def take(self, which: Which) -> bytes:
        """The bytes to write; empties the queue."""
        call = self._slots[which].call
        return call.take() if call is not None else b""

    def deadline_ms(self) -> int | None:
        """When `advance` has something to do."""
        due = [slot.call.deadline_ms() for slot in self._slots.values() if slot.call is not None]
        due += [self._until_ms] if self._until_ms is not None else []
        due += [self._probe_ms] if self._running is None else []
        return min(due, default=None)

    # --- what happens ---

    def opened(self, which: Which, now_ms: int) -> list[HardwareEvent]:
        """The line is open."""
        self._happen(which, now_ms, lambda call: call.opened(now_ms))
        return self._session.take_events()

    def received(self, which: Which, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes came."""
        self._happen(which, now_ms, lambda call: call.received(data))
        return self._session.take_events()

    def lost(self, which: Which, why: str, now_ms: int) -> list[HardwareEvent]:
        """The line is gone or could not be opened."""
        self._happen(which, now_ms, lambda call: call.lost(why))
        return self._session.take_events()

    def advance(self, now_ms: int) -> list[HardwareEvent]:
        """Time passes."""
        self._session.now_ms = now_ms
        for which in self._slots:
            self._happen(which, now_ms, lambda call: call.advance(now_ms))
        if self._until_ms is not None and now_ms >= self._until_ms:
            self._go_on(None)
        if self._running is None and now_ms >= self._probe_ms:
            self._start(probe(self._session), None)
        return self._session.take_events()

    def _happen(self, which: Which, now_ms: int, happening: Happening) -> None:
        self._session.now_ms = now_ms
        slot = self._slots[which]
        if slot.call is None:
            return
        happening(slot.call)
        outcome = slot.call.outcome
        if outcome is None:
            return
        slot.end()
        if which == "main":
            self._go_on(outcome if isinstance(outcome, Silence) else self._read(outcome.status, outcome.body))

    def _read(self, status: int, body: bytes) -> Reply | Silence:
        """The answer to what was asked; whatever else came is as good as silence, and says why."""
        if status != 200:
            return Silence(f"the terminal answers HTTP status {status}", sent=True)
        assert self._question is not None
        try:
            return answer_to(self._question, self._binding.decode(body))
        except NotNexo as wrong:
            return Silence(str(wrong), sent=True)

    # --- what the terminal asks of us ---

    def asked(self, body: bytes, now_ms: int) -> tuple[bytes | None, list[HardwareEvent]]:
        """A request of the terminal's: the body of the answer (empty: none is needed; None: it is none), and what it
        tells. Shown and printed is only what belongs to the payment or refund that runs."""
        self._session.now_ms = now_ms
        try:
            message, sealed = self._binding.decode_request(body)
            wanted = device_requests.read(message, self._session.terms.parties, sealed=sealed)
        except NotNexo:
            return None, []
        order = self._order if isinstance(self._order, Order) and self._is_asked_for(self._order) else None
        answer = device_requests.carry_out(self._session, order.ticket if order is not None else "", wanted)
        return (self._binding.encode_response(answer) if answer else b""), self._session.take_events()

    # --- commands ---

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """Carry out a command, now or after those before it."""
        self._session.now_ms = now_ms
        match command:
            case Acknowledge() | RefuseMessage():
                return []
            case Abort(ticket=ticket):
                self._stop(ticket)
            case Prepare() | Authorize() | Refund() | Enquire() | EnquireRefund() | Reverse() | Settle():
                if isinstance(command, Prepare):
                    self._stop_asking()
                if not self._is_asked_already(command):
                    self._queue.append(command)
                self._stop_probing()
                self._next()
            case _:
                assert False, f"a card terminal cannot {type(command).__name__}"  # noqa: B011
        return self._session.take_events()

    def _stop(self, ticket: str) -> None:
        """Ask for an end: of what waits, at once; of a payment that runs, at the terminal. Not an outcome."""
        for command in list(self._queue):
            if isinstance(command, Prepare | Order) and command.ticket == ticket:
                self._queue.remove(command)
                self._session.report(TerminalRefused(device=self._session.device, ticket=ticket, why=CANCELLED))
                return
        if not isinstance(self._order, Prepare | Order) or self._order.ticket != ticket or self._session.stop_wanted:
            return
        self._session.stop_wanted = True
        main = self._slots["main"]
        if main.call is None:
            self._go_on(None)
        elif isinstance(self._order, Order) and main.call.sent and self._is_asked_for(self._order):
            self._abort(self._order)
        else:
            self._happen("main", self._session.now_ms, lambda call: call.give_up(CANCELLED))

    def _is_asked_for(self, order: Order) -> bool:
        """Whether what is under way is the order itself, not a login before it."""
        return self._question is not None and self._question.category == category_of(order)

    def _abort(self, order: Order) -> None:
        parties, terms = self._session.terms.parties, self._session.terms
        of = messages.reference(parties, category_of(order), service_id(order.ticket))
        self._call("side", Ask("Abort", messages.abort(of), terms.answer_ms))

    def _stop_asking(self) -> None:
        """A new payment: people have decided about the one before. The way on looks at it once more (`_look_back`)."""
        self._doubts |= {order.ticket: order for order in self._queue if isinstance(order, Enquiry)}
        self._queue = deque(order for order in self._queue if not isinstance(order, Enquiry))
        if isinstance(self._order, Enquiry):
            self._interrupt()

    def _stop_probing(self) -> None:
        """Nobody waits for a probe."""
        if self._running is not None and self._order is None:
            self._interrupt()

    def _interrupt(self) -> None:
        if self._running is not None:
            self._running.close()
            self._slots["main"].end()
            self._forget()

    def _is_asked_already(self, command: Command) -> bool:
        """An enquiry about a payment that is still running, or that is being enquired, is answered by what runs."""
        at_work = [*self._queue, *([self._order] if self._order is not None else [])]
        known = [other.ticket for other in at_work if isinstance(other, Enquiry | Order)]
        return isinstance(command, Enquiry) and command.ticket in known

    # --- running procedures ---

    def _next(self) -> None:
        if self._queue and self._running is None:
            command = self._queue.popleft()
            self._start(self._procedure(command), command)

    def _start(self, procedure: Procedure[None], order: Command | None) -> None:
        self._running, self._order, self._session.stop_wanted = procedure, order, False
        self._go_on(None)

    def _go_on(self, answer: Reply | Silence | None) -> None:
        assert self._running is not None
        self._until_ms = None
        try:
            wanted = self._running.send(answer)
        except StopIteration:
            self._forget()
            self._next()
            return
        if isinstance(wanted, Wait):
            self._until_ms = self._session.now_ms + wanted.ms
        else:
            self._question = self._call("main", wanted)

    def _forget(self) -> None:
        self._running, self._order, self._until_ms = None, None, None
        self._slots["side"].end()
        self._probe_ms = self._session.now_ms + self._session.terms.probe_ms

    def _call(self, which: Which, ask: Ask) -> Header:
        """Put a question on a line. Its header, by which its answer is known."""
        terms, slot = self._session.terms, self._slots[which]
        name = ask.service_id or from_bytes(self._session.surroundings.chance(LONGEST))
        content = self._binding.encode(messages.request(terms.parties, ask.category, name, ask.body))
        headers = {"host": terms.host, **self._binding.headers}
        slot.end()
        slot.call = Call(self._binding.path, headers, content, self._session.now_ms, terms.connect_ms, ask.answer_ms)
        return Header(ask.category, name, terms.parties.sale_id, terms.parties.poi_id)

    def _procedure(self, command: Command) -> Procedure[None]:
        session = self._session
        match command:
            case Prepare(ticket=ticket):
                return prepare(session, ticket, self._look_back)
            case Authorize() | Refund():
                return self._pay(command)
            case Enquire() | EnquireRefund():
                return self._recover(command)
            case Reverse():
                return reverse(session, command)
            case _:
                assert isinstance(command, Settle)
                return settle(session, command)

    def _pay(self, order: Order) -> Procedure[None]:
        if order.ticket in self._authorized:
            why, device = "this order was already sent once", self._session.device
            self._session.report(TerminalInDoubt(device=device, ticket=order.ticket, why=why, refund=is_refund(order)))
            return
        self._authorized.add(order.ticket)
        self._session.papers.clear()
        yield from pay(self._session, order)

    def _recover(self, order: Enquiry) -> Procedure[None]:
        self._doubts[order.ticket] = order
        found = yield from recover(self._session, order, self._asked.get(order.ticket, 0))
        self._asked[order.ticket] = found.asked
        if found.settled:
            del self._doubts[order.ticket]

    def _look_back(self) -> Procedure[None]:
        """The next payment is the last chance to find a charge that people gave up: report it."""
        for order in list(self._doubts.values())[-DOUBTS_KEPT:]:
            seen = yield from look(self._session, order)
            if seen.verdict in ("paid", "declined"):
                report(self._session, order, seen)
        self._doubts = {}
