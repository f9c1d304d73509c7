"""A new machine's screen: whoever adopts it can read the whole code and what to do, on the smallest panel as well."""

import pytest

from kiosk.ui.measure import text_width
from kiosk.ui.panel import panel
from kiosk.ui.scene import Box, Label
from kiosk.ui.screens.adoption import Standing, scene

LINK = "https://kassa-store:8080/adopt?code=7KQFM2XR&machine=QX7P"
NEW = Standing(code="7KQF-M2XR", number="QX7P", link=LINK, store="https://kassa-store:8443")
AGAIN = Standing(
    NEW.code, NEW.number, LINK, NEW.store, "This machine's data are damaged",
    ("What can be read of them is kept. Whoever adopts it again as k02 makes it the till that it was.",),
)  # fmt: skip


@pytest.mark.parametrize("size", [(800, 480), (1024, 600), (1280, 800), (1920, 1080), (800, 1280), (1080, 1920)])
@pytest.mark.parametrize("standing", [NEW, AGAIN], ids=["new", "again"])
def test_the_code_and_all_three_steps_are_on_the_panel_beside_the_picture_of_it(
    standing: Standing, size: tuple[int, int]
) -> None:
    elements = scene(standing, panel(size)).elements
    labels = [one for one in elements if isinstance(one, Label)]
    (frame,) = (one.rect for one in elements if isinstance(one, Box))
    code = next(one for one in labels if one.text == standing.code)
    assert text_width(code.text, code.size, code.weight, code.display) <= code.rect.w, "the code is cut off"
    assert [one.text[:2] for one in labels if one.text[1:2] == "."] == ["1.", "2.", "3."]
    for one in labels:
        assert one.rect.y + one.rect.h <= size[1] and one.rect.x + one.rect.w <= size[0], one.text
        beside = one.rect.x + one.rect.w <= frame.x or one.rect.y + one.rect.h <= frame.y
        assert beside, f"{one.text} lies under the QR code"
