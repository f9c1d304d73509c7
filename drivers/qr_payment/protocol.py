"""Protocol: the conversation with a provider about one payment. Pure: bytes and the time in, events and bytes out.

Each command is a talk: a generator that yields what it waits for (an answer, or some time) and reports what it learns.
So it reads as it goes: ask for the payment, show the code, look every second, and say the provider's last word. One
talk at a time; between two talks a provider that was away is tried until it answers.

What was ordered and not answered is in doubt, and only a new look (Enquire) ends that. What the provider has called
cancelled, declined or expired can never be paid any more (README.md), so it is a definite no.
"""

from collections.abc import Generator
from typing import Literal

import msgspec

from drivers import events as d
from drivers.qr_payment.http import Answer, BadAnswer, Exchange, Request
from drivers.qr_payment.names import payment_id, refund_id

_ENDINGS = ("declined", "cancelled", "expired")
CODE_LONGEST = 512
"""Bytes of what a QR code says, UTF-8. Our own bound: one that says more is too fine to be read from a screen."""
LOOKS = 3
"""So many looks in a row fail before a payment is in doubt, or an enquiry is left to people."""


class Terms(msgspec.Struct, frozen=True):
    """What the client has agreed with the provider. Times in milliseconds."""

    host: str
    merchant: str
    currency: str
    name: str
    token: str = ""
    answer_ms: int = 5_000
    look_ms: int = 1_000
    probe_ms: int = 15_000


class Wait(msgspec.Struct, frozen=True):
    """So long; shorter if Abort comes."""

    ms: int


Talk = Generator[Request | Wait, Answer | None, None]
"""What it is sent is the answer; None: none came, or the time is over."""


