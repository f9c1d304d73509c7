"""A terminal and its till on a bench: the real driver, the simulated terminal, a clock that is turned by hand.

`Till` does what the checkout does: it keeps every message and then acknowledges it, and enquires when in doubt.
"""

from collections.abc import Callable
from typing import Any

from drivers.card_terminal.zvt.driver import Settings, make_simulated
from drivers.events import (
    Acknowledge,
    Authorize,
    Command,
    Enquire,
    EnquireRefund,
    HardwareEvent,
    Prepare,
    Refund,
    TerminalApproved,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalNotCharged,
    TerminalPrint,
    TerminalReady,
    TerminalRefused,
    TerminalUnknown,
)

OUTCOMES = (TerminalCompleted, TerminalDeclined, TerminalRefused, TerminalNotCharged, TerminalUnknown)
NUMBERED = (TerminalApproved, TerminalPrint, TerminalCompleted, TerminalDeclined)


class Till:
    """The driver with its simulated terminal, and somebody with a card."""

    def __init__(self, made: tuple[Any, Any] | None = None, **settings: Any) -> None:
        """A ZVT terminal with these settings; or whichever was `made`: the device and its simulator."""
        settings = {"currency": "EUR", "port": "socket://terminal", **settings}
        self.device, self.terminal = made or make_simulated("card", Settings(**settings))
        self.now_ms = 1_000
        self.events: list[HardwareEvent] = []
        self.acknowledges = True
        self.taps = True
        self.pin = "1234"
        self.enquires = True
        self.amount_minor = 1_250
        self.baseline = ""
        self.on_event: Callable[[HardwareEvent], None] = lambda event: None

    # --- turning ---

    def command(self, command: Command) -> None:
        """Give an order; what it brings at once is dealt with too."""
        for event in self.device.command(command, self.now_ms):
            self._take(event)

    def turn(self) -> None:
        """One service, and what the person and the checkout do about it."""
        for event in self.device.service(self.now_ms):
            self._take(event)
        if self.taps and self.terminal.wants == "card":
            self.terminal.tap_card()
        if self.pin and self.terminal.wants == "pin":
            self.terminal.type_pin(self.pin)
        if self.terminal.wants == "removal":
            self.terminal.take_card()

    def _take(self, event: HardwareEvent) -> None:
        self.events.append(event)
        self.on_event(event)
        if isinstance(event, TerminalInDoubt) and self.enquires:
            enquire = EnquireRefund if event.refund else Enquire
            self.command(enquire(event.ticket, self.amount_minor, self.baseline))
        elif isinstance(event, NUMBERED) and self.acknowledges and event.message:
            self.command(Acknowledge(event.ticket, event.message))

    def run(self, until: Callable[[], bool], patience_ms: int = 600_000, stride_ms: int = 1_000) -> None:
        """Let time pass, deadline by deadline and never more than a stride at once, until something holds."""
        last_ms = self.now_ms + patience_ms
        self.turn()
        while not until():
            deadline_ms = self.device.deadline_ms()
            assert deadline_ms is not None and self.now_ms < last_ms, f"nothing more happens: {self.events[-5:]}"
            self.now_ms = max(self.now_ms, min(deadline_ms, self.now_ms + stride_ms))
            self.turn()

    def rest(self, ms: int, stride_ms: int = 1_000) -> None:
        """Let so much time pass."""
        end_ms = self.now_ms + ms
        self.run(lambda: self.now_ms >= end_ms, stride_ms=stride_ms)

    # --- what is asked of it ---

    def seen(self, kind: type) -> list[Any]:
        """The events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def prepare(self, ticket: str = "a1") -> HardwareEvent:
        """Prepare; the answer."""
        self.command(Prepare(ticket))
        self.run(lambda: bool(self.events) and isinstance(self.events[-1], TerminalReady | TerminalRefused))
        answer = self.events[-1]
        self.baseline = answer.baseline if isinstance(answer, TerminalReady) else ""
        return answer

    def authorize(self, ticket: str = "a1", order: type[Authorize | Refund] = Authorize) -> HardwareEvent:
        """Authorize (or refund) and run to the outcome, through a doubt if need be."""
        before = len(self._outcomes())
        self.command(order(ticket, self.amount_minor, self.baseline))
        self.run(lambda: len(self._outcomes()) > before)
        return self._outcomes()[-1]

    def _outcomes(self) -> list[HardwareEvent]:
        return [event for event in self.events if isinstance(event, OUTCOMES)]

    def pay(self, amount_minor: int = 1_250, ticket: str = "a1") -> HardwareEvent:
        """Prepare and authorize; the outcome."""
        self.amount_minor = amount_minor
        answer = self.prepare(ticket)
        assert isinstance(answer, TerminalReady), answer
        return self.authorize(ticket)

    def refund(self, amount_minor: int = 1_250, ticket: str = "r1") -> HardwareEvent:
        """Prepare and refund; the outcome."""
        self.amount_minor = amount_minor
        answer = self.prepare(ticket)
        assert isinstance(answer, TerminalReady), answer
        return self.authorize(ticket, Refund)
