"""What can be seen of the terminal on the bench."""

from drivers.card_terminal.zvt.simulator import ZvtSimulator
from kiosk.demo.bench.terminal_panel import face_of


def test_what_the_bank_gave_is_told_from_what_it_took() -> None:
    terminal = ZvtSimulator()
    journal = terminal.journal
    journal.charge(3_290, 0)
    journal.give(1_250, 0)
    journal.reverse(journal.charge(500, 0), 0)
    assert face_of(terminal).charges == ("0002  32.90", "0003  12.50  refund", "0004  5.00  given back")


def test_it_can_be_seen_that_it_will_reverse_nothing() -> None:
    terminal = ZvtSimulator()
    assert face_of(terminal).reverses
    terminal.faults.reverses_nothing = True
    assert not face_of(terminal).reverses
