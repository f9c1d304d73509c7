"""05 Weighing: what it says of the scale, its sum and its certificates, and what becomes of that sum."""

import pytest
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.scale import Plate, Priced, Trade
from kiosk.ui.gallery_goods import BANANAS
from kiosk.ui.gallery_visit import LANE, Visit
from kiosk.ui.scene import Label, Row, Scene, Word, buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import OpenPage
from kiosk.values.money import Money


def shown(visit: Visit) -> Scene:
    return make_scene(visit.state, visit.view, words_of_gallery()["en"])


def texts(scene: Scene) -> str:
    said = [element.text for element in scene.elements if isinstance(element, Label)]
    said += [
        part.text for row in scene.elements if isinstance(row, Row) for part in row.parts if isinstance(part, Word)
    ]
    return " | ".join(said).replace("\xa0", " ")


@pytest.mark.parametrize(("certificates", "warned"), [((), True), (("T8217", "DK0199"), False)])
def test_it_is_not_for_trade_without_certificates(certificates: tuple[str, ...], warned: bool) -> None:
    lane = replace(LANE, trade=Trade("1.0", "0" * 64, certificates))
    weighs = Visit("en", lane).does(e.ItemFound(item=BANANAS, entry="pick"), e.WeightShown(grams=845, stable=True))
    assert ("Not for trade" in texts(shown(weighs))) is warned


def test_the_sum_of_a_scale_that_works_out_prices_is_what_is_seen() -> None:
    lane = replace(LANE, scale=Plate(computes=True))
    priced = Priced(BANANAS.price.minor, BANANAS.tare_g, 2_090)
    weighs = Visit("en", lane).does(e.ItemFound(item=BANANAS, entry="pick"))
    weighs.does(e.WeightShown(grams=845, stable=True, priced=priced))
    assert "20.90 kr" in texts(shown(weighs))
    weighs.does(e.WeightShown(grams=None, stable=False, trouble="unmoved"))
    assert "Please take it off the scale and put it back." in texts(shown(weighs))


def test_a_weighed_line_is_had_back_at_the_sum_that_the_scale_had_worked_out() -> None:
    told = Visit("en").does(e.ItemFound(item=BANANAS, entry="weigh", weight_g=840, amount=Money(2_090)))
    told.does(OpenPage("line", 1), e.LineVoided(line=1))
    (again,) = [button for button in buttons(shown(told)) if button.name == "Removed. Add it back?"]
    told.does(again.says)  # type: ignore[arg-type]
    assert (told.state.basket.lines[0].weight_g, told.state.basket.lines[0].amount) == (840, Money(2_090))
