"""People change: another role, PIN or badge, off the staff and back; and nobody locks the whole shop out of itself."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store import acts, sessions, users
from store.__main__ import main
from store.problem import Problem
from store.proving_pins import MOST_WRONG, proved
from store.sign_in_schema import session
from store.signing_in import NotSignedIn, prove
from store.user_changes import By, Changes, NoSuchUser
from store.user_list import User, find, listed
from store.users import BadUser, add_user, everybody

NOW, IDLE_MS = 1_764_000_000_000, 15 * 60_000
EVA = By("u1", "192.0.2.7")


@pytest.fixture
def changes(engine: Engine) -> Iterator[Changes]:
    add_user(engine, "Eva", "manager", "2468", badge="B1")
    add_user(engine, "Bo", "cashier", "1357", badge="B2")
    yield Changes(engine)


def _told(engine: Engine) -> list[tuple[str, str, str]]:
    return [(one.who, one.about, one.address) for one in acts.latest(engine) if one.kind == "user"]


def _here(engine: Engine, secret: str) -> bool:
    return sessions.find(engine, sessions.hashed(secret), IDLE_MS, NOW) is not None


def test_somebody_leaves_and_neither_pin_badge_nor_open_page_opens_anything(changes: Changes, engine: Engine) -> None:
    page, wall = (sessions.begin(engine, "u2", "a", NOW, only=only) for only in ("", "/board"))
    changes.deactivate(EVA, NOW, "u2")
    assert not _here(engine, page) and not _here(engine, wall) and sessions.present(engine, IDLE_MS, NOW) == []
    assert sessions.ended(engine, sessions.hashed(page)) == ("Bo", "gone")
    assert [one.id for one in everybody(engine)] == ["u1"] and users.who(engine, "1357") is None
    for said in ("Bo", "u2", "B2"):
        with pytest.raises(NotSignedIn, match="do not match"):
            prove(engine, said, "1357", "192.0.2.9", NOW)
    late = sessions.begin(engine, "u2", "a", NOW)  # the PIN was looked at just before
    assert not _here(engine, late)
    assert users.names(engine)["u2"] == "Bo", "what they did is still theirs"
    assert _told(engine) == [("u1", "Bo (u2): taken off the staff", "192.0.2.7")]


def test_whoever_comes_back_has_their_role_a_new_pin_and_no_badge(changes: Changes, engine: Engine) -> None:
    changes.deactivate(EVA, NOW, "u2")
    changes.add(EVA, NOW, "Ann", "cashier", "1357", "B2")  # PIN and badge are free now
    with pytest.raises(BadUser, match="somebody has this PIN"):
        changes.take_back(EVA, NOW, "u2", "1357")
    pin = changes.take_back(EVA, NOW, "u2")
    assert prove(engine, "Bo", pin, "a", NOW).role == "cashier"
    assert {one.name: one.badge for one in everybody(engine)} == {"Eva": "B1", "Bo": "", "Ann": "B2"}
    with pytest.raises(BadUser, match="already"):
        changes.take_back(EVA, NOW, "u2")


def test_another_role_and_another_pin_end_what_is_open(changes: Changes, engine: Engine) -> None:
    page, wall = (sessions.begin(engine, "u2", "a", NOW, only=only) for only in ("", "/board"))
    changes.change(EVA, NOW, "u2", role="supervisor")
    assert not _here(engine, page) and _here(engine, wall), "a wall shows the same whoever hung it up"
    assert sessions.ended(engine, sessions.hashed(page)) == ("Bo", "role")
    page = sessions.begin(engine, "u2", "a", NOW)
    assert changes.new_pin(EVA, NOW, "u2", "8642") == "8642"
    assert not _here(engine, page) and prove(engine, "Bo", "8642", "a", NOW).id == "u2"
    with pytest.raises(NotSignedIn):
        prove(engine, "Bo", "1357", "a", NOW)
    assert [about for _, about, _ in _told(engine)] == ["Bo (u2): new PIN", "Bo (u2): supervisor, was cashier"]


def test_a_name_or_badge_changes_without_signing_anybody_out(changes: Changes, engine: Engine) -> None:
    page = sessions.begin(engine, "u2", "a", NOW)
    changes.change(EVA, NOW, "u2", name="Bo Ek", badge="")
    changes.change(EVA, NOW, "u1", badge="B2")
    assert _here(engine, page) and [(one.name, one.badge) for one in everybody(engine)] == [
        ("Eva", "B2"),
        ("Bo Ek", ""),
    ]
    changes.change(EVA, NOW, "u1", name="Eva", role="manager", badge="B2")  # nothing new: nothing written down
    told = ["Eva (u1): badge given", "Bo (u2): badge taken away", "Bo (u2): is called Bo Ek now"]
    assert [about for _, about, _ in _told(engine)] == told


def test_ones_own_new_pin_leaves_the_page_open_on_which_it_was_asked_for(changes: Changes, engine: Engine) -> None:
    here, elsewhere = (sessions.begin(engine, "u1", "a", NOW) for _ in range(2))
    changes.new_pin(By("u1", "a", sessions.hashed(here)), NOW, "u1", "8642")
    assert _here(engine, here) and not _here(engine, elsewhere)


def test_the_last_manager_stays_and_nobody_takes_themselves_off(changes: Changes, engine: Engine) -> None:
    for by in (By(), By("u2"), By("token:erp")):
        with pytest.raises(BadUser, match="only manager"):
            changes.deactivate(by, NOW, "u1")
        with pytest.raises(BadUser, match="only manager"):
            changes.change(by, NOW, "u1", role="cashier", name="Evi")
    assert everybody(engine)[0].name == "Eva", "not by half"
    changes.change(EVA, NOW, "u2", role="manager")
    with pytest.raises(BadUser, match="themselves"):
        changes.deactivate(EVA, NOW, "u1")
    changes.deactivate(By("u2"), NOW, "u1")
    with pytest.raises(BadUser, match="only manager"):
        changes.deactivate(By(), NOW, "u2")
    assert [one.name for one in everybody(engine)] == ["Bo"]


def test_two_managers_who_take_each_other_off_at_once_leave_one(changes: Changes, engine: Engine) -> None:
    changes.change(EVA, NOW, "u2", role="manager")
    start, refused = Barrier(2), list[BadUser]()

    def off(by: str, whom: str) -> None:
        start.wait()
        try:
            changes.deactivate(By(by), NOW, whom)
        except BadUser as why:
            refused.append(why)

    both = [Thread(target=off, args=pair) for pair in (("u1", "u2"), ("u2", "u1"))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(everybody(engine)) == 1 and len(refused) == 1


def test_a_locked_person_is_shown_so_and_unlocked(changes: Changes, engine: Engine) -> None:
    for n in range(5):
        with pytest.raises(NotSignedIn, match="do not match"):
            prove(engine, "Bo", f"900{n}", f"192.0.2.{n}", NOW)
    with pytest.raises(NotSignedIn, match="five minutes"):
        prove(engine, "Bo", "1357", "a", NOW)
    assert [one.state for one in listed(engine, NOW)] == ["active", "locked"]
    assert [one.state for one in listed(engine, NOW + 5 * 60_000)] == ["active", "active"]
    changes.unlock(EVA, NOW, "u2")
    changes.unlock(EVA, NOW, "u2")  # there is nothing more to unlock, and nothing to write down
    assert prove(engine, "Bo", "1357", "a", NOW).id == "u2"
    assert [about for _, about, _ in _told(engine)] == ["Bo (u2): unlocked"]


def _wrong_at_a_desk(engine: Engine) -> None:
    for _ in range(MOST_WRONG):
        with pytest.raises(Problem, match="nobody has this PIN"):
            proved(engine, "9009", NOW)
    with pytest.raises(Problem, match="too many wrong PINs"):
        proved(engine, "1357", NOW)


@pytest.mark.parametrize("way", ["unlock", "new_pin", "unlock_desks"])
def test_five_wrong_pins_at_a_desk_are_forgiven_by_a_manager(changes: Changes, engine: Engine, way: str) -> None:
    _wrong_at_a_desk(engine)
    pin = "1357"
    match way:
        case "unlock":
            changes.unlock(EVA, NOW, "u2")
        case "new_pin":
            pin = changes.new_pin(EVA, NOW, "u2")
        case _:
            changes.unlock_desks(EVA, NOW)
            changes.unlock_desks(EVA, NOW)
    assert proved(engine, pin, NOW).id == "u2"
    about = {"unlock": "Bo (u2): unlocked", "new_pin": "Bo (u2): new PIN"}.get(way, "PINs at the desks: unlocked")
    assert _told(engine) == [("u1", about, "192.0.2.7")]


def test_the_list_tells_who_was_here_when_and_no_secret(changes: Changes, engine: Engine) -> None:
    for at in (NOW, NOW + 5):
        acts.record(engine, acts.Act("u2", "sign_in"), at)
    acts.record(engine, acts.Act("u2", "sign_in_refused"), NOW + 9)
    changes.add(EVA, NOW, "Ann", "operator")
    changes.deactivate(EVA, NOW, "u2")
    assert listed(engine, NOW) == [
        User("u1", "Eva", "manager", True, "active", 0),
        User("u3", "Ann", "operator", False, "active", 0),
        User("u2", "Bo", "cashier", False, "gone", NOW + 5),
    ]
    found = find(engine, " ann", NOW)
    assert found is not None and found.id == "u3" and find(engine, "B1", NOW) is None


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"name": ""}, "1 to 60"),
        ({"name": "eva"}, "there is a Eva already"),
        ({"name": "Kim"}, "there was a Kim once, u3; take them back"),
        ({"role": "owner"}, "supervisor"),
        ({"badge": "B1"}, "Eva has this badge"),
        ({"badge": "x\ny"}, "hold it to the reader"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(
    changes: Changes, engine: Engine, what: dict[str, str], said: str
) -> None:
    changes.add(EVA, NOW, "Kim", "cashier")
    changes.deactivate(EVA, NOW, "u3")
    before = everybody(engine)
    with pytest.raises(BadUser, match=said):
        changes.change(EVA, NOW, "u2", **what)
    assert everybody(engine) == before


def test_nobody_and_whoever_has_left_are_told_apart(changes: Changes) -> None:
    with pytest.raises(NoSuchUser, match="u9"):
        changes.new_pin(EVA, NOW, "u9")
    changes.deactivate(EVA, NOW, "u2")
    with pytest.raises(BadUser, match="take them back first"):
        changes.new_pin(EVA, NOW, "u2")


def test_the_books_hold_no_pin(changes: Changes, engine: Engine) -> None:
    pins = [changes.new_pin(EVA, NOW, "u2"), changes.add(EVA, NOW, "Ann", "cashier")[1]]
    with engine.connect() as connection:
        held = str([connection.execute(sa.select(table)).all() for table in session.metadata.sorted_tables])
    assert "Ann" in held and not any(pin in held for pin in pins)


def test_all_of_it_from_the_shell(
    changes: Changes, engine: Engine, existing_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "store.toml"
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{existing_url}"\n')

    def store(*words: str) -> tuple[int, str, str]:
        code = main(["user", *words, "--config", str(file)])
        return code, *capsys.readouterr()

    assert store("change", "bo", "--role", "supervisor", "--no-badge")[0] == 0
    assert store("list")[1].split("\n")[1].split() == ["u2", "Bo", "supervisor", "active", "-", "never"]
    code, said, _ = store("pin", "u2")
    assert code == 0 and prove(engine, "Bo", said.split("PIN ")[1].split()[0], "a", NOW).id == "u2"
    assert store("pin", "Bo", "--pin", "8642")[:2] == (0, "u2 has a new PIN, and is signed out\n")
    assert store("unlock", "Bo")[0] == 0
    assert store("deactivate", "Bo")[0] == 0 and len(everybody(engine)) == 1
    assert store("take-back", "Bo", "--pin", "9753")[0] == 0 and prove(engine, "Bo", "9753", "a", NOW).id == "u2"
    code, _, said = store("deactivate", "Eva")
    assert code == 1 and "only manager" in said
    code, _, said = store("unlock", "Nobody")
    assert code == 1 and "store user list" in said
    assert store("change", "Bo")[0] == 1
    assert {who for who, _, _ in _told(engine)} == {"shell"}
