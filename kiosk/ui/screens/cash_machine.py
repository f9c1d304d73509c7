"""11f Cash into a machine: what is to be paid, what is in, what is left; and the two ways out."""

from kiosk.checkout.events import CashStopped
from kiosk.checkout.inserting import DEVICE, is_open, short_of
from kiosk.checkout.meter import gives_change
from kiosk.checkout.state import State
from kiosk.checkout.taking_cash import to_pay
from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import answer_height
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.to_pay import to_pay as sum_to_pay
from kiosk.ui.screens.told import told
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money

_SMALLEST_NOTE_MINOR = 20_00


def scene(state: State, view: View, words: Words) -> Scene:
    """The reckoning, and the ways out."""
    room = room_in(state, view).prompting
    px = room.px
    title, text = _said(state, words)
    shown = banner(state, view, words)
    inserted = _inserted(state)
    panel = room.zones.prompt_under_banner if shown else room.zones.prompt
    if room.large and not room.portrait and not shown:
        panel = Rect(panel.x, px(16), panel.w, layout.below(panel) - px(16))
    inner = layout.inset(panel, px(32), px(14))
    texts = (words.say("Give my money back"), words.say("Pay the rest another way"))
    ways_h = answer_height(texts, inner.w, room, 26)
    ways = Rect(inner.x, layout.below(inner) - ways_h, inner.w, ways_h)
    big, small = max(px(84), room.lines(52, line_height=1.15)), room.lines(36, line_height=1.35)
    left = Rect(inner.x, ways.y - px(10) - big, inner.w, big)
    into = Rect(inner.x, left.y - px(8) - small, inner.w, small)
    words_at = Rect(inner.x, inner.y, inner.w, into.y - px(6) - inner.y)
    return Scene(
        "11f-cash-machine",
        room.panel.size,
        "ground",
        (
            *(() if room.large else brand(state, words, room=room)),
            *(paint(shown, room.zones.banner, words, room) if shown else ()),
            Box(panel, "paper", radius=px(28)),
            *(told(words_at, title, text, room) if words_at.h >= room.lines(28, line_height=1.1) else ()),
            *_row(into, words.say("Inserted"), words.money(inserted), (36, 28), room),
            Box(Rect(inner.x, left.y - px(4), inner.w, 2), "hair"),
            *_row(left, _what_is_left(state, words), words.money(_left(state)), (layout.DISPLAY, 52, 36), room),
            *_ways_out(ways, state, inserted, words, room),
            *utility(state, words, room),
            *sums(state, words, room),
            *sum_to_pay(words.say("Cash to pay"), words.money(to_pay(state)), room),
        ),
        title=title,
    )


def only_exact(state: State) -> bool:
    """Whether the machine has not the change that its smallest note may need."""
    meter, step = state.devices.cash, state.lane.cash_step_minor
    if not state.lane.cash_machine or meter is None or DEVICE in state.devices.lost:
        return False
    return not gives_change(meter, step, (u for u in state.lane.cash_units_minor if u >= _SMALLEST_NOTE_MINOR))


def _inserted(state: State) -> Money:
    cash_in = state.payment.cash_in if state.payment is not None else None
    return cash_in.inserted if cash_in is not None else ZERO


def _left(state: State) -> Money:
    short = short_of(state)
    return short if short > ZERO else -short


def _what_is_left(state: State, words: Words) -> str:
    return words.say("Still left") if short_of(state) >= ZERO else words.say("Change")


def _row(place: Rect, text: str, figure: str, sizes: tuple[int, ...], room: Room) -> tuple[Element, ...]:
    """A word and its amount, which is set smaller where it would meet the word."""
    font = room.font(36 if len(sizes) > 2 else layout.BODY)
    if text_width(text, font, 600) > place.w // 2:
        font = room.font(layout.BODY)
    word_w = min(text_width(text, font, 600) + 2, place.w // 2)
    size = largest(figure, place.w - word_w - room.px(16), tuple(room.font(s) for s in sizes))
    return (
        Label(place._replace(w=word_w), text, font, 600, max_lines=2, line_height=1.05),
        Label(place, figure, size, 800, len(sizes) > 2, align="end", amount=True),
    )


def _said(state: State, words: Words) -> tuple[str, str]:
    say = words.say
    if DEVICE in state.devices.lost:
        title = say("The cash machine does not answer")
        return title, say("Our staff are coming. **What you put in is not lost.**")
    if not is_open(state):
        return say("Cash"), say("One moment, please.")
    if only_exact(state):
        return say("Insert notes or coins"), say("The machine has little change. **Please pay the exact sum.**")
    return say("Insert notes or coins"), say("One at a time. Your change comes out by itself.")


def _ways_out(place: Rect, state: State, inserted: Money, words: Words, room: Room) -> tuple[Element, ...]:
    why = "" if is_open(state) else words.say("One moment, please.")
    keep, back = CashStopped(keep=True), CashStopped(keep=False)
    if not inserted:
        other = words.say("Pay another way")
        return button(place, keep, other, room=room, icon="swap-horizontal", why_not=why)
    left, right = layout.columns(place, 2, room.px(16))
    rest = words.say("Pay the rest another way")
    return (
        *button(left, back, words.say("Give my money back"), room=room, icon="undo-variant", why_not=why, size=26),
        *button(right, keep, rest, room=room, why_not=why, size=26),
    )
