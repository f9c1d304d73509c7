"""Settings: how one shopper wants the lane to be (DESIGN-UI, 20a), for this visit only.

Independent of each other. They belong to the shop's memory and not to the eyes alone, because lights, sounds and
time-outs follow them too, and because a lane that restarts in the middle of a visit must come back as it was.
`more_time` stands in the state beside them: 17 switches it on as well.
"""

import msgspec


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Six switches of the panel, but for More time."""

    large_text: bool = False
    high_contrast: bool = False
    lower_controls: bool = False
    """All that is touched lies in the lower 60 % of the screen."""
    voice: bool = False
    calm: bool = False
    """Quiet sounds, steady lights, no motion."""


USUAL = Settings()
