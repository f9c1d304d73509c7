"""How loud the lane is: by its configuration, its clock and the shopper; and a loudspeaker that comes and goes."""

import pytest

from drivers.events import DeviceOffline, DeviceOnline
from kiosk.app.config_sound import SoundTable
from kiosk.app.loudness import Loudness
from kiosk.app.loudspeaker import LOOK_MS, Loudspeaker
from kiosk.checkout.effects import Beep
from kiosk.checkout.tuning import Tuning
from kiosk.values.moment import Moment

NIGHT = SoundTable(quiet_hours="21:00-08:00")
MIDNIGHT_UTC_MS = 1_764_028_800_000
"""2025-11-25 00:00 UTC."""


def at(clock: str, offset_min: int = 60) -> Moment:
    """When the shop's clock says so."""
    hours, minutes = clock.split(":")
    return Moment(MIDNIGHT_UTC_MS + (int(hours) * 60 + int(minutes) - offset_min) * 60_000, 0, "", offset_min)


def level(table: SoundTable, beep: Beep, clock: str = "12:00", offset_min: int = 60) -> int | None:
    """In dB(A)."""
    below = Loudness(table).below_db(beep, at(clock, offset_min))
    return None if below is None else table.loudest - below


@pytest.mark.parametrize(
    ("clock", "db"),
    [("20:59", 60), ("21:00", 50), ("23:59", 50), ("00:00", 50), ("07:59", 50), ("08:00", 60), ("12:00", 60)],
)
@pytest.mark.parametrize("offset_min", [0, 60, 120, -300])
def test_quiet_hours_are_the_shops_own_over_midnight(clock: str, db: int, offset_min: int) -> None:
    assert level(NIGHT, Beep("paid"), clock, offset_min) == db


@pytest.mark.parametrize(("clock", "db"), [("12:59", 60), ("13:00", 50), ("14:59", 50), ("15:00", 60)])
def test_quiet_hours_in_the_afternoon(clock: str, db: int) -> None:
    assert level(SoundTable(quiet_hours="13:00-15:00"), Beep("paid"), clock) == db


def test_without_quiet_hours_the_night_is_as_loud_as_the_day() -> None:
    assert level(SoundTable(), Beep("paid"), "03:00") == 60


def test_calm_sounds_are_half_as_loud_and_fewer() -> None:
    assert [level(SoundTable(), Beep(cue, calm=True)) for cue in ("paid", "attention", "countdown")] == [50, 50, 50]
    assert (level(SoundTable(), Beep("touch")), level(SoundTable(), Beep("touch", calm=True))) == (60, None)


def test_a_touch_may_be_silent_and_a_lane_too() -> None:
    assert level(SoundTable(touch=False), Beep("touch")) is None
    assert level(SoundTable(touch=False), Beep("scan-ok")) == 60
    assert level(SoundTable(volume=0), Beep("paid")) is None


def test_staff_set_it_on_the_lane() -> None:
    """19j: ten steps from 40 to 75 dB(A), off, and quiet hours that hold or do not."""
    steps = [level(SoundTable(), Beep("paid", tuning=Tuning(volume=step))) for step in range(1, 11)]
    assert steps == [40, 44, 48, 52, 56, 60, 64, 68, 72, 75]
    assert level(SoundTable(), Beep("paid", tuning=Tuning(beeps=False))) is None
    assert level(NIGHT, Beep("paid", tuning=Tuning(volume=10)), "22:00") == 65
    assert level(NIGHT, Beep("paid", tuning=Tuning(quiet_hours=False)), "22:00") == 60
    assert level(SoundTable(volume=0), Beep("paid", tuning=Tuning(volume=1))) == 40


def test_calm_in_quiet_hours_is_a_quarter_as_loud() -> None:
    assert level(NIGHT, Beep("paid", calm=True), "22:00") == 40


@pytest.mark.parametrize(("volume", "step"), [(0, 0), (40, 1), (60, 6), (61, 6), (75, 10)])
def test_staff_see_the_configurations_volume_in_steps(volume: int, step: int) -> None:
    assert SoundTable(volume=volume).step == step


def test_a_weak_loudspeaker_gives_what_it_can() -> None:
    assert Loudness(SoundTable(loudest=65)).below_db(Beep("paid", tuning=Tuning(volume=10)), at("12:00")) == 0


@pytest.mark.parametrize("table", [SoundTable(), NIGHT, SoundTable(volume=41, loudest=90), SoundTable(volume=0)])
def test_every_level_is_ready_before_it_is_wanted(table: SoundTable) -> None:
    loudness = Loudness(table)
    asked = {loudness.below_db(Beep("paid", calm), at(clock)) for calm in (False, True) for clock in ("12:00", "22:00")}
    assert asked - {None} <= loudness.levels()


def test_a_loudspeaker_that_comes_and_goes_is_told_as_a_device(monkeypatch: pytest.MonkeyPatch) -> None:
    there = ["pcmC0D0p"]
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    speaker = Loudspeaker(Loudness(SoundTable()), lambda: there[0])
    assert speaker.service(0) == [DeviceOnline(device="speaker")]
    assert speaker.deadline_ms() == LOOK_MS
    assert speaker.service(LOOK_MS) == []
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    assert speaker.service(2 * LOOK_MS) == [], "nothing was plugged or pulled: it is not opened anew"
    there[0] = ""
    (gone,) = speaker.service(3 * LOOK_MS)
    assert isinstance(gone, DeviceOffline) and gone.why.startswith("No sound: ")
    speaker.play(Beep("paid"), at("12:00"))
    assert speaker.service(4 * LOOK_MS) == []
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    there[0] = "pcmC1D0p"
    assert speaker.service(5 * LOOK_MS) == [DeviceOnline(device="speaker")]
    speaker.play(Beep("paid"), at("12:00"))
    speaker.close()
