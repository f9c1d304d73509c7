"""Room: where things stand and how large they are, on this panel and for this shopper (DESIGN-UI, section 3).

One engine for all: panel size, Large text, Lower controls and languages that are written from the right are independent
of each other, and a Room is what they come to. Screens ask it and name no coordinates of their own:

- *zones* are rectangles: the same things stand at the same place on every screen;
- `font(28)` is a size of the design's type table on this panel: larger in portrait and in Large text, never below
  the panel's floor;
- `px(24)` is a length of the design, scaled to the panel; `touch(88)` one of something touchable, never below 80.

The design is 1280 x 800, or 1080 x 1920 upright. Another size scales it by the smaller ratio; then spare width goes
to the stage and spare height to the slip. What is written from the right is laid out from the left like the rest, and
turned over at the end (`mirror`).
"""

from functools import lru_cache
from typing import NamedTuple

from kiosk.checkout.settings import USUAL, Settings
from kiosk.checkout.state import State
from kiosk.ui.panel import USUAL_PANEL, Panel
from kiosk.ui.scene import Rect
from kiosk.ui.view import View

FLOOR_PX = 80
"""Nothing that can be touched is smaller."""
GAP_PX = 8
"""No two things that can be touched are nearer."""
KEY_COLUMNS = 11
"""Of a keyboard, at most."""
_UPRIGHT_ICONS = 8 / 7
_REACH = 0.4
"""Lower controls: everything touchable lies below this share of the height."""

# DESIGN-UI 2.4: each size of the usual text at 1280 x 800, upright at 1080 x 1920, and in Large text.
_TYPE = (
    (24, 28, 34),
    (26, 32, 36),
    (28, 32, 40),
    (32, 40, 44),
    (36, 46, 48),
    (40, 54, 52),
    (44, 54, 52),
    (56, 84, 76),
    (68, 84, 84),
    (84, 124, 96),
    (104, 128, 104),
)


class Zones(NamedTuple):
    """Rectangles of the screen; see DESIGN-UI 3.1 for what stands in each."""

    brand: Rect
    """Mark and lane number; no height: there is no room for it."""
    back: Rect
    title: Rect
    """Beside Back, or where that stands elsewhere, at the top of the page."""
    banner: Rect
    """In Large text it takes the brand bar's place too."""
    stage: Rect
    stage_under_banner: Rect
    prompt: Rect
    """The stage and the actions together."""
    prompt_under_banner: Rect
    actions: Rect
    utility: Rect
    slip: Rect
    """The paper without its torn end."""
    pay: Rect
    page: Rect
    """Left of the slip (upright: below it), under Back: what a page beside the slip may use."""
    whole: Rect
    """The whole width, under Back or title and above the utility row: a page without the slip."""
    keyboard: Rect
    notice: Rect
    """Lower controls: the strip that says so. No height: there is none."""
    turn: Rect
    """Lower controls: the two buttons that turn the slip's lines. No height: there are none."""


class Room(NamedTuple):
    """One layout. Compare, hash and cache it as you like."""

    panel: Panel
    large: bool
    reach: bool
    scale: float
    zones: Zones

    @property
    def screen(self) -> Rect:
        """All of it."""
        return Rect(0, 0, *self.panel.size)

    @property
    def portrait(self) -> bool:
        """Higher than wide."""
        return self.panel.size[1] > self.panel.size[0]

    @property
    def paged(self) -> "Room":
        """The room of a page with Back and the slip: upright, where Back stands below the slip, that is shorter."""
        if not self.portrait:
            return self
        slip = self.zones.slip._replace(h=self.zones.back.y - self.px(73))
        return self._replace(zones=self.zones._replace(slip=slip, turn=_NOTHING))

    @property
    def prompting(self) -> "Room":
        """The room of a prompt: upright and low, it takes the place of the buttons that turn the slip's lines."""
        if not (self.portrait and self.reach):
            return self
        zones, top = self.zones, self.zones.turn.y
        taller = {name: _raised(getattr(zones, name), top) for name in ("prompt", "prompt_under_banner")}
        return self._replace(zones=zones._replace(turn=_NOTHING, **taller))

    @property
    def door(self) -> Rect:
        """The staff's way in, behind the brand bar."""
        bar, high = self.zones.brand, self.touch(80)
        return Rect(bar.x - self.px(8), max(0, bar.y - self.px(16) - (high - self.px(80))), self.px(320), high)

    @property
    def top_touch(self) -> int:
        """The first pixel row where something touchable may begin."""
        return round(self.panel.size[1] * _REACH) if self.reach else 0

    @property
    def key_rows(self) -> int:
        """Of the keyboard: three of letters and the last; where eleven keys are too wide, each of the three in two."""
        return 4 if self._key_width(GAP_PX) >= FLOOR_PX else 7

    @property
    def key_gap(self) -> int:
        """Between two keys."""
        usual = max(self.px(12), GAP_PX)
        return usual if self._key_width(usual) >= FLOOR_PX or self.key_rows > 4 else GAP_PX

    @property
    def key_pad(self) -> int:
        """What the keys' bed is higher than they."""
        return GAP_PX // 2 if self.reach and not self.portrait else max(self.px(20), GAP_PX)

    def _key_width(self, gap: int) -> int:
        wide = self.panel.size[0] - 2 * self.px(40 if self.portrait else 32)
        return (wide - (KEY_COLUMNS - 1) * gap) // KEY_COLUMNS

    def px(self, design: int) -> int:
        """A length of the design."""
        return round(design * self.scale)

    def touch(self, design: int) -> int:
        """Height or width of something touchable."""
        return max(FLOOR_PX, round(design * self.scale))

    def icon(self, design: int) -> int:
        """The side of an icon: larger upright, where people stand further away."""
        return round(design * self.scale * (_UPRIGHT_ICONS if self.portrait else 1))

    def font(self, design: int) -> int:
        """A size of text, given as the design has it at 1280 x 800."""
        return font(self.panel, self.large, self.scale, design)

    def lines(self, design: int, count: int = 1, line_height: float = 1.2) -> int:
        """The height of so many lines of a size of the design."""
        return round(self.font(design) * line_height * count)


