"""Gallery: one visit after another, played through the checkout, stopping where each screen of the design shows.

Every picture is a state that real events reach and a view that real touches make: nothing is posed. `kiosk shots`
paints them, the golden tests read them.
"""

from collections.abc import Callable
from typing import Literal

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.item import Item
from kiosk.checkout.lane import BaggingLimits, Lane
from kiosk.checkout.machine import blank, deadline_ms, step
from kiosk.checkout.questions import MemberAnswer
from kiosk.checkout.scale import Plate
from kiosk.checkout.state import State
from kiosk.search.shelf import Entry
from kiosk.ui.gallery_cash import cash_stops
from kiosk.ui.gallery_joining import joining_stops
from kiosk.ui.gallery_mailing import mailing_stops
from kiosk.ui.gallery_staffed import staffed_stops
from kiosk.ui.gallery_tenders import tender_stops
from kiosk.ui.view import (
    Choose,
    ChooseDoubt,
    ChooseTab,
    FillIn,
    Greet,
    Look,
    OpenForm,
    OpenPage,
    SubmitPin,
    TypeKey,
    View,
)
from kiosk.ui.viewing import follow, look
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO, Money
from kiosk.values.quantity import Weight

LANE = Lane(
    store="s001",
    till="k04",
    languages=("sv", "en"),
    store_name="Kassa",
    number="4",
    needs=("scanner",),
    receipt_url="https://kassa.example",
    exit_codes=True,
    scale=Plate(),
)
_START_UTC_MS = 1_795_439_220_000
"""2026-11-23 14:07 in Stockholm."""


def _item(gtin: str, name: str, swedish: str, price_minor: int, picture: str, deposit: Money = ZERO) -> Item:
    return Item(
        gtin=gtin,
        name=name,
        names={"sv": swedish},
        price=Money(price_minor),
        tax_class="food",
        tax_bp=600,
        price_book="1",
        picture=f"svg:{picture}",
        deposit=deposit,
    )


COFFEE = _item("9520000000103", "Ground coffee 450 g", "Bryggkaffe 450 g", 6490, "coffee")
BANANAS = _item("9520000000110", "Bananas, bunch", "Bananer, klase", 2092, "banana")
YOGHURT = _item("9520000000127", "Natural yoghurt 1 l", "Naturell yoghurt 1 l", 1990, "yog")
BREAD = _item("9520000000134", "Rye bread, sliced", "Rågbröd, skivat", 3290, "bread")
WATER = _item("9520000000141", "Sparkling water 33 cl", "Kolsyrat vatten 33 cl", 1190, "can", Money(100))
TOMATOES = _item("9520000000158", "Vine tomatoes", "Kvisttomater", 1576, "tomato")
LOOSE = replace(_item("4011", "Bananas", "Bananer", 2490, "banana"), sold_by="kg", tare_g=5)
WINE = replace(
    _item("9520000000165", "Apple wine 75 cl", "Äppelvin 75 cl", 6990, "wine"),
    tax_class="alcohol",
    tax_bp=2500,
    age_limit=18,
)
UNITS = (100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100)
"""Swedish notes and coins."""
SHOPPING = ((COFFEE, 2), (BANANAS, 1), (YOGHURT, 1), (BREAD, 1), (WATER, 1), (TOMATOES, 1))


class Visit:
    """A lane, its eyes, and a clock that moves only when told."""

    def __init__(self, language: str, lane: Lane = LANE) -> None:
        self.state = blank(lane)
        self.view = View()
        self.tick_ms = 10_000
        self.does(e.Restarted(lane=lane, genesis="0" * 64), e.LanguageChosen(language=language))

    def _now(self) -> Moment:
        return Moment(_START_UTC_MS + self.tick_ms - 10_000, self.tick_ms, "2026-11-23")

    def does(self, *said: e.Event | Look) -> "Visit":
        """Let this happen now, touches included."""
        for one in said:
            now = self._now()
            self.view = replace(self.view, now_ms=now.tick_ms, utc_ms=now.utc_ms)
            if isinstance(one, Look):
                self.view = look(self.view, one, self.state)
                continue
            before = self.state
            self.state, _ = step(self.state, replace(one, at=now))
            self.view = follow(self.view, before, self.state)
        return self

    def waits(self, duration_ms: int) -> "Visit":
        """Let time pass, stopping at every deadline on the way as the loop does."""
        until = self.tick_ms + duration_ms
        while (due := deadline_ms(self.state)) is not None and due <= until:
            self.tick_ms = max(self.tick_ms, due)
            self.does(e.TimePassed())
        self.tick_ms = until
        return self.does()._looks()

    def _looks(self) -> "Visit":
        now = self._now()
        self.view = replace(self.view, now_ms=now.tick_ms, utc_ms=now.utc_ms)
        return self

    def shops(self) -> "Visit":
        """The basket of the mockups."""
        return self.does(*(e.ItemFound(item=item, count=count) for item, count in SHOPPING))

    def attempt(self) -> str:
        """The card attempt that is open."""
        assert self.state.payment is not None
        return self.state.payment.attempt

    def taps_card(self) -> "Visit":
        """Pay with the only tender there is: the terminal is armed."""
        self.does(e.PayPressed())
        return self.does(e.CardReady(attempt=self.attempt(), baseline="{}"))

    def says_yes(self) -> "Visit":
        """The bank and the terminal agree, and the disk has it."""
        attempt = self.attempt()
        record = e.CardRecord(amount=Money(23218), terminal="29001234", receipt="0175", masked="************4021")
        return self.does(
            e.CardApproved(attempt=attempt, record=record, message=1),
            e.CardCompleted(attempt=attempt, record=record, message=2),
            e.Stored(),
        )

    def signs_in(self) -> "Visit":
        """Alex types a PIN."""
        self.does(OpenPage("staff_pin"), *(TypeKey(digit) for digit in "1234"), SubmitPin())
        return self.does(e.StaffSignedIn(staff="u7", name="Alex", role="supervisor"))


