"""Staff: PINs that can be checked and not read, one for each person."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy.engine import Engine

from kiosk.app.staff import StaffMember, check_pin
from kiosk.checkout.events import StaffRefused, StaffSignedIn
from store.users import BadUser, add_user, everybody


@pytest.fixture
def quick_pins() -> None:
    """Here a hash is as slow as in a shop."""


def test_a_pin_works_on_a_lane_and_is_in_no_file(engine: Engine) -> None:
    entry, pin = add_user(engine, "Eva", "supervisor")
    assert pin.isdigit() and len(pin) == 6
    member = StaffMember(entry.id, entry.name, entry.role, entry.pin_hash)
    assert isinstance(check_pin(pin, [member]), StaffSignedIn)
    assert isinstance(check_pin("000001", [member]), StaffRefused)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT * FROM staff").fetchall()
    assert pin not in str(found) and "$argon2id$" in str(found)


def test_the_hash_is_as_slow_as_it_should_be(engine: Engine) -> None:
    entry, _ = add_user(engine, "Eva", "cashier", "4711")
    how = extract_parameters(entry.pin_hash)
    assert (how.type.name, how.memory_cost, how.time_cost, how.parallelism) == ("ID", 19_456, 2, 1)
    assert PasswordHasher().verify(entry.pin_hash, "4711")


def test_everybody_is_told_in_order_with_role_and_badge(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.users._HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    added = [add_user(engine, f"P{n}", "cashier", f"73{n:02d}", badge=f"b{n}")[0] for n in range(11)]
    assert list(everybody(engine)) == added and added[10].id == "u11" and added[10].badge == "b10"


@pytest.mark.parametrize(
    ("name", "role", "pin", "said"),
    [
        ("", "cashier", "", "name"),
        ("E\nva", "cashier", "", "name"),
        ("Eva", "owner", "", "supervisor"),
        ("Eva", "cashier", "123", "4 to 8"),
        ("Eva", "cashier", "12a4", "4 to 8"),
        ("Eva", "cashier", "1111", "everybody tries"),
        ("Eva", "cashier", "1234", "everybody tries"),
        ("Bo", "cashier", "", "already"),
        ("Eva", "cashier", "4711", "somebody has this PIN"),
    ],
)
def test_who_cannot_be_added_is_told_why(engine: Engine, name: str, role: str, pin: str, said: str) -> None:
    add_user(engine, "Bo", "cashier", "4711")
    with pytest.raises(BadUser, match=said):
        add_user(engine, name, role, pin)
    assert len(everybody(engine)) == 1


def test_a_demo_may_have_the_pin_that_everybody_tries(engine: Engine) -> None:
    assert add_user(engine, "Alex", "supervisor", "1234", any_pin=True)[1] == "1234"
