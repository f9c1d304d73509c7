"""View: what only the eyes know. Never journalled; a restart begins with a fresh one.

`checkout.State` is what the shop must remember; a View is which page is open, what has been typed so far, which line
sheet shows. The language is not here: the receipt and the sale carry it, so the shop remembers it (LanguageChosen).
"""

from typing import Literal

import msgspec

from kiosk.checkout.basket import Line
from kiosk.search.shelf import POPULAR, Entry
from kiosk.ui.panel import USUAL_PANEL, Panel

Page = Literal[
    "",
    "languages",
    "settings",
    "more",
    "code",
    "lines",
    "line",
    "staff_pin",
    "staff",
    "staff_age",
    "staff_line",
    "staff_doubt",
    "staff_recall",
    "staff_cash",
    "staff_external",
    "staff_given_back",
    "staff_audit",
    "staff_signature",
    "staff_report",
    "staff_close",
    "staff_drawer",
    "staff_machine",
    "staff_payout",
    "staff_lane",
    "staff_health",
    "staff_log",
    "staff_language",
    "staff_roll",
    "staff_return",
    "staff_return_pay",
    "gift_card",
    "tenders",
    "part",
    "stop",
    "qr",
    "picker",
    "staff_item",
    "search",
    "member",
    "contact",
    "email",
    "consent",
]


class OpenPage(msgspec.Struct, frozen=True, tag=True):
    """Show a page over the phase's own screen; empty goes back. `line` names the basket line of a sheet."""

    page: Page
    line: int = 0


class OpenForm(msgspec.Struct, frozen=True, tag=True):
    """Show a form of the staff at one of its tabs."""

    page: Page
    tab: str


class TypeKey(msgspec.Struct, frozen=True, tag=True):
    """One key of an on-screen keypad: a character, or `backspace`, or `clear`."""

    key: str


class FillIn(msgspec.Struct, frozen=True, tag=True):
    """Digits in place of all that was typed: an amount that is keyed with one touch."""

    typed: str


class SubmitCode(msgspec.Struct, frozen=True, tag=True):
    """OK on 04c: the gate looks up what was typed and answers with an event."""


class SubmitPin(msgspec.Struct, frozen=True, tag=True):
    """OK on the staff form: the gate checks the PIN. The digits go no further than that."""


class StepQuantity(msgspec.Struct, frozen=True, tag=True):
    """Plus or minus on the line sheet: changes the draft quantity, nothing is sold yet."""

    by: int


class ScrollLines(msgspec.Struct, frozen=True, tag=True):
    """Move the slip by so many lines towards older (positive) or newer."""

    by: int


class ShowWhy(msgspec.Struct, frozen=True, tag=True):
    """A disabled button was touched: say its reason in the banner."""

    text: str


class ChooseTab(msgspec.Struct, frozen=True, tag=True):
    """A tab of the picker."""

    tab: str


class TurnPage(msgspec.Struct, frozen=True, tag=True):
    """So many pages of the picker on, or of the matches."""

    by: int


class ShowDigits(msgspec.Struct, frozen=True, tag=True):
    """The keyboard's first row: digits, or letters again."""

    digits: bool


class Pick(msgspec.Struct, frozen=True, tag=True):
    """A tile was touched: the gate looks its row up and answers with an event."""

    code: str


class SubmitPrice(msgspec.Struct, frozen=True, tag=True):
    """Sell, on the staff's price form: the gate makes an item of the kind of goods and the price."""


class LeaveScale(msgspec.Struct, frozen=True, tag=True):
    """On 05: nothing is added, and this page shows instead."""

    page: Page = ""


class SubmitMember(msgspec.Struct, frozen=True, tag=True):
    """OK on the member page: what was typed stays in memory, the shop hears only a word that stands for it."""


class TurnLeaf(msgspec.Struct, frozen=True, tag=True):
    """Another page of the same form: what was typed and chosen stays."""

    page: Page


class SubmitSignUp(msgspec.Struct, frozen=True, tag=True):
    """`I agree`, on the sign-up form: what was typed goes no further than SubmitMember's."""


class SubmitEmail(msgspec.Struct, frozen=True, tag=True):
    """Send, on 14c: what was typed goes no further than SubmitMember's."""


class Greet(msgspec.Struct, frozen=True, tag=True):
    """The store has told a member's first name, for the eyes of this visit and nobody else."""

    name: str