BAGGING_LANE = replace(LANE, bagging=BaggingLimits())


def _weighs(item: Item) -> Item:
    return replace(item, weight_g=400)


def _shelf(grams: int) -> e.Event:
    return e.BagWeightSeen(weight=Weight(grams))


def _bagging(visit: Visit, grams: int = 3_000) -> Visit:
    """The basket of the mockups on a shelf that staff have accepted as it is."""
    visit.does(e.Restarted(lane=BAGGING_LANE), e.LanguageChosen(language=visit.state.language), _shelf(0))
    visit.does(*(e.ItemFound(item=_weighs(item), count=count) for item, count in SHOPPING))
    visit.does(_shelf(grams), e.StaffSignedIn(staff="u7", name="Alex", role="supervisor"), e.BagAccepted())
    return visit.does(e.StaffSignedOut())


def _typed(visit: Visit) -> Visit:
    return visit.shops().does(OpenPage("code"), *(TypeKey(digit) for digit in "4011"))


def _goods(*names: tuple[str, str, int, str, Literal["each", "kg"]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(str(4000 + n), name, Money(minor), {"sv": swedish}, sold_by, f"svg:{picture}")
        for n, (name, swedish, minor, picture, sold_by) in enumerate(names)
    )


POPULAR_NOW = _goods(
    ("Bananas", "Bananer", 2490, "banana", "kg"),
    ("Red apples", "Röda äpplen", 2990, "apple", "kg"),
    ("Green apples", "Gröna äpplen", 2790, "greenapple", "kg"),
    ("Oranges", "Apelsiner", 2690, "orange", "kg"),
    ("Lemons", "Citroner", 690, "lemon", "each"),
    ("Pears", "Päron", 3490, "pear", "kg"),
    ("Grapes", "Vindruvor", 4990, "grapes", "kg"),
    ("Avocado", "Avokado", 1490, "avocado", "each"),
    ("Vine tomatoes", "Kvisttomater", 3990, "tomato", "kg"),
    ("Cucumber", "Gurka", 1790, "cucumber", "each"),
    ("Carrots", "Morötter", 1490, "carrot", "kg"),
    ("Bread roll", "Fralla", 590, "bun", "each"),
    ("Tomato pepper", "Tomatpaprika", 4490, "pepper", "kg"),
)
_TABS = ("popular", "fruit", "vegetables", "bread & buns", "bags", "everything")


def _picking(visit: Visit, tiles: tuple[Entry, ...] = POPULAR_NOW) -> Visit:
    visit.shops().does(OpenPage("picker"))
    visit.view = replace(visit.view, tabs=_TABS, tiles=tiles)
    return visit


def _searching(visit: Visit, typed: str, tiles: tuple[Entry, ...]) -> Visit:
    _picking(visit).does(OpenPage("search"), *(TypeKey(letter) for letter in typed))
    visit.view = replace(visit.view, tiles=tiles)
    return visit


def _weighing(visit: Visit, grams: int, *, steady: bool = True) -> Visit:
    said = e.WeightShown(grams=grams if steady else None, stable=steady)
    return visit.shops().does(e.ItemFound(item=LOOSE, entry="pick"), said)


def _quantity(visit: Visit) -> Visit:
    return visit.shops().does(OpenPage("lines"), OpenPage("line", 1))


def _member(visit: Visit) -> Visit:
    visit.shops().does(e.MemberCalled(key="KM-1000001"))
    answer = MemberAnswer(state="ok", member="m1", groups=("members",), points=412)
    return visit.does(Greet("Sam"), e.QuestionAnswered(id=visit.state.asked[0].id, answer=answer))


def _choice(visit: Visit) -> Visit:
    return _with_every_tender(visit).does(e.PayPressed())


def _with_every_tender(visit: Visit) -> Visit:
    lane = replace(LANE, tenders=("card", "gift_card", "cash"), cash_step_minor=100, cash_units_minor=UNITS)
    return visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=visit.state.language)).shops()


