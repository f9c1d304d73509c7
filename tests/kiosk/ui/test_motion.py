"""Motion: what is new comes softly, is there in the end, and never keeps a finger waiting."""

import pygame
import pytest
from msgspec.structs import replace

from kiosk.ui import gallery, motion
from kiosk.ui.painter import Painter
from kiosk.ui.scene import Box, Picture, Rect, Scene, buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene

begin, seen = motion.begin, motion.seen
WORDS = words_of_gallery()


def stop(name: str) -> Scene:
    return make_scene(*gallery.visit_to(name, "en"), WORDS["en"])


def without_the_newest(scene: Scene) -> Scene:
    """The same screen a scan earlier, as far as motion can tell: another line was the newest, another picture shown."""
    earlier = [replace(e, enters="line 99") if isinstance(e, Box) and e.enters else e for e in scene.elements]
    stage = max((e for e in earlier if isinstance(e, Picture)), key=lambda e: e.rect.w)
    earlier[earlier.index(stage)] = replace(stage, source="svg:bread")
    return replace(scene, elements=tuple(earlier))


def on_paper(*scenes: Scene) -> tuple[bytes, Painter]:
    canvas = pygame.Surface(scenes[-1].size, 0, 32)
    painter = Painter(canvas)
    for scene in scenes:
        painter.paint(scene)
    return pygame.image.tobytes(canvas, "RGB"), painter


def without_a_line() -> Scene:
    """02 after the line before the last was taken out."""
    state, view = gallery.visit_to("02-scanning", "en")
    lines = (*state.basket.lines[:-2], state.basket.lines[-1])
    return make_scene(replace(state, basket=replace(state.basket, lines=lines)), view, WORDS["en"])


