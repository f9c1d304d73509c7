"""Trial on disk: the mark beside kiosk.toml, and kiosk.toml itself, each replaced whole.

`settle` is called by every start before anybody reads kiosk.toml. The order is always: the mark, then the file, then
the mark once more if its texts are done with; wherever the power is cut, the next start finds a mark that says what the
file must be.
"""

import stat
from pathlib import Path

import msgspec
import structlog

from kiosk.app.identity import written
from kiosk.app.trial import Trial, at_start, back, settled

_PRIVATE = 0o600
MARK = ".change"


class TrialDisk:
    """One lane's. Where kiosk.toml is a link, what it points to is replaced, and the mark stands beside that."""

    def __init__(self, config: Path) -> None:
        self.config = config.resolve()
        self.mark = self.config.with_name(self.config.name + MARK)

    def read(self) -> Trial | None:
        """What is under way or was the last; None: nothing ever was. A mark that is none counts as none."""
        try:
            return msgspec.json.decode(self.mark.read_bytes(), type=Trial)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            structlog.get_logger("changes").error("change.unreadable", file=str(self.mark), why=str(error))
            return None

    def text(self) -> str:
        """kiosk.toml as it is. OSError, UnicodeDecodeError."""
        return self.config.read_bytes().decode("utf-8")

    def keep(self, trial: Trial) -> None:
        """Replace the mark. OSError."""
        written(self.mark, msgspec.json.encode(trial), mode=_PRIVATE)

    def install(self, text: str) -> None:
        """Replace kiosk.toml, readable by the same people as before. OSError."""
        mode = stat.S_IMODE(self.config.stat().st_mode)
        written(self.config, text.encode("utf-8"), mode=mode)

    def settle(self, now_utc_ms: int) -> Trial | None:
        """What a start does first: finish what a power cut left, count this start, or take back what has failed.

        OSError if nothing can be written: then kiosk.toml is what it was.
        """
        found = self.read()
        if found is None:
            return None
        try:
            present = self.text()
        except (OSError, UnicodeDecodeError):
            return found  # told by whoever reads it next
        begun = at_start(found, present, now_utc_ms)
        if begun.trial != found:
            self.keep(begun.trial)
        if begun.text != present:
            self.install(begun.text)
        return self._done(begun.trial)

    def take_back(self, trial: Trial) -> Trial:
        """This trial, which is `back`, with the old text in its place again. OSError."""
        assert trial.stage == "back", trial.stage
        self.keep(trial)
        self.install(trial.old)
        return self._done(trial)

    def fails(self, why: str) -> bool:
        """The lane cannot be started with what it has: true if that was on trial and has been taken back. OSError."""
        found = self.read()
        if found is None or found.stage != "trying":
            return False
        self.take_back(back(found, why))
        return True

    def _done(self, trial: Trial) -> Trial:
        if trial.stage != "back" or not (trial.old or trial.new):
            return trial
        done = settled(trial)
        self.keep(done)
        return done
