"""Keypad hands: what somebody does who uses the keypad, or headphones, by the phrases that stories use for it."""

from drivers.events import Key
from drivers.headphones.switches import SETTLE_MS
from kiosk.world.stage import A_MOMENT_MS, NotThere, Stage
from kiosk.world.story import Grammar

KEYPAD = Grammar()


@KEYPAD.says("press {key}")
@KEYPAD.says("press {key} {count} times")
def press(stage: Stage, key: Key, count: int = 1) -> None:
    """A key of the keypad: up, down, left, right, ok, back, help, louder, softer, or a digit."""
    for _ in range(count):
        stage.act(lambda: stage.top.keypad.press(key))


@KEYPAD.says("hold {key} {time}")
def hold(stage: Stage, key: Key, time: int) -> None:
    stage.act(lambda: stage.top.keypad.hold(key, time), time + A_MOMENT_MS)


@KEYPAD.says("find {text} by keys")
def find(stage: Stage, text: str) -> None:
    """Onwards, key by key, until the ring is around this button; no further than once round the screen."""
    for _ in range(len(stage.buttons()) + 1):
        if stage.view.focus == text:
            return
        press(stage, "right")
    raise NotThere(f'the keys do not come to "{text}"; the ring is around "{stage.view.focus}"')


@KEYPAD.says("unplug the keypad")
def unplug_keypad(stage: Stage) -> None:
    stage.act(stage.top.keypad.unplug)


@KEYPAD.says("plug the keypad in")
def plug_keypad(stage: Stage) -> None:
    stage.act(stage.top.keypad.plug, 3_000)


@KEYPAD.says("plug headphones in")
def plug_headphones(stage: Stage) -> None:
    stage.act(stage.top.jack.insert, SETTLE_MS + A_MOMENT_MS)


@KEYPAD.says("pull headphones out")
def pull_headphones(stage: Stage) -> None:
    stage.act(stage.top.jack.pull)


@KEYPAD.says("the sound card goes away")
def lose_sound_card(stage: Stage) -> None:
    stage.act(stage.top.jack.unplug)


@KEYPAD.says("the sound card is back")
def find_sound_card(stage: Stage) -> None:
    stage.act(stage.top.jack.plug, 3_000)
