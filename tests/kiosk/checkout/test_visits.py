"""Whole visits through the brain: what the shopper, staff and the books may rely on."""

from shopping import BREAD, LANE, WATER, WINE, Checkout, record

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.paying import pay_blocked
from kiosk.checkout.pricing import totals
from kiosk.checkout.sale import link_hash
from kiosk.checkout.state import Phase

ATTEMPT = "k01-000001-1"
ALEX = e.StaffSignedIn(staff="u7", name="Alex", role="supervisor")


def test_a_sale_is_sealed_only_after_the_approval_is_on_disk() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.ItemFound(item=WATER), e.PayPressed())
    shop.tell(e.CardReady(attempt=ATTEMPT, baseline="b"))
    assert shop.of(f.AuthorizeCard)[-1].amount.minor == 3290 + 1190 + 100
    shop.tell(e.CardApproved(attempt=ATTEMPT, record=record(4580), message=1))
    shop.tell(e.CardCompleted(attempt=ATTEMPT, record=record(4580), message=2))
    assert shop.state.waits
    assert shop.of(f.RecordSale) == []
    assert [a.message for a in shop.of(f.AcknowledgeCard)] == [1, 2]
    shop.tell(e.Stored())
    sale = shop.of(f.RecordSale)[0].sale
    assert sale.key == "s001/k01/2026-11-24/000001"
    assert (sale.totals.goods_minor, sale.totals.deposit_minor, sale.totals.due_minor) == (4480, 100, 4580)
    assert sale.totals.tax[0].tax_minor == 254  # 44.80 * 6 / 106 = 2.5358
    assert sale.chain.hash == link_hash(sale)
    assert shop.state.phase is Phase.RECEIPT
    assert not shop.state.waits


def test_sales_are_chained_and_numbered() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().tell(e.ItemFound(item=WATER)).pay_card()
    first, second = (effect.sale for effect in shop.of(f.RecordSale))
    assert second.chain.previous == first.chain.hash
    assert (first.sequence, second.sequence) == (1, 2)


def test_decline_says_no_and_a_second_attempt_has_its_own_name() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(), e.CardReady(attempt=ATTEMPT, baseline="b"))
    shop.tell(e.CardDeclined(attempt=ATTEMPT, why="declined", message=3))
    assert shop.state.payment is not None and shop.state.payment.stage == "declined"
    shop.tell(e.CardChosen())
    assert shop.state.payment.attempt == "k01-000001-2"


def test_a_charge_nobody_waits_for_is_given_back() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(), e.CardReady(attempt=ATTEMPT, baseline="b"))
    shop.tell(e.CardInDoubt(attempt=ATTEMPT, why="cut"), ALEX)
    shop.tell(e.DoubtSettled(attempt=ATTEMPT, paid=False, evidence="journal shows nothing"))
    shop.tell(e.CardCompleted(attempt=ATTEMPT, record=record(3290)))
    assert [r.attempt for r in shop.of(f.ReverseCard)] == [ATTEMPT]
    shop.tell(e.CardReversed(attempt=ATTEMPT, done=True))
    assert shop.state.reversals == ()


def test_a_repeated_approval_of_a_sold_basket_is_no_second_charge() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card()
    shop.tell(e.CardCompleted(attempt=ATTEMPT, record=record(3290), message=9))
    assert shop.of(f.ReverseCard) == []
    assert len(shop.of(f.RecordSale)) == 1


def test_another_amount_from_the_terminal_is_a_doubt_not_a_sale() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(), e.CardReady(attempt=ATTEMPT, baseline="b"))
    shop.tell(e.CardCompleted(attempt=ATTEMPT, record=record(1), message=2), e.Stored())
    assert shop.state.phase is Phase.DOUBT
    assert shop.of(f.RecordSale) == []


def test_staff_settle_a_doubt_with_evidence_and_only_signed_in() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(), e.CardReady(attempt=ATTEMPT, baseline="b"))
    shop.tell(e.CardInDoubt(attempt=ATTEMPT, why="cut"), e.CardUnknown(attempt=ATTEMPT, evidence="silent"))
    shop.tell(e.DoubtSettled(attempt=ATTEMPT, paid=True, evidence="0175"), e.Stored())
    assert shop.state.phase is Phase.DOUBT
    shop.tell(ALEX, e.DoubtSettled(attempt=ATTEMPT, paid=True, evidence=""), e.Stored())
    assert shop.state.phase is Phase.DOUBT
    shop.tell(e.DoubtSettled(attempt=ATTEMPT, paid=True, evidence="0175"), e.Stored())
    sale = shop.of(f.RecordSale)[0].sale
    assert sale.tenders[0].evidence == "0175"
    assert [(i.reason, i.by) for i in sale.interventions] == [("bank", "u7")]


