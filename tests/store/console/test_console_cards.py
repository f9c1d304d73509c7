"""What the console shows of a lane, worked out without a browser."""

from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kiosk.checkout.state import Phase
from kiosk.wire.messages import DeviceHealth, Health, LaneState, NeedGoods, NeedShown, OpenBasket, StaffNeed
from store.console import words
from store.console.cards import Call, card_of
from store.console.health import machine_of
from store.flags import Flag
from store.lanes import Lane, Lanes

NOW = 1_795_428_900_000
"""2026-11-23T10:15:00Z"""
STATE = LaneState(
    store="s001", till="k01", online=True, phase="scanning", items=3, due_minor=123_450, currency="SEK",
    price_book="17", software="0.1.0", number="4",
)  # fmt: skip


def test_a_busy_lane_shows_what_is_in_its_basket() -> None:
    card = card_of("k01", Lane("k01", STATE), NOW)
    assert (card.title, card.status, card.tone) == ("Checkout 4", "Scanning", "busy")
    assert (card.due, card.items, card.footer) == ("1,234.50 SEK", "3 items", "k01 · prices 17 · software 0.1.0")


def test_a_lane_that_waits_for_staff_says_why_and_since_when() -> None:
    goods = (NeedGoods(gtin="9520000000035", name="Wine", age_limit=18),)
    shown = NeedShown(goods=goods, age_limit=18, found="differs")
    needs = (
        StaffNeed(reason="age", since="2026-11-23T10:03:00.000Z", shown=shown),
        StaffNeed(reason="recall", since="2026-11-23T10:14:50.000Z", detail="K7QX"),
        StaffNeed(reason="help", since="2026-11-23T10:14:50.000Z", detail="price"),
    )
    card = card_of("k01", Lane("k01", replace(STATE, staff_needed=needs)), NOW)
    assert card.tone == "call"
    assert card.calls == (
        Call("Check age", "12 min", "age", "", ("Wine, from 18 years", "Not in the basket"), ("9520000000035",), 18),
        Call("Basket waits for recall (K7QX)", "just now", "recall", "K7QX"),
        Call("Shopper asks for help: a price", "just now", "help", "price"),
    )


def test_the_bagging_area_says_what_it_should_weigh_and_weighs_and_who_is_coming() -> None:
    shown = NeedShown(expected_g=912, seen_g=730, found="place")
    needs = (StaffNeed(reason="bag", since="2026-11-23T10:14:50.000Z", shown=shown, seen_by="Bo"),)
    (call,) = card_of("k01", Lane("k01", replace(STATE, staff_needed=needs)), NOW).calls
    assert call.facts == ("Should weigh 912 g, weighs 730 g (-182 g)", "Not in the bagging area yet")
    assert call.seen_by == "Bo"
    looked = NeedShown(scanned=4, not_scanned=2)
    needs = (StaffNeed(reason="audit", since="2026-11-23T10:14:50.000Z", shown=looked),)
    (call,) = card_of("k01", Lane("k01", replace(STATE, staff_needed=needs)), NOW).calls
    assert call.facts == ("4 looked at, 2 not found",)


def test_an_offline_lane_calls_nobody_and_keeps_its_basket() -> None:
    lanes = Lanes()
    lanes.hear("k01", replace(STATE, staff_needed=(StaffNeed(reason="age", since="x"),)), NOW)
    lanes.hear("k01", LaneState(store="s001", till="k01", online=False, phase="offline"), NOW)
    card = card_of("k01", lanes.all()[0], NOW)
    assert (card.status, card.tone, card.calls, card.due) == ("Offline", "off", (), "1,234.50 SEK")


def test_what_was_in_a_basket_is_forgotten_when_its_visit_is_over() -> None:
    lanes, basket = Lanes(), OpenBasket(store="s001", till="k01", started_utc_ms=1, currency="SEK", due_minor=0)
    lanes.hear("k01", STATE, NOW)
    lanes.hear("k01", basket, NOW)
    lanes.hear("k01", replace(STATE, phase="paying"), NOW)
    assert lanes.basket("k01") == basket
    lanes.hear("k01", replace(STATE, phase="welcome"), NOW)
    assert lanes.basket("k01") is None and lanes.basket("k02") is None


def test_trouble_is_named() -> None:
    devices = {"pos_printer": DeviceHealth(status="lost", why="no answer"), "scanner": DeviceHealth(status="ok")}
    health = Health(store="s001", till="k01", devices=devices, paper="cover_open", outbox=7, outbox_refused=1)
    card = card_of("k01", Lane("k01", STATE, health), NOW)
    assert card.troubles == ("Receipt printer: no answer", "Paper cover open", "Refused by the store: 1")
    assert card.footer.endswith("7 waiting to be sent")
    ill = replace(health, troubles=("The settings on the card are wrong: kiosk.toml, line 3",), clock_unsure=True)
    told = card_of("k01", Lane("k01", STATE, ill), NOW).troubles
    assert told[-2:] == ("The settings on the card are wrong: kiosk.toml, line 3", "Clock not set yet")
    rows = machine_of(Lane("k01", STATE, ill), NOW).rows
    assert {(row.what, row.how, row.bad) for row in rows} >= {
        ("Clock", "not set yet", True),
        ("Machine", "trouble", True),
    }


def test_a_lane_that_only_the_books_know() -> None:
    assert card_of("k09", None, NOW).tone == "off" and "k09" in card_of("k09", None, NOW).title


def test_nothing_new_is_nothing_to_draw() -> None:
    lane = Lane("k01", STATE, heard_utc_ms=1)
    assert card_of("k01", lane, NOW) == card_of("k01", replace(lane, heard_utc_ms=2), NOW + 1000)


def test_every_phase_of_the_checkout_has_words() -> None:
    assert {phase.value for phase in Phase} <= set(words.PHASES)


def test_every_flag_has_words() -> None:
    import store.flags

    described = {word for line in (store.flags.__doc__ or "").splitlines() for word in line.split("`")[1::2]}
    assert {"hash", "chain", "tender", "conflict"} <= described <= set(words.FLAGS)
    assert words.said(Flag("new_oddity", "").reason, words.FLAGS) == "New oddity"


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("32.90", 3290), ("32,9", 3290), (" 32 ", 3200), ("0", 0), ("32.905", None), ("-1", None), ("", None),
        ("1e3", None), ("1 000", None), ("٣", None), ("9" * 20, None),
    ],
)  # fmt: skip
def test_a_typed_price(typed: str, minor: int | None) -> None:
    assert words.price_typed(typed, "SEK") == minor


def test_a_typed_price_without_decimals() -> None:
    assert words.price_typed("329", "JPY") == 329 and words.price_typed("3.2", "JPY") is None


def test_how_much_and_when() -> None:
    assert [words.much(-3, 0), words.much(0, -412), words.much(2, 1500)] == ["-3", "-0.412 kg", "2 + 1.500 kg"]
    assert words.clock("2026-11-23T09:13:40.002Z", ZoneInfo("Europe/Stockholm")) == "23 Nov, 10:13"
    assert words.clock("soon", ZoneInfo("UTC")) == "soon" and words.ago("soon", NOW) == ""
    assert [words.ago(at, NOW) for at in ("2026-11-23T10:14:30Z", "2026-11-23T07:00:00Z", "2026-11-20T10:00:00Z")] == [
        "just now", "3 h", "3 d",
    ]  # fmt: skip
    assert [words.rate(600), words.rate(1250)] == ["6 %", "12.5 %"]
