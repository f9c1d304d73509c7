"""04d Check a price: what is scanned is shown and not added, until Back. `Add it` buys what is shown after all."""

from kiosk.checkout.basket import Line
from kiosk.checkout.events import PriceCheckBought, PriceCheckClosed
from kiosk.checkout.freshness import as_labelled
from kiosk.checkout.pricing import line_total
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.scene import Box, Element, Label, Picture, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import button
from kiosk.ui.screens.scan import pay, picture_of, price_of_one
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words

_CARD = Rect(32, 132, 712, 424)
_ADD = Rect(32, 576, 712, 88)


def scene(state: State, view: View, words: Words) -> Scene:
    """The card is empty until something is scanned."""
    title = words.say("Check a price")
    shown = banner(state, view, words)
    why_not = "" if _line(state) else words.say("Scan something first.")
    return Scene(
        "04d-price-check",
        layout.SIZE,
        "ground",
        (
            *back("" if shown else title, PriceCheckClosed(), words),
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            Box(_CARD, "paper", radius=28),
            *_shown(state, words),
            *button(_ADD, PriceCheckBought(), words.say("Add it"), style="primary", icon="plus", why_not=why_not),
            *utility(state, words),
            *basket(state, view, words),
            *pay(state, words, meanwhile=words.say("Go back first, then pay.")),
        ),
        title=title,
    )


def _line(state: State) -> Line | None:
    """What was scanned last, as the line that it would be."""
    found = state.price_check.found if state.price_check is not None else None
    if found is None:
        return None
    item = as_labelled(found.item, found.label, state.lane.short_date)
    return Line(line=0, item=item, count=found.count, weight_g=found.weight_g)


def _shown(state: State, words: Words) -> tuple[Element, ...]:
    line = _line(state)
    if line is None:
        how = words.say("Hold the barcode over the glass. You see the price here, and nothing is added.")
        return (
            Picture(Rect(60, 180, 300, 200), "svg:scan"),
            Label(Rect(384, 180, 330, 220), how, layout.BODY, max_lines=6, line_height=1.25),
        )
    loose = line.item.sold_by == "kg" and line.weight_g is None
    price = f"{words.money(line.item.price)}/kg" if loose else words.money(line_total(line))
    if line.item.open_price:
        price = words.say("Our staff know the price.")
    return (
        Box(Rect(64, 164, 240, 240), "primary-soft", radius=24),
        Picture(Rect(92, 192, 184, 184), picture_of(line)),
        Label(
            Rect(336, 180, 384, 104),
            line.item.name_in(words.language),
            layout.TITLE,
            700,
            True,
            max_lines=2,
            line_height=1.1,
            plain=True,
        ),
        Label(
            Rect(336, 296, 384, 34),
            "" if loose else price_of_one(line, words),
            layout.CAPTION,
            colour="ink2",
            amount=True,
        ),
        Label(
            Rect(64, 430, 648, 80),
            price,
            largest(price, 648, (layout.DISPLAY, 52, layout.TITLE, 34)),
            800,
            True,
            "primary",
            amount=True,
        ),
    )
