"""One receipt at a time, and the truth about it: the conversation with an ESC/POS printer, without any wire.

A document counts as printed when every byte of it was taken *and* the printer answered a question that stood behind
it: GS ( H with an id of our own (`asb`), or GS r where a printer knows no better (`poll`). Where nothing comes back
(`none`, a plain device file) taken is all there is to know.

Anything that stops a document (no paper, cover, jam, silence, a lost line) fails it at once, and nothing of it may
stay behind, or a printer refilled an hour later would hand a stranger's receipt to the next shopper. So what was not
sent is dropped, what the printer holds is cleared in real time (DLE DC4 8), on every new connection as well, and
nothing more is sent until it has confirmed that or has had its time.

A pause is no trouble (Status.pause): the printer goes on by itself with what it has, so a document that is on its way
is waited for as long as for any slow printer, and those that wait wait on. It is told when it lasts.

    down --opened--> clearing --cleared, or CLEAR_MS--> asking (DLE EOT 1 2 3 4) --all answered--> up
     ^                  ^                                  | no answer in ANSWER_MS                 |
     |                  +------------- trouble with a document on its way --------------------------+
     +--------- lost, or silent (then `reopen`) ----------------------------------------------------+

Section names are those of the Epson ESC/POS reference. Times are ticks in milliseconds, handed in.
"""

from collections import deque
from typing import Literal

import msgspec

from drivers.events import (
    DeviceOffline,
    DeviceOnline,
    DocumentLine,
    DrawerStatus,
    HardwareEvent,
    PrintDone,
    PrinterStatus,
    PrintFailed,
)
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.examination import Examination
from drivers.pos_printer.status import (
    AutomaticStatus,
    BuffersCleared,
    Named,
    PaperAnswer,
    ProcessDone,
    RealTimeAnswer,
    Report,
    Status,
    StatusReader,
)

Back = Literal["asb", "poll", "none"]

RESET = b"\x1b@"
AUTOMATIC_STATUS_ON = b"\x1da\x0f"  # drawer, online, error, paper
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
ASK_PAPER = b"\x1dr\x01"
ASK_NAMES = (b"\x1dIB", b"\x1dIC", b"\x1dIA")  # GS I: maker, model, firmware
KICK = b"\x1bp%c\x64\x64"  # 200 ms on, at least 200 ms off
KICK_NOW_OR_NEVER = b"\x10\x14\x01%c\x02"  # 200 ms, in real time

CLEAR_MS = 2_000
IDLE_POLL_MS = 10_000
BUSY_POLL_MS = 1_000
STUCK_MS = 10_000
CONFIRM_MS = 20_000
PATIENCE_MS = 5_000
PAUSE_TOLD_MS = 3_000
WAITING_AT_MOST = 16


class Job(msgspec.Struct, frozen=True):
    """Bytes on their way: a document with its ticket, or a pulse for the drawer without one."""

    ticket: str | None
    data: bytes
    until_ms: int
    """Given up if it could not begin by then."""
    id: bytes = b""


