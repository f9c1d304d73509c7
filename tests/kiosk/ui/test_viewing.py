"""Viewing: pages that open and close, letters typed, a draft that dies with its page; nothing of it is the shop's."""

from kiosk.checkout import events as e
from kiosk.ui import gallery, viewing
from kiosk.ui.scene import Button, Rect
from kiosk.ui.view import CloseBanner, OpenPage, ScrollLines, ShowWhy, StepQuantity, SubmitCode, SubmitPin, TypeKey


def shopping() -> gallery.Visit:
    return gallery.Visit("en").shops()


def typed(visit: gallery.Visit, keys: str) -> str:
    return visit.does(*(TypeKey(key) for key in keys)).view.typed


def test_a_code_is_as_long_as_a_gtin_at_most() -> None:
    assert typed(shopping().does(OpenPage("code")), "123456789012345678") == "12345678901234"


def test_backspace_and_clear() -> None:
    visit = shopping().does(OpenPage("code"), TypeKey("4"), TypeKey("0"), TypeKey("backspace"))
    assert visit.view.typed == "4"
    assert visit.does(TypeKey("clear"), TypeKey("backspace")).view.typed == ""


def test_nothing_is_typed_where_there_is_no_field() -> None:
    assert typed(shopping(), "123") == ""


def test_a_wrong_code_stays_to_be_corrected_and_a_right_one_closes_the_page() -> None:
    visit = shopping().does(OpenPage("code"), TypeKey("4"), SubmitCode(), e.ItemUnknown(text="4", entry="key"))
    assert (visit.view.page, visit.view.typed) == ("code", "4")
    visit.does(e.ItemFound(item=gallery.BREAD, entry="key"))
    assert (visit.view.page, visit.view.typed) == ("", "")


def test_pin_digits_are_gone_once_they_are_handed_over() -> None:
    visit = shopping().does(OpenPage("staff_pin"), *(TypeKey(key) for key in "123456789012"))
    assert visit.view.typed == "12345678"
    assert visit.does(SubmitPin()).view.typed == ""


def test_signing_in_opens_the_list_and_locking_returns_to_the_shopper() -> None:
    visit = shopping().signs_in()
    assert visit.view.page == "staff"
    assert visit.does(e.StaffSignedOut()).view.page == ""


def test_the_draft_quantity_begins_at_the_line_and_stays_in_bounds() -> None:
    visit = shopping().does(OpenPage("line", 1))
    assert visit.view.draft_count == 2
    assert visit.does(*[StepQuantity(-1)] * 5).view.draft_count == 1
    assert visit.does(*[StepQuantity(1)] * 200).view.draft_count == gallery.LANE.max_quantity
    assert visit.does(e.QuantityChanged(line=1, count=99)).view.page == ""


def test_a_line_that_is_taken_out_closes_its_sheet() -> None:
    assert shopping().does(OpenPage("line", 1), e.LineVoided(line=1)).view.page == ""


def test_scrolling_goes_to_the_oldest_and_no_further_and_back() -> None:
    visit = shopping().does(*[ScrollLines(3)] * 9)
    assert 0 < visit.view.scrolled < len(visit.state.basket.lines)
    furthest = visit.view.scrolled
    assert visit.does(ScrollLines(3)).view.scrolled == furthest
    assert visit.does(ScrollLines(-99)).view.scrolled == 0


def test_a_new_line_is_always_in_sight() -> None:
    assert shopping().does(ScrollLines(3), e.ItemFound(item=gallery.BREAD)).view.scrolled == 0


def test_a_reason_goes_with_the_next_touch() -> None:
    visit = shopping().does(ShowWhy("Later."))
    assert visit.view.why == "Later."
    assert visit.does(OpenPage("code")).view.why == ""


def test_a_disabled_button_says_why_and_any_other_what_it_says() -> None:
    rect = Rect(0, 0, 100, 100)
    assert viewing.said_by(Button(rect, None, "Pay", why_not="Wait.")) == ShowWhy("Wait.")
    assert viewing.said_by(Button(rect, e.PayPressed(), "Pay")) == e.PayPressed()


def test_putting_a_reason_away_does_not_hide_the_offline_note() -> None:
    visit = shopping().does(e.LinkChanged(up=False), ShowWhy("Later."), CloseBanner())
    assert not visit.view.offline_seen
    assert visit.does(CloseBanner()).view.offline_seen


def test_the_next_visit_finds_fresh_eyes() -> None:
    visit = shopping().does(e.LinkChanged(up=False), CloseBanner(), OpenPage("code"), TypeKey("4"), e.ShoppingStopped())
    assert (visit.view.page, visit.view.typed, visit.view.offline_seen, visit.view.scrolled) == ("", "", False, 0)


def test_pages_close_when_the_phase_changes() -> None:
    assert shopping().does(OpenPage("lines"), e.PayPressed()).view.page == ""
    assert shopping().does(OpenPage("languages"), e.LanguageChosen(language="sv")).view.page == ""


def test_a_prompt_is_not_hidden_behind_a_page() -> None:
    assert shopping().does(OpenPage("code"), e.HelpCalled()).view.page == ""


def test_a_page_left_alone_closes_and_ten_times_as_late_where_more_time_was_asked() -> None:
    visit = shopping().does(OpenPage("code"))
    assert viewing.page_deadline_ms(visit.state, visit.view) == visit.tick_ms + 60_000
    visit.does(e.MoreTimeAsked())
    assert viewing.page_deadline_ms(visit.state, visit.view) == visit.tick_ms + 600_000
    visit.does(OpenPage("staff_pin"))
    assert viewing.page_deadline_ms(visit.state, visit.view) == visit.tick_ms + 60_000
    assert viewing.close_page(visit.view).page == ""


def test_a_still_screen_asks_for_no_time() -> None:
    assert viewing.now_needed(shopping().state, shopping().view) is None


def test_what_moves_asks_for_time_as_often_as_it_moves() -> None:
    seconds = ("17-still-there", "14a-receipt-choice", "11b-qr-pay")
    for name, every in (("13-checking-bank", 33), *((name, 1000) for name in seconds)):
        assert viewing.now_needed(*gallery.visit_to(name, "en")) == every