def test_a_terminal_that_cannot_tell_is_asked_again_and_never_charged_again() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(), e.CardReady(attempt=ATTEMPT, baseline="b"))
    shop.tell(e.CardInDoubt(attempt=ATTEMPT, why="cut"), e.CardUnknown(attempt=ATTEMPT, evidence="silent"))
    shop.wait(95_000)
    assert len(shop.of(f.EnquireCard)) == 4
    assert len(shop.of(f.AuthorizeCard)) == 1
    shop.tell(e.CardChosen(), e.PayPressed(), e.BackPressed(), e.ShoppingStopped())
    assert shop.state.phase is Phase.DOUBT


def test_a_doubt_that_the_terminal_itself_ends_leaves_no_remark_on_the_sale() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(), e.CardReady(attempt=ATTEMPT, baseline="b"))
    shop.tell(e.CardInDoubt(attempt=ATTEMPT, why="cut"), e.CardUnknown(attempt=ATTEMPT, evidence="silent"))
    shop.tell(e.CardCompleted(attempt=ATTEMPT, record=record(3290), message=2), e.Stored())
    (tender,) = shop.of(f.RecordSale)[0].sale.tenders
    assert (tender.evidence, tender.card is not None) == ("", True)


def test_restart_by_stage_of_the_payment() -> None:
    def cut(*events: e.Event) -> Checkout:
        shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(), *events)
        shop.effects.clear()
        shop.tick_ms = 5
        return shop.tell(e.Restarted(lane=LANE))

    ready = e.CardReady(attempt=ATTEMPT, baseline="b")
    approved = e.CardApproved(attempt=ATTEMPT, record=record(3290), message=1)
    done = e.CardCompleted(attempt=ATTEMPT, record=record(3290), message=2)
    nothing_sent = cut()
    assert nothing_sent.state.payment is not None and nothing_sent.state.payment.why == "interrupted"
    for shop in (cut(ready), cut(ready, approved)):
        assert shop.state.phase is Phase.DOUBT
        assert [q.attempt for q in shop.of(f.EnquireCard)] == [ATTEMPT]
        assert shop.of(f.AuthorizeCard) == []
    finished = cut(ready, approved, done)
    assert finished.state.waits
    finished.tell(e.Stored())
    assert len(finished.of(f.RecordSale)) == 1


def test_a_cut_while_printing_prints_a_copy() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().tell(e.ReceiptChosen(kind="print"))
    assert shop.of(f.PrintReceipt)[0].copy is False
    shop.effects.clear()
    shop.tell(e.Restarted(lane=LANE))
    assert [p.copy for p in shop.of(f.PrintReceipt)] == [True]


def test_age_stops_paying_and_nothing_else() -> None:
    shop = Checkout().tell(e.ItemFound(item=WINE))
    assert shop.state.prompt == "age" and pay_blocked(shop.state) == "age"
    shop.tell(e.PromptClosed(), e.ItemFound(item=BREAD), e.PayPressed(), e.AgeApproved())
    assert shop.state.phase is Phase.SCANNING and pay_blocked(shop.state) == "age"
    shop.tell(ALEX, e.AgeApproved())
    assert pay_blocked(shop.state) == ""
    shop.tell(e.ItemFound(item=WINE))
    assert pay_blocked(shop.state) == ""


def test_a_refused_age_takes_out_only_those_items() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.ItemFound(item=WINE), ALEX, e.AgeRefused())
    assert [line.item.gtin for line in shop.state.basket.lines] == [BREAD.gtin]
    assert shop.state.interventions == ()


def test_removing_the_wine_ends_the_age_check() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.ItemFound(item=WINE), e.LineVoided(line=2))
    assert shop.state.interventions == () and shop.state.prompt == ""


def test_a_walk_away_basket_is_suspended_and_never_handed_to_the_next_shopper() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).wait(119_000)
    assert shop.state.warned_tick is not None and shop.state.phase is Phase.SCANNING
    shop.wait(2_000)
    assert shop.state.phase is Phase.WELCOME and shop.state.basket.lines == ()
    code = shop.state.parked[0].code
    shop.tell(e.BasketRecalled(code=code))
    assert shop.state.basket.lines == ()
    shop.tell(ALEX, e.BasketRecalled(code=code))
    assert [line.item for line in shop.state.basket.lines] == [BREAD]
    assert shop.state.parked == ()


def test_the_countdown_is_heard_when_it_begins_and_ten_seconds_before_its_end() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).wait(109_999)
    assert [beep.cue for beep in shop.of(f.Beep)][1:] == ["countdown"]
    shop.wait(1)
    assert [beep.cue for beep in shop.of(f.Beep)][1:] == ["countdown", "countdown"]
    shop.wait(10_000)
    assert shop.state.phase is Phase.WELCOME
    assert [beep.cue for beep in shop.of(f.Beep)].count("countdown") == 2


