"""05 Weighing: weigh, see, accept. Weight and price follow the scale; what is charged is the net weight at rest."""

from kiosk.checkout.events import WeighingAccepted, WeighingLeft
from kiosk.checkout.item import Item
from kiosk.checkout.scale import Plate, Verdict
from kiosk.checkout.state import State
from kiosk.checkout.weighing import net_g, verdict
from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width
from kiosk.ui.scene import Box, Element, Label, Mark, Picture, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import button
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import LeaveScale, View
from kiosk.ui.words import Words
from kiosk.values.quantity import Weight, price_of_weight

_CARD = Rect(32, 132, 712, 424)
_LEFT, _WIDTH = 64, 648
_WRONG, _ADD = Rect(32, 576, 232, 88), Rect(280, 576, 464, 88)


def scene(state: State, view: View, words: Words) -> Scene:
    """The item, what the scale says of it, Add."""
    assert state.weighing is not None
    item, now = state.weighing.item, verdict(state)
    title = words.say("Weigh your item")
    shown = banner(state, view, words)
    say = words.say
    return Scene(
        "05-weighing",
        layout.SIZE,
        "ground",
        (
            *back("" if shown else title, WeighingLeft(), words),
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            Box(_CARD, "paper", radius=28),
            *_item(item, words),
            *(_figures(state, now, words) if now in ("ready", "moving") else _asks(now, words)),
            *_plate(state.lane.scale or Plate(), words),
            *button(_WRONG, LeaveScale("picker"), say("Wrong item"), icon="undo-variant", icon_px=38, gap=12, size=26),
            *_add(state, item, now, words),
            *utility(state, words),
            *basket(state, view, words),
            *pay(state, words),
        ),
        focus=(_add_text(item, words), say("Wrong item"), say("Back")),
        title=title,
    )


def _item(item: Item, words: Words) -> tuple[Element, ...]:
    plate = Rect(_LEFT, 158, 132, 132)
    price = f"{words.money(item.price)}/kg"
    taken_off = " · " + words.say("paper bag {grams} g taken off", grams=item.tare_g) if item.tare_g else ""
    room = layout.right_of(_CARD) - 220 - 24
    return (
        Box(plate, "primary-soft", radius=24),
        Picture(layout.inset(plate, 16), item.picture or "svg:carton"),
        Label(Rect(220, 180, room, 52), item.name_in(words.language), layout.TITLE, 700, True, plain=True),
        Label(Rect(220, 234, room, 34), price + taken_off, layout.CAPTION, colour="ink2"),
    )


def _figures(state: State, now: Verdict, words: Words) -> tuple[Element, ...]:
    """The net weight and the price; while the load moves neither counts."""
    ready = now == "ready"
    net = net_g(state)
    assert state.weighing is not None
    weight = words.weight(net).replace("\xa0kg", "") if ready else "–"
    price = words.money(price_of_weight(state.weighing.item.price, Weight(net))) if ready else "–"
    caption = words.say("Net weight")
    chip_x = _LEFT + text_width(caption, layout.CAPTION, 500) + 18
    chip = (
        Word(words.say("Steady"), 24, 600) if ready else Word(words.say("Hold still"), 24, 600),
        Mark("check-circle", 28, "primary") if ready else Mark("timer-sand", 28, "ink2"),
    )
    wide = text_width(weight, layout.HERO, 800, True)
    return (
        Label(Rect(_LEFT, 331, 300, 37), caption, layout.CAPTION, colour="ink2"),
        Row(Rect(chip_x, 331, 400, 37), (chip[1], chip[0]), 10, "start", "primary-soft" if ready else "sunk", 16, 18),
        Label(Rect(_LEFT, 372, wide + 8, 104), weight, layout.HERO, 800, True, amount=True),
        Label(Rect(_LEFT + wide + 14, 416, 80, 56), "kg", layout.TITLE, 700, True),
        Label(Rect(400, 374, 312, 36), words.say("Price"), layout.CAPTION, colour="ink2", align="end"),
        Label(
            Rect(_LEFT + wide + 90, 408, 648 - wide - 90, 64),
            price,
            largest(price, 648 - wide - 90, (layout.TOTAL, layout.TITLE, 34)),
            800,
            True,
            "primary",
            align="end",
            amount=True,
        ),
    )


def _asks(now: Verdict, words: Words) -> tuple[Element, ...]:
    """What to do before it can be weighed."""
    return (
        Label(Rect(_LEFT, 332, _WIDTH, 140), asked(now, words), 36, 600, max_lines=3, line_height=1.2, valign="middle"),
    )


def asked(now: Verdict, words: Words) -> str:
    """One sentence for each thing that keeps a load from being sold; empty: nothing does."""
    say = words.say
    return {
        "ready": "",
        "moving": say("Hold still"),
        "empty": say("Put it on the scale."),
        "light": say("Too light to weigh. Please ask our staff."),
        "heavy": say("Too heavy. Take some off, please."),
        "twice": say("This has been added already. Take it off the scale, then put the next thing on."),
        "under": say("Please take everything off the scale."),
        "fault": say("The scale needs a hand. Please ask our staff."),
        "away": say("The scale needs a hand. Please ask our staff."),
    }[now]


def _plate(plate: Plate, words: Words) -> tuple[Element, ...]:
    """What the scale's plate says: the same in every language."""
    kilos, grams = divmod(plate.max_g, 1000)
    most = f"{kilos} kg" if not grams else f"{words.weight(plate.max_g)}"
    figures = f"Max {most}   Min {plate.min_g} g   e = {plate.step_g} g"
    return (
        Box(Rect(_LEFT, 486, _WIDTH, 2), "hair"),
        Label(Rect(_LEFT, 498, _WIDTH, 36), figures, layout.CAPTION, colour="ink2", amount=True),
    )


def _add(state: State, item: Item, now: Verdict, words: Words) -> tuple[Element, ...]:
    accepted = WeighingAccepted(gross_g=state.devices.scale.grams or 0)
    text, why_not = _add_text(item, words), asked(now, words)
    return button(_ADD, accepted, text, style="primary", icon="check", icon_px=48, size=32, why_not=why_not)


def _add_text(item: Item, words: Words) -> str:
    """`Add bananas`; a name that is too long for the button is left out."""
    name = item.name_in(words.language)
    lowered = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    text = words.say("Add {item}", item=lowered)
    return text if text_width(text, 32, 600) < _ADD.w - 130 else words.say("Add it")
