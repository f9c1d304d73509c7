"""Loudspeaker: the speaker among the lane's devices, so that one that is away is told like any other.

What can be heard with is looked at every few seconds, which costs the listing of a folder; only when it has changed is
the sound card opened anew: a loudspeaker that is plugged in later plays, one that was pulled out is away.
"""

from collections.abc import Callable

from drivers.device import WithoutDescriptor
from drivers.events import Command, DeviceOffline, DeviceOnline, HardwareEvent
from kiosk.app.loudness import Loudness
from kiosk.checkout.devices import SPEAKER
from kiosk.checkout.effects import Beep
from kiosk.ui.sound import Speaker, may_sound
from kiosk.values.moment import Moment

LOOK_MS = 5_000


class Loudspeaker(WithoutDescriptor):
    """One lane's, called `speaker`."""

    def __init__(self, loudness: Loudness, hardware: Callable[[], str] = may_sound) -> None:
        """Opens the sound card. `hardware` is what there is to be heard with: another text when that has changed."""
        self.name = SPEAKER
        self._loudness, self._hardware = loudness, hardware
        self._had = hardware()
        self._speaker = Speaker(loudness.levels())
        self._told: str | None = None
        self._look_ms = 0

    def play(self, beep: Beep, now: Moment) -> None:
        """Begin the cue, as loud as it may be now, and return at once."""
        below_db = self._loudness.below_db(beep, now)
        if below_db is not None:
            self._speaker.play(beep.cue, below_db)

    def deadline_ms(self) -> int | None:
        """When it is looked at."""
        return self._look_ms

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """Look at it, if that is due."""
        if now_ms < self._look_ms:
            return []
        self._look_ms = now_ms + LOOK_MS
        has = self._hardware()
        if has != self._had:
            self._had = has
            self._speaker.open()
        trouble = self._speaker.trouble
        if trouble == self._told:
            return []
        self._told = trouble
        return [DeviceOffline(device=self.name, why=trouble) if trouble else DeviceOnline(device=self.name)]

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """It takes none: cues are the eyes' and ears', not the counter's."""
        raise AssertionError(f"{type(command).__name__} is not for the loudspeaker")

    def close(self) -> None:
        """Give the sound card back."""
        self._speaker.close()
