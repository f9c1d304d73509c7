"""What the screens tell a shopper: true things, in the right moment, and a touch that means what the button says."""

import pytest
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.sale import exit_code, receipt_token
from kiosk.ui import gallery
from kiosk.ui.scene import Button, Code, Label, Progress, Ring, Row, Scene, Word, buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import OpenPage, ScrollLines, ShowWhy
from kiosk.values.money import Money

WORDS = words_of_gallery()


def shown(visit: gallery.Visit, language: str = "en") -> Scene:
    return make_scene(visit.state, visit.view, WORDS[language])


def texts(scene: Scene) -> str:
    said = [e.text for e in scene.elements if isinstance(e, Label)]
    said += [part.text for e in scene.elements if isinstance(e, Row) for part in e.parts if isinstance(part, Word)]
    return " | ".join(said).replace("\xa0", " ")


def button(scene: Scene, name: str) -> Button:
    found = [b for b in buttons(scene) if b.name == name]
    assert len(found) == 1, f"{name!r} among {[b.name for b in buttons(scene)]}"
    return found[0]


def visit() -> gallery.Visit:
    return gallery.Visit("en")


def test_welcome_lists_the_lanes_languages_and_no_other() -> None:
    scene = shown(visit())
    assert button(scene, "Svenska").says == e.LanguageChosen(language="sv")
    assert button(scene, "English").selected
    assert "Suomi" not in texts(scene)


def test_welcome_promises_card_only_while_the_terminal_works() -> None:
    working = shown(visit())
    broken = shown(visit().does(e.DeviceLost(device="card_terminal")))
    assert "We take card and phone" in texts(working)
    assert "We take card" not in texts(broken)


def test_an_empty_basket_cannot_be_paid_and_says_why() -> None:
    scene = shown(visit().does(e.StartPressed()))
    assert scene.name == "03-empty-basket"
    assert button(scene, "Pay").why_not == "Scan something first."


def test_the_slip_keeps_the_newest_lines_in_sight_and_leads_to_the_earlier_ones() -> None:
    told = visit().shops()
    scene = shown(told)
    assert "3 earlier lines" in texts(scene)
    assert "Vine tomatoes" in texts(scene)
    assert "Ground coffee" not in texts(scene)
    told.does(button(scene, "3 earlier lines").says)  # type: ignore[arg-type]
    scrolled = shown(told)
    assert "Bananas" in texts(scrolled)
    assert button(scrolled, "Newest").says == ScrollLines(-6)


def test_language_changes_every_word_at_any_moment() -> None:
    told = visit().shops()
    before = texts(shown(told))
    told.does(e.LanguageChosen(language="sv"))
    after = texts(shown(told, "sv"))
    assert "Total" in before and "212.38 kr" in before
    assert "Summa" in after and "212,38 kr" in after and "Kvisttomater" in after
    assert "Total" not in after


def test_deposit_is_shown_beside_the_price_and_within_the_line() -> None:
    scene = shown(visit().shops())
    assert "1 × 11.90 + deposit 1.00" in texts(scene)
    assert button(scene, "Sparkling water 33 cl").value == "12.90"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (e.ItemUnknown(text="123"), "We don’t know this barcode"),
        (e.ItemUnknown(text="4011", entry="key"), "We can’t find 4011"),
        (e.ItemFound(item=replace(gallery.BREAD, blocked=True)), "This item can’t be sold here"),
        (e.ItemFound(item=replace(gallery.BREAD, sold_by="kg"), weight_g=0), "This label has no price"),
        (e.ItemFound(item=replace(gallery.BREAD, max_quantity=2), count=3), "2 is the most"),
    ],
)
def test_a_refused_item_is_explained_kindly(event: e.Event, words: str) -> None:
    scene = shown(visit().does(e.StartPressed(), event))
    assert words in texts(scene).replace("**", "")


def test_offline_is_told_once_and_can_be_put_away() -> None:
    told = visit().shops().does(e.LinkChanged(up=False))
    scene = shown(told)
    assert scene.name == "18d-offline-still-selling"
    close = next(b for b in buttons(scene) if b.name.startswith("Close the note"))
    told.does(close.says)  # type: ignore[arg-type]
    assert shown(told).name == "02-scanning"


def test_the_age_prompt_locks_pay_only_and_can_remove_the_item() -> None:
    told = visit().shops().does(e.ItemFound(item=gallery.WINE))
    scene = shown(told)
    assert scene.name == "07-age-check"
    assert "18+" in texts(scene)
    assert button(scene, "Pay").why_not
    assert button(scene, "Remove this item").says == e.LineVoided(line=7)
    told.does(button(scene, "Keep scanning").says)  # type: ignore[arg-type]
    assert shown(told).name == "02-scanning"
    assert button(shown(told), "Pay").why_not


