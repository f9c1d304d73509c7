"""Loudness: how loud a cue is now, in dB(A) half a metre away (DESIGN-UI 2.7). Pure: the moment is handed in.

It follows `[sound]`, what staff have set on the lane (19j), the shop's quiet hours, and the shopper who asked for calm
sounds. Quiet hours and calm each take HALF_DB off, which is heard as half as loud; calm has fewer sounds too.
"""

from datetime import time

from kiosk.app.config_sound import SoundTable, level_of_step
from kiosk.checkout.effects import Beep, Cue
from kiosk.values.moment import Moment, wall_clock

HALF_DB = 10
FEWER: frozenset[Cue] = frozenset({"touch"})
"""What somebody who asked for calm does without: it only confirms what is felt."""


class Loudness:
    """Of one lane."""

    def __init__(self, table: SoundTable) -> None:
        self._table = table
        self._quiet = table.quiet_from_to

    def below_db(self, beep: Beep, now: Moment) -> int | None:
        """How far below the loudest that the loudspeaker gives; None: it is not heard at all."""
        table, tuning = self._table, beep.tuning
        volume = table.volume if tuning.volume is None else level_of_step(tuning.volume)
        if not volume or not tuning.beeps:
            return None
        if (beep.cue == "touch" and not table.touch) or (beep.calm and beep.cue in FEWER):
            return None
        quiet = tuning.quiet_hours and self._is_quiet(now)
        return self._below(volume, HALF_DB * (beep.calm + quiet))

    def levels(self) -> set[int]:
        """All that `below_db` may answer while staff have set nothing."""
        return {self._below(self._table.volume, less) for less in (0, HALF_DB, 2 * HALF_DB)}

    def _below(self, volume: int, less_db: int) -> int:
        """A loudspeaker that does not give so much gives what it can."""
        return max(0, self._table.loudest - volume) + less_db

    def _is_quiet(self, now: Moment) -> bool:
        if self._quiet is None:
            return False
        begins, ends = self._quiet
        here: time = wall_clock(now).time()
        return begins <= here < ends if begins <= ends else here >= begins or here < ends
