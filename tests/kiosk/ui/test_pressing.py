"""A pressed button sinks with all that stands on it, and nothing else moves."""

from kiosk.ui.pressing import DROP_PX, press
from kiosk.ui.scene import Button, Label, Rect, Scene

FACE = Button(Rect(100, 100, 200, 100), None, "Pay", "primary")
WORD = Label(Rect(110, 110, 180, 80), "Pay", 40)
BESIDE = Label(Rect(400, 110, 180, 80), "Total", 40)
LINE = Button(Rect(0, 300, 200, 90), None, "Bread", "line")
NAME = Label(Rect(10, 310, 100, 30), "Bread", 28)
SCENE = Scene("s", (800, 600), "ground", (FACE, WORD, BESIDE, LINE, NAME))


def test_the_face_and_its_words_sink_and_the_rest_stays() -> None:
    face, word, *rest = press(SCENE, "Pay").elements
    assert isinstance(face, Button)
    assert face.pressed
    assert face.rect == FACE.rect, "the target stays where it is"
    assert word.rect == Rect(110, 110 + DROP_PX, 180, 80)
    assert rest == [BESIDE, LINE, NAME]


def test_a_line_of_the_slip_has_no_edge_to_sink_onto() -> None:
    line, name = press(SCENE, "Bread").elements[3:]
    assert isinstance(line, Button)
    assert line.pressed
    assert name == NAME


def test_no_finger_no_change() -> None:
    assert press(SCENE, "") is SCENE
    assert press(SCENE, "Gone") is SCENE


def test_under_a_sheet_nothing_is_pressed() -> None:
    sheet = Scene("s", (800, 600), "ground", SCENE.elements, modal_from=2)
    assert press(sheet, "Pay") is sheet