def test_the_quantity_sheet_counts_in_a_draft_until_saved() -> None:
    told = visit().shops().does(OpenPage("line", 1))
    for _ in range(2):
        told.does(button(shown(told), "One more").says)  # type: ignore[arg-type]
    scene = shown(told)
    assert "220.00 kr" in texts(scene)
    assert told.state.basket.lines[0].count == 2
    assert button(scene, "Save change").says == e.QuantityChanged(line=1, count=4)


def test_a_line_just_removed_can_be_had_back_as_it_was() -> None:
    told = visit().shops().does(OpenPage("line", 1), e.LineVoided(line=1))
    asked = button(shown(told), "Removed. Add it back?")
    told.does(asked.says)  # type: ignore[arg-type]
    line = told.state.basket.lines[-1]
    assert (line.item, line.count) == (gallery.COFFEE, 2)
    assert "Removed" not in texts(shown(told))


@pytest.mark.parametrize("name", gallery.STOPS)
def test_a_locked_button_that_is_touched_is_answered_on_the_same_screen(name: str) -> None:
    told = gallery.STOPS[name](visit())
    state, view, before = told.state, told.view, shown(told)
    for locked in (b for b in buttons(before) if b.why_not):
        told.state, told.view = state, view
        told.does(ShowWhy(locked.why_not))
        after = shown(told)
        said = [e.text for e in after.elements[after.modal_from :] if isinstance(e, Label)]
        assert after.name == before.name or before.name.startswith("18d")
        assert locked.why_not in said, locked.name


def test_the_next_removal_asks_about_the_next_line() -> None:
    told = visit().shops().does(e.LineVoided(line=1), e.LineVoided(line=4))
    told.does(button(shown(told), "Removed. Add it back?").says)  # type: ignore[arg-type]
    assert [line.item for line in told.state.basket.lines][-1] == gallery.BREAD


def test_what_staff_refuse_is_struck_through_once_and_costs_nothing() -> None:
    told = visit().shops().does(e.ItemFound(item=gallery.WINE)).signs_in().does(e.AgeRefused(), e.StaffSignedOut())
    scene = shown(told)
    assert "We couldn’t sell this item today" in texts(scene)
    assert "Apple wine 75 cl" in texts(scene) and "212.38 kr" in texts(scene)
    assert "Apple wine 75 cl" not in [b.name for b in buttons(scene)]
    told.does(e.Touched())
    assert "Apple wine" not in texts(shown(told))


def test_a_single_refused_item_leaves_an_empty_basket_behind() -> None:
    told = visit().does(e.ItemFound(item=gallery.WINE)).signs_in().does(e.AgeRefused(), e.StaffSignedOut())
    scene = shown(told)
    assert "Apple wine 75 cl" in texts(scene) and "0.00 kr" in texts(scene)
    told.does(e.Touched())
    assert "Nothing here yet" in texts(shown(told))


@pytest.mark.parametrize("name", ["07-age-check", "16-help-coming"])
def test_a_line_of_the_slip_opens_beside_a_prompt_and_the_prompt_comes_back(name: str) -> None:
    told = gallery.STOPS[name](visit())
    told.does(button(shown(told), "Vine tomatoes").says)  # type: ignore[arg-type]
    assert shown(told).name == "08-quantity"
    told.does(button(shown(told), "Close").says)  # type: ignore[arg-type]
    assert shown(told).name == name


def test_one_is_the_least_and_the_limit_is_the_most() -> None:
    told = visit().does(e.ItemFound(item=replace(gallery.BREAD, max_quantity=1)), OpenPage("line", 1))
    scene = shown(told)
    assert button(scene, "One less").why_not
    assert button(scene, "One more").why_not


def test_why_a_button_of_the_sheet_is_locked_is_said_on_the_sheet() -> None:
    told = visit().does(e.ItemFound(item=gallery.BREAD), OpenPage("line", 1))
    told.does(button(shown(told), "One less").says)  # type: ignore[arg-type]
    scene = shown(told)
    said = [e for e in scene.elements[scene.modal_from :] if isinstance(e, Label)]
    assert "One is the least. Remove takes the line out." in [label.text for label in said]


def test_nothing_under_a_sheet_can_be_touched() -> None:
    scene = shown(visit().shops().does(OpenPage("line", 1)))
    assert {b.name for b in buttons(scene)} == {"Close", "One less", "One more", "Remove", "Save change"}


