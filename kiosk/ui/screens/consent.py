"""09 Become a member: what was typed once more, what it is kept for, and the word of the person that agrees.

Nothing is chosen beforehand: `I agree` makes a member, the empty box is a consent of its own (Regulation (EU) 2016/679,
article 7 and recital 32). The store keeps version and language of the words, so a change of them is a new version.
What has no room on one page stands on more of them, in reading order: nobody can agree before the last.
"""

from collections.abc import Callable
from itertools import groupby
from typing import NamedTuple

from kiosk.checkout.asking import is_asking
from kiosk.checkout.questions import SignUpAsk
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import wrap
from kiosk.ui.room import GAP_PX, Room, room_in
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button, fits
from kiosk.ui.screens.told import told
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import Choose, Look, SubmitSignUp, TurnLeaf, TurnPage, View
from kiosk.ui.words import Words
from kiosk.values.contact import read_contact

CONSENT_TEXT = "1"
"""Version of the words below; `tests/kiosk/ui/test_consent.py` holds them to it."""


class _Block(NamedTuple):
    """Something that stands on a page from side to side."""

    high: int
    paint: Callable[[Rect], tuple[Element, ...]]
    touched: bool = True


class _Places(NamedTuple):
    title: Rect
    back: Rect
    on: Rect
    body: Rect


def scene(state: State, view: View, words: Words) -> Scene:
    """The contact, the words, two choices, and `I agree`."""
    say, room = words.say, room_in(state, view)
    title = say("Become a member")
    here = _places(room)
    pages = _pages(_blocks(state, view, words, here.body, room), here.body, room)
    at = min(view.shelf_page, len(pages) - 1)
    back: Look = TurnPage(-1) if at else TurnLeaf("contact")
    shown = banner(state, view, words)
    waits = say("One moment, we are asking.") if is_asking(state, SignUpAsk) else ""
    head = paint(shown, here.title, words, room) if shown else _title(here.title, waits or title, room)
    icon = "arrow-left" if not room.reach or room.portrait else ""
    painted = (
        *button(here.back, back, say("Back"), room=room, icon=icon, group="back"),
        *head,
        *_stacked(pages[at], here.body, room),
        *utility(state, words, room, back=True),
        *_on(here.on, at == len(pages) - 1, waits, words, room),
    )
    return Scene("09-member-consent", room.panel.size, "ground", painted, title=title)


def _title(place: Rect, title: str, room: Room) -> tuple[Element, ...]:
    return told(place, title, "", room, sizes=(44, 40, 36, 32, 28))


def _on(place: Rect, last: bool, waits: str, words: Words, room: Room) -> tuple[Element, ...]:
    """To the next page, or the word itself."""
    if not last:
        return button(place, TurnPage(1), words.say("Next"), room=room, style="primary", icon="chevron-right", size=34)
    text = words.say("I agree, make me a member")
    wide = place.w - 2 * room.px(24)
    size = next((s for s in (34, 30) if fits(text, wide, 1, room.font(s), 600)), layout.BODY)
    return button(place, SubmitSignUp(), text, room=room, style="primary", why_not=waits, size=size)


def _places(room: Room) -> _Places:
    """Back on top, what leads on where Pay stands elsewhere."""
    z, px = room.zones, room.px
    x, wide = z.whole.x, z.whole.w
    gap = max(px(16), GAP_PX)
    if room.portrait:
        back = Rect(x, z.pay.y, px(300), z.pay.h)
        on = Rect(x + back.w + px(24), z.pay.y, wide - back.w - px(24), z.pay.h)
        title = Rect(x, px(36), wide, px(120))
    else:
        back, on = z.back, z.pay
        title = Rect(z.title.x, z.title.y, x + wide - z.title.x, z.title.h)
    top = layout.below(title) + gap
    low = min(z.utility.y, on.y) - gap
    return _Places(title, back, on, Rect(x, top, wide, low - top))


# --- what stands on the pages -----------------------------------------------------------------------------------------


