"""Changing: the lane gets a change of its kiosk.toml, tries it when nobody is served, and says what came of it.

An errand of the link and a guest of the loop. A command names the change; it is fetched, checked by the same check as
`kiosk config check`, and kept as a trial (`trial`, `trial_disk`). The restart into it, and the one back, wait until
nobody is served and no money is under way. What the lane runs on, without its secrets, and how the trial stands is told
to the store at every connection and whenever it changes; the store's answer to the report of a running trial is the
contact that the trial waits for.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
import structlog

from drivers.life import Life
from kiosk.app.background import Job
from kiosk.app.config import Config
from kiosk.app.config_check import wrong_with_change
from kiosk.app.trial import Standing, Trial, begun, refused, watched
from kiosk.app.trial_disk import TrialDisk
from kiosk.checkout.closing import is_quiet
from kiosk.checkout.commanding import why_not_restart
from kiosk.checkout.paying import fault
from kiosk.checkout.state import Phase, State
from kiosk.values.hidden import hidden, revealed
from kiosk.values.moment import Moment
from kiosk.values.settings import BadSettings
from kiosk.wire.asking import Lookup
from kiosk.wire.configuring import ChangeAnswer, ChangeAsk, ConfigAnswer, ConfigAsk, KnownKey

LOOK_EVERY_MS = 1_000
LONGEST_TEXT = 64 << 10
"""Bytes of a kiosk.toml; ours with every comment has half of it."""
_THERE = ("ready", "degraded", "faulty")


class Changing:
    """One lane's."""

    def __init__(
        self,
        disk: TrialDisk,
        config: Config,
        keys: tuple[KnownKey, ...],
        lives: Callable[[], Mapping[str, Life]],
        background: Callable[[Job], None],
    ) -> None:
        """`disk` has been settled by this start; `lives` says how each device is. OSError, BadSettings."""
        self._disk, self._config, self._lives, self._background = disk, config, lives, background
        text = hidden(disk.text())
        digest = hashlib.sha256(text.encode() + msgspec.json.encode(keys)).hexdigest()
        self._whole = ConfigAsk(digest=digest, text=text, keys=keys)
        self._trial = disk.read()
        self._asks: list[Lookup] = []
        self._heard = False
        """The store knows of the trial that runs."""
        self._wanted = ""
        """A change that is to be fetched."""
        self._started_ms: int | None = None
        self._next_ms = 0
        self._log = structlog.get_logger("changes")
        self.lost()

    # --- an errand of the link ----------------------------------------------------------------------------------------

    def fetch(self, change: str) -> None:
        """Somebody who may has ordered it."""
        if self._trial is None or self._trial.change != change:
            self._wanted = change
            self._ask_for_it()

    def ask(self, now: Moment) -> Lookup | None:
        """The next question, if there is one."""
        return self._asks.pop(0) if self._asks else None

    def heard(self, asked: Lookup, answer: Any) -> None:
        """The store's answer."""
        match asked, answer:
            case ConfigAsk(), ConfigAnswer():
                self._told(asked, answer)
            case ChangeAsk(change=change), ChangeAnswer(text=text) if change == self._wanted:
                self._background(lambda: self._stage(change, text))
            case ChangeAsk(change=change), None if change == self._wanted:
                self._wanted = ""  # it was withdrawn

    def lost(self) -> None:
        """Everything is said anew."""
        self._asks = [self._report()]
        self._ask_for_it()

    def _told(self, asked: ConfigAsk, answer: ConfigAnswer) -> None:
        trial = self._trial
        if not answer.known and not asked.text:
            self._asks.append(msgspec.structs.replace(self._report(), text=self._whole.text, keys=self._whole.keys))
        if trial is not None and trial.stage == "trying" and answer.ours and asked.change == trial.change:
            self._heard = True
        if answer.wanted and answer.wanted != self._wanted:
            self.fetch(answer.wanted)

    def _ask_for_it(self) -> None:
        """Not while another is on trial: then the store names it again when that is told of."""
        if self._wanted and not (self._trial is not None and self._trial.stage == "trying"):
            self._asks.append(ChangeAsk(change=self._wanted))

    def _report(self) -> ConfigAsk:
        trial, digest = self._trial, self._whole.digest
        if trial is None:
            return ConfigAsk(digest=digest)
        return ConfigAsk(digest=digest, change=trial.change, stage=trial.stage, why=trial.why, line=trial.line)

    # --- in the background --------------------------------------------------------------------------------------------

    def _stage(self, change: str, text: str) -> Iterable[Any]:
        """Look at it, and keep it as a trial that waits, or as one that is refused."""
        changes = self._config.changes
        trial = Trial(change, "waiting", watch_ms=changes.watch_s * 1_000, most_starts=changes.starts)
        try:
            old = self._disk.text()
            trial = self._looked_at(trial, text, old)
            self._disk.keep(trial)
        except (OSError, UnicodeDecodeError) as error:
            folder = self._disk.config.parent
            trial = refused(trial, f"the lane cannot write in {folder}: {error}; let its account write there")
        self._log.info("change.fetched", change=change, stage=trial.stage, why=trial.why)
        return [Changed(trial)]

    def _looked_at(self, trial: Trial, text: str, old: str) -> Trial:
        if not self._config.changes.allowed:
            return refused(trial, "[changes] allowed = false: kiosk.toml of this lane is changed at the machine only")
        if len(text.encode()) > LONGEST_TEXT:
            return refused(trial, f"it has more than {LONGEST_TEXT} bytes")
        try:
            new = revealed(text, old)
        except BadSettings as problem:
            new = text
            found = wrong_with_change(text, self._config, self._disk.config.parent)
            if found is None:
                return refused(trial, str(problem))
        found = wrong_with_change(new, self._config, self._disk.config.parent)
        if found is not None:
            return refused(trial, found.why, found.line)
        if new == old:
            return refused(trial, "it is what the lane runs on already")
        return msgspec.structs.replace(trial, new=new, old=old)

    def _keep(self, trial: Trial) -> Iterable[Any]:
        try:
            self._disk.keep(trial)
        except OSError as error:
            self._log.error("change.not_kept", change=trial.change, why=str(error))
            return ()  # it is on trial still, and kept at the next look
        self._log.info("change.kept", change=trial.change)
        return [Changed(trial)]

    # --- a guest of the loop ------------------------------------------------------------------------------------------

    def changed(self, news: "Changed") -> None:
        """A trial is another than it was."""
        self._trial = news.trial
        if self._wanted == news.trial.change:
            self._wanted = ""
        self._asks.append(self._report())

    def turn(self, state: State, now: Moment) -> bool:
        """Whether this process is to end now and to be started again: into a change, or back from one."""
        if self._started_ms is None:
            self._started_ms = now.tick_ms
        trial = self._trial
        if trial is None or trial.stage not in ("waiting", "trying") or now.tick_ms < self._next_ms:
            return False
        self._next_ms = now.tick_ms + LOOK_EVERY_MS
        if trial.stage == "waiting":
            ready = state.staff is None and not why_not_restart(state, now.tick_ms)
            return ready and self._begin(trial, state, now)
        return self._watch(trial, state, now.tick_ms - self._started_ms)

    def deadline_ms(self) -> int | None:
        """When to look again."""
        under_way = self._trial is not None and self._trial.stage in ("waiting", "trying")
        return self._next_ms if under_way else None

    def _begin(self, trial: Trial, state: State, now: Moment) -> bool:
        had = tuple(name for name in state.lane.needs if not self._lacks(name))
        try:
            text = self._disk.text()
            trial = begun(trial, text, now.utc_ms, had, was_open=_is_open(state))
            self._disk.keep(trial)
            if trial.stage == "trying":
                self._disk.install(trial.new)
        except (OSError, UnicodeDecodeError) as error:
            self._log.error("change.not_begun", change=trial.change, why=str(error))
            self._next_ms += 10 * LOOK_EVERY_MS
            return False
        self._log.info("change.begun", change=trial.change, stage=trial.stage)
        if trial.stage != "trying":
            self.changed(Changed(trial))
        return trial.stage == "trying"

    def _watch(self, trial: Trial, state: State, ran_ms: int) -> bool:
        lacks = tuple(name for name in state.lane.needs if self._lacks(name))
        after = watched(trial, Standing(is_open=_is_open(state), lacks=lacks, heard=self._heard), ran_ms)
        if after.stage == "kept":
            self._background(lambda: self._keep(after))
        if after.stage != "back" or not is_quiet(state):
            return False
        try:
            self._disk.take_back(after)
        except OSError as error:
            self._log.error("change.not_taken_back", change=trial.change, why=str(error))
            return False
        self._log.warning("change.taken_back", change=trial.change, why=after.why)
        return True

    def _lacks(self, device: str) -> bool:
        life = self._lives().get(device)
        return life is not None and life.stage not in _THERE


class Changed(msgspec.Struct, frozen=True):
    """To the loop, from the background: how the change stands now."""

    trial: Trial


class NoChanging:
    """A lane whose kiosk.toml nobody changes but at the machine."""

    def fetch(self, change: str) -> None:
        """Nothing."""

    def changed(self, news: Changed) -> None:
        """Nothing."""

    def turn(self, state: State, now: Moment) -> bool:
        """Never."""
        return False

    def deadline_ms(self) -> None:
        """Never."""


def _is_open(state: State) -> bool:
    """Whether somebody could shop, or does; whatever a device has to do with it is asked of the devices."""
    return state.phase is not Phase.CLOSED and fault(state) != "signer"
