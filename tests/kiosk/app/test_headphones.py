"""Headphones at a lane: in, and it speaks on the screen that is seen; out, and it is silent in the same turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from drivers.headphones.switches import SETTLE_MS
from kiosk.app.telling import Headphones, Teller
from kiosk.checkout.events import SettingsChosen
from kiosk.checkout.settings import Settings
from kiosk.ui import gallery
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene
from kiosk.ui.voice import Speech
from kiosk.world.lane import Lane
from kiosk.world.shops import demo_shop

WORDS = words_of_gallery()["en"]
PRIVATE = "09-member"


class Mouth:
    """What it is saying now."""

    def __init__(self) -> None:
        self.saying: tuple[str, ...] = ()

    def speak(self, speech: Speech) -> None:
        self.saying = speech.sentences

    def hush(self) -> None:
        self.saying = ()


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    lane = Lane(demo_shop(tmp_path))
    lane.boot()
    lane.wait(3_000)
    yield lane
    lane.die()
    lane.shop.prices.close()


def _listen(lane: Lane) -> Mouth:
    mouth = Mouth()
    lane.running.screen._teller = Teller(mouth)
    return mouth


def test_in_it_speaks_and_out_it_is_silent_in_the_same_turn(lane: Lane) -> None:
    mouth, jack = _listen(lane), lane.shop.top.jack
    jack.insert()
    lane.wait(SETTLE_MS - 1)
    assert mouth.saying == ()
    lane.wait(2)
    assert "Skanna första varan" in mouth.saying
    jack.pull()
    lane.turn()
    assert mouth.saying == ()
    assert not lane.state.settings.voice


def test_a_sound_card_that_goes_is_silent_in_the_same_turn(lane: Lane) -> None:
    mouth, jack = _listen(lane), lane.shop.top.jack
    jack.insert()
    lane.wait(SETTLE_MS + 1)
    assert mouth.saying
    jack.unplug()
    lane.turn()
    assert mouth.saying == ()


def test_the_next_visit_begins_with_the_voice_only_where_headphones_are_in(lane: Lane) -> None:
    jack = lane.shop.top.jack
    lane.shop.top.jack.insert()
    lane.wait(SETTLE_MS + 1)
    lane.say(SettingsChosen(settings=Settings(voice=True, large_text=True)))
    lane.wait(100_000)
    assert lane.state.settings == Settings(voice=True)
    jack.pull()
    lane.wait(100_000)
    assert lane.state.settings == lane.state.lane.settings


def test_headphones_that_were_pulled_while_the_lane_was_off_do_not_speak_to_the_shop(lane: Lane) -> None:
    lane.shop.top.scanner.scan("9520001200014")
    lane.shop.top.jack.insert()
    lane.wait(1_000)
    assert lane.state.settings.voice
    lane.kill()
    lane.shop.top.jack.pull()
    lane.boot()
    lane.wait(3_000)
    assert not lane.state.settings.voice


@pytest.mark.parametrize(
    ("when", "plugged", "private"),
    [("detect", True, True), ("detect", False, False), ("always", False, True), ("never", True, False)],
)
def test_what_is_private_is_said_only_when_one_person_hears_it(when: Headphones, plugged: bool, private: bool) -> None:
    mouth = Mouth()
    state, view = gallery.visit_to(PRIVATE, "en")
    state = replace(state, settings=Settings(voice=True), devices=replace(state.devices, headphones=plugged))
    Teller(mouth, headphones=when).tell(scene(state, view, WORDS), state, view, WORDS)
    said = " ".join(mouth.saying)
    assert ("Sam" in said, "Details on screen" in said) == (private, not private)


def test_pulled_and_the_loudspeaker_wanted_in_one_turn_repeats_nothing_private() -> None:
    mouth = Mouth()
    state, view = gallery.visit_to(PRIVATE, "en")
    state = replace(state, settings=Settings(voice=True), devices=replace(state.devices, headphones=True))
    teller = Teller(mouth)
    teller.tell(scene(state, view, WORDS), state, view, WORDS)
    assert "Sam" in " ".join(mouth.saying)
    state = replace(state, devices=replace(state.devices, headphones=False))
    teller.tell(scene(state, view, WORDS), state, view, WORDS)
    teller.again(state, view, WORDS)
    assert mouth.saying and "Sam" not in " ".join(mouth.saying)