class SwitchSetting(msgspec.Struct, frozen=True, tag=True):
    """A switch of 20a, or a button that turns one off."""

    name: Literal["large_text", "high_contrast", "lower_controls", "voice", "more_time", "calm"]


class ResetSettings(msgspec.Struct, frozen=True, tag=True):
    """Back to normal, on 20a."""


class SayAgain(msgspec.Struct, frozen=True, tag=True):
    """Back, held: the last sentence once more."""


class StepVolume(msgspec.Struct, frozen=True, tag=True):
    """A volume key, or one of 20a's buttons: the voice one step louder (1) or softer (-1)."""

    by: int


class StepSpeed(msgspec.Struct, frozen=True, tag=True):
    """On 20a: the voice one step faster (1) or slower (-1)."""

    by: int


class CloseBanner(msgspec.Struct, frozen=True, tag=True):
    """Put the banner away."""


class ChooseDoubt(msgspec.Struct, frozen=True, tag=True):
    """On the staff's doubt form: the terminal's journal says paid, or not paid."""

    paid: bool


class CountEmpties(msgspec.Struct, frozen=True, tag=True):
    """Staff take empties back: which kinds there are the gate knows."""


class Choose(msgspec.Struct, frozen=True, tag=True):
    """A choice on a form of the staff: which tab, which reason. `keeps` tells whether what was typed stays."""

    field: str
    value: str
    keeps: bool = True


Look = (
    OpenPage
    | OpenForm
    | Choose
    | CountEmpties
    | TypeKey
    | FillIn
    | SubmitCode
    | SubmitPin
    | StepQuantity
    | ScrollLines
    | ShowWhy
    | CloseBanner
    | SwitchSetting
    | ResetSettings
    | SayAgain
    | StepVolume
    | StepSpeed
    | ChooseDoubt
    | LeaveScale
    | SubmitMember
    | TurnLeaf
    | SubmitSignUp
    | SubmitEmail
    | Greet
    | ChooseTab
    | TurnPage
    | ShowDigits
    | Pick
    | SubmitPrice
)


class View(msgspec.Struct, frozen=True):
    """What the eyes know."""

    page: Page = ""
    sheet: Literal["", "languages", "settings"] = ""
    """What lies over the page, which stays as it is."""
    sheet_page: int = 0
    typed: str = ""
    line: int = 0
    draft_count: int = 0
    scrolled: int = 0
    why: str = ""
    """Reason of a disabled button, while the banner shows it."""
    offline_seen: bool = False
    """18d: the banner was put away for this visit."""
    doubt_paid: bool | None = None
    tab: str = POPULAR
    tabs: tuple[str, ...] = ()
    shelf_page: int = 0
    digits: bool = False
    tiles: tuple[Entry, ...] = ()
    """What the picker shows, on all its pages: what stands under the tab, or what was found."""
    picked: dict[str, str] = {}
    """What was chosen on a form, by field; gone with the page."""
    back: Page = ""
    """The page to return to when a second person has been asked."""
    gone: tuple[Line, ...] = ()
    """The lines that left the basket last: the banner offers one back, a refused one is struck through once."""
    banner_since_ms: int = 0
    page_since_ms: int = 0
    """The last touch, for pages that close when they are left alone."""
    pressed: str = ""
    """Name of the button under a finger now."""
    focus: str = ""
    """The place (`focus.places`) of whoever uses keys; empty: no ring, no key since the last touch."""
    signed_receipt: str = ""
    """This sale's receipt, signed, on a lane whose receipts have no address; empty also where a QR code has no room."""
    mailed_to: str = ""
    """Where the receipt of this visit goes, to be shown back."""
    member_name: str = ""
    """First name of the member, as long as the visit lasts."""
    caption: str = ""
    """What the voice said last."""
    voice_volume: int = 0
    """1 to 10, as long as the visit lasts; 0: as staff have set it (`viewing.loudness`)."""
    voice_speed: int = 5
    """1 to 10, likewise."""
    attract: str = ""
    """The shop's own picture that is seen while nobody is there."""
    now_ms: int = 0
    """The tick that the eyes see, as coarse as the screen needs it: countdowns and the bank bar follow it."""
    utc_ms: int = 0
    """The time of day that the eyes see."""
    panel: Panel = USUAL_PANEL
    """The glass that all this is seen on."""