def test_a_receipt_without_paper_is_amber_until_it_is_chosen() -> None:
    shop = Checkout().tell(e.PaperChanged(paper="out"), e.ItemFound(item=BREAD)).pay_card()
    assert shop.of(f.ShowLights)[-1].pattern == "check"
    shop.tell(e.ReceiptChosen(kind="none"))
    assert shop.of(f.ShowLights)[-1].pattern == "paid"


def test_a_shopper_who_answered_is_not_counted_down_any_more() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).wait(100_000).tell(e.StillHere()).wait(60_000)
    assert [beep.cue for beep in shop.of(f.Beep)].count("countdown") == 1


def test_a_scan_answers_the_question_and_is_added() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).wait(100_000).tell(e.ItemFound(item=WATER))
    assert shop.state.warned_tick is None
    assert len(shop.state.basket.lines) == 2


def test_more_time_is_ten_times_as_much_and_ends() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).wait(80_000).tell(e.MoreTimeAsked())
    assert shop.wait(899_000).state.warned_tick is None
    assert shop.wait(2_000).state.warned_tick is not None
    assert shop.wait(30_000).state.phase is Phase.WELCOME
    assert len(shop.state.parked) == 1


def test_a_suspended_basket_that_nobody_fetches_becomes_a_void() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.BasketSaved()).wait(16 * 60_000)
    assert [effect.sale.kind for effect in shop.of(f.RecordSale)] == ["void"]
    assert shop.state.parked == () and shop.state.interventions == ()


def test_a_reboot_does_not_shorten_the_suspension() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.BasketSaved())
    shop.tick_ms = 10
    shop.tell(e.Restarted(lane=LANE)).wait(14 * 60_000)
    assert len(shop.state.parked) == 1


def test_an_unknown_code_changes_nothing() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.ItemUnknown(text="123"))
    assert shop.state.notice is not None and shop.state.notice.kind == "unknown"
    assert totals(shop.state.basket).due.minor == 3290


def test_limits_are_told_and_nothing_is_added() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.QuantityChanged(line=1, count=10**9))
    assert shop.state.notice is not None and shop.state.notice.kind == "too_many"
    shop.tell(e.QuantityChanged(line=1, count=0), e.QuantityChanged(line=1, count=-1))
    assert shop.state.basket.lines[0].count == 1


def test_no_new_visit_without_a_scanner_and_open_again_by_itself() -> None:
    shop = Checkout().tell(e.DeviceLost(device="scanner", why="unplugged"), e.ItemFound(item=BREAD))
    assert shop.state.phase is Phase.CLOSED and shop.state.closed == "fault"
    shop.tell(e.DeviceFound(device="scanner"))
    assert shop.state.phase is Phase.WELCOME


def test_a_full_disk_keeps_the_open_basket_and_starts_no_new_one() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.DiskLow())
    assert shop.state.phase is Phase.SCANNING
    shop.pay_card().tell(e.ReceiptChosen(kind="none"), e.DonePressed())
    assert shop.state.phase is Phase.CLOSED
    assert any(i.reason == "disk" for i in shop.state.interventions)


def test_paper_out_keeps_the_receipt_and_offers_another_way() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().tell(e.ReceiptChosen(kind="print"))
    job = shop.of(f.PrintReceipt)[0].job
    shop.tell(e.PaperChanged(paper="out"), e.ReceiptFailed(job=job, why="paper"))
    assert shop.state.phase is Phase.RECEIPT and shop.state.printing[0].state == "failed"
    shop.tell(e.PaperChanged(paper="ok"), ALEX, e.ReprintAsked(job=job), e.ReceiptPrinted(job=job))
    assert shop.state.printing == ()


def test_a_shopper_may_try_paper_again_and_staff_get_one_job_only() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().tell(e.ReceiptChosen(kind="print"))
    job = shop.of(f.PrintReceipt)[0].job
    shop.tell(e.ReceiptFailed(job=job, why="cover"), e.ReceiptChosen(kind="print"))
    assert [p.state for p in shop.state.printing] == ["pending"]
    assert len(shop.of(f.PrintReceipt)) == 2
    shop.tell(e.ReceiptFailed(job=job, why="cover"), e.ReceiptChosen(kind="staff"))
    assert [p.state for p in shop.state.printing] == ["failed"]


def test_sequence_numbers_the_store_knows_are_never_reused() -> None:
    shop = Checkout().tell(e.SequenceSeen(sequence=41), e.ItemFound(item=BREAD)).pay_card()
    assert shop.of(f.RecordSale)[0].sale.sequence == 42


def test_five_wrong_pins_pause() -> None:
    shop = Checkout().tell(*[e.StaffRefused()] * 5)
    assert shop.state.pin_pause_until_tick == shop.tick_ms + 300_000