CHANGES = {
    "line": (without_the_newest(stop("02-scanning")), stop("02-scanning")),
    "banner": (stop("02-scanning"), stop("18d-offline-still-selling")),
    "sheet": (stop("02-scanning"), stop("20a-accessibility")),
    "leaving sheet": (stop("20a-accessibility"), stop("02-scanning")),
    "line taken out": (stop("02-scanning"), without_a_line()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_its_time_everything_stands_where_it_belongs(change: str) -> None:
    before, after = CHANGES[change]
    moving = motion.begin(before, after, (), 1_000)
    assert moving
    end = max(one.ends_ms for one in moving)
    frames = [motion.seen(after, moving, now) for now in range(1_000, end + motion.FRAME_MS, motion.FRAME_MS)]
    assert frames[0] != after and frames[-1] == after
    assert on_paper(before, *frames)[0] == on_paper(after)[0], "what moved left something behind"
    assert motion.due_ms(moving, end) is None


@pytest.mark.parametrize("change", CHANGES)
def test_every_frame_is_the_same_painted_whole_or_as_a_difference(change: str) -> None:
    before, after = CHANGES[change]
    moving = motion.begin(before, after, (), 0)
    frames = [motion.seen(after, moving, now) for now in (0, 30, 90, 150)]
    for count in range(1, len(frames) + 1):
        assert on_paper(before, *frames[:count])[0] == on_paper(frames[count - 1])[0]


def test_a_new_line_can_be_read_and_its_price_is_there_in_the_first_frame() -> None:
    before, after = CHANGES["line"]
    first = motion.seen(after, motion.begin(before, after, (), 0), 0)
    told = [o for e, o in zip(first.elements, first.opacity, strict=True) if getattr(e, "text", "") == "Vine tomatoes"]
    assert told and set(told) == {255}


def test_what_can_be_touched_is_the_same_on_the_way() -> None:
    before, after = CHANGES["sheet"]
    way = motion.seen(after, motion.begin(before, after, (), 0), 60)
    assert [(b.name, b.says) for b in buttons(way)] == [(b.name, b.says) for b in buttons(after)]


@pytest.mark.parametrize("change", CHANGES)
def test_a_touch_on_the_way_means_what_the_new_screen_says(change: str) -> None:
    """What goes is still seen, and takes no touch from what is there."""
    before, after = CHANGES[change]
    way = motion.seen(after, motion.begin(before, after, (), 0), 30)
    assert [(b.name, b.says) for b in buttons(way)] == [(b.name, b.says) for b in buttons(after)]


def test_a_sheet_sinks_and_fades_over_what_is_true_already() -> None:
    before, after = CHANGES["leaving sheet"]
    moving = motion.begin(before, after, (), 0)
    cards = [
        next((e.rect.y, o) for e, o in zip(way.elements, way.opacity, strict=True)
             if isinstance(e, Box) and e.enters.startswith("sheet"))
        for way in (motion.seen(after, moving, now) for now in (0, 60, 200))
    ]  # fmt: skip
    assert cards[0][1] == 255 and cards == sorted(cards, key=lambda card: (card[0], -card[1]))
    assert cards[0][0] < cards[1][0] < cards[2][0] and cards[2][1] < 30


def test_a_sheet_that_opens_meanwhile_is_not_covered_by_the_one_that_goes() -> None:
    before, after = CHANGES["leaving sheet"]
    moving = motion.begin(before, after, (), 0)
    assert all(one.what != "leaves" for one in motion.begin(after, stop("01-languages"), moving, 60))


def test_lines_above_one_that_was_taken_out_come_down_into_its_place() -> None:
    before, after = CHANGES["line taken out"]
    moving = motion.begin(before, after, (), 0)

    def bread(scene: Scene) -> int:
        return next(b.rect.y for b in buttons(scene) if b.name.startswith("Rye bread"))

    assert bread(motion.seen(after, moving, 0)) == bread(before) < bread(after)
    assert motion.begin(after, before, (), 0) == () or all(m.what != "fold" for m in motion.begin(after, before, (), 0))


def test_nothing_folds_when_the_slip_turns_into_a_sum() -> None:
    moving = motion.begin(stop("02-scanning"), stop("10-pay-choice"), (), 0)
    assert not any(one.gone or one.from_px for one in moving)


def test_a_second_scan_leaves_the_first_line_where_it_belongs() -> None:
    before, after = CHANGES["line"]
    moving = motion.begin(before, after, (), 0)
    again = motion.begin(after, before, moving, 90)
    assert [one.what for one in again if one.what.startswith("line")] == ["line 99"]


def test_a_banner_goes_on_coming_while_the_clock_ticks() -> None:
    before, after = CHANGES["banner"]
    moving = motion.begin(before, after, (), 0)
    ticked = replace(after, title="a second later")
    assert motion.begin(after, ticked, moving, 100) == moving


def test_what_is_for_sale_dips_three_times_and_rests_between() -> None:
    welcome = stop("01-welcome")
    moving = motion.begin(stop("15-thank-you"), welcome, (), 0)
    assert [one.what for one in moving] == ["dip"]
    still = next(e for e in welcome.elements if isinstance(e, Picture) and e.source == motion.DIPPING)

    def down(now_ms: int) -> int:
        scene = motion.seen(welcome, moving, now_ms)
        return next(e.rect.y for e in scene.elements if getattr(e, "source", "") == motion.DIPPING) - still.rect.y

    assert [down(now) for now in (500, 6_500, 12_500)] == [12, 12, 12]
    assert [down(now) for now in (1_500, 5_990, 8_000, 13_500, 18_500, 24_500)] == [0] * 6
    assert motion.due_ms(moving, 1_200) == 6_000
    assert motion.due_ms(moving, 13_100) is None


def test_the_shops_own_pictures_dissolve_slowly_and_never_show_the_ground() -> None:
    """The one that goes stays whole below the one that comes: nothing darkens, nothing flashes (WCAG 2.2, 2.3.1)."""
    whole = Rect(0, 0, 1280, 800)
    before = Scene("01-attract", (1280, 800), "deep", (Picture(whole, "held:1 a.png"),))
    after = Scene("01-attract", (1280, 800), "deep", (Picture(whole, "held:2 b.png"),))
    moving = begin(before, after, (), 1_000)
    half = seen(after, moving, 1_500)
    assert half.elements == (*before.elements, *after.elements)
    assert half.opacity[0] == 255
    assert 120 <= half.opacity[1] <= 135
    assert seen(after, moving, 2_000) == after
