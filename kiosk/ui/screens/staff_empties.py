"""19f Empties: which kinds of containers come back and how many of each, typed, one more, or scanned."""

from kiosk.checkout.events import PieceReturned
from kiosk.checkout.refund import Refund
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Rect
from kiosk.ui.screens.face import button
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.view import View
from kiosk.ui.words import Words

_NAME = Rect(776, 112, 472, 40)
_FIELD, _MORE = Rect(776, 156, 308, 84), Rect(1096, 156, 152, 84)
_KEYS = Rect(776, 252, 472, 412)


def counting(refund: Refund, number: int, view: View, words: Words) -> tuple[Element, ...]:
    """How many of this line, at the right of the list."""
    say = words.say
    chosen = next((one for one in refund.chosen if one.line == number), None)
    line = next((line for line in refund.goods if line.line == number), None)
    if chosen is None or line is None:
        text = say("Touch a kind and type how many, or scan the empties.")
        return (Label(Rect(776, 116, 472, 120), text, layout.BODY, 600, max_lines=3, valign="top"),)
    why = "" if view.typed else say("Type how many first.")
    typed = PieceReturned(line=number, count=int(view.typed or 0))
    one_more = PieceReturned(line=number, count=chosen.count + 1)
    return (
        Label(_NAME, line.item.name_in(words.language), layout.BODY, 700, plain=True),
        *field(_FIELD, view.typed or words.number(chosen.count), ink="staff"),
        *button(_MORE, one_more, say("One more"), size=24),
        *keypad(_KEYS, words, say("OK"), typed, style="staff", gap=12, size=40, why_not=why),
    )
