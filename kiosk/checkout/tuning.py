"""Tuning: what staff have set on this lane from 19j. It outlives visits and restarts; only another touch changes it.

The configuration says what a lane begins with; what is set here is said on top of it. A language that the lane no
longer has is forgotten.
"""

import msgspec

MOST = 10
"""The loudest step; 0 is silent."""


class Tuning(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`None` and empty: as the configuration has it."""

    start_language: str = ""
    """What every visit begins in."""
    volume: int | None = None
    """Of the beeps, in steps from 1 to MOST."""
    beeps: bool = True
    voice_volume: int | None = None
    """Of the voice, likewise."""
    voice: bool = True
    """Whether the lane speaks to whoever asks for it."""
    quiet_hours: bool = True
    """Whether the quiet hours of the configuration hold."""


def first_language(languages: tuple[str, ...], tuning: Tuning) -> str:
    """The language that a visit begins in."""
    return tuning.start_language if tuning.start_language in languages else languages[0]
