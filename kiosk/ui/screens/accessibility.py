"""20a Accessibility: six switches, low enough for everyone; what they do shows at once behind them.

They go back to the shop's defaults when the visit ends. In Large text, whose utility row has no room for it, Language
stands here too.
"""

from typing import Literal, NamedTuple

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width, wrap
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.face import button, fits, target
from kiosk.ui.screens.sheet import docked, over
from kiosk.ui.screens.switch import knob
from kiosk.ui.screens.utility import cut, language, own_name
from kiosk.ui.view import OpenPage, ResetSettings, StepSpeed, StepVolume, SwitchSetting, View
from kiosk.ui.words import Words

Name = Literal["large_text", "high_contrast", "lower_controls", "voice", "more_time", "calm"]


class _Switch(NamedTuple):
    name: Name
    text: str
    icon: str
    on: bool


def _switches(state: State, words: Words) -> tuple[_Switch, ...]:
    say, now = words.say, state.settings
    return (
        _Switch("large_text", say("Large text"), "format-size", now.large_text),
        _Switch("high_contrast", say("High contrast"), "circle-opacity", now.high_contrast),
        _Switch("lower_controls", say("Lower controls"), "arrow-collapse-down", now.lower_controls),
        _Switch("voice", say("Voice guidance"), "headphones", now.voice),
        _Switch("more_time", say("More time"), "clock-outline", state.more_time),
        _Switch("calm", say("Calm sounds"), "volume-low", now.calm),
    )


def scene(base: Scene, state: State, view: View, words: Words) -> Scene:
    """The panel over the page that the shopper is on."""
    room = room_in(state, view)
    px, say = room.px, words.say
    switches = _switches(state, words)
    card = docked(round(room.panel.size[1] * (0.42 if room.portrait else 0.585)), room)
    inner = layout.inset(card, px(28), px(18))
    title, note = say("Make it easier for you"), say("Goes back to normal after you pay")
    title_px = next((s for s in (42, 36, 30) if fits(title, inner.w, 1, room.font(s), 700, True)), 28)
    title_h = round(room.font(title_px) * 1.2)
    titled = inner.h >= title_h + 3 * room.touch(88) + 2 * px(18) + px(16)
    top = inner.y + (title_h + px(16) if titled else 0)
    foot_h = room.touch(96)
    foot = Rect(inner.x, layout.below(inner) - foot_h, inner.w, foot_h)
    grid = Rect(inner.x, top, inner.w, foot.y - px(20) - top)
    painted: list[Element] = []
    if titled:
        painted += _head(inner, title, room.font(title_px), note, title_h, room)
    steps: tuple[str, ...] = ()
    if state.settings.voice:
        above, cells = _with_voice(grid, room)
        switches = tuple(switch for switch in switches if switch.name in ("voice", "more_time", "calm"))
        steps = tuple(text for _, text, _ in _steps(words))
        for cell, (says, text, icon) in zip(above, _steps(words), strict=True):
            painted += button(cell, says, text, room=room, icon=icon)
    else:
        across, down = (2, 3) if room.portrait else (3, 2)
        cells = layout.grid(grid, across, down, px(16), max(px(18), 10))
    for switch, cell in zip(switches, cells, strict=True):
        painted += _switch(cell, switch, words, room)
    painted += _foot(foot, state, words, room)
    order = (
        *(switch.text for switch in switches),
        *steps,
        say("Back to normal"),
        *_language_name(words, room),
        say("Done"),
    )
    return over(base, "20a-accessibility", card, tuple(painted), title, order, room)


def _with_voice(grid: Rect, room: Room) -> tuple[tuple[Rect, ...], tuple[Rect, ...]]:
    """While the voice is on: how loud and how fast it is, in the place of what is for eyes; three switches below."""
    gap = room.px(16)
    if room.portrait:
        cells = layout.grid(grid, 2, 4, gap, max(room.px(18), 10))
        return cells[:4], cells[4:7]
    high, low = layout.grid(grid, 1, 2, gap, max(room.px(18), 10))
    return layout.columns(high, 4, gap), layout.columns(low, 3, gap)


