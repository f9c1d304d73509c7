"""What an order to a supplier says of itself on the page."""

from store.console import purchase_words as words
from store.purchase_order import Line, Order


def test_an_order_says_what_is_still_to_come() -> None:
    lines = (Line("1001", count=24, received_count=24), Line("1002", weight_g=5000, received_g=1500))
    order = Order(7, "Bakery", "sent", expected="2026-11-30", mail="given_up", mail_why="550", lines=lines)
    assert words.about(order) == "2 lines, 1 to come, expected 30 Nov 2026, the e-mail was not taken (550)"
    assert words.badge(order, "2026-11-30") == ("Ordered", "wait")
    assert words.badge(order, "2026-12-01") == ("Late", "bad")
    assert words.about(Order(8, "Bakery", "draft", lines=lines[:1])) == "1 line"


def test_a_line_says_how_much_of_it_came() -> None:
    assert words.about_line(Line("1", count=24, received_count=16)) == "24 ordered, 16 came, 8 to come"
    assert words.about_line(Line("1", count=5, given_up_count=5)) == "5 ordered, 5 given up"
    assert words.about_line(Line("1", received_count=3)) == "not ordered, 3 came, 3 too much"
    assert (
        words.about_line(Line("1", weight_g=5000, received_g=5250))
        == "5.000 kg ordered, 5.250 kg came, 0.250 kg too much"
    )
