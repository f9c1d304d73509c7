"""`[sound]`: how loud the lane is, and when it is quieter (DESIGN-UI 2.7)."""

import re
from collections.abc import Iterator
from datetime import time

import msgspec

from kiosk.app.telling import Headphones
from kiosk.checkout.tuning import MOST

QUIETEST, LOUDEST = 40, 75
"""dB(A) half a metre from the loudspeaker: what a shop may set."""
LOUDEST_SPEAKER = 100
STEP_DB = 4
"""Between two steps of those that staff set; the sixth is the usual 60."""
_HOURS = re.compile(r"(([01]\d|2[0-3]):[0-5]\d)-(([01]\d|2[0-3]):[0-5]\d)")


def level_of_step(step: int) -> int:
    """dB(A) of a step from 1 to MOST."""
    return min(LOUDEST, QUIETEST + STEP_DB * (step - 1))


class SoundTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[sound]`: levels in dB(A), half a metre from the loudspeaker; 0 is silent."""

    volume: int = 60
    loudest: int = 75
    """What the loudspeaker gives at full level, by a sound level meter."""
    touch: bool = True
    """Whether a touch ticks."""
    headphones: Headphones = "detect"
    """When what the voice says reaches one person's ears only: then it says names and addresses too (`telling`)."""
    quiet_hours: str = ""
    """`21:00-08:00` on the shop's clock, over midnight too: then it is half as loud. Empty: never."""

    @property
    def step(self) -> int:
        """The volume in steps, as staff see it; 0 is silent."""
        return min(MOST, round((self.volume - QUIETEST) / STEP_DB) + 1) if self.volume else 0

    @property
    def quiet_from_to(self) -> tuple[time, time] | None:
        """When it is quiet, the end not included. None: never."""
        hours = _HOURS.fullmatch(self.quiet_hours)
        return (time.fromisoformat(hours[1]), time.fromisoformat(hours[3])) if hours else None

    def problems(self) -> Iterator[str]:
        """What cannot be meant."""
        if self.volume and not QUIETEST <= self.volume <= LOUDEST:
            yield f"sound.volume: {self.volume} is not from {QUIETEST} to {LOUDEST} dB(A), and not 0 for silence"
        elif self.volume > self.loudest:
            yield f"sound.volume: {self.volume} is more than this loudspeaker gives (loudest = {self.loudest})"
        if not QUIETEST <= self.loudest <= LOUDEST_SPEAKER:
            yield f"sound.loudest: {self.loudest} is not from {QUIETEST} to {LOUDEST_SPEAKER} dB(A)"
        quiet = self.quiet_from_to
        if self.quiet_hours and (quiet is None or quiet[0] == quiet[1]):
            yield f"sound.quiet_hours: {self.quiet_hours!r} is not from and to such as 21:00-08:00"