@lru_cache(maxsize=256)
def font(panel: Panel, large: bool, scale: float, design: int) -> int:
    """See Room.font. Between the sizes of the table in proportion."""
    upright = panel.size[1] > panel.size[0]
    usual = _interpolated(design, 1 if upright else 0)
    size = max(usual, round(usual * _interpolated(design, 2) / design)) if large else usual
    return max(panel.large_floor_px if large else panel.floor_px, round(size * scale))


def _interpolated(design: int, column: int) -> int:
    below = max((row for row in _TYPE if row[0] <= design), default=_TYPE[0])
    above = min((row for row in _TYPE if row[0] >= design), default=_TYPE[-1])
    if above == below:
        return round(below[column] * design / below[0])
    share = (design - below[0]) / (above[0] - below[0])
    return round(below[column] + share * (above[column] - below[column]))


def room_in(state: State, view: View) -> Room:
    """The layout of a shopper's screen as things are."""
    return room(view.panel, state.settings)


def office(view: View) -> Room:
    """The layout of a page for staff: whose settings the shopper's are not."""
    return room(view.panel)


@lru_cache(maxsize=64)
def room(panel: Panel = USUAL_PANEL, settings: Settings = USUAL) -> Room:
    """The layout of a panel for what a shopper has switched on."""
    width, height = panel.size
    upright = height > width
    scale = min(width / 1080, height / 1920) if upright else min(width / 1280, height / 800)
    bare = Room(panel, settings.large_text, settings.lower_controls, scale, _NOWHERE)
    return bare._replace(zones=_portrait(bare) if upright else _landscape(bare))


_NOTHING = Rect(0, 0, 0, 0)
_NOWHERE = Zones(*(_NOTHING for _ in Zones._fields))


def _raised(rect: Rect, top: int) -> Rect:
    return _between(top, rect.y + rect.h, rect.x, rect.w)


def _between(top: int, bottom: int, left: int, width: int) -> Rect:
    return Rect(left, top, width, bottom - top)


