"""Whose PIN this is: hashed with Argon2 as the store does, told as an event without the digits."""

from argon2 import PasswordHasher

from kiosk.app.staff import check_pin
from kiosk.checkout.events import StaffRefused, StaffSignedIn
from kiosk.storage.price_book import StaffMember

_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ALEX = StaffMember("u7", "Alex", "cashier", _HASHER.hash("1234"))
BROKEN = StaffMember("u8", "Bo", "cashier", "not a hash")


def test_the_right_pin_says_who() -> None:
    assert check_pin("1234", [BROKEN, ALEX]) == StaffSignedIn(staff="u7", name="Alex", role="cashier")


def test_any_other_is_refused() -> None:
    assert check_pin("4321", [BROKEN, ALEX]) == StaffRefused()
    assert check_pin("", [ALEX]) == StaffRefused()
    assert check_pin("1234", []) == StaffRefused()


def test_a_staff_number_and_its_own_pin_belong_together() -> None:
    signed = StaffSignedIn(staff="u7", name="Alex", role="cashier", numbered=True)
    assert check_pin("1234", [BROKEN, ALEX], number="7") == signed == check_pin("1234", [ALEX], number="007")
    assert check_pin("1234", [BROKEN, ALEX], number="8") == StaffRefused()
    assert check_pin("1234", [BROKEN, ALEX], number="0") == StaffRefused()
    assert check_pin("4321", [BROKEN, ALEX], number="7") == StaffRefused()
