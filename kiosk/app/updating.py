"""Updating: another version of the whole machine, from the store or from a stick, while nobody is served.

Ordered, fetched in parts, checked, installed into the slot that does not run, started, and tried: each stage is on the
disk before anything follows from it, so a power cut at any point is answered at the next start by what is there
(`update_order.resumed`). What came is believed only with the announced SHA-256; what it is worth, its signature says.

Parts are fetched between visits. Installing begins in the time that was ordered, when nobody is served, no money is
under way and nothing is printed; then the lane is paused first, as the console pauses one, and what a shopper sees is
that. The new version is `updated`, and the lane opens again, when it has turned for a minute, every device that
answered before answers again, and the machine stays with it whatever happens (`Updater.stays`); also if it fell back.

An order does not go through the checkout: it is no part of any visit, and the version before must be able to read the
journal when the machine has gone back to it. How far it is travels in the lane's state, retained, until the next one.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Literal

import msgspec
import structlog

from drivers.life import Life
from drivers.updater.driver import Updater
from kiosk.app.background import Job
from kiosk.app.running import Running
from kiosk.app.update_order import INSTALLS, OVER, Kept, Order, Places, Stage, answering, refusal, resumed, sha256_of
from kiosk.app.updates_port import WELL, Said, Worked
from kiosk.checkout.closing import is_quiet
from kiosk.checkout.effects import TellResult
from kiosk.checkout.events import CommandCame, Event
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.state import Phase, State
from kiosk.values.moment import Moment, rfc3339
from kiosk.wire.asking import UpdateAsk, UpdatePart
from kiosk.wire.messages import UpdateReport

HEALTHY_MS = 60_000
"""So long a new version must turn before it counts."""
LOOK_MS = 500
STICK_MS = 5_000
RETRY_MS = 30_000
PAUSE_AGAIN_MS = 10_000
RESTART_MS = 120_000
"""So long the machine may take to go down."""
PAUSE_MINUTES = 60
MOST_TRIES = 3
_ASK_LASTS_MS = 60_000


class Updates:
    """One lane's."""

    def __init__(
        self,
        places: Places,
        running: Running,
        updater: Updater,
        background: Callable[[Job], None],
        free_mib: Callable[[], int],
        now_utc_ms: int,
        lives: Callable[[], Mapping[str, Life]] = dict,
    ) -> None:
        """Finds out what became of what was under way. `background`: a thread of its own, whose jobs' messages come
        back by `heard`. `lives`: how each device is."""
        self._places, self._running, self._updater, self._lives = places, running, updater, lives
        self._background, self._free_mib = background, free_mib
        self._log = structlog.get_logger("update")
        kept = places.kept()
        self._kept = kept and resumed(kept, running.version, running.boot)
        self._saving = self._jobs = 0
        self._told: list[TellResult] = []
        self._asked = self._begun = False
        self._restarted_ms: int | None = None
        self._retry_ms = self._pause_ms = self._looked_ms = self._stick_ms = 0
        self._first_ms: int | None = None
        self._percent, self._have = 0, places.have()
        self._since = self._since_when(now_utc_ms)
        if self._kept is not None and self._kept != kept:
            self._keep(self._kept)

    def _since_when(self, now_utc_ms: int) -> str:
        try:
            return rfc3339(self._places.since(self._running.version, now_utc_ms))
        except OSError as error:
            self._log.error("update.not_kept", folder=str(self._places.folder), why=error.strerror)
            return ""

    # --- what is wanted -----------------------------------------------------------------------------------------------

    def order(self, order: Order) -> str:
        """Take it, and say so by `told` once it is on the disk; or why not, in words. An empty version withdraws."""
        kept = self._kept
        if kept is not None and kept.order.id == order.id:
            self._told.append(TellResult(order.id))
            return ""
        same = kept is not None and order.version and kept.order.sha256 == order.sha256
        if kept is not None and same and kept.stage in INSTALLS:
            self._keep(msgspec.structs.replace(kept, order=order), tell=order.id)  # a store that forgot that it asked
            return ""
        if kept is not None and kept.stage in INSTALLS:
            return f"{kept.order.version} is being installed already"
        if not order.version:
            if kept is not None and kept.stage not in OVER:
                self._end("failed", "it was taken back")
            self._told.append(TellResult(order.id))
            return ""
        why = self._updater.cannot or refusal(order, self._running.version, self._free_mib())
        if why:
            return why
        self._fetch(order)
        return ""

    def _fetch(self, order: Order) -> None:
        before, self._have = self._kept, 0
        same = before is not None and before.order.sha256 == order.sha256 and before.stage not in OVER
        if same:
            self._have = self._places.have()
        else:
            self._work(self._forget_bundle)
        self._asked, self._retry_ms, self._percent = False, 0, 0
        self._keep(Kept(order=order, stage="fetching", before=self._running.version), tell=order.id)

    def told(self) -> list[TellResult]:
        """What the store is to hear of its orders now."""
        if self._saving:
            return []
        told, self._told = self._told, []
        return told

    def said(self) -> Said:
        """For the lane's state."""
        kept, running = self._kept, self._running
        if kept is None:
            return Said(running.image, running.slot, self._since)
        report = UpdateReport(
            order=kept.order.id, version=kept.order.version, stage=kept.stage, percent=self._done(kept), why=kept.why
        )
        return Said(running.image, running.slot, self._since, report)

    def condition(self) -> str:
        """`well`; or which devices, there before the update, this version has not reached yet."""
        kept = self._kept
        lacks = kept.lacks(self._lives()) if kept is not None and kept.stage == "trying" else ()
        return f"waits for {', '.join(lacks)}" if lacks else WELL

    def _done(self, kept: Kept) -> int:
        """Per cent, in steps of five: every one of them is a message."""
        done = self._have * 100 // kept.order.size if kept.stage == "fetching" else self._percent
        return done // 5 * 5 if kept.stage in ("fetching", "installing") else 0

    # --- fetching -----------------------------------------------------------------------------------------------------

    def ask(self, state: State, now: Moment) -> UpdateAsk | None:
        """The next part, between two visits; None: nothing now."""
        kept = self._kept
        if kept is None or kept.stage != "fetching" or self._asked or self._jobs or not is_between_visits(state):
            return None
        if now.tick_ms < self._retry_ms:
            return None
        self._asked = True
        return UpdateAsk(sha256=kept.order.sha256, offset=self._have)

    def part(self, part: UpdatePart | None, now: Moment) -> None:
        """An answer; None: the store did not have it."""
        kept, self._asked = self._kept, False
        if kept is None or kept.stage != "fetching":
            return
        order, content = kept.order, part.content if part is not None else b""
        fits = part is not None and (part.sha256, part.size, part.offset) == (order.sha256, order.size, self._have)
        if not fits or not content or self._have + len(content) > order.size:
            self._retry_ms = now.tick_ms + RETRY_MS
            return
        self._work(lambda: self._append(content, self._have))

    def lost(self) -> None:
        """Nothing is on its way any more."""
        self._asked = False

    # --- as time goes by ----------------------------------------------------------------------------------------------

    def turn(self, state: State, now: Moment) -> list[Event]:
        """What is to be done at this moment; events for the loop."""
        if self._first_ms is None:
            self._first_ms = now.tick_ms
        kept = self._kept
        if self._jobs:
            return []
        if kept is None or kept.stage in OVER:
            self._look_for_a_stick(now)
            return self._opened(kept, state, now) if kept is not None else []
        if kept.stage not in INSTALLS and 0 < kept.order.not_after_utc_ms <= now.utc_ms:
            self._end("failed", "there was no quiet moment in the time that was given, or it was not here by then")
            return []
        return self._stages[kept.stage](self, kept, state, now)

    def _fetching(self, kept: Kept, state: State, now: Moment) -> list[Event]:
        if self._have >= kept.order.size:
            self._keep(msgspec.structs.replace(kept, stage="checking"))
        return []

    def _checking(self, kept: Kept, state: State, now: Moment) -> list[Event]:
        self._work(self._hash)
        return []

    def _ready(self, kept: Kept, state: State, now: Moment) -> list[Event]:
        if now.utc_ms < kept.order.not_before_utc_ms or not _is_free(state):
            return []
        if kept.tries >= MOST_TRIES:
            self._end("failed", f"the power went {kept.tries} times while it was installed")
            return []
        if state.phase is not Phase.CLOSED:
            return self._paused(kept, now)
        self._begun = False
        paused = state.closed == "paused"
        self._keep(
            msgspec.structs.replace(
                kept,
                stage="installing",
                boot=self._running.boot,
                tries=kept.tries + 1,
                paused=paused,
                had=answering(self._lives()),
            )
        )
        return []

    def _installing(self, kept: Kept, state: State, now: Moment) -> list[Event]:
        if not self._begun:
            self._begun = True
            self._updater.start(str(self._places.bundle), kept.order.version)
        look = self._updater.look()
        self._percent, self._looked_ms = look.percent, now.tick_ms
        if look.state == "failed":
            self._end("failed", look.why)
        elif look.state == "done":
            self._restarted_ms = None
            self._keep(msgspec.structs.replace(kept, stage="starting"))
        return []

    def _starting(self, kept: Kept, state: State, now: Moment) -> list[Event]:
        """The machine goes down with us; until then nothing more is to be done."""
        if self._restarted_ms is not None:
            if now.tick_ms - self._restarted_ms >= RESTART_MS:
                self._end("failed", "it is installed, but the machine does not start anew: switch it off and on")
            return []
        if not _is_free(state):
            return []
        if state.phase is not Phase.CLOSED:
            return self._paused(kept, now)
        self._restarted_ms = now.tick_ms
        if why := self._updater.restart():
            self._end("failed", f"it is installed, but the machine does not start anew: {why}")
        return []

    def _trying(self, kept: Kept, state: State, now: Moment) -> list[Event]:
        assert self._first_ms is not None
        long = now.tick_ms - self._first_ms >= HEALTHY_MS
        if long and not kept.lacks(self._lives()) and self._updater.stays():
            self._end("updated", "")
        return []

    _stages: ClassVar[dict[Stage, Callable[["Updates", Kept, State, Moment], list[Event]]]] = {
        "fetching": _fetching,
        "checking": _checking,
        "ready": _ready,
        "installing": _installing,
        "starting": _starting,
        "trying": _trying,
    }

    def _paused(self, kept: Kept, now: Moment) -> list[Event]:
        if now.tick_ms < self._pause_ms:
            return []
        self._pause_ms = now.tick_ms + PAUSE_AGAIN_MS
        return [_command(kept.order, "pause", now, PAUSE_MINUTES)]

    def _opened(self, kept: Kept, state: State, now: Moment) -> list[Event]:
        """The lane was paused for this, and it is over."""
        if not kept.paused:
            return []
        self._keep(msgspec.structs.replace(kept, paused=False))
        return [_command(kept.order, "open", now)] if state.closed == "paused" else []

    def _look_for_a_stick(self, now: Moment) -> None:
        order = self._places.brought() if now.tick_ms >= self._stick_ms else None
        self._stick_ms = max(self._stick_ms, now.tick_ms + STICK_MS) if order is None else now.tick_ms
        if order is None:
            return
        why = self._updater.cannot or refusal(order, self._running.version, self._free_mib() + (order.size >> 20))
        kept = Kept(order=order, stage="failed" if why else "ready", before=self._running.version, why=why)
        if self._kept is not None and self._kept.order.id == order.id and self._kept.stage == "updated":
            kept = self._kept  # the power went when it had been taken and was not cleared away yet
        self._kept = kept
        self._work(lambda: self._bring(kept))

    def _end(self, stage: Stage, why: str) -> None:
        assert self._kept is not None
        order = self._kept.order
        self._log.info(f"update.{stage}", version=order.version, order=order.id, why=why)
        self._keep(msgspec.structs.replace(self._kept, stage=stage, why=why))
        self._work(self._forget_bundle)

    def deadline_ms(self) -> int | None:
        """Only an updater that works is looked at often: whatever else waits is seen when housekeeping looks."""
        if self._kept is None or self._kept.stage != "installing" or self._jobs or self._first_ms is None:
            return None
        return self._looked_ms + LOOK_MS

    # --- in the background --------------------------------------------------------------------------------------------

    def _keep(self, kept: Kept, tell: str = "") -> None:
        """It counts at once, and nothing follows from it before it is on the disk."""
        self._kept = kept
        self._saving += 1
        if tell:
            self._told.append(TellResult(tell))
        self._work(lambda: self._save(kept))

    def _work(self, job: Callable[[], Worked]) -> None:
        self._jobs += 1
        self._background(lambda: self._careful(job))

    def _careful(self, job: Callable[[], Worked]) -> Iterable[Any]:
        try:
            return [job()]
        except OSError as error:
            return [Worked("saved", why=f"{error.strerror}: {error.filename}")]

    def _save(self, kept: Kept) -> Worked:
        self._places.keep(kept)
        return Worked("saved")

    def _forget_bundle(self) -> Worked:
        self._places.bundle.unlink(missing_ok=True)
        return Worked("wrote")

    def _append(self, content: bytes, offset: int) -> Worked:
        with self._places.bundle.open("r+b" if offset else "wb") as file:
            file.seek(offset)
            file.write(content)
        return Worked("wrote", size=offset + len(content))

    def _hash(self) -> Worked:
        return Worked("hashed", sha256=sha256_of(self._places.bundle))

    def _bring(self, kept: Kept) -> Worked:
        self._places.take(kept)
        return Worked("brought")

    def heard(self, worked: Worked) -> None:
        """A job of the background is done."""
        self._jobs -= 1
        if worked.why:
            self._saving, self._told = 0, [TellResult(one.id, worked.why) for one in self._told]
            self._log.error("update.not_kept", folder=str(self._places.folder), why=worked.why)
            if self._kept is not None and self._kept.stage not in (*OVER, *INSTALLS):
                self._kept = msgspec.structs.replace(self._kept, stage="failed", why=worked.why)
            return
        match worked.job:
            case "saved":
                self._saving = max(0, self._saving - 1)
            case "wrote":
                self._have = worked.size
            case "hashed":
                self._hashed(worked.sha256)

    def _hashed(self, sha256: str) -> None:
        kept = self._kept
        if kept is None or kept.stage != "checking":
            return
        if sha256 == kept.order.sha256:
            self._keep(msgspec.structs.replace(kept, stage="ready"))
        elif kept.again:
            self._end("failed", "what came is not what was announced: its SHA-256 is another, twice")
        else:  # a power cut may have torn what was not on the disk yet
            self._keep(msgspec.structs.replace(kept, stage="fetching", again=1))
            self._work(self._forget_bundle)


def _is_free(state: State) -> bool:
    """Whether nobody is served or works here, no money is under way and nothing is printed."""
    printing = any(one.state == "pending" for one in state.printing)
    return is_quiet(state) and state.training is None and state.staff is None and not printing


def _command(order: Order, kind: Literal["pause", "open"], now: Moment, minutes: int = 0) -> CommandCame:
    """As the console orders it, in the name of whoever ordered the update."""
    return CommandCame(
        id=f"{order.id}/{kind}/{now.utc_ms}"[:64],
        kind=kind,
        staff=order.staff,
        name=order.name,
        role=order.role,
        expires_utc_ms=now.utc_ms + _ASK_LASTS_MS,
        minutes=minutes,
    )
