"""What staff are asked for has an answer that changes something, or none at all."""

import pytest
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.basket import Taken
from kiosk.checkout.events import CardRecord
from kiosk.checkout.sale import Tender
from kiosk.checkout.scale import Plate, Trade, Trouble
from kiosk.checkout.visit import give_back
from kiosk.ui import gallery
from kiosk.ui.gallery_visit import LANE
from kiosk.ui.scene import Button, Label, Row, Scene, Word, buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import OpenPage, TypeKey
from kiosk.values.moment import UNSTAMPED


def tasks(visit: gallery.Visit) -> Scene:
    visit.signs_in().does(OpenPage("staff"))
    return make_scene(visit.state, visit.view, words_of_gallery()["en"])


def named(scene: Scene, name: str) -> list[Button]:
    return [button for button in buttons(scene) if button.name == name]


def test_a_charge_that_was_not_given_back_is_settled_by_hand() -> None:
    visit = gallery.Visit("en").shops().does(e.PayPressed())
    attempt, amount = visit.attempt(), visit.state.payment.amount if visit.state.payment else None
    assert amount is not None
    visit.does(e.CardReady(attempt=attempt, baseline=""), e.CardDeclined(attempt=attempt, why="declined"))
    visit.does(e.CardCompleted(attempt=attempt, record=CardRecord(amount=amount)))
    visit.does(e.CardReversed(attempt=attempt, done=False, evidence="B5"))
    (answer,) = named(tasks(visit), "It is given back now")
    assert answer.says == e.ReversalSettled(attempt=attempt)
    visit.does(answer.says)
    assert not named(tasks(visit), "It is given back now")


def test_a_charge_known_from_staff_alone_says_how_much_and_where_to_give_it_back() -> None:
    visit = gallery.Visit("en").shops()
    paid = Taken(Tender("card", 3290, "k01-000001-1", None, evidence="0175"))
    visit.state, _ = give_back(visit.state, (paid,), UNSTAMPED)
    scene = tasks(visit)
    texts = [label.text for label in scene.elements if isinstance(label, Label)]
    assert "On the card terminal, receipt 0175" in texts
    assert any("Give back" in text and "32.90" in text for text in texts)
    (answer,) = named(scene, "Type its number")
    visit.does(answer.says, *map(TypeKey, "a4022"))
    form = make_scene(visit.state, visit.view, words_of_gallery()["en"])
    (done,) = named(form, "It is given back now")
    assert done.says == e.ReversalSettled(attempt="k01-000001-1", reference="A4022")
    assert visit.does(e.ReversalSettled(attempt="k01-000001-1", reference="?")).state.notice is not None
    assert not visit.does(done.says).state.reversals


def test_an_empty_printer_is_not_a_receipt_that_could_be_printed_again() -> None:
    scene = tasks(gallery.Visit("en").shops().does(e.PaperChanged(paper="out")))
    assert "Staff: paper is out" in [label.text for label in scene.elements if isinstance(label, Label)]
    assert not named(scene, "Print again")


def health(visit: gallery.Visit, part: str) -> str:
    """What Health & tests says of a part."""
    visit.signs_in().does(OpenPage("staff_health"))
    scene = make_scene(visit.state, visit.view, words_of_gallery()["en"])
    name = next(label.rect for label in scene.elements if isinstance(label, Label) and label.text == part)
    rows = [row for row in scene.elements if isinstance(row, Row) and row.rect.x == name.x]
    below = min((row for row in rows if row.rect.y > name.y), key=lambda row: row.rect.y)
    (told,) = [word.text for word in below.parts if isinstance(word, Word)]
    return told


def test_health_says_since_when_the_loudspeaker_is_away() -> None:
    visit = gallery.Visit("en")
    assert health(visit, "Speaker") == "Volume 6 of 10"
    visit.does(e.DeviceLost(device="speaker", why="No sound: pulled out."))
    assert health(visit, "Speaker").startswith("No answer since")


@pytest.mark.parametrize(("trouble", "says"), [
    ("calibration", "It must be calibrated"), ("zero", "It must be emptied and zeroed"),
    ("checksum", "It does not trust this checkout"), ("fault", "Look at it"), ("over", "OK"),
])  # fmt: skip
def test_health_says_what_the_scale_says_of_itself(trouble: Trouble, says: str) -> None:
    visit = gallery.Visit("en").does(e.WeightShown(grams=None, stable=False, trouble=trouble))
    assert health(visit, "Scale") == says


@pytest.mark.parametrize("zeroes", [True, False])
def test_health_offers_to_zero_only_a_scale_that_can_be_told_to(zeroes: bool) -> None:
    """Of one that only its own key zeroes a touch would do nothing."""
    visit = gallery.Visit("en", replace(LANE, scale=Plate(zeroes=zeroes))).signs_in().does(OpenPage("staff_health"))
    scene = make_scene(visit.state, visit.view, words_of_gallery()["en"])
    assert (e.PartTried(part="scale") in [button.says for button in buttons(scene)]) is zeroes


def test_health_says_which_part_weighs_and_whether_that_is_for_trade() -> None:
    part = "1.0 · 0123abcd 4567ef89"
    for certificates, says in (((), f"Not for trade · {part}"), (("T8217", "DK0199"), part)):
        lane = replace(LANE, trade=Trade("1.0", "0123abcd4567ef89" * 4, certificates))
        assert health(gallery.Visit("en", lane), "Weighing") == says