class PrinterProtocol:
    """One printer's end of the conversation that a till holds."""

    def __init__(self, device: str, encoder: DocumentEncoder, back: Back, *, drawer_open_high: bool = False) -> None:
        """`back`: what the printer sends back. `drawer_open_high`: the level of pin 3 when the drawer is open."""
        self.device = device
        self.drawer = ""
        self._wants_reopen = False
        self._encoder = encoder
        self._back = back
        self._open_high = drawer_open_high
        self._reader = StatusReader()
        self._out = bytearray()
        self._waiting: deque[Job] = deque()
        self._job: Job | None = None
        self._job_moved_ms = 0
        self._job_sent = False
        self._connected = False
        self._online: bool | None = None
        self._status: Status | None = None
        self._said: PrinterStatus | None = None
        self._drawer_said: bool | None = None
        self._pause_since_ms: int | None = None
        self._clearing_until_ms: int | None = None
        self._examination = Examination()
        self._numbers = 0
        self._identity: list[str] = []

    # --- orders ---------------------------------------------------------------------------------------------------

    def print(self, ticket: str, document: tuple[DocumentLine, ...], now_ms: int) -> list[HardwareEvent]:
        """Print a document; refused at once when the printer is known to be in trouble."""
        trouble = self._status.trouble if self._status else ""
        if self._online is False and not self._connected:
            trouble = "the printer does not answer"
        if len(self._waiting) >= WAITING_AT_MOST:
            trouble = "too many documents are waiting"
        if trouble:
            return [PrintFailed(device=self.device, ticket=ticket, why=trouble)]
        self._numbers = (self._numbers + 1) % 10_000
        number = b"%04d" % self._numbers
        data = self._encoder.document(document) + self._question(number)
        self._waiting.append(Job(ticket, data, now_ms + PATIENCE_MS, number))
        return self._begin(now_ms)

    def kick(self, connector: int, now_ms: int) -> list[HardwareEvent]:
        """Open the drawer on connector 0 or 1: before any waiting document, and never later than in a moment."""
        if self._online is False and not self._connected:
            return [DeviceOffline(device=self.drawer or self.device, why="the printer that opens it does not answer")]
        if self._status and (self._status.trouble or self._pause) and self._job is None:
            self._out += KICK_NOW_OR_NEVER % connector
            return []
        if not any(job.ticket is None for job in self._waiting):
            self._waiting.appendleft(Job(None, KICK % connector, now_ms + PATIENCE_MS))
        return self._begin(now_ms)

    def identify(self) -> bool:
        """Ask for its names, if it has nothing else to do; whether they may come. A clone may answer in any way that it
        likes, so none is asked that is not trusted with more than a status byte."""
        ready = self._back == "asb" and self._online and self._job is None and self._clearing_until_ms is None
        if ready and not self._identity and not self._reader.names_due:
            self._reader.names_due = len(ASK_NAMES)
            self._out += b"".join(ASK_NAMES)
        return bool(self._reader.names_due)

    @property
    def identity(self) -> str:
        """Maker, model and firmware, as far as it has told."""
        return ", ".join(self._identity)

    def _question(self, number: bytes) -> bytes:
        """What stands behind a document: once answered, it is on paper (Epson, GS ( H function 48; GS r)."""
        known = {"asb": AUTOMATIC_STATUS_ON + b"\x1d(H\x06\x0000" + number, "poll": ASK_PAPER, "none": b""}
        return known[self._back]

    # --- what happens on the line -----------------------------------------------------------------------------------

    def opened(self, now_ms: int) -> list[HardwareEvent]:
        """The line is open: a fresh start on both sides."""
        self._connected, self._wants_reopen = True, False
        self._reader.reset()
        self._out.clear()
        self._examination.forget()
        if self._back == "none":
            return [*self._came_online(), *self._begin(now_ms)]
        self._clear(now_ms)
        return []

    def lost(self, now_ms: int, why: str) -> list[HardwareEvent]:
        """The line is gone, or never came."""
        self._connected = False
        self._out.clear()
        self._examination.forget()
        self._clearing_until_ms = None
        return [
            *self._fail_job(why or "the line to the printer was lost", silent=True),
            *self._went_offline(why or "line lost"),
        ]

    def received(self, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes from the printer."""
        return [event for report in self._reader.feed(data) for event in self._heard(report, now_ms)]

    def take(self, limit: int, now_ms: int) -> bytes:
        """At most `limit` bytes to send now. Ask only when the last ones are gone: what waits here can be dropped."""
        piece = bytes(self._out[:limit])
        del self._out[:limit]
        if piece and not self._job_sent:
            self._job_moved_ms = now_ms
        return piece

    @property
    def has_output(self) -> bool:
        """Whether `take` has something."""
        return bool(self._out)

    def drained(self, now_ms: int) -> list[HardwareEvent]:
        """Every byte taken so far has left; tell it whenever that is so."""
        if self._job is None or self._job_sent or self._out:
            return []
        self._job_sent, self._job_moved_ms = True, now_ms
        if self._job.ticket is None or self._back == "none":
            return self._finish_job(now_ms)
        return []

    def advance(self, now_ms: int) -> list[HardwareEvent]:
        """Let time pass."""
        events = self._give_up(now_ms)
        if self._pause_since_ms is not None and now_ms >= self._pause_since_ms + PAUSE_TOLD_MS:
            events += self._tell(now_ms)
        if self._clearing_until_ms is not None and now_ms >= self._clearing_until_ms:
            events += self._cleared(now_ms)
        if self._examination.unanswered(now_ms):
            events += self._silent()
        if self._examination.is_due(now_ms) and not self._out:
            self._out += self._examination.ask(now_ms)
        return events

    def reopen(self) -> bool:
        """Whether the line should be closed and opened anew; says so once."""
        wanted, self._wants_reopen = self._wants_reopen, False
        return wanted

    def deadline_ms(self) -> int | None:
        """When `advance` has something to do."""
        times = [job.until_ms for job in self._waiting if self._job is None]
        if self._job is not None:
            times.append(self._job_moved_ms + (CONFIRM_MS if self._job_sent else STUCK_MS))
        if self._clearing_until_ms is not None:
            times.append(self._clearing_until_ms)
        if self._pause_since_ms is not None and self._said is not None and not self._said.error:
            times.append(self._pause_since_ms + PAUSE_TOLD_MS)
        times += self._examination.deadlines(may_ask=not self._out)
        return min(times, default=None)

    # --- answers ----------------------------------------------------------------------------------------------------

    def _heard(self, report: Report, now_ms: int) -> list[HardwareEvent]:
        match report:
            case AutomaticStatus(status=status):
                self._examination.overtaken()
                return self._learned(status, now_ms)
            case RealTimeAnswer(byte=byte):
                return self._answered(byte, now_ms)
            case Named(text=text):
                self._identity += [text] if text else []
            case BuffersCleared():
                return self._cleared(now_ms) if self._clearing_until_ms is not None else []
            case ProcessDone(id=number) if self._job is not None and self._job_sent and number == self._job.id:
                return self._finish_job(now_ms)
            case PaperAnswer(paper=paper) if self._back == "poll" and self._job is not None and self._job_sent:
                return self._finish_job(now_ms) if paper != "out" else []
        return []

    def _answered(self, byte: int, now_ms: int) -> list[HardwareEvent]:
        again_ms = BUSY_POLL_MS if self._back == "poll" or self._job else IDLE_POLL_MS
        status = self._examination.answered(byte, now_ms, again_ms)
        return self._learned(status, now_ms) if status is not None else []

    def _learned(self, status: Status, now_ms: int) -> list[HardwareEvent]:
        self._status = status
        if not status.pause:
            self._pause_since_ms = None
        elif self._pause_since_ms is None:
            self._pause_since_ms = now_ms
        events = [*self._came_online(), *self._tell(now_ms)]
        is_open = status.drawer_high == self._open_high
        if self.drawer and is_open != self._drawer_said:
            self._drawer_said = is_open
            events.append(DrawerStatus(device=self.drawer, open=is_open))
        if status.trouble:
            return events + self._stopped(status.trouble, now_ms)
        return events + self._begin(now_ms)

    def _tell(self, now_ms: int) -> list[HardwareEvent]:
        """What changed of the printer's state, a pause only when it has lasted."""
        assert self._status is not None
        lasts = self._pause_since_ms is not None and now_ms >= self._pause_since_ms + PAUSE_TOLD_MS
        error = self._status.error or (self._status.pause if lasts else "")
        cover_open = self._status.cover_open
        told = PrinterStatus(device=self.device, paper=self._status.paper, cover_open=cover_open, error=error)
        if told == self._said:
            return []
        self._said = told
        return [told]

    def _stopped(self, why: str, now_ms: int) -> list[HardwareEvent]:
        """The printer cannot print: fail all there is, and leave nothing in it."""
        if self._job is not None:
            self._clear(now_ms)
        events = self._fail_job(why)
        while self._waiting:
            events += self._failed(self._waiting.popleft(), why)
        return events

    def _silent(self) -> list[HardwareEvent]:
        """No answer to a question that every living printer answers."""
        why = "the printer does not answer: is it switched on?"
        self._out.clear()
        self._examination.forget()
        self._wants_reopen = True
        self._connected = False
        return [*self._fail_job(why, silent=True), *self._went_offline(why)]

    # --- clearing ---------------------------------------------------------------------------------------------------

    def _clear(self, now_ms: int) -> None:
        self._out.clear()
        self._out += CLEAR_BUFFERS
        self._examination.forget()
        self._clearing_until_ms = now_ms + CLEAR_MS

    def _cleared(self, now_ms: int) -> list[HardwareEvent]:
        """The printer is empty (or cannot say so): set it up and see how it is."""
        self._clearing_until_ms = None
        self._out += RESET + (AUTOMATIC_STATUS_ON if self._back == "asb" else b"")
        self._out += self._examination.ask(now_ms)
        return []

    # --- jobs -------------------------------------------------------------------------------------------------------

    def _begin(self, now_ms: int) -> list[HardwareEvent]:
        """Start the next job, if the printer is ready and no job is on its way."""
        ready = self._connected and self._online and self._clearing_until_ms is None and not self._pause
        while self._waiting and self._waiting[0].ticket is None and now_ms >= self._waiting[0].until_ms:
            self._waiting.popleft()  # a drawer that opens long after it was asked for opens for the wrong person
        if not ready or self._job is not None or not self._waiting:
            return []
        self._job = self._waiting.popleft()
        self._job_sent, self._job_moved_ms = False, now_ms
        self._out += self._job.data
        return []

    def _finish_job(self, now_ms: int) -> list[HardwareEvent]:
        assert self._job is not None
        ticket, self._job = self._job.ticket, None
        done: list[HardwareEvent] = [] if ticket is None else [PrintDone(device=self.device, ticket=ticket)]
        return done + self._begin(now_ms)

    def _give_up(self, now_ms: int) -> list[HardwareEvent]:
        """Jobs that waited too long to begin, to be taken, or to be confirmed."""
        events: list[HardwareEvent] = []
        late = [job for job in self._waiting if now_ms >= job.until_ms and not self._job]
        for job in late:
            self._waiting.remove(job)
            events += self._failed(job, self._pause or "the printer does not answer")
        limit_ms = CONFIRM_MS if self._job_sent else STUCK_MS
        if self._job is not None and now_ms >= self._job_moved_ms + limit_ms:
            self._clear(now_ms)
            why = "the printer stopped in the middle" if limit_ms == STUCK_MS else "no confirmation"
            events += self._fail_job(self._pause or why, silent=True)
        return events

    @property
    def _pause(self) -> str:
        return self._status.pause if self._status is not None else ""

    def _fail_job(self, why: str, *, silent: bool = False) -> list[HardwareEvent]:
        """`silent`: the printer did not say that it stopped, so what it took whole may be on paper."""
        job, self._job = self._job, None
        return self._failed(job, why, maybe=silent and self._job_sent) if job is not None else []

    def _failed(self, job: Job, why: str, *, maybe: bool = False) -> list[HardwareEvent]:
        return [] if job.ticket is None else [PrintFailed(device=self.device, ticket=job.ticket, why=why, maybe=maybe)]

    # --- there or not -----------------------------------------------------------------------------------------------

    def _names(self) -> list[str]:
        return [self.device, self.drawer] if self.drawer else [self.device]

    def _came_online(self) -> list[HardwareEvent]:
        if self._online:
            return []
        self._online = True
        return [DeviceOnline(device=name, detail=self._encoder.profile) for name in self._names()]

    def _went_offline(self, why: str) -> list[HardwareEvent]:
        self._status = self._said = self._drawer_said = self._pause_since_ms = None
        if self._online is False:
            return []
        self._online = False
        return [DeviceOffline(device=name, why=why) for name in self._names()]
