"""Pictures of shopping, and of help and questions on the way: stops of the gallery."""

from collections.abc import Callable

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.item import Item
from kiosk.checkout.lane import BaggingLimits
from kiosk.search.shelf import Entry
from kiosk.ui.gallery_goods import BANANAS, BREAD, POPULAR_NOW, SHOPPING, TOMATOES, WATER, WINE, Things
from kiosk.ui.gallery_visit import EVERY_TENDER, LANE, Visit
from kiosk.ui.view import OpenPage, TypeKey
from kiosk.values.quantity import Weight

BAGGING_LANE = replace(LANE, bagging=BaggingLimits())
_TABS = ("popular", "fruit", "vegetables", "bread & buns", "bags", "everything")


def shopping_stops() -> dict[str, Callable[[Visit], Visit]]:
    """By the name of the picture."""
    return {
        "01-welcome": _free,
        "20a-accessibility": lambda v: v.shops().does(OpenPage("settings")),
        "01-languages": lambda v: v.shops().does(OpenPage("languages")),
        "02-scanning": Visit.shops,
        "02-no-picture": lambda v: v.shops().does(
            e.ItemFound(item=replace(BREAD, picture="", category="bread & buns"))
        ),
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
        "05-not-for-trade": lambda v: _weighing(_untraded(v), 845),
        "01-attract": _attracts,
        "06a-bag-place": lambda v: (
            bagging(v, SHOPPING[:-1]).does(e.ItemFound(item=TOMATOES, weight_g=395)).waits(4_000)
        ),
        "06a-bag-return": lambda v: bagging(v).does(shelf(1_800)).waits(1_000),
        "06b-bag-unexpected": lambda v: bagging(v).does(shelf(3_350)).waits(1_000),
        "06c-bag-takeback": lambda v: bagging(v).does(e.LineVoided(line=4)).waits(100),
        "07-age-check": lambda v: v.shops().does(e.ItemFound(item=WINE)),
        "07-refused": _refused,
        "08-quantity": _quantity,
        "08-weighed": lambda v: (
            _weighing(v, 845).does(e.WeighingAccepted(gross_g=845)).does(OpenPage("line", len(SHOPPING) + 1))
        ),
        "08-removed": lambda v: v.shops().does(OpenPage("line", 1), e.LineVoided(line=1)),
        "09-member": lambda v: v.shops().shows_member_card(),
        "09-member-number": lambda v: v.shops().does(OpenPage("member"), *map(TypeKey, "0701")),
        "16-help-coming": lambda v: v.shops().does(e.HelpCalled()),
        "16-why": lambda v: v.shops().does(e.HelpCalled(), e.HelpExplained(about="price")),
        "16-over-60-seconds": lambda v: v.shops().does(e.HelpCalled()).waits(61_000),
        "17-still-there": _still_there,
        "17-stop": lambda v: _still_there(v).does(OpenPage("stop")),
    }


def _free(visit: Visit) -> Visit:
    """A lane that takes everything, in a shop where seven languages are spoken."""
    lane = replace(LANE, languages=("sv", "en", "fi", "de", "uk", "ar", "pl"), tenders=EVERY_TENDER)
    return visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=visit.state.language))


def _attracts(visit: Visit) -> Visit:
    """The shop's own picture, here one of ours."""
    visit.view = replace(visit.view, attract="svg:scan-dark")
    return visit


def _weighs(item: Item) -> Item:
    return replace(item, weight_g=400)


def shelf(grams: int) -> e.Event:
    """The bagging shelf is seen to hold this."""
    return e.BagWeightSeen(weight=Weight(grams))


def bagging(visit: Visit, things: Things = SHOPPING, grams: int = 3_000) -> Visit:
    """The basket of the mockups on a shelf that staff have accepted as it is."""
    visit.does(e.Restarted(lane=BAGGING_LANE), e.LanguageChosen(language=visit.state.language), shelf(0))
    visit.does(*(e.ItemFound(item=_weighs(item), count=n, weight_g=net_g) for item, n, net_g in things))
    visit.does(shelf(grams), e.StaffSignedIn(staff="u7", name="Alex", role="supervisor"), e.BagAccepted())
    return visit.does(e.StaffSignedOut())


def _typed(visit: Visit) -> Visit:
    return visit.shops().does(OpenPage("code"), *(TypeKey(digit) for digit in "4011"))


def _picking(visit: Visit, tiles: tuple[Entry, ...] = POPULAR_NOW) -> Visit:
    visit.shops().does(OpenPage("picker"))
    visit.view = replace(visit.view, tabs=_TABS, tiles=tiles)
    return visit


def _searching(visit: Visit, typed: str, tiles: tuple[Entry, ...]) -> Visit:
    _picking(visit).does(OpenPage("search"), *(TypeKey(letter) for letter in typed))
    visit.view = replace(visit.view, tiles=tiles)
    return visit


def _untraded(visit: Visit) -> Visit:
    """Nobody has written down the certificates."""
    lane = visit.state.lane
    return visit.does(e.Restarted(lane=replace(lane, trade=replace(lane.trade, certificates=())), genesis="0" * 64))


def _weighing(visit: Visit, grams: int, *, steady: bool = True) -> Visit:
    said = e.WeightShown(grams=grams if steady else None, stable=steady)
    return visit.shops().does(e.ItemFound(item=BANANAS, entry="pick"), said)


def _quantity(visit: Visit) -> Visit:
    return visit.shops().does(OpenPage("lines"), OpenPage("line", 1))


def _refused(visit: Visit) -> Visit:
    visit.shops().does(e.ItemFound(item=WINE)).signs_in()
    return visit.does(e.AgeRefused(), e.StaffSignedOut())


def _still_there(visit: Visit) -> Visit:
    return visit.shops().waits(visit.state.lane.time_outs.scanning_ms + 6_000)