def _landscape(r: Room) -> Zones:
    """3.1, 3.3 and pictures 20b and 20c. Built from below: what is touched most keeps its size, the stage takes the
    rest."""
    px, touch = r.px, r.touch
    width, height = r.panel.size
    margin, bottom = px(32), height - px(24 if r.large else 28)
    slip_w = max(px(564 if r.large else 472), 400)
    left_w = width - slip_w - 3 * margin
    slip_x = width - margin - slip_w
    row, gap = touch(112 if r.large else 100), px(16 if r.large else 20)
    utility_h = touch(96 if r.large else 88)
    needed = touch(92) + px(20) + utility_h + px(24) + 2 * row + gap
    strip = r.reach and not r.large and bottom - needed >= r.top_touch
    notice = _between(bottom - touch(92), bottom, margin, left_w) if strip else _NOTHING
    low = notice.y - px(20) if strip else bottom
    utility = _between(low - utility_h, low, margin, left_w)
    actions_low = utility.y - px(24 if strip else 16 if r.large else 20)
    actions = _between(actions_low - 2 * row - gap, actions_low, margin, left_w)
    top = px(16 if r.reach else 100)
    stage = _between(top, actions.y - px(24), margin, left_w)
    banner_h = max(touch(88), (3 if r.large else 2) * round(r.font(26) * 1.22) + 16)
    banner_y = px(16) if r.large else max(px(96), max(0, px(8) + px(80) - touch(80)) + touch(80) + GAP_PX)
    banner = _between(banner_y, banner_y + banner_h, margin, left_w)
    under = banner.y + banner_h + px(16)
    back_h = touch(88)
    if r.reach:
        banner = notice._replace(h=max(notice.h, 0)) if strip else _between(stage.y, stage.y + banner_h, margin, left_w)
        under = top if strip else banner.y + banner_h + px(16)
    back = Rect(margin, px(24), touch(200), back_h)
    title = Rect(margin + back.w + px(24), px(24), left_w - back.w - px(24), back_h)
    if r.reach:
        back = Rect(margin, utility.y, max(px(170), round(r.font(28) * 4.3)), utility.h)
        title = Rect(margin, px(16), left_w, back_h)
    pay_h = touch(112)
    pay = _between(utility.y if strip else bottom - pay_h, bottom, slip_x, slip_w)
    slip_end = px(290) if r.reach else pay.y - px(40 if r.large else 36)
    turn_h = touch(92)
    turn = _between(pay.y - px(28) - turn_h, pay.y - px(28), slip_x, slip_w) if r.reach else _NOTHING
    head = title.y + title.h + px(24)
    return Zones(
        brand=_NOTHING if r.reach else Rect(margin, px(24), left_w, px(56)),
        back=back,
        title=title,
        banner=banner,
        stage=stage,
        stage_under_banner=_between(under, actions.y - px(16), margin, left_w),
        prompt=_between(top, utility.y - px(24), margin, left_w),
        prompt_under_banner=_between(under, utility.y - px(24), margin, left_w),
        actions=actions,
        utility=utility,
        slip=Rect(slip_x, 0, slip_w, slip_end),
        pay=pay,
        page=_between(head, utility.y - px(24), margin, left_w),
        whole=_between(head, utility.y - px(20), margin, width - 2 * margin),
        keyboard=_keyboard(r, margin),
        notice=notice,
        turn=turn,
    )


def _portrait(r: Room) -> Zones:
    """3.2 and pictures p01 to p10: the slip above, all that is touched below."""
    px, touch = r.px, r.touch
    width, height = r.panel.size
    margin, bottom = px(40), height - px(62)
    wide = width - 2 * margin
    gap = px(24)
    utility = _between(bottom - touch(116), bottom, margin, wide)
    banner_h = max(touch(116), 2 * round(r.font(26) * 1.22) + 16)
    notice = _between(utility.y - px(20) - banner_h, utility.y - px(20), margin, wide) if r.reach else _NOTHING
    pay_low = (notice.y if r.reach else utility.y) - px(20 if r.reach else 32)
    pay = _between(pay_low - touch(150), pay_low, margin, wide)
    row = touch(130)
    actions = _between(pay.y - px(36) - 2 * row - gap, pay.y - px(36), margin, wide)
    stage = _between(actions.y - px(32) - px(200 if r.reach else 300), actions.y - px(32), margin, wide)
    banner = notice if r.reach else Rect(margin, stage.y, wide, banner_h)
    under = stage.y if r.reach else stage.y + banner_h + px(16)
    turn = _NOTHING
    if r.reach:
        turn = Rect(margin, max(r.top_touch, stage.y - px(24) - touch(110)), wide, touch(110))
        stage = _between(turn.y + turn.h + px(24), stage.y + stage.h, margin, wide)
        under = stage.y
    slip_end = (turn.y if r.reach else stage.y) - px(52)
    back = Rect(margin, px(713) * height // round(1920 * r.scale), touch(250), touch(118))
    if r.reach:
        back = back._replace(y=max(back.y, r.top_touch))
    title = Rect(back.x + back.w + gap, back.y, wide - back.w - gap, back.h)
    head = back.y + back.h + px(53)
    return Zones(
        brand=_NOTHING,
        back=back,
        title=title,
        banner=banner,
        stage=stage,
        stage_under_banner=_between(under, stage.y + stage.h, margin, wide),
        prompt=_between(stage.y, actions.y + actions.h, margin, wide),
        prompt_under_banner=_between(under, actions.y + actions.h, margin, wide),
        actions=actions,
        utility=utility,
        slip=Rect(margin, 0, wide, slip_end),
        pay=pay,
        page=_between(head, pay.y + pay.h, margin, wide),
        whole=_between(px(40), pay.y + pay.h, margin, wide),
        keyboard=_keyboard(r, margin),
        notice=notice,
        turn=turn,
    )


def _keyboard(r: Room, margin: int) -> Rect:
    """The rows of keys at the bottom. Low controls: as far down as they go, so that one row more is in reach."""
    width, height = r.panel.size
    key = r.touch(116 if r.portrait else 84)
    high = r.key_rows * key + (r.key_rows - 1) * r.key_gap
    low = height - r.px(40 if r.portrait else 32)
    if r.reach and not r.portrait:
        low = height - GAP_PX
    return _between(low - high, low, margin, width - 2 * margin)
