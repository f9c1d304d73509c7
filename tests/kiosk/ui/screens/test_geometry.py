"""What every screen must be for a hand, in every language and with a banner: reachable, apart, whole, a way out."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

import pytest
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.item import Item
from kiosk.ui import gallery, layout
from kiosk.ui.measure import block_width, text_width, wrap
from kiosk.ui.scene import Button, Element, Label, Mark, Rect, Row, Scene, Word, buttons
from kiosk.ui.screens.practice import frame
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import OpenPage, ShowWhy
from kiosk.values.money import Money

WORDS = words_of_gallery()
LONG_REASON = "The terminal is busy. Please wait a moment."


def _scenes() -> dict[str, Scene]:
    scenes = {}
    for language, words in WORDS.items():
        for name in gallery.STOPS:
            state, view = gallery.visit_to(name, language)
            scenes[f"{name} {language}"] = make_scene(state, view, words)
            told = replace(view, why=words.say(LONG_REASON))
            scenes[f"{name} {language} with a banner"] = make_scene(state, told, words)
    return scenes


SCENES = _scenes()


def wrong(law: Callable[[Scene], Iterable[object]]) -> dict[str, list[object]]:
    """What breaks a law, by the screens that do. One test a law: thousands of tests cost more than what they do."""
    return {name: broken for name, scene in SCENES.items() if (broken := list(law(scene)))}


def test_everything_that_can_be_touched_is_large_enough() -> None:
    assert not wrong(lambda scene: [b.name for b in buttons(scene) if min(b.rect.w, b.rect.h) < layout.FLOOR_PX])


def _is_row_of_a_list(button: Button) -> bool:
    """Rows of the slip lie on each other like lines of a receipt; each is high enough by itself."""
    return button.rect.x == layout.SLIP.x and button.rect.w == layout.SLIP.w and button.rect.y < layout.PAY.y


def _apart(a: Rect, b: Rect) -> int:
    """Pixels between two rectangles; negative when they overlap."""
    across = max(b.x - (a.x + a.w), a.x - (b.x + b.w))
    down = max(b.y - (a.y + a.h), a.y - (b.y + b.h))
    return max(across, down)


def _near(scene: Scene) -> list[object]:
    return [
        (a.name, b.name, _apart(a.rect, b.rect))
        for a, b in combinations(buttons(scene), 2)
        if _apart(a.rect, b.rect) < layout.GAP_PX and not (_is_row_of_a_list(a) and _is_row_of_a_list(b))
    ]


def test_no_two_targets_are_so_near_that_a_finger_takes_the_wrong_one() -> None:
    assert not wrong(_near)


def _off_the_screen(element: Element) -> bool:
    x, y, w, h = element.rect
    return not (x >= 0 and x + w <= 1280 and y >= 0 and y + h <= 800)


def test_everything_lies_on_the_screen() -> None:
    assert not wrong(lambda scene: filter(_off_the_screen, scene.elements))


def _too_long(scene: Scene) -> Iterator[object]:
    for element in scene.elements:
        if (isinstance(element, Label) and not _label_fits(element)) or (
            isinstance(element, Row) and not _row_fits(element)
        ):
            yield element


def test_every_text_fits_where_it_stands() -> None:
    assert not wrong(_too_long)


def _label_fits(label: Label) -> bool:
    if label.amount:
        return text_width(label.text, label.size, label.weight, label.display) <= label.rect.w
    lines = wrap(label.text, label.rect.w, label.size, label.weight, label.display)
    widest = block_width(label.text, label.rect.w, label.size, label.weight, label.display)
    high = len(lines) * label.size
    return len(lines) <= label.max_lines and widest <= label.rect.w and high <= label.rect.h + label.size // 4


def _row_fits(row: Row) -> bool:
    marks = sum(part.size for part in row.parts if isinstance(part, Mark))
    room = row.rect.w - marks - row.gap * (len(row.parts) - 1) - 2 * row.pad
    words = [part for part in row.parts if isinstance(part, Word)]
    if len(words) == 1:
        lines = wrap(words[0].text, room, words[0].size, words[0].weight, words[0].display)
        widest = block_width(words[0].text, room, words[0].size, words[0].weight, words[0].display)
        return len(lines) <= words[0].max_lines and widest <= room
    return sum(text_width(w.text, w.size, w.weight, w.display) for w in words) <= room


def test_no_text_is_smaller_than_the_smallest_type() -> None:
    assert not wrong(lambda scene: (x for x in scene.elements if isinstance(x, Label) and x.size < layout.CAPTION))


def test_every_screen_has_a_way_out_and_says_something() -> None:
    ways = {
        name: [b for b in buttons(scene) if not isinstance(b.says, ShowWhy | None)] for name, scene in SCENES.items()
    }
    waits = ("19-cleaning",)  # it ends by itself
    assert [name for name, out in ways.items() if not out and not name.startswith(waits)] == []
    texts = {name: [x for x in scene.elements if isinstance(x, Label)] for name, scene in SCENES.items()}
    assert [name for name, labels in texts.items() if not labels] == []


def _says_nothing(button: Button) -> bool:
    told = isinstance(button.says, ShowWhy) == bool(button.why_not) or button.style == "bare"
    return not (button.name and button.says is not None and told)


def test_every_button_says_something_and_a_disabled_one_says_why() -> None:
    assert not wrong(lambda scene: filter(_says_nothing, buttons(scene)))


def test_there_is_at_most_one_filled_main_action() -> None:
    assert not wrong(lambda scene: [b.name for b in buttons(scene) if b.style in ("primary", "sun")][1:])


def test_the_focus_order_names_buttons_that_are_there() -> None:
    assert not wrong(lambda scene: set(scene.focus) - {button.name for button in buttons(scene)})


DEAR = Item(
    gtin="9520000000998",
    name="Handmade grandfather clock of solid oak with moon phases",
    price=Money(98_765_43),
    tax_class="standard",
    tax_bp=2500,
    price_book="1",
)


@pytest.mark.parametrize("language", WORDS)
def test_an_amount_is_whole_however_large(language: str) -> None:
    visit = gallery.Visit(language).does(e.ItemFound(item=DEAR, count=99))
    scanning = make_scene(visit.state, visit.view, WORDS[language])
    visit.taps_card()
    paying = make_scene(visit.state, visit.view, WORDS[language])
    visit.does(e.CardInDoubt(attempt=visit.attempt(), why="connection lost")).signs_in().does(OpenPage("staff_doubt"))
    settling = make_scene(visit.state, visit.view, WORDS[language])
    for scene in (scanning, paying, settling):
        for element in scene.elements:
            if isinstance(element, Label) and element.amount:
                assert _label_fits(element), element


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("age_limit", [0, 20])
@pytest.mark.parametrize("price_minor", [1190, 129_900, 1_234_567, 123_456_789])
def test_how_a_price_came_about_stays_off_the_price_and_on_the_paper(
    language: str, age_limit: int, price_minor: int
) -> None:
    item = replace(DEAR, price=Money(price_minor), deposit=Money(200), age_limit=age_limit)
    visit = gallery.Visit(language).does(e.ItemFound(item=item, count=12), e.PromptClosed())
    scene = make_scene(visit.state, visit.view, WORDS[language])
    figure = WORDS[language].amount(item.price * 12 + item.deposit * 12)
    on_paper = [element for element in scene.elements if element.rect.x >= 800 and 78 <= element.rect.y < 250]
    (price,) = (element for element in on_paper if isinstance(element, Label) and element.text == figure)
    begins, ends = 1224 - text_width(figure, layout.BODY, 600), price.rect.y + 36
    below = [x for x in on_paper if x is not price and x.rect.y >= 100 and isinstance(x, Label | Row)]
    assert below
    for part in below:
        assert part.rect.x + part.rect.w <= 1224
        assert part.rect.x + part.rect.w <= begins or part.rect.y + 4 >= ends, part


@pytest.mark.parametrize("language", WORDS)
def test_what_a_kept_basket_costs_stays_off_what_it_holds(language: str) -> None:
    visit = gallery.Visit(language).does(e.ItemFound(item=DEAR, count=99), e.BasketSaved())
    visit.signs_in().does(OpenPage("staff_recall"))
    scene = make_scene(visit.state, visit.view, WORDS[language])
    labels = [x.rect for x in scene.elements if isinstance(x, Label) and 170 <= x.rect.y < 300 and x.rect.x > 170]
    assert len(labels) == 2 and _apart(*labels) >= 0


@pytest.mark.parametrize("language", WORDS)
def test_all_that_a_terminal_shows_is_shown(language: str) -> None:
    told = "BITTE KARTE VOR DAS DISPLAY HALTEN ODER EINSTECKEN ** 12345"
    visit = gallery.Visit(language).shops().taps_card()
    visit.does(e.CardText(attempt=visit.attempt(), text=told, step="card", can_cancel=True))
    scene = make_scene(visit.state, visit.view, WORDS[language])
    (shown,) = (x for x in scene.elements if isinstance(x, Label) and x.text == told)
    assert shown.plain
    assert _label_fits(shown)


@pytest.mark.parametrize("language", WORDS)
def test_a_name_never_runs_into_its_price(language: str) -> None:
    visit = gallery.Visit(language).does(e.ItemFound(item=DEAR, count=99))
    words = WORDS[language]
    scene = make_scene(visit.state, visit.view, words)
    name = next(e for e in scene.elements if isinstance(e, Label) and e.text == DEAR.name and e.rect.x >= layout.SLIP.x)
    price = words.amount(DEAR.price * 99)
    assert name.rect.x + name.rect.w <= 1224 - text_width(price, layout.BODY, 600)


@pytest.mark.parametrize("name", gallery.STOPS)
def test_no_screen_hides_that_somebody_practises(name: str) -> None:
    state, view = gallery.visit_to(name, "en")
    scene = make_scene(replace(state, training=state), view, WORDS["en"])
    strips = frame(replace(scene, elements=()), state, WORDS["en"])
    assert all(strip in scene.elements for strip in strips[:4])
    assert any(isinstance(each, Label) and each.text.startswith("Training") for each in scene.elements)
    covered = [b.name for b in buttons(scene) for strip in strips if _apart(b.rect, strip.rect) < -30]
    assert not covered, "what is left of it is hard to touch"
