"""Pictures of closed lanes and of staff at work on one: stops of the gallery."""

from collections.abc import Callable

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.questions import ExitAnswer
from kiosk.ui.gallery_goods import WINE
from kiosk.ui.gallery_paying import cash, mailing, unknown
from kiosk.ui.gallery_shopping import bagging, shelf
from kiosk.ui.gallery_visit import LANE, Visit
from kiosk.ui.view import Choose, ChooseDoubt, ChooseTab, FillIn, OpenForm, OpenPage, TypeKey

_BO = e.StaffSignedIn(staff="u2", name="Bo", role="cashier")
_REPRICING = (OpenForm("staff_line", "price"), Choose("line", "4"), Choose("reason", "short_date"))


def staff_stops() -> dict[str, Callable[[Visit], Visit]]:
    """By the name of the picture."""
    return {
        "18a-closed": _closed,
        "18b-out-of-order": _broken,
        "18c-paper-out": _out_of_paper,
        "18d-scanner-away": lambda v: v.shops().does(e.DeviceLost(device="scanner", why="unplugged")),
        "18d-offline-still-selling": lambda v: v.shops().does(e.LinkChanged(up=False)),
        "19a-staff-sign-in": lambda v: v.shops().does(OpenPage("staff_pin"), *(TypeKey(digit) for digit in "123")),
        "19b-staff-menu": lambda v: v.shops().does(e.ItemFound(item=WINE), e.HelpCalled()).signs_in(),
        "19b-door-and-gate": _at_the_doors,
        "19h-fitted": lambda v: _at_the_doors(v).does(e.KeylockTurned(turned=True), OpenPage("staff_health")),
        "19b-staff-bag": lambda v: bagging(v).does(shelf(3_350)).waits(31_000).signs_in(),
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
        "19-staff-recall": lambda v: v.shops().does(e.BasketSaved()).signs_in().does(OpenPage("staff_recall")),
    }


def _out_of_paper(visit: Visit) -> Visit:
    mailing(visit).does(e.PaperChanged(paper="out"))
    return visit.shops_as_member().taps_card().says_yes().waits(2_000)


def _broken(visit: Visit) -> Visit:
    visit.shops().does(e.BasketSaved())
    return visit.does(e.DeviceLost(device="scanner", why="unplugged"))


def _settling(visit: Visit) -> Visit:
    unknown(visit).signs_in().does(OpenPage("staff_doubt"), ChooseDoubt(True))
    return visit.does(*(TypeKey(digit) for digit in "0175"))


def _at_a_price(visit: Visit) -> Visit:
    visit.shops().does(e.ItemUnknown(text="7310000000000")).signs_in().does(OpenPage("staff_item"))
    visit.does(ChooseTab("food"), *(TypeKey(digit) for digit in "1590"))
    visit.view = replace(visit.view, tabs=("food", "standard", "alcohol", "tobacco", "books", "exempt"))
    return visit


def _at_the_doors(visit: Visit) -> Visit:
    fitted = ("keylock", "door.service", "badge_reader", "gate")
    visit.does(e.Restarted(lane=replace(LANE, fitted=fitted)), e.DoorMoved(door="door.service", open=True))
    visit.does(e.ExitCodeShown(code="7QF2"))
    visit.does(e.QuestionAnswered(id=visit.state.asked[0].id, answer=ExitAnswer(state="used")))
    return visit.signs_in()


def _closed(visit: Visit) -> Visit:
    return visit.signs_in().does(e.LaneClosed(), e.StaffSignedOut())


def _counting(visit: Visit) -> Visit:
    return cash(visit).signs_in().does(FillIn("50000"))