def _cash(visit: Visit) -> Visit:
    return _with_every_tender(visit).does(e.PayPressed(), e.CashChosen())


def _counting(visit: Visit) -> Visit:
    return _cash(visit).signs_in().does(FillIn("50000"))


def _partly(visit: Visit) -> Visit:
    _cash(visit).signs_in().does(e.CashGiven(amount=Money(10000)), e.Stored(), e.StaffSignedOut())
    return visit


def _pin(visit: Visit) -> Visit:
    visit.shops().taps_card()
    told = e.CardText(attempt=visit.attempt(), text="Enter PIN and press OK", step="pin", can_cancel=True)
    return visit.does(told)


def _declined(visit: Visit) -> Visit:
    visit.shops().taps_card()
    return visit.does(e.CardDeclined(attempt=visit.attempt(), why="declined", detail="05"))


def _unreachable(visit: Visit) -> Visit:
    visit.shops().taps_card()
    return visit.does(e.CardRefused(attempt=visit.attempt(), why="unreachable"))


def _unread(visit: Visit) -> Visit:
    visit.shops().taps_card()
    return visit.does(e.CardDeclined(attempt=visit.attempt(), why="card_error"))


def _refused(visit: Visit) -> Visit:
    visit.shops().does(e.ItemFound(item=WINE)).signs_in()
    return visit.does(e.AgeRefused(), e.StaffSignedOut())


def _in_doubt(visit: Visit) -> Visit:
    visit.shops().taps_card()
    visit.does(e.CardInDoubt(attempt=visit.attempt(), why="connection lost"))
    visit.does(e.CardAsked(attempt=visit.attempt(), times=1)).waits(10_000)
    return visit.does(e.CardAsked(attempt=visit.attempt(), times=2)).waits(14_200)


def _unknown(visit: Visit) -> Visit:
    _in_doubt(visit)
    return visit.does(e.CardUnknown(attempt=visit.attempt(), evidence="no answer to the enquiry"))


def _still_there(visit: Visit) -> Visit:
    return visit.shops().waits(visit.state.lane.time_outs.scanning_ms + 6_000)


def _broken(visit: Visit) -> Visit:
    visit.shops().does(e.BasketSaved())
    return visit.does(e.DeviceLost(device="scanner", why="unplugged"))


def _settling(visit: Visit) -> Visit:
    _unknown(visit).signs_in().does(OpenPage("staff_doubt"), ChooseDoubt(True))
    return visit.does(*(TypeKey(digit) for digit in "0175"))


def _at_a_price(visit: Visit) -> Visit:
    visit.shops().does(e.ItemUnknown(text="7310000000000")).signs_in().does(OpenPage("staff_item"))
    visit.does(ChooseTab("food"), *(TypeKey(digit) for digit in "1590"))
    visit.view = replace(visit.view, tabs=("food", "standard", "alcohol", "tobacco", "books", "exempt"))
    return visit


def _closed(visit: Visit) -> Visit:
    return visit.signs_in().does(e.LaneClosed(), e.StaffSignedOut())