class Client:
    """One till's end."""

    def __init__(self, device: str, terms: Terms) -> None:
        self._device, self._terms = device, terms
        self._talk: Talk | None = None
        self._ticket = ""
        self._aborting = False
        self._exchange: Exchange | None = None
        self._out = b""
        self._hang_up = False
        self._until_ms: int | None = None
        self._online = False
        self._why = "not asked yet"
        self._probe_ms = 0
        self._happened: list[d.HardwareEvent] = []
        self._now_ms = 0

    # --- the driver's side --------------------------------------------------------------------------------------------

    @property
    def wants_line(self) -> bool:
        """Whether a request is under way."""
        return self._exchange is not None

    def deadline_ms(self) -> int | None:
        """When the answer is too late, the next look is due, or the provider is tried again."""
        if self._talk is not None:
            return self._until_ms
        return None if self._online else self._probe_ms

    def opened(self) -> None:
        """The line is there: the request goes out."""
        if self._exchange is not None:
            self._out += self._exchange.bytes

    def received(self, data: bytes, now_ms: int) -> list[d.HardwareEvent]:
        """Bytes of an answer."""
        if self._exchange is None:
            return []
        try:
            answer = self._exchange.receive(data)
        except BadAnswer as bad:
            return self._unanswered(str(bad), now_ms)
        return [] if answer is None else self._answered(answer, now_ms)

    def lost(self, why: str, now_ms: int) -> list[d.HardwareEvent]:
        """The line is gone."""
        if self._exchange is None:
            return []
        try:
            answer = self._exchange.receive(b"")
        except BadAnswer:
            answer = None
        return self._unanswered(why, now_ms) if answer is None else self._answered(answer, now_ms)

    def advance(self, now_ms: int) -> list[d.HardwareEvent]:
        """Time passes."""
        due = self.deadline_ms()
        if due is None or now_ms < due:
            return []
        if self._talk is None:
            self._probe_ms = now_ms + self._terms.probe_ms
            return self._begin("", self._ping(), now_ms)
        if self._exchange is not None:
            return self._unanswered("no answer in time", now_ms)
        return self._go_on(None, now_ms)

    def take(self) -> bytes:
        """What is to be sent."""
        out, self._out = self._out, b""
        return out

    def take_hang_up(self) -> bool:
        """Whether the line is to be closed now."""
        hang_up, self._hang_up = self._hang_up, False
        return hang_up

    def command(self, command: d.Command, now_ms: int) -> list[d.HardwareEvent]:
        """Begin a talk, or ask the one under way to end."""
        match command:
            case d.Abort(ticket):
                if ticket != self._ticket or self._aborting:
                    return []
                self._aborting = True
                return [] if self._exchange is not None else self._go_on(None, now_ms)
            case d.Acknowledge() | d.RefuseMessage():
                return []
            case d.Prepare(ticket):
                return self._begin(ticket, self._prepare(ticket), now_ms)
            case d.Authorize(ticket, amount_minor):
                return self._begin(ticket, self._pay(ticket, amount_minor), now_ms)
            case d.Enquire(ticket, amount_minor):
                return self._begin(ticket, self._enquire(ticket, amount_minor), now_ms)
            case d.Reverse(ticket, record):
                return self._begin(ticket, self._give_back(ticket, record), now_ms)
        raise AssertionError(f"{self._device} takes no {type(command).__name__}")

    # --- turning a talk -----------------------------------------------------------------------------------------------

    def _begin(self, ticket: str, talk: Talk, now_ms: int) -> list[d.HardwareEvent]:
        """What was under way is over: the checkout has one thing at a time in hand, and a lost word is enquired."""
        self._drop()
        self._ticket, self._talk, self._aborting = ticket, talk, False
        return self._go_on(None, now_ms)

    def _go_on(self, answer: Answer | None, now_ms: int) -> list[d.HardwareEvent]:
        assert self._talk is not None
        self._drop()
        self._now_ms, self._happened = now_ms, []
        try:
            wanted = self._talk.send(answer)
        except StopIteration:
            self._talk, self._ticket, self._until_ms = None, "", None
            return self._happened
        if isinstance(wanted, Wait):
            self._until_ms = now_ms + wanted.ms
        else:
            self._exchange = Exchange(wanted, self._headers())
            self._until_ms = now_ms + self._terms.answer_ms
        return self._happened

    def _headers(self) -> dict[str, str]:
        headers = {"host": self._terms.host, "accept": "application/json"}
        return {**headers, "authorization": f"Bearer {self._terms.token}"} if self._terms.token else headers

    def _answered(self, answer: Answer, now_ms: int) -> list[d.HardwareEvent]:
        self._why = f"answered {answer.status}"
        told: list[d.HardwareEvent] = []
        if not self._online:
            self._online = True
            told = [d.DeviceOnline(device=self._device)]
        return told + self._go_on(answer, now_ms)

    def _unanswered(self, why: str, now_ms: int) -> list[d.HardwareEvent]:
        self._why = why
        return self._go_on(None, now_ms)

    def _drop(self) -> None:
        """Close the line under a request that nobody waits for any more."""
        if self._exchange is not None:
            self._exchange, self._hang_up, self._out = None, True, b""

    def _tell(self, event: d.HardwareEvent) -> None:
        self._happened.append(event)

    # --- the talks ----------------------------------------------------------------------------------------------------

    def _ping(self) -> Talk:
        answer = yield Request("GET", "/v1/ping")
        if answer is None:
            self._away()

    def _away(self) -> None:
        if self._online:
            self._online, self._probe_ms = False, self._now_ms + self._terms.probe_ms
            self._tell(d.DeviceOffline(device=self._device, why=self._why))

    def _prepare(self, ticket: str) -> Talk:
        """Ready if the provider answers and knows no payment of this name."""
        answer = yield Request("GET", self._payment(ticket))
        if answer is not None and answer.status == 404:
            self._tell(d.TerminalReady(device=self._device, ticket=ticket, baseline=self._id(ticket)))
            return
        if answer is None:
            self._away()
        why = "unreachable" if answer is None or answer.status != 200 else "busy"
        self._tell(d.TerminalRefused(device=self._device, ticket=ticket, why=why))

    def _pay(self, ticket: str, amount_minor: int) -> Talk:
        order = {"amount_minor": amount_minor, "currency": self._terms.currency, "reference": ticket}
        answer = yield Request("PUT", self._payment(ticket), order)
        if answer is not None and 400 <= answer.status < 500:
            detail = f"the provider refused it ({answer.status})"
            self._tell(d.TerminalDeclined(device=self._device, ticket=ticket, why="declined", detail=detail))
            return
        shown = False
        failed = 0
        while True:
            state = _state(answer)
            if state == "pending":
                failed = 0
                shown = shown or self._show(ticket, answer)
            elif state:
                self._last_word(ticket, answer)
                return
            else:
                failed += 1
                if not shown or failed >= LOOKS:
                    self._tell(d.TerminalInDoubt(device=self._device, ticket=ticket, why=self._why))
                    return
            if not self._aborting:
                yield Wait(self._terms.look_ms)
            answer = yield self._look(ticket)

    def _show(self, ticket: str, answer: Answer | None) -> bool:
        """Whether there is a code to show."""
        code = _code(answer)
        if code:
            self._tell(d.TerminalCode(device=self._device, ticket=ticket, code=code))
        return bool(code)

    def _look(self, ticket: str) -> Request:
        """Ask how it stands; or, if the shopper wants to stop, for its end."""
        if self._aborting:
            return Request("PATCH", self._payment(ticket), {"state": "cancelled"})
        return Request("GET", self._payment(ticket))

    def _last_word(self, ticket: str, answer: Answer | None) -> None:
        assert answer is not None
        state, device = _state(answer), self._device
        if state == "paid":
            self._tell(d.TerminalCompleted(device=device, ticket=ticket, record=self._record(ticket, answer)))
            return
        why: Literal["declined", "cancelled"] = "declined" if state == "declined" else "cancelled"
        self._tell(d.TerminalDeclined(device=device, ticket=ticket, why=why, detail=state))

    def _enquire(self, ticket: str, amount_minor: int) -> Talk:
        """Look, and end what is still open: the shopper has no code before them any more."""
        for times in range(1, LOOKS + 1):
            self._tell(d.TerminalAsked(device=self._device, ticket=ticket, times=times))
            answer = yield Request("GET", self._payment(ticket))
            if _state(answer) == "pending":
                answer = yield Request("PATCH", self._payment(ticket), {"state": "cancelled"})
            state = _state(answer)
            if state == "paid":
                self._last_word(ticket, answer)
                return
            if state in _ENDINGS or (answer is not None and answer.status == 404):
                evidence = f"the provider says {state or 'that there is no such payment'}"
                self._tell(d.TerminalNotCharged(device=self._device, ticket=ticket, evidence=evidence))
                return
            yield Wait(self._terms.look_ms)
        self._away()
        self._tell(d.TerminalUnknown(device=self._device, ticket=ticket, evidence=self._why))

    def _give_back(self, ticket: str, record: d.TerminalRecord) -> Talk:
        """A refund of the whole; its id is the payment's, so that it is one refund however often it is ordered."""
        order = {"payment": record.trace, "amount_minor": record.amount_minor}
        for _ in range(LOOKS):
            answer = yield Request("PUT", f"/v1/refunds/{refund_id(record.trace)}", order)
            if answer is not None and answer.status < 500:
                break
            yield Wait(self._terms.look_ms)
        done = answer is not None and answer.status in (200, 201)
        evidence = "" if done else self._why
        self._tell(d.TerminalReversed(device=self._device, ticket=ticket, done=done, evidence=evidence))

    # --- names and records --------------------------------------------------------------------------------------------

    def _id(self, ticket: str) -> str:
        return payment_id(self._terms.merchant, ticket)

    def _payment(self, ticket: str) -> str:
        return f"/v1/payments/{self._id(ticket)}"

    def _record(self, ticket: str, answer: Answer) -> d.TerminalRecord:
        amount = answer.body.get("amount_minor")
        return d.TerminalRecord(
            amount_minor=amount if isinstance(amount, int) else 0,
            terminal_id=self._terms.merchant,
            receipt=str(answer.body.get("reference", ""))[:40],
            trace=self._id(ticket),
            card_name=self._terms.name,
            result="00",
        )


def _state(answer: Answer | None) -> str:
    """How the payment stands; empty: nobody said."""
    if answer is None or answer.status not in (200, 201):
        return ""
    state = answer.body.get("state")
    return state if state in ("pending", "paid", *_ENDINGS) else ""


def _code(answer: Answer | None) -> str:
    """What the phone is to read; empty if it is nothing that a QR code can say."""
    code = answer.body.get("code") if answer is not None else None
    if not isinstance(code, str):
        return ""
    try:
        return code if len(code.encode()) <= CODE_LONGEST else ""
    except UnicodeEncodeError:  # half a character
        return ""