def test_only_tenders_that_work_can_be_chosen() -> None:
    told = visit().shops().does(e.DeviceLost(device="card_terminal"), e.PayPressed())
    scene = shown(told)
    assert scene.name == "10-pay-choice"
    assert button(scene, "Card").why_not
    told.does(e.DeviceFound(device="card_terminal"))
    assert button(shown(told), "Card").says == e.CardChosen()


def test_the_terminals_own_words_are_shown_unchanged() -> None:
    told = visit().shops().taps_card()
    told.does(e.CardText(attempt=told.attempt(), text="BITTE PIN EINGEBEN **", step="pin", can_cancel=False))
    scene = shown(told)
    assert "BITTE PIN EINGEBEN" in texts(scene)
    assert "Type your PIN on the card terminal" in texts(scene)
    assert button(scene, "Cancel payment").why_not


@pytest.mark.parametrize(
    ("why", "title"),
    [
        ("declined", "The card didn’t go through"),
        ("card_error", "We couldn’t read the card"),
        ("cancelled", "Payment cancelled"),
    ],
)
def test_a_definite_no_says_that_nothing_was_charged(why: str, title: str) -> None:
    told = visit().shops().taps_card()
    told.does(e.CardDeclined(attempt=told.attempt(), why=why, detail="6C"))  # type: ignore[arg-type]
    scene = shown(told)
    assert title in texts(scene)
    assert "You have not been charged." in texts(scene)
    assert "6C" not in texts(scene)
    assert button(scene, "Try again").says == e.CardChosen()
    assert button(scene, "Pay another way").says == e.BackPressed()
    assert button(scene, "Save basket and ask staff").says == e.BasketSaved()


def test_a_terminal_out_of_reach_has_charged_nothing_either() -> None:
    told = visit().shops().taps_card()
    told.does(e.CardRefused(attempt=told.attempt(), why="no connection"))
    scene = shown(told)
    assert "The terminal does not answer" in texts(scene)
    assert "You have not been charged." in texts(scene)


def test_in_doubt_no_button_pays_cancels_or_tries_again() -> None:
    state, view = gallery.visit_to("13-checking-bank", "en")
    scene = make_scene(state, view, WORDS["en"])
    assert {b.name for b in buttons(scene)} == {"Staff sign-in", "English", "Accessibility", "Call staff"}
    assert "Asked 2 times" in texts(scene) and "0:24" in texts(scene)
    assert "not been charged" not in texts(scene)


def test_in_doubt_for_long_the_words_change_and_the_bar_keeps_moving() -> None:
    state, view = gallery.visit_to("13-checking-bank", "en")
    assert state.payment is not None
    later = replace(view, now_ms=state.payment.since_tick + 91_000)
    assert "taking longer than usual" in texts(make_scene(state, later, WORDS["en"]))
    places = {
        element.position_permille
        for ms in range(0, 1600, 100)
        for element in make_scene(state, replace(view, now_ms=view.now_ms + ms), WORDS["en"]).elements
        if isinstance(element, Progress)
    }
    assert len(places) > 4 and min(places) >= 0 and max(places) <= 1000


def test_a_bank_that_was_not_asked_yet_is_not_counted() -> None:
    told = visit().shops().taps_card()
    told.does(e.CardInDoubt(attempt=told.attempt(), why="connection lost"))
    assert "Asked" not in texts(shown(told))


def paid(**changes: object) -> gallery.Visit:
    lane = replace(gallery.LANE, **changes)
    return gallery.Visit("en", lane).shops().taps_card().says_yes()


def test_a_qr_receipt_is_offered_only_where_a_phone_can_open_it() -> None:
    assert button(shown(paid()), "Show a QR code").says == e.ReceiptChosen(kind="qr")
    assert button(shown(paid(receipt_url="")), "Show a QR code").why_not


def test_a_qr_receipt_waits_for_the_store_and_says_so() -> None:
    told = paid().does(e.LinkChanged(up=False))
    assert "not possible right now" in button(shown(told), "Show a QR code").why_not
    told.does(e.PaperChanged(paper="out"))
    assert "works just as well" not in texts(shown(told))
    told.does(e.LinkChanged(up=True))
    assert button(shown(told), "Show a QR code").says == e.ReceiptChosen(kind="qr")
    assert "works just as well" in texts(shown(told))


def test_the_qr_code_holds_the_address_of_this_sale() -> None:
    told = paid().does(e.ReceiptChosen(kind="qr"))
    assert told.state.sale is not None
    code = next(e for e in shown(told).elements if isinstance(e, Code))
    assert code.text == f"https://kassa.example/r/{receipt_token(told.state.sale)}"


def test_exit_codes_are_spoken_of_only_where_there_is_a_gate() -> None:
    assert "exit code" in texts(shown(paid()))
    assert "xit code" not in texts(shown(paid(exit_codes=False)))