_BO = e.StaffSignedIn(staff="u2", name="Bo", role="cashier")
_REPRICING = (OpenForm("staff_line", "price"), Choose("line", "4"), Choose("reason", "short_date"))
STOPS: dict[str, Callable[[Visit], Visit]] = {
    "01-welcome": lambda v: v,
    "20a-accessibility": lambda v: v.shops().does(OpenPage("settings")),
    "01-languages": lambda v: v.shops().does(OpenPage("languages")),
    "02-scanning": Visit.shops,
    "02-choose-line": lambda v: v.shops().does(OpenPage("lines")),
    "02-unknown-barcode": lambda v: v.shops().does(e.ItemUnknown(text="7310000000000")),
    "03-empty-basket": lambda v: v.does(e.StartPressed()),
    "04a-picker": _picking,
    "04b-picker-search": lambda v: _searching(v, "tom", (POPULAR_NOW[8], POPULAR_NOW[12])),
    "04b-many": lambda v: _searching(v, "a", POPULAR_NOW[:7]),
    "04b-nothing": lambda v: _searching(v, "xylofon", ()),
    "04c-type-code": _typed,
    "04d-price-check": lambda v: v.shops().does(e.PriceCheckOpened(), e.ItemFound(item=WATER)),
    "04d-nothing-yet": lambda v: v.shops().does(e.PriceCheckOpened()),
    "05-weighing": lambda v: _weighing(v, 845),
    "05-moving": lambda v: _weighing(v, 845, steady=False),
    "05-too-light": lambda v: _weighing(v, 45),
    "06a-bag-place": lambda v: _bagging(v).does(e.ItemFound(item=_weighs(TOMATOES))).waits(4_000),
    "06a-bag-return": lambda v: _bagging(v, 3_000).does(_shelf(1_800)).waits(1_000),
    "06b-bag-unexpected": lambda v: _bagging(v).does(_shelf(3_350)).waits(1_000),
    "06c-bag-takeback": lambda v: _bagging(v).does(e.LineVoided(line=4)).waits(100),
    "07-age-check": lambda v: v.shops().does(e.ItemFound(item=WINE)),
    "07-refused": _refused,
    "08-quantity": _quantity,
    "08-removed": lambda v: v.shops().does(OpenPage("line", 1), e.LineVoided(line=1)),
    "09-member": _member,
    "09-member-number": lambda v: v.shops().does(OpenPage("member"), *map(TypeKey, "0701")),
    "10-pay-choice": _choice,
    "10-no-terminal": lambda v: v.shops().does(e.DeviceLost(device="card_terminal"), e.PayPressed()),
    "10-partly-paid": _partly,
    "11-card-progress": _pin,
    "11c-cash-wait": _cash,
    "12-declined": _declined,
    "12-not-read": _unread,
    "12-unreachable": _unreachable,
    "13-checking-bank": _in_doubt,
    "13-over-90-seconds": lambda v: _in_doubt(v).waits(90_000),
    "13-unknown": _unknown,
    "14a-receipt-choice": lambda v: v.shops().taps_card().says_yes().waits(2_000),
    "14b-receipt-qr": lambda v: v.shops().taps_card().says_yes().does(e.ReceiptChosen(kind="qr")).waits(8_000),
    **mailing_stops(),
    "15-thank-you": lambda v: v.shops().taps_card().says_yes().does(e.ReceiptChosen(kind="print")),
    "16-help-coming": lambda v: v.shops().does(e.HelpCalled()),
    "16-why": lambda v: v.shops().does(e.HelpCalled(), e.HelpExplained(about="price")),
    "16-over-60-seconds": lambda v: v.shops().does(e.HelpCalled()).waits(61_000),
    "17-still-there": _still_there,
    "17-stop": lambda v: _still_there(v).does(OpenPage("stop")),
    "18a-closed": _closed,
    "18b-out-of-order": _broken,
    "18c-paper-out": lambda v: v.does(e.PaperChanged(paper="out")).shops().taps_card().says_yes().waits(2_000),
    "18d-offline-still-selling": lambda v: v.shops().does(e.LinkChanged(up=False)),
    "19a-staff-sign-in": lambda v: v.shops().does(OpenPage("staff_pin"), *(TypeKey(digit) for digit in "123")),
    "19b-staff-menu": lambda v: v.shops().does(e.ItemFound(item=WINE), e.HelpCalled()).signs_in(),
    "19b-staff-bag": lambda v: _bagging(v).does(_shelf(3_350)).waits(31_000).signs_in(),
    "19e-staff-cash": _counting,
    "19a-badge": lambda v: v.shops().does(e.BadgeShown(staff="u7", name="Alex")),
    "19a-second-person": lambda v: v.shops().does(_BO, e.DrawerAsked()),
    "19c-staff-age": lambda v: v.shops().does(e.ItemFound(item=WINE)).signs_in().does(OpenPage("staff_age")),
    "19d-staff-line": lambda v: v.shops().signs_in().does(*_REPRICING),
    "19d-discount": lambda v: v.shops().signs_in().does(OpenForm("staff_line", "discount"), Choose("line", "0")),
    "19g-staff-report": lambda v: v.signs_in().does(OpenPage("staff_report")),
    "19g-close-the-day": lambda v: v.signs_in().does(OpenPage("staff_close")),
    "19g-cash-in-the-drawer": lambda v: v.signs_in().does(OpenPage("staff_drawer"), *map(TypeKey, "50000")),
    "19-staff-doubt": _settling,
    "19b-staff-sells": lambda v: v.shops().does(e.ItemFound(item=replace(WINE, staff_only=True))).signs_in(),
    "19-staff-item": _at_a_price,
    **joining_stops(),
    **cash_stops(),
    **tender_stops(),
    **staffed_stops(e.ItemFound(item=WINE)),
    "19-staff-recall": lambda v: v.shops().does(e.BasketSaved()).signs_in().does(OpenPage("staff_recall")),
}
"""By the name of the picture; those of the mockups have the mockups' names."""


def visit_to(name: str, language: str) -> tuple[State, View]:
    """The state and the view of one picture."""
    visit = STOPS[name](Visit(language))
    return visit.state, visit.view