def _steps(words: Words) -> tuple[tuple[StepVolume | StepSpeed, str, str], ...]:
    say = words.say
    return (
        (StepVolume(-1), say("Softer"), "volume-minus"),
        (StepVolume(1), say("Louder"), "volume-plus"),
        (StepSpeed(-1), say("Slower"), "rewind"),
        (StepSpeed(1), say("Faster"), "fast-forward"),
    )


def _head(inner: Rect, title: str, size: int, note: str, high: int, room: Room) -> tuple[Element, ...]:
    wide = text_width(title, size, 700, True) + 4
    note_px = room.font(layout.CAPTION)
    beside = inner.w - wide - room.px(24)
    told = fits(note, beside, 1, note_px, 500)
    return (
        Label(Rect(inner.x, inner.y, min(wide, inner.w), high), title, size, 700, True, max_lines=1),
        *((Label(Rect(inner.x, inner.y, inner.w, high), note, note_px, colour="ink2", align="end"),) if told else ()),
    )


def _switch(cell: Rect, switch: _Switch, words: Words, room: Room) -> tuple[Element, ...]:
    """Icon and knob above, words below; where the cell is too low for that, words beside the knob."""
    px, font = room.px, room.font(layout.BODY)
    value = words.say("on") if switch.on else words.say("off")
    face = target(
        cell, SwitchSetting(switch.name), switch.text, role="switch", selected=switch.on, value=value,
        radius=room.px(20),
    )  # fmt: skip
    knob_w, knob_h = px(92), px(52)
    right = layout.right_of(cell) - px(24)
    lines = len(wrap(switch.text, cell.w - 2 * px(24), font, 600))
    text_h = round(lines * font * 1.15)
    if knob_h + text_h + px(14) <= cell.h and fits(switch.text, cell.w - 2 * px(24), 2, font, 600):
        spare = (cell.h - knob_h - text_h - px(6)) // 2
        at = Rect(right - knob_w, cell.y + max(px(6), spare), knob_w, knob_h)
        mark: tuple[Element, ...] = (
            Icon(Rect(cell.x + px(24), at.y, room.icon(48), knob_h), switch.icon, "primary", room.icon(46)),
        )
        words_at = Rect(cell.x + px(24), at.y + knob_h + px(4), cell.w - 2 * px(24), text_h)
    else:
        at, mark = Rect(right - knob_w + px(12), cell.y + (cell.h - knob_h) // 2, knob_w, knob_h), ()
        wide = at.x - cell.x - px(14) - px(10)
        font = font if fits(switch.text, wide, 2, font, 600) else room.font(24)
        if not fits(switch.text, wide, 2, font, 600):
            at = at._replace(x=at.x + px(28), w=at.w - px(24))
            wide += px(28)
        lines = len(wrap(switch.text, wide, font, 600))
        words_at = Rect(cell.x + px(14), cell.y + 4, wide, cell.h - 12)
    return (
        face,
        *mark,
        *knob(at, on=switch.on),
        Label(words_at, switch.text, font, 600, max_lines=max(2, lines), line_height=1.15),
    )


def step_words(step: StepVolume | StepSpeed, volume: int, speed: int, words: Words) -> str:
    """`Volume 8 of 10`, after a step."""
    if isinstance(step, StepVolume):
        return words.say("Volume {at} of 10", at=words.number(volume))
    return words.say("Speed {at} of 10", at=words.number(speed))


def _language_name(words: Words, room: Room) -> tuple[str, ...]:
    return (own_name(words),) if room.large else ()


def _has_room(rect: Rect, text: str, font: int, room: Room) -> bool:
    """Whether all of it stands on the button, without its icon if need be."""
    return fits(text, rect.w - 2 * room.px(8), max(1, int((rect.h - 12) / (font * 1.15))), font, 600)


def _foot(foot: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    back, done = words.say("Back to normal"), words.say("Done")
    gap = room.px(16)
    if room.large:
        one, two, three = cut(foot, (back, own_name(words), done), (38, 31, 31), gap, room)
        extra = language(two, state, words, room=room)
    else:
        one, three = layout.shares(foot, (340, 804), gap)
        extra = ()
    size = next((s for s in (28, 26) if _has_room(one, back, room.font(s), room)), 24)
    return (
        *button(one, ResetSettings(), back, room=room, icon="restore", size=size),
        *extra,
        *button(three, OpenPage(""), done, room=room, style="primary", icon="check-bold", size=34),
    )