def test_thank_you_shows_the_exit_code_of_this_sale_or_a_tick() -> None:
    with_gate = paid().does(e.ReceiptChosen(kind="none"))
    assert with_gate.state.sale is not None
    assert exit_code(with_gate.state.sale) in texts(shown(with_gate))
    without = paid(exit_codes=False).does(e.ReceiptChosen(kind="none"))
    assert not [e for e in shown(without).elements if isinstance(e, Code)]
    assert "Paid" in texts(shown(without))


def test_without_paper_staff_can_print_elsewhere() -> None:
    told = paid().does(e.PaperChanged(paper="out"))
    scene = shown(told)
    assert scene.name == "18c-paper-out"
    assert "Staff: paper is out" in texts(scene)
    assert button(scene, "Ask staff to print").says == e.ReceiptChosen(kind="staff")
    assert "Print it" not in [b.name for b in buttons(scene)]


def test_a_receipt_that_did_not_print_is_not_offered_on_the_same_printer_again() -> None:
    told = paid().does(e.ReceiptChosen(kind="print"))
    assert told.state.printing
    told.does(e.ReceiptFailed(job=told.state.printing[0].job, why="jam"))
    scene = shown(told)
    assert "The printer could not print it" in texts(scene)
    assert "Staff: look at the printer" in texts(scene)
    assert "Print it" not in [b.name for b in buttons(scene)]


def test_a_basket_that_costs_nothing_names_no_card() -> None:
    scene = shown(visit().does(e.ItemFound(item=replace(gallery.BREAD, price=Money(0))), e.PayPressed()))
    assert scene.name == "14a-receipt-choice"
    assert "There was nothing to pay" in texts(scene)


def test_the_countdown_ends_at_nought_and_never_below() -> None:
    state, view = gallery.visit_to("17-still-there", "en")
    assert state.warned_tick is not None
    for later, left, permille in ((0, "30", 1000), (29_001, "1", 33), (31_000, "0", 0)):
        scene = make_scene(state, replace(view, now_ms=state.warned_tick + later), WORDS["en"])
        assert f" {left} " in f" {texts(scene)} ".replace("|", " ")
        assert [e.share_permille for e in scene.elements if isinstance(e, Ring)] == [permille]


def test_out_of_order_names_the_fault_since_when_and_the_kept_basket() -> None:
    state, view = gallery.visit_to("18b-out-of-order", "en")
    scene = make_scene(state, view, WORDS["en"])
    assert "E-203 · Scanner not answering · since 14:07" in texts(scene)
    assert state.parked[0].code in texts(scene)


def test_out_of_order_claims_that_staff_know_only_when_they_were_told() -> None:
    state, view = gallery.visit_to("18b-out-of-order", "en")
    cut = replace(state, devices=replace(state.devices, link_up=False))
    assert "Staff know about it" in texts(make_scene(state, view, WORDS["en"]))
    assert "Staff know" not in texts(make_scene(cut, view, WORDS["en"]))


def test_a_pin_is_never_on_the_screen() -> None:
    state, view = gallery.visit_to("19a-staff-sign-in", "en")
    scene = make_scene(state, replace(view, typed="907356"), WORDS["en"])
    assert "907356" not in texts(scene)
    assert not [e for e in scene.elements if isinstance(e, Label) and len(e.text) > 1 and e.text.isdigit()]


def test_staff_pages_do_not_open_without_a_signed_in_person() -> None:
    assert shown(visit().shops().does(OpenPage("staff"))).name == "02-scanning"


def test_a_doubt_is_settled_only_with_a_decision_and_evidence() -> None:
    state, view = gallery.visit_to("19-staff-doubt", "en")
    assert state.payment is not None
    complete = button(make_scene(state, view, WORDS["en"]), "Decide")
    assert complete.says == e.DoubtSettled(attempt=state.payment.attempt, paid=True, evidence="0175")
    assert button(make_scene(state, replace(view, typed=""), WORDS["en"]), "Decide").why_not
    assert button(make_scene(state, replace(view, doubt_paid=None), WORDS["en"]), "Decide").why_not


def test_a_kept_basket_comes_back_by_its_code() -> None:
    state, view = gallery.visit_to("19-staff-recall", "en")
    code = state.parked[0].code
    assert button(make_scene(state, view, WORDS["en"]), code).says == e.BasketRecalled(code=code)


def test_a_demo_lane_says_so() -> None:
    demo = gallery.Visit("en", replace(gallery.LANE, mode="demo")).shops()
    assert "Demo" in texts(shown(demo))
    assert "Demo" not in texts(shown(visit().shops()))
