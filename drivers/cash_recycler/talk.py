"""Talk: the till's end of a line where only the till begins, one packet at a time. Pure; SSP and ccTalk are its kinds.

Each command is a talk: a generator that yields packets and pauses and reports what it learns. One packet is on the line
at a time; one that is not answered is sent again, the very same bytes, unless it is said `Once` (an order whose second
hearing would be a second order: who says it asks afterwards what came of it). Between talks the machine is watched.

Bytes beyond what one answer can be are noise and are dropped, so a machine that floods the line costs a turn nothing.
"""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Generator, Iterator
from typing import NamedTuple

from drivers import events as d

ANSWER_MS = 1_000
TRIES = 3
RETRY_MS = 1_000
MOST_BYTES = 1_024
"""Heard at once: no answer of either protocol, stuffed or encrypted, is as long."""


class Pause(NamedTuple):
    """So long."""

    ms: int


class Once(NamedTuple):
    """A packet that is sent once; where nobody answers, the answer is empty."""

    data: bytes


Wish = bytes | Once | Pause
Talk = Generator[Wish, bytes, None]
"""Yields what a packet says, and is sent what its answer says; of a pause, nothing."""


class Refused(Exception):
    """The machine does not do what it must be able to do. The text says what."""


class Talker(ABC):
    """The till's end. A kind of it has the packets and the talks."""

    identity = ""
    """What the machine has told of itself: its firmware."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._out = b""
        self._packet = b""
        self._due_ms: int | None = None
        self._tries = 0
        self._once = False
        self._pausing = False
        self._talk: Talk | None = None
        self._fresh = False
        """Whether the talk has yet to say its first word."""
        self._waiting: deque[tuple[str, Talk]] = deque()
        self._ticket = ""
        self._online: bool | None = None
        self._happened: list[d.HardwareEvent] = []

    # --- what a kind has ----------------------------------------------------------------------------------------------

    @abstractmethod
    def _pack(self, data: bytes) -> bytes:
        """A new packet's bytes; whatever was heard before it is forgotten."""

    @abstractmethod
    def _answers(self, data: bytes) -> Iterator[bytes]:
        """Of the bytes that came: the answers to the packet that is out. Never an empty one."""

    @abstractmethod
    def _talk_of(self, command: d.Command) -> tuple[str, Talk] | None:
        """The ticket and the talk of a command; None: it was a word that needs none."""

    @abstractmethod
    def _connect(self) -> Talk:
        """The line is there: nobody knows what the machine was doing."""

    @abstractmethod
    def _watch(self) -> Talk:
        """One look at the machine, and a pause."""

    @abstractmethod
    def _forget(self) -> None:
        """The machine is away: what was true of it while it was there."""

    # --- the driver's side --------------------------------------------------------------------------------------------

    def deadline_ms(self) -> int | None:
        """When an answer is too late, or a pause is over."""
        return self._due_ms

    def take(self) -> bytes:
        """What is to be sent."""
        out, self._out = self._out, b""
        return out

    def opened(self, now_ms: int) -> list[d.HardwareEvent]:
        """The line is there."""
        self._begin(self._connect(), now_ms)
        return self._told()

    def lost(self, why: str) -> list[d.HardwareEvent]:
        """The line is gone, or nobody answers: told once. What was asked is refused."""
        self._talk, self._due_ms, self._packet, self._out = None, None, b"", b""
        self._forget()
        if self._online is not False:
            self._tell(d.DeviceOffline(device=self._device, why=why))
        self._online = False
        asked = [self._ticket, *(ticket for ticket, _ in self._waiting)]
        self._ticket, self._waiting = "", deque()
        for ticket in asked:
            if ticket:
                self._tell(d.CashRefused(device=self._device, ticket=ticket, why=why))
        return self._told()

    def received(self, data: bytes, now_ms: int) -> list[d.HardwareEvent]:
        """Bytes of answers."""
        for answer in self._answers(data[-MOST_BYTES:]):
            if self._packet:
                self._packet = b""
                self._go_on(answer, now_ms)
        return self._told()

    def advance(self, now_ms: int) -> list[d.HardwareEvent]:
        """Time passes."""
        if self._due_ms is None or now_ms < self._due_ms:
            return self._told()
        if self._pausing:
            self._pausing = False
            self._go_on(b"", now_ms)
        elif self._once:
            self._packet = b""
            self._go_on(b"", now_ms)
        elif self._tries < TRIES:
            self._send_again(now_ms)
        else:
            return self._fail("it does not answer", now_ms)
        return self._told()

    def command(self, command: d.Command, now_ms: int) -> list[d.HardwareEvent]:
        """Begin a talk, or let it wait for its turn. Nothing waits for a machine that is known to be away."""
        found = self._talk_of(command)
        if found is None:
            self._hurry(now_ms)
            return []
        ticket, talk = found
        if self._online is False:
            return [d.CashRefused(device=self._device, ticket=ticket, why="it does not answer")]
        self._waiting.append((ticket, talk))
        self._hurry(now_ms)
        return self._told()

    # --- one packet at a time -----------------------------------------------------------------------------------------

    def _told(self) -> list[d.HardwareEvent]:
        happened, self._happened = self._happened, []
        return happened

    def _tell(self, event: d.HardwareEvent) -> None:
        self._happened.append(event)

    def _tell_online(self) -> None:
        if self._online is not True:
            self._online = True
            self._tell(d.DeviceOnline(device=self._device))

    def _fail(self, why: str, now_ms: int) -> list[d.HardwareEvent]:
        happened = self.lost(why)
        self._begin(self._connect(), now_ms, RETRY_MS)
        return happened

    def _hurry(self, now_ms: int) -> None:
        """Whatever pauses goes on with the next turn."""
        if self._pausing:
            self._due_ms = now_ms

    def _begin(self, talk: Talk, now_ms: int, after_ms: int = 0) -> None:
        self._talk, self._fresh = talk, True
        if after_ms:
            self._pausing, self._due_ms = True, now_ms + after_ms
            return
        self._pausing = False
        self._go_on(b"", now_ms)

    def _go_on(self, answer: bytes, now_ms: int) -> None:
        """Give the talk what it waits for, until it waits again; then it is the next one's turn."""
        while True:
            if self._talk is None:
                self._ticket, self._talk = self._waiting.popleft() if self._waiting else ("", self._watch())
                self._fresh = True
            try:
                wish = next(self._talk) if self._fresh else self._talk.send(answer)
            except StopIteration:
                self._talk, self._ticket = None, ""
                continue
            except Refused as refusal:
                happened = self._fail(str(refusal), now_ms)
                self._happened = happened + self._happened
                return
            self._fresh = False
            if isinstance(wish, Pause):
                self._pausing, self._due_ms = True, now_ms + wish.ms
                return
            self._send(wish, now_ms)
            return

    def _send(self, wish: bytes | Once, now_ms: int) -> None:
        self._once = isinstance(wish, Once)
        self._packet, self._tries = self._pack(wish.data if isinstance(wish, Once) else wish), 0
        self._send_again(now_ms)

    def _send_again(self, now_ms: int) -> None:
        self._out += self._packet
        self._tries, self._due_ms = self._tries + 1, now_ms + ANSWER_MS