def _blocks(state: State, view: View, words: Words, body: Rect, room: Room) -> tuple[_Block, ...]:
    """In reading order."""
    font, pad = room.font(layout.BODY), room.px(24)
    wide, line = body.w - 2 * room.px(32), round(font * 1.25)
    said = agreed_words(state.lane.store_name, words)
    lines = [(n, line) for n, sentence in enumerate(said) for line in wrap(sentence, wide, font)]
    contact = read_contact(view.typed) or ""
    name_px = room.font(32)
    named = wrap(contact, wide, name_px, 700) if contact else ()
    name_h = round(name_px * 1.3)
    most = max(1, (body.h - 2 * pad - name_h) // line)
    pieces = [lines[n : n + most] for n in range(0, len(lines), most)]
    read = tuple(
        _paper(contact if not n and named else "", piece, name_h, line, font, room) for n, piece in enumerate(pieces)
    )
    return (*read, _offers(view, words, body, room), *_receipts(view, words, body, room))


def _paper(contact: str, lines: list[tuple[int, str]], name_h: int, line: int, font: int, room: Room) -> _Block:
    """The words, and above the first of them what was typed; of a long address its end may be missing."""
    pad, side = room.px(24), room.px(32)
    named = name_h if contact else 0
    high = named + len(lines) * line + 2 * pad

    def painted(place: Rect) -> tuple[Element, ...]:
        name = Rect(place.x + side, place.y + pad // 2, place.w - 2 * side, named)
        text = Rect(name.x, place.y + pad + named, name.w, len(lines) * line)
        head = (Label(name, contact, room.font(32), 700, plain=True),) if contact else ()
        return (
            Box(place, "paper", radius=room.px(28)),
            *head,
            Label(text, _unfolded(lines), font, max_lines=len(lines), line_height=1.25, valign="top"),
        )

    return _Block(high, painted, touched=False)


def _unfolded(lines: list[tuple[int, str]]) -> str:
    """Lines of the same sentence belong together again, so that they are told without a stop."""
    sentences = groupby(lines, key=lambda one: one[0])
    return "\n".join(" ".join(line for _, line in group) for _, group in sentences)


def _offers(view: View, words: Words, body: Rect, room: Room) -> _Block:
    """A consent of its own, which nobody needs to give."""
    chosen = view.picked.get("marketing") == "yes"
    icon = "checkbox-marked" if chosen else "checkbox-blank-outline"
    value = words.say("on") if chosen else words.say("off")
    says, text = Choose("marketing", "" if chosen else "yes"), offers_words(words)
    rows = len(wrap(text, body.w - room.icon(44) - room.px(64), room.font(layout.BODY), 600))
    high = max(room.touch(116 if room.portrait else 88), room.lines(layout.BODY, rows, 1.15) + room.px(24))
    return _Block(
        high,
        lambda place: button(place, says, text, room=room, icon=icon, role="switch", value=value, selected=chosen),
    )


def _receipts(view: View, words: Words, body: Rect, room: Room) -> tuple[_Block, ...]:
    """Which receipt, every time: side by side, or two by two where words are too long; a block for each row."""
    say = words.say
    kinds = (
        ("", say("Ask me")),
        ("print", say("Print it")),
        ("qr", say("Show a QR code")),
        ("none", say("No receipt")),
    )
    font, gap, high = room.font(layout.UTILITY_TEXT), max(room.px(16), GAP_PX), room.touch(116 if room.portrait else 88)
    across = 4
    for across in (4, 2):
        wide = (body.w - (across - 1) * gap) // across - 2 * room.px(14)
        if all(fits(text, wide, 2, font, 600) for _, text in kinds):
            break
    head, head_h = say("My receipt, every time:"), room.lines(layout.CAPTION, 1, 1.3)
    rows = [kinds[n : n + across] for n in range(0, len(kinds), across)]

    def painted(place: Rect, row: tuple[tuple[str, str], ...], titled: bool) -> tuple[Element, ...]:
        label = Label(place._replace(h=head_h), head, room.font(layout.CAPTION), 600)
        line = place._replace(y=layout.below(place) - high, h=high)
        cells = layout.columns(line, across, gap)
        radios = (_radio(cell, *one, view, room) for one, cell in zip(row, cells, strict=True))
        return (*((label,) if titled else ()), *(part for radio in radios for part in radio))

    return tuple(
        _Block(high + (0 if n else head_h), lambda place, n=n, row=row: painted(place, row, not n))  # type: ignore[misc]
        for n, row in enumerate(rows)
    )


def _radio(cell: Rect, kind: str, text: str, view: View, room: Room) -> tuple[Element, ...]:
    chosen = view.picked.get("receipt", "") == kind
    icon = "radiobox-marked" if chosen else "radiobox-blank"
    return button(cell, Choose("receipt", kind), text, room=room, icon=icon, size=layout.UTILITY_TEXT, gap=10,
                  role="radio", selected=chosen)  # fmt: skip


# --- in pages ---------------------------------------------------------------------------------------------------------


def _pages(blocks: tuple[_Block, ...], body: Rect, room: Room) -> tuple[tuple[_Block, ...], ...]:
    """Each page takes what follows, as long as it has room and hands reach what they touch."""
    pages: list[tuple[_Block, ...]] = []
    page: tuple[_Block, ...] = ()
    for block in blocks:
        if page and not _has_room((*page, block), body, room):
            pages.append(page)
            page = ()
        page = (*page, block)
    return (*pages, page)


def _has_room(page: tuple[_Block, ...], body: Rect, room: Room) -> bool:
    gap = max(room.px(16), GAP_PX)
    touched = [block.high for block in page if block.touched]
    reached = layout.below(body) - max(body.y, room.top_touch)
    return _height(page, gap) <= body.h and sum(touched) + gap * (len(touched) - 1) <= reached


def _height(page: tuple[_Block, ...], gap: int) -> int:
    return sum(block.high for block in page) + gap * (len(page) - 1)


def _stacked(page: tuple[_Block, ...], body: Rect, room: Room) -> tuple[Element, ...]:
    """What is read from the top, what is touched at the bottom."""
    gap, top = max(room.px(16), GAP_PX), body.y
    painted: list[Element] = []
    low = layout.below(body) - _height(tuple(b for b in page if b.touched), gap)
    for block in page:
        at = low if block.touched else top
        painted += block.paint(Rect(body.x, at, body.w, block.high))
        if block.touched:
            low += block.high + gap
        else:
            top += block.high + gap
    return tuple(painted)


# --- what is agreed to ------------------------------------------------------------------------------------------------


def agreed_words(shop: str, words: Words) -> tuple[str, str]:
    """What is kept and for what; how it ends."""
    return (
        words.say(
            "I agree that {shop} keeps this, and what I buy as a member, to give me points and member prices.",
            shop=shop or words.say("this shop"),
        ),
        words.say("I can end this at any time: the staff show me what is kept, and erase it."),
    )


def offers_words(words: Words) -> str:
    """The second consent, which nobody needs to give."""
    return words.say("Send me offers as well (you choose)")
